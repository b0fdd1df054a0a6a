/** A stretch of a translated line that came from one place. All 0-based. */
export interface Mapping {
  /** first column of the translated line */
  readonly from: number;
  readonly line: number;
  readonly column: number;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The `mappings` of a source map with one source: for each translated line its stretches, from left to right.
 *
 * @see ECMA-426, section 9: fields of base-64 digits, five bits each, the sixth says that more follow, the lowest is the sign
 */
export function readMappings(text: string): Mapping[][] {
  let line = 0;
  let column = 0;
  return text.split(';').map((ofLine) => {
    let from = 0;
    const mappings: Mapping[] = [];
    for (const segment of ofLine === '' ? [] : ofLine.split(',')) {
      const [fromStep = 0, , lineStep = 0, columnStep = 0] = readNumbers(segment);
      from += fromStep;
      line += lineStep;
      column += columnStep;
      mappings.push({ from, line, column });
    }
    return mappings;
  });
}

function readNumbers(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = digits.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits >= 32) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
