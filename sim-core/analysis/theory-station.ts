import { createDistribution } from '../random/registry.ts';
import type { Scenario } from '../scenario/schema.ts';

type Service = Scenario['services'][string];

/** What theory must know of a service beyond what a run's rows show. */
export interface TheoryStation {
  /** requests one replica works on at once */
  readonly concurrency: number;
  /** each replica has a queue of its own */
  readonly ownQueues: boolean;
  /** requests of a replica share its processors; null when each has a slot to itself */
  readonly sharing: {
    /** of a replica, integer ≥ 1 */
    readonly processors: number;
    /** s: of a request alone on one of them, at the mean speed of the replicas */
    readonly serviceTimeMean: number;
  } | null;
  /** how long requests wait before they leave; null: for as long as it takes */
  readonly patience: {
    /** s */
    readonly mean: number;
    /** the same for all */
    readonly fixed: boolean;
    /** share of the services that take longer than it, so that clients leave those under way; 0 where only waiting ends */
    readonly outlastedBy: number;
  } | null;
}

/** @see docs/theory.md for what of a service the models know */
export function theoryStation(service: Service): TheoryStation {
  const { concurrency, discipline, processors = 1, routing, client, queue, replicas } = service;
  const speed = replicas.speed === undefined ? 1 : (replicas.speed.min + replicas.speed.max) / 2;
  const ofClient = client === undefined ? null : createDistribution(client.timeout);
  // Less than a whole processor is a slow one.
  const pace = Math.min(1, processors) * speed;
  const patience = Math.min(queue.timeout ?? Infinity, ofClient?.mean ?? Infinity);
  return {
    concurrency,
    ownQueues: routing !== 'central',
    sharing:
      discipline === 'processor-sharing'
        ? {
            processors: Math.max(1, Math.round(processors)),
            serviceTimeMean: createDistribution(service.serviceTime).mean / pace,
          }
        : null,
    patience:
      patience === Infinity
        ? null
        : {
            mean: patience,
            fixed: ofClient === null || ofClient.variance === 0 || queue.timeout === patience,
            outlastedBy: ofClient === null ? 0 : 1 - createDistribution(service.serviceTime).cdf(ofClient.mean),
          },
  };
}
