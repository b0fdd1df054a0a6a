import {
  calculatorParameters,
  formatNumber,
  formatSeconds,
  formatShare,
  parseDuration,
  parseFraction,
  parseRate,
  printDuration,
  printFraction,
  printRate,
} from '../../../sim-core/index.ts';
import type { MeasureKind, ParameterName } from '../../../sim-core/index.ts';

/** What a person typed for a parameter, in SI; undefined when it cannot be read. */
export function readParameter(name: ParameterName, text: string): number | undefined {
  switch (calculatorParameters[name].kind) {
    case 'rate':
      return parseRate(text);
    case 'duration':
      return parseDuration(text);
    case 'share':
      return parseFraction(text);
    case 'count':
    case 'number': {
      const value = Number(text.replace(',', '.'));
      return text.trim() !== '' && Number.isFinite(value) ? value : undefined;
    }
  }
}

/** A parameter as people write it: `150/s`, `80ms`, `20%`. */
export function printParameter(name: ParameterName, value: number): string {
  switch (calculatorParameters[name].kind) {
    case 'rate':
      return printRate(value);
    case 'duration':
      return printDuration(value);
    case 'share':
      return printFraction(value);
    case 'count':
    case 'number':
      return String(value);
  }
}

/** A number for reading; ∞ where there is no steady state. */
export function printMeasure(kind: MeasureKind, value: number): string {
  if (value === Infinity) return '∞';
  if (kind === 'seconds') return formatSeconds(value);
  if (kind === 'share') return formatShare(value);
  return kind === 'rate' ? `${formatNumber(value)}/s` : formatNumber(value);
}

/** Rounded to three digits, so that a slider leaves numbers a person would write. */
const roundedTo = (value: number): number => Number(value.toPrecision(3));

interface SliderScale {
  valueAt(share: number): number;
  positionOf(value: number): number;
}

/** Two powers of ten either way of what the parameter begins with; shares evenly, variability finer towards zero. */
export function sliderScale(name: ParameterName, initial: number): SliderScale {
  const { kind, least, most } = calculatorParameters[name];
  if (kind === 'share')
    return { valueAt: (share) => Math.max(least, Math.min(roundedTo(share), most)), positionOf: (value) => value };
  if (kind === 'number') {
    const top = 9;
    return { valueAt: (share) => roundedTo(top * share * share), positionOf: (value) => Math.sqrt(value / top) };
  }
  const low = Math.max(least, kind === 'count' ? 1 : initial / 100);
  const high = Math.min(most, Math.max(initial * 100, kind === 'count' ? 1000 : 0));
  return {
    valueAt(share) {
      const value = low * (high / low) ** share;
      return kind === 'count' ? Math.round(value) : roundedTo(value);
    },
    positionOf: (value) => (value <= low ? 0 : Math.log(value / low) / Math.log(high / low)),
  };
}
