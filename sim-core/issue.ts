/**
 * Something wrong with what a person gave us: data, never an exception, so that all of it can be reported at once.
 * Bugs throw; legitimate limits are documented values (Infinity, NaN).
 */
export interface Issue {
  /** Stable, kebab-case: `unknown-key`, `bad-unit`, `out-of-range`, `trace-unsorted` … */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** What is wrong, and how to mend it, in one or two sentences. */
  readonly message: string;
  /** Where in the scenario: keys and indices from the root. Empty when it concerns the whole file. */
  readonly path: readonly (string | number)[];
  /** The file meant, when it is not the scenario itself (a trace, say). */
  readonly file?: string;
  /** 1-based line in that file. */
  readonly line?: number;
  /** 1-based column in that line. */
  readonly column?: number;
}

/** The path as people write it: `policies[0].controller.hpa`. */
export function formatPath(path: readonly (string | number)[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[\w-]+$/.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}
