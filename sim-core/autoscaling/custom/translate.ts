import { getFormattedTokens, transform } from 'sucrase';
import { PolicyFailure } from './contract.ts';
import type { PolicySource, SourcePosition } from './contract.ts';
import { readMappings } from './source-map.ts';

export interface Translation {
  /** the body of a function of (exports, require) */
  readonly code: string;
  /** Where a place of `code` comes from. Both 1-based. */
  original(place: SourcePosition): SourcePosition;
}

/**
 * Takes the types off and turns `export default` into an assignment; nothing is checked against the types.
 *
 * @throws PolicyFailure for what is no TypeScript, or has big integers
 */
export function translate({ source, language }: Omit<PolicySource, 'limits'>): Translation {
  const transforms: ('typescript' | 'imports')[] = language === 'typescript' ? ['typescript', 'imports'] : ['imports'];
  const options = { transforms, disableESTransforms: true, preserveDynamicImport: true, production: true };
  try {
    const filePath = 'policy';
    const { code, sourceMap } = transform(source, {
      ...options,
      filePath,
      sourceMapOptions: { compiledFilename: filePath },
    });
    if (/\dn\b/.test(source)) refuseBigIntegers(getFormattedTokens(source, options));
    const mappings = readMappings(sourceMap?.mappings ?? '');
    return {
      code,
      original({ line, column }) {
        const found = mappings[line - 1]?.findLast(({ from }) => from <= column - 1);
        return found === undefined ? { line, column } : { line: found.line + 1, column: found.column + 1 };
      },
    };
  } catch (error) {
    if (error instanceof PolicyFailure || !(error instanceof Error)) throw error;
    const place = 'loc' in error ? (error.loc as SourcePosition) : null;
    const message = error.message.replace(/^Error transforming policy: /, '').replace(/ \(\d+:\d+\)$/, '');
    throw new PolicyFailure(`Syntax error: ${message}`, place === null ? null : { ...place });
  }
}

/** A single operation on big integers can take seconds, which counts as one step. */
function refuseBigIntegers(tokens: string): void {
  const found = /^(\d+):(\d+)-\S+ +bigint /m.exec(tokens);
  if (found === null) return;
  const position = { line: Number(found[1]), column: Number(found[2]) };
  throw new PolicyFailure('A policy has no big integers: numbers are exact up to 9,007,199,254,740,991', position);
}
