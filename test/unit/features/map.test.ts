import { describe, expect, it } from 'vitest';
import { axisValues, indexOfCurrent, mapFields, usualAxis } from '../../../renderer/features/map/axis.ts';

const policy = {
  name: 'live',
  controller: {
    hpa: {
      minReplicas: 2,
      maxReplicas: 20,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 60 } } }],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    },
  },
};
const fields = mapFields(policy, 3);
const field = (label: string) => fields.find((each) => each.field.label === label)!;

describe('axes of a map', () => {
  it('are the numbers of the policy, by their path within it', () => {
    expect(field('CPU target')).toMatchObject({
      id: 'controller.hpa.metrics.0.resource.target.averageUtilization',
      value: 60,
    });
    expect(field('Down window').value).toBe(300);
    expect(field('Cooldown down').value, 'off').toBeNull();
    // Its edit writes both sides of a band: as an axis it would leave half a band.
    expect(field('Grow from')).toBeUndefined();
    const rules = {
      name: 'rule',
      controller: { threshold: { rules: [{ metric: 'cpu', above: '70%', for: '30s', change: 1 }] } },
    };
    expect(mapFields(rules, 0).map((each) => each.field.label)).toEqual(
      expect.arrayContaining(['CPU above', 'CPU above, for']),
    );
  });

  it('span half to one and a half of what is there, written as the file would have them', () => {
    const axis = usualAxis(field('CPU target'), 5);
    expect(axisValues(field('CPU target'), axis)).toEqual([30, 45, 60, 75, 90]);
    expect(indexOfCurrent(field('CPU target'), [30, 45, 60, 75, 90])).toBe(2);
    expect(axisValues(field('Cooldown down'), { id: '', from: '1m', to: '10m', steps: 3 })).toEqual([
      '1m',
      expect.any(String),
      '10m',
    ]);
  });

  it('have fewer values where whole numbers are near each other, and say what cannot be read', () => {
    const target = field('CPU target');
    expect(axisValues(target, { id: '', from: '60 %', to: '62 %', steps: 7 })).toEqual([60, 61, 62]);
    expect(axisValues(target, { id: '', from: 'much', to: '62 %', steps: 7 })).toContain('“much” cannot be read');
    expect(axisValues(target, { id: '', from: '62 %', to: '60 %', steps: 7 })).toContain('more than');
  });
});
