/** What one evaluation of a custom policy may use. All are counted, none is timed, so that they bind alike everywhere. */
export interface SandboxLimits {
  /** calls and rounds of loops, counted by the ten thousand */
  readonly steps: number;
  /** bytes */
  readonly memory: number;
  /** bytes */
  readonly stack: number;
}

export interface PolicySource {
  readonly source: string;
  readonly language: 'typescript' | 'javascript';
  readonly limits: SandboxLimits;
}

/**
 * A compiled policy: the observation, state and parameters as one JSON text in, its answer as JSON out. The module of the
 * policy runs anew at each call, so nothing is remembered but what the state holds.
 *
 * @throws PolicyFailure
 */
export type PolicyFunction = (question: string) => string;

/**
 * A place of its own in which the code of one policy runs, without a host, a clock or chance. It serves one policy of one
 * run: what one run does to it, no other can see.
 */
export interface Sandbox {
  /** @throws PolicyFailure when the source cannot be read, or fails as it is loaded */
  compile(policy: PolicySource): PolicyFunction;
}

/** Where in the source, 1-based. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** A custom policy did what it may not, or did not answer. The run ends there; it is no bug of the program. */
export class PolicyFailure extends Error {
  override readonly name = 'PolicyFailure';
  readonly position: SourcePosition | null;

  constructor(message: string, position: SourcePosition | null = null) {
    super(position === null ? message : `${message} (line ${position.line}, column ${position.column} of its source)`);
    this.position = position;
  }
}
