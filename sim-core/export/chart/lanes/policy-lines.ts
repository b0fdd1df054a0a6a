import type { BandName } from '../../../experiment/result.ts';
import type { RunColumns } from '../../../kernel/columns.ts';
import type { LaneReading, LaneSeries } from '../lane-model.ts';
import { bandOf, mainLine, mainWidth } from '../lane-options.ts';
import type { LaneContext, VisiblePolicy } from '../lane-options.ts';
import { distinctColours } from '../palette.ts';

/** One policy's main line and what the crosshair reads of it. */
export interface PolicyLine {
  readonly series: LaneSeries;
  readonly reading: LaneReading;
}

interface MainLine {
  readonly label: string;
  readonly values: Float64Array;
  readonly band?: BandName;
  readonly step?: boolean;
  readonly next?: Float64Array;
}

/** The main line of a policy: replication 0 or the mean, with the band over replications where one is kept. */
export function mainSeries(context: LaneContext, policy: VisiblePolicy, main: MainLine): PolicyLine {
  const { example } = policy.result;
  const band = main.band === undefined ? null : bandOf(policy.result, main.band);
  const meant = context.options.lines === 'mean' && band !== null && main.band !== undefined;
  const rows = {
    time: example.columns.time,
    interval: example.recordingInterval,
    values: meant ? policy.result.bands[main.band!].mean : main.values,
  };
  return {
    series: {
      ...rows,
      id: `${policy.name}/${main.label}`,
      policy: policy.name,
      label: main.label,
      slot: policy.slot,
      step: main.step ?? false,
      line: mainLine(policy, distinctColours),
      width: mainWidth(policy),
      opacity: 1,
      fill: false,
      band,
    },
    reading: { ...rows, policy: policy.name, label: policy.name, slot: policy.slot, next: main.next ?? null },
  };
}

/** A thinner line beside the main one: desired, needed, p50 … */
export function sideSeries(
  policy: VisiblePolicy,
  label: string,
  values: Float64Array,
  style: { readonly line: LaneSeries['line']; readonly step?: boolean; readonly opacity?: number },
): LaneSeries {
  const { example } = policy.result;
  return {
    time: example.columns.time,
    interval: example.recordingInterval,
    values,
    id: `${policy.name}/${label}`,
    policy: policy.name,
    label,
    slot: policy.slot,
    step: style.step ?? false,
    line: style.line,
    width: 1,
    opacity: style.opacity ?? 0.75,
    fill: false,
    band: null,
  };
}

export function columnsOf(policy: VisiblePolicy): RunColumns {
  return policy.result.example.columns;
}

/** Whether a column has any value at all. */
export function hasData(values: Float64Array): boolean {
  return values.some((value) => !Number.isNaN(value));
}

/** Largest value of several columns; 0 when there is none. */
export function largestOf(columns: readonly Float64Array[]): number {
  let largest = 0;
  for (const values of columns) for (const value of values) if (value > largest) largest = value;
  return largest;
}
