import { Dialog } from 'radix-ui';
import { useDeferredValue, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import {
  calculatorMeasures,
  calculatorModel,
  calculatorModels,
  calculatorParameters,
  initialValues,
  measureCurve,
  measureTitle,
  readMeasures,
  valueProblems,
} from '../../../sim-core/index.ts';
import type { ClassNumbers, MeasureName, ParameterName, PriorityClass } from '../../../sim-core/index.ts';
import { CloseIcon } from '../app/icons.tsx';
import { useSession } from '../app/session-context.ts';
import { openOverlay, overlayStore } from '../palette/overlays.ts';
import { ClassList } from './ClassList.tsx';
import { CurveFigure } from './CurveFigure.tsx';
import { curveRange, usualAxis } from './curve-range.ts';
import { canBeLimited, FewestServers } from './FewestServers.tsx';
import { ParameterRow } from './ParameterRow.tsx';
import { printMeasure, printParameter } from './parameter-text.ts';
import { stationOfRun } from './station-of-run.ts';
import './theory.css';

/** Any queueing model by its parameters: the numbers, a curve, and how far to believe them. */
export function CalculatorDialog() {
  const open = useStore(overlayStore, (state) => state.open === 'calculator');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => openOverlay(next ? 'calculator' : null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay-veil" />
        <Dialog.Content className="overlay-card overlay-dialog calculator" aria-describedby={undefined}>
          <header>
            <Dialog.Title>Queueing calculator</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <CloseIcon />
            </Dialog.Close>
          </header>
          <CalculatorBody />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function CalculatorBody() {
  const session = useSession();
  const [name, setName] = useState(calculatorModels[0]!.name);
  const [changed, setChanged] = useState<Partial<Record<ParameterName, number>>>({});
  const [changedClasses, setClasses] = useState<readonly PriorityClass[] | null>(null);
  const [wantedAxis, setAxis] = useState<ParameterName | null>(null);
  const [wantedMeasure, setMeasure] = useState<MeasureName | null>(null);
  const model = calculatorModel(name) ?? calculatorModels[0]!;
  const initial = initialValues(model);
  const values = useMemo(
    () => ({ ...initialValues(model), ...changed, ...(changedClasses !== null && { classes: changedClasses }) }),
    [model, changed, changedClasses],
  );
  const problems = valueProblems(model, values);
  const [numbers, classes] = useMemo(() => {
    if (valueProblems(model, values).length > 0) return [{}, []];
    const measured = model.solve(values);
    return [readMeasures(measured), measured.classes ?? []];
  }, [model, values]);
  const names = Object.keys(numbers) as MeasureName[];
  const axis = wantedAxis !== null && model.parameters.includes(wantedAxis) ? wantedAxis : usualAxis(model);
  const measure =
    wantedMeasure !== null && names.includes(wantedMeasure)
      ? wantedMeasure
      : (usualMeasures.find((each) => names.includes(each)) ?? names[0]);
  const choose = (next: string): void => {
    setName(next);
    // What was set goes along, but classes that differ have one server.
    if (calculatorModel(next)?.initialClasses !== undefined) setChanged((before) => ({ ...before, servers: 1 }));
  };
  const station = stationOfRun(session);
  const unstable = model.alwaysStable !== true && (numbers.trafficIntensity ?? 0) >= 1;
  const cautions = [
    ...problems,
    ...(unstable ? ['The load fills the servers: the queue grows without end.'] : []),
    ...(problems.length > 0 ? [] : (model.cautions?.(values) ?? [])),
  ];
  return (
    <div className="calculator-body">
      <section className="calculator-form">
        <label className="calculator-model">
          <span>Model</span>
          <select
            aria-label="Model"
            className="field-choice"
            value={model.name}
            onChange={({ target }) => choose(target.value)}
          >
            {calculatorModels.map((each) => (
              <option key={each.name} value={each.name}>
                {each.title}
              </option>
            ))}
          </select>
        </label>
        {model.initialClasses !== undefined && (
          <ClassList classes={values.classes ?? []} next={model.initialClasses.at(-1)!} onChange={setClasses} />
        )}
        {model.parameters.map((parameter) => (
          <ParameterRow
            key={`${model.name}-${parameter}`}
            name={parameter}
            initial={initial[parameter]}
            value={values[parameter]}
            onChange={(value) => setChanged((before) => ({ ...before, [parameter]: value }))}
          />
        ))}
        <div className="calculator-actions">
          <button
            className="button button-small"
            disabled={station === null || model.initialClasses !== undefined}
            onClick={() => station !== null && setChanged((before) => ({ ...before, ...station }))}
          >
            Use the scenario’s service
          </button>
          <button
            className="button button-small"
            onClick={() => {
              setChanged({});
              setClasses(null);
            }}
          >
            Start again
          </button>
        </div>
        {cautions.length > 0 && (
          <ul className="calculator-cautions" role="status">
            {cautions.map((caution) => (
              <li key={caution}>{caution}</li>
            ))}
          </ul>
        )}
      </section>
      <section className="calculator-numbers" aria-label="Numbers">
        <table>
          <tbody>
            {names.map((each) => (
              <tr key={each} data-drawn={each === measure || undefined}>
                <th scope="row">
                  <button onClick={() => setMeasure(each)}>{measureTitle(model, each)}</button>
                </th>
                <td>{printMeasure(calculatorMeasures[each].kind, numbers[each] ?? NaN)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {classes.length > 0 && <ClassTable classes={classes} />}
      </section>
      <section className="calculator-curve">
        <div className="calculator-axes">
          <select
            aria-label="Drawn number"
            className="field-choice"
            value={measure ?? ''}
            onChange={({ target }) => setMeasure(target.value as MeasureName)}
          >
            {names.map((each) => (
              <option key={each} value={each}>
                {measureTitle(model, each)}
              </option>
            ))}
          </select>
          <span>against</span>
          <select
            aria-label="Drawn against"
            className="field-choice"
            value={axis}
            onChange={({ target }) => setAxis(target.value as ParameterName)}
          >
            {model.parameters.map((each) => (
              <option key={each} value={each}>
                {calculatorParameters[each].title}
              </option>
            ))}
          </select>
        </div>
        {measure !== undefined && canBeLimited(model, measure) && (
          <FewestServers
            key={`${model.name}-${measure}`}
            model={model}
            values={values}
            measure={measure}
            onServers={(servers) => setChanged((before) => ({ ...before, servers }))}
          />
        )}
        {measure !== undefined && (
          <Curve name={model.name} values={values} axis={axis} measure={measure} value={numbers[measure] ?? NaN} />
        )}
      </section>
      <footer className="calculator-words">
        <p>{model.assumptions}</p>
        <dl>
          <dt>Formula</dt>
          <dd>{model.formula}</dd>
          <dt>Accuracy</dt>
          <dd>{model.accuracy}</dd>
          <dt>Range</dt>
          <dd>{model.range}</dd>
          <dt>Outside</dt>
          <dd>{model.outside}</dd>
          <dt>Source</dt>
          <dd>{model.source}</dd>
        </dl>
      </footer>
    </div>
  );
}

function ClassTable({ classes }: { classes: readonly ClassNumbers[] }) {
  const time = (seconds: number): string => printMeasure('seconds', seconds);
  return (
    <table className="class-numbers">
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">Wait</th>
          <th scope="col">Sojourn</th>
          <th scope="col" title="Sojourn when higher classes interrupt">
            Interrupted
          </th>
        </tr>
      </thead>
      <tbody>
        {classes.map((each, index) => (
          <tr key={index}>
            <th scope="row">{index + 1}</th>
            <td>{time(each.waitingTimeMean)}</td>
            <td>{time(each.sojournTimeMean)}</td>
            <td>{time(each.sojournTimePreemptiveMean)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const usualMeasures: readonly MeasureName[] = [
  'waitingTimeMean',
  'blockingProbability',
  'sojournTimeMean',
  'delayProbability',
  'delayProbabilityModified',
];

interface CurveProps {
  readonly name: string;
  readonly values: ReturnType<typeof initialValues>;
  readonly axis: ParameterName;
  readonly measure: MeasureName;
  readonly value: number;
}

function Curve(props: CurveProps) {
  // Sliders move at once, the curve follows when there is time.
  const { name, values, axis, measure } = useDeferredValue(props);
  const drawn = useMemo(() => {
    const model = calculatorModel(name) ?? calculatorModels[0]!;
    const x = curveRange(model, values, axis);
    return { x, line: measureCurve(model, values, axis, x, [measure])[measure] };
  }, [name, values, axis, measure]);
  const { kind } = calculatorMeasures[measure];
  const title = measureTitle(calculatorModel(name) ?? calculatorModels[0]!, measure);
  const formatX = useMemo(() => (value: number) => printParameter(axis, Number(value.toPrecision(3))), [axis]);
  const formatY = useMemo(() => (value: number) => printMeasure(kind, value), [kind]);
  return (
    <CurveFigure
      x={drawn.x}
      values={drawn.line}
      at={props.values[props.axis]}
      value={props.value}
      formatX={formatX}
      formatY={formatY}
      {...(kind === 'share' && { most: 1 })}
      label={`${title} against ${calculatorParameters[axis].title}`}
    />
  );
}
