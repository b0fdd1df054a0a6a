import type { Controller, Observation } from '../../../sim-core/autoscaling/contract.ts';
import { decide } from '../../../sim-core/autoscaling/pipeline.ts';
import { seen } from './seen.ts';

/** A controller that asks for the counts of a list, one an evaluation, and remembers what it was told had been done. */
export function asking(...counts: number[]): Controller {
  const controller: Controller<{ asked: number; told: number[] }> = {
    kind: 'test',
    interval: 60,
    initialState: { asked: 0, told: [] },
    evaluate({ time, desiredReplicas: current }, state) {
      const recommended = counts[state.asked] ?? current;
      const origin = [
        { name: 'ask', input: current, output: recommended, reason: 'Asked', detail: `asked for ${recommended}` },
      ];
      return {
        decision: decide({ time, current, observed: {}, recommended, origin }, []),
        state: { ...state, asked: state.asked + 1 },
      };
    },
    afterApply: (state, _, applied) => ({ ...state, told: [...state.told, applied] }),
  };
  return controller as Controller;
}

/** Evaluations `seconds` apart from t = 0 on, at one CPU utilisation, for `drive`. */
export const every = (seconds: number, count: number, cpu = 0.5): ((replicas: number) => Observation)[] =>
  Array.from({ length: count }, (_, index) => (replicas: number) => seen(index * seconds, replicas, cpu));
