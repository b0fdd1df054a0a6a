import { Slider } from 'radix-ui';
import { useId, useState } from 'react';
import { calculatorParameters } from '../../../sim-core/index.ts';
import type { ParameterName } from '../../../sim-core/index.ts';
import { printParameter, readParameter, sliderScale } from './parameter-text.ts';

interface ParameterRowProps {
  readonly name: ParameterName;
  /** said before the name where several rows have it: `Class 2: ` */
  readonly whose?: string;
  /** what it begins with, around which the slider reaches */
  readonly initial: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

const steps = 400;

/** One parameter: typed with its unit, or dragged. */
export function ParameterRow({ name, whose = '', initial, value, onChange }: ParameterRowProps) {
  const id = useId();
  const { title, symbol, help } = calculatorParameters[name];
  const [typed, setTyped] = useState<string | null>(null);
  const scale = sliderScale(name, initial);
  const wrong = typed !== null && readParameter(name, typed) === undefined;
  return (
    <div className="parameter-row">
      <label htmlFor={id} title={help}>
        {title} <i>{symbol}</i>
      </label>
      <input
        id={id}
        {...(whose !== '' && { 'aria-label': `${whose}${title}` })}
        className="field-text"
        value={typed ?? printParameter(name, value)}
        aria-invalid={wrong}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setTyped(target.value);
          const next = readParameter(name, target.value);
          if (next !== undefined) onChange(next);
        }}
        onBlur={() => setTyped(null)}
      />
      <Slider.Root
        className="slider"
        min={0}
        max={steps}
        value={[Math.round(Math.max(0, Math.min(1, scale.positionOf(value))) * steps)]}
        onValueChange={([position = 0]) => {
          setTyped(null);
          onChange(scale.valueAt(position / steps));
        }}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={`${whose}${title}`}
          aria-valuetext={printParameter(name, value)}
        />
      </Slider.Root>
    </div>
  );
}
