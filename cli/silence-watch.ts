/** Nothing was heard for too long. */
export class Silence extends Error {
  override readonly name = 'Silence';
}

/**
 * Waits for a silence: `silent` rejects with Silence when `heard` was not called for longer than the limit, and never
 * with a limit of Infinity. Call `end` when nobody waits any longer.
 */
export function watchSilence(limitMilliseconds: number): {
  readonly silent: Promise<never>;
  heard(): void;
  end(): void;
} {
  let last = performance.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const silent = new Promise<never>((_, reject) => {
    if (limitMilliseconds === Infinity) return;
    timer = setInterval(
      () => {
        if (performance.now() - last > limitMilliseconds) reject(new Silence());
      },
      Math.min(1000, limitMilliseconds),
    );
  });
  silent.catch(() => undefined);
  return { silent, heard: () => void (last = performance.now()), end: () => clearInterval(timer) };
}
