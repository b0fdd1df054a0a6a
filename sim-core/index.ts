/** The only way into the core. What is not exported here is nobody else's business. */

export { formatPath, type Issue } from './issue.ts';

// Scenario
export { scenarioJsonSchema } from './scenario/json-schema.ts';
export { parseScenario, type ParsedScenario } from './scenario/parse.ts';
export type { PolicyConfig, Scenario, ScenarioInput, Service } from './scenario/schema.ts';
export { recordingIntervalOf, serviceOf } from './scenario/build.ts';
export { beyondFluid } from './scenario/engine-choice.ts';

// Traces
export type {
  RecordedSeries,
  SaturatedStretch,
  TraceColumn,
  TraceImport,
  TraceQuality,
  TraceReport,
  TraceSeries,
} from './trace/contract.ts';
export { ImportCancelled, importFile, unpackFile, type ImportOptions, type TraceFile } from './trace/import-file.ts';
export { importTrace, type ImportMapping } from './trace/import-session.ts';
export {
  counterResetRules,
  duplicateRules,
  timeUnits,
  traceKey,
  isMappingKey,
  traceMapping,
  traceUnits,
  type TraceMapping,
  type TraceUnit,
} from './trace/mapping.ts';

export { traceFormats } from './trace/registry.ts';
export { replayRate } from './workload/replay.ts';
export { filledSeries } from './workload/filled-series.ts';
export { gapFills, type GapFill } from './trace/fill-gaps.ts';
export { applySteps, traceSteps, type TraceSteps } from './workload/steps/registry.ts';
export { fetchRange, type FetchedRange } from './trace/live/fetch-range.ts';
export { noReplyReason, type NoReply } from './trace/live/no-reply.ts';
export { parseNamedExpression, type NamedExpression, type RangeQuery } from './trace/live/range-query.ts';
export type { Reply } from './trace/live/answer.ts';

// Runs and comparisons
export { planJobs, transferablesOf, type Job, type JobSelection } from './experiment/job.ts';
export { isPolicyFile, mostPolicyFile } from './autoscaling/custom/config.ts';
export { policyFilesOf, withPoliciesOf } from './experiment/policy-files.ts';
export { loadScenario, loadScenarioWith, tracesOf, type LoadedScenario, type LoadOutcome } from './experiment/load.ts';
export { createFluidRun, fluidPreviewOf } from './experiment/fluid-run.ts';
export { createRun, startRun, type Run } from './experiment/run.ts';
export { createSliceSizer } from './experiment/slices.ts';
export { createExperiment, runComparison, type Experiment } from './experiment/compare.ts';
export { runRounds, type Rounds } from './experiment/rounds.ts';
export { judgedObjectives } from './experiment/objectives.ts';
export { createSelection, type SelectionOptions, type SelectionResult } from './experiment/select.ts';
export { createWarmupStudy } from './experiment/warmup.ts';
export { rankedMetricNames, readPrecision, type PrecisionMetric } from './scenario/replications.ts';
export type {
  AlertEstimate,
  BandName,
  Comparison,
  Estimate,
  PolicyResult,
  ReplicaLife,
  RunResult,
  RunSummary,
  StabilityVerdict,
  StoppedEarly,
  StoppingReport,
  SummaryEstimate,
  WarmupDecision,
} from './experiment/result.ts';
export { statesObjectives } from './analysis/slo.ts';
export { columnNames, type RunColumns } from './kernel/columns.ts';
export type { Decision, Stage } from './autoscaling/contract.ts';
export {
  decisionAt,
  differencesOf,
  firstDifference,
  isScaling,
  type DecisionDifference,
} from './autoscaling/decision-log.ts';

// Charts: lanes as data, laid out for a canvas or printed as SVG
export { aggregate, type AggregateOptions, type IntervalAggregate } from './export/chart/aggregate.ts';
export { chartSvg, type ChartSvgOptions } from './export/chart/chart-svg.ts';
export { extremesOf, queryExtremes } from './export/chart/extremes.ts';
export {
  axisHeight,
  gutter,
  margin,
  overviewHeight,
  placeLanes,
  plotBottom,
  plotTop,
  type LanePlace,
} from './export/chart/lane-geometry.ts';
export {
  bandOpacity,
  layoutLane,
  markAt,
  markPath,
  shadeOpacity,
  type LaneLayout,
  type LaneShape,
  type PlacedMark,
  unitText,
} from './export/chart/lane-layout.ts';
export type {
  ColourSlot,
  LaneId,
  LaneMark,
  LaneModel,
  LaneReading,
  LaneSeries,
  LaneShade,
  OverviewModel,
  Quantity,
  Theme,
  TimeRange,
} from './export/chart/lane-model.ts';
export type { LaneOptions } from './export/chart/lane-options.ts';
export {
  describeLane,
  laneTable,
  readLane,
  type LaneReadout,
  type LaneTableModel,
} from './export/chart/lane-reading.ts';
export { lanesOf, overviewOf } from './export/chart/lanes-of.ts';
export {
  assignColours,
  chartColoursOf,
  colourOf,
  distinctColours,
  shadeColour,
  type ChartColours,
} from './export/chart/palette.ts';
export { areaUnder, replay, traceLine, type Polyline } from './export/chart/polyline.ts';
export {
  currencySymbol,
  exponentOf,
  formatFixed,
  formatMoney,
  formatNumber,
  formatQuantity,
  formatSeconds,
  formatShare,
  noValue,
} from './export/chart/quantity.ts';
export {
  labelWidth,
  placeLabels,
  rangeLabel,
  timeLabel,
  timeTicks,
  type PlacedLabel,
  type TimeMode,
  type TimeTick,
} from './export/chart/time-axis.ts';
export {
  formatClock,
  formatDate,
  formatDay,
  formatMonth,
  formatRelative,
  formatWeekday,
} from './export/chart/time-text.ts';

// Quantities as people write and read them
export { parseCpu, printCpu } from './units/cpu.ts';
export { parseDuration, printDuration } from './units/duration.ts';
export { formatDuration, formatPercent, formatRate } from './units/format.ts';
export { parseFraction, printFraction } from './units/fraction.ts';
export { parseInstant, printInstant } from './units/instant.ts';
export { parseMoment } from './units/moment.ts';
export { parseRate, printRate } from './units/rate.ts';

// Queueing theory, by itself and beside simulation
export { compareWithTheory, type ModelComparison, type ModelError } from './analysis/models.ts';
export { neededReplicas, serviceMoments } from './analysis/needed-replicas.ts';
export { rowVerdicts, type RowVerdict } from './analysis/theory-rows.ts';
export { theoryStation } from './analysis/theory-station.ts';
export type { BesideName } from './analysis/models-beside.ts';
export type { ArrivalWindow } from './analysis/arrival-windows.ts';
export type { QueueSystem } from './queueing/model.ts';
export { queueModels, type QueueModelName } from './queueing/models.ts';
export { smallestServers, type StaffingObjective } from './queueing/staffing.ts';
export {
  initialValues,
  measureCurve,
  measureTitle,
  mostClasses,
  offeredLoadOf,
  readMeasures,
  valueProblems,
} from './queueing/calculator/calculate.ts';
export type { PriorityClass } from './queueing/priority.ts';
export type { CalculatorModel, ClassNumbers, ParameterValues } from './queueing/calculator/contract.ts';
export { fewestServers } from './queueing/calculator/fewest-servers.ts';
export {
  calculatorMeasures,
  measureNames,
  type MeasureKind,
  type MeasureName,
} from './queueing/calculator/measures.ts';
export {
  calculatorParameters,
  parameterNames,
  type ParameterKind,
  type ParameterName,
} from './queueing/calculator/parameters.ts';
export { calculatorModel, calculatorModels } from './queueing/calculator/registry.ts';
export { staffSinusoid, staffingMethods, type StaffedInterval, type StaffingMethod } from './queueing/time-varying.ts';
export { layoutCurve } from './export/chart/curve-layout.ts';
export { curveSvg } from './export/chart/curve-svg.ts';
export { estimateMean } from './statistics/interval.ts';

// One policy over a grid of two settings
export {
  cellResult,
  gridCells,
  gridScenario,
  mostCells,
  parseGridAxis,
  type CellResult,
  type GridAxis,
  type GridCell,
  type PolicyGrid,
} from './experiment/policy-grid.ts';
export { heatShade } from './export/chart/heat-map.ts';
export { mapCsv, mapJson, mapSvg, type FinishedMap } from './export/map-files.ts';
export { summaryNames, summaryQuantities } from './export/summary-quantities.ts';

// Recordings: calibration and the reality check
export { fitScalabilityLaw, throughputAt } from './calibration/usl.ts';
export { realityLanes } from './export/chart/reality-lanes.ts';
export { noteOf, withRealityColumn, withRealityComment } from './export/reality-warning.ts';
export { calibrationJson, realityJson, scalabilityJson } from './export/reality-json.ts';
export { withValue } from './reality/alternatives.ts';
export { createRealityCheck, type RealityCheck, type RealityReport } from './reality/check.ts';
export { measureFromLog, readRequestDurations } from './reality/measure-log.ts';
export { measureFromReadings, oneLine, replayEntries, withProvenance } from './reality/measure.ts';
export type { CalibrationEntry, Measured } from './reality/measure.ts';
export { readingsOf, type RecordedReadings } from './reality/readings.ts';
export { calibrateByReplay, explainMisfit, type Misfit, type TriedAlternative } from './reality/replay-search.ts';
export { livePolicyOf, realityStatusOf, type RealityStatus } from './scenario/reality-status.ts';

// Alert rules
export type { AlertRun } from './alerts/backtest.ts';
export { prometheusRules } from './alerts/prometheus-rules.ts';
export { alertsJson } from './export/alerts-json.ts';

// Sizing by rules of thumb
export { workOutSizing } from './experiment/size.ts';
export { formatAmount } from './sizing/amount.ts';

// Plans
export { createCapacityPlan, type CapacityPlanInput } from './planning/capacity-plan.ts';
export { capacityPlanSchema, type CapacityPlan } from './planning/schema.ts';

// Upstream test cases
export type { FamilyReport } from './conformance/contract.ts';
export { runVectors } from './conformance/run-vectors.ts';

// Measured durations and arrivals
export { fitChart, type FitChartOptions } from './export/chart/fit-svg.ts';
export { fitJson, type FitReport } from './export/fit-json.ts';
export { fitDistributions } from './fitting/fit.ts';
export { durationUnits, readDurations, type DurationUnit, type MeasuredDurations } from './fitting/read-durations.ts';
export { serviceTimeOf } from './fitting/service-time.ts';
export { createDistribution } from './random/registry.ts';
export { measureBurstiness, type Burstiness } from './workload/burstiness.ts';

// Autoscalers in the formats of their platforms
export type { ManifestReading } from './manifest/contract.ts';
export { readManifest, recogniseManifest } from './manifest/read-manifest.ts';
export { manifestFormatNames, manifestFormats, type ManifestFormatName } from './manifest/registry.ts';
export { nativeFormat, policyInText, writeManifest } from './manifest/write-manifest.ts';

// Files in and out
export { checkJson, verdictOf, type Assertion, type PolicyVerdict } from './export/check-json.ts';
export { comparisonCsv } from './export/comparison-csv.ts';
export { conformanceJson, conformanceTotals } from './export/conformance-json.ts';
export { conformanceMarkdown } from './export/conformance-markdown.ts';
export { writeCsv } from './export/csv.ts';
export { decisionCsv } from './export/decision-csv.ts';
export { explanationLines, observedWords, stageWords } from './export/decision-words.ts';
export { explanationJson } from './export/explanation-json.ts';
export { importJson, recordedCsv, seriesCsv, type ImportedTrace } from './export/import-json.ts';
export { junitXml } from './export/junit.ts';
export { selectionJson, warmupJson } from './export/selection-json.ts';
export { resultCsv } from './export/result-csv.ts';
export { isResultJson, readResultDecisions, type DecisionLog } from './export/result-decisions.ts';
export { comparisonJson, resultJson, type ResultJsonOptions } from './export/result-json.ts';
export { sizingJson } from './export/sizing-json.ts';
export { staffingJson, theoryJson, type StaffingNote } from './export/theory-json.ts';
export { validationJson } from './export/validation-json.ts';
export { nearestKey } from './nearest-key.ts';
