import { readMeasures, valueProblems } from '../queueing/calculator/calculate.ts';
import type { CalculatorModel, ParameterValues } from '../queueing/calculator/contract.ts';
import type { StaffedInterval, StaffingMethod } from '../queueing/time-varying.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

/** Why this number of servers, when it was not given. */
export interface StaffingNote {
  /** as the person wrote it: `p95=500ms` */
  readonly objective: string;
  /** where it cannot be met there is no number of servers to note */
  readonly attainable: true;
}

/** One measure or more along a parameter. */
export interface TheoryCurve {
  readonly parameter: string;
  readonly at: readonly number[];
  readonly measures: Readonly<Record<string, Float64Array>>;
}

function aboutModel({ name, title, assumptions, formula, source, accuracy, range, outside }: CalculatorModel) {
  return {
    schema: 'headroom/theory/v1',
    model: name,
    title,
    assumptions,
    formula,
    source,
    accuracy,
    range,
    outside,
  };
}

/** `headroom/theory/v1`: a model, what it was given, and what it says; times and lengths are null without a steady state. */
export function theoryJson(
  model: CalculatorModel,
  values: ParameterValues,
  { staffing, curve }: { readonly staffing?: StaffingNote; readonly curve?: TheoryCurve } = {},
): JsonValue {
  const { parameters } = model;
  const solvable = valueProblems(model, values).length === 0;
  const measured = solvable ? model.solve(values) : {};
  const numbers = readMeasures(measured);
  return jsonValue({
    ...aboutModel(model),
    ...Object.fromEntries(parameters.map((parameter) => [parameter, values[parameter]])),
    steadyState: model.alwaysStable ?? (numbers.trafficIntensity ?? 0) < 1,
    ...numbers,
    classes: measured.classes,
    cautions: model.cautions?.(values) ?? [],
    staffing,
    curve,
  });
}

/** The servers of a rate that changes, interval by interval. */
export interface StaffedRate {
  /** as the person wrote it: `delay=20%` */
  readonly objective: string;
  readonly method: StaffingMethod;
  /** s */
  readonly staffingInterval: number;
  readonly intervals: readonly StaffedInterval[];
}

/** `headroom/theory/v1` of a rate that changes: what it was given but the servers, and those of each interval. */
export function staffingJson(model: CalculatorModel, values: ParameterValues, staffing: StaffedRate): JsonValue {
  const given = model.parameters.filter((name) => name !== 'servers').map((name) => [name, values[name]]);
  return jsonValue({ ...aboutModel(model), ...Object.fromEntries(given), staffing });
}
