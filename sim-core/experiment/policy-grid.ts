import { parseDocument, stringify } from 'yaml';
import type { Issue } from '../issue.ts';
import type { Scenario } from '../scenario/schema.ts';
import { policyResult } from './compare.ts';
import type { Estimate, PolicyResult, RunResult, RunSummary } from './result.ts';

/** One setting of a policy and the values it is given, as they would be written in the scenario. */
export interface GridAxis {
  /** from the policy: `controller.hpa.maxReplicas` */
  readonly path: readonly (string | number)[];
  readonly values: readonly (string | number)[];
}

/** A policy under every pair of two settings. */
export interface PolicyGrid {
  readonly policy: string;
  readonly x: GridAxis;
  readonly y: GridAxis;
}

/** More would be minutes, and no picture could show them. */
export const mostCells = 400;

const cellName = (column: number, row: number): string => `${column + 1},${row + 1}`;

/**
 * The scenario with one policy for each cell of a grid instead of its own: all cells meet the same customers, so that what
 * differs between them is the settings.
 *
 * @param text YAML or JSON of a scenario that is right as it is
 * @param engine instead of the scenario's own
 */
export function gridScenario(
  text: string,
  { policy, x, y }: PolicyGrid,
  engine?: 'exact' | 'fluid',
): { readonly text?: string; readonly issues: readonly Issue[] } {
  const refuse = (code: string, message: string) => ({
    issues: [{ code, severity: 'error' as const, path: [], message }],
  });
  if (x.values.length * y.values.length > mostCells) {
    return refuse(
      'out-of-range',
      `${x.values.length} × ${y.values.length} cells are more than ${mostCells}. Take fewer values.`,
    );
  }
  // The recording goes, which may name a policy that has no cell.
  const { recorded: _, ...data } = parseDocument(text).toJS({ maxAliasCount: 100 }) as {
    policies: { name: string }[];
    recorded?: unknown;
  };
  const original = data.policies.find(({ name }) => name === policy);
  if (original === undefined) return refuse('unknown-name', `No policy is called ${policy}.`);
  const cells = y.values.flatMap((second, row) =>
    x.values.map((first, column) => {
      const cell = structuredCopy(original);
      const placed = place(cell, x.path, first) && place(cell, y.path, second);
      return placed ? { ...cell, name: cellName(column, row) } : null;
    }),
  );
  if (cells.includes(null)) {
    return refuse(
      'unknown-name',
      `The policy ${policy} has no mapping or list item at ${[x.path, y.path].map((path) => path.join('.')).join(' or ')}. Correct the path; lists must be long enough for it.`,
    );
  }
  return {
    text: stringify({ ...data, policies: cells, compare: {}, ...(engine !== undefined && { engine }) }),
    issues: [],
  };
}

/** Plain data only: what came from YAML. */
const structuredCopy = <Data>(data: Data): Data => JSON.parse(JSON.stringify(data)) as Data;

/** Sets a value; mappings on the way are made, lists are not. @returns whether it could be set */
function place(target: object, path: readonly (string | number)[], value: string | number): boolean {
  let node = target as Record<string | number, unknown>;
  for (const [index, key] of path.entries()) {
    if (Array.isArray(node) ? !(typeof key === 'number' && key < node.length) : typeof key === 'number') return false;
    if (index === path.length - 1) {
      node[key] = value;
      return true;
    }
    const next = Object.hasOwn(node, key) ? node[key] : undefined;
    if (next === undefined || next === null) node[key] = {};
    else if (typeof next !== 'object') return false;
    node = node[key] as Record<string | number, unknown>;
  }
  return false;
}

/** One cell of a finished grid. */
export interface GridCell {
  readonly x: string | number;
  readonly y: string | number;
  readonly estimate: Estimate;
  /** in every replication, all of them run to their end */
  readonly stable: boolean;
  readonly sloMet: boolean;
  /** A run ended before its horizon: it was put to no test. */
  readonly stopped: boolean;
}

/** What a cell is read from: much less than the whole result of a policy. */
export type CellResult = Pick<PolicyResult, 'policy' | 'summary' | 'stability' | 'slo'> & {
  readonly example: Pick<RunResult, 'stoppedEarly'>;
};

/** A finished cell, from its replications; the columns of the runs can then be let go. */
export function cellResult(scenario: Scenario, runs: readonly [RunResult, ...RunResult[]]): CellResult {
  const { policy, summary, stability, slo } = policyResult(runs[0].policy, runs, null, scenario);
  const stoppedEarly = runs.find((run) => run.stoppedEarly !== null)?.stoppedEarly ?? null;
  return { policy, summary, stability, slo, example: { stoppedEarly } };
}

/** The cells row by row, as far as they have been run; null for those that have not. */
export function gridCells(
  { x, y }: PolicyGrid,
  comparison: { readonly policies: readonly CellResult[] },
  metric: keyof RunSummary,
): (GridCell | null)[][] {
  const results = new Map<string, CellResult>(comparison.policies.map((result) => [result.policy, result]));
  return y.values.map((second, row) =>
    x.values.map((first, column) => {
      const result = results.get(cellName(column, row));
      if (result === undefined) return null;
      const { summary, stability, slo, example } = result;
      const stopped = example.stoppedEarly !== null;
      return {
        x: first,
        y: second,
        estimate: summary[metric],
        stable: stability.stable && !stopped,
        sloMet: slo.met && !stopped,
        stopped,
      };
    }),
  );
}

/** `50%..90%:9`: nine values from 50% to 90%, evenly spaced; or a list, `50%,70%,80%`. */
const rangeForm = /^(-?\d+(?:\.\d+)?)([^\d.][^.]*)?\.\.(-?\d+(?:\.\d+)?)([^\d:.][^:]*)?:(\d+)$/;

/**
 * An axis as written on a command line: `controller.hpa.maxReplicas=10..40:4`, `guards.cooldown.down=1m,5m,10m`.
 *
 * @returns undefined when it is neither a range nor a list
 */
export function parseGridAxis(text: string): GridAxis | undefined {
  const [, name = '', given = ''] = /^([^=]+)=(.+)$/.exec(text.trim()) ?? [];
  if (name === '') return undefined;
  const path = name.split(/[.[\]]+/).flatMap((key) => (key === '' ? [] : [/^\d+$/.test(key) ? Number(key) : key]));
  const values = given.includes('..') ? rangeOf(given) : given.split(',').map((each) => scalar(each.trim()));
  return values === undefined || values.length === 0 || values.includes('') ? undefined : { path, values };
}

function rangeOf(text: string): (string | number)[] | undefined {
  const match = rangeForm.exec(text.replaceAll(' ', ''));
  if (match === null) return undefined;
  const [, from = '', unit = '', to = '', otherUnit = '', count = ''] = match;
  const [first, last, steps] = [Number(from), Number(to), Number(count)];
  if ((unit !== otherUnit && unit !== '') || steps < 2) return undefined;
  return Array.from({ length: steps }, (_, index) => {
    // Twelve digits: 0.1 + 0.2 is to read 0.3.
    const value = Number((first + ((last - first) * index) / (steps - 1)).toPrecision(12));
    return otherUnit === '' ? value : `${value}${otherUnit}`;
  });
}

const scalar = (text: string): string | number => (/^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text);
