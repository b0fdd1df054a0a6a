import type { Command } from 'commander';
import {
  decisionAt,
  explanationJson,
  explanationLines,
  firstDifference,
  formatRelative,
  isResultJson,
  isScaling,
  nearestKey,
  parseMoment,
  printInstant,
  readResultDecisions,
  withRealityColumn,
  writeCsv,
} from '../../sim-core/index.ts';
import type { Decision, DecisionLog, RealityStatus } from '../../sim-core/index.ts';
import { runPolicies } from '../comparison-run.ts';
import { readText } from '../files.ts';
import type { Host } from '../host.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { chosenPolicies, requireScenario, withSeed } from '../scenario-file.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

interface Flags extends GlobalOptions {
  readonly at?: string;
  readonly against?: string;
  readonly seed?: string | number;
}

/** What is explained: logs of one replication, and when it began (NaN where the file does not say). */
interface Explained {
  readonly logs: readonly DecisionLog[];
  readonly startEpoch: number;
  readonly reality?: RealityStatus;
}

/** `headroom explain`: why a policy asked for what it did. */
export function addExplainCommand(program: Command, { host, colours }: Session): void {
  program
    .command('explain')
    .description('why a policy asked for the replicas it did: the arithmetic of a decision in words')
    .argument('<run>', 'scenario file, or a result saved with `run --decisions -o json`')
    .argument('[policy]', 'name of the policy (default: all)')
    .option('--at <moment>', 'the decision in force then: 01:02:03 or 1h2m3s since the start, or an instant')
    .option('--against <policy>', 'where the two policies first ask for different counts, and why')
    .option('-s, --seed <seed>', 'seed, instead of what the scenario says')
    .action(async (file: string, policy: string | undefined, _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      if (flags.against !== undefined && policy === undefined) {
        throw new UserError(
          'Name the policy that is to be compared: headroom explain <run> <policy> --against <policy>.',
        );
      }
      const names = [policy, flags.against].filter((name) => name !== undefined);
      const { logs, startEpoch, reality } = await readLogs(host, colours(), file, names, flags);
      const moment = flags.at === undefined ? undefined : momentOf(flags.at, startEpoch);
      const selected =
        flags.against === undefined
          ? logs.map((log) => ({ ...log, decisions: selectedOf(log, moment) }))
          : differing(logs, policy!, flags.against);
      if (flags.output === 'json') return printJson(host, explanationJson(selected, reality));
      if (flags.output === 'csv') {
        const rows = selected.flatMap(({ policy: name, decisions }) =>
          decisions.flatMap(({ time, stages }) =>
            stages.map(({ name: stage, input, output, reason, detail }) => [
              name,
              time,
              stage,
              input,
              output,
              reason,
              detail,
            ]),
          ),
        );
        return host.stdout.write(
          writeCsv(
            withRealityColumn([['policy', 'time', 'stage', 'input', 'output', 'reason', 'detail'], ...rows], reality),
          ),
        );
      }
      for (const { policy: name, decisions } of selected) {
        const listed = moment === undefined && flags.against === undefined;
        host.stdout.write(
          listed ? eventsText(name, decisions) : decisions.map((one) => text(name, one, startEpoch)).join(''),
        );
      }
    });
}

async function readLogs(
  host: Host,
  colours: boolean,
  file: string,
  names: readonly string[],
  { seed }: Flags,
): Promise<Explained> {
  const saved = await readText(host.directory, file);
  if (isResultJson(saved)) {
    const { logs, reality, issues } = readResultDecisions(saved);
    if (logs === undefined) throw new UserError('', [{ file, text: saved, issues }]);
    if (reality !== undefined && reality.warning !== null) host.stderr.write(`warning: ${reality.warning}\n`);
    return {
      logs: names.length === 0 ? logs : names.map((name) => logNamed(logs, name)),
      startEpoch: NaN,
      ...(reality !== undefined && { reality }),
    };
  }
  const { loaded } = await requireScenario(host, file, colours);
  const seeded = withSeed(loaded, seed);
  const policies = chosenPolicies(seeded, names);
  const comparison = await runPolicies(host, seeded, { policies, replications: 1, decisions: true });
  const logs = policies.map((policy) => ({
    policy,
    decisions: comparison.policies.find((result) => result.policy === policy)?.example.decisions ?? [],
  }));
  const { reality } = comparison;
  return { logs, startEpoch: seeded.scenario.start, ...(reality !== undefined && { reality }) };
}

function logNamed(logs: readonly DecisionLog[], name: string): DecisionLog {
  const log = logs.find(({ policy }) => policy === name);
  if (log !== undefined) return log;
  const known = logs.map(({ policy }) => policy);
  const nearest = nearestKey(name, known);
  throw new UserError(
    `The result has no policy ${name}. ${nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean ${nearest}?`}`,
  );
}

function momentOf(text: string, startEpoch: number): number {
  const moment = parseMoment(text, startEpoch);
  if (moment !== undefined) return moment;
  throw new UserError(
    Number.isNaN(startEpoch)
      ? `--at ${text} is not a time since the start, such as 01:02:03 or 1h2m3s. (A saved result does not say when it started, so an instant means nothing here.)`
      : `--at ${text} is neither a time since the start (01:02:03, 1h2m3s) nor an instant (${printInstant(startEpoch)}).`,
  );
}

/** The decision in force at a moment, or every one that changed the count. */
function selectedOf({ policy, decisions }: DecisionLog, moment: number | undefined): readonly Decision[] {
  if (moment === undefined) return decisions.filter(isScaling);
  const decision = decisionAt(decisions, moment);
  if (decision !== undefined) return [decision];
  const [first] = decisions;
  if (first === undefined) throw undecided(policy);
  throw new UserError(`${policy} had decided nothing by then; its first decision is at ${formatRelative(first.time)}.`);
}

const undecided = (policy: string): UserError =>
  new UserError(`${policy} makes no decisions: its count never changes.`);

/** The decisions of two policies where they first differ. */
function differing(logs: readonly DecisionLog[], policy: string, against: string): DecisionLog[] {
  const [left, right] = [logNamed(logs, policy), logNamed(logs, against)];
  for (const log of [left, right]) if (log.decisions.length === 0) throw undecided(log.policy);
  const difference = firstDifference(left.decisions, right.decisions);
  if (difference === undefined) throw new UserError(`${policy} and ${against} ask for the same counts throughout.`);
  const one = (decision: Decision | undefined): Decision[] => (decision === undefined ? [] : [decision]);
  return [
    { policy, decisions: one(difference.left) },
    { policy: against, decisions: one(difference.right) },
  ];
}

function text(policy: string, decision: Decision, startEpoch: number): string {
  const instant = Number.isNaN(startEpoch) ? '' : `, ${printInstant(startEpoch + decision.time)}`;
  const [outcome, ...arithmetic] = explanationLines(decision);
  return `${policy} at ${formatRelative(decision.time)}${instant}: ${outcome}\n${arithmetic.map((line) => `  ${line}\n`).join('')}\n`;
}

function eventsText(policy: string, decisions: readonly Decision[]): string {
  if (decisions.length === 0) return `${policy}: no decision changed the count.\n\n`;
  const columns = ['at', 'bound by', 'decision'].map((title) => ({ title }));
  const rows = decisions.map(({ time, binding, reason }) => [formatRelative(time), binding ?? '–', reason]);
  return `${policy}\n${renderTable(columns, rows)}\n`;
}
