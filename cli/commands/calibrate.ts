import { Option } from 'commander';
import type { Command } from 'commander';
import {
  calibrateByReplay,
  calibrationJson,
  formatPath,
  durationUnits,
  measureFromLog,
  measureFromReadings,
  oneLine,
  readRequestDurations,
  replayEntries,
  withProvenance,
  writeCsv,
} from '../../sim-core/index.ts';
import type {
  CalibrationEntry,
  DurationUnit,
  LoadedScenario,
  Measured,
  RecordedReadings,
} from '../../sim-core/index.ts';
import { writeAtomically } from '../files.ts';
import { unpackedFile } from '../import-trace.ts';
import { issueText } from '../issue-text.ts';
import { columnName, positiveDuration } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { readScenarioText, requireScenario } from '../scenario-file.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';
import { requireReadings } from './reality-check.ts';

interface Flags extends GlobalOptions {
  readonly from?: number;
  readonly to?: number;
  readonly measure: boolean;
  readonly replay: boolean;
  readonly log?: string;
  readonly column?: string | number;
  readonly unit?: DurationUnit;
  readonly out?: string;
}

/** `headroom calibrate`: a scenario whose service is as the recording says. */
export function addCalibrateCommand(program: Command, session: Session): void {
  const { host, colours } = session;
  program
    .command('calibrate')
    .description('bring a scenario nearer to its recording, and write down where each value comes from')
    .argument('<scenario>', 'scenario file with a `recorded` part, YAML or JSON')
    .option('--from <duration>', 'use the recording from here on', positiveDuration)
    .option('--to <duration>', 'use the recording up to here; judge the result on the rest', positiveDuration)
    .option('--log <file>', 'log of requests that says how long each took: fit the service time to it')
    .option('--column <name>', 'with --log: column of the durations, by name or by position from 1', columnName)
    .addOption(new Option('--unit <unit>', 'with --log: what its numbers count').choices(durationUnits))
    .option('--no-measure', 'do not read values from the recording itself')
    .option('--no-replay', 'do not look for values by simulating')
    .option('--out <file>', 'write the calibrated scenario there (default: print it)')
    .action(async (file: string, _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { loaded, text } = await requireScenario(host, file, colours());
      const readings =
        loaded.recorded === undefined && flags.log !== undefined
          ? null
          : requireReadings(session, file, text, loaded, flags);
      const entries: CalibrationEntry[] = [];
      let now = text;
      /** The scenario as it is by now. */
      const between = async (): Promise<LoadedScenario> => {
        const { loaded: again } = now === text ? { loaded } : await readScenarioText(host, file, now);
        if (again === undefined) throw new Error('A measured value made the scenario unreadable.');
        return again;
      };
      const take = (measured: Measured): void => {
        host.stderr.write(issueText({ file, issues: measured.issues }, colours()));
        entries.push(...measured.entries);
        now = measured.text;
      };
      if (flags.log !== undefined) take(await fromLog(session, text, loaded, readings, flags.log, flags));
      const keep = new Set(entries.map(({ path }) => path.join('.')));
      if (flags.measure && readings !== null)
        take(measureFromReadings(now, await between(), readings, flags.log !== undefined));
      let errors: { before: number; after: number } | null = null;
      if (flags.replay && readings !== null) {
        const replay = await calibrateByReplay(now, await between(), readings, { keep });
        errors = { before: replay.errorBefore, after: replay.errorAfter };
        entries.splice(0, entries.length, ...replayEntries(replay, entries));
        now = replay.text;
      }
      const calibrated = withProvenance(now, entries, {
        file: loaded.scenario.recorded?.file ?? '',
        readings: readings ?? { time: new Float64Array(), bucket: 0 },
        date: new Date(host.now()).toISOString().slice(0, 10),
      });
      if (flags.out !== undefined) await writeAtomically(host.directory, flags.out, calibrated);
      if (flags.output === 'json') return printJson(host, calibrationJson(loaded.scenario.name, entries, errors));
      if (flags.output === 'csv') {
        const titles = ['path', 'was', 'becomes', 'low', 'high', 'method', 'points'];
        return host.stdout.write(writeCsv([titles, ...entries.map(cellsOf)]));
      }
      const told = tableOf(entries) + errorText(errors);
      if (flags.out === undefined) host.stderr.write(told);
      host.stdout.write(flags.out === undefined ? calibrated : told);
    });
}

/** What a log of requests tells. @throws UserError when it holds no durations, or too few */
async function fromLog(
  { host, colours }: Session,
  text: string,
  loaded: LoadedScenario,
  readings: RecordedReadings | null,
  file: string,
  { column, unit }: Pick<Flags, 'column' | 'unit'>,
): Promise<Measured> {
  const unpacked = await unpackedFile(host, file);
  const wanted = { ...(column !== undefined && { column }), ...(unit !== undefined && { unit }) };
  const { log, issues } =
    unpacked.bytes === undefined ? { issues: unpacked.issues } : readRequestDurations(file, unpacked.bytes, wanted);
  if (log === undefined) throw new UserError('', [{ file, issues }]);
  host.stderr.write(issueText({ file, issues }, colours()));
  const measured = measureFromLog(text, loaded, log, file, readings);
  if (measured.entries.length === 0) throw new UserError('', [{ file, issues: measured.issues }]);
  return measured;
}

function cellsOf({ path, was, becomes, interval, method, points }: CalibrationEntry): (string | number)[] {
  const [low, high] = interval ?? [];
  const text = (value: typeof becomes | null | undefined) =>
    value === null || value === undefined ? '' : oneLine(value);
  return [formatPath(path), text(was), text(becomes), text(low), text(high), method, points];
}

function tableOf(entries: readonly CalibrationEntry[]): string {
  if (entries.length === 0) return 'Nothing was changed.\n';
  return renderTable(
    [{ title: 'value' }, { title: 'was' }, { title: 'is' }, { title: 'interval' }, { title: 'how' }],
    entries.map((entry) => {
      const [path, was, becomes, low, high, method] = cellsOf(entry).map(String);
      return [path!, was === '' ? 'default' : was!, becomes!, low === '' ? '' : `${low} to ${high}`, method!];
    }),
  );
}

function errorText(errors: { before: number; after: number } | null): string {
  if (errors === null) return '';
  return `Mean error of the replicas: ${errors.before.toPrecision(3)} before the replay, ${errors.after.toPrecision(3)} after it, on the part used.\n`;
}
