import { useMemo } from 'react';
import { colourOf } from '../../sim-core/index.ts';
import type { Theme, TimeMode, TimeRange } from '../../sim-core/index.ts';
import { modelLane } from './model-lane.ts';
import type { ModelLaneInput } from './model-lane.ts';
import { TimeLanes } from './TimeLanes.tsx';

const shades = [
  { meaning: 'doubt', words: 'No steady state' },
  { meaning: 'caution', words: 'An assumption fails' },
] as const;

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

/**
 * Times: models against the simulation, grey where no model speaks, amber where some assumption
 * fails. The colours of the models are named by the table beside it. Fills its parent.
 */
export function ModelChart(props: ModelChartProps) {
  const { name, time, interval, simulated, predictions, broken, theme, crosshair } = props;
  const lanes = useMemo(
    () => [modelLane({ name, time, interval, simulated, predictions, broken })],
    [name, time, interval, simulated, predictions, broken],
  );
  const failing =
    crosshair === null ? undefined : broken.find(({ start, end }) => crosshair >= start && crosshair < end);
  return (
    <div className="chart model-chart" data-theme={theme}>
      <div className="chart-legend">
        <span>
          <i style={{ background: colourOf('ink', theme) }} />
          Simulated
        </span>
        {failing !== undefined ? (
          <span>
            <i className={failing.meaning} />
            {failing.reason}
          </span>
        ) : (
          shades
            .filter(({ meaning }) => broken.some((stretch) => stretch.meaning === meaning))
            .map(({ meaning, words }) => (
              <span key={meaning}>
                <i className={meaning} />
                {words}
              </span>
            ))
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
