import { traceFormats, type ImportMapping, type TraceReport } from '../../../sim-core/index.ts';
import { withSetting } from './trace-settings.ts';

export interface FormatSelectProps {
  readonly report: TraceReport;
  readonly said: ImportMapping;
  readonly onSay: (mapping: ImportMapping) => void;
}

/** The format of the file, and by what it was recognised. */
export function FormatSelect({ report, said, onSay }: FormatSelectProps) {
  return (
    <select
      className="trace-format"
      aria-label="Format"
      title={`Recognised by: ${report.recognisedBy}`}
      value={said.format ?? ''}
      data-said={said.format !== undefined}
      onChange={({ target }) => onSay(withSetting(said, 'format', target.value === '' ? undefined : target.value))}
    >
      <option value="">{said.format === undefined ? `${report.format}, recognised` : 'recognise it'}</option>
      {traceFormats.map(({ name, title }) => (
        <option key={name} value={name} title={title}>
          {name}
        </option>
      ))}
    </select>
  );
}
