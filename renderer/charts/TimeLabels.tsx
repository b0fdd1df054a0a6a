import type { PlacedLabel } from '../../sim-core/index.ts';
import { gutter } from '../../sim-core/index.ts';

/** Labels of a time axis, placed from the left edge of the lanes. */
export function TimeLabels({ labels, top }: { readonly labels: readonly PlacedLabel[]; readonly top: number }) {
  return (
    <div className="time-labels" style={{ left: gutter, top }} aria-hidden="true">
      {labels.map(({ time, label, x, anchor, major }) => (
        <span key={time} className={`${anchor}${major ? ' major' : ''}`} style={{ left: x }}>
          {label}
        </span>
      ))}
    </div>
  );
}
