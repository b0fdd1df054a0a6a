import type { Command } from 'commander';
import {
  fitScalabilityLaw,
  formatNumber,
  readDurations,
  scalabilityJson,
  throughputAt,
  writeCsv,
} from '../../sim-core/index.ts';
import { readBytes } from '../files.ts';
import { issueText } from '../issue-text.ts';
import { columnName } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

interface Flags extends GlobalOptions {
  readonly concurrency: string | number;
  readonly throughput: string | number;
}

/** `headroom scalability`: where more users bring no more throughput. */
export function addScalabilityCommand(program: Command, { host, colours }: Session): void {
  program
    .command('scalability')
    .description('fit the universal scalability law to the points of a load test')
    .argument('<file>', 'CSV with a column of concurrencies and one of throughputs')
    .option('--concurrency <name>', 'column of the concurrencies, by name or by position from 1', columnName, 1)
    .option('--throughput <name>', 'column of the throughputs, by name or by position from 1', columnName, 2)
    .action(async (file: string, _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const bytes = await readBytes(host.directory, file);
      const read = (column: string | number): Float64Array => {
        const { values, issues } = readDurations(bytes, { column, unit: 's' });
        if (values === undefined) throw new UserError('', [{ file, issues }]);
        return values;
      };
      const [concurrencies, throughputs] = [read(flags.concurrency), read(flags.throughput)];
      const points = Array.from(concurrencies, (concurrency, i) => ({ concurrency, throughput: throughputs[i]! }));
      const { found: law, issues } = fitScalabilityLaw(points);
      if (law === undefined) throw new UserError('', [{ file, issues }]);
      host.stderr.write(issueText({ file, issues }, colours()));
      if (flags.output === 'json') return printJson(host, scalabilityJson(file, law));
      const [one, contention, coherency] = [law.throughputOfOne, law.contention, law.coherency];
      if (flags.output === 'csv') {
        const rows = points.map(({ concurrency, throughput }) => [
          concurrency,
          throughput,
          throughputAt(one.value, contention.value, coherency.value, concurrency),
        ]);
        return host.stdout.write(writeCsv([['concurrency', 'throughput', 'fitted'], ...rows]));
      }
      const rows = [
        ['throughput of one', one],
        ['contention', contention],
        ['coherency', coherency],
        ['peak at a concurrency of', law.peakConcurrency],
      ] as const;
      host.stdout.write(
        renderTable(
          [{ title: file }, { title: 'value', align: 'right' }, { title: '95 % interval' }],
          rows.map(([name, number]) => [
            name,
            number === null ? 'none' : formatNumber(number.value),
            number === null || number.interval === null
              ? ''
              : number.interval.map((end) => formatNumber(end)).join(' to '),
          ]),
        ),
      );
      const most = law.peakThroughput ?? law.throughputLimit;
      host.stdout.write(
        most === Infinity
          ? 'These points show no limit of the throughput.\n'
          : `Throughput goes up to ${formatNumber(most)}${law.peakThroughput === null ? ' and no further' : ''}.\n`,
      );
    });
}
