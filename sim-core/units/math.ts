/**
 * Elementary functions that give the same bits in every JavaScript engine. The language leaves Math.log, exp, pow, sin
 * and their like to the engine, and Node and Chromium do differ in the last place: enough to make two runs of one seed
 * part. These use only + − × ÷, √ and integers, whose results the language fixes.
 */
export { exp, expm1 } from './exponential.ts';
export { log, log1p } from './logarithm.ts';
export { pow } from './power.ts';
export { cos, sin } from './trigonometry.ts';
