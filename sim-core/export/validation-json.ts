import { formatPath } from '../issue.ts';
import type { Issue } from '../issue.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

/** `headroom/validation/v1`: what is wrong with each file. */
export function validationJson(
  files: readonly { readonly file: string; readonly issues: readonly Issue[] }[],
): JsonValue {
  const valid = (issues: readonly Issue[]): boolean => issues.every(({ severity }) => severity !== 'error');
  return jsonValue({
    schema: 'headroom/validation/v1',
    valid: files.every(({ issues }) => valid(issues)),
    files: files.map(({ file, issues }) => ({ file, valid: valid(issues), issues: issues.map(issueJson) })),
  });
}

/** An issue with its path as text, too. */
export function issueJson({ code, severity, message, path, file, line, column }: Issue): object {
  return { code, severity, message, path, at: formatPath(path), file, line, column };
}
