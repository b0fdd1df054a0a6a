import type { TraceReport } from '../../../sim-core/index.ts';
import { qualityFacts } from './quality-facts.ts';

/** What is less than perfect about the recording, counted. */
export function QualityReport({ report }: { report: TraceReport }) {
  return (
    <section className="trace-quality" aria-label="Quality">
      <h3>Quality</h3>
      <dl>
        {qualityFacts(report).map(({ name, text, clean, hint }) => (
          <div key={name} data-clean={clean} title={hint}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
