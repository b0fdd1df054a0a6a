import { Argument, InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { resolve } from 'node:path';
import {
  calculatorMeasures,
  calculatorModel,
  calculatorModels,
  calculatorParameters,
  fewestServers,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRate,
  initialValues,
  nearestKey,
  parameterNames,
  parseDuration,
  parseFraction,
  queueModels,
  readMeasures,
  smallestServers,
  staffingJson,
  staffingMethods,
  theoryJson,
  valueProblems,
  writeCsv,
} from '../../sim-core/index.ts';
import type {
  CalculatorModel,
  MeasureName,
  ParameterKind,
  ParameterName,
  ParameterValues,
  PriorityClass,
  StaffingMethod,
  StaffingNote,
  StaffingObjective,
} from '../../sim-core/index.ts';
import { writeAtomically } from '../files.ts';
import { positiveDuration, positiveNumber, rate, wholeNumber } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { renderPng } from '../png.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';
import { curveAxis, curveCsv, curvePicture, curveTable, measureName, workOutCurve } from './theory-curve.ts';
import type { CurveAxis } from './theory-curve.ts';
import { classesCsv, classesTable, priorityClass } from './theory-classes.ts';
import { staffIntervals, staffingText } from './theory-staffing.ts';

interface Objective {
  readonly text: string;
  readonly measure: MeasureName;
  readonly most: number;
  /** as staffing takes it, for objectives on the sojourn time */
  readonly means?: StaffingObjective;
}

interface Flags extends GlobalOptions {
  readonly serviceRate?: number;
  readonly class: readonly PriorityClass[];
  readonly objective?: Objective | undefined;
  readonly servers?: number;
  readonly curve?: CurveAxis;
  readonly measure: readonly MeasureName[];
  readonly picture?: string;
  readonly method: StaffingMethod;
  readonly staffingInterval?: number;
  readonly theme: 'light' | 'dark';
}

const short: Partial<Record<ParameterName, string>> = { arrivalRate: '-a, ', serviceTimeMean: '-t, ', servers: '-c, ' };
const placeholders: Readonly<Record<ParameterKind, string>> = {
  rate: '<rate>',
  duration: '<duration>',
  number: '<number>',
  count: '<count>',
  share: '<share>',
};
/** These stand for exponential service and Poisson arrivals when they are not given. */
const optional: readonly ParameterName[] = ['serviceScv', 'arrivalScv', 'rateFactor'];

/** `headroom theory`: what queueing theory says of a station in steady state. */
export function addTheoryCommand(program: Command, { host }: Session): void {
  const command = program
    .command('theory')
    .description('print what queueing theory says of a station in steady state')
    .addArgument(new Argument('[model]', `one of ${namesOfModels}; without it, what each is for`).argParser(modelOf));
  for (const name of parameterNames) {
    const { option, kind, help } = calculatorParameters[name];
    command.option(`${short[name] ?? ''}--${option} ${placeholders[kind]}`, help, readerOf(name));
  }
  command
    .option(
      '-r, --service-rate <rate>',
      'requests one server completes, such as 12.5/s (instead of --service-time)',
      rate,
    )
    .option(
      '--class <rate,time,scv>',
      'priority: a class of requests, such as 2/s,40ms,0.5 (variability 1 without); given once each, the first goes first',
      (text: string, before: readonly PriorityClass[]) => [...before, priorityClass(text)],
      [],
    )
    .option(
      '--objective <limit>',
      'instead of --servers: p95=500ms (p50, p99, mean), wait-p95=100ms, wait=20ms, delay=20%, blocking=1%, abandonment=2%; prints the fewest servers that meet it',
      objective,
    )
    .option(
      '--curve <range>',
      'one option over a range: servers=1..40, arrival-rate=10/s..190/s, or arrival-rate=10/s..190/s:50 for 50 steps',
      curveAxis,
    )
    .option(
      '-m, --measure <name>',
      'what the curve shows: waitingTimeMean, delayProbability …; may be repeated',
      (text: string, before: readonly MeasureName[]) => [...before, measureName(text)],
      [],
    )
    .addOption(
      new Option('--method <method>', 'mtgc with --objective: how a changing rate is staffed')
        .choices(staffingMethods)
        .default('mol'),
    )
    .option(
      '--staffing-interval <duration>',
      'mtgc with --objective: servers change only so often (default: a 24th of the period)',
      positiveDuration,
    )
    .option('--picture <file>', 'draw the curve, too: .svg or .png')
    .addOption(new Option('--theme <theme>', 'colours of the picture').choices(['light', 'dark']).default('light'))
    .action(async (model: CalculatorModel | undefined, _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      if (model === undefined) return host.stdout.write(modelList());
      if (flags.picture !== undefined && (flags.curve === undefined || !/\.(svg|png)$/i.test(flags.picture)))
        throw new UserError('--picture draws a --curve, into a file that ends in .svg or .png.');
      if (model.name === 'mtgc' && flags.objective !== undefined) {
        const { values } = valuesOf(model, { ...flags, objective: undefined, servers: 1 });
        const means = meansOf(flags.objective);
        const { serviceTimeMean, serviceScv } = values;
        const idle = smallestServers({ model: 'mgc', arrivalRate: 0, serviceTimeMean, serviceScv, objective: means });
        if (!idle.attainable)
          throw new UserError(
            `${flags.objective.text} cannot be met: the service alone takes ${formatDuration(idle.limit)} of it, and a twentieth of what is allowed has to be left for waiting.`,
          );
        const staffed = staffIntervals(values, means, flags);
        if (flags.output === 'json')
          return printJson(host, staffingJson(model, values, { objective: flags.objective.text, ...staffed }));
        return host.stdout.write(staffingText(staffed, flags.output));
      }
      const { values, staffing } = valuesOf(model, flags);
      if (flags.curve !== undefined) {
        const curve = workOutCurve(model, values, flags.curve, flags.measure);
        if (flags.output === 'json') printJson(host, theoryJson(model, values, { curve }));
        else host.stdout.write(flags.output === 'csv' ? curveCsv(curve) : `${model.title}\n\n${curveTable(curve)}`);
        if (flags.picture === undefined) return;
        const svg = curvePicture(model, curve, flags.theme);
        const isPng = /\.png$/i.test(flags.picture);
        return writeAtomically(
          host.directory,
          resolve(host.directory, flags.picture),
          isPng ? await renderPng(svg) : svg,
        );
      }
      if (flags.output === 'json')
        return printJson(host, theoryJson(model, values, { ...(staffing !== undefined && { staffing }) }));
      const measured = model.solve(values);
      const numbers = readMeasures(measured);
      if (flags.output === 'csv' && measured.classes !== undefined)
        return host.stdout.write(classesCsv(measured.classes));
      if (flags.output === 'csv') {
        const given = Object.fromEntries(model.parameters.map((name) => [name, values[name]]));
        const all: Record<string, string | number> = { model: model.name, ...given, ...numbers };
        return host.stdout.write(writeCsv([Object.keys(all), Object.values(all)]));
      }
      const classes = measured.classes === undefined ? '' : `\n${classesTable(measured.classes)}`;
      host.stdout.write(describe(model, values, numbers, staffing) + classes);
    });
}

function describe(
  model: CalculatorModel,
  values: ParameterValues,
  numbers: Partial<Record<MeasureName, number>>,
  staffing: StaffingNote | undefined,
): string {
  const about = `${model.title}: ${model.assumptions}\n${model.accuracy}\n\n`;
  const met =
    staffing === undefined ? '' : `${values.servers} servers: the fewest servers for ${staffing.objective}\n\n`;
  const rows = (Object.entries(numbers) as [MeasureName, number][]).map(([name, value]) => [
    model.titles?.[name] ?? name,
    formatMeasure(name, value),
  ]);
  if (model.parameters.includes('servers')) rows.unshift(['servers', String(values.servers)]);
  const table = renderTable([{ title: 'number' }, { title: 'value', align: 'right' }], rows);
  const endless =
    model.alwaysStable !== true && (numbers.trafficIntensity ?? 0) >= 1
      ? '\nMore arrives than the servers can do: the queue grows without end.\n'
      : '';
  const cautions = (model.cautions?.(values) ?? []).map((caution) => `\n${caution}\n`).join('');
  return about + met + table + endless + cautions;
}

function formatMeasure(name: MeasureName, value: number): string {
  if (name === 'offeredLoad' || name === 'offeredLoadPeak') return `${formatNumber(value)} erlang`;
  switch (calculatorMeasures[name].kind) {
    case 'seconds':
      return formatDuration(value);
    case 'share':
      return formatPercent(value);
    case 'rate':
      return formatRate(value);
    case 'number':
      return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '∞';
  }
}

function valuesOf(model: CalculatorModel, flags: Flags): { values: ParameterValues; staffing?: StaffingNote } {
  const takes = (name: ParameterName): boolean => model.parameters.includes(name);
  const given = givenOf(model, flags);
  const { objective: limit, curve } = flags;
  const classes = classesOf(model, flags);
  if (curve !== undefined && !takes(curve.parameter))
    throw new UserError(
      `${model.title} has no --${calculatorParameters[curve.parameter].option} to draw a curve over.`,
    );
  if (limit !== undefined && curve !== undefined) throw new UserError('Give either --objective or --curve.');
  if (takes('servers')) {
    const unstatedServers = curve?.parameter === 'servers' || (classes !== undefined && limit === undefined);
    if (((given.servers ?? (unstatedServers ? 1 : undefined)) === undefined) === (limit === undefined))
      throw new UserError('Give either --servers or --objective.');
  } else if (limit !== undefined) {
    throw new UserError(`${model.title} has no number of servers to choose for --objective.`);
  }
  for (const name of model.parameters) {
    if (given[name] === undefined && name !== curve?.parameter && name !== 'servers' && !optional.includes(name))
      throw new UserError(
        `${model.title} needs --${calculatorParameters[name].option}: ${calculatorParameters[name].help}.`,
      );
  }
  const unstated = Object.fromEntries(optional.map((name) => [name, 1]));
  const values: ParameterValues = {
    ...initialValues(model),
    ...unstated,
    ...given,
    ...(classes !== undefined && { classes }),
    ...(curve !== undefined && { [curve.parameter]: curve.at[0] }),
  };
  const problems = valueProblems(
    model,
    // Unlike classes have one server: there is nothing to choose.
    limit === undefined
      ? values
      : { ...values, servers: classes === undefined ? 1 : 2, capacity: Math.max(values.capacity, 1) },
  );
  if (curve === undefined && problems.length > 0) throw new UserError(problems.join('\n'));
  return limit === undefined ? { values } : staff(model, values, limit);
}

function classesOf(model: CalculatorModel, flags: Flags): readonly PriorityClass[] | undefined {
  if (model.initialClasses === undefined) {
    if (flags.class.length === 0) return undefined;
    throw new UserError(`${model.title} makes no use of --class. It takes ${optionsOf(model)}.`);
  }
  if (flags.class.length === 0)
    throw new UserError(
      `${model.title} needs --class, once each, the first goes first: --class 2/s,40ms --class 8/s,80ms.`,
    );
  return flags.class;
}

function givenOf(model: CalculatorModel, flags: Flags): Partial<Record<ParameterName, number>> {
  const given: Partial<Record<ParameterName, number>> = {};
  for (const name of parameterNames) {
    const option = calculatorParameters[name].option;
    const value = (flags as unknown as Record<string, number | undefined>)[camelCase(option)];
    if (value === undefined) continue;
    if (model.parameters.includes(name)) given[name] = value;
    else if (name === 'serviceScv' && value === 1) continue;
    else if (name === 'serviceScv' && (model.name === 'mmc' || model.name === 'mm1'))
      throw new UserError(
        `${model.title} means exponential service, whose --service-scv is 1. Use the model mgc for another.`,
      );
    else throw new UserError(`${model.title} makes no use of --${option}. It takes ${optionsOf(model)}.`);
  }
  if (model.parameters.includes('serviceTimeMean') && flags.curve?.parameter !== 'serviceTimeMean') {
    if ((given.serviceTimeMean === undefined) === (flags.serviceRate === undefined))
      throw new UserError('Give either --service-time or --service-rate.');
    if (flags.serviceRate === 0) throw new UserError('--service-rate must be more than zero.');
    given.serviceTimeMean ??= 1 / (flags.serviceRate ?? NaN);
  }
  return given;
}

const optionsOf = (model: CalculatorModel): string =>
  [
    ...(model.initialClasses === undefined ? [] : ['--class']),
    ...model.parameters.map((name) => `--${calculatorParameters[name].option}`),
  ].join(', ');
const camelCase = (option: string): string => option.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The fewest servers for an objective.
 *
 * @throws UserError where no number of servers meets it
 */
function staff(
  model: CalculatorModel,
  values: ParameterValues,
  limit: Objective,
): { values: ParameterValues; staffing: StaffingNote } {
  const { arrivalRate, serviceTimeMean, serviceScv } = values;
  const name = model.name;
  if (limit.means !== undefined && (name === 'mmc' || name === 'mgc') && name in queueModels) {
    const {
      servers,
      attainable,
      limit: alone,
    } = smallestServers({
      model: name,
      arrivalRate,
      serviceTimeMean,
      serviceScv,
      objective: limit.means,
    });
    if (attainable)
      return {
        values: { ...values, servers: Math.max(1, servers) },
        staffing: { objective: limit.text, attainable },
      };
    if (limit.most <= alone) throw unmet(model, limit, alone);
  }
  const offered = model.solve({ ...values, servers: 1 });
  if (offered[limit.measure] === undefined) {
    const known = objectives.filter(([, measure]) => offered[measure] !== undefined).map(([word]) => word);
    throw new UserError(`${model.title} gives no ${limit.measure}. It can be asked for ${known.join(', ')}.`);
  }
  const { servers, limit: least } = fewestServers(model, values, limit);
  if (servers === null) throw unmet(model, limit, least);
  return { values: { ...values, servers }, staffing: { objective: limit.text, attainable: true } };
}

function unmet(model: CalculatorModel, { text, measure }: Objective, least: number): UserError {
  const room = model.parameters.includes('capacity') ? ' that the room holds' : '';
  return new UserError(
    `${text} cannot be met by any number of servers${room}: ${formatMeasure(measure, least)} is left.`,
  );
}

/** An objective as staffing takes it. */
function meansOf({ means, measure, most, text }: Objective): StaffingObjective {
  if (means !== undefined) return means;
  if (measure === 'delayProbability') return { kind: 'delay-probability', probability: most };
  if (measure === 'waitingTimeMean') return { kind: 'waiting-mean', seconds: most };
  const quantile = /^waitingTimeP(\d+)$/.exec(measure)?.[1];
  if (quantile !== undefined) return { kind: 'waiting', quantile: Number(quantile) / 100, seconds: most };
  throw new UserError(`${text}: with room and patience for everybody nobody is turned away or gives up.`);
}

/** What may be limited, by the word for it. */
const objectives: readonly (readonly [word: string, measure: MeasureName])[] = [
  ['p50', 'sojournTimeP50'],
  ['p95', 'sojournTimeP95'],
  ['p99', 'sojournTimeP99'],
  ['mean', 'sojournTimeMean'],
  ['wait', 'waitingTimeMean'],
  ['wait-p50', 'waitingTimeP50'],
  ['wait-p95', 'waitingTimeP95'],
  ['wait-p99', 'waitingTimeP99'],
  ['delay', 'delayProbability'],
  ['blocking', 'blockingProbability'],
  ['abandonment', 'abandonmentProbability'],
];

function objective(text: string): Objective {
  const [, word = '', value = ''] = /^([a-z0-9-]+)\s*(?:=|<=?)\s*(.+)$/.exec(text.trim()) ?? [];
  const measure = objectives.find(([known]) => known === word)?.[1];
  const share = measure !== undefined && calculatorMeasures[measure].kind === 'share';
  const most = share ? parseFraction(value) : parseDuration(value);
  if (measure === undefined || most === undefined || most <= 0) {
    throw new InvalidArgumentError(
      `Write it as p95=500ms, wait-p95=100ms or delay=20%; known are ${objectives.map(([known]) => known).join(', ')}.`,
    );
  }
  if (word === 'mean') return { text, measure, most, means: { kind: 'sojourn-mean', seconds: most } };
  const quantile = /^p(\d+)$/.exec(word)?.[1];
  return {
    text,
    measure,
    most,
    ...(quantile !== undefined && { means: { kind: 'sojourn', quantile: Number(quantile) / 100, seconds: most } }),
  };
}

function readerOf(name: ParameterName): (text: string) => number {
  const { kind, least, most } = calculatorParameters[name];
  switch (kind) {
    case 'rate':
      return rate;
    case 'duration':
      return least > 0 ? positiveDuration : timeOrNone;
    case 'number':
      return positiveNumber;
    case 'share':
      return share;
    case 'count':
      return wholeNumber(least, most);
  }
}

function timeOrNone(text: string): number {
  const value = parseDuration(text);
  if (value !== undefined && value >= 0) return value;
  throw new InvalidArgumentError('Give a duration such as 2s, or 0s.');
}

function share(text: string): number {
  const value = parseFraction(text);
  if (value !== undefined && value > 0 && value < 1) return value;
  throw new InvalidArgumentError('Give a share between 0 and 100%, such as 20%.');
}

const namesOfModels = calculatorModels.map(({ name }) => name).join(', ');

function modelList(): string {
  const rows = calculatorModels.map((model) => [model.name, model.title, model.range]);
  return renderTable([{ title: 'model' }, { title: 'is' }, { title: 'holds for' }], rows);
}

/** `mmc`, and as it is written in books: `M/M/c`. */
function modelOf(text: string): CalculatorModel {
  const model = calculatorModel(text);
  if (model !== undefined) return model;
  const near = nearestKey(
    text.toLowerCase(),
    calculatorModels.map(({ name }) => name),
  );
  throw new InvalidArgumentError(
    `Models are ${namesOfModels}. ${near === undefined ? '`headroom theory` says what each is for.' : `Did you mean ${near}?`}`,
  );
}
