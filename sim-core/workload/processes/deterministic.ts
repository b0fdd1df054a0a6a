import type { Sampler } from '../../random/contract.ts';

/** Increments of evenly spaced arrivals: always 1. The n-th request comes when n are expected. */
export const evenIncrements: Sampler = {
  next: () => 1,
  fill: (target, count) => {
    target.fill(1, 0, count);
  },
};
