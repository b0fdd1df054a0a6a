import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { RecordedSeries, TraceImport } from '../../../sim-core/trace/contract.ts';
import { importBytes, sampleFolder, traceSamples } from '../../support/trace-samples.ts';

/** Numbers as they are, but not more of them than a person reads. */
function few(values: Float64Array): (number | string)[] {
  const shown = values.length > 8 ? [...values.slice(0, 6), NaN, ...values.slice(-2)] : [...values];
  return shown.map((value, i) => (values.length > 8 && i === 6 ? '…' : Number.isNaN(value) ? 'none' : value));
}

function shown({ series, recorded, ...rest }: TraceImport): object {
  return {
    ...rest,
    startEpoch: String(rest.startEpoch),
    series: series && {
      ...series,
      startEpoch: String(series.startEpoch),
      rows: series.time.length,
      time: few(series.time),
      rate: few(series.rate),
      ...(series.serviceTime !== undefined && { serviceTime: few(series.serviceTime) }),
    },
    recorded: recorded.map(({ time, values, ...facts }: RecordedSeries) => ({
      ...facts,
      rows: time.length,
      time: few(time),
      values: few(values),
    })),
  };
}

/** What each sample is read as; `npx vitest run test/unit/trace/samples.test.ts -u` writes it anew. */
it.each(traceSamples.map((sample) => [`${sample.format.name}/${sample.file}`, sample] as const))(
  '%s',
  async (_name, { format, file, bytes }) => {
    const golden = new URL(`${format.name}/${file}.golden.json`, sampleFolder);
    const text = `${JSON.stringify(shown(await importBytes(file, bytes)), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(fileURLToPath(golden));
  },
);
