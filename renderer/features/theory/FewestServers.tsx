import { useState } from 'react';
import {
  calculatorMeasures,
  fewestServers,
  measureTitle,
  parseDuration,
  parseFraction,
} from '../../../sim-core/index.ts';
import type { CalculatorModel, MeasureName, ParameterValues } from '../../../sim-core/index.ts';
import { printMeasure } from './parameter-text.ts';

interface FewestServersProps {
  readonly model: CalculatorModel;
  readonly values: ParameterValues;
  /** what must not exceed the limit */
  readonly measure: MeasureName;
  readonly onServers: (servers: number) => void;
}

/** Times and shares that fall as servers are added. */
export function canBeLimited(model: CalculatorModel, measure: MeasureName): boolean {
  return model.parameters.includes('servers') && /^(first|last)?(waiting|sojourn|.*Probability)/i.test(measure);
}

/** A limit for the drawn number, and the fewest servers that keep to it. */
export function FewestServers({ model, values, measure, onServers }: FewestServersProps) {
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState('');
  const { kind } = calculatorMeasures[measure];
  const title = measureTitle(model, measure);
  const most = kind === 'share' ? parseFraction(text) : parseDuration(text);
  const search = (): void => {
    if (most === undefined || !(most > 0)) return setAnswer(`Write ${kind === 'share' ? '20%' : '100ms'} or the like.`);
    try {
      const { servers, limit } = fewestServers(model, values, { measure, most });
      setAnswer(
        servers === null
          ? `No number of servers is enough: ${printMeasure(kind, limit)} is left.`
          : `${servers} servers; one fewer is not enough.`,
      );
      if (servers !== null) onServers(servers);
    } catch (error) {
      // What cannot be searched for says why.
      if (!(error instanceof RangeError)) throw error;
      setAnswer(error.message);
    }
  };
  return (
    <form
      className="fewest-servers"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <span>at most</span>
      <input
        className="field-text"
        aria-label={`${title} at most`}
        placeholder={kind === 'share' ? '20%' : '100ms'}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setText(target.value);
          setAnswer('');
        }}
      />
      <button className="button button-small">Fewest servers</button>
      <output>{answer}</output>
    </form>
  );
}
