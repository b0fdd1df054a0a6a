import { describe, expect, it } from 'vitest';
import { layoutCurve } from '../../../sim-core/export/chart/curve-layout.ts';
import { curveSvg } from '../../../sim-core/export/chart/curve-svg.ts';

const plot = { width: 400, height: 200, formatX: String, formatY: String };

describe('curves over a parameter', () => {
  it('start at zero and end a little below the top', () => {
    const layout = layoutCurve({ ...plot, x: [0, 1, 2], lines: [Float64Array.of(1, 2, 3)] });
    expect(layout.scale).toBe('linear');
    expect(layout.placeY(0)).toBe(200);
    expect(layout.placeY(3)).toBeGreaterThan(0);
    expect(layout.placeX(1)).toBe(200);
    expect(layout.paths[0]).toMatch(/^M0\.0 \S+L200\.0 \S+L400\.0 \S+$/);
  });

  it('become logarithmic when they span powers of ten; shares never do', () => {
    const lines = [Float64Array.of(1e-3, 1, 100)];
    const layout = layoutCurve({ ...plot, x: [1, 2, 3], lines });
    expect(layout.scale).toBe('log');
    expect(layout.yTicks.map(({ label }) => label)).toEqual(['0.001', '0.01', '0.1', '1', '10', '100']);
    expect(layout.placeY(0.001) - layout.placeY(0.01)).toBeCloseTo(layout.placeY(1) - layout.placeY(10), 9);
    expect(layoutCurve({ ...plot, x: [1, 2, 3], lines, most: 1 }).scale).toBe('linear');
  });

  it('leave gaps where there is no steady state, and write them as SVG', () => {
    const values = Float64Array.of(Infinity, 2, 1, NaN, 0.5, 0.4);
    const layout = layoutCurve({ ...plot, x: [1, 2, 3, 4, 5, 6], lines: [values] });
    expect(layout.paths[0]!.match(/M/g)).toHaveLength(2);
    const svg = curveSvg({
      ...plot,
      title: 'M/M/c <b>',
      xTitle: 'Servers',
      x: [1, 2, 3, 4, 5, 6],
      lines: [{ name: 'Mean wait', values }],
      width: 600,
      height: 300,
    });
    expect(svg).toContain('M/M/c &lt;b&gt;');
    expect(svg).toContain('Mean wait against Servers.');
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});
