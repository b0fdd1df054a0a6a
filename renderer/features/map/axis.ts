import type { YamlPath } from '../../stores/yaml-edit.ts';
import { positionOf, valueAt, type NumberField } from '../inspector/field.ts';
import { policySections } from '../inspector/policy-fields.ts';
import { rounded, unitRules } from '../inspector/quantity.ts';

/** A setting of a policy that can be an axis of a map. */
export interface MapField {
  /** from the policy, joined: unique */
  readonly id: string;
  /** from the policy */
  readonly path: YamlPath;
  readonly field: NumberField;
  /** as the file has it, or what holds without it; null where it is off */
  readonly value: number | null;
}

/** What is asked of an axis, in the words of the form. */
export interface AxisChoice {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly steps: number;
}

/** The settings of a policy that are numbers. @param policy as written @param index its place in the file */
export function mapFields(policy: unknown, index: number): MapField[] {
  let before = '';
  return policySections(policy, index)
    .flatMap(({ fields }) => fields)
    .map((field) => {
      // `… for` goes on from the field above it, which is not there in a list.
      if (!field.label.startsWith('… ')) before = field.label;
      return field.label.startsWith('… ') ? { ...field, label: `${before}, ${field.label.slice(2)}` } : field;
    })
    .flatMap((field): MapField[] => {
      if (field.kind !== 'number') return [];
      const path = field.path.slice(2);
      const written = valueIn(policy, path);
      // A field with an edit of its own writes more than one value: an axis could not.
      if (path.length === 0 || (field.edit && written === undefined)) return [];
      const read = written === undefined ? field.standard : (unitRules[field.unit].read(written) ?? null);
      return [{ id: path.join('.'), path, field, value: read }];
    });
}

function valueIn(data: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined,
    data,
  );
}

/** A span about what the file says: half to one and a half of it, within what the form offers. */
export function usualAxis({ id, field, value }: MapField, steps = 7): AxisChoice {
  const { print } = unitRules[field.unit];
  const about = value !== null && value > 0;
  const low = about ? Math.max(field.min, rounded(value * 0.5, field.unit)) : field.min;
  const high = about ? Math.min(field.max, rounded(value * 1.5, field.unit)) : field.max;
  return low < high
    ? { id, from: print(low), to: print(high), steps }
    : { id, from: print(field.min), to: print(field.max), steps };
}

/**
 * The values of an axis as they would be written into the file, from the lowest to the highest; fewer than asked for where
 * whole numbers are nearer to each other.
 *
 * @returns what is wrong with the choice instead
 */
export function axisValues({ field }: MapField, { from, to, steps }: AxisChoice): (string | number)[] | string {
  const { read, write, examples } = unitRules[field.unit];
  const [low, high] = [read(from), read(to)];
  if (low === undefined || high === undefined)
    return `“${low === undefined ? from : to}” cannot be read. Write ${examples}.`;
  if (!(low < high)) return 'Must be more than where it begins.';
  const span: NumberField = { ...field, min: low, max: high };
  const found: (string | number)[] = [];
  for (let i = 0; i < steps; i += 1) {
    const place = i / (steps - 1);
    const exact = i === 0 ? low : i === steps - 1 ? high : rounded(valueAt(span, place, low), field.unit);
    const value = write(Math.min(high, Math.max(low, exact)));
    if (found.at(-1) !== value) found.push(value);
  }
  return found;
}

/** The index of what the file says now; −1 when it is not one of the values. */
export function indexOfCurrent({ field, value }: MapField, values: readonly (string | number)[]): number {
  const { read } = unitRules[field.unit];
  return values.findIndex((each) => {
    const number = read(each);
    return (
      number !== undefined && value !== null && Math.abs(positionOf(field, number) - positionOf(field, value)) < 1e-9
    );
  });
}

/** `90s` → `1 m 30 s` */
export function printValue({ field }: MapField, value: string | number): string {
  const { read, print } = unitRules[field.unit];
  const number = read(value);
  return number === undefined ? String(value) : print(number);
}
