import { azureConfig } from '../autoscaling/azure/config.ts';
import { readIsoDuration } from '../autoscaling/azure/iso-duration.ts';
import type { Issue } from '../issue.ts';
import type { ManifestFormat, ManifestItem, ManifestOptions, Mapping, Path } from './contract.ts';
import { notCarried } from './export-issue.ts';
import { dnsLabel } from './names.ts';
import { Origins } from './origins.ts';
import { Reading } from './reading.ts';
import { isMapping, mappingAt, mappingsAt, textAt, without, withoutNulls } from './tree.ts';

const type = 'Microsoft.Insights/autoscaleSettings';
const settings = ['enabled', 'name', 'targetResourceUri', 'profiles'];
const usualInterval = 60;

const isSetting = (data: Mapping): boolean => {
  const holder = isMapping(data['properties']) ? data['properties'] : data;
  return mappingsAt(holder, 'profiles').some(({ data: profile }) => isMapping(profile['capacity']));
};

/** Settings of an item: itself, or those among the resources of a template. */
function settingsIn(item: ManifestItem): ManifestItem[] {
  if (isSetting(item.data)) return [item];
  return mappingsAt(item.data, 'resources').flatMap(({ data, path }) =>
    isSetting(data) ? [{ ...item, data, path: [...item.path, ...path] }] : [],
  );
}

/** Autoscale setting of Azure Monitor: an ARM resource, a template that has one, or what `az monitor autoscale show` prints. */
export const azureFormat: ManifestFormat = {
  title: 'Azure autoscale setting',
  kinds: ['azure'],
  extension: 'json',
  mark: /["']?(?:metricTrigger|targetResourceUri)["']?\s*:|autoscaleSettings/i,
  claims: (data) => isSetting(data) || mappingsAt(data, 'resources').some(({ data: each }) => isSetting(each)),
  read(items) {
    const reading = new Reading();
    for (const item of items) {
      const found = settingsIn(item);
      if (found[0] !== item) {
        const others = mappingsAt(item.data, 'resources').filter(({ data }) => !isSetting(data));
        for (const { data, path } of others)
          reading.note(item, path, `Resource ${textAt(data, 'type') ?? 'without type'}: no autoscale setting.`);
      }
      for (const setting of found) readOne(reading, setting);
    }
    return reading;
  },
  write(whole, policy, options) {
    const { config, issues } = withoutInterval(whole);
    const name = textAt(config, 'name') ?? options.name ?? dnsLabel(policy.name);
    const resource = {
      type,
      apiVersion: '2022-10-01',
      name,
      location: '[resourceGroup().location]',
      properties: azureProperties(config, name, options),
    };
    return { text: `${JSON.stringify(resource, null, 2)}\n`, issues };
  },
};

/** How often the engine runs is an assumption of the simulation, and no setting. */
export function withoutInterval({ interval, ...config }: Mapping): { config: Mapping; issues: Issue[] } {
  const often = interval === undefined ? usualInterval : readIsoDuration(String(interval));
  const message = 'How often the engine of Azure runs cannot be set: `interval` is left out.';
  return { config, issues: often === usualInterval ? [] : [notCarried(message)] };
}

function readOne(reading: Reading, item: ManifestItem): void {
  const path: Path = isMapping(item.data['properties']) ? ['properties'] : [];
  const given = withoutNulls(path.length === 0 ? item.data : mappingAt(item.data, 'properties')) as Mapping;
  if (path.length > 0)
    reading.passOver(
      item,
      item.data,
      Object.keys(without(item.data, ['properties', 'name'])),
      'describes the resource, not how it scales.',
    );
  const predictive = mappingAt(given, 'predictiveAutoscalePolicy')['scaleMode'];
  const harmless = Object.keys(without(given, settings)).filter(
    (key) => key !== 'predictiveAutoscalePolicy' || predictive === undefined || predictive === 'Disabled',
  );
  reading.passOver(item, given, harmless, 'does not say how it scales.', path);
  const config = clockTimes(without(given, harmless));
  const name = textAt(given, 'name') ?? textAt(item.data, 'name') ?? 'azure';
  reading.policy(item, 'azure', {
    name,
    config,
    schema: azureConfig,
    origins: new Origins(path),
    root: 'autoscale setting',
  });
}

/** Older command lines print `0:05:00` where the API has `PT5M`. */
function clockTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clockTimes);
  if (isMapping(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clockTimes(each)]));
  const [, days = '0', hours, minutes, seconds] = /^(?:(\d+) days?, )?(\d+):(\d\d):(\d\d)$/.exec(String(value)) ?? [];
  if (typeof value !== 'string' || hours === undefined) return value;
  return isoText(((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds));
}

/** Seconds as ISO 8601 has them: `PT1H30M`. */
function isoText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor((seconds % 3600) / 60), 'M'],
    [seconds % 60, 'S'],
  ] as const;
  const text = parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('');
  return `PT${text === '' ? '0S' : text}`;
}

/** The properties as the API takes them: everything it requires is there, counts are text, durations ISO 8601. */
export function azureProperties(config: Mapping, name: string, options: ManifestOptions): Mapping {
  const target =
    textAt(config, 'targetResourceUri') ??
    `[resourceId('Microsoft.Compute/virtualMachineScaleSets', '${dnsLabel(options.target)}')]`;
  const iso = (value: unknown): string => isoText(readIsoDuration(String(value)) ?? NaN);
  const profiles = mappingsAt(config, 'profiles').map(({ data: profile }) => ({
    name: 'default',
    ...profile,
    capacity: Object.fromEntries(
      Object.entries(mappingAt(profile, 'capacity')).map(([key, value]) => [key, String(value)]),
    ),
    rules: mappingsAt(profile, 'rules').map(({ data: rule }) => {
      const trigger = mappingAt(rule, 'metricTrigger');
      const action = mappingAt(rule, 'scaleAction');
      return {
        metricTrigger: {
          metricResourceUri: target,
          statistic: 'Average',
          timeAggregation: 'Average',
          ...trigger,
          timeGrain: trigger['timeGrain'] === undefined ? 'PT1M' : iso(trigger['timeGrain']),
          timeWindow: iso(trigger['timeWindow']),
          threshold: Number(trigger['threshold']),
        },
        scaleAction: { ...action, value: String(action['value']), cooldown: iso(action['cooldown']) },
      };
    }),
  }));
  return { enabled: true, name, targetResourceUri: target, profiles };
}
