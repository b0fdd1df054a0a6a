import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { TraceImport } from '../../sim-core/trace/contract.ts';
import type { TraceFormat } from '../../sim-core/trace/format.ts';
import { importFile } from '../../sim-core/trace/import-file.ts';
import type { ImportMapping } from '../../sim-core/trace/import-session.ts';
import { traceFormats } from '../../sim-core/trace/registry.ts';

/** One small file of a format, in test/unit/trace/samples/<format>/. */
export interface TraceSample {
  readonly format: TraceFormat;
  readonly file: string;
  readonly bytes: Uint8Array;
}

export const sampleFolder = new URL('../unit/trace/samples/', import.meta.url);

/** The samples of every format in the registry; a format without one is a mistake. */
export const traceSamples: readonly TraceSample[] = traceFormats.flatMap((format) => {
  const folder = new URL(`${format.name}/`, sampleFolder);
  const files = readdirSync(folder).filter((file) => !file.endsWith('.golden.json'));
  if (files.length === 0) throw new Error(`no sample of ${format.name} in test/unit/trace/samples/${format.name}`);
  return files.sort().map((file) => ({ format, file, bytes: new Uint8Array(readFileSync(new URL(file, folder))) }));
});

/** Bytes in memory, read as a host reads a file: in chunks of any size, and by position. */
export function importBytes(
  name: string,
  bytes: Uint8Array,
  mapping: ImportMapping = {},
  chunkSize = 65_536,
): Promise<TraceImport> {
  return importFile(
    {
      name,
      size: bytes.length,
      async *open() {
        for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
      },
      ranges: { size: bytes.length, read: async (start, end) => bytes.slice(start, end) },
    },
    mapping,
    {
      async *gunzip(chunks) {
        const all: Uint8Array[] = [];
        for await (const chunk of chunks) all.push(chunk.slice());
        yield gunzipSync(Buffer.concat(all));
      },
    },
  );
}

/** What every import must be, whatever came in: sound series, or an error that says clearly why not. */
export function expectSound({ series, recorded, report, issues }: TraceImport): void {
  const failed = issues.some(({ severity }) => severity === 'error');
  if (failed) expect(series).toBeUndefined();
  else if (series === undefined) expect(recorded.length).toBeGreaterThan(0);
  if (!failed) expect(report).toBeDefined();
  expect(new Set(issues.map(({ code }) => code)).size).toBe(issues.length);
  for (const { message } of issues) expect(message).toMatch(/^[A-Z\d`].{20,}[.?]$/s);
  for (const { name, time, values, bucket } of recorded) {
    if (values.length !== time.length || !(bucket >= 0)) throw new Error(`${name}: ${values.length} of ${time.length}`);
    expectRising(time, true);
  }
  if (series === undefined) return;
  expect(series.rate.length).toBe(series.kind === 'rate' ? series.time.length : 0);
  if (series.serviceTime !== undefined) expect(series.serviceTime.length).toBe(series.time.length);
  expect(series.time[0]).toBe(0);
  expectRising(series.time, series.kind === 'rate');
  for (const rate of series.rate) if (rate < 0 || rate === Infinity) throw new Error(`rate ${rate}`);
  if (series.kind === 'rate') expect(series.bucket).toBeGreaterThan(0);
}

function expectRising(time: Float64Array, strictly: boolean): void {
  for (let i = 1; i < time.length; i++) {
    const [before, now] = [time[i - 1]!, time[i]!];
    if (strictly ? !(now > before) : !(now >= before)) throw new Error(`time goes back at row ${i}`);
  }
}
