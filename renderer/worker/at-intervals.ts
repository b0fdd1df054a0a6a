const intervalMilliseconds = 100;

/** Tells how far the work is, at most ten times a second, and not within its first tenth. */
export function atIntervals(tell: (fraction: number) => void): (fraction: number) => void {
  let told = performance.now();
  return (fraction) => {
    const now = performance.now();
    if (now - told < intervalMilliseconds) return;
    told = now;
    tell(fraction);
  };
}
