import { formatSeconds } from '../../../sim-core/index.ts';
import type { TraceReport } from '../../../sim-core/index.ts';

/** One count of the quality report. */
export interface QualityFact {
  readonly name: string;
  readonly text: string;
  /** none of it */
  readonly clean: boolean;
  readonly hint: string;
}

/** Everything that was counted about a recording, what there is none of too: nothing is left out silently. */
export function qualityFacts({ quality, rows, used, columns }: TraceReport): QualityFact[] {
  const count = (name: string, value: number, hint: string, after = ''): QualityFact => ({
    name,
    text: value.toLocaleString('en') + (value > 0 ? after : ''),
    clean: value === 0,
    hint,
  });
  const first = quality.malformedLines[0];
  const left = count('Not in the demand', Math.max(0, rows - used), 'Rows of the file that the demand does not hold');
  // Where each series has rows of its own, those of the others are no loss.
  const ofOthers = columns.filter(({ choice }) => choice === 'series').length > 1;
  return [
    ofOthers ? { ...left, clean: true } : left,
    count('Gaps', quality.gaps, 'Rows missing between the first and the last'),
    count('Without a value', quality.missing, 'Cells that are empty, NaN or null'),
    count('Same time', quality.duplicates, 'Rows of the time of another row'),
    count('Out of order', quality.outOfOrder, 'Rows earlier than the one before'),
    count('Hour shown twice', quality.shownTwice, 'Times that clocks showed twice, when they were set back'),
    count('Hour never shown', quality.neverShown, 'Times that clocks never showed, as they were set forward over them'),
    count('Counter resets', quality.counterResets, 'Times a counter began again'),
    count(
      'Unreadable',
      quality.malformed,
      'Rows that could not be read',
      first === undefined ? '' : `, first at line ${first}`,
    ),
    count('Negative', quality.negative, 'Values below zero'),
    count('Moved to start', quality.movedToStart, 'Requests logged at their end, moved to their start'),
    count('Without a duration', quality.withoutDuration, 'Requests that do not say how long they took, as others do'),
    {
      name: 'Saturated',
      text: quality.saturatedTime > 0 ? formatSeconds(quality.saturatedTime) : '0',
      clean: quality.saturatedTime === 0,
      hint: 'Time in which more was asked for than could be served, so that the recorded demand is too low',
    },
  ];
}
