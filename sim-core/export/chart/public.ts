/** What the chart module shows the outside; sim-core/index.ts passes it on. */
export type {
  ColourSlot,
  LaneId,
  LaneMark,
  LaneModel,
  LaneReading,
  LaneSeries,
  LaneShade,
  OverviewModel,
  Quantity,
  Theme,
  TimeRange,
} from './lane-model.ts';
export type { LaneOptions } from './lane-options.ts';
export { lanesOf, overviewOf } from './lanes-of.ts';
export { layoutLane, markAt, markSize, bandOpacity, shadeOpacity } from './lane-layout.ts';
export type { LaneLayout, LaneShape, PlacedMark } from './lane-layout.ts';
export { areaUnder, replay, traceLine } from './polyline.ts';
export type { Polyline } from './polyline.ts';
export { extremesOf, queryExtremes } from './extremes.ts';
export { describeLane, laneTable, readLane } from './lane-reading.ts';
export type { LaneReadout, LaneTableModel } from './lane-reading.ts';
export { aggregate } from './aggregate.ts';
export type { AggregateOptions, IntervalAggregate } from './aggregate.ts';
export { assignColours, chartColoursOf, colourOf, distinctColours } from './palette.ts';
export type { ChartColours } from './palette.ts';
export { labelWidth, placeLabels, rangeLabel, timeLabel, timeTicks } from './time-axis.ts';
export type { PlacedLabel, TimeMode, TimeTick } from './time-axis.ts';
export { formatClock, formatDate, formatDay, formatMonth, formatRelative, formatWeekday } from './time-text.ts';
export {
  currencySymbol,
  exponentOf,
  formatFixed,
  formatMoney,
  formatNumber,
  formatQuantity,
  formatSeconds,
  formatShare,
  noValue,
} from './quantity.ts';
