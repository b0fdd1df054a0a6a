import { erlangB } from '../erlang.ts';
import type { QueueModel, QueueSystem } from '../model.ts';
import type { CalculatorModel, Measured } from './contract.ts';

/** Where everybody may wait, nobody is turned away. */
export const turnsNobodyAway: NonNullable<CalculatorModel['titles']> = {
  blockingProbability: 'Blocked if nobody could wait (Erlang B)',
};

/** What a model with a wait and a sojourn distribution says of a system, with the quantiles people ask for. */
export function measureQueueModel(model: QueueModel, system: QueueSystem): Measured {
  const prediction = model.predict(system);
  return {
    ...prediction,
    blockingProbability: () => erlangB(system.servers, prediction.offeredLoad),
    waitingTimeDelayedMean: prediction.waitingTimeMean / prediction.delayProbability,
    waitingTimeP50: () => model.waitingTimeQuantile(system, 0.5),
    waitingTimeP95: () => model.waitingTimeQuantile(system, 0.95),
    waitingTimeP99: () => model.waitingTimeQuantile(system, 0.99),
    sojournTimeP50: () => model.sojournTimeQuantile(system, 0.5),
    sojournTimeP95: () => model.sojournTimeQuantile(system, 0.95),
    sojournTimeP99: () => model.sojournTimeQuantile(system, 0.99),
  };
}
