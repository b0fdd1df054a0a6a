import { useRef } from 'react';

interface ResizerProps {
  readonly label: string;
  /** Which way growing goes: the size grows when the pointer moves right (or down), or left (or up). */
  readonly direction: 'right' | 'left' | 'up';
  readonly size: number;
  readonly min: number;
  readonly max: number;
  onSize(size: number): void;
}

const keyStep = 16;

/** The edge of a panel: drag it, or focus it and use the arrow keys. */
export function Resizer({ label, direction, size, min, max, onSize }: ResizerProps) {
  const drag = useRef<{ from: number; size: number } | null>(null);
  const vertical = direction !== 'up';
  const clamp = (value: number): number => Math.round(Math.min(Math.max(value, min), Math.max(min, max)));
  const sign = direction === 'right' ? 1 : -1;
  return (
    <div
      className={`resizer ${vertical ? 'resizer-vertical' : 'resizer-horizontal'}`}
      role="separator"
      aria-label={label}
      aria-orientation={vertical ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={Math.max(min, max)}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.dataset.dragging = '';
        drag.current = { from: vertical ? event.clientX : event.clientY, size };
      }}
      onPointerMove={(event) => {
        if (!drag.current) return;
        const moved = (vertical ? event.clientX : event.clientY) - drag.current.from;
        onSize(clamp(drag.current.size + sign * moved));
      }}
      onLostPointerCapture={(event) => {
        drag.current = null;
        delete event.currentTarget.dataset.dragging;
      }}
      onKeyDown={(event) => {
        const keys = vertical ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
        const index = keys.indexOf(event.key);
        if (index < 0) return;
        event.preventDefault();
        event.stopPropagation();
        onSize(clamp(size + (index === 0 ? -1 : 1) * sign * keyStep));
      }}
    />
  );
}
