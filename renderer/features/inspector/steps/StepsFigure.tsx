import { formatNumber, formatSeconds } from '../../../../sim-core/index.ts';
import { Choice } from '../../app/Choice.tsx';
import type { Sketch, TraceSketch } from './trace-sketch.ts';

const width = 280;
const height = 48;

/** The line of a sketch; gaps stay open. @param length s across the figure @param peak 1/s at its top */
function lineOf({ rates, length: own }: Sketch, length: number, peak: number): string {
  let line = '';
  let isOpen = false;
  rates.forEach((rate, index) => {
    if (Number.isNaN(rate)) {
      isOpen = false;
      return;
    }
    const x = (((index + 0.5) / rates.length) * own * width) / length;
    const y = height - 1 - (peak > 0 ? (rate / peak) * (height - 4) : 0);
    line += `${isOpen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    isOpen = true;
  });
  return line;
}

export type Side = 'before' | 'after';
const sideNames: Readonly<Record<Side, string>> = { before: 'Before', after: 'After' };

interface SideProps {
  readonly sketch: TraceSketch;
  readonly side: Side;
}

/** Chooses what the figure is about. */
export function SideSwitch({ sketch, side, onSide }: SideProps & { readonly onSide: (side: Side) => void }) {
  return (
    <Choice
      label="The trace"
      names={sideNames}
      current={side}
      disabled={(name) => sketch[name] === null}
      onChoose={onSide}
    />
  );
}

/** The trace before its steps and after them, on one scale: the one looked at is drawn strong, the other faint. */
export function StepsFigure({ sketch, side }: SideProps) {
  const shown = sketch[side];
  const other = sketch[side === 'before' ? 'after' : 'before'];
  if (shown === null) return null;
  const length = Math.max(shown.length, other?.length ?? 0);
  const peak = Math.max(shown.peak, other?.peak ?? 0);
  const facts = `${formatSeconds(shown.length)}, ${formatNumber(shown.requests)} requests, peak ${formatNumber(shown.peak)}/s`;
  return (
    <figure className="steps-figure">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`The trace ${side} its steps`}
      >
        {other && <path className="steps-other" d={lineOf(other, length, peak)} />}
        <path className="steps-shown" d={lineOf(shown, length, peak)} />
      </svg>
      <figcaption className="quiet">{facts}</figcaption>
    </figure>
  );
}
