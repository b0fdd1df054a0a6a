/** A small scenario with everything that is required, and a place to add to. Line numbers matter to the tests that use it. */
export const smallScenario = `schema: headroom/v1
name: Small
horizon: 10m
replications: 2
recordingInterval: 30s
workload:
  sum:
    - constant: {rate: 20/s}
services:
  checkout:
    serviceTime: {exponential: {mean: 100ms}}
    replicas: {initial: 4, startup: 30s}
slo: {p95: 800ms, window: 1m}
cost: {perReplicaHour: 0.1}
policies:
  - name: fixed
    controller: {static: {replicas: 4}}
  - name: live
    controller:
      hpa: {minReplicas: 2, maxReplicas: 10}
`;

/** The scenario with one line replaced, to see what is said of it. */
export function withLine(line: number, text: string, scenario = smallScenario): string {
  const lines = scenario.split('\n');
  lines[line - 1] = text;
  return lines.join('\n');
}

/** The small scenario with a sizing model of two results. */
export const sizingScenario = `${smallScenario}sizing:
  inputs: {ratePerInstance: 50/s, buffer: 20%}
  results:
    instances: {formula: ceil(peakArrivalRate / ratePerInstance * (1 + buffer)), note: with room to spare}
    monthly: {formula: instances * perReplicaHour * 730, unit: money}
`;

/** The small scenario with a minute of overload, and alert rules: the runbook's and two more. */
export const alertsScenario = `${smallScenario.replace(
  '- constant: {rate: 20/s}',
  '- constant: {rate: 20/s}\n    - spike: {at: 4m, peak: 40/s, rise: 30s, hold: 1m, fall: 30s}',
)}alerts:
  runbook: true
  rules:
    - {name: Busy, metric: utilisation, above: 90%, for: 30s}
    - {name: Quiet, metric: arrivalRate, below: 1/s, severity: info}
`;
