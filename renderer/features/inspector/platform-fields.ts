import { setInYaml, type YamlPath } from '../../stores/yaml-edit.ts';
import { number, type Field } from './field.ts';
import { genericFields, wordsOf } from './generic-fields.ts';
import { unitRules } from './quantity.ts';

const quotedNumber = /^\d+(\.\d+)?$/;

/** `autoscaling.knative.dev/min-scale` → `Min scale` */
const shortName = (key: string): string => wordsOf(key.replace(/^.*\//, '').replace(/[-_]/g, ' '));

/**
 * Fields for what a platform's own manifest holds: every number in it, those within quotes too, under the last part of its
 * name; the whole name is in the hint. What stands in quotes is written back in quotes.
 */
export function platformFields(data: unknown, path: YamlPath): Field[] {
  const fields = numbersIn(data, path).map((field) => {
    const inside = field.path.slice(path.length);
    const key = inside.findLast((part) => typeof part === 'string') ?? '';
    return { ...field, label: shortName(String(key)), help: inside.join('.') };
  });
  const often = (label: string) => fields.filter((field) => field.label === label);
  return fields.map((field) => {
    const alike = often(field.label);
    return alike.length === 1 ? field : { ...field, label: `${field.label} ${alike.indexOf(field) + 1}` };
  });
}

function numbersIn(data: unknown, path: YamlPath): Field[] {
  if (typeof data === 'object' && data !== null) {
    const entries: [string | number, unknown][] = Array.isArray(data) ? [...data.entries()] : Object.entries(data);
    return Array.isArray(data) && data.length > 20
      ? []
      : entries.flatMap(([key, value]) => numbersIn(value, [...path, key]));
  }
  if (typeof data === 'string' && quotedNumber.test(data)) {
    const value = Number(data);
    const unit = Number.isInteger(value) ? 'count' : 'number';
    const edit = (text: string, changed: string | number) => setInYaml(text, path, String(changed));
    return [number('', path, unit, [0, Math.max(10, value * 4)], { edit })];
  }
  const fields = genericFields(data, path, 'Value');
  if (typeof data !== 'string' || !data.startsWith('PT')) return fields;
  return fields.map((field) => ({
    ...field,
    edit: (text, changed) => setInYaml(text, path, isoDuration(unitRules.duration.read(changed) ?? 0)),
  }));
}

/** `PT5M`, as platforms with ISO 8601 durations want it. */
const isoDuration = (seconds: number): string => {
  const whole = Math.max(1, Math.round(seconds));
  return whole % 60 === 0 ? `PT${whole / 60}M` : `PT${whole}S`;
};
