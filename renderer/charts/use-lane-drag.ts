import { useCallback, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import type { LaneModel, LanePlace } from '../../sim-core/index.ts';

/** A pointer that moved less than this, px, has not dragged. */
const slack = 4;

/** Where a lane that is let go at a height comes to stand among the lanes. */
export function dropIndex(places: readonly LanePlace[], from: number, y: number): number {
  const over = places.findIndex(({ top, height }) => y < top + height / 2);
  const before = over < 0 ? places.length : over;
  return before > from ? before - 1 : before;
}

/**
 * Lanes dragged up and down by their names.
 *
 * @returns what takes hold of one (undefined when lanes cannot be moved), and where the line stands that says where it
 *   would come to stand, px from the top of the stage
 */
export function useLaneDrag(
  places: readonly LanePlace[],
  lanes: readonly LaneModel[],
  onMove: ((lane: string, to: number) => void) | undefined,
): { readonly grab: ((lane: string, event: PointerEvent) => void) | undefined; readonly dropAt: number | null } {
  const [dropAt, setDropAt] = useState<number | null>(null);
  const latest = useRef({ places, lanes, onMove });
  latest.current = { places, lanes, onMove };
  const grab = useCallback((lane: string, event: PointerEvent): void => {
    const label = event.currentTarget as HTMLElement;
    const stage = label.closest('.lane-stage');
    if (event.button !== 0 || !stage) return;
    event.preventDefault();
    label.setPointerCapture(event.pointerId);
    const started = event.clientY;
    let to: number | null = null;
    const move = ({ clientY }: { readonly clientY: number }): void => {
      if (to === null && Math.abs(clientY - started) < slack) return;
      const { places: now, lanes: all } = latest.current;
      const from = all.findIndex(({ id }) => id === lane);
      to = dropIndex(now, from, clientY - stage.getBoundingClientRect().top);
      const place = now[to];
      if (place) setDropAt(to > from ? place.top + place.height : place.top);
    };
    const end = (ended: Event): void => {
      label.removeEventListener('pointermove', move);
      label.removeEventListener('pointerup', end);
      label.removeEventListener('pointercancel', end);
      setDropAt(null);
      if (to !== null && ended.type === 'pointerup') latest.current.onMove?.(lane, to);
    };
    label.addEventListener('pointermove', move);
    label.addEventListener('pointerup', end);
    label.addEventListener('pointercancel', end);
  }, []);
  return { grab: onMove && grab, dropAt };
}
