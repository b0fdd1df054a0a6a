import { offeredLoadOf, readMeasure, valueProblems } from './calculate.ts';
import type { CalculatorModel, ParameterValues } from './contract.ts';
import type { MeasureName } from './measures.ts';

/** A measure that must not exceed a limit. */
export interface MeasureObjective {
  readonly measure: MeasureName;
  readonly most: number;
}

export interface FewestServers {
  /** null: no number of servers meets it */
  readonly servers: number | null;
  /** what (nearly) endless servers leave of the measure */
  readonly limit: number;
}

/**
 * The smallest number of servers at which a measure is at most its limit, all else held: a search by halving, since
 * waits, blocking and abandonment fall as servers are added.
 *
 * @throws RangeError for a model without servers, or without that measure
 * @example fewestServers(erlangBCalculator, { …, arrivalRate: 4, serviceTimeMean: 1 }, { measure: 'blockingProbability', most: 0.2 }).servers // 5
 */
export function fewestServers(
  model: CalculatorModel,
  values: ParameterValues,
  { measure, most }: MeasureObjective,
): FewestServers {
  if (!model.parameters.includes('servers')) throw new RangeError(`${model.title} has no number of servers to choose`);
  const at = (servers: number): number => {
    const here = { ...values, servers };
    return valueProblems(model, here).length > 0 ? Infinity : readMeasure(model.solve(here), measure);
  };
  const swing = model.parameters.includes('amplitude') ? values.amplitude * values.serviceTimeMean : 0;
  const load = (offeredLoadOf(model, values) ?? values.users) + swing;
  let high = Math.ceil(load + 60 * Math.sqrt(load) + 100);
  // With limited room there cannot be more servers than places.
  if (model.parameters.includes('capacity')) high = Math.min(high, values.capacity);
  const problems = valueProblems(model, { ...values, servers: high });
  if (problems.length > 0) throw new RangeError(problems.join(' '));
  const limit = at(high);
  if (Number.isNaN(limit)) throw new RangeError(`${model.title} gives no ${measure}`);
  if (limit > most) return { servers: null, limit };
  let low = 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle) <= most) high = middle;
    else low = middle;
  }
  return { servers: high, limit };
}
