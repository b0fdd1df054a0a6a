import type { RealityStatus } from '../scenario/reality-status.ts';
import type { Cell } from './csv.ts';

/**
 * The rows of a table, the first being its titles, with a last column `realityCheck` in each where something is to be warned
 * of: how near the scenario is known to be to what really happened. CSV has no other place that every reader keeps.
 */
export function* withRealityColumn(
  rows: Iterable<readonly Cell[]>,
  reality: RealityStatus | null | undefined,
): Generator<readonly Cell[]> {
  const warned = reality !== null && reality !== undefined && reality.warning !== null;
  let first = true;
  for (const row of rows) {
    yield warned ? [...row, first ? 'realityCheck' : reality.state] : row;
    first = false;
  }
}

/** The same for a picture: its `note`, where something is to be warned of. */
export function noteOf(reality: RealityStatus | null | undefined): { readonly note?: string } {
  const warning = reality?.warning ?? null;
  return warning === null ? {} : { note: warning };
}

/** The same for a file that is applied elsewhere: a comment on top, in YAML and HCL. JSON has no comments and stays. */
export function withRealityComment(
  text: string,
  extension: 'yaml' | 'json' | 'tf' | 'hcl',
  reality: RealityStatus | null | undefined,
): string {
  const { note } = noteOf(reality);
  return note === undefined || extension === 'json' ? text : `# ${note}\n${text}`;
}
