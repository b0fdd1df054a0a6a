import { Slider } from 'radix-ui';
import { useEffect, useId, useState } from 'react';
import type { Issue } from '../../../sim-core/index.ts';
import { deleteInYaml, setInYaml } from '../../stores/yaml-edit.ts';
import { Prose } from '../app/Prose.tsx';
import { Hint } from '../app/Hint.tsx';
import { useSession } from '../app/session-context.ts';
import {
  positionOf,
  valueAt,
  type ChoiceField,
  type Field,
  type NumberField,
  type SetField,
  type TextField,
} from './field.ts';
import { editText } from './policy-edits.ts';
import { ProvenanceMark } from './provenance/ProvenanceMark.tsx';
import { rounded, unitRules } from './quantity.ts';

interface RowProps<Kind> {
  readonly field: Kind;
  /** As the file has it; undefined when it is not there. */
  readonly written: unknown;
  /** What the scenario's check says about this field. */
  readonly issues: readonly Issue[];
}

export function FieldRow({ field, written, issues }: RowProps<Field>) {
  if (field.kind === 'number') return <NumberRow field={field} written={written} issues={issues} />;
  if (field.kind === 'choice') return <ChoiceRow field={field} written={written} issues={issues} />;
  if (field.kind === 'set') return <SetRow field={field} written={written} issues={issues} />;
  return <TextRow field={field} written={written} issues={issues} />;
}

const sliderSteps = 1000;

function useWrite(field: Field) {
  const session = useSession();
  const join = field.path.join('.');
  return {
    write: (value: string | number) =>
      editText(session, (text) => (field.edit ? field.edit(text, value) : setInYaml(text, field.path, value)), join),
    clear: () => editText(session, (text) => deleteInYaml(text, field.path)),
  };
}

function Label({ field, htmlFor }: { field: Field; htmlFor: string }) {
  const label = (
    <label htmlFor={htmlFor} className="field-label">
      {field.label}
    </label>
  );
  return (
    <span className="field-name">
      {field.help ? (
        <Hint text={field.help} side="left">
          {label}
        </Hint>
      ) : (
        label
      )}
      <ProvenanceMark label={field.label} path={field.path} />
    </span>
  );
}

function Trouble({ id, own, issues }: { id: string; own: string | null; issues: readonly Issue[] }) {
  const messages = own === null ? issues.map(({ message }) => message) : [own];
  if (messages.length === 0) return null;
  return (
    <p id={id} className="field-trouble" role="alert">
      <Prose text={messages.join(' ')} />
    </p>
  );
}

function NumberRow({ field, written, issues }: RowProps<NumberField>) {
  const id = useId();
  const rules = unitRules[field.unit];
  const { write, clear } = useWrite(field);
  const read = written === undefined ? field.standard : (rules.read(written) ?? null);
  const unreadable = written !== undefined && rules.read(written) === undefined;
  const shown = unreadable ? String(written) : read === null ? '' : rules.print(read);
  /** What is being typed; null while nobody types. */
  const [typed, setTyped] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => setTrouble(null), [shown]);

  const commit = (): void => {
    if (typed === null) return;
    const text = typed.trim();
    if (text === shown.trim()) {
      setTyped(null);
      setTrouble(null);
      return;
    }
    if (text === '') {
      if (written !== undefined && field.path.length > 0 && !field.needed) clear();
      setTyped(null);
      return;
    }
    const value = rules.read(text);
    if (value === undefined) {
      setTrouble(`“${text}” cannot be read. Write ${rules.examples}.`);
      return;
    }
    setTrouble(null);
    setTyped(null);
    write(rules.write(value));
  };

  const value = read ?? field.min;
  const invalid = trouble !== null || unreadable || issues.length > 0;
  return (
    <div className="field" data-off={read === null || undefined} data-standard={written === undefined || undefined}>
      <Label field={field} htmlFor={id} />
      <Slider.Root
        className="slider"
        min={0}
        max={sliderSteps}
        step={1}
        value={[Math.round(positionOf(field, value) * sliderSteps)]}
        onValueChange={([position = 0]) => {
          setTyped(null);
          const next = rounded(valueAt(field, position / sliderSteps, value), field.unit);
          // The ends are exact, whatever rounding makes of them.
          const exact =
            position === 0 ? Math.min(field.min, value) : position === sliderSteps ? Math.max(field.max, value) : next;
          if (exact !== read) write(rules.write(exact));
        }}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={field.label}
          aria-valuetext={shown === '' ? 'off' : shown}
          onKeyDown={(event) => {
            // One step of a thousandth moves no whole number: the arrows move by the unit's own step.
            const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
            if (direction === undefined) return;
            event.preventDefault();
            const coarse = event.shiftKey ? 10 : 1;
            const step = field.scale === 'log' ? Math.max(value, field.min) * 0.05 : stepOf(field);
            const next = Math.max(field.min, Math.min(Math.max(field.max, value), value + direction * step * coarse));
            const exact = rounded(next, field.unit);
            if (exact !== read) write(rules.write(exact));
          }}
        />
      </Slider.Root>
      <input
        id={id}
        className="field-value"
        value={typed ?? shown}
        data-typing={typed === null ? undefined : ''}
        placeholder="off"
        spellCheck={false}
        autoComplete="off"
        aria-invalid={invalid || undefined}
        aria-describedby={invalid ? `${id}-trouble` : undefined}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape' && typed !== null) {
            event.stopPropagation();
            setTyped(null);
            setTrouble(null);
          }
        }}
      />
      <Trouble id={`${id}-trouble`} own={trouble} issues={issues} />
    </div>
  );
}

/** One press of an arrow key on a linear slider. */
function stepOf(field: NumberField): number {
  if (field.unit === 'fraction') return 0.01;
  if (field.unit === 'number') return (field.max - field.min) / 100;
  if (field.unit === 'wholeSeconds') return 15;
  return 1;
}

function ChoiceRow({ field, written, issues }: RowProps<ChoiceField>) {
  const id = useId();
  const { write } = useWrite(field);
  const value = typeof written === 'string' ? written : field.standard;
  return (
    <div className="field">
      <Label field={field} htmlFor={id} />
      <select id={id} className="field-choice" value={value} onChange={(event) => write(event.target.value)}>
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Trouble id={`${id}-trouble`} own={null} issues={issues} />
    </div>
  );
}

function TextRow({ field, written, issues }: RowProps<TextField>) {
  const id = useId();
  const { write, clear } = useWrite(field);
  const shown = written === undefined ? field.standard : String(written);
  const [typed, setTyped] = useState<string | null>(null);
  const commit = (): void => {
    if (typed !== null && typed.trim() === '' && field.whenEmpty !== undefined && written !== undefined) clear();
    if (typed !== null && typed.trim() !== '' && typed !== shown)
      write(/^-?\d+$/.test(typed.trim()) ? Number(typed) : typed.trim());
    setTyped(null);
  };
  return (
    <div className="field">
      <Label field={field} htmlFor={id} />
      <input
        id={id}
        className="field-text"
        value={typed ?? shown}
        placeholder={field.whenEmpty}
        data-typing={typed === null ? undefined : ''}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={issues.length > 0 || undefined}
        aria-describedby={issues.length > 0 ? `${id}-trouble` : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape' && typed !== null) {
            event.stopPropagation();
            setTyped(null);
          }
        }}
      />
      <Trouble id={`${id}-trouble`} own={null} issues={issues} />
    </div>
  );
}

/** Words to tick; the last one that is ticked stays. */
function SetRow({ field, written, issues }: RowProps<SetField>) {
  const id = useId();
  const session = useSession();
  const chosen = Array.isArray(written) ? field.options.filter((option) => written.includes(option)) : [];
  return (
    <div className="field field-of-words" role="group" aria-labelledby={id}>
      <span id={id} className="field-label">
        {field.label}
      </span>
      {field.options.map((option) => {
        const isChosen = chosen.includes(option);
        const next = field.options.filter((other) => (other === option ? !isChosen : chosen.includes(other)));
        return (
          <label key={option} className="check">
            <input
              type="checkbox"
              checked={isChosen}
              disabled={isChosen && chosen.length === 1}
              onChange={() => editText(session, (text) => setInYaml(text, field.path, next))}
            />{' '}
            {option}
          </label>
        );
      })}
      <Trouble id={`${id}-trouble`} own={null} issues={issues} />
    </div>
  );
}
