/** Half-widths of the dead zone below and above a ratio of 1. */
export interface Tolerance {
  readonly down: number;
  readonly up: number;
}

export const noTolerance: Tolerance = { down: 0, up: 0 };

/** Both ends belong to the dead zone. NaN is outside. */
export function isWithinTolerance(ratio: number, { down, up }: Tolerance): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}
