import { describe, expect, it } from 'vitest';
import { issueText } from '../../../cli/issue-text.ts';
import type { Issue } from '../../../sim-core/index.ts';

const issue = (given: Partial<Issue>): Issue => ({
  code: 'x',
  severity: 'error',
  message: 'Wrong.',
  path: [],
  ...given,
});

describe('issueText', () => {
  it('shows the line meant, with a caret that survives tabs', () => {
    expect(issueText({ file: 'f', text: 'a\n\tb: 1\n', issues: [issue({ line: 2, column: 5 })] }, false)).toBe(
      'f:2:5: error: Wrong. (x)\n    2 | \tb: 1\n      | \t   ^\n',
    );
  });

  it('shows a window of a long line', () => {
    const text = issueText(
      { file: 'f', text: `${'x'.repeat(500)}!${'y'.repeat(500)}`, issues: [issue({ line: 1, column: 501 })] },
      false,
    );
    const [, source = '', caret = ''] = text.split('\n');
    expect(source[caret.indexOf('^')]).toBe('!');
    expect(source.length).toBeLessThan(140);
  });

  it('names the other file an issue is about, and where it is named', () => {
    const about = issue({
      severity: 'warning',
      file: 'trace.csv',
      line: 3,
      path: ['workload', 'sum', 0, 'trace', 'file'],
    });
    expect(issueText({ file: 'f', text: 'a\nb\nc\n', issues: [about] }, false)).toBe(
      'trace.csv:3: warning: Wrong. (x) [named at workload.sum[0].trace.file]\n',
    );
  });

  it('does not flood the screen', () => {
    const text = issueText({ file: 'f', issues: Array.from({ length: 500 }, () => issue({})) }, false);
    expect(text.split('\n')).toHaveLength(52);
    expect(text).toMatch(/f: and 450 more\.\n$/);
  });

  it('colours only when asked', () => {
    expect(issueText({ file: 'f', issues: [issue({})] }, true)).toContain('\x1b[31merror');
  });
});
