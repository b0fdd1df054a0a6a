import { parseDuration, parseInstant } from '../../sim-core/index.ts';
import type { RangeQuery } from '../../sim-core/index.ts';

/** How far back is asked for. */
export const ranges = ['24h', '7d', 'between'] as const;
export type RangeChoice = (typeof ranges)[number];

/** What a person wrote, as text, right or wrong. */
export interface PrometheusForm {
  readonly address: string;
  readonly queries: readonly { readonly name: string; readonly expression: string }[];
  readonly range: RangeChoice;
  /** instants, used with `between` */
  readonly from: string;
  readonly to: string;
  readonly step: string;
}

export const emptyForm: PrometheusForm = {
  address: '',
  queries: [{ name: '', expression: '' }],
  range: '24h',
  from: '',
  to: '',
  step: '1m',
};

/** A field of the form: a key of it, `login`, or `queries 0`, `name 0` for the parts of a row. */
export type Field = 'address' | 'login' | 'from' | 'to' | 'step' | 'queries' | `${'queries' | 'name'} ${number}`;
export type Problems = Readonly<Partial<Record<Field, string>>>;

/**
 * The query a form asks for, or what is wrong with it, by field.
 *
 * @param now Unix time, s: the end of the ranges that go back from now, on a whole step
 */
export function readForm(form: PrometheusForm, login: string, now: number): { query?: RangeQuery; problems: Problems } {
  const problems: Partial<Record<Field, string>> = {};
  const instant = (field: 'from' | 'to', text: string): number => {
    const value = parseInstant(text);
    if (value === undefined) problems[field] = 'Write an instant with its zone: 2026-11-20T00:00:00Z.';
    return value ?? NaN;
  };
  const step = parseDuration(form.step) ?? NaN;
  if (Number.isNaN(step)) problems.step = 'Write a length of time: 15s, 1m.';
  const address = form.address.trim();
  if (/^https?:\/\/[^/]*@/.test(address)) {
    problems.address = 'Write the login into its own field: the address is remembered, the login is not.';
  }
  if (!/^[\x20-\x7e]{0,8000}$/.test(login)) problems.login = 'A login is one line of plain letters, digits and signs.';
  const queries = form.queries.map(({ name, expression }, index) => {
    const trimmed = name.trim();
    if (!/^([A-Za-z_][A-Za-z0-9_:]*)?$/.test(trimmed)) {
      problems[`name ${index}`] = 'A name has letters, digits and _, such as requests_per_second.';
    }
    return { name: trimmed === '' ? null : trimmed, expression: expression.trim() };
  });
  const between = form.range === 'between';
  const grid = step > 0 ? step : 1;
  const from = between
    ? instant('from', form.from)
    : Math.floor(now / grid) * grid - (parseDuration(form.range) ?? NaN);
  const to = between ? instant('to', form.to) : Math.floor(now / grid) * grid;
  return Object.keys(problems).length > 0 ? { problems } : { query: { address, queries, from, to, step }, problems };
}

/** The field an issue of the core is about. */
export function fieldOf([key, index]: readonly (string | number)[]): Field {
  if (key === 'queries' && typeof index === 'number') return `queries ${index}`;
  return key === 'login' || key === 'step' || key === 'to' || key === 'queries' ? key : 'address';
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A form as it was remembered; each part that is missing or odd is as in an empty one. */
export function restoreForm(value: unknown): PrometheusForm {
  if (!isRecord(value)) return emptyForm;
  const text = (key: 'address' | 'from' | 'to' | 'step'): string => {
    const kept = value[key];
    return typeof kept === 'string' ? kept : emptyForm[key];
  };
  const rows = Array.isArray(value.queries) ? (value.queries as unknown[]) : [];
  const queries = rows.flatMap((row) =>
    isRecord(row) && typeof row.name === 'string' && typeof row.expression === 'string'
      ? [{ name: row.name, expression: row.expression }]
      : [],
  );
  return {
    address: text('address'),
    queries: queries.length > 0 ? queries : emptyForm.queries,
    range: ranges.find((range) => range === value.range) ?? emptyForm.range,
    from: text('from'),
    to: text('to'),
    step: text('step'),
  };
}
