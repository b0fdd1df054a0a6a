import { formatDuration, formatQuantity, summaryQuantities } from '../../../sim-core/index.ts';
import { parsedText } from '../../stores/parsed-text.ts';
import { wordsOf } from '../inspector/generic-fields.ts';
import type { ShownResult } from '../../stores/runs.ts';

/** One line about how the numbers on screen came about. */
export interface RunFact {
  readonly name: string;
  readonly text: string;
  /** something a person should know before trusting the numbers */
  readonly wrong?: boolean;
}

const engineWords = {
  exact: 'Exact: every request is simulated',
  fluid: 'Fluid: expectations instead of requests, approximate',
} as const;

function engineReason({ text, issues, approximate, comparison }: ShownResult): string {
  if (approximate) return 'a preview while the exact run is made';
  const chosen = issues.find(({ code }) => code === 'fluid-chosen');
  if (chosen) return chosen.message;
  const asked = parsedText(text).scenario?.engine;
  if (asked === 'auto' || asked === undefined)
    return comparison.engine === 'exact' ? 'few enough requests to simulate each' : 'chosen for the scenario';
  return `the scenario says \`engine: ${asked}\``;
}

/** How near `replications: {until: …}` is: `Wanted: ± 5 % of p95 latency; widest ± 6.2 % (live)`. Empty without it. */
export function precisionText({ scenario, comparison: { stopping }, complete }: ShownResult): string {
  if (!stopping) return '';
  const { metric, policy, reached, halfWidth, allowed } = stopping;
  const print = (value: number): string => formatQuantity(value, summaryQuantities[metric], scenario.cost.currency);
  const state = reached ? 'reached' : complete ? 'not reached before the most replications' : 'not yet reached';
  return `${wordsOf(metric)} ± ${print(allowed)} wanted, ${state}: widest ± ${print(halfWidth)} (${policy})`;
}

/** What ran, why, how often, with which seed, and which limits it met. @param finished of a run that ended */
export function runFacts(
  shown: ShownResult,
  finished: { readonly elapsedMilliseconds: number; readonly finishedAt: number } | null,
): RunFact[] {
  const { scenario, comparison, done, total } = shown;
  const { warmup, stopping, policies } = comparison;
  const facts: RunFact[] = [
    { name: 'Engine', text: `${engineWords[comparison.engine]}; ${engineReason(shown)}` },
    {
      name: 'Replications',
      text: `${comparison.replications}${scenario.antithetic ? ', in antithetic pairs' : ''}${shown.complete ? '' : `; ${done} of ${total} runs are in`}`,
    },
    { name: 'Seed', text: String(scenario.seed) },
  ];
  const left = warmup?.seconds ?? (scenario.warmup === 'auto' ? 0 : scenario.warmup);
  facts.push({
    name: 'Warm-up',
    text: warmup
      ? `${formatDuration(left)} left out. ${warmup.reason}`
      : left > 0
        ? `${formatDuration(left)} left out, as the scenario says`
        : 'none left out',
    wrong: warmup?.determined === false,
  });
  if (stopping)
    facts.push({ name: 'Precision', text: precisionText(shown), wrong: shown.complete && !stopping.reached });
  const batched = policies.find(({ batches }) => batches)?.batches;
  if (batched)
    facts.push({
      name: 'Intervals',
      text: `from ${batched.count} batches of ${formatDuration(batched.length)} of one long run${batched.dependent.length > 0 ? `; none for ${batched.dependent.join(', ')}, whose batches hang together` : ''}`,
    });
  if (finished)
    facts.push({
      name: 'Took',
      text: `${formatDuration(Number((finished.elapsedMilliseconds / 1000).toPrecision(3)))}, finished ${new Date(finished.finishedAt).toLocaleTimeString()}`,
    });
  for (const { policy, example } of policies)
    if (example.stoppedEarly)
      facts.push({
        name: 'Stopped early',
        text: `${policy} at ${formatDuration(Math.round(example.stoppedEarly.at))}: ${example.stoppedEarly.reason}`,
        wrong: true,
      });
  return facts;
}
