import { stringify } from 'yaml';
import { watermarkConfig } from '../../autoscaling/watermark/config.ts';
import type { ManifestFormat, Mapping } from '../contract.ts';
import { notCarried } from '../export-issue.ts';
import { dnsLabel } from '../names.ts';
import { Origins } from '../origins.ts';
import { Reading } from '../reading.ts';
import { isMapping, mappingAt } from '../tree.ts';
import { objectName, passOverObject, writtenMetadata } from './objects.ts';

const quantities = ['tolerance', 'scaleUpLimitFactor', 'scaleDownLimitFactor'];
const usualSyncPeriod = 15;

/** WatermarkPodAutoscaler of datadoghq.com/v1alpha1, its spec verbatim. */
export const watermarkFormat: ManifestFormat = {
  title: 'WatermarkPodAutoscaler',
  kinds: ['watermark'],
  extension: 'yaml',
  mark: /["']?kind["']?\s*:\s*["']?WatermarkPodAutoscaler\b/,
  claims: ({ kind }) => kind === 'WatermarkPodAutoscaler',
  read(items) {
    const reading = new Reading();
    for (const item of items) {
      passOverObject(reading, item, '');
      const origins = new Origins(['spec']);
      const config = mappingAt(item.data, 'spec');
      reading.policy(item, 'watermark', {
        name: objectName(item.data),
        config,
        schema: watermarkConfig,
        origins,
        root: 'spec',
      });
    }
    return reading;
  },
  write({ syncPeriod = usualSyncPeriod, scaleTargetRef, ...rest }, policy, options) {
    const issues =
      syncPeriod === usualSyncPeriod
        ? []
        : [
            notCarried(
              `The period of the controller is a flag of its own: start it with \`--syncPeriodSeconds=${String(syncPeriod)}\`.`,
            ),
          ];
    const spec = Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [key, quantities.includes(key) ? String(value) : value]),
    ) as Mapping;
    const { metrics } = spec;
    const manifest = {
      apiVersion: 'datadoghq.com/v1alpha1',
      kind: 'WatermarkPodAutoscaler',
      metadata: writtenMetadata(policy, options),
      spec: {
        scaleTargetRef: scaleTargetRef ?? { apiVersion: 'apps/v1', kind: 'Deployment', name: dnsLabel(options.target) },
        ...spec,
        metrics: Array.isArray(metrics) ? metrics.filter(isMapping).map(writtenMetric) : [],
      },
    };
    return { text: stringify(manifest), issues };
  },
};

/** Watermarks are quantities: text. */
function writtenMetric(metric: Mapping): Mapping {
  const key = metric['type'] === 'External' ? 'external' : 'resource';
  const source = Object.entries(mappingAt(metric, key)).map(([name, value]) => [
    name,
    name.endsWith('Watermark') ? String(value) : value,
  ]);
  return { ...metric, [key]: Object.fromEntries(source) as Mapping };
}
