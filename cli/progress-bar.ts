import type { Host } from './host.ts';

export interface ProgressBar {
  /**
   * @param what is under way: `3 of 8 runs`
   * @param status how far the rounds are, when there are several
   */
  update(fraction: number, what: string, status?: string | null): void;
  /** Wipes it, so that results begin on a clean line. */
  clear(): void;
}

const width = 24;
const interval = 100;

/** A bar on stderr when a person is watching; nothing at all in a pipe. */
export function createProgressBar(host: Host): ProgressBar {
  if (!host.stderr.isTerminal) return { update: () => undefined, clear: () => undefined };
  const started = host.now();
  let drawn = -Infinity;
  return {
    update(fraction, what, status = null) {
      const now = host.now();
      if (now - drawn < interval) return;
      drawn = now;
      const full = Math.round(fraction * width);
      const elapsed = (now - started) / 1000;
      const left = fraction > 0.02 ? `, ${Math.ceil((elapsed * (1 - fraction)) / fraction)} s left` : '';
      host.stderr.write(
        `\r\x1b[2K[${'█'.repeat(full)}${'░'.repeat(width - full)}] ${Math.floor(fraction * 100)} %  ${what}${left}${status === null ? '' : `; ${status}`}`,
      );
    },
    clear() {
      if (drawn !== -Infinity) host.stderr.write('\r\x1b[2K');
    },
  };
}
