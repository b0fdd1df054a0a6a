import { formatNumber, observedWords, stageWords } from '../../../sim-core/index.ts';
import type { Decision } from '../../../sim-core/index.ts';

/** How a count came to be: the wish, then every stage it went through; the one that bound it stands out. */
export function DecisionArithmetic({
  decision,
  compact = false,
  beside,
}: {
  decision: Decision;
  /** the details alone, for a narrow place */
  compact?: boolean;
  /** another policy's decision: stages that came to something else there are marked */
  beside?: Decision | undefined;
}) {
  const { observed, stages, binding, recommended, applied, withoutBinding } = decision;
  const measurements = Object.entries(observed).filter(([, value]) => !Number.isNaN(value));
  const elsewhere = new Map(beside?.stages.map(({ name, output }) => [name, output]));
  return (
    <div className="arithmetic">
      {measurements.length > 0 && (
        <p className="quiet">{measurements.map(([name, value]) => observedWords(name, value)).join(' · ')}</p>
      )}
      <ol>
        {stages.map((stage, index) => (
          <li
            key={`${stage.name}-${index}`}
            data-binding={stage.name === binding || undefined}
            data-apart={(elsewhere.has(stage.name) && elsewhere.get(stage.name) !== stage.output) || undefined}
          >
            {!compact && <span className="stage-name">{stageWords(stage.name)}</span>}
            {!compact && (
              <span className="stage-flow">
                {formatNumber(stage.input)} → <b>{formatNumber(stage.output)}</b>
              </span>
            )}
            <span className="stage-detail" title={compact ? `${stageWords(stage.name)}: ${stage.reason}` : undefined}>
              {stage.detail} {!compact && <span className="quiet">{stage.reason}</span>}
            </span>
          </li>
        ))}
      </ol>
      <p>
        {!Number.isNaN(recommended) && (
          <>
            Wished <b>{formatNumber(recommended)}</b>, applied <b>{formatNumber(applied)}</b>
          </>
        )}
        {Number.isNaN(recommended) && (
          <>
            Applied <b>{formatNumber(applied)}</b>
          </>
        )}
        {binding !== null && !Number.isNaN(withoutBinding) && (
          <>
            ; without {stageWords(binding).toLowerCase()} <b>{formatNumber(withoutBinding)}</b>
          </>
        )}
        .
      </p>
    </div>
  );
}
