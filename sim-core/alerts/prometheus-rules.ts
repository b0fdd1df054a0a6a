import { stringify } from 'yaml';
import type { AlertEstimate } from '../experiment/result.ts';
import { printDuration } from '../units/duration.ts';
import { formatDuration } from '../units/format.ts';
import { rulesOf } from './runbook.ts';
import type { AlertRule, AlertsConfig } from './schema.ts';
import type { SignalName } from './signals.ts';

/** Recording rules the alerts ask for: what each signal is called in Prometheus is not for a simulation to know. */
const recorded: Readonly<Record<SignalName, string>> = {
  cpuUtilisation: 'service:cpu_utilisation:ratio',
  utilisation: 'service:slot_utilisation:ratio',
  latencyMean: 'service:latency_seconds:mean',
  latencyP50: 'service:latency_seconds:p50',
  latencyP95: 'service:latency_seconds:p95',
  latencyP99: 'service:latency_seconds:p99',
  errorRate: 'service:errors:ratio',
  arrivalRate: 'service:requests:rate',
  queueLength: 'service:queue_length:mean',
  readyReplicas: 'service:replicas_ready',
  desiredReplicas: 'service:replicas_desired',
};

/**
 * The rules as a Prometheus rule file, each with what the simulation found as an annotation.
 *
 * @param estimates in the order of the rules, of the policy that is to be watched
 */
export function prometheusRules(config: AlertsConfig, policy: string, estimates: readonly AlertEstimate[]): string {
  const rules = rulesOf(config);
  const used = [...new Set(rules.map(({ metric }) => recorded[metric]))];
  const header = [
    ' Alert rules as simulated. They rest on recording rules of these names, to be defined for your service:',
    ...used.map((name) => `   ${name}`),
  ];
  const file = {
    groups: [
      {
        name: 'headroom',
        rules: rules.map((rule, index) => ({
          alert: rule.name,
          expr: expressionOf(rule),
          ...(rule.for > 0 && { for: printDuration(rule.for) }),
          ...(rule.keepFiringFor > 0 && { keep_firing_for: printDuration(rule.keepFiringFor) }),
          labels: { severity: rule.severity },
          ...(estimates[index] !== undefined && { annotations: { simulated: finding(policy, estimates[index]) } }),
        })),
      },
    ],
  };
  return `${header.map((line) => `#${line}\n`).join('')}${stringify(file)}`;
}

function expressionOf({ metric, side, threshold, over, growthIn }: AlertRule): string {
  const comparison = `${side === 'above' ? '>' : '<'} ${threshold}`;
  const name = recorded[metric];
  if (growthIn === undefined) {
    return `${over === undefined ? name : `avg_over_time(${name}[${printDuration(over)}])`} ${comparison}`;
  }
  const window = printDuration(over ?? 86_400);
  const before = `avg_over_time(${name}[${window}] offset ${printDuration(growthIn)})`;
  return `avg_over_time(${name}[${window}]) / ${before} - 1 ${comparison}`;
}

function finding(policy: string, { firings, falseAlarms, breaks, caught, leadTime }: AlertEstimate): string {
  const number = ({ mean }: AlertEstimate['firings']): string => String(Number(mean.toPrecision(3)));
  const lead = Number.isNaN(leadTime.mean)
    ? ''
    : `, ${formatDuration(Math.abs(leadTime.mean))} ${leadTime.mean < 0 ? 'late' : 'ahead'} on average`;
  return `Under ${policy}: fired ${number(firings)} times a run, ${number(falseAlarms)} of them false; warned of ${number(caught)} of ${number(breaks)} misses of the objectives${lead}.`;
}
