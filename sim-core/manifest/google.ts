import { gcpConfig } from '../autoscaling/gcp/config.ts';
import type { ManifestFormat, Mapping, Path } from './contract.ts';
import { dnsLabel } from './names.ts';
import { Origins } from './origins.ts';
import { Reading } from './reading.ts';
import { isMapping, textAt, without } from './tree.ts';

/** Where the policy lies: in an autoscaler, or in a group that shows its autoscaler. */
function policyPath(data: Mapping): Path | undefined {
  if (isMapping(data['autoscalingPolicy'])) return ['autoscalingPolicy'];
  const { autoscaler } = data;
  return isMapping(autoscaler) && isMapping(autoscaler['autoscalingPolicy'])
    ? ['autoscaler', 'autoscalingPolicy']
    : undefined;
}

/** Autoscaler of a managed instance group, as `gcloud … describe` prints it and the API takes it. */
export const googleFormat: ManifestFormat = {
  title: 'Compute Engine autoscaler',
  kinds: ['gcp'],
  extension: 'json',
  mark: /["']?autoscalingPolicy["']?\s*:/,
  claims: (data) => policyPath(data) !== undefined,
  read(items) {
    const reading = new Reading();
    for (const item of items) {
      const path = policyPath(item.data) ?? [];
      const [first = '', second] = path.map(String);
      const holder = second === undefined ? item.data : (item.data[first] as Mapping);
      const config = holder['autoscalingPolicy'];
      const beside = Object.keys(without(holder, ['autoscalingPolicy', 'name']));
      const why = 'names the autoscaler or says what it was doing.';
      reading.passOver(item, holder, beside, why, path.slice(0, -1));
      if (second !== undefined)
        reading.passOver(
          item,
          item.data,
          Object.keys(without(item.data, [first, 'name'])),
          'describes the group, not how it scales.',
        );
      const name = textAt(holder, 'name') ?? textAt(item.data, 'name') ?? 'gcp';
      reading.policy(item, 'gcp', {
        name,
        config,
        schema: gcpConfig,
        origins: new Origins(path),
        root: 'autoscaling policy',
      });
    }
    return reading;
  },
  write(config, policy, options) {
    const resource = {
      name: options.name ?? dnsLabel(policy.name),
      target: `zones/ZONE/instanceGroupManagers/${dnsLabel(options.target)}`,
      autoscalingPolicy: config,
    };
    return { text: `${JSON.stringify(resource, null, 2)}\n`, issues: [] };
  },
};
