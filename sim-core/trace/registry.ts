import { csv } from './csv.ts';
import type { TraceFormat } from './format.ts';
import { jsonArray, ndjson } from './json-rows.ts';
import { prometheus } from './prometheus.ts';
import { values } from './values.ts';
import { wideSeries } from './wide-series.ts';

/** Every format; where two are equally sure of a file, the earlier line has it. CSV takes any text. */
export const traceFormats: readonly TraceFormat[] = [prometheus, ndjson, jsonArray, values, wideSeries, csv];
