type NumbersAgree = (expected: number, actual: number, key: string) => boolean;

/** Fractions may differ in the order of the operations that made them; whole numbers may not differ at all. */
export function sameNumber(expected: number, actual: number): boolean {
  if (expected === actual) return true;
  if (Number.isInteger(expected) && Number.isInteger(actual)) return false;
  return Math.abs(expected - actual) <= 1e-9 * Math.max(1, Math.abs(expected));
}

/** Whether everything that is expected is there; what is there beside is not asked for. */
export function covers(expected: unknown, actual: unknown, agree: NumbersAgree, key = ''): boolean {
  if (typeof expected === 'number') return typeof actual === 'number' && agree(expected, actual, key);
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return false;
    return expected.every((each, index) => covers(each, actual[index], agree, key));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return false;
    const found = actual as Readonly<Record<string, unknown>>;
    return Object.entries(expected).every(([name, each]) => covers(each, found[name], agree, name));
  }
  // None is none, however it is said.
  return expected === actual || (expected === null && actual === undefined);
}
