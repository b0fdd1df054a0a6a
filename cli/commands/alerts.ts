import type { Command } from 'commander';
import { alertsJson, formatRelative, withRealityColumn, writeCsv } from '../../sim-core/index.ts';
import type { AlertEstimate, AlertRun } from '../../sim-core/index.ts';
import { runPolicies } from '../comparison-run.ts';
import { estimateText } from '../estimate-text.ts';
import { addRunOptions } from '../options.ts';
import type { RunFlags } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { chosenPolicies, requireScenario, withSeed } from '../scenario-file.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

/** Firings of the example run that the table names. */
const mostListed = 4;

/** `headroom alerts`: what alert rules would have done, and whether anyone would have been warned in time. */
export function addAlertsCommand(program: Command, { host, colours }: Session): void {
  addRunOptions(program.command('alerts'))
    .description(
      'when the alert rules of a scenario would have fired, how long before its objectives were missed, and how often for nothing',
    )
    .argument('<scenario>', 'scenario file with an `alerts` part, YAML or JSON')
    .argument('[policies...]', 'names of policies (default: all)')
    .action(async (file: string, names: string[], _, command: Command) => {
      const flags = command.optsWithGlobals<RunFlags>();
      const { loaded } = await requireScenario(host, file, colours());
      if (loaded.scenario.alerts === undefined) {
        throw new UserError(
          `${file} has no \`alerts\` part. \`alerts: {runbook: true}\` is a beginning; docs/alerts.md shows more.`,
        );
      }
      const seeded = withSeed(loaded, flags.seed);
      const policies = chosenPolicies(seeded, [...names, ...flags.policy]);
      const comparison = await runPolicies(host, seeded, { ...flags, policies });
      if (flags.output === 'json') return printJson(host, alertsJson(comparison));
      if (flags.output === 'csv') {
        const rows = comparison.policies.flatMap(({ policy, example }) =>
          example.alerts.flatMap(({ name, severity, firings }) =>
            firings.map(({ from, to }) => [policy, name, severity, from, to]),
          ),
        );
        return host.stdout.write(
          writeCsv(withRealityColumn([['policy', 'alert', 'severity', 'from', 'to'], ...rows], comparison.reality)),
        );
      }
      for (const { policy, alerts, example } of comparison.policies) {
        const [first] = alerts;
        const breaks =
          first === undefined ? '' : `: objectives missed in ${estimateText(first.breaks, 'count')} stretches a run`;
        host.stdout.write(`${policy}${breaks}\n${alertsTable(alerts, example.alerts)}\n`);
      }
    });
}

function alertsTable(alerts: readonly AlertEstimate[], example: readonly AlertRun[]): string {
  return renderTable(
    [
      { title: 'alert' },
      { title: 'severity' },
      { title: 'fired', align: 'right' },
      { title: 'false', align: 'right' },
      { title: 'warned of', align: 'right' },
      { title: 'ahead by', align: 'right' },
      { title: 'in replication 0' },
    ],
    alerts.map((alert, index) => [
      alert.name,
      alert.severity,
      estimateText(alert.firings, 'count'),
      estimateText(alert.falseAlarms, 'count'),
      estimateText(alert.caught, 'count'),
      estimateText(alert.leadTime, 'seconds'),
      firingsText(example[index]?.firings ?? []),
    ]),
  );
}

function firingsText(firings: AlertRun['firings']): string {
  const listed = firings.slice(0, mostListed).map(({ from, to }) => `${formatRelative(from)} to ${formatRelative(to)}`);
  const more = firings.length > mostListed ? [`${firings.length - mostListed} more`] : [];
  return [...listed, ...more].join(', ');
}
