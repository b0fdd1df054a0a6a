import { dirname, isAbsolute, join, resolve } from 'node:path';
import { loadScenarioWith, nearestKey, parseScenario } from '../sim-core/index.ts';
import type { Issue, LoadedScenario } from '../sim-core/index.ts';
import { readText, readTextUpTo } from './files.ts';
import type { Host } from './host.ts';
import { importTraceFile } from './import-trace.ts';
import { issueText } from './issue-text.ts';
import { UserError } from './user-error.ts';
import type { FileIssues } from './user-error.ts';

/** What came of reading a scenario: `loaded` is absent when an issue is an error. */
export interface ScenarioFile {
  readonly loaded?: LoadedScenario;
  readonly found: FileIssues;
}

/** Reads a scenario and the traces and policies it names, which lie relative to it. @throws UserError when the scenario itself cannot be read */
export async function readScenarioFile(host: Host, file: string): Promise<ScenarioFile> {
  return readScenarioText(host, file, await readText(host.directory, file));
}

/** What is missing, by the code of the issue that says so. */
const missing: Readonly<Record<string, string>> = { 'trace-missing': 'Traces', 'policy-missing': 'Policies' };

const valueAt = (scenario: unknown, path: Issue['path']): unknown =>
  path.reduce((node, key) => (node as Record<string | number, unknown> | undefined)?.[key], scenario);

/** Reads a scenario from its text, as if it stood in a file. */
export async function readScenarioText(host: Host, file: string, text: string): Promise<ScenarioFile> {
  const { scenario, issues } = parseScenario(text, file);
  if (scenario === undefined) return { found: { file, text, issues } };
  const folder = dirname(resolve(host.directory, file));
  const unread = new Map<string, string>();
  const ifReadable = async <Content>(name: string, read: () => Promise<Content>): Promise<Content | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unread.set(name, error.message);
      return undefined;
    }
  };
  const outcome = await loadScenarioWith(
    text,
    (mapping) => ifReadable(mapping.file, () => importTraceFile(host, folder, mapping.file, mapping.file, mapping)),
    file,
    (name, most) => ifReadable(name, () => readTextUpTo(folder, name, most)),
  );
  // A file that exists but cannot be read has a reason of its own.
  const explained = outcome.issues.map((issue): Issue => {
    const named = missing[issue.code];
    const reason = named === undefined ? undefined : unread.get(String(valueAt(scenario, issue.path)));
    return reason === undefined
      ? issue
      : { ...issue, message: `${reason} ${named} are named relative to the scenario.` };
  });
  const found = { file, text, issues: explained.map((issue) => relativeToScenario(issue, file)) };
  return outcome.loaded === undefined ? { found } : { loaded: outcome.loaded, found };
}

/** Like readScenarioFile, but errors end the command; warnings are printed. */
export async function requireScenario(
  host: Host,
  file: string,
  colours: boolean,
): Promise<{ loaded: LoadedScenario; text: string }> {
  const { loaded, found } = await readScenarioFile(host, file);
  if (loaded === undefined) throw new UserError('', [found]);
  host.stderr.write(issueText(found, colours));
  return { loaded, text: found.text ?? '' };
}

/** Names as given that exist in the scenario, without repetition; all of them when none is given. */
export function chosenPolicies(loaded: LoadedScenario, names: readonly string[]): string[] {
  const known = loaded.scenario.policies.map(({ name }) => name);
  if (names.length === 0) return known;
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UserError(
      unknown
        .map((name) => {
          const nearest = nearestKey(name, known);
          const hint = nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean ${nearest}?`;
          return `No policy is called ${name}. ${hint}`;
        })
        .join('\n'),
    );
  }
  return [...new Set(names)];
}

/** A file named by the scenario, as it lies from where the person stands. */
function relativeToScenario(issue: Issue, scenarioFile: string): Issue {
  if (issue.file === undefined || isAbsolute(issue.file)) return issue;
  return { ...issue, file: join(dirname(scenarioFile), issue.file) };
}

/** The scenario with another seed, when one is given. */
export function withSeed(loaded: LoadedScenario, seed: string | number | undefined): LoadedScenario {
  return seed === undefined ? loaded : { ...loaded, scenario: { ...loaded.scenario, seed } };
}

/** The scenario with another baseline, when one is given. @throws UserError when no policy has that name */
export function withBaseline(loaded: LoadedScenario, baseline: string | undefined): LoadedScenario {
  if (baseline === undefined) return loaded;
  chosenPolicies(loaded, [baseline]);
  return { ...loaded, scenario: { ...loaded.scenario, compare: { ...loaded.scenario.compare, baseline } } };
}
