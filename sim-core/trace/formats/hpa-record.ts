import type { StreamFormat } from '../format.ts';
import { JsonLinesReader } from '../json-lines.ts';
import type { JsonValue } from '../json-text.ts';
import { valueAt } from '../json-value.ts';
import { SampledSeries } from '../sampled-series.ts';
import type { Sample } from '../sampled-series.ts';
import type { SeriesSpec } from '../series-group.ts';

/**
 * What `kubectl hpa-status record` writes: one recording a line, with snapshots of replicas and of the metrics the
 * autoscaler saw.
 */
export const hpaRecord: StreamFormat = {
  name: 'hpa-record',
  title: 'kubectl hpa-status recording',
  access: 'text',
  recognise: ({ lines }) =>
    /"hpaName"\s*:/.test(lines[0] ?? '') && /"snapshots"\s*:/.test(lines[0] ?? '')
      ? { confidence: 1, reason: '`hpaName` and `snapshots`' }
      : undefined,
  createReader: (context) => {
    context.findings.rowWord = 'sample';
    const gathered = new Map<string, { readonly spec: SeriesSpec; readonly samples: Sample[] }>();
    const put = (spec: SeriesSpec, time: JsonValue | undefined, value: JsonValue | undefined): void => {
      if (value === undefined) return;
      const key = `${spec.name} ${JSON.stringify(spec.labels)}`;
      const known = gathered.get(key) ?? { spec, samples: [] };
      gathered.set(key, known);
      known.samples.push([time, value]);
    };
    return new JsonLinesReader(
      context.recording,
      (recording, line) => {
        const snapshots = valueAt(recording, 'snapshots');
        if (!Array.isArray(snapshots)) {
          context.recording.rows++;
          context.recording.malformed(line, 'no `snapshots`');
          return;
        }
        const labels = {
          hpa: String(valueAt(recording, 'hpaName') ?? ''),
          namespace: String(valueAt(recording, 'namespace') ?? ''),
        };
        for (const snapshot of snapshots) {
          const time = valueAt(snapshot, 'timestamp');
          put({ name: 'currentReplicas', role: 'replicas', labels }, time, valueAt(snapshot, 'currentReplicas'));
          put(
            { name: 'desiredReplicas', role: 'desired-replicas', labels },
            time,
            valueAt(snapshot, 'desiredReplicas'),
          );
          const metrics = valueAt(snapshot, 'metricValues');
          for (const metric of Array.isArray(metrics) ? metrics : []) {
            const [name, unit] = [valueAt(metric, 'name'), valueAt(metric, 'unit')];
            if (typeof name !== 'string') continue;
            put({ name, labels, ...(typeof unit === 'string' && { unit }) }, time, valueAt(metric, 'value'));
          }
        }
      },
      () => {
        const series = new SampledSeries(context);
        for (const { spec, samples } of gathered.values()) series.add(spec, samples);
        series.end();
      },
    );
  },
};
