import { useId } from 'react';

interface FieldProps {
  readonly label: string;
  /** What the label says is seen elsewhere, at the head of a column say. */
  readonly labelHidden?: boolean;
  readonly type?: 'text' | 'password';
  readonly className?: string;
  readonly value: string;
  readonly placeholder: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A line of text with its label, and what is wrong with it below. */
export function Field({
  label,
  labelHidden,
  type = 'text',
  className,
  value,
  placeholder,
  problem,
  onChange,
}: FieldProps) {
  const id = useId();
  return (
    <div className={className === undefined ? 'prometheus-field' : `prometheus-field ${className}`}>
      {labelHidden !== true && <label htmlFor={id}>{label}</label>}
      <input
        id={id}
        className="field-text"
        type={type}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        {...(labelHidden === true && { 'aria-label': label })}
        {...(problem !== undefined && { 'aria-invalid': true, 'aria-describedby': `${id}-problem` })}
        onChange={({ target }) => onChange(target.value)}
      />
      {problem !== undefined && (
        <p id={`${id}-problem`} className="prometheus-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
