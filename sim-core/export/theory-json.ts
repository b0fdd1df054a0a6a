import { readMeasures, valueProblems } from '../queueing/calculator/calculate.ts';
import type { CalculatorModel, ParameterValues } from '../queueing/calculator/contract.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

/** Why this number of servers, when it was not given. */
export interface StaffingNote {
  /** as the person wrote it: `p95=500ms` */
  readonly objective: string;
  /** false: the service alone takes too long, whatever the number of servers */
  readonly attainable: boolean;
}

/** One measure or more along a parameter. */
export interface TheoryCurve {
  readonly parameter: string;
  readonly at: readonly number[];
  readonly measures: Readonly<Record<string, Float64Array>>;
}

/** `headroom/theory/v1`: a model, what it was given, and what it says; times and lengths are null without a steady state. */
export function theoryJson(
  model: CalculatorModel,
  values: ParameterValues,
  { staffing, curve }: { readonly staffing?: StaffingNote; readonly curve?: TheoryCurve } = {},
): JsonValue {
  const { name, title, assumptions, formula, source, accuracy, range, outside, parameters } = model;
  const solvable = valueProblems(model, values).length === 0;
  const numbers = solvable ? readMeasures(model.solve(values)) : {};
  return jsonValue({
    schema: 'headroom/theory/v1',
    model: name,
    title,
    assumptions,
    formula,
    source,
    accuracy,
    range,
    outside,
    ...Object.fromEntries(parameters.map((parameter) => [parameter, values[parameter]])),
    steadyState: model.alwaysStable ?? (numbers.trafficIntensity ?? 0) < 1,
    ...numbers,
    cautions: model.cautions?.(values) ?? [],
    staffing,
    curve,
  });
}
