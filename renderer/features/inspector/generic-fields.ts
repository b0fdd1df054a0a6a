import type { YamlPath } from '../../stores/yaml-edit.ts';
import { number, type Field } from './field.ts';
import { unitOf, unitRules, type FieldUnit } from './quantity.ts';

/** `perReplica` → `Per replica` */
export function wordsOf(key: string): string {
  const words = key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function spanFor(unit: FieldUnit, value: number): readonly [number, number] {
  if (unit === 'fraction') return [0, Math.max(1, value * 2)];
  if (unit === 'count') return [0, Math.max(10, value * 4)];
  return value > 0 ? [value / 8, value * 8] : [0, 1];
}

/**
 * Fields for whatever numbers stand in a part of the file, found by how they are written: a profile or a rule of any
 * kind can be edited without a form of its own.
 */
export function genericFields(data: unknown, path: YamlPath, prefix = ''): Field[] {
  // A long list of numbers (a day's pattern, say) is better edited as text.
  if (Array.isArray(data) && data.length > 6) return [];
  if (Array.isArray(data)) return data.flatMap((item, index) => genericFields(item, [...path, index], prefix));
  if (typeof data === 'object' && data !== null) {
    return Object.entries(data).flatMap(([key, value]) =>
      genericFields(value, [...path, key], prefix === '' ? wordsOf(key) : `${prefix}, ${wordsOf(key).toLowerCase()}`),
    );
  }
  const unit = unitOf(data);
  const value = unit && unitRules[unit].read(data);
  if (unit === undefined || value === undefined) return [];
  return [number(prefix, path, unit, spanFor(unit, value))];
}
