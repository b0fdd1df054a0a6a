import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import {
  formatQuantity,
  gridCells,
  gridScenario,
  mapCsv,
  mapJson,
  mapSvg,
  realityStatusOf,
  nearestKey,
  parseGridAxis,
  summaryNames,
  summaryQuantities,
} from '../../sim-core/index.ts';
import type { FinishedMap, GridAxis, GridCell, PolicyGrid, RunSummary } from '../../sim-core/index.ts';
import { runPolicies } from '../comparison-run.ts';
import { writeAtomically } from '../files.ts';
import { wholeNumber } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { renderPng } from '../png.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { chosenPolicies, readScenarioText, requireScenario } from '../scenario-file.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

interface Flags extends GlobalOptions {
  readonly x: GridAxis;
  readonly y: GridAxis;
  readonly metric: keyof RunSummary;
  readonly engine?: 'exact' | 'fluid';
  readonly replications?: number;
  readonly workers?: number;
  readonly picture?: string;
  readonly theme: 'light' | 'dark';
}

/** `headroom map`: where a policy is stable, over two of its settings. */
export function addMapCommand(program: Command, { host, colours }: Session): void {
  program
    .command('map')
    .description('run a policy over a grid of two of its settings: one number in each cell, and where it is stable')
    .argument('<scenario>', 'scenario file, YAML or JSON')
    .argument('<policy>', 'name of the policy')
    .requiredOption(
      '-x <setting>',
      'a setting and its values: guards.cooldown.down=1m,5m,10m or controller.hpa.maxReplicas=10..40:4',
      axis,
    )
    .requiredOption('-y <setting>', 'the other setting and its values', axis)
    .option('-m, --metric <name>', 'number of the summary shown in the cells', summaryName, 'flaps')
    .addOption(new Option('--engine <engine>', 'instead of the scenario’s own').choices(['exact', 'fluid']))
    .option(
      '-n, --replications <count>',
      'replications of each cell (default: 3; the fluid engine needs one)',
      wholeNumber(1, 1000),
    )
    .option('-w, --workers <count>', 'worker threads (default: one a core)', wholeNumber(1, 256))
    .option('--picture <file>', 'draw it as a heat map, too: .svg or .png')
    .addOption(new Option('--theme <theme>', 'colours of the picture').choices(['light', 'dark']).default('light'))
    .action(async (file: string, policy: string, _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { x, y, metric, engine } = flags;
      const original = await requireScenario(host, file, colours());
      chosenPolicies(original.loaded, [policy]);
      const grid: PolicyGrid = { policy, x, y };
      const { text, issues } = gridScenario(original.text, grid, engine);
      if (text === undefined) throw new UserError(issues.map(({ message }) => message).join('\n'));
      const { loaded, found } = await readScenarioText(host, file, text);
      if (loaded === undefined) {
        // Every cell is a policy of its own here; what is wrong is said of the one they were made from.
        const messages = found.issues.flatMap(({ severity, message }) =>
          severity === 'error'
            ? [message.replace(/`policies\[\d+\]`/g, 'the policy').replace(/policies\[\d+\]\./g, '')]
            : [],
        );
        throw new UserError(`With these values the scenario is not right: ${[...new Set(messages)].join(' ')}`);
      }
      const used = loaded.scenario.engine === 'fluid' ? 'fluid' : 'exact';
      const replications = flags.replications ?? (used === 'fluid' ? 1 : 3);
      const comparison = await runPolicies(host, loaded, {
        policies: chosenPolicies(loaded, []),
        replications,
        ...(flags.workers !== undefined && { workers: flags.workers }),
      });
      const cells = gridCells(grid, comparison, metric);
      const { name, cost } = loaded.scenario;
      const map: FinishedMap = {
        scenario: name,
        grid,
        metric,
        replications,
        engine: used,
        currency: cost.currency,
        cells,
        reality: realityStatusOf(original.loaded.scenario),
      };
      if (flags.picture !== undefined) {
        const svg = mapSvg(map, { width: 900, height: 640, theme: flags.theme });
        await writeAtomically(
          host.directory,
          flags.picture,
          flags.picture.endsWith('.png') ? await renderPng(svg) : svg,
        );
      }
      if (flags.output === 'json') return printJson(host, mapJson(map));
      if (flags.output === 'csv') return host.stdout.write(mapCsv(map));
      const print = (value: number): string => formatQuantity(value, summaryQuantities[metric], cost.currency);
      host.stdout.write(tableOf(grid, metric, cells, print));
    });
}

/** Rows from the last value of y down to the first, as a chart has them; `!` where unstable. */
function tableOf(
  { policy, x, y }: PolicyGrid,
  metric: string,
  cells: readonly (readonly (GridCell | null)[])[],
  print: (value: number) => string,
): string {
  const rows = cells.map((row, index) => [
    String(y.values[index]),
    ...row.map((cell) => (cell === null ? '–' : `${print(cell.estimate.mean)}${cell.stable ? ' ' : '!'}`)),
  ]);
  const columns = [
    { title: `${y.path.at(-1)} \\ ${x.path.at(-1)}` },
    ...x.values.map((value) => ({ title: `${value} `, align: 'right' as const })),
  ];
  return `${policy}: ${metric}, ! where it is unstable\n${renderTable(columns, rows.toReversed())}`;
}

function axis(text: string): GridAxis {
  const read = parseGridAxis(text);
  if (read !== undefined) return read;
  throw new InvalidArgumentError(
    'Write a setting of the policy and its values: controller.hpa.maxReplicas=10..40:4 or guards.cooldown.down=1m,5m.',
  );
}

function summaryName(text: string): keyof RunSummary {
  const known = summaryNames.find((name) => name === text);
  if (known !== undefined) return known;
  const nearest = nearestKey(text, summaryNames);
  throw new InvalidArgumentError(
    nearest === undefined ? `There are: ${summaryNames.join(', ')}.` : `Did you mean ${nearest}?`,
  );
}
