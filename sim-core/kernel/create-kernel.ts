import type { KernelModel } from './contract.ts';
import type { Engine } from './engine.ts';
import { EventListKernel } from './event-list-kernel.ts';
import { Kernel } from './kernel.ts';

/** Whether a model uses an effect that only the event-list path knows. */
export function needsEventList(model: KernelModel): boolean {
  return (
    (model.discipline ?? 'fifo') !== 'fifo' ||
    (model.routing ?? 'central') !== 'central' ||
    model.speeds !== undefined ||
    model.slowStart !== undefined ||
    model.crashTimes !== undefined ||
    model.clientTimeouts !== undefined ||
    (model.retryBackoffMax ?? Infinity) < Infinity ||
    (model.retryJitter ?? 0) > 0 ||
    model.retryBudget !== undefined ||
    model.departureProbe !== undefined
  );
}

/** The engine for a model: the epoch path where it suffices, the event-list path where it does not. */
export function createKernel(model: KernelModel): Engine {
  return needsEventList(model) ? new EventListKernel(model) : new Kernel(model);
}
