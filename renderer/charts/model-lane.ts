import type { ColourSlot, LaneModel, LaneReading, LaneSeries } from '../../sim-core/index.ts';

/** What one model says of each row. */
export interface ModelPrediction {
  /** `M/M/c` */
  readonly name: string;
  readonly slot: ColourSlot;
  /** s, mean wait (or sojourn time); Infinity where the model is unstable, NaN where it says nothing */
  readonly values: Float64Array;
}

/** A stretch in which the models should not be believed, and why. */
export interface BrokenStretch {
  /** s */
  readonly start: number;
  readonly end: number;
  /** `Unstable: more load than servers` */
  readonly reason: string;
  /** nothing to be believed at all, or numbers to be taken with care */
  readonly meaning: 'doubt' | 'caution';
}

export interface ModelLaneInput {
  /** `Mean wait` */
  readonly name: string;
  /** s, start of each row */
  readonly time: Float64Array;
  /** s */
  readonly interval: number;
  /** s, as simulated */
  readonly simulated: Float64Array;
  readonly predictions: readonly ModelPrediction[];
  /** in the order of time */
  readonly broken: readonly BrokenStretch[];
}

/** Predicted and simulated times as a lane. An infinite one has no place on an axis: it is a gap, and read as ∞. */
export function modelLane({ name, time, interval, simulated, predictions, broken }: ModelLaneInput): LaneModel {
  const waits: ModelPrediction[] = [{ name: 'Simulated', slot: 'ink', values: simulated }, ...predictions];
  const lines = waits.map((line) => ({
    ...line,
    values: line.values.map((value) => (Number.isFinite(value) ? value : NaN)),
  }));
  const ceiling = trustedTop(
    time,
    lines.map(({ values }) => values),
    broken,
  );
  let largest = 0;
  for (const { values } of lines) for (const value of values) if (value > largest) largest = value;
  if (ceiling !== null) largest = ceiling;
  const [unit, axisFactor] =
    largest > 600 ? ['minutes', 1 / 60] : largest >= 1 ? ['seconds', 1] : ['milliseconds', 1000];
  return {
    id: 'waiting-time',
    name,
    unit,
    quantity: 'seconds',
    currency: '',
    axisFactor,
    weight: 1,
    series: lines.map(({ name, slot, values }): LaneSeries => ({
      id: name,
      policy: null,
      label: name,
      slot,
      time,
      interval,
      values,
      step: false,
      line: 'solid',
      width: slot === 'ink' ? 1.8 : 1.4,
      opacity: 1,
      fill: false,
      band: null,
    })),
    readings: waits.map(({ name, slot, values }): LaneReading => ({
      policy: name,
      label: name,
      slot,
      time,
      interval,
      values,
      next: null,
    })),
    marks: [],
    shades: broken.map(({ start, end, meaning }) => ({ meaning, policy: null, start, end })),
    ceiling,
    objective: null,
    emptyText: 'No request started in this window.',
  };
}

/**
 * A little above the highest wait where the models can be trusted, so that a collapse, which no model describes, does not
 * press the comparison flat. Null when there is no such row.
 */
function trustedTop(
  time: Float64Array,
  columns: readonly Float64Array[],
  broken: readonly BrokenStretch[],
): number | null {
  let highest = 0;
  let stretch = 0;
  for (let i = 0; i < time.length; i++) {
    while (stretch < broken.length && broken[stretch]!.end <= time[i]!) stretch++;
    const here = broken[stretch];
    if (here?.meaning === 'doubt' && time[i]! >= here.start) continue;
    for (const values of columns) if (values[i]! > highest) highest = values[i]!;
  }
  return highest > 0 ? highest * 1.25 : null;
}
