import { describe, expect, it } from 'vitest';
import { provenanceOf, provenancesOf } from '../../../renderer/features/inspector/provenance/provenance.ts';
import { dataOfYaml, setInYaml } from '../../../renderer/stores/yaml-edit.ts';

const note = (value: string): string => `{ value: ${value}, method: by hand }`;
const text = `services:
  shop:
    serviceTime: { lognormal: { p50: 84ms, p95: 0.2s } }
    concurrency: 4
    replicas: { startup: 40s }
    resources: { cpuPerBusySlot: 0.25 }
provenance:
  services.shop.serviceTime: ${note('"{ lognormal: { p50: 84ms, p95: 200ms } }"')}
  services.shop.replicas.startup: { value: 40s, low: 35s, high: 50s, method: matched, source: a.csv, points: 12, from: 0s, to: 4d, date: 2026-11-21 }
  services.shop.resources.cpuPerBusySlot: ${note('250m')}
  services.shop.gone: ${note('1')}
`;
const states = (yaml: string) =>
  Object.fromEntries(provenancesOf(dataOfYaml(yaml)).map(({ path, state }) => [path.at(-1), state]));

describe('where a calibrated value comes from', () => {
  it('is told with everything that is noted, for what the file has', () => {
    expect(states(text)).toEqual({ serviceTime: 'calibrated', startup: 'calibrated', cpuPerBusySlot: 'calibrated' });
    const [, startup] = provenancesOf(dataOfYaml(text));
    expect(startup?.facts).toEqual([
      ['Found', '40s'],
      ['Interval', '35s to 50s'],
      ['Method', 'matched'],
      ['Source', 'a.csv'],
      ['Data', '0s to 4d'],
      ['Rests on', '12 values'],
      ['When', '2026-11-21'],
    ]);
  });

  it('is found for a field that is part of what was calibrated', () => {
    const all = provenancesOf(dataOfYaml(text));
    const of = (path: string) => provenanceOf(all, path.split('.'))?.path.at(-1);
    expect(of('services.shop.serviceTime.lognormal.p50')).toBe('serviceTime');
    expect(of('services.shop.replicas')).toBeUndefined();
    expect(of('services.shop.concurrency')).toBeUndefined();
  });

  it('says when the value was edited since, however it is written', () => {
    const startup = ['services', 'shop', 'replicas', 'startup'];
    expect(states(setInYaml(text, startup, '0m40s')).startup).toBe('calibrated');
    expect(states(setInYaml(text, startup, '41s')).startup).toBe('edited');
    const p95 = ['services', 'shop', 'serviceTime', 'lognormal', 'p95'];
    expect(states(setInYaml(text, p95, '201ms')).serviceTime).toBe('edited');
    expect(states(setInYaml(text, p95, '200ms')).serviceTime).toBe('calibrated');
  });

  it('does not judge what a value was made into, unless it stands in it', () => {
    const startup = ['services', 'shop', 'replicas', 'startup'];
    expect(states(setInYaml(text, startup, { lognormal: { p50: '40s', p95: '90s' } })).startup).toBe('calibrated');
    expect(states(setInYaml(text, startup, { exponential: { mean: '44s' } })).startup).toBe('made');
  });
});
