import type { Issue } from '../issue.ts';
import type { YamlSource } from './yaml-source.ts';

/** The issue with the place its path has in the text. */
export function placedIssue(issue: Issue, locate: YamlSource['locate']): Issue {
  if (issue.line !== undefined) return issue;
  const part =
    issue.code === 'unknown-key' || issue.code === 'missing-key' || issue.code === 'missing-value' ? 'key' : 'value';
  return { ...issue, ...locate(issue.path, part) };
}
