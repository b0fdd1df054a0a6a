import { LaneStack } from './LaneStack.tsx';
import type { TimeLanesProps } from './model.ts';
import './charts.css';

/**
 * Lanes over one time axis: overview strip with its brush, the lanes, the axis. Pans, zooms, selects and points by
 * pointer, wheel, touch and keyboard (see timeKeys); all of it is reported, none of it kept.
 */
export function TimeLanes(props: TimeLanesProps) {
  if (props.lanes.length > 0) return <LaneStack {...props} />;
  return (
    <div className="time-lanes" data-theme={props.theme}>
      <p className="time-lanes-empty">{props.emptyText ?? 'Nothing to show yet. Run the scenario to see its lanes.'}</p>
    </div>
  );
}
