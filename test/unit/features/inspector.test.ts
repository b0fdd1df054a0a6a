import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { number, positionOf, valueAt, type NumberField } from '../../../renderer/features/inspector/field.ts';
import { genericFields } from '../../../renderer/features/inspector/generic-fields.ts';
import { policySections } from '../../../renderer/features/inspector/policy-fields.ts';
import { freeName } from '../../../renderer/features/inspector/policy-edits.ts';
import { controllerKinds } from '../../../sim-core/autoscaling/registry.ts';
import { parseScenario } from '../../../sim-core/index.ts';
import { setInYaml } from '../../../renderer/stores/yaml-edit.ts';
import { rounded, unitOf, unitRules, type FieldUnit } from '../../../renderer/features/inspector/quantity.ts';

describe('quantities in a form', () => {
  it.each<[FieldUnit, number, string | number, string]>([
    ['duration', 0.08, '80ms', '80 ms'],
    ['duration', 0.5, '500ms', '500 ms'],
    ['duration', 5400, '1h30m', '1 h 30 m'],
    ['rate', 150, '150/s', '150/s'],
    ['fraction', 0.6, '60%', '60 %'],
    ['count', 8, 8, '8'],
    ['wholeSeconds', 120, 120, '120 s'],
    ['wholePercent', 60, 60, '60 %'],
  ])('%s %s prints for people and reads back', (unit, value, _written, printed) => {
    const rules = unitRules[unit];
    expect(rules.print(value)).toBe(printed);
    expect(rules.read(printed)).toBeCloseTo(value, 12);
    expect(rules.read(rules.write(value))).toBe(value);
  });

  it('refuse what they cannot read', () => {
    expect(unitRules.duration.read('soon')).toBeUndefined();
    expect(unitRules.count.read('2.5')).toBeUndefined();
    expect(unitRules.wholePercent.read('60.5 %')).toBeUndefined();
    expect(unitRules.number.read('')).toBeUndefined();
  });

  it('are told apart by how they are written', () => {
    expect(['150/s', '80ms', '70%', 3, 2.5, 'fifo', '5'].map(unitOf)).toEqual([
      'rate',
      'duration',
      'fraction',
      'count',
      'number',
      undefined,
      undefined,
    ]);
  });

  it('land on two significant digits', () => {
    expect(rounded(0.08437, 'duration')).toBe(0.084);
    expect(rounded(1234, 'rate')).toBe(1200);
    expect(rounded(7.6, 'count')).toBe(8);
  });
});

describe('a slider', () => {
  const field = (scale: 'linear' | 'log', min: number): NumberField =>
    number('x', ['x'], 'number', [min, 100], { scale });

  it('gives back the value it was put at', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 100, noNaN: true }),
        fc.constantFrom('linear' as const, 'log' as const),
        (value, scale) => {
          const slider = field(scale, 0.05);
          expect(valueAt(slider, positionOf(slider, value), value)).toBeCloseTo(value, 6);
        },
      ),
    );
  });

  it('reaches zero on a logarithmic scale', () => {
    const slider = field('log', 0);
    expect(positionOf(slider, 0)).toBe(0);
    expect(valueAt(slider, 0, 5)).toBe(0);
  });

  it('makes room for a value outside its span', () => {
    expect(positionOf(field('linear', 0), 400)).toBe(1);
    expect(valueAt(field('linear', 0), 1, 400)).toBe(400);
  });
});

describe('fields of a policy', () => {
  const labels = (policy: string) => policySections(parse(policy), 0)[0]!.fields.map(({ label }) => label);

  it('are those an HPA has', () => {
    expect(
      labels(`
controller:
  hpa:
    maxReplicas: 40
    metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]
    behavior: {scaleUp: {policies: [{type: Pods, value: 8, periodSeconds: 60}]}}
`),
    ).toEqual([
      'CPU target',
      'Down window',
      'Up window',
      'Up, pods a minute',
      'Min replicas',
      'Max replicas',
      'Tolerance',
    ]);
  });

  it('give an HPA without metrics the one it has by default, as a whole', () => {
    const [target] = policySections(parse('controller: {hpa: {maxReplicas: 4}}'), 0)[0]!.fields;
    const text = target!.edit!('policies:\n  - controller: {hpa: {maxReplicas: 4}}\n', 55);
    expect(parse(text).policies[0].controller.hpa.metrics).toEqual([
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 55 } } },
    ]);
  });

  it('are those of each rule of a runbook', () => {
    expect(
      labels('controller: {threshold: {max: 9, rules: [{metric: cpu, above: 70%, for: 10m, change: 1}]}}'),
    ).toEqual(expect.arrayContaining(['CPU above', '… for', '… then']));
  });

  it('write both sides of a hysteresis band when there was none', () => {
    const up = policySections(parse('controller: {static: {replicas: 1}}'), 0)[1]!.fields.find(
      ({ label }) => label === 'Grow from',
    );
    const text = up!.edit!('policies:\n  - controller: {static: {replicas: 1}}\n', '75%');
    expect(parse(text).policies[0].guards.hysteresis).toEqual({ up: '75%', down: '40%' });
  });
});

describe('every policy that ships', () => {
  const root = new URL('../../../', import.meta.url);
  const files = ['scenarios', 'test/scenarios'].flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => `${folder}/${name}`),
  );
  interface Policy {
    readonly controller: object;
  }
  const read = (file: string) => {
    const text = readFileSync(new URL(file, root), 'utf8');
    return { text, policies: (parse(text, { merge: true }) as { policies: Policy[] }).policies };
  };

  it('has fields whatever its controller, and each kind is among them', () => {
    const found = files.flatMap((file) => {
      const { policies } = read(file);
      return policies.map((policy, index) => {
        const { fields } = policySections(policy, index)[0]!;
        expect(fields.length, file).toBeGreaterThan(0);
        const names = fields.map(({ label, path }) => `${label} ${path.slice(0, -1).join('.')}`);
        expect(new Set(names).size, `${file}: ${names.join('; ')}`).toBe(names.length);
        return Object.keys(policy.controller)[0];
      });
    });
    expect(new Set(found)).toEqual(new Set(controllerKinds));
  });

  it.each(['scenarios/autoscalers-side-by-side.yaml', 'scenarios/flap-budget.yaml', 'test/scenarios/azure.yaml'])(
    '%s: a number put back where it stands changes nothing',
    (file) => {
      const { text, policies } = read(file);
      const document = parseDocument(text);
      const { scenario } = parseScenario(text);
      expect(scenario).toBeDefined();
      let tried = 0;
      for (const [index, policy] of policies.entries()) {
        for (const field of policySections(policy, index).flatMap(({ fields }) => fields)) {
          const written: unknown = document.getIn(field.path);
          if (field.kind !== 'number' || written === undefined) continue;
          const { read: readNumber, write } = unitRules[field.unit];
          const value = readNumber(written);
          expect(value, field.path.join('.')).toBeDefined();
          const same = write(value!);
          const edited = field.edit ? field.edit(text, same) : setInYaml(text, field.path, same);
          expect(parseScenario(edited).scenario, field.path.join('.')).toEqual(scenario);
          tried += 1;
        }
      }
      expect(tried).toBeGreaterThan(10);
    },
  );
});

it('gradual scale-down and approval are written whole', () => {
  const text = 'policies:\n  - controller: {static: {replicas: 1}}\n';
  const { fields } = policySections(parse('controller: {static: {replicas: 1}}'), 0)[1]!;
  const edited = (label: string, value: string | number) =>
    parse(fields.find((field) => field.label === label)!.edit!(text, value)).policies[0].guards;
  expect(edited('Scale down by', 3)).toEqual({ gradualScaleDown: { replicas: 3, period: '5m' } });
  expect(edited('… takes', 'never')).toEqual({ approval: { above: 10, after: 'never' } });
});

it('fields for any profile come from how its numbers are written', () => {
  const fields = genericFields(
    { at: '2h', peak: '400/s', shape: 'round', daily: [1, 2, 3, 4, 5, 6, 7, 8] },
    ['workload', 'sum', 0, 'spike'],
    'Spike',
  );
  expect(fields.map(({ label, path }) => [label, path.at(-1)])).toEqual([
    ['Spike, at', 'at'],
    ['Spike, peak', 'peak'],
  ]);
});

it('a copy of a policy takes the first free name', () => {
  expect(freeName('HPA', ['live'])).toBe('HPA');
  expect(freeName('HPA 2', ['HPA', 'HPA 2'])).toBe('HPA 3');
});
