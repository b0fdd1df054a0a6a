import type { Issue } from '../issue.ts';
import type { TraceImport, TraceReport, TraceSeries } from './contract.ts';
import { csv } from './csv.ts';
import { detectEncoding, headLength, utf16ToUtf8, withoutByteOrderMark } from './encoding.ts';
import { Findings } from './findings.ts';
import type { TraceFormat } from './format.ts';
import type { TraceMapping } from './mapping.ts';
import { prometheus } from './prometheus.ts';
import { values } from './values.ts';

/** Every format, in the order in which they are asked; CSV comes last because it takes any text. */
const formats: readonly TraceFormat[] = [prometheus, values, csv];

/**
 * Turns the bytes of a file into a series. The format is recognised by content, never by the file's name.
 * Never throws, whatever the bytes.
 *
 * @param fileName as shown in messages
 */
export function importTrace(
  fileName: string,
  bytes: Uint8Array,
  mapping: Omit<TraceMapping, 'file'> = {},
): TraceImport {
  const opened = open(fileName, bytes);
  if ('issues' in opened) return opened;
  return opened.format.import(fileName, opened.text, { ...mapping, file: fileName });
}

/** What a file nobody has described yet seems to be. */
export interface TraceInspection {
  /** `csv`, `prometheus`, `values`; null when it is none of them */
  readonly format: string | null;
  /** a complete mapping to start from: what the guesses came to; absent when a choice is needed */
  readonly mapping?: TraceMapping;
  readonly series?: TraceSeries;
  readonly report?: TraceReport;
  readonly issues: readonly Issue[];
}

/** Reads a file without being told how, and says what it took each column for, as a mapping one can edit. */
export function inspectTrace(fileName: string, bytes: Uint8Array): TraceInspection {
  const opened = open(fileName, bytes);
  if ('issues' in opened) return { format: null, issues: opened.issues };
  const format = opened.format.name;
  const read = opened.format.import(fileName, opened.text, { file: fileName });
  if (read.report === undefined || read.series === undefined) return { format, issues: read.issues };
  return { format, ...read, mapping: mappingOf(fileName, read.report, read.series) };
}

function mappingOf(file: string, report: TraceReport, series: TraceSeries): TraceMapping {
  if (report.format === 'values') return { file, bucket: series.bucket };
  if (report.format === 'prometheus') return { file, unit: 'requests/s' };
  const time = report.columns.find(({ role }) => role === 'time')?.name;
  const demand = report.columns.find(({ role }) => role === 'demand');
  return {
    file,
    ...(time !== undefined ? { time } : series.kind === 'rate' && { bucket: series.bucket }),
    ...(demand !== undefined && { column: demand.name, unit: demand.unit as NonNullable<TraceMapping['unit']> }),
    ...(series.kind === 'timestamps' && { kind: 'timestamps' as const }),
  };
}

function open(fileName: string, bytes: Uint8Array): { format: TraceFormat; text: Uint8Array } | { issues: Issue[] } {
  const findings = new Findings(fileName);
  const encoding = detectEncoding(bytes);
  let text = withoutByteOrderMark(bytes);
  if (encoding === 'gzip' || encoding === 'zip') findings.add('trace-compressed', 0, encoding);
  else if (encoding === 'parquet') findings.add('trace-binary', 0, 'a Parquet file');
  else if (encoding === 'binary') findings.add('trace-binary', 0, 'binary');
  else if (encoding !== 'utf-8') text = utf16ToUtf8(bytes, encoding === 'utf-16be');
  if (!findings.hasError && text.every((byte) => byte <= 32)) findings.add('trace-empty');
  if (findings.hasError) return { issues: findings.issues() };
  const head = text.subarray(0, headLength);
  return { format: formats.find((candidate) => candidate.recognises(head)) ?? csv, text };
}
