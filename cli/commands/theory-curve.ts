import { InvalidArgumentError } from 'commander';
import {
  calculatorMeasures,
  calculatorParameters,
  curveSvg,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRate,
  measureCurve,
  measureNames,
  nearestKey,
  parameterNames,
  parseDuration,
  parseFraction,
  parseRate,
  readMeasures,
  writeCsv,
} from '../../sim-core/index.ts';
import type {
  CalculatorModel,
  MeasureKind,
  MeasureName,
  ParameterKind,
  ParameterName,
  ParameterValues,
} from '../../sim-core/index.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

/** One parameter over a range. */
export interface CurveAxis {
  readonly parameter: ParameterName;
  readonly at: readonly number[];
}

/** Measures along a parameter. */
export interface WorkedOutCurve extends CurveAxis {
  readonly measures: Readonly<Record<string, Float64Array>>;
}

const [usualSteps, mostSteps] = [40, 2000];

/** `servers=1..40`, `arrival-rate=10/s..190/s:50`. */
export function curveAxis(text: string): CurveAxis {
  const [, option = '', from = '', to = '', steps] = /^([a-z-]+)=(.+?)\.\.(.+?)(?::(\d+))?$/.exec(text.trim()) ?? [];
  const parameter = parameterNames.find((name) => calculatorParameters[name].option === option);
  if (parameter === undefined) {
    throw new InvalidArgumentError(
      `Write it as servers=1..40 or arrival-rate=10/s..190/s:50; known are ${parameterNames.map((name) => calculatorParameters[name].option).join(', ')}.`,
    );
  }
  const { kind } = calculatorParameters[parameter];
  const [first, last] = [readQuantity(from, kind), readQuantity(to, kind)];
  const count = steps === undefined ? usualSteps : Number(steps);
  if (first === undefined || last === undefined || !(last > first) || count < 1 || count > mostSteps)
    throw new InvalidArgumentError(`A range runs upwards in 1 to ${mostSteps} steps: ${option}=from..to:steps.`);
  const all = Array.from({ length: count + 1 }, (_, k) => first + (k / count) * (last - first));
  return { parameter, at: kind === 'count' ? [...new Set(all.map((value) => Math.round(value)))] : all };
}

function readQuantity(text: string, kind: ParameterKind): number | undefined {
  if (kind === 'rate') return parseRate(text);
  if (kind === 'duration') return parseDuration(text);
  if (kind === 'share') return parseFraction(text);
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

export function measureName(text: string): MeasureName {
  const found = measureNames.find((name) => name === text);
  if (found !== undefined) return found;
  const near = nearestKey(text, [...measureNames]);
  throw new InvalidArgumentError(
    `There is no number ${text}.${near === undefined ? ` Known are ${measureNames.join(', ')}.` : ` Did you mean ${near}?`}`,
  );
}

/** The measures asked for; without any, the wait, or what the model has instead. */
export function workOutCurve(
  model: CalculatorModel,
  values: ParameterValues,
  axis: CurveAxis,
  asked: readonly MeasureName[],
): WorkedOutCurve {
  const given = Object.keys(readMeasures(model.solve(values))) as MeasureName[];
  const unknown = asked.find((name) => !given.includes(name));
  if (unknown !== undefined) throw new UserError(`${model.title} gives no ${unknown}. It gives ${given.join(', ')}.`);
  const usual: readonly MeasureName[] = [
    'waitingTimeMean',
    'sojournTimeMean',
    'blockingProbability',
    'delayProbabilityModified',
    'delayProbability',
  ];
  const chosen = asked.length > 0 ? asked : usual.filter((name) => given.includes(name)).slice(0, 1);
  return { ...axis, measures: measureCurve(model, values, axis.parameter, axis.at, chosen) };
}

function parameterText(parameter: ParameterName): (value: number) => string {
  const { kind } = calculatorParameters[parameter];
  return { rate: formatRate, duration: formatDuration, share: formatPercent, number: formatNumber, count: String }[
    kind
  ] as (value: number) => string;
}

function measureText(kind: MeasureKind): (value: number) => string {
  return (value) =>
    value === Infinity
      ? '∞'
      : { seconds: formatDuration, share: formatPercent, rate: formatRate, number: (x: number) => formatNumber(x) }[
          kind
        ](value);
}

const namesOf = ({ measures }: WorkedOutCurve): MeasureName[] => Object.keys(measures) as MeasureName[];

export function curveTable(curve: WorkedOutCurve): string {
  const names = namesOf(curve);
  const right = (title: string) => ({ title, align: 'right' }) as const;
  return renderTable(
    [curve.parameter, ...names].map(right),
    curve.at.map((value, row) => [
      parameterText(curve.parameter)(value),
      ...names.map((name) => measureText(calculatorMeasures[name].kind)(curve.measures[name]![row]!)),
    ]),
  );
}

export function curveCsv(curve: WorkedOutCurve): string {
  const names = namesOf(curve);
  return writeCsv([
    [curve.parameter, ...names],
    ...curve.at.map((value, row) => [value, ...names.map((name) => curve.measures[name]![row]!)]),
  ]);
}

/** The curve as SVG; its measures must be of one kind, such as times. */
export function curvePicture(model: CalculatorModel, curve: WorkedOutCurve, theme: 'light' | 'dark'): string {
  const names = namesOf(curve);
  const kinds = new Set(names.map((name) => calculatorMeasures[name].kind));
  const [kind = 'number'] = kinds;
  if (kinds.size > 1)
    throw new UserError('A picture has one axis: choose measures of one kind, all times or all shares.');
  return curveSvg({
    title: model.title,
    xTitle: calculatorParameters[curve.parameter].title,
    x: curve.at,
    lines: names.map((name) => ({ name: calculatorMeasures[name].title, values: curve.measures[name]! })),
    width: 960,
    height: 480,
    formatX: parameterText(curve.parameter),
    formatY: measureText(kind),
    ...(kind === 'share' && { most: 1 }),
    theme,
  });
}
