import { Argument, InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import {
  formatDuration,
  formatPercent,
  parseDuration,
  queueModels,
  smallestServers,
  theoryJson,
  theoryNumbers,
  writeCsv,
} from '../../sim-core/index.ts';
import type { QueueModelName, QueueSystem, StaffingNote, StaffingObjective } from '../../sim-core/index.ts';
import { positiveDuration, positiveNumber, rate, wholeNumber } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

interface Objective {
  readonly text: string;
  readonly means: StaffingObjective;
}

interface Flags extends GlobalOptions {
  readonly arrivalRate: number;
  readonly serviceTime?: number;
  readonly serviceRate?: number;
  readonly serviceScv?: number;
  readonly servers?: number;
  readonly objective?: Objective;
}

/** Erlang's recursion takes a step a server; beyond this it would be minutes. */
const mostErlangs = 10_000_000;

/** `headroom theory`: what queueing theory says of a station in steady state. */
export function addTheoryCommand(program: Command, { host }: Session): void {
  program
    .command('theory')
    .description('print what queueing theory says of a station in steady state')
    .addArgument(
      new Argument('<model>', 'mmc: exponential service; mgc: any service time, by its variability').argParser(
        modelName,
      ),
    )
    .requiredOption('-a, --arrival-rate <rate>', 'arrivals, such as 150/s or 9000/min', rate)
    .option('-t, --service-time <duration>', 'mean time one request holds a server, such as 80ms', positiveDuration)
    .option(
      '-r, --service-rate <rate>',
      'requests one server completes, such as 12.5/s (instead of --service-time)',
      rate,
    )
    .option(
      '--service-scv <number>',
      'squared coefficient of variation of the service time: 0 constant, 1 exponential (mgc only; default 1)',
      positiveNumber,
    )
    .option('-c, --servers <count>', 'servers: replicas times concurrency', wholeNumber(1, mostErlangs))
    .option(
      '--objective <limit>',
      'instead of --servers: p95=500ms (or p50, p99, mean); prints the fewest servers that meet it',
      objective,
    )
    .action((name: QueueModelName, _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { system, staffing } = systemOf(name, flags);
      const model = queueModels[name];
      if (flags.output === 'json') return printJson(host, theoryJson(model, system, staffing));
      const numbers = theoryNumbers(model, system);
      if (flags.output === 'csv') {
        const all = { model: name, ...system, ...numbers };
        return host.stdout.write(writeCsv([Object.keys(all), Object.values(all)]));
      }
      host.stdout.write(`${model.title}: ${model.assumptions}\n${model.accuracy}\n\n`);
      if (staffing !== undefined) {
        const met = staffing.attainable
          ? `the fewest servers for ${staffing.objective}`
          : `${staffing.objective} cannot be met: the service alone takes longer; this many leave hardly any waiting`;
        host.stdout.write(`${system.servers} servers: ${met}\n\n`);
      }
      host.stdout.write(
        renderTable([{ title: 'number' }, { title: 'value', align: 'right' }], tableRows(system, numbers)),
      );
      if (numbers.trafficIntensity >= 1)
        host.stdout.write('\nMore arrives than the servers can do: the queue grows without end.\n');
    });
}

function systemOf(name: QueueModelName, flags: Flags): { system: QueueSystem; staffing?: StaffingNote } {
  const { arrivalRate, serviceTime, serviceRate, servers, objective: limit } = flags;
  if ((serviceTime === undefined) === (serviceRate === undefined))
    throw new UserError('Give either --service-time or --service-rate.');
  if (serviceRate === 0) throw new UserError('--service-rate must be more than zero.');
  if ((servers === undefined) === (limit === undefined)) throw new UserError('Give either --servers or --objective.');
  if (name === 'mmc' && flags.serviceScv !== undefined && flags.serviceScv !== 1) {
    throw new UserError('M/M/c means exponential service, whose --service-scv is 1. Use the model mgc for another.');
  }
  const serviceTimeMean = serviceTime ?? 1 / (serviceRate ?? NaN);
  const serviceScv = flags.serviceScv ?? 1;
  if (arrivalRate * serviceTimeMean > mostErlangs) {
    throw new UserError(
      `The offered load is ${(arrivalRate * serviceTimeMean).toPrecision(3)} erlangs; at most ${mostErlangs} are computed. Check the units of --arrival-rate and --service-time.`,
    );
  }
  if (servers !== undefined) return { system: { arrivalRate, serviceTimeMean, serviceScv, servers } };
  if (limit === undefined) throw new UserError('Give either --servers or --objective.');
  const staffing = smallestServers({ model: name, arrivalRate, serviceTimeMean, serviceScv, objective: limit.means });
  const system = { arrivalRate, serviceTimeMean, serviceScv, servers: Math.max(1, staffing.servers) };
  return { system, staffing: { objective: limit.text, attainable: staffing.attainable } };
}

function objective(text: string): Objective {
  const [, measure = '', value = ''] = /^(p50|p95|p99|mean)\s*(?:=|<=?)\s*(.+)$/.exec(text.trim()) ?? [];
  const seconds = parseDuration(value);
  if (seconds === undefined || seconds <= 0)
    throw new InvalidArgumentError('Write it as p95=500ms; p50, p99 and mean are known, too.');
  return {
    text,
    means:
      measure === 'mean'
        ? { kind: 'sojourn-mean', seconds }
        : { kind: 'sojourn', quantile: Number(measure.slice(1)) / 100, seconds },
  };
}

function tableRows(system: QueueSystem, numbers: ReturnType<typeof theoryNumbers>): string[][] {
  const three = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '∞');
  return [
    ['servers', String(system.servers)],
    ['offeredLoad', `${three(numbers.offeredLoad)} erlang`],
    ['trafficIntensity', three(numbers.trafficIntensity)],
    ['utilisation', formatPercent(numbers.utilisation)],
    ['delayProbability', formatPercent(numbers.delayProbability)],
    ['blockingProbability', formatPercent(numbers.blockingProbability)],
    ['waitingTimeMean', formatDuration(numbers.waitingTimeMean)],
    ['waitingTimeP95', formatDuration(numbers.waitingTimeP95)],
    ['waitingTimeP99', formatDuration(numbers.waitingTimeP99)],
    ['sojournTimeMean', formatDuration(numbers.sojournTimeMean)],
    ['sojournTimeP50', formatDuration(numbers.sojournTimeP50)],
    ['sojournTimeP95', formatDuration(numbers.sojournTimeP95)],
    ['sojournTimeP99', formatDuration(numbers.sojournTimeP99)],
    ['queueLengthMean', three(numbers.queueLengthMean)],
    ['numberInSystemMean', three(numbers.numberInSystemMean)],
  ];
}

/** `mmc`, and as it is written in books: `M/M/c`. */
function modelName(text: string): QueueModelName {
  const plain = text.toLowerCase().replaceAll('/', '');
  const name = (Object.keys(queueModels) as QueueModelName[]).find((each) => each === plain);
  if (name === undefined)
    throw new InvalidArgumentError('Models are mmc (M/M/c, with --servers 1 M/M/1) and mgc (M/G/c).');
  return name;
}
