import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { TimeRange } from '../../sim-core/index.ts';
import { gutter } from '../../sim-core/index.ts';
import { clampWindow, orderedRange, panWindow, zoomWindow } from './time-window.ts';

export interface TimeGestures {
  readonly extent: TimeRange;
  readonly window: TimeRange;
  /** px of the plots */
  readonly width: number;
  readonly selection: TimeRange | null;
  readonly setWindow: (window: TimeRange) => void;
  readonly setSelection: (selection: TimeRange | null) => void;
  /** the pointer is at a time and a height in the stage, or has left */
  readonly point: (time: number | null, y: number) => void;
  /** @returns whether something was there to be clicked */
  readonly click: (x: number, y: number) => boolean;
}

type Drag =
  | { readonly kind: 'pan'; readonly x: number; readonly window: TimeRange }
  | { readonly kind: 'select'; readonly from: number }
  | { readonly kind: 'pinch'; readonly window: TimeRange; readonly distance: number; readonly about: number };

/** A pointer that moved less than this has clicked. */
const slack = 4;

/**
 * Pointer, wheel and touch on the lanes (`stage`) and on the axis below (`axis`). Native listeners, since a wheel must be
 * held back from scrolling the page. Left of the plots nothing is held back: there the wheel scrolls the stack.
 */
export function useTimeGestures(gestures: TimeGestures): {
  readonly stage: RefObject<HTMLDivElement | null>;
  readonly axis: RefObject<HTMLDivElement | null>;
} {
  const stage = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const latest = useRef(gestures);
  // Several events may come between two frames: each builds on the window the last one asked for.
  const target = useRef(gestures.window);
  useEffect(() => {
    latest.current = gestures;
    target.current = gestures.window;
  });
  const present = gestures.width > 0;
  useEffect(() => {
    const stageElement = stage.current;
    const axisElement = axis.current;
    if (!present || stageElement === null || axisElement === null) return;
    const stopStage = listen(stageElement, false, latest, target);
    const stopAxis = listen(axisElement, true, latest, target);
    return () => {
      stopStage();
      stopAxis();
    };
  }, [present]);
  return { stage, axis };
}

function listen(
  element: HTMLElement,
  onAxis: boolean,
  latest: RefObject<TimeGestures>,
  target: RefObject<TimeRange>,
): () => void {
  const pointers = new Map<number, number>();
  let drag: Drag | null = null;
  let start = { x: 0, y: 0, moved: false };

  const place = (event: MouseEvent): { x: number; y: number } => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left - gutter, y: event.clientY - box.top };
  };
  const timeAt = (x: number): number => {
    const [from, to] = target.current;
    return from + (x / latest.current.width) * (to - from);
  };
  const inPlot = (x: number): boolean => x >= 0 && x <= latest.current.width;
  const go = (window: TimeRange): void => {
    target.current = window;
    latest.current.setWindow(window);
  };
  const point = (x: number, y: number): void => latest.current.point(inPlot(x) ? timeAt(x) : null, onAxis ? -1 : y);

  const down = (event: PointerEvent): void => {
    const { x, y } = place(event);
    if (event.button !== 0 || !inPlot(x) || (event.target as Element).closest('button')) return;
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, x);
    if (pointers.size === 2) {
      const [a, b] = [...pointers.values()] as [number, number];
      drag = {
        kind: 'pinch',
        window: target.current,
        distance: Math.max(8, Math.abs(a - b)),
        about: timeAt((a + b) / 2),
      };
      start.moved = true;
      return;
    }
    start = { x, y, moved: false };
    drag = event.shiftKey || onAxis ? { kind: 'select', from: timeAt(x) } : { kind: 'pan', x, window: target.current };
  };
  const move = (event: PointerEvent): void => {
    const { x, y } = place(event);
    if (drag === null) {
      element.dataset.gesture = event.shiftKey || onAxis ? 'select' : 'point';
      point(x, y);
      return;
    }
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, x);
    if (!start.moved && Math.abs(x - start.x) < slack) return;
    start.moved = true;
    element.dataset.gesture = drag.kind;
    const { extent, width, setSelection } = latest.current;
    if (drag.kind === 'pan') {
      const [from, to] = drag.window;
      go(panWindow(drag.window, ((drag.x - x) / width) * (to - from), extent));
    } else if (drag.kind === 'select') {
      const inside = Math.min(width, Math.max(0, x));
      setSelection(orderedRange(drag.from, timeAt(inside), extent));
      point(inside, y);
    } else if (pointers.size === 2) {
      const [a, b] = [...pointers.values()] as [number, number];
      const zoomed = zoomWindow(drag.window, drag.distance / Math.max(8, Math.abs(a - b)), drag.about, extent);
      // The instant between the fingers stays between them.
      const under = zoomed[0] + ((a + b) / 2 / width) * (zoomed[1] - zoomed[0]);
      go(panWindow(zoomed, drag.about - under, extent));
    }
  };
  const up = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    const ended = drag;
    drag = null;
    element.dataset.gesture = 'point';
    if (ended === null || start.moved || event.type === 'pointercancel') return;
    const { x, y } = place(event);
    if (!onAxis && latest.current.click(x, y)) return;
    if (latest.current.selection !== null) latest.current.setSelection(null);
  };
  const leave = (): void => {
    if (drag === null) latest.current.point(null, -1);
  };
  const wheel = (event: WheelEvent): void => {
    const { x, y } = place(event);
    if (!inPlot(x)) return;
    event.preventDefault();
    const unit =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
    const deltaX = event.deltaX * unit;
    const deltaY = event.deltaY * unit;
    const { extent, width } = latest.current;
    const window = target.current;
    const sideways = event.shiftKey ? deltaX + deltaY : Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : 0;
    if (sideways !== 0 && !event.ctrlKey) {
      go(panWindow(window, (sideways / width) * (window[1] - window[0]), extent));
    } else {
      // A pinch on a touch pad arrives as a wheel with ctrl, in much smaller steps.
      const factor = Math.exp(Math.max(-240, Math.min(240, deltaY)) * (event.ctrlKey ? 0.01 : 0.0016));
      go(zoomWindow(window, factor, timeAt(x), extent));
    }
    point(x, y);
  };
  const double = (event: MouseEvent): void => {
    if (!inPlot(place(event).x)) return;
    const { extent } = latest.current;
    go(clampWindow(extent, extent));
  };

  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('pointerleave', leave);
  element.addEventListener('wheel', wheel, { passive: false });
  element.addEventListener('dblclick', double);
  return () => {
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', up);
    element.removeEventListener('pointerleave', leave);
    element.removeEventListener('wheel', wheel);
    element.removeEventListener('dblclick', double);
  };
}
