import type { Command } from 'commander';
import { createWarmupStudy, formatDuration, warmupJson, writeCsv } from '../../sim-core/index.ts';
import { runOnPool } from '../comparison-run.ts';
import { wholeNumber } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { requireScenario } from '../scenario-file.ts';

/** `headroom warmup`: what `warmup: auto` comes to, and why. */
export function addWarmupCommand(program: Command, { host, colours }: Session): void {
  program
    .command('warmup')
    .description('how much of the start MSER-5 would leave out, whatever the scenario says')
    .argument('<scenario>', 'scenario file, YAML or JSON')
    .option('-w, --workers <count>', 'worker threads (default: one a core)', wholeNumber(1, 256))
    .action(async (file: string, _, command: Command) => {
      const { output, workers } = command.optsWithGlobals<GlobalOptions & { workers?: number }>();
      const { loaded } = await requireScenario(host, file, colours());
      const study = createWarmupStudy(loaded);
      await runOnPool(host, loaded, study, workers);
      const decision = study.decision();
      if (output === 'json') return printJson(host, warmupJson(loaded.scenario, decision));
      if (output === 'csv') return host.stdout.write(writeCsv([Object.keys(decision), Object.values(decision)]));
      const found = decision.determined ? formatDuration(decision.seconds) : 'not determined';
      host.stdout.write(`${loaded.scenario.name}: warm-up ${found}\n  ${decision.reason}\n`);
    });
}
