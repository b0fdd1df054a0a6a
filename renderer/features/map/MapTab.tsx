import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { beyondFluid, gridScenario, serviceOf } from '../../../sim-core/index.ts';
import type { PolicyGrid, RunSummary } from '../../../sim-core/index.ts';
import type { MapEngine } from '../../stores/maps.ts';
import { PolicyChips } from '../app/PolicyChips.tsx';
import { Prose } from '../app/Prose.tsx';
import { useDocuments, useSession, useView } from '../app/session-context.ts';
import { metricGroupsOf } from '../compare/metrics.ts';
import { watchedPolicy } from '../decisions/step.ts';
import { writtenPolicies } from '../inspector/policy-edits.ts';
import { axisValues, mapFields, usualAxis, type AxisChoice, type MapField } from './axis.ts';
import { AxisRow } from './AxisRow.tsx';
import { HeatGrid } from './HeatGrid.tsx';
import { MapFiles } from './MapFiles.tsx';
import './map.css';

/** What was last asked for, by policy: it is still there when the tab is opened again. */
const choices = new Map<string, { readonly x: AxisChoice; readonly y: AxisChoice }>();

const wanted = [/target/i, /window|cooldown|horizon|for$/i];

/** Two settings worth a look: a target and a time over which it is judged, where there are such. */
function usualAxes(fields: readonly MapField[]): { x: AxisChoice; y: AxisChoice } | null {
  const first = fields.find(({ field }) => wanted[0]!.test(field.label)) ?? fields[0];
  const second =
    fields.find((each) => each !== first && wanted[1]!.test(each.field.label)) ?? fields.find((each) => each !== first);
  return first && second ? { x: usualAxis(first), y: usualAxis(second) } : null;
}

/** One policy over two of its settings: where it is stable, and what it costs there. */
export function MapTab() {
  const session = useSession();
  useView((state) => state.policy);
  const document = useDocuments(({ documents, activeId }) => documents.find(({ id }) => id === activeId));
  const valid = useDocuments(({ lastValid }) => lastValid);
  const watched = watchedPolicy(session);
  const policies = useMemo(() => writtenPolicies(valid?.text ?? ''), [valid]);
  const index = Math.max(
    0,
    policies.findIndex(({ name }) => name === watched),
  );
  const policy = policies[index];
  const fields = useMemo(() => (policy ? mapFields(policy, index) : []), [policy, index]);
  if (!document || !valid || !policy) return <p className="tab-empty">A map needs a scenario with a policy.</p>;
  return (
    <div className="map">
      <div className="decisions-bar">
        <PolicyChips current={policy.name} />
      </div>
      <MapOf key={`${document.id} ${policy.name}`} {...{ policy: policy.name, index, fields }} />
    </div>
  );
}

interface MapOfProps {
  readonly policy: string;
  readonly index: number;
  readonly fields: readonly MapField[];
}

function MapOf({ policy, index, fields }: MapOfProps) {
  const session = useSession();
  const { maps } = session;
  const { activity, shown, failure } = useStore(maps.store, (state) => state);
  const document = useDocuments(({ documents, activeId }) => documents.find(({ id }) => id === activeId));
  const valid = useDocuments(({ lastValid }) => lastValid);
  const choiceKey = `${document?.id} ${policy}`;
  const [axes, setAxes] = useState(() => choices.get(choiceKey) ?? usualAxes(fields));
  const [engine, setEngine] = useState<MapEngine | null>(null);
  const [metric, setMetric] = useState<keyof RunSummary>('flaps');
  const beyond = useMemo(() => (valid ? beyondFluid(serviceOf(valid.scenario)) : []), [valid]);
  const used: MapEngine = beyond.length > 0 ? 'exact' : (engine ?? 'fluid');
  const groups = metricGroupsOf(valid?.scenario.cost.currency ?? 'USD');

  const fieldOf = (choice: AxisChoice | undefined) => fields.find(({ id }) => id === choice?.id);
  const [xField, yField] = [fieldOf(axes?.x), fieldOf(axes?.y)];
  if (!axes || !xField || !yField || !valid)
    return <p className="tab-empty">A map needs two numbers to move; {policy} has fewer.</p>;
  const [xValues, yValues] = [axisValues(xField, axes.x), axisValues(yField, axes.y)];
  const wrong = typeof xValues === 'string' || typeof yValues === 'string' || axes.x.id === axes.y.id;
  const cells = wrong ? 0 : xValues.length * yValues.length;

  const change = (next: typeof axes): void => {
    choices.set(choiceKey, next);
    setAxes(next);
  };
  const draw = (): void => {
    if (wrong || !document) return;
    const grid: PolicyGrid = {
      policy,
      x: { path: xField.path, values: xValues },
      y: { path: yField.path, values: yValues },
    };
    const { id: documentId, fileName } = document;
    void maps.start({ documentId, fileName, text: valid.text, grid, engine: used });
  };
  const own = shown && shown.documentId === document?.id && shown.grid.policy === policy ? shown : null;
  const [ownX, ownY] = own
    ? [own.grid.x, own.grid.y].map(({ path }) => fields.find(({ id }) => id === path.join('.')))
    : [];
  const shownMetric = groups.flatMap(({ metrics }) => metrics).find(({ key }) => key === metric)!;
  return (
    <div className="map-body">
      <form
        className="map-setup"
        aria-label="What is mapped"
        onSubmit={(event) => {
          event.preventDefault();
          draw();
        }}
      >
        <AxisRow
          name="Across"
          fields={fields}
          choice={axes.x}
          trouble={typeof xValues === 'string' ? xValues : null}
          onChoice={(x) => change({ ...axes, x })}
        />
        <AxisRow
          name="Up"
          fields={fields}
          choice={axes.y}
          trouble={typeof yValues === 'string' ? yValues : axes.x.id === axes.y.id ? 'Choose another setting.' : null}
          onChoice={(y) => change({ ...axes, y })}
        />
        <label>
          Engine
          <select
            value={used}
            disabled={beyond.length > 0}
            title={beyond.length > 0 ? `The fluid engine does not know ${beyond.join(', ')}` : undefined}
            onChange={(event) => setEngine(event.target.value as MapEngine)}
          >
            <option value="fluid">fluid, quick</option>
            <option value="exact">exact, 3 replications</option>
          </select>
        </label>
        <label>
          Show
          <select value={metric} onChange={(event) => setMetric(event.target.value as keyof RunSummary)}>
            {groups.map(({ title, metrics }) => (
              <optgroup key={title} label={title}>
                {metrics.map(({ key, title: name }) => (
                  <option key={key} value={key}>
                    {name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        {activity ? (
          <div className="map-progress">
            <progress aria-label="Map" value={activity.done} max={activity.total} />
            <span className="quiet">
              {activity.done} of {activity.total}
            </span>
            <button type="button" className="button button-small" onClick={maps.cancel}>
              Cancel
            </button>
          </div>
        ) : (
          <button type="submit" className="button" disabled={wrong}>
            {wrong ? 'Draw the map' : `Draw ${cells} cells`}
          </button>
        )}
        {own && ownX && ownY && (
          <MapFiles map={own} fields={[ownX, ownY]} metric={shownMetric} scenario={valid.scenario} />
        )}
        {failure !== null && (
          <p className="wrong" role="alert">
            <Prose text={failure} />
          </p>
        )}
      </form>
      {own && ownX && ownY ? (
        <HeatGrid
          map={own}
          fields={[ownX, ownY]}
          index={index}
          metric={shownMetric}
          stale={!activity && gridScenario(valid.text, own.grid, own.engine).text !== own.text}
        />
      ) : (
        <p className="tab-empty">
          {activity
            ? 'The first cells are on their way.'
            : `Every cell runs ${policy} with another pair of settings on the same customers. Colour tells the number, hatching that it flaps. A cell that is chosen goes into the scenario.`}
        </p>
      )}
    </div>
  );
}
