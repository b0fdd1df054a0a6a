import type { Issue } from '../issue.ts';

/** Something a format has no words for: what is written behaves differently from the simulation. */
export function notCarried(message: string): Issue {
  return { code: 'export-incomplete', severity: 'warning', path: [], message };
}
