/**
 * What a stack of time lanes shows, as plain data: no pixels, no colours, no DOM. The renderer draws it on a canvas,
 * the exporter prints it as SVG, and both lay it out with the same functions.
 */

export type Theme = 'light' | 'dark';

/** A closed stretch of time, s since the start of the scenario. */
export type TimeRange = readonly [start: number, end: number];

/**
 * Which colour a thing wears: 0 is the baseline's grey, 1 … the candidates' (see palette.ts), `ink` is for what belongs
 * to no policy. Slots become colours only when drawn, so a change of theme changes no model.
 */
export type ColourSlot = number | 'ink';

/** What a number counts; decides its printed unit and digits. */
export type Quantity = 'rate' | 'count' | 'replicas' | 'seconds' | 'fraction' | 'money' | 'hours';

/** Rows of equal length: row i covers [time[i], time[i] + interval). */
interface Rows {
  /** s, strictly increasing */
  readonly time: Float64Array;
  /** s, length of a row */
  readonly interval: number;
  /** one value a row, in the lane's quantity; NaN where there was no data, drawn as a gap */
  readonly values: Float64Array;
}

/** One line of a lane. */
export interface LaneSeries extends Rows {
  /** unique in the lane */
  readonly id: string;
  /** null for what all policies share, demand for one */
  readonly policy: string | null;
  /** said in tables and summaries: `ready`, `desired`, `offered` … */
  readonly label: string;
  readonly slot: ColourSlot;
  /** holds its value over the row; otherwise the rows' middles are joined by a straight line */
  readonly step: boolean;
  readonly line: 'solid' | 'dashed' | 'dotted';
  /** CSS pixels */
  readonly width: number;
  /** 0 … 1 */
  readonly opacity: number;
  /** shaded down to zero */
  readonly fill: boolean;
  /** confidence band over replications, same rows; null without one */
  readonly band: { readonly lower: Float64Array; readonly upper: Float64Array } | null;
}

/** What the crosshair's card says of one policy in one lane. */
export interface LaneReading extends Rows {
  readonly policy: string | null;
  readonly label: string;
  readonly slot: ColourSlot;
  /** printed after an arrow: ready → desired */
  readonly next: Float64Array | null;
}

/** ▲ or ▼ where a policy asked for more or fewer replicas. */
export interface LaneMark {
  readonly policy: string;
  readonly slot: ColourSlot;
  /** s */
  readonly time: number;
  readonly direction: 'up' | 'down';
  readonly from: number;
  readonly to: number;
  /** where on the value axis: ready replicas at that time */
  readonly value: number;
}

/** A stretch shaded behind the lines. */
export interface LaneShade {
  /** red for an objective missed, grey where what is drawn should not be trusted, amber where it is to be taken with care */
  readonly meaning: 'violation' | 'doubt' | 'caution';
  readonly policy: string | null;
  readonly start: number;
  readonly end: number;
}

export type LaneId = 'demand' | 'replicas' | 'nodes' | 'latency' | 'backlog' | 'cpu' | 'cost' | 'alerts';

export interface LaneModel {
  /** a LaneId for the lanes of a comparison; free for others */
  readonly id: string;
  /** `p95 latency` */
  readonly name: string;
  /** below the name: `seconds`, `of request` */
  readonly unit: string;
  readonly quantity: Quantity;
  /** symbol printed with money, `$` or `USD`; empty otherwise */
  readonly currency: string;
  /** values × this = numbers on the axis (1000 for a lane in ms) */
  readonly axisFactor: number;
  /** share of the height among the lanes, about 1 */
  readonly weight: number;
  readonly series: readonly LaneSeries[];
  readonly readings: readonly LaneReading[];
  /** one list a policy, each in the order of time */
  readonly marks: readonly (readonly LaneMark[])[];
  readonly shades: readonly LaneShade[];
  /** the value axis goes no further and higher lines leave the plot; null to show all */
  readonly ceiling: number | null;
  /** a limit drawn across the lane, in the lane's quantity; null without one */
  readonly objective: { readonly value: number; readonly label: string } | null;
  /** said in the lane when no series has a value in the window */
  readonly emptyText: string;
}

/** The strip above the lanes that shows the whole horizon. */
export interface OverviewModel extends Rows {
  readonly label: string;
}
