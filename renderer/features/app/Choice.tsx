interface ChoiceProps<Name extends string> {
  /** what is chosen, for those who do not see it */
  readonly label: string;
  readonly names: Readonly<Record<Name, string>>;
  readonly current: Name;
  readonly disabled?: (name: Name) => boolean;
  readonly onChoose: (name: Name) => void;
}

/** One of a few, as chips in a row. */
export function Choice<Name extends string>({ label, names, current, disabled, onChoose }: ChoiceProps<Name>) {
  return (
    <div className="chips" role="radiogroup" aria-label={label}>
      {(Object.entries(names) as [Name, string][]).map(([name, words]) => (
        <button
          key={name}
          type="button"
          role="radio"
          className="chip"
          aria-checked={name === current}
          disabled={disabled?.(name) ?? false}
          onClick={() => onChoose(name)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
