import { judgesWindows, windowMet } from '../analysis/slo.ts';
import type { SummaryInput } from '../analysis/summary-input.ts';
import { firings } from './firings.ts';
import type { Stretch } from './firings.ts';
import { rulesOf } from './runbook.ts';
import type { AlertRule, AlertsConfig } from './schema.ts';
import { growthOver, meansOver, signals } from './signals.ts';

/** What one rule would have done in one run. */
export interface AlertRun {
  readonly name: string;
  readonly severity: AlertRule['severity'];
  /** s */
  readonly firings: readonly Stretch[];
  /** firings that no miss of the objectives went with or followed within `within` */
  readonly falseAlarms: number;
  /** stretches in which the objectives were missed, and how many of them a firing went with or before */
  readonly breaks: number;
  readonly caught: number;
  /** s, for each break that was caught: from the first firing that goes with it to its start; negative when it came late */
  readonly leadTimes: readonly number[];
}

type BacktestInput = Pick<SummaryInput, 'columns' | 'recordingInterval' | 'warmup' | 'end' | 'windows' | 'slo'>;

/**
 * Puts alert rules to a finished run: when they would have fired, how long before the objectives were missed, and how often
 * for nothing. They are evaluated at the end of each row; the warm-up is left out.
 */
export function backtest(config: AlertsConfig, input: BacktestInput): AlertRun[] {
  const breaks = breaksOf(input);
  return rulesOf(config).map((rule) => {
    const fired = firingsOf(rule, input);
    // A miss of one window is seen at the end of it.
    const goesWith = (firing: Stretch, missed: Stretch): boolean =>
      firing.from <= missed.to && firing.to > missed.from - config.within;
    const first = breaks.map((missed) => fired.find((firing) => goesWith(firing, missed)));
    return {
      name: rule.name,
      severity: rule.severity,
      firings: fired,
      falseAlarms: fired.filter((firing) => !breaks.some((missed) => goesWith(firing, missed))).length,
      breaks: breaks.length,
      caught: first.filter((firing) => firing !== undefined).length,
      leadTimes: first.flatMap((firing, index) => (firing === undefined ? [] : [breaks[index]!.from - firing.from])),
    };
  });
}

/** Stretches of SLO windows that missed an objective. */
export function breaksOf({
  windows,
  slo,
  warmup,
  end,
}: Omit<BacktestInput, 'columns' | 'recordingInterval'>): Stretch[] {
  if (!judgesWindows(slo)) return [];
  const breaks: { from: number; to: number }[] = [];
  for (const [index, from] of windows.time.entries()) {
    if (from < warmup || from >= end || windowMet(windows, index, slo)) continue;
    const to = Math.min(from + slo.window, end);
    const last = breaks.at(-1);
    if (last !== undefined && last.to === from) last.to = to;
    else breaks.push({ from, to });
  }
  return breaks;
}

function firingsOf(rule: AlertRule, { columns, recordingInterval, warmup, end }: BacktestInput): Stretch[] {
  const rows = (seconds: number): number => Math.max(1, Math.round(seconds / recordingInterval));
  const over = rule.over ?? (rule.growthIn === undefined ? recordingInterval : 86_400);
  const means = meansOver(signals[rule.metric], columns, rows(over));
  const values = rule.growthIn === undefined ? means : growthOver(means, rows(rule.growthIn));
  const holds = Array.from(values, (value, row) => {
    if (columns.time[row]! < warmup) return false;
    return rule.side === 'above' ? value > rule.threshold : value < rule.threshold;
  });
  const times = columns.time.map((start) => Math.min(start + recordingInterval, end));
  return firings(holds, times, { holdFor: rule.for, keepFor: rule.keepFiringFor, end });
}
