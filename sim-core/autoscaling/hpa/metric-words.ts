import { inWords, percentInWords } from '../words.ts';
import { printQuantity } from './quantity.ts';
import type { Int64 } from './int64.ts';
import type { Proposal } from './proposal.ts';
import type { HpaMetric } from './spec.ts';

/** The arithmetic of a proposal: `CPU 79 % ÷ 60 % = 1.32, ceil(1.32 × 18) = 24`. */
export function metricInWords(metric: HpaMetric, proposal: Proposal, current: number): string {
  if (metric.type === 'Unknown') return metric.label;
  const { usage, multiplier, plain } = proposal;
  if (
    metric.type === 'External' &&
    Number.isNaN(usage.ratio) &&
    Number.isNaN(multiplier) &&
    metric.fallback !== undefined
  ) {
    return `${metric.label} has been missing for ${metric.fallback.after} s or more: fallback ${plain}`;
  }
  const ratio = inWords(usage.ratio);
  const target =
    metric.target.type === 'Utilization' ? `${metric.target.value} %` : amountInWords(metric, metric.target.value);
  const used = usage.utilization === undefined ? amountInWords(metric, usage.average) : `${usage.utilization} %`;
  if (Number.isNaN(multiplier)) {
    return `${metric.label} ${used} a replica ÷ ${target} = ${ratio}, ceil(total ÷ ${target}) = ${plain}`;
  }
  const division = `${metric.label} ${used} ÷ ${target} = ${ratio}`;
  if (usage.ratio === 1 && plain === current) return `${division}, at target: ${plain}`;
  return multiplier === 1 && current === 0
    ? `${division}, ceil(${ratio}) = ${plain}`
    : `${division}, ceil(${ratio} × ${multiplier}) = ${plain}`;
}

/** CPU as people write it (`400m`), everything else as a plain number. */
function amountInWords(metric: HpaMetric, milli: Int64): string {
  return metric.label === 'CPU' ? printQuantity(Number(milli)) : inWords(Number(milli) / 1000, 3);
}

/** What invented values for missing and unready pods made of it. */
export function correctionInWords({ correction, usage }: Proposal, output: number): string {
  if (correction === undefined) return 'No pod missing or unready';
  const parts: string[] = [];
  if (correction.missing > 0) {
    const taken = usage.ratio < 1 ? ' taken as fully used' : usage.ratio > 1 ? ' taken as idle' : '';
    parts.push(`${podsInWords(correction.missing, 'missing')}${taken}`);
  }
  if (correction.unready > 0) parts.push(`${podsInWords(correction.unready, 'unready')} taken as idle`);
  return `${parts.join(', ')}: ratio ${inWords(correction.ratio)} over ${correction.pods} pods → ${output}`;
}

/** `1.31 outside 10 %: 24` */
export function toleranceInWords(
  ratio: number,
  tolerance: { down: number; up: number },
  held: boolean,
  output: number,
): string {
  const zone =
    tolerance.down === tolerance.up
      ? percentInWords(tolerance.up)
      : `−${percentInWords(tolerance.down)} to +${percentInWords(tolerance.up)}`;
  return `Ratio ${inWords(ratio)} ${held ? 'within' : 'outside'} ${zone}: ${output}`;
}

function podsInWords(count: number, state: string): string {
  return `${count} ${state} ${count === 1 ? 'pod' : 'pods'}`;
}
