import type { Issue } from '../issue.ts';

/** A number worked out from a recording, and how sure it is. */
export interface CalibratedNumber {
  readonly value: number;
  /** lowest and highest value of its confidence interval, in the unit of the value; null where none can be given */
  readonly interval: readonly [low: number, high: number] | null;
  /** how it was worked out, in a few words */
  readonly method: string;
  /** values it rests on */
  readonly points: number;
}

/** What a calibration found, or why it found nothing. */
export type Calibrated<Found> =
  | { readonly found: Found; readonly issues: readonly Issue[] }
  | { readonly found?: undefined; readonly issues: readonly Issue[] };

/** The confidence of every interval here. */
export const calibrationConfidence = 0.95;

/** A calibration that could not be made: data, because a recording may well not tell. */
export function notCalibrated(code: 'calibration-too-little' | 'calibration-no-relation', message: string) {
  return { issues: [{ code, severity: 'error' as const, path: [], message }] };
}
