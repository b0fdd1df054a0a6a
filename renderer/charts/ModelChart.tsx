import { useMemo } from 'react';
import { colourOf } from '../../sim-core/index.ts';
import type { Theme, TimeMode, TimeRange } from '../../sim-core/index.ts';
import { modelLane } from './model-lane.ts';
import type { ModelLaneInput } from './model-lane.ts';
import { TimeLanes } from './TimeLanes.tsx';

export interface ModelChartProps extends ModelLaneInput {
  readonly extent: TimeRange;
  readonly window: TimeRange;
  readonly onWindow: (start: number, end: number) => void;
  readonly crosshair: number | null;
  readonly onCrosshair: (time: number | null) => void;
  readonly selection?: TimeRange | null;
  readonly onSelect?: (range: TimeRange | null) => void;
  /** Unix time of t = 0, s */
  readonly startEpoch: number;
  readonly theme: Theme;
  readonly timeMode?: TimeMode;
}

const ignore = (): void => undefined;

/** Waiting times: models against the simulation, grey where the models' assumptions fail. Fills its parent. */
export function ModelChart(props: ModelChartProps) {
  const { time, interval, simulated, predictions, broken, theme, crosshair } = props;
  const lanes = useMemo(
    () => [modelLane({ time, interval, simulated, predictions, broken })],
    [time, interval, simulated, predictions, broken],
  );
  const failing =
    crosshair === null ? undefined : broken.find(({ start, end }) => crosshair >= start && crosshair < end);
  return (
    <div className="chart model-chart" data-theme={theme}>
      <div className="chart-legend">
        {[{ name: 'Simulated', slot: 'ink' as const }, ...predictions].map(({ name, slot }) => (
          <span key={name}>
            <i style={{ background: colourOf(slot, theme) }} />
            {name}
          </span>
        ))}
        {broken.length > 0 && (
          <span>
            <i className="doubt" />
            {failing?.reason ?? 'Assumptions fail'}
          </span>
        )}
      </div>
      <div className="chart-body">
        <TimeLanes
          lanes={lanes}
          extent={props.extent}
          window={props.window}
          onWindow={props.onWindow}
          crosshair={crosshair}
          onCrosshair={props.onCrosshair}
          selection={props.selection ?? null}
          onSelect={props.onSelect ?? ignore}
          startEpoch={props.startEpoch}
          overview={null}
          theme={theme}
          timeMode={props.timeMode ?? 'clock'}
        />
      </div>
    </div>
  );
}
