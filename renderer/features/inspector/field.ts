import type { YamlPath } from '../../stores/yaml-edit.ts';
import type { FieldUnit } from './quantity.ts';

interface FieldBase {
  readonly label: string;
  readonly path: YamlPath;
  /** One sentence for the tooltip. */
  readonly help?: string;
  /**
   * Changes the text when a plain replacement at the path would not do (a key that needs its sibling).
   * Default: the value is written at the path.
   */
  readonly edit?: (text: string, value: string | number) => string;
}

/** A number with a slider. */
export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly unit: FieldUnit;
  /** What the slider spans, in the unit's own measure. */
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log';
  /** What holds when the file says nothing; null: then it is off. */
  readonly standard: number | null;
  /** It cannot be emptied: the file makes no sense without it. */
  readonly needed?: boolean;
}

/** One of a few words. */
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly standard: string;
}

/** Free text: a name, a cron line, a seed. */
export interface TextField extends FieldBase {
  readonly kind: 'text';
  readonly standard: string;
  /** What stands in grey where there is nothing; a field that has one may be emptied. */
  readonly whenEmpty?: string;
}

/** Some of a few words, at least one. */
export interface SetField extends FieldBase {
  readonly kind: 'set';
  readonly options: readonly string[];
}

export type Field = NumberField | ChoiceField | TextField | SetField;

export interface FieldSection {
  readonly title: string;
  readonly fields: readonly Field[];
  /** Closed at first, for what few people touch. */
  readonly folded?: boolean;
  readonly note?: string;
  /** the service whose numbers these are: its service time can be fitted to measurements */
  readonly service?: string;
  /** where recorded traces stand, which steps can change before they are replayed */
  readonly traces?: readonly YamlPath[];
}

type Rest = Partial<Pick<NumberField, 'scale' | 'standard' | 'help' | 'edit' | 'needed'>>;

/** A number field in one line. */
export function number(
  label: string,
  path: YamlPath,
  unit: FieldUnit,
  [min, max]: readonly [number, number],
  rest: Rest = {},
): NumberField {
  const scale = rest.scale ?? (unit === 'duration' || unit === 'rate' ? 'log' : 'linear');
  return {
    kind: 'number',
    label,
    path,
    unit,
    min,
    max,
    scale,
    standard: rest.standard ?? null,
    ...(rest.help ? { help: rest.help } : {}),
    ...(rest.edit ? { edit: rest.edit } : {}),
    ...(rest.needed ? { needed: true } : {}),
  };
}

/** Where a value sits on its slider, 0 … 1. A logarithmic scale that begins at 0 keeps its first hundredth for 0. */
export function positionOf(field: NumberField, value: number): number {
  const { min, max } = spanOf(field, value);
  if (field.scale === 'linear') return (value - min) / (max - min);
  const low = min > 0 ? min : max / 10_000;
  if (value <= 0) return 0;
  return Math.max(0, Math.log(value / low) / Math.log(max / low));
}

/** The value at a place of the slider. */
export function valueAt(field: NumberField, position: number, current: number): number {
  const { min, max } = spanOf(field, current);
  if (field.scale === 'linear') return min + position * (max - min);
  if (min === 0 && position < 0.01) return 0;
  const low = min > 0 ? min : max / 10_000;
  return low * (max / low) ** position;
}

/** The slider's span, wide enough for the value that is there. */
function spanOf(field: NumberField, value: number): { min: number; max: number } {
  return { min: Math.min(field.min, value), max: Math.max(field.max, value) };
}
