import { z } from 'zod';

/** More replicas than this are a typing error, not a plan; the scenario schema draws the same line. */
export const mostReplicas = 100_000;

/** Replicas a policy may ask for: an integer from 0 to 100,000. */
export const replicaCount = () =>
  z.int().min(0).max(mostReplicas, { error: `At most 100,000 replicas can be simulated: give a smaller count.` });
