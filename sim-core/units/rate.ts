import { decimalPattern, looseDecimalPattern, parseDecimal, printShifted, shortestExact } from './decimal.ts';

/** Length of the period after the slash, s. */
const periods: Readonly<Record<string, number>> = { s: 1, sec: 1, m: 60, min: 60, h: 3600, d: 86_400 };
const multiples: Readonly<Record<string, number>> = { '': 0, k: 3, M: 6 };

/** What parseRate takes, as a regular expression for editors; a bare number means 1/s. */
export const ratePattern = `^${looseDecimalPattern} ?[kM]?(?: ?/ ?(?:s|sec|m|min|h|d))?$`;

const form = new RegExp(`^(${decimalPattern}) ?([kM]?)(?: ?/ ?(s|sec|m|min|h|d))?$`);

/**
 * A rate, 1/s. Accepts `150/s`, `9000/min`, `2.5/h`, `100/d`, with `k` or `M` for thousands or millions (`10k/s`), and
 * a bare number of 1/s.
 *
 * @returns undefined when the text is none of these
 */
export function parseRate(text: string): number | undefined {
  const match = form.exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', multiple = '', period] = match;
  if (multiple !== '' && period === undefined) return undefined;
  const count = parseDecimal(digits, multiples[multiple]);
  return count === undefined ? undefined : count / (periods[period ?? 's'] ?? 1);
}

/**
 * The rate as people write it, in the shortest exact form: `150/s`, `10k/s`, `1/min`.
 *
 * @param rate 1/s, finite, ≥ 0
 * @throws RangeError outside that range
 */
export function printRate(rate: number): string {
  if (!(rate >= 0 && rate < Infinity)) throw new RangeError(`not a rate: ${rate}`);
  const candidates = [`${rate}/s`];
  if (rate >= 1000) candidates.push(`${printShifted(rate, -3)}k/s`, `${printShifted(rate, -6)}M/s`);
  for (const unit of ['min', 'h', 'd']) {
    candidates.push(`${Math.round(rate * (periods[unit] ?? 1) * 1000) / 1000}/${unit}`);
  }
  return shortestExact(rate, candidates, parseRate) ?? `${rate}/s`;
}

/** What was probably meant by a text parseRate refuses: `150 rps` → `150/s`. */
export function suggestRate(text: string): string | undefined {
  const match = new RegExp(`^(${decimalPattern}) ?([kM]?) ?([a-z/ ]*)$`, 'i').exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', multiple = '', words = ''] = match;
  const number = `${digits}${multiple}`;
  if (/^(?:rps|qps|tps|hz|(?:[a-z]+ ?)?(?:\/|per) ?s(?:ec(?:ond)?s?)?)?$/i.test(words.trim())) return `${number}/s`;
  if (/^(?:rpm|qpm|(?:[a-z]+ ?)?(?:\/|per) ?m(?:in(?:ute)?s?)?)$/i.test(words.trim())) return `${number}/min`;
  if (/^(?:rph|(?:[a-z]+ ?)?(?:\/|per) ?h(?:(?:ou)?rs?)?)$/i.test(words.trim())) return `${number}/h`;
  if (/^(?:[a-z]+ ?)?(?:\/|per) ?d(?:ays?)?$/i.test(words.trim())) return `${number}/d`;
  return undefined;
}
