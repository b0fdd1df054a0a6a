import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  initialValues,
  measureCurve,
  readMeasures,
  valueProblems,
} from '../../../sim-core/queueing/calculator/calculate.ts';
import type { CalculatorModel, ParameterValues } from '../../../sim-core/queueing/calculator/contract.ts';
import { fewestServers } from '../../../sim-core/queueing/calculator/fewest-servers.ts';
import { calculatorParameters } from '../../../sim-core/queueing/calculator/parameters.ts';
import { calculatorModel, calculatorModels } from '../../../sim-core/queueing/calculator/registry.ts';

const numbersOf = (model: CalculatorModel, values: ParameterValues) => readMeasures(model.solve(values));
const named = (name: string): CalculatorModel => {
  const model = calculatorModel(name);
  if (model === undefined) throw new Error(name);
  return model;
};
const page = readFileSync(new URL('../../../docs/theory.md', import.meta.url), 'utf8');

describe.each(calculatorModels.map((model) => ({ model, name: model.name })))('$name', ({ model }) => {
  const values = initialValues(model);

  it('solves what it begins with, and says how far to believe it', () => {
    expect(valueProblems(model, values)).toEqual([]);
    const numbers = Object.entries(numbersOf(model, values));
    expect(numbers.length).toBeGreaterThan(2);
    for (const [, value] of numbers) expect(value).toBeGreaterThanOrEqual(0);
    expect(page).toContain(`| \`${model.name}\` | ${model.title.replaceAll('|', '')} |`);
    expect(page).toContain(model.formula);
    expect(page).toContain(model.source);
    expect(page).toContain(model.range);
  });

  it('obeys Little’s law where it gives both sides', () => {
    const { throughput, waitingTimeMean, sojournTimeMean, queueLengthMean, numberInSystemMean } = numbersOf(
      model,
      values,
    );
    const rate = throughput ?? values.arrivalRate;
    if (numberInSystemMean !== undefined && sojournTimeMean !== undefined)
      expect(numberInSystemMean / (rate * sojournTimeMean)).toBeCloseTo(1, 9);
    const waiting = model.name === 'erlang-a' ? values.arrivalRate : rate;
    if (queueLengthMean !== undefined && waitingTimeMean !== undefined && queueLengthMean > 0)
      expect(queueLengthMean / (waiting * waitingTimeMean)).toBeCloseTo(1, 9);
  });

  it('says what is wrong with values out of range', () => {
    for (const name of model.parameters) {
      const { title, least } = calculatorParameters[name];
      expect(valueProblems(model, { ...values, [name]: least - 1 }).join()).toContain(title);
      expect(valueProblems(model, { ...values, [name]: NaN }).join()).toContain(title);
    }
  });
});

const withServers = calculatorModels.filter(
  ({ parameters }) => parameters.includes('servers') && parameters.includes('arrivalRate'),
);
it.each(withServers.map((model) => ({ model, title: model.title })))(
  '$title: more load means more waiting and loss, more servers less',
  ({ model }) => {
    const values = initialValues(model);

    const measures = ['waitingTimeMean', 'delayProbability', 'blockingProbability', 'abandonmentProbability'] as const;
    const rates = Array.from({ length: 20 }, (_, k) => values.arrivalRate * (0.3 + k / 20));
    const counts = Array.from({ length: 12 }, (_, k) => values.servers + k);
    const byLoad = measureCurve(model, values, 'arrivalRate', rates, measures);
    const byServers = measureCurve(model, values, 'servers', counts, measures);
    for (const name of measures) {
      for (let k = 1; k < rates.length; k += 1) {
        if (byLoad[name][k] === Infinity || Number.isNaN(byLoad[name][k])) continue;
        // Whitt's interpolation of the delay probability may give way in the last digits.
        expect(byLoad[name][k]!).toBeGreaterThanOrEqual(byLoad[name][k - 1]! * (1 - 1e-12));
      }
      for (let k = 1; k < counts.length; k += 1) {
        if (Number.isNaN(byServers[name][k])) continue;
        expect(byServers[name][k]!).toBeLessThanOrEqual(byServers[name][k - 1]! * (1 + 1e-12));
      }
    }
  },
);

describe('models by other names', () => {
  it.each([
    ['M/M/c', 'mmc'],
    ['Erlang-C', 'mmc'],
    ['M/M/c/K', 'mmck'],
    ['M/G/1-PS', 'ps'],
    ['M/M/c+M', 'erlang-a'],
    ['MVA', 'closed'],
    ['GI/G/c', 'whitt'],
  ])('%s is %s', (text, name) => {
    expect(calculatorModel(text)?.name).toBe(name);
  });
});

describe('the fewest servers', () => {
  const load = { arrivalRate: 40, serviceTimeMean: 1, patienceMean: 2, capacity: 60 };

  it.each([
    ['mmc', 'waitingTimeMean', 0.05],
    ['mmc', 'delayProbability', 0.1],
    ['mgc', 'waitingTimeP95', 0.2],
    ['mmck', 'blockingProbability', 0.001],
    ['erlang-b', 'blockingProbability', 0.01],
    ['erlang-a', 'abandonmentProbability', 0.02],
    ['erlang-a', 'waitingTimeP99', 0.5],
    ['mdc', 'waitingTimeP95', 0.1],
    ['gimc', 'waitingTimeMean', 0.01],
    ['ps', 'sojournTimeMean', 1.1],
    ['mtgc', 'delayProbabilityModified', 0.2],
  ] as const)('%s: %s ≤ %f, and one fewer is not enough', (name, measure, most) => {
    const model = named(name);
    const values = { ...initialValues(model), ...load, amplitude: 10, period: 60 };
    const { servers } = fewestServers(model, values, { measure, most });
    expect(servers).not.toBeNull();
    const [enough, fewer] = [servers!, servers! - 1].map(
      (count) => numbersOf(model, { ...values, servers: count })[measure],
    );
    expect(enough).toBeLessThanOrEqual(most);
    expect(fewer).toBeGreaterThan(most);
  });

  it('of Erlang’s table: 1 % blocking of 40 erlang takes 53 lines, 0.1 % of 10 takes 21', () => {
    const model = named('erlang-b');
    const lines = (arrivalRate: number, most: number) =>
      fewestServers(
        model,
        { ...initialValues(model), arrivalRate, serviceTimeMean: 1 },
        { measure: 'blockingProbability', most },
      ).servers;
    expect(lines(40, 0.01)).toBe(53);
    expect(lines(10, 0.001)).toBe(21);
  });

  it('says when no number of servers is enough', () => {
    const model = named('ps');
    expect(fewestServers(model, initialValues(model), { measure: 'sojournTimeMean', most: 0.01 })).toEqual({
      servers: null,
      limit: 0.08,
    });
    expect(() =>
      fewestServers(named('mm1'), initialValues(named('mm1')), { measure: 'waitingTimeMean', most: 1 }),
    ).toThrow('no number of servers');
  });
});
