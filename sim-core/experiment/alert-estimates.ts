import type { AlertRun } from '../alerts/backtest.ts';
import { estimateMean } from '../statistics/interval.ts';
import { groupMeans, independentGroups } from './pairs.ts';
import type { AlertEstimate, RunResult } from './result.ts';
import { confidence } from './stopping.ts';

/** What each alert rule did, over the replications of one policy. */
export function alertEstimates(runs: readonly RunResult[], antithetic: boolean): AlertEstimate[] {
  const groups = independentGroups(runs, antithetic);
  return (runs[0]?.alerts ?? []).map(({ name, severity }, index) => {
    const estimate = (number: (alert: AlertRun) => number) =>
      estimateMean(
        groupMeans(groups, ({ alerts }) => number(alerts[index]!)),
        confidence,
      );
    return {
      name,
      severity,
      firings: estimate(({ firings }) => firings.length),
      firingTime: estimate(({ firings }) => firings.reduce((sum, { from, to }) => sum + to - from, 0)),
      falseAlarms: estimate(({ falseAlarms }) => falseAlarms),
      breaks: estimate(({ breaks }) => breaks),
      caught: estimate(({ caught }) => caught),
      leadTime: estimate(({ leadTimes }) => leadTimes.reduce((sum, time) => sum + time, 0) / leadTimes.length),
    };
  });
}
