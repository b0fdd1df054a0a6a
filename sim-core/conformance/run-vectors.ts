import { covers, sameNumber } from './compare.ts';
import type { CaseAnswer, FamilyReport, VectorCase, VectorFamily, VectorObject } from './contract.ts';
import { vectorFamilies } from './registry.ts';

interface VectorFile {
  readonly family: string;
  readonly caseCount?: number;
  readonly cases: readonly unknown[];
}

/**
 * Puts every case of a vector file to the rules. A file of a family that is not simulated is not applicable as a whole;
 * one that holds another number of cases than it says has failed, so nothing is left out unseen.
 *
 * @param file as it is to be named in the report
 * @returns `problem` for what is no vector file
 */
export function runVectors(file: string, text: string): { report: FamilyReport } | { problem: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { problem: `${file} is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!isVectorFile(parsed)) {
    return {
      problem: `${file} is not a vector file: it needs \`family\` and a list \`cases\`.`,
    };
  }
  const { family: name, cases, caseCount = cases.length } = parsed;
  const family = Object.hasOwn(vectorFamilies, name) ? vectorFamilies[name] : undefined;
  const failed: FamilyReport['failed'][number][] = [];
  const notApplicable: FamilyReport['notApplicable'][number][] = [];
  for (const [index, vector] of cases.entries()) {
    if (!isCase(vector)) {
      const named = isObject(vector) && typeof vector['name'] === 'string' ? vector['name'] : `case ${index + 1}`;
      const error = 'A case needs `name`, and objects `input` and `expected`.';
      failed.push({ name: named, expected: isObject(vector) ? vector['expected'] : undefined, actual: { error } });
      continue;
    }
    const answer =
      family === undefined ? { notApplicable: `The family ${name} is not simulated.` } : ask(family, vector);
    if ('notApplicable' in answer) notApplicable.push({ name: vector.name, reason: answer.notApplicable });
    else if ('error' in answer || !agrees(family, vector, answer.actual)) {
      const actual = 'error' in answer ? { error: answer.error } : answer.actual;
      failed.push({ name: vector.name, expected: vector.expected, actual: plain(actual) });
    }
  }
  const passed = cases.length - failed.length - notApplicable.length;
  if (caseCount !== cases.length) failed.push({ name: 'caseCount', expected: caseCount, actual: cases.length });
  return { report: { file, passed, failed, notApplicable } };
}

function ask(family: VectorFamily, vector: VectorCase): CaseAnswer | { error: string } {
  try {
    return family.answer(vector);
  } catch (error) {
    // What is missing shows as what could not be read.
    const form = error instanceof TypeError ? 'The case does not have the form of its family: ' : '';
    return { error: error instanceof Error ? form + error.message : String(error) };
  }
}

function agrees(family: VectorFamily | undefined, vector: VectorCase, actual: VectorObject): boolean {
  return covers(
    vector.expected,
    actual,
    (wanted, found, key) => family?.agrees?.(wanted, found, key, vector) ?? sameNumber(wanted, found),
  );
}

const isObject = (value: unknown): value is VectorObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isVectorFile(value: unknown): value is VectorFile {
  if (!isObject(value) || typeof value['family'] !== 'string' || !Array.isArray(value['cases'])) return false;
  const counted = value['caseCount'] === undefined || typeof value['caseCount'] === 'number';
  return counted;
}

const isCase = (value: unknown): value is VectorCase =>
  isObject(value) && typeof value['name'] === 'string' && isObject(value['input']) && isObject(value['expected']);

/** An answer as JSON can hold it: integers of 64 bits as text, as in the files. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
