import type { AlertRule, AlertsConfig } from './schema.ts';

const common = { keepFiringFor: 0, side: 'above' } as const;

/** What a runbook usually watches. */
export const runbook: readonly AlertRule[] = [
  { ...common, name: 'CPU high', metric: 'cpuUtilisation', threshold: 0.7, for: 600, severity: 'warning' },
  { ...common, name: 'CPU critical', metric: 'cpuUtilisation', threshold: 0.85, for: 300, severity: 'critical' },
  { ...common, name: 'p95 slow', metric: 'latencyP95', threshold: 1, for: 0, severity: 'critical' },
  { ...common, name: 'Errors', metric: 'errorRate', threshold: 0.02, for: 300, severity: 'critical' },
  {
    ...common,
    name: 'Demand grows',
    metric: 'arrivalRate',
    threshold: 0.2,
    over: 86_400,
    growthIn: 7 * 86_400,
    for: 0,
    severity: 'info',
  },
];

/** Every rule that applies: the runbook's first. */
export const rulesOf = ({ runbook: usual, rules }: AlertsConfig): readonly AlertRule[] =>
  usual ? [...runbook, ...rules] : rules;
