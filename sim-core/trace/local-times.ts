import type { TimeZone } from '../units/zone/time-zone.ts';
import type { Findings } from './findings.ts';

/** Rows out of order by less than this, s, tell nothing of the clocks in any file. */
const usualDisorder = 60;

/**
 * The times of a file that names no offset, by the clocks of a zone.
 *
 * Times that clocks showed twice, when they were set back, are taken as the first, unless the order of the rows shows
 * that it is the second: the time would go back by more than rows of the file are out of order otherwise. Rows an hour
 * apart repeat the hour itself; a row of the same time as the one before is then the second, in a file that had no two
 * rows of one time. Files may run backwards.
 */
export class LocalTimes {
  private before = NaN;
  /** s from the row before last to the last one of another time */
  private step = 0;
  /** steps forward less those back */
  private forward = 0;
  /** s, the most by which a row was out of order, and not the beginning of another series */
  private disorder = 0;
  private repeats = false;

  constructor(
    private readonly zone: TimeZone,
    private readonly findings: Findings,
  ) {}

  /** @param local s since 1970 as the clock showed it, of the rows in their order @returns Unix time, s */
  instantOf(local: number, line: number): number {
    const offset = this.zone.plainOffsetOf(local);
    const instant = Number.isNaN(offset) ? this.choose(local, line) : local - offset;
    if (instant === this.before) this.repeats = true;
    else this.advance(instant);
    return instant;
  }

  private advance(instant: number): void {
    const step = instant - this.before;
    this.before = instant;
    if (Number.isNaN(step)) return;
    this.step = step;
    this.forward += Math.sign(step);
    const size = Math.abs(step);
    if (step > 0 !== this.forward > 0 && size < 1800 && size > this.disorder) this.disorder = size;
  }

  private choose(local: number, line: number): number {
    const { before, forward, disorder, step, repeats } = this;
    const { shown, first, second } = this.zone.read(local);
    if (shown === 'never') {
      this.findings.add('trace-hour-skipped', line);
      return first;
    }
    this.findings.add('trace-hour-twice', line);
    const apart = second - first;
    const least = Math.min(apart / 2, Math.max(usualDisorder, 2 * disorder));
    const [sooner, later] = forward < 0 ? [second, first] : [first, second];
    // How far the sooner of the two lies behind the row before; far more than an hour is where another series begins.
    const behind = (before - sooner) * (forward < 0 ? -1 : 1);
    if (behind === 0 && !repeats && Math.abs(step) >= apart) return later;
    return behind > least && behind <= 2 * apart ? later : sooner;
  }
}
