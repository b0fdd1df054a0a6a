import { Resvg } from '@resvg/resvg-js';
import { describe, expect, test } from 'vitest';
import { chartSvg } from '../../../sim-core/export/chart/chart-svg.ts';
import { lanesOf } from '../../../sim-core/export/chart/lanes-of.ts';
import { assignColours, chartColoursOf, colourOf } from '../../../sim-core/export/chart/palette.ts';
import { syntheticComparison } from '../../support/synthetic-comparison.ts';

const hostile = `<b>"x" & 'y'</b>\u0000\ud800`;
const names = ['live', hostile, 'calm'];
const comparison = syntheticComparison({ rows: 5000, interval: 60, policies: names });
const lanes = lanesOf(comparison, { colours: assignColours(names, 'live'), slo: { p95: 0.5 } });
const options = { lanes, window: [0, 300_000] as const, startEpoch: 1_795_737_600, width: 1200, height: 800 };

/** Element names in the order they open; throws when tags do not nest, which is what well-formed comes down to here. */
function elements(svg: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  for (const [, closing, name, empty] of svg.matchAll(/<(\/?)([\w-]+)(?:\s[\w:-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes something else`);
    } else {
      seen.push(name!);
      if (!empty) open.push(name!);
    }
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(', ')}`);
  return seen;
}

test('is well-formed whatever the names hold', () => {
  const svg = chartSvg({ ...options, title: hostile });
  expect(elements(svg)[0]).toBe('svg');
  expect(svg.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
  expect(svg).toContain("&lt;b&gt;&quot;x&quot; &amp; 'y'&lt;/b&gt;");
  expect(svg).not.toContain('\u0000');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('a renderer that knows no browser draws it at its size', () => {
  const image = new Resvg(chartSvg({ ...options, title: 'Flash crowd' })).render();
  expect([image.width, image.height]).toEqual([1200, 800]);
});

test('says in words what it shows', () => {
  const svg = chartSvg({ ...options, title: 'Flash crowd' });
  expect(svg).toContain('<title>Flash crowd</title>');
  expect(svg).toMatch(/<desc>Demand, requests\/s\. offered: /);
  for (const lane of lanes) expect(svg).toContain(`>${lane.name}<`);
});

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  test('wears its colours only', () => {
    const svg = chartSvg({ ...options, theme });
    expect(svg).toContain(chartColoursOf(theme).panel);
    expect(svg).toContain(colourOf(1, theme));
    expect(svg).not.toContain(chartColoursOf(theme === 'light' ? 'dark' : 'light').panel);
  });
});

test('size follows pixels, not rows', () => {
  const dense = syntheticComparison({ rows: 50_000, interval: 6, policies: names });
  const denseLanes = lanesOf(dense, { colours: assignColours(names, 'live'), slo: { p95: 0.5 } });
  const size = chartSvg({ ...options, lanes: denseLanes }).length;
  expect(size / chartSvg(options).length).toBeLessThan(1.3);
});

test('grows rather than squeeze lanes that do not fit', () => {
  const [, height] = /<svg[^>]* height="(\d+)"/.exec(chartSvg({ ...options, height: 100 }))!;
  expect(Number(height)).toBeGreaterThan(6 * 72);
});

test('the same input gives the same text', () => {
  expect(chartSvg(options)).toBe(chartSvg(options));
});
