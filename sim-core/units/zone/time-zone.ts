import { ZoneClock, type ClockStretch } from './zone-clock.ts';
import { zoneTable } from './zone-table.ts';

/** What a reading of a clock can mean. */
export interface LocalTime {
  /** `twice`: clocks were set back, and showed it before and after; `never`: they were set forward over it */
  readonly shown: 'once' | 'twice' | 'never';
  /** Unix time, s; of what was never shown, as if the clocks had not been changed */
  readonly first: number;
  /** Unix time, s; unlike `first` only for what was shown twice */
  readonly second: number;
}

/** Further apart than any two offsets, s. */
const widest = 27 * 3600;

/** The clocks of one place: what they show at an instant, and which instants they show a time at. */
export class TimeZone {
  private plainFrom = NaN;
  private plainUntil = NaN;
  private plainOffset = NaN;

  constructor(
    readonly name: string,
    private readonly clock: { stretchAt(epoch: number): ClockStretch },
  ) {}

  /** @param epoch Unix time, s */
  stretchAt(epoch: number): ClockStretch {
    return this.clock.stretchAt(epoch);
  }

  /** @returns s east of UTC */
  offsetAt(epoch: number): number {
    return this.clock.stretchAt(epoch).offset;
  }

  /**
   * The offset of a reading that clocks have shown once, the common case: neighbours cost a comparison.
   *
   * @param local s since 1970 as the clock shows it
   * @returns s east of UTC; NaN for a reading shown twice or never
   */
  plainOffsetOf(local: number): number {
    if (local >= this.plainFrom && local < this.plainUntil) return this.plainOffset;
    const { shown, first } = this.read(local);
    if (shown !== 'once') return NaN;
    const { from, until, offset } = this.stretchAt(first);
    this.plainFrom = from + Math.max(offset, from > -Infinity ? this.offsetAt(from - 1) : offset);
    this.plainUntil = until + Math.min(offset, until < Infinity ? this.offsetAt(until) : offset);
    this.plainOffset = offset;
    return offset;
  }

  /** @param local s since 1970 as the clock shows it */
  read(local: number): LocalTime {
    const instants: number[] = [];
    let before = local - this.offsetAt(local - widest);
    for (let stretch = this.stretchAt(local - widest); ; stretch = this.stretchAt(stretch.until)) {
      const epoch = local - stretch.offset;
      if (epoch >= stretch.from && epoch < stretch.until) instants.push(epoch);
      else if (epoch >= stretch.until) before = epoch;
      if (stretch.until > local + widest) break;
    }
    const [first = before, second = first] = instants;
    return { shown: instants.length === 0 ? 'never' : second === first ? 'once' : 'twice', first, second };
  }
}

const packedByName = new Map(
  zoneTable.lines
    .trim()
    .split('\n')
    .flatMap((line): [string, string][] => {
      const bar = line.indexOf('|');
      const names = line.slice(0, bar).split(' ');
      return names.map((name) => [name, line.slice(bar + 1)]);
    }),
);

/** The names of the time zone database, in order of the alphabet. */
export const zoneNames: readonly string[] = [...packedByName.keys()].sort();

/**
 * The zone of a name of the time zone database (`Europe/Berlin`, `UTC`, `Etc/GMT-2`), of `Z`, or of an offset (`+02:00`).
 *
 * @returns undefined for any other name
 */
export function findTimeZone(name: string): TimeZone | undefined {
  const [, sign, hours, minutes] = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(name) ?? [];
  if (sign !== undefined) {
    const size = Number(hours) * 3600 + Number(minutes) * 60;
    const always = { from: -Infinity, until: Infinity, offset: sign === '-' ? 0 - size : size };
    return new TimeZone(name, { stretchAt: () => always });
  }
  const packed = packedByName.get(name === 'Z' ? 'UTC' : name);
  return packed === undefined ? undefined : new TimeZone(name, new ZoneClock(packed));
}

/** @throws Error for a name that `findTimeZone` does not know: whoever read it should have */
export function timeZone(name: string): TimeZone {
  const zone = findTimeZone(name);
  if (zone === undefined) throw new Error(`no time zone: ${name}`);
  return zone;
}
