import type { ColourSlot, LaneModel, LaneReading, LaneSeries, TimeRange } from './lane-model.ts';
import { extremesOf, firstAtOrAfter, queryExtremes, rowAt } from './extremes.ts';
import type { Bounds } from './extremes.ts';
import { formatQuantity, noValue } from './quantity.ts';

/** One line of the crosshair's card. */
export interface LaneReadout {
  readonly policy: string | null;
  readonly label: string;
  readonly slot: ColourSlot;
  readonly text: string;
}

function textAt(lane: LaneModel, reading: LaneReading, row: number): string {
  if (row < 0) return noValue;
  const text = formatQuantity(reading.values[row] ?? NaN, lane.quantity, lane.currency);
  if (reading.next === null) return text;
  return `${text} → ${formatQuantity(reading.next[row] ?? NaN, lane.quantity, lane.currency)}`;
}

/** What every policy shows at an instant. */
export function readLane(lane: LaneModel, time: number): LaneReadout[] {
  return lane.readings.map((reading) => ({
    policy: reading.policy,
    label: reading.label,
    slot: reading.slot,
    text: textAt(lane, reading, rowAt(reading.time, reading.interval, time)),
  }));
}

/** A lane's window as a table: a row per sample, a cell per series. */
export interface LaneTableModel {
  readonly columns: readonly { readonly label: string; readonly slot: ColourSlot }[];
  readonly rows: readonly { readonly time: number; readonly cells: readonly string[] }[];
  /** rows in the window; more than `rows` when sampled */
  readonly total: number;
}

function columnLabel(series: LaneSeries): string {
  return series.policy === null ? series.label : `${series.policy}, ${series.label}`;
}

/** @param limit most rows; of more, every k-th is taken */
export function laneTable(lane: LaneModel, [start, end]: TimeRange, limit = 200): LaneTableModel {
  const columns = lane.series.map((series) => ({ label: columnLabel(series), slot: series.slot }));
  const clock = lane.series.reduce<LaneSeries | null>(
    (longest, series) => (longest === null || series.time.length > longest.time.length ? series : longest),
    null,
  );
  if (clock === null) return { columns, rows: [], total: 0 };
  const from = firstAtOrAfter(clock.time, start);
  const to = firstAtOrAfter(clock.time, end);
  const stride = Math.max(1, Math.ceil((to - from) / limit));
  const rows: LaneTableModel['rows'][number][] = [];
  for (let i = from; i < to; i += stride) {
    const time = clock.time[i]!;
    const cells = lane.series.map((series) => {
      const row = rowAt(series.time, series.interval, time);
      return row < 0 ? noValue : formatQuantity(series.values[row] ?? NaN, lane.quantity, lane.currency);
    });
    rows.push({ time, cells });
  }
  return { columns, rows, total: Math.max(0, to - from) };
}

/** A sentence a screen reader can say instead of the picture. */
export function describeLane(lane: LaneModel, [start, end]: TimeRange): string {
  const bounds: Bounds = { lowest: 0, highest: 0 };
  const say = (value: number): string => formatQuantity(value, lane.quantity, lane.currency);
  const parts = lane.readings.map((reading) => {
    const from = firstAtOrAfter(reading.time, start - reading.interval);
    queryExtremes(extremesOf(reading.values), from, firstAtOrAfter(reading.time, end), bounds);
    if (bounds.lowest > bounds.highest) return `${reading.label}: no data`;
    if (bounds.lowest === bounds.highest) return `${reading.label}: ${say(bounds.lowest)} throughout`;
    return `${reading.label}: ${say(bounds.lowest)} to ${say(bounds.highest)}`;
  });
  const limit = lane.objective === null ? '' : ` ${lane.objective.label}.`;
  return `${lane.name}, ${lane.unit}. ${parts.length === 0 ? lane.emptyText : `${parts.join('; ')}.`}${limit}`;
}
