import { formatSeconds } from '../../../sim-core/index.ts';
import type { TraceQuality } from '../../../sim-core/index.ts';

const loops = { open: 'open loop', closed: 'closed loop: users wait for each answer', unknown: null } as const;

/** What is worth a line about the quality of a recording: zone and loop, and whatever was counted above zero. */
export function qualityFacts(quality: TraceQuality): { readonly name: string; readonly text: string }[] {
  const count = (value: number, after = ''): string | null => (value > 0 ? value.toLocaleString('en') + after : null);
  const lines = quality.malformedLines.length > 0 ? `, first at line ${quality.malformedLines[0]}` : '';
  const facts: readonly (readonly [name: string, text: string | null])[] = [
    ['Zone', quality.timeZone === 'none' ? null : quality.timeZone],
    ['Load', loops[quality.loop]],
    ['Duplicates', count(quality.duplicates)],
    ['Out of order', count(quality.outOfOrder)],
    ['Counter resets', count(quality.counterResets)],
    ['Malformed', count(quality.malformed, lines)],
    ['Without value', count(quality.missing)],
    ['Negative', count(quality.negative)],
    ['Moved to start', count(quality.movedToStart)],
    ['Saturated', quality.saturatedTime > 0 ? formatSeconds(quality.saturatedTime) : null],
  ];
  return facts.flatMap(([name, text]) => (text === null ? [] : [{ name, text }]));
}
