import { changesOf, parseYearlyRule, type YearlyRule } from './yearly-rule.ts';

/** A time during which the clocks of a zone stand still against UTC. */
export interface ClockStretch {
  /** Unix time, s; −∞ before the first change */
  readonly from: number;
  /** Unix time, s, exclusive; ∞ when no change is foreseen */
  readonly until: number;
  /** s east of UTC */
  readonly offset: number;
}

const secondsOfYear = 31_556_952;

/** When the clocks of one zone were changed, and will be. */
export class ZoneClock {
  private readonly times: number[] = [];
  private readonly offsets: number[] = [];
  private readonly rule: YearlyRule;
  /** the stretch asked for last; neighbours mostly ask the same */
  private last: ClockStretch | undefined;

  /**
   * @param packed `offsets|changes|rule` as tools/time-zones.mjs writes it: offsets in s, the first that of 1970;
   * changes as minutes since the one before (base 36, after a point seconds) and the letter of the offset then; the
   * rule for the time after the last change
   */
  constructor(packed: string) {
    const [offsets = '', changes = '', rule = ''] = packed.split('|');
    const known = offsets.split(' ').map(Number);
    this.offsets.push(known[0] ?? 0);
    let at = 0;
    for (const [, minutes = '', seconds = '0', letter = 'A'] of changes.matchAll(
      /([\da-z]+)(?:\.([\da-z]+))?([A-Z])/g,
    )) {
      at += parseInt(minutes, 36) * 60 + parseInt(seconds, 36);
      this.times.push(at);
      this.offsets.push(known[letter.charCodeAt(0) - 65] ?? 0);
    }
    this.rule = parseYearlyRule(rule);
  }

  /** @param epoch Unix time, s */
  stretchAt(epoch: number): ClockStretch {
    if (this.last === undefined || epoch < this.last.from || epoch >= this.last.until) this.last = this.find(epoch);
    return this.last;
  }

  private find(epoch: number): ClockStretch {
    const { times, offsets } = this;
    const last = times.at(-1) ?? -Infinity;
    if (epoch < last) {
      let low = 0;
      let high = times.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (times[middle]! > epoch) high = middle;
        else low = middle + 1;
      }
      return { from: times[low - 1] ?? -Infinity, until: times[low]!, offset: offsets[low]! };
    }
    const year = 1970 + Math.floor(epoch / secondsOfYear);
    // Literals of one form, not a spread: V8 meets the shape of those at every tick.
    let from = last;
    let offset = offsets.at(-1)!;
    for (const change of [-1, 0, 1].flatMap((step) => changesOf(year + step, this.rule))) {
      if (change.at <= last) continue;
      if (change.at > epoch) return { from, until: change.at, offset };
      ({ at: from, offset } = change);
    }
    return { from, until: Infinity, offset };
  }
}
