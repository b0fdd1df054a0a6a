import { useEffect, useRef } from 'react';
import type { LaneModel, TimeMode, TimeRange } from '../../sim-core/index.ts';
import { LaneTable } from './LaneTable.tsx';

interface LaneTablePanelProps {
  readonly lane: LaneModel;
  readonly window: TimeRange;
  readonly startEpoch: number;
  readonly timeMode: TimeMode;
  readonly onClose: () => void;
}

/** A lane's table over the lanes, until it is closed. */
export function LaneTablePanel({ lane, window, startEpoch, timeMode, onClose }: LaneTablePanelProps) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <section
      className="lane-table-panel"
      aria-label={`${lane.name} as a table`}
      onKeyDown={(event) => {
        // The keys that pan and zoom would be a surprise here.
        event.stopPropagation();
        if (event.key === 'Escape') onClose();
      }}
    >
      <button ref={close} type="button" onClick={onClose}>
        Back to the lanes
      </button>
      <div className="lane-table-scroll" tabIndex={0} role="group" aria-label={`Rows of ${lane.name}`}>
        <LaneTable {...{ lane, window, startEpoch, timeMode }} />
      </div>
    </section>
  );
}
