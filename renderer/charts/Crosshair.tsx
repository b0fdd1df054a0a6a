import { colourOf, readLane } from '../../sim-core/export/chart/public.ts';
import type { LaneModel, Theme } from '../../sim-core/export/chart/public.ts';
import { gutter, plotTop } from './lane-geometry.ts';
import type { LanePlace } from './lane-geometry.ts';

interface CrosshairProps {
  readonly lanes: readonly LaneModel[];
  readonly places: readonly LanePlace[];
  readonly time: number;
  /** px from the left of the plots */
  readonly x: number;
  readonly width: number;
  readonly height: number;
  /** id of the lane under the pointer; its card names the policies */
  readonly named: string | null;
  readonly theme: Theme;
}

const rowHeight = 17;
const cardPadding = 13;

/** The line across all lanes and a card in each with what every policy shows there. */
export function Crosshair({ lanes, places, time, x, width, height, named, theme }: CrosshairProps) {
  const flip = x > width * 0.62;
  return (
    <div className="crosshair" aria-hidden="true">
      <div className="crosshair-line" style={{ left: gutter + x, height }} />
      {lanes.map((lane, i) => {
        const place = places[i];
        const readouts = readLane(lane, time);
        if (place === undefined || readouts.length === 0) return null;
        const rows = Math.max(
          1,
          Math.min(readouts.length, Math.floor((place.height - plotTop - cardPadding) / rowHeight)),
        );
        const side = flip ? { right: `calc(100% - ${gutter + x - 10}px)` } : { left: gutter + x + 10 };
        return (
          <div
            key={lane.id}
            className="card"
            style={{ ...side, top: place.top + plotTop - 2, gridTemplateRows: `repeat(${rows}, ${rowHeight}px)` }}
          >
            {readouts.map(({ policy, label, slot, text }) => (
              <div key={label} className="card-row">
                <i style={{ background: colourOf(slot, theme) }} />
                <b>{text}</b>
                {named === lane.id && policy !== null && <span>{label}</span>}
              </div>
            ))}
          </div>
        );
      })}
    </div>
  );
}
