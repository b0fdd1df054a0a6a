import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../sim-core/index.ts';
import { gridScenario, parseGridAxis } from '../../../sim-core/experiment/policy-grid.ts';
import { smallScenario } from '../../support/scenario-text.ts';

describe('an axis', () => {
  it.each([
    ['guards.cooldown.down=1m,5m,10m', ['guards', 'cooldown', 'down'], ['1m', '5m', '10m']],
    ['controller.hpa.maxReplicas=10..40:4', ['controller', 'hpa', 'maxReplicas'], [10, 20, 30, 40]],
    ['guards.hysteresis.up=50%..90%:3', ['guards', 'hysteresis', 'up'], ['50%', '70%', '90%']],
    ['guards.hysteresis.up=0.1..0.3:3', ['guards', 'hysteresis', 'up'], [0.1, 0.2, 0.3]],
    ['guards.cooldown.up=0..300s:2', ['guards', 'cooldown', 'up'], ['0s', '300s']],
    ['controller.hpa.metrics[0].type=Resource', ['controller', 'hpa', 'metrics', 0, 'type'], ['Resource']],
  ])('%s', (text, path, values) => expect(parseGridAxis(text)).toEqual({ path, values }));

  it.each(['', 'maxReplicas', 'maxReplicas=', 'a=1..5', 'a=1..5:1', 'a=1s..5m:3', 'a=1,,2'])('%o is none', (text) => {
    expect(parseGridAxis(text)).toBeUndefined();
  });
});

describe('the scenario of a grid', () => {
  const x = { path: ['controller', 'hpa', 'maxReplicas'], values: [8, 10, 12] };
  const y = { path: ['guards', 'cooldown', 'down'], values: ['1m', '5m'] };

  it('has one policy a cell, that differs in the two settings only', () => {
    const { text = '' } = gridScenario(smallScenario, { policy: 'live', x, y });
    const { scenario, issues } = parseScenario(text);
    expect(issues).toEqual([]);
    expect(
      scenario?.policies.map(({ name, controller, guards }) => [
        name,
        controller.hpa?.maxReplicas,
        guards.cooldown?.down,
      ]),
    ).toEqual([
      ['1,1', 8, 60],
      ['2,1', 10, 60],
      ['3,1', 12, 60],
      ['1,2', 8, 300],
      ['2,2', 10, 300],
      ['3,2', 12, 300],
    ]);
    const original = parseScenario(smallScenario).scenario!;
    expect({ ...scenario, policies: [], compare: {} }).toEqual({ ...original, policies: [], compare: {} });
  });

  it('takes another engine', () => {
    const { text = '' } = gridScenario(smallScenario, { policy: 'live', x, y }, 'fluid');
    expect(parseScenario(text).scenario?.engine).toBe('fluid');
  });

  it.each([
    [{ policy: 'lve', x, y }, /No policy is called lve/],
    [{ policy: 'live', x: { ...x, path: ['controller', 'hpa', 'metrics', 3, 'type'] }, y }, /no mapping or list item/],
    [{ policy: 'live', x: { ...x, path: ['name', 'first'] }, y }, /no mapping or list item/],
    [
      { policy: 'live', x: { ...x, values: Array.from({ length: 201 }, (_, value) => value) }, y },
      /201 × 2 cells are more/,
    ],
  ])('refuses %j', (grid, message) => {
    const { text, issues } = gridScenario(smallScenario, grid);
    expect(text).toBeUndefined();
    expect(issues.map((issue) => issue.message).join()).toMatch(message);
  });
});
