import type { Issue } from '../sim-core/index.ts';

/** A file with what is wrong with it. */
export interface FileIssues {
  /** as the person named it */
  readonly file: string;
  /** its text, to show the line meant; absent for binary or unread files */
  readonly text?: string;
  readonly issues: readonly Issue[];
}

/** Something the person can mend: printed without a stack, exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly files: readonly FileIssues[];

  constructor(message: string, files: readonly FileIssues[] = []) {
    super(message);
    this.files = files;
  }
}

/** The person pressed Ctrl+C: exit code 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
