import { useId } from 'react';
import { usualAxis, type AxisChoice, type MapField } from './axis.ts';

interface AxisRowProps {
  /** `Across` */
  readonly name: string;
  readonly fields: readonly MapField[];
  readonly choice: AxisChoice;
  readonly trouble: string | null;
  readonly onChoice: (choice: AxisChoice) => void;
}

const stepChoices = [3, 5, 7, 9, 11, 15, 20];

/** One axis of the map: a setting, where its values begin and end, and how many they are. */
export function AxisRow({ name, fields, choice, trouble, onChoice }: AxisRowProps) {
  const id = useId();
  return (
    <fieldset className="map-axis">
      <legend>{name}</legend>
      <select
        aria-label={`${name}: setting`}
        value={choice.id}
        onChange={(event) => {
          const field = fields.find((each) => each.id === event.target.value);
          if (field) onChoice(usualAxis(field, choice.steps));
        }}
      >
        {fields.map(({ id: value, field }) => (
          <option key={value} value={value}>
            {field.label}
          </option>
        ))}
      </select>
      <span className="map-range">
        {(['from', 'to'] as const).map((end) => (
          <input
            key={end}
            aria-label={`${name}: ${end}`}
            aria-invalid={trouble !== null || undefined}
            aria-describedby={trouble === null ? undefined : id}
            value={choice[end]}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChoice({ ...choice, [end]: event.target.value })}
          />
        ))}
        <select
          aria-label={`${name}: number of values`}
          title="How many values"
          value={choice.steps}
          onChange={(event) => onChoice({ ...choice, steps: Number(event.target.value) })}
        >
          {stepChoices.map((steps) => (
            <option key={steps} value={steps}>
              {steps}
            </option>
          ))}
        </select>
      </span>
      {trouble !== null && (
        <p id={id} className="field-trouble" role="alert">
          {trouble}
        </p>
      )}
    </fieldset>
  );
}
