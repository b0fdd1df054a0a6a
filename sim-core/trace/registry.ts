import { csv } from './csv.ts';
import type { TraceFormat } from './format.ts';
import { prometheus } from './prometheus.ts';
import { values } from './values.ts';

/** Every format; where two are equally sure of a file, the earlier line has it. CSV takes any text. */
export const traceFormats: readonly TraceFormat[] = [prometheus, values, csv];
