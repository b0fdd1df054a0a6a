import { formatNumber, formatQuantity } from '../../../sim-core/index.ts';
import type { Decision } from '../../../sim-core/index.ts';

/** `cpuUtilisation` → `CPU use`; unknown names are split into words. */
const observedNames: Readonly<Record<string, string>> = {
  cpuUtilisation: 'CPU use',
  utilisation: 'Slot use',
  arrivalRate: 'Arrival rate',
  forecastRate: 'Forecast rate',
  queueLength: 'Backlog',
  latencyP50: 'p50',
  latencyP95: 'p95',
  latencyP99: 'p99',
  latencyMean: 'Mean latency',
  serviceTimeMean: 'Service time',
};

/** A measurement with the unit its name implies. */
export function printObserved(name: string, value: number): string {
  const label = observedNames[name] ?? name.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase();
  const lower = name.toLowerCase();
  const quantity = /utili[sz]ation|errorrate|share|ratio/.test(lower)
    ? 'fraction'
    : /latency|^p\d+$|time|wait|delay|seconds/.test(lower)
      ? 'seconds'
      : /rate|throughput/.test(lower)
        ? 'rate'
        : 'count';
  return `${label} ${formatQuantity(value, quantity)}`;
}

const stageWords = (name: string): string => name.replace(/-/g, ' ').replace(/^\w/, (letter) => letter.toUpperCase());

/** How a count came to be: the wish, then every stage it went through; the one that bound it stands out. */
export function DecisionArithmetic({
  decision,
  compact = false,
}: {
  decision: Decision;
  /** the details alone, for a narrow place */ compact?: boolean;
}) {
  const { observed, stages, binding, recommended, applied, withoutBinding } = decision;
  const measurements = Object.entries(observed).filter(([, value]) => !Number.isNaN(value));
  return (
    <div className="arithmetic">
      {measurements.length > 0 && (
        <p className="quiet">{measurements.map(([name, value]) => printObserved(name, value)).join(' · ')}</p>
      )}
      <ol>
        {stages.map((stage, index) => (
          <li
            key={`${stage.name}-${index}`}
            data-binding={stage.name === binding || undefined}
            data-changed={stage.input !== stage.output || undefined}
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
