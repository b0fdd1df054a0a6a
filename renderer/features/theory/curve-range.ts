import { calculatorParameters, offeredLoadOf } from '../../../sim-core/index.ts';
import type { CalculatorModel, ParameterName, ParameterValues } from '../../../sim-core/index.ts';

const points = 48;

/** What the curve is drawn over at first: servers, else the rate, else users. */
export function usualAxis(model: CalculatorModel): ParameterName {
  if (model.initialClasses !== undefined) return 'rateFactor';
  return (
    (['servers', 'users', 'arrivalRate'] as const).find((name) => model.parameters.includes(name)) ??
    model.parameters[0]!
  );
}

/** Values of a parameter around the present one: those where something happens. */
export function curveRange(model: CalculatorModel, values: ParameterValues, axis: ParameterName): number[] {
  const load = offeredLoadOf(model, values) ?? values.servers;
  const { kind, least, most } = calculatorParameters[axis];
  const value = values[axis];
  let [from, to] = [value / 4, value * 2];
  if (axis === 'servers') {
    from = Math.min(value, load * 0.7);
    to = Math.max(value * 1.25, load + 4 * Math.sqrt(load) + 4);
  } else if (axis === 'arrivalRate' && model.alwaysStable !== true) {
    const servers = model.parameters.includes('servers') ? values.servers : 1;
    [from, to] = [value / 20, Math.max(value, Math.min(value * 3, (servers / values.serviceTimeMean) * 0.995))];
  } else if (axis === 'rateFactor') {
    [from, to] = [0, Math.max(value, load > 0 ? (value * values.servers * 0.995) / load : 2)];
  } else if (kind === 'number') {
    [from, to] = [0, Math.max(2, value * 2)];
  } else if (kind === 'share') {
    [from, to] = [0.01, 0.99];
  }
  [from, to] = [Math.max(least, from), Math.min(most, to)];
  if (kind === 'count') [from, to] = [Math.max(least, Math.floor(from)), Math.ceil(to)];
  const all = Array.from({ length: points + 1 }, (_, k) => from + (k / points) * (to - from));
  return kind === 'count' ? [...new Set(all.map(Math.round))] : all;
}
