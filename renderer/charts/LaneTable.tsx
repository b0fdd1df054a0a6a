import { useMemo } from 'react';
import { laneTable, timeLabel } from '../../sim-core/index.ts';
import type { LaneModel, TimeMode, TimeRange } from '../../sim-core/index.ts';

interface LaneTableProps {
  readonly lane: LaneModel;
  readonly window: TimeRange;
  /** Unix time of t = 0, s */
  readonly startEpoch: number;
  /** default `clock` */
  readonly timeMode?: TimeMode;
}

/** The twin of a lane for those who read rather than look: its values in the window, at most 200 rows. */
export function LaneTable({ lane, window, startEpoch, timeMode = 'clock' }: LaneTableProps) {
  const { columns, rows, total } = useMemo(() => laneTable(lane, window), [lane, window]);
  if (rows.length === 0) return <p className="lane-table-empty">{lane.emptyText}</p>;
  return (
    <table className="lane-table">
      <caption>
        {lane.name}, {lane.unit}
        {rows.length < total && `: ${rows.length} of ${total} rows, evenly spaced`}
      </caption>
      <thead>
        <tr>
          <th scope="col">{timeMode === 'clock' ? 'Time (UTC)' : 'Time'}</th>
          {columns.map(({ label }) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ time, cells }) => (
          <tr key={time}>
            <th scope="row">{timeLabel(time, window, startEpoch, timeMode)}</th>
            {cells.map((cell, i) => (
              <td key={i}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
