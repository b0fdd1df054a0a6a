/** What a case gives to a rule, and what its upstream says comes of it. Their fields are those of the vector file. */
export interface VectorCase {
  readonly name: string;
  readonly input: VectorObject;
  readonly expected: VectorObject;
}

export type VectorObject = Readonly<Record<string, unknown>>;

/** What the rules here make of a case, in the words of its expectation; or why they have nothing to say to it. */
export type CaseAnswer = { readonly actual: VectorObject } | { readonly notApplicable: string };

/** How the cases of one vector file are put to the rules. */
export interface VectorFamily {
  /** @throws Error for a case that does not have the form the file promises, which counts as failed */
  answer(vector: VectorCase): CaseAnswer;
  /** Whether two numbers agree, where nearly is enough. Default: the same, fractions to nine digits. */
  agrees?(expected: number, actual: number, key: string, vector: VectorCase): boolean;
}

export interface FamilyReport {
  readonly file: string;
  readonly passed: number;
  readonly failed: readonly { readonly name: string; readonly expected: unknown; readonly actual: unknown }[];
  readonly notApplicable: readonly { readonly name: string; readonly reason: string }[];
}
