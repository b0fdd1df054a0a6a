import { createColors } from 'picocolors';
import { formatPath } from '../sim-core/index.ts';
import type { Issue } from '../sim-core/index.ts';
import type { FileIssues } from './user-error.ts';

/** More than this of one file would push the first ones off the screen. */
const mostShown = 50;

/**
 * Issues for people: `file:line:column: error: message (code)`, and the line meant with a caret under the place.
 *
 * @param colours whether to colour
 */
export function issueText({ file, text, issues }: FileIssues, colours: boolean): string {
  const paint = createColors(colours);
  const lines = text?.split(/\r\n|\r|\n/);
  const shown = issues.slice(0, mostShown).map((issue) => {
    const { line, column, severity, message, code, path } = issue;
    const elsewhere = issue.file !== undefined && issue.file !== file;
    const place = [
      issue.file ?? file,
      ...(line === undefined ? [] : [line, ...(column === undefined ? [] : [column])]),
    ].join(':');
    const mark = severity === 'error' ? paint.red('error') : paint.yellow('warning');
    const mentioned = elsewhere && path.length > 0 ? ` [named at ${formatPath(path)}]` : '';
    const head = `${paint.bold(place)}: ${mark}: ${message} ${paint.dim(`(${code})`)}${mentioned}\n`;
    return head + (elsewhere ? '' : codeFrame(lines, issue, paint));
  });
  if (issues.length > mostShown) shown.push(`${file}: and ${issues.length - mostShown} more.\n`);
  return shown.join('');
}

function codeFrame(
  lines: readonly string[] | undefined,
  { line, column }: Issue,
  paint: ReturnType<typeof createColors>,
): string {
  const source = line === undefined ? undefined : lines?.[line - 1];
  if (source === undefined || source.trim() === '' || line === undefined) return '';
  const at = (column ?? 1) - 1;
  // Long lines (a JSON file in one line) are shown around the place.
  const from = Math.max(0, at - 60);
  const number = String(line).padStart(5);
  const before = source.slice(from, at).replace(/[^\t]/g, ' ');
  return `${paint.dim(`${number} | `)}${printable(source.slice(from, from + 120))}\n${' '.repeat(number.length)}${paint.dim(' | ')}${before}${paint.red('^')}\n`;
}

/** Control characters of a file must not reach a terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, '·');
}
