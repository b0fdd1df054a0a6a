import { describe, expect, it } from 'vitest';
import { importTrace, type ImportMapping } from '../../../sim-core/trace/import-session.ts';

/** @param rows cells after the time, a minute apart */
function table(header: string, rows: readonly string[], mapping: ImportMapping = {}) {
  const lines = rows.map((cells, i) => `2026-01-01T00:0${i}:00Z,${cells}`);
  return importTrace('t.csv', new TextEncoder().encode([`time,${header}`, ...lines, ''].join('\n')), mapping);
}

const codes = ({ issues }: ReturnType<typeof table>): string[] => issues.map(({ code }) => code);

describe('counters, as told', () => {
  const counted = ['100', '160', '30', '90'];

  it('become rates; after a restart the new value was counted since', () => {
    const { series, report, mapping } = table('hits_total', counted, { counters: { hits_total: true } });
    expect([...series!.rate]).toEqual([1, 0.5, 1]);
    expect(report!.quality.counterResets).toBe(1);
    expect(report!.columns[1]).toMatchObject({ name: 'hits_total', unit: 'requests/s', counter: true });
    expect(mapping).not.toHaveProperty('unit');
  });

  it('leave a gap at a fall when that is told', () => {
    const { series, issues } = table('hits_total', counted, { counters: { hits_total: true }, counterResets: 'gap' });
    expect([...series!.rate]).toEqual([1, NaN, 1]);
    expect(issues.find(({ code }) => code === 'trace-counter-reset')!.message).toContain('left open');
  });

  it('are none when that is told, whatever the format thinks', () => {
    const times = [0, 60, 120].map((at) => (1_767_225_600 + at) * 1000);
    const text = JSON.stringify({
      metric: { __name__: 'http_requests_total' },
      values: [100, 160, 220],
      timestamps: times,
    });
    const read = (mapping: ImportMapping) => importTrace('t.jsonl', new TextEncoder().encode(`${text}\n`), mapping);
    expect([...read({ column: 'http_requests_total' }).series!.rate]).toEqual([1, 1]);
    const gauge = read({ column: 'http_requests_total', counters: { http_requests_total: false } });
    expect([...gauge.series!.rate]).toEqual([100, 160, 220]);
    expect(gauge.report!.columns.some(({ counter }) => counter)).toBe(false);
  });
});

describe('names and units that fit nothing', () => {
  it('are refused, with the nearest name', () => {
    const read = table('rps,cpu_util', ['1,50', '2,60'], {
      roles: { cpu_utl: 'cpu' },
      units: { rps: 'furlong', time: 's' },
    });
    expect(read.issues.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'trace-unknown-name: No column or series is called `cpu_utl` (given in `roles`); the nearest is `cpu_util`. Correct the name, or leave it out.',
      expect.stringContaining('trace-unknown-unit: `furlong` (given in `units` for `rps`)'),
    ]);
    expect(read.series).toBeUndefined();
  });
});

describe('rows that only sorting brings together', () => {
  it('have no line to name', () => {
    const text = 'time,rps\n2026-01-01T00:02:00Z,1\n2026-01-01T00:01:00Z,2\n2026-01-01T00:02:00Z,3\n';
    const { issues } = importTrace('t.csv', new TextEncoder().encode(text), { sort: true, duplicates: 'first' });
    expect(issues.map(({ message }) => message)).toContain(
      'Some rows, once sorted: the time is the same as of another row. Rows of one time became one: first.',
    );
  });
});

describe('what a person can settle', () => {
  it('whether the load was a closed loop', () => {
    expect(table('rps', ['1', '2']).report!.quality.loop).toBe('unknown');
    const closed = table('rps', ['1', '2'], { load: 'closed' });
    expect(closed.report!.quality.loop).toBe('closed');
    expect(codes(closed)).toContain('trace-closed-loop');
  });

  it('that what looks like the time is none', () => {
    const read = table('rps', ['1', '2', '3'], { roles: { time: 'unused' } });
    expect(read.report!.columns[0]).toMatchObject({ name: 'time', role: 'unused' });
    expect(codes(read)).toContain('trace-no-time');
  });

  it('that what looks like the demand is something else', () => {
    const { report } = table('rps,load_now', ['1,7', '2,8', '3,9'], { roles: { rps: 'other' } });
    expect(report!.columns.map(({ role }) => role)).toEqual(['time', 'other', 'demand']);
    expect(report!.columns.filter(({ isDemand }) => isDemand).map(({ name }) => name)).toEqual(['load_now']);
  });
});

describe('columns, as they are shown', () => {
  it('have their first values, what they count in the words of the file, and what could be made of them', () => {
    const { report } = table('rps,cpu_util,elapsed_ms,host', ['1,55,80,a', ',60,90,b', '3,70,85,c', '4,71,88,d']);
    expect(report!.columns).toMatchObject([
      {
        name: 'time',
        choice: 'time',
        sample: ['2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z', '2026-01-01T00:02:00Z'],
      },
      { name: 'rps', choice: 'any', sample: ['1', '3', '4'], unit: 'requests/s', isDemand: true },
      { name: 'cpu_util', role: 'cpu', unit: '%' },
      { name: 'elapsed_ms', role: 'latency', unit: 'ms' },
      { name: 'host', role: 'unused', choice: 'time' },
    ]);
  });

  it('are shown of a file that is refused too, so that a person sees what to settle', () => {
    const text = 'time,rps\n0,1\n60,2\n60,3\n30,4\n';
    const read = (mapping: ImportMapping) => importTrace('t.csv', new TextEncoder().encode(text), mapping);
    const refused = read({});
    expect(refused.series).toBeUndefined();
    expect(refused.report).toMatchObject({
      columns: [{ role: 'time' }, { role: 'demand' }],
      quality: { duplicates: 1, outOfOrder: 1 },
    });
    expect([...read({ sort: true, duplicates: 'sum' }).series!.rate]).toEqual([1, 4, 5]);
  });
});
