/** The only way into the core. What is not exported here is nobody else's business. */

export { formatPath, type Issue } from './issue.ts';

// Scenario
export { scenarioJsonSchema } from './scenario/json-schema.ts';
export { parseScenario, type ParsedScenario } from './scenario/parse.ts';
export type { GuardsConfig, PolicyConfig, Scenario, ScenarioInput, Service } from './scenario/schema.ts';
export { recordingIntervalOf, serviceOf } from './scenario/build.ts';

// Traces
export type { TraceImport, TraceReport, TraceSeries } from './trace/contract.ts';
export { importTrace, inspectTrace, type TraceInspection } from './trace/registry.ts';
export { traceUnits, type TraceMapping, type TraceUnit } from './trace/mapping.ts';

// Runs and comparisons
export { planJobs, transferablesOf, type Job, type JobSelection } from './experiment/job.ts';
export { loadScenario, traceFilesOf, type LoadedScenario, type LoadOutcome } from './experiment/load.ts';
export { createRun, type Run } from './experiment/run.ts';
export { collectComparison, runComparison, type ComparisonCollector, type ComparisonRun } from './experiment/compare.ts';
export type {
  BandName,
  Comparison,
  Estimate,
  PolicyResult,
  ReplicaLife,
  RunResult,
  RunSummary,
  StabilityVerdict,
  StoppedEarly,
  SummaryEstimate,
} from './experiment/result.ts';
export { columnNames, type RunColumns } from './kernel/columns.ts';
export type { Decision, Stage } from './autoscaling/contract.ts';
