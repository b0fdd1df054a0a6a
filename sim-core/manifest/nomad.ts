import { nomadConfig } from '../autoscaling/nomad/config.ts';
import type { ManifestFormat, ManifestItem, Mapping, Path } from './contract.ts';
import { goDuration } from './go-duration.ts';
import { printHcl } from './hcl/print.ts';
import type { HclAttribute, HclBlock, HclValue } from './hcl/print.ts';
import { dnsLabel } from './names.ts';
import { Origins } from './origins.ts';
import { Reading } from './reading.ts';
import { isMapping, mappingAt, mappingsAt, textAt, without } from './tree.ts';

/** A `scaling` block, and where it stands. */
interface Scaling {
  readonly name: string | undefined;
  readonly data: Mapping;
  readonly path: Path;
}

const durations = ['cooldown', 'cooldown_on_scale_up', 'evaluation_interval', 'query_window'];

/** A key as blocks or the API write it, in that order. */
const either = (data: Mapping, ...keys: readonly string[]): string =>
  keys.find((key) => data[key] !== undefined) ?? keys[0] ?? '';

/** A scaling policy of Nomad: in a job, in a file of the autoscaler, or as the API prints it. */
export const nomadFormat: ManifestFormat = {
  title: 'Nomad scaling policy',
  kinds: ['nomad'],
  extension: 'hcl',
  mark: /^\s*scaling\s*(?:"[^"\n]*"\s*)?\{|"evaluation_interval"\s*:|"[Ss]caling"\s*:\s*\{/m,
  claims: (data) => scalingsIn(data, []).length > 0,
  read(items) {
    const reading = new Reading();
    for (const item of items) {
      const found = scalingsIn(item.data, []);
      for (const scaling of found) readOne(reading, item, scaling);
      if (found.some(({ path }) => path.length > 2))
        reading.note(item, [], 'Of the job only the `scaling` blocks of its groups are read.');
      const used = found.map(({ path }) => String(path[0]));
      const others = Object.keys(item.data).filter(
        (key) => found.every(({ path }) => path.length > 0) && !used.includes(key),
      );
      reading.passOver(item, item.data, others, 'does not say how something scales.');
    }
    return reading;
  },
  write(config, policy, options) {
    const { min, max, policy: rules = {} } = config as Mapping & { policy?: Mapping };
    const { check, target, ...settings } = rules;
    const checks = Object.entries(isMapping(check) ? check : {}).map(([name, each]): HclBlock => {
      const { strategy, ...rest } = isMapping(each) ? each : {};
      const strategies = Object.entries(isMapping(strategy) ? strategy : {}).flatMap(([kind, given]): HclBlock[] =>
        isMapping(given) ? [{ name: 'strategy', labels: [kind], body: attributes(given) }] : [],
      );
      return { name: 'check', labels: [name], body: [...attributes(rest), ...strategies] };
    });
    const body: (HclAttribute | HclBlock)[] = [...attributes(settings), ...checks];
    if (isMapping(target)) body.push({ name: 'target', body: attributes(target) });
    const scaling: HclBlock = {
      name: 'scaling',
      labels: [options.name ?? dnsLabel(policy.name)],
      body: [...attributes({ enabled: true, min, max }), { name: 'policy', body }],
    };
    return { text: printHcl([scaling]), issues: [] };
  },
};

/** Every scaling block of a file, whatever it is wrapped in. */
function scalingsIn(data: Mapping, path: Path): Scaling[] {
  const policyKey = either(data, 'policy', 'Policy');
  const [policy] = mappingsAt(data, policyKey);
  if (policy !== undefined && mappingsAt(policy.data, 'check').length > 0)
    return [{ name: textAt(mappingAt(data, 'Target'), 'Group'), data, path }];
  const named = (key: string): Scaling[] =>
    mappingsAt(data, key).flatMap(({ data: inner, path: below }) => {
      const direct = scalingsIn(inner, [...path, ...below]);
      if (direct.length > 0) return direct.map((each) => ({ ...each, name: each.name ?? textAt(inner, 'Name') }));
      // With a label there is one more level.
      return Object.entries(inner).flatMap(([name, labelled]) =>
        isMapping(labelled)
          ? scalingsIn(labelled, [...path, ...below, name]).map((each) => ({ ...each, name: each.name ?? name }))
          : [],
      );
    });
  return ['scaling', 'Scaling', 'job', 'Job', 'group', 'TaskGroups'].flatMap(named);
}

function readOne(reading: Reading, item: ManifestItem, { name, data, path }: Scaling): void {
  const origins = new Origins(path);
  const [minKey, maxKey, policyKey, enabledKey] = [
    either(data, 'min', 'Min'),
    either(data, 'max', 'Max'),
    either(data, 'policy', 'Policy'),
    either(data, 'enabled', 'Enabled'),
  ];
  const [policy = { data: {}, path: [policyKey] }] = mappingsAt(data, policyKey);
  const at: Path = [...path, ...policy.path];
  origins.note(['min'], [...path, minKey]);
  origins.note(['max'], [...path, maxKey]);
  origins.note(['enabled'], [...path, enabledKey]);
  origins.note(['policy'], at);
  const about = ['type', 'Type', 'ID', 'Namespace', 'Target', 'CreateIndex', 'ModifyIndex'];
  reading.passOver(item, data, about, 'says what is scaled, not how.', path);
  const rest = without(data, [minKey, maxKey, policyKey, enabledKey, ...about]);
  const check: Record<string, unknown> = {};
  for (const { data: checks, path: below } of mappingsAt(policy.data, 'check')) {
    for (const [label, given] of Object.entries(checks)) {
      const inner = first(given, [...at, ...below, label]);
      origins.note(['policy', 'check', label], inner.path);
      check[label] = isMapping(inner.value)
        ? readCheck(inner.value, inner.path, ['policy', 'check', label], origins)
        : inner.value;
    }
  }
  const target = first(policy.data['target'], [...at, 'target']);
  const config = {
    ...rest,
    ...(data[enabledKey] !== undefined && { enabled: data[enabledKey] }),
    ...(data[minKey] !== undefined && { min: data[minKey] }),
    ...(data[maxKey] !== undefined && { max: data[maxKey] }),
    policy: { ...policy.data, ...(target.value !== undefined && { target: target.value }), check },
  };
  reading.policy(item, 'nomad', {
    name: name ?? 'nomad',
    config,
    schema: nomadConfig,
    origins,
    root: 'scaling policy',
  });
}

function readCheck(check: Mapping, from: Path, to: Path, origins: Origins): Mapping {
  const strategies = mappingsAt(check, 'strategy');
  if (strategies.length === 0) return check;
  const strategy = Object.fromEntries(
    strategies.flatMap(({ data, path }) =>
      Object.entries(data).map(([kind, given]) => {
        const inner = first(given, [...from, ...path, kind]);
        origins.note([...to, 'strategy', kind], inner.path);
        return [kind, inner.value];
      }),
    ),
  ) as Mapping;
  return { ...check, strategy };
}

/** The API prints a block as a list of one. */
function first(value: unknown, path: Path): { value: unknown; path: Path } {
  return Array.isArray(value) && value.length === 1
    ? { value: value[0] as unknown, path: [...path, 0] }
    : { value, path };
}

function attributes(data: Mapping): HclAttribute[] {
  return Object.entries(data).flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    if (isMapping(value)) return [{ name, value: { pairs: value as Readonly<Record<string, HclValue>> } }];
    return [{ name, value: durations.includes(name) ? goDuration(value) : (value as HclValue) }];
  });
}
