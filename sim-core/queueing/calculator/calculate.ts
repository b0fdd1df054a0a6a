import type { CalculatorModel, Measured, ParameterValues } from './contract.ts';
import { calculatorMeasures, measureNames } from './measures.ts';
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
  return {
    ...values,
    ...model.initial,
    ...(model.initialClasses !== undefined && { classes: model.initialClasses }),
  };
}

/** Classes a model tells apart at most. */
export const mostClasses = 50;
const ofClass = ['arrivalRate', 'serviceTimeMean', 'serviceScv'] as const;

/** a, erlang, at the mean rates; undefined for a model whose load is not given but found. */
export function offeredLoadOf(model: CalculatorModel, values: ParameterValues): number | undefined {
  if (model.initialClasses !== undefined) {
    const sum = (values.classes ?? []).reduce((total, each) => total + each.arrivalRate * each.serviceTimeMean, 0);
    return values.rateFactor * sum;
  }
  return model.parameters.includes('arrivalRate') ? values.arrivalRate * values.serviceTimeMean : undefined;
}

/** What is wrong with the values a model was given, all of it; empty when it can be solved. */
export function valueProblems(model: CalculatorModel, values: ParameterValues): string[] {
  const problems = model.parameters.flatMap((name) => rangeProblem(name, values[name]));
  if (model.initialClasses !== undefined) {
    const { classes = [] } = values;
    if (classes.length < 1 || classes.length > mostClasses)
      problems.push(`${model.title} takes 1 to ${mostClasses} classes, not ${classes.length}.`);
    classes.forEach((each, index) =>
      problems.push(...ofClass.flatMap((name) => rangeProblem(name, each[name], `Class ${index + 1}: `))),
    );
  }
  if (problems.length > 0) return problems;
  const offeredLoad = offeredLoadOf(model, values) ?? 0;
  if (offeredLoad > mostErlangs) {
    return [
      `The offered load is ${offeredLoad.toPrecision(3)} erlangs; at most ${mostErlangs} are computed. Check the units of the arrival rate and the service time.`,
    ];
  }
  const problem = model.problem?.(values);
  return problem === undefined ? [] : [problem];
}

function rangeProblem(name: ParameterName, value: number, whose = ''): string[] {
  const { title, kind, least, most } = calculatorParameters[name];
  const whole = kind !== 'count' || Number.isInteger(value);
  if (value >= least && value <= most && whole) return [];
  const kindOf = kind === 'count' ? 'a whole number ' : '';
  return [`${whose}${title} must be ${kindOf}from ${least} to ${most}, not ${value}. Check the units.`];
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

/** What a number is called, of this model. */
export function measureTitle({ titles }: CalculatorModel, measure: MeasureName): string {
  return titles?.[measure] ?? calculatorMeasures[measure].title;
}
