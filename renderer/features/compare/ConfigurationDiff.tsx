import { useMemo, useState } from 'react';
import type { ShownResult } from '../../stores/runs.ts';
import { useView } from '../app/session-context.ts';
import { slotColour, useColours } from '../app/use-colours.ts';
import { writtenPolicies } from '../inspector/policy-edits.ts';
import { settingRows } from './configuration.ts';

/** What the policies are told, setting by setting. */
export function ConfigurationDiff({ shown }: { shown: ShownResult }) {
  const colours = useColours();
  const hidden = useView((state) => state.hidden);
  const [only, setOnly] = useState(true);
  const policies = useMemo(
    () => writtenPolicies(shown.text).filter(({ name }) => !hidden.has(name)),
    [shown.text, hidden],
  );
  const rows = useMemo(() => settingRows(policies), [policies]);
  const listed = only ? rows.filter(({ differs }) => differs) : rows;
  const baseline = Math.max(
    0,
    policies.findIndex(({ name }) => name === shown.comparison.baseline),
  );
  return (
    <table className="plain-table configuration">
      <caption className="visually-hidden">Settings of the policies as written in the scenario</caption>
      <thead>
        <tr>
          <th scope="col">
            <label className="check">
              <input type="checkbox" checked={only} onChange={(event) => setOnly(event.target.checked)} /> Only
              differences
            </label>{' '}
            <span className="quiet">
              {listed.length} of {rows.length}
            </span>
          </th>
          {policies.map(({ name }) => (
            <th key={name} scope="col">
              <span className="swatch" style={{ background: slotColour(colours.get(name)) }} /> {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {listed.map(({ path, values }) => (
          <tr key={path}>
            <th scope="row">
              <SettingPath path={path} />
            </th>
            {values.map((value, index) => (
              <td key={index} data-differs={value !== values[baseline] || undefined}>
                {value === undefined ? (
                  <span className="quiet">–</span>
                ) : value.includes('\n') ? (
                  <details>
                    <summary>{value.split('\n', 1)[0]} …</summary>
                    <pre>{value}</pre>
                  </details>
                ) : (
                  value
                )}
              </td>
            ))}
          </tr>
        ))}
        {listed.length === 0 && (
          <tr>
            <td className="quiet" colSpan={policies.length + 1}>
              {policies.length < 2 ? 'With one policy there is nothing to compare.' : 'All settings are the same.'}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** The last word of a path is what one looks for; what stands before is said quietly. */
function SettingPath({ path }: { path: string }) {
  const cut = path.lastIndexOf('.') + 1;
  return (
    <>
      <span className="quiet">{path.slice(0, cut)}</span>
      {path.slice(cut)}
    </>
  );
}
