import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { basename } from 'node:path';
import { fetchRange, importJson, parseInstant, parseNamedExpression, printInstant } from '../../sim-core/index.ts';
import type { NamedExpression } from '../../sim-core/index.ts';
import { writeAtomically } from '../files.ts';
import { importText } from '../import-text.ts';
import { importTraceFile } from '../import-trace.ts';
import { issueText } from '../issue-text.ts';
import { positiveDuration } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { createProgressBar } from '../progress-bar.ts';
import { Interrupted, UserError } from '../user-error.ts';

interface Flags extends GlobalOptions {
  readonly query: readonly NamedExpression[];
  readonly from?: number;
  readonly to?: number;
  readonly last?: number;
  readonly step: number;
  readonly header: Readonly<Record<string, string>>;
  readonly out: string;
}

/** `headroom fetch`: records a range of a live Prometheus in a file that scenarios can replay. */
export function addFetchCommand(program: Command, { host, colours, exitWith }: Session): void {
  program
    .command('fetch')
    .description('record a range of a live Prometheus in a file, and say what it holds; asks no other address')
    .argument('<address>', 'of the server: http://prometheus:9090')
    .requiredOption(
      '-q, --query <[name=]expression>',
      'PromQL, with a name for its series: rps=sum(rate(requests_total[1m])); may be repeated',
      expressions,
    )
    .option('--from <instant>', 'begin of the range: 2026-11-20T00:00:00Z', instant)
    .option('--to <instant>', 'end of the range (default: now)', instant)
    .option('--last <duration>', 'length of the range, instead of --from: 7d', positiveDuration)
    .option('--step <duration>', 'between two samples', positiveDuration, 60)
    .option('--header <name: value>', 'sent with each request: Authorization: Bearer …; may be repeated', headers, {})
    .requiredOption('--out <file>', 'file to write')
    .action(async (address: string, _, command: Command) => {
      const { query: queries, step, header, out, output, ...range } = command.optsWithGlobals<Flags>();
      const to = range.to ?? Math.floor(host.now() / 1000);
      if ((range.from === undefined) === (range.last === undefined)) {
        throw new UserError('Say how far to go back: either --last 7d or --from 2026-11-20T00:00:00Z.');
      }
      const from = range.from ?? to - range.last!;
      const bar = createProgressBar(host);
      const abort = new AbortController();
      const stopListening = host.onInterrupt(() => abort.abort());
      try {
        const { document, issues } = await fetchRange(
          { address, queries, from, to, step },
          {
            ask: (request) => host.ask(request, header, abort.signal),
            onProgress: (fraction) => bar.update(fraction, `from ${address}`),
            isCancelled: () => abort.signal.aborted,
          },
        );
        if (abort.signal.aborted) throw new Interrupted();
        if (document === undefined) throw new UserError(issues.map(({ message }) => message).join('\n'));
        await writeAtomically(host.directory, out, document);
      } finally {
        bar.clear();
        stopListening();
      }
      const imported = { ...(await importTraceFile(host, host.directory, out, basename(out), {})), file: out };
      if (imported.report === undefined) exitWith(2);
      if (output === 'json') printJson(host, importJson(imported, false));
      host.stderr.write(issueText({ file: out, issues: imported.issues }, colours()));
      if (output === 'table')
        host.stdout.write(`${printInstant(from)} to ${printInstant(to)}, written to ${out}\n\n${importText(imported)}`);
    });
}

function expressions(text: string, before: readonly NamedExpression[] = []): NamedExpression[] {
  return [...before, parseNamedExpression(text)];
}

function instant(text: string): number {
  const value = parseInstant(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError('Write an instant with its zone: 2026-11-20T00:00:00Z.');
}

function headers(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, name, value] = /^([A-Za-z0-9-]+)\s*:\s*(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Write it as Name: value.');
  return { ...before, [name]: value };
}
