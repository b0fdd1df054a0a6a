import type { Command } from 'commander';
import { scenarioJsonSchema } from '../../sim-core/index.ts';
import { writeAtomically } from '../files.ts';
import type { Session } from '../program.ts';

/** `headroom schema`: the JSON Schema of the scenario file, for editors. */
export function addSchemaCommand(program: Command, { host }: Session): void {
  program
    .command('schema')
    .description('print the JSON Schema of the scenario file')
    .option('--write <file>', 'write it to a file instead')
    .action(async ({ write }: { write?: string }) => {
      const text = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
      if (write === undefined) host.stdout.write(text);
      else await writeAtomically(host.directory, write, text);
    });
}
