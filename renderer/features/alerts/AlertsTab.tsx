import { useMemo } from 'react';
import { formatFixed, formatSeconds, noValue, timeLabel } from '../../../sim-core/index.ts';
import type { AlertEstimate, Estimate } from '../../../sim-core/index.ts';
import type { ShownResult } from '../../stores/runs.ts';
import { setInYaml } from '../../stores/yaml-edit.ts';
import { PolicyChips } from '../app/PolicyChips.tsx';
import { Prose } from '../app/Prose.tsx';
import { usePreferences, useRuns, useSession, useView } from '../app/session-context.ts';
import { slotColour, useColours } from '../app/use-colours.ts';
import { pinAt, watchedPolicy } from '../decisions/step.ts';
import { editText } from '../inspector/policy-edits.ts';
import './alerts.css';

/** Who would have been warned, how early, and how often for nothing. */
export function AlertsTab() {
  const session = useSession();
  const shown = useRuns((state) => state.shown);
  useView((state) => state.policy);
  const policy = watchedPolicy(session);
  if (!shown || policy === null) return <p className="tab-empty">Alerts are judged with the first result.</p>;
  if (shown.comparison.policies.every(({ alerts }) => alerts.length === 0))
    return (
      <div className="tab-empty">
        <p>
          <Prose text="No alert rules are put to this scenario. Write your own under `alerts` in the YAML, or begin with what a runbook usually watches: CPU, p95, errors, growth." />
        </p>
        <button
          type="button"
          className="button"
          onClick={() => editText(session, (text) => setInYaml(text, ['alerts'], { runbook: true }))}
        >
          Add the runbook’s rules
        </button>
      </div>
    );
  return (
    <div className="alerts">
      <div className="alert-rules">
        <RuleTable shown={shown} />
      </div>
      <Firings shown={shown} policy={policy} />
    </div>
  );
}

/** `2`, `1.4` */
const whole = ({ mean }: Estimate): string => formatFixed(mean, Number.isInteger(mean) ? 0 : 1);

/** `2`, `1.4 ± 0.3` */
function printed({ mean, halfWidth }: Estimate): string {
  if (Number.isNaN(mean)) return noValue;
  const text = formatFixed(mean, Number.isInteger(mean) ? 0 : 1);
  return halfWidth > 0 ? `${text} ± ${formatFixed(halfWidth, 1)}` : text;
}

function RuleTable({ shown }: { shown: ShownResult }) {
  const { policies, replications } = shown.comparison;
  const { view } = useSession();
  const colours = useColours();
  const names = policies[0]?.alerts.map(({ name, severity }) => ({ name, severity })) ?? [];
  return (
    <table className="plain-table">
      <caption className="visually-hidden">Alert rules, means of {replications} replications</caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Policy</th>
          {['Fired', 'Firing for', 'Warned of', 'Ahead by', 'False alarms'].map((title) => (
            <th key={title} scope="col" className="number">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      {names.map(({ name, severity }) => (
        <tbody key={name}>
          {policies.map(({ policy, alerts }, index) => {
            const alert = alerts.find((each) => each.name === name);
            return (
              <tr key={policy}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={policies.length}>
                    <span className={`severity severity-${severity}`}>{severity}</span> {name}
                  </th>
                )}
                <td>
                  <button type="button" title={`Firings of ${policy}`} onClick={() => view.setPolicy(policy)}>
                    <span className="swatch" style={{ background: slotColour(colours.get(policy)) }} /> {policy}
                  </button>
                </td>
                {alert && <RuleCells alert={alert} />}
              </tr>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}

function RuleCells({ alert }: { alert: AlertEstimate }) {
  const { firings, firingTime, caught, breaks, leadTime, falseAlarms } = alert;
  return (
    <>
      <td className="number">{printed(firings)}</td>
      <td className="number">{firingTime.mean > 0 ? formatSeconds(firingTime.mean) : noValue}</td>
      <td className="number">{breaks.mean === 0 ? noValue : `${whole(caught)} of ${whole(breaks)}`}</td>
      <td className="number" data-late={leadTime.mean < 0 || undefined}>
        {Number.isNaN(leadTime.mean)
          ? noValue
          : `${leadTime.mean < 0 ? '−' : ''}${formatSeconds(Math.abs(leadTime.mean))}`}
      </td>
      <td className="number" data-late={falseAlarms.mean > 0 || undefined}>
        {printed(falseAlarms)}
      </td>
    </>
  );
}

/** The firings of one policy in replication 0, in the order of time: a click shows them on the lanes. */
function Firings({ shown, policy }: { shown: ShownResult; policy: string }) {
  const session = useSession();
  const timeMode = usePreferences((state) => state.timeMode);
  const result = shown.comparison.policies.find((each) => each.policy === policy);
  const firings = useMemo(
    () =>
      (result?.example.alerts ?? [])
        .flatMap(({ name, severity, firings: stretches }) =>
          stretches.map((stretch) => ({ ...stretch, name, severity })),
        )
        .sort((one, other) => one.from - other.from),
    [result],
  );
  const at = (time: number): string => timeLabel(time, [0, shown.scenario.horizon], shown.scenario.start, timeMode);
  return (
    <section className="alert-firings" aria-label={`Firings of ${policy}, replication 1`}>
      <PolicyChips current={policy} />
      {firings.length === 0 ? (
        <p className="quiet">Nothing fires with {policy} in replication 1.</p>
      ) : (
        <ol>
          {firings.slice(0, 400).map(({ name, severity, from, to }) => (
            <li key={`${name} ${from}`}>
              <button
                type="button"
                onClick={() => {
                  pinAt(session, from);
                  session.view.setSelection([from, to]);
                }}
              >
                <span>{at(from)}</span>
                <span className="quiet">{formatSeconds(to - from)}</span>
                <span className={`severity severity-${severity}`}>{severity}</span>
                <span className="name">{name}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
      {firings.length > 400 && <p className="quiet">and {firings.length - 400} more</p>}
    </section>
  );
}
