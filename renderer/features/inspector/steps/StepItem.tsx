import type { Issue } from '../../../../sim-core/index.ts';
import type { YamlPath } from '../../../stores/yaml-edit.ts';
import { deleteInYaml } from '../../../stores/yaml-edit.ts';
import { ChevronIcon, CloseIcon } from '../../app/icons.tsx';
import { Prose } from '../../app/Prose.tsx';
import { useSession } from '../../app/session-context.ts';
import type { Field } from '../field.ts';
import { FieldRow } from '../FieldRow.tsx';
import { editText } from '../policy-edits.ts';
import { concerns, valueIn } from '../yaml-data.ts';
import { addPart, moveStep, removeStep } from './step-edits.ts';
import { readStep, stepKinds } from './step-kinds.ts';

interface StepItemProps {
  readonly step: unknown;
  /** of the trace */
  readonly trace: YamlPath;
  readonly index: number;
  readonly count: number;
  /** what concerns this step; paths from the top of the file */
  readonly issues: readonly Issue[];
}

/** One step: what it is, its numbers, its place among the others. */
export function StepItem({ step, trace, index, count, issues }: StepItemProps) {
  const session = useSession();
  const { name, written } = readStep(step);
  const path = [...trace, 'steps', index];
  const fields = name === undefined ? [] : stepKinds[name].fields(written, [...path, name]);
  const title = name === undefined ? 'No step the form knows' : stepKinds[name].title;
  /** Where an issue is told: at the field that is nearest to it, or at the step. */
  const fieldOf = (issue: Issue) =>
    fields
      .filter((field) => concerns(issue, field.path))
      .reduce<Field | undefined>(
        (nearest, field) => (nearest && nearest.path.length > field.path.length ? nearest : field),
        undefined,
      );
  const unplaced = issues.filter((issue) => fieldOf(issue) === undefined);
  const move = (by: -1 | 1) => void editText(session, (text) => moveStep(text, trace, index, by));
  const parts = name === 'splice' && Array.isArray(written) ? written.length : 0;
  return (
    <li className="step" aria-label={`Step ${index + 1}: ${title}`}>
      <header>
        <span className="step-number">{index + 1}</span>
        <h4>{title}</h4>
        <span className="spacer" />
        <button
          type="button"
          className="icon-button step-up"
          aria-label={`Move ${title} up`}
          disabled={index === 0}
          onClick={() => move(-1)}
        >
          <ChevronIcon />
        </button>
        <button
          type="button"
          className="icon-button step-down"
          aria-label={`Move ${title} down`}
          disabled={index === count - 1}
          onClick={() => move(1)}
        >
          <ChevronIcon />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={`Remove ${title}`}
          onClick={() => editText(session, (text) => removeStep(text, trace, index))}
        >
          <CloseIcon />
        </button>
      </header>
      {fields.map((field) => (
        <FieldRow
          key={`${field.path.join('.')} ${field.label}`}
          field={field}
          written={valueIn(step, field.path.slice(path.length))}
          issues={issues.filter((issue) => fieldOf(issue) === field)}
        />
      ))}
      {parts > 0 && (
        <p className="step-parts">
          <button
            type="button"
            className="button button-small"
            onClick={() => editText(session, (text) => addPart(text, [...path, 'splice']))}
          >
            Add a part
          </button>
          <button
            type="button"
            className="button button-small"
            disabled={parts < 2}
            onClick={() => editText(session, (text) => deleteInYaml(text, [...path, 'splice', parts - 1]))}
          >
            Remove the last
          </button>
        </p>
      )}
      {unplaced.length > 0 && (
        <p className="field-trouble" role="alert">
          <Prose text={unplaced.map(({ message }) => message).join(' ')} />
        </p>
      )}
    </li>
  );
}
