import { expect, it } from 'vitest';
import { heatMap, heatShade } from '../../../sim-core/export/chart/heat-map.ts';

/** WCAG 2.1: (lighter + 0.05) ÷ (darker + 0.05) of the relative luminances. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const luminance = (channels: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = channels.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

it.each(['light', 'dark'] as const)('numbers can be read on every shade, %s', (theme) => {
  for (let share = 0; share <= 1; share += 0.01) {
    const { fill, ink } = heatShade(share, theme);
    const channels = fill.match(/\d+/g)!.map(Number);
    expect(contrast(channels, ink === '#ffffff' ? [255, 255, 255] : [0, 0, 0])).toBeGreaterThanOrEqual(4.5);
  }
});

it('draws each cell with its label, hatches the bad ones, and leaves open what has not been run', () => {
  const svg = heatMap({
    title: 'flaps',
    caption: 'mean',
    xTitle: 'target',
    yTitle: 'window',
    xLabels: ['50%', '60%'],
    yLabels: ['0'],
    cells: [[{ value: 3, label: 'three', good: false }, null]],
    width: 400,
    height: 300,
  });
  expect(svg.match(/url\(#unstable\)/g)).toHaveLength(1);
  expect(svg).toContain('three');
  expect(svg).toMatch(/<rect[^>]*fill="none"/);
});
