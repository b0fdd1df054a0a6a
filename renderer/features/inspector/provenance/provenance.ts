import { dataOfYaml, type YamlPath } from '../../../stores/yaml-edit.ts';
import { unitOf, unitRules } from '../quantity.ts';
import { record, valueIn } from '../yaml-data.ts';

/** Where a calibrated value comes from, and whether the file still says it. */
export interface Provenance {
  readonly path: YamlPath;
  /** as the file would have it at the path */
  readonly value: unknown;
  /** the same in one line, as the file notes it */
  readonly written: string;
  /**
   * Whether it stands at its path. `made` when what stands there is of another shape, as a distribution is that was made
   * from a mean: then nobody can tell.
   */
  readonly state: 'calibrated' | 'edited' | 'made';
  /** What the file notes of it, in words, in the order it is told. */
  readonly facts: readonly (readonly [name: string, text: string])[];
}

/** The notes of a scenario, of those values that are in it. @param data of the file */
export function provenancesOf(data: unknown): readonly Provenance[] {
  return Object.entries(record(valueIn(data, ['provenance']))).flatMap(([key, entry]) => {
    const path = key.split(/[.[\]]+/).filter((part) => part !== '');
    const { value: noted } = record(entry);
    const now = valueIn(data, path);
    if (now === undefined || (typeof noted !== 'string' && typeof noted !== 'number')) return [];
    const value = typeof noted === 'string' ? (dataOfYaml(noted) ?? noted) : noted;
    return [{ path, value, written: String(noted), state: stateOf(value, now), facts: factsOf(record(entry)) }];
  });
}

/** The note on a field, or on what it is part of. */
export const provenanceOf = (all: readonly Provenance[], field: YamlPath): Provenance | undefined =>
  all.find(({ path }) => path.length <= field.length && path.every((key, index) => key === String(field[index])));

function stateOf(value: unknown, now: unknown): Provenance['state'] {
  if (isSame(value, now)) return 'calibrated';
  const isPlain = (each: unknown): boolean => typeof each !== 'object' || each === null;
  if (isPlain(value) === isPlain(now)) return 'edited';
  return Object.values(record(now)).some((inner) => stateOf(value, inner) === 'calibrated') ? 'calibrated' : 'made';
}

/** Whether two values mean the same, however their quantities are written. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one === 'object' && one !== null && typeof other === 'object' && other !== null) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length && keys.every((key) => isSame(record(one)[key], record(other)[key]))
    );
  }
  if (one === other) return true;
  const unit = unitOf(one);
  if (unit !== undefined && unit === unitOf(other)) return unitRules[unit].read(one) === unitRules[unit].read(other);
  const [first, second] = [unitRules.cpu.read(one), unitRules.cpu.read(other)];
  return first !== undefined && first === second;
}

function factsOf(entry: Readonly<Record<string, unknown>>): [name: string, text: string][] {
  const text = (key: string): string | undefined => {
    const value = entry[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const both = (from: string | undefined, to: string | undefined): string | undefined =>
    from === undefined || to === undefined ? undefined : `${from} to ${to}`;
  const points = text('points');
  const facts: [string, string | undefined][] = [
    ['Found', text('value')],
    ['Interval', both(text('low'), text('high')) ?? 'none was given'],
    ['Method', text('method')],
    ['Source', text('source')],
    ['Data', both(text('from'), text('to'))],
    ['Rests on', points === undefined ? undefined : `${points} ${points === '1' ? 'value' : 'values'}`],
    ['When', text('date')],
  ];
  return facts.flatMap(([name, words]) => (words === undefined ? [] : [[name, words]]));
}
