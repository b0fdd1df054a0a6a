import { colourOf, readLane } from '../../sim-core/index.ts';
import type { LaneModel, Theme } from '../../sim-core/index.ts';
import { gutter, plotTop } from '../../sim-core/index.ts';
import type { LanePlace } from '../../sim-core/index.ts';

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

/** Rows of a card that fits its lane: denser when there are many policies, then in several columns. */
function cardGrid(
  count: number,
  room: number,
): { readonly rows: number; readonly rowHeight: number; readonly dense: boolean } {
  const fits = (rowHeight: number, padding: number): number => Math.max(1, Math.floor((room - padding) / rowHeight));
  if (count <= fits(17, 12)) return { rows: count, rowHeight: 17, dense: false };
  const columns = Math.ceil(count / fits(14, 6));
  return { rows: Math.ceil(count / columns), rowHeight: 14, dense: true };
}

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
        const { rows, rowHeight, dense } = cardGrid(readouts.length, place.height - plotTop);
        const side = flip ? { right: `calc(100% - ${gutter + x - 10}px)` } : { left: gutter + x + 10 };
        return (
          <div
            key={lane.id}
            className={dense ? 'card dense' : 'card'}
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
