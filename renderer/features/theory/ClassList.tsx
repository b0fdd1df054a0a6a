import { mostClasses } from '../../../sim-core/index.ts';
import type { PriorityClass } from '../../../sim-core/index.ts';
import { CloseIcon } from '../app/icons.tsx';
import { ParameterRow } from './ParameterRow.tsx';

interface ClassListProps {
  readonly classes: readonly PriorityClass[];
  /** what a further class begins with */
  readonly next: PriorityClass;
  readonly onChange: (classes: readonly PriorityClass[]) => void;
}

const parameters = ['arrivalRate', 'serviceTimeMean', 'serviceScv'] as const;

/** Classes of requests in the order in which they are served, each with its parameters; to add to and take from. */
export function ClassList({ classes, next, onChange }: ClassListProps) {
  return (
    <div className="class-list">
      {classes.map((each, index) => (
        // A class is its place: there is nothing else to tell one from another.
        <fieldset key={index}>
          <legend>
            Class {index + 1}
            {index === 0 && ', first'}
          </legend>
          {classes.length > 1 && (
            <button
              className="icon-button class-remove"
              aria-label={`Remove class ${index + 1}`}
              onClick={() => onChange(classes.toSpliced(index, 1))}
            >
              <CloseIcon />
            </button>
          )}
          {parameters.map((name) => (
            <ParameterRow
              key={name}
              name={name}
              whose={`Class ${index + 1}: `}
              initial={next[name]}
              value={each[name]}
              onChange={(value) => onChange(classes.with(index, { ...each, [name]: value }))}
            />
          ))}
        </fieldset>
      ))}
      <button
        className="button button-small"
        disabled={classes.length >= mostClasses}
        onClick={() => onChange([...classes, classes.at(-1) ?? next])}
      >
        Add a class
      </button>
    </div>
  );
}
