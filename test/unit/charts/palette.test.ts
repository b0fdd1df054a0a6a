import { describe, expect, test } from 'vitest';
import { assignColours, chartColoursOf, colourOf, distinctColours } from '../../../sim-core/export/chart/palette.ts';
import { themeVariables } from '../../../renderer/charts/palette.ts';

type Rgb = readonly [number, number, number];

/** sRGB to linear light. */
function linear(hex: string): Rgb {
  return [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
}

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = ([r, g, blue]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  const [low, high] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes (2009), severity 1, applied to linear light. */
const visions: Record<string, readonly Rgb[]> = {
  ordinary: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** Distance in Oklab (Ottosson 2020); 0.02 is about just noticeable side by side. */
function distance(a: string, b: string, vision: readonly Rgb[]): number {
  const seen = (hex: string): Rgb => {
    const colour = linear(hex);
    const [r, g, blue] = vision.map((row) =>
      Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2])),
    ) as unknown as Rgb;
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * blue);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * blue);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * blue);
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
  };
  const [x, y] = [seen(a), seen(b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const colours = chartColoursOf(theme);
  const slots = Array.from({ length: distinctColours + 1 }, (_, slot) => colourOf(slot, theme));

  test('text reaches 4.5:1 on its ground', () => {
    for (const ground of [colours.panel, colours.ground]) {
      for (const text of [colours.ink, colours.muted, colours.danger]) {
        expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrast(colours.pillInk, colours.pill)).toBeGreaterThanOrEqual(4.5);
  });

  test('lines reach 3:1 on the panel', () => {
    for (const line of [...slots, colours.line]) expect(contrast(line, colours.panel), line).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.entries(visions))('colours stay apart in %s vision', (name, vision) => {
    slots.forEach((a, i) => {
      slots.slice(0, i).forEach((b) => {
        expect(distance(a, b, vision), `${a} and ${b}`).toBeGreaterThanOrEqual(name === 'ordinary' ? 0.09 : 0.03);
      });
    });
  });
});

test('the baseline wears slot 0 wherever it stands; colours repeat after the last', () => {
  expect([...assignColours(['a', 'live', 'b'], 'live')]).toEqual([
    ['a', 1],
    ['live', 0],
    ['b', 2],
  ]);
  expect(colourOf(distinctColours + 1, 'light')).toBe(colourOf(1, 'light'));
});

test('the theme as CSS variables', () => {
  const variables = themeVariables('dark');
  expect(variables['--policy-1']).toBe('#6ea0ff');
  expect(variables['--chart-pill-ink']).toBe(chartColoursOf('dark').pillInk);
});
