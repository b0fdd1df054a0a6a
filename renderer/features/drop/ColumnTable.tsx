import { useState } from 'react';
import type { ImportMapping, TraceColumn, TraceReport } from '../../../sim-core/index.ts';
import {
  canCount,
  roleChoices,
  roleNames,
  saysColumn,
  saysRole,
  saysUnit,
  unitChoices,
  withCounter,
  withoutColumn,
  withRole,
  withUnit,
  type ColumnRole,
} from './trace-settings.ts';

/** Columns shown at first, and with each press of the button below: files may hold thousands of series. */
const shownAtFirst = 8;
const shownMore = 50;

export interface ColumnTableProps {
  readonly report: TraceReport;
  /** what a person has said */
  readonly said: ImportMapping;
  readonly onSay: (mapping: ImportMapping) => void;
}

/** What each column of the file was taken for, open to correction. */
export function ColumnTable({ report, said, onSay }: ColumnTableProps) {
  const [most, setMost] = useState(shownAtFirst);
  const [wanted, setWanted] = useState('');
  const { columns } = report;
  const many = columns.length > shownAtFirst;
  // What matters comes first where there is too much to see at once.
  const order = many
    ? columns
        .filter((column) => nameOf(column).toLowerCase().includes(wanted.trim().toLowerCase()))
        .toSorted((one, other) => weight(one) - weight(other))
    : columns;
  const shown = order.slice(0, most);
  return (
    <section className="trace-columns" aria-label="Columns">
      {many && (
        <input
          type="search"
          aria-label="Find a column"
          placeholder={`Find one of ${columns.length.toLocaleString('en')} columns`}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Values</th>
            <th scope="col">Role</th>
            <th scope="col">Counts</th>
            <th scope="col" title="Its values add up since some start, and become rates">
              Counter
            </th>
            <th scope="col">
              <span className="visually-hidden">From</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((column, index) => (
            <ColumnRow key={`${index} ${nameOf(column)}`} column={column} report={report} said={said} onSay={onSay} />
          ))}
        </tbody>
      </table>
      {shown.length < order.length && (
        <button type="button" className="link" onClick={() => setMost(most + shownMore)}>
          Show {Math.min(shownMore, order.length - most)} more of {order.length.toLocaleString('en')} columns
        </button>
      )}
    </section>
  );
}

const weight = ({ isDemand, role }: TraceColumn): number =>
  isDemand === true ? 0 : role === 'time' || role === 'duration' ? 1 : role === 'unused' ? 3 : 2;

/** The name with the labels that it does not hold already. */
function nameOf({ name, labels = {} }: TraceColumn): string {
  const pairs = Object.entries(labels).filter(([key]) => key !== '__name__');
  if (pairs.length === 0 || name.includes('{')) return name;
  return `${name} {${pairs.map(([key, value]) => `${key}="${value}"`).join(', ')}}`;
}

function fixedUnit({ role, unit, isDemand, counter }: TraceColumn, { timeFormat }: TraceReport): string {
  if (role === 'time') return timeFormat.split(/,| with /)[0] ?? '';
  return isDemand === true && counter === true ? 'requests' : unit;
}

interface ColumnRowProps extends ColumnTableProps {
  readonly column: TraceColumn;
}

function ColumnRow({ column, report, said, onSay }: ColumnRowProps) {
  const name = nameOf(column);
  const { role, isDemand, counter = false, sample = [] } = column;
  const isTime = role === 'time';
  // Times that are written out count nothing.
  const units = isTime && !/^unix|from the start/.test(report.timeFormat) ? [] : unitChoices(column);
  const unit = isTime ? (said.timeUnit ?? '') : column.unit;
  const values = sample.length > 0 ? sample.join('  ') : isTime ? report.firstTime : '';
  const roles = roleChoices(column);
  return (
    <tr data-role={role} data-demand={isDemand}>
      <th scope="row" title={name}>
        {name}
      </th>
      <td className="trace-sample" title={values}>
        {values}
      </td>
      <td>
        {roles.length > 1 ? (
          <select
            aria-label={`Role of ${name}`}
            // Of several that could be the demand one is chosen; the others are asked for.
            value={role === 'demand' && isDemand !== true ? '' : role}
            data-said={saysRole(said, column)}
            onChange={(event) => onSay(withRole(said, column, event.target.value as ColumnRole, report.columns))}
          >
            {role === 'demand' && isDemand !== true && <option value="">demand?</option>}
            {roles.map((choice) => (
              <option key={choice} value={choice}>
                {roleNames[choice]}
              </option>
            ))}
          </select>
        ) : (
          <span className="trace-fixed">{roleNames[role]}</span>
        )}
      </td>
      <td>
        {units.length > 0 ? (
          <select
            aria-label={`Unit of ${name}`}
            value={unit}
            data-said={saysUnit(said, column)}
            onChange={(event) => onSay(withUnit(said, column, event.target.value))}
          >
            {isDemand !== true && <option value="">{isTime ? report.timeFormat : 'not known'}</option>}
            {units.map((choice) => (
              <option key={choice} value={choice}>
                {choice === 'requests per bucket' ? 'per row' : choice}
              </option>
            ))}
          </select>
        ) : (
          <span className="trace-fixed" title={isTime ? report.timeFormat : undefined}>
            {fixedUnit(column, report)}
          </span>
        )}
      </td>
      <td className="trace-counter">
        {canCount(column) && (
          <input
            type="checkbox"
            aria-label={`${name} is a counter`}
            checked={counter}
            onChange={(event) => onSay(withCounter(said, column, event.target.checked))}
          />
        )}
      </td>
      <td className="trace-from">
        {saysColumn(said, column) ? (
          <button
            type="button"
            className="link"
            aria-label={`Take back what was said about ${name}`}
            onClick={() => onSay(withoutColumn(said, column))}
          >
            reset
          </button>
        ) : (
          <span className="quiet">{role === 'unused' ? '' : 'recognised'}</span>
        )}
      </td>
    </tr>
  );
}
