import { createDistribution } from '../../sim-core/random/registry.ts';
import { createStream } from '../../sim-core/random/stream.ts';
import { exponentialSampler } from '../../sim-core/random/ziggurat.ts';

/** The Kiefer–Wolfowitz recursion and nothing else: what any engine must at least do for these customers. @returns mean wait, s */
export function bareLoop(customers: number, rate: number, serviceTimeMean: number, servers: number): number {
  const gaps = exponentialSampler(createStream(1, 0, 'arrivals'));
  const services = createDistribution({ lognormal: { mean: serviceTimeMean, scv: 1 } }).sampler(
    createStream(1, 0, 'service'),
  );
  const gap = new Float64Array(1024);
  const need = new Float64Array(1024);
  const free = new Float64Array(servers + 2).fill(Infinity).fill(0, 0, servers);
  let time = 0;
  let waits = 0;
  for (let served = 0; served < customers; served += gap.length) {
    gaps.fill(gap, gap.length);
    services.fill(need, need.length);
    for (let i = 0; i < gap.length; i++) {
      time += gap[i]! / rate;
      const start = Math.max(time, free[0]!);
      waits += start - time;
      const end = start + need[i]!;
      let place = 0;
      for (;;) {
        let child = 2 * place + 1;
        if (child >= servers) break;
        child += free[child + 1]! < free[child]! ? 1 : 0;
        if (free[child]! >= end) break;
        free[place] = free[child]!;
        place = child;
      }
      free[place] = end;
    }
  }
  return waits / customers;
}
