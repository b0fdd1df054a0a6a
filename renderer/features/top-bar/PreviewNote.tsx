import type { PreviewAccuracy } from '../../stores/preview-accuracy.ts';
import type { ShownResult } from '../../stores/runs.ts';
import { useRuns } from '../app/session-context.ts';
import { Hint } from '../app/Hint.tsx';

/** 0.123 → `12 %`; below a per cent the difference is not worth a digit */
const percent = (share: number): string => (share < 0.01 ? '1 %' : `${Math.round(share * 100)} %`);

const signed = (relative: number): string => `${relative < 0 ? '−' : '+'}${(Math.abs(relative) * 100).toFixed(1)} %`;

/** That what is drawn is a preview, or how good the preview of this scenario was once the exact run has told. */
export function PreviewNote({ shown }: { shown: ShownResult }) {
  const accuracy = useRuns((state) => (state.accuracy?.documentId === shown.documentId ? state.accuracy : null));
  if (shown.approximate)
    return (
      <Hint text={<Explanation accuracy={accuracy} />}>
        <span className="preview-badge">
          ≈ fluid preview{accuracy && <span className="detail">, within about {percent(accuracy.within)}</span>}
        </span>
      </Hint>
    );
  if (!shown.complete || accuracy === null) return null;
  return (
    <Hint text={<Explanation accuracy={accuracy} />}>
      <span className="quiet detail">preview ≈ {percent(accuracy.within)}</span>
    </Hint>
  );
}

function Explanation({ accuracy }: { accuracy: PreviewAccuracy | null }) {
  return (
    <span className="preview-explanation">
      <span>Previews are expectations, one replication, from the fluid engine; the exact run replaces them.</span>
      {accuracy === null ? (
        <span>How far they are off here is known after the first exact run.</span>
      ) : (
        <>
          <span>In this scenario the last preview was off the exact run by at most</span>
          {accuracy.widest.map(({ policy, metric, relative }) => (
            <span key={metric}>
              {signed(relative)} in {metric} ({policy})
            </span>
          ))}
        </>
      )}
    </span>
  );
}
