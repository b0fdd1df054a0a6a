import { useState } from 'react';
import type { Issue } from '../../../../sim-core/index.ts';
import type { YamlPath } from '../../../stores/yaml-edit.ts';
import { useSession } from '../../app/session-context.ts';
import { editText } from '../policy-edits.ts';
import { concerns, together, type Data } from '../yaml-data.ts';
import { AddStep } from './AddStep.tsx';
import { addStep } from './step-edits.ts';
import type { StepName } from './step-kinds.ts';
import { StepItem } from './StepItem.tsx';
import { SideSwitch, StepsFigure, type Side } from './StepsFigure.tsx';
import { sketchTrace, type TraceSketch } from './trace-sketch.ts';
import { useTraceSketch } from './use-trace-sketch.ts';
import './steps.css';

interface StepListProps {
  /** as written */
  readonly trace: Data;
  readonly path: YamlPath;
  readonly issues: readonly Issue[];
}

/** A day: what a step begins from when nothing is known of the trace. */
const unknownTrace = { length: 86_400, bucket: 60 };

/** What there is within a moment: who added a step does not wait for a long file. */
const soon = (made: Promise<TraceSketch>): Promise<TraceSketch | null> =>
  Promise.race([made.catch(() => null), new Promise<null>((resolve) => setTimeout(() => resolve(null), 1500))]);

/** What is done with a recorded trace before it is replayed, one step after the other. */
export function StepList({ trace, path, issues }: StepListProps) {
  const session = useSession();
  const steps = Array.isArray(trace.steps) ? (trace.steps as readonly unknown[]) : [];
  const [isAsked, setAsked] = useState(false);
  const sketch = useTraceSketch(trace, isAsked || steps.length > 0);
  const [wanted, setWanted] = useState<Side>('after');
  const side = sketch?.[wanted] ? wanted : 'before';
  const fileName = String(trace.file).replace(/^.*\//, '');
  const listPath = [...path, 'steps'];
  // What the run says and what the sketch says may be the same.
  const found = together(
    issues,
    (sketch?.issues ?? []).map((issue) => ({ ...issue, path: [...listPath, ...issue.path] })),
  );
  const add = async (name: StepName): Promise<void> => {
    const before = session.documents.active();
    const known = sketch ?? (await soon(sketchTrace(session, trace)));
    if (session.documents.active()?.id !== before?.id) return;
    editText(session, (text) => addStep(text, path, name, known?.after ?? known?.before ?? unknownTrace));
  };
  return (
    <section className="steps" aria-label={`Steps on ${fileName}`}>
      <div className="steps-title">
        <h4>Steps</h4>
        <span className="quiet">{fileName}</span>
        {steps.length > 0 && sketch?.before && <SideSwitch {...{ sketch, side }} onSide={setWanted} />}
      </div>
      {steps.length > 0 && sketch && <StepsFigure {...{ sketch, side }} />}
      {steps.length > 0 && (
        <ol>
          {steps.map((step, index) => (
            <StepItem
              key={index}
              step={step}
              trace={path}
              index={index}
              count={steps.length}
              issues={found.filter((issue) => concerns(issue, [...listPath, index]))}
            />
          ))}
        </ol>
      )}
      <AddStep onOpen={() => setAsked(true)} onAdd={(name) => void add(name)} />
    </section>
  );
}
