import type { CalculatorModel, Measured, ParameterValues } from './contract.ts';
import { measureNames } from './measures.ts';
import type { MeasureName } from './measures.ts';
import { calculatorParameters, parameterNames } from './parameters.ts';
import type { ParameterName } from './parameters.ts';

/** Erlang's recursion takes a step a server; beyond this it would be minutes. */
const mostErlangs = 10_000_000;

/** What a model begins with. */
export function initialValues(model: CalculatorModel): ParameterValues {
  const values = Object.fromEntries(parameterNames.map((name) => [name, calculatorParameters[name].initial])) as Record<
    ParameterName,
    number
  >;
  return { ...values, ...model.initial };
}

/** What is wrong with the values a model was given, all of it; empty when it can be solved. */
export function valueProblems(model: CalculatorModel, values: ParameterValues): string[] {
  const problems = model.parameters.flatMap((name) => {
    const { title, kind, least, most } = calculatorParameters[name];
    const value = values[name];
    const whole = kind !== 'count' || Number.isInteger(value);
    return value >= least && value <= most && whole
      ? []
      : [
          `${title} must be ${kind === 'count' ? 'a whole number ' : ''}from ${least} to ${most}, not ${value}. Check the units.`,
        ];
  });
  if (problems.length > 0) return problems;
  const offeredLoad = model.parameters.includes('arrivalRate') ? values.arrivalRate * values.serviceTimeMean : 0;
  if (offeredLoad > mostErlangs) {
    return [
      `The offered load is ${offeredLoad.toPrecision(3)} erlangs; at most ${mostErlangs} are computed. Check the units of the arrival rate and the service time.`,
    ];
  }
  const problem = model.problem?.(values);
  return problem === undefined ? [] : [problem];
}

/** A number of what a model said; NaN when it does not give it. */
export function readMeasure(measured: Measured, name: MeasureName): number {
  const value = measured[name];
  return typeof value === 'function' ? value() : (value ?? NaN);
}

/** The numbers a model gives, in the order of the measures. */
export function readMeasures(measured: Measured): Partial<Record<MeasureName, number>> {
  return Object.fromEntries(
    measureNames.flatMap((name) => (measured[name] === undefined ? [] : [[name, readMeasure(measured, name)]])),
  );
}

/** One measure against one parameter, all others held. NaN where the model refuses a value. */
export function measureCurve(
  model: CalculatorModel,
  values: ParameterValues,
  parameter: ParameterName,
  at: readonly number[],
  measures: readonly MeasureName[],
): Record<MeasureName, Float64Array> {
  const curves = Object.fromEntries(measures.map((name) => [name, new Float64Array(at.length).fill(NaN)]));
  at.forEach((value, index) => {
    const here = { ...values, [parameter]: value };
    if (valueProblems(model, here).length > 0) return;
    const measured = model.solve(here);
    for (const name of measures) curves[name]![index] = readMeasure(measured, name);
  });
  return curves as Record<MeasureName, Float64Array>;
}
