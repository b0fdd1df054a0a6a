import type { KernelModel } from '../contract.ts';
import { FewestRequests } from './fewest-requests.ts';
import { LongestIdle } from './longest-idle.ts';
import { PowerOfTwo } from './power-of-two.ts';
import { RandomReplica } from './random.ts';
import { RoundRobin } from './round-robin.ts';
import type { Router } from './router.ts';

/** @throws Error when a routing that draws has no stream */
export function createRouter({ routing = 'central', discipline, concurrency, routingStream }: KernelModel): Router {
  const stream = () => {
    if (routingStream === undefined) throw new Error(`Routing ${routing} needs a stream.`);
    return routingStream;
  };
  switch (routing) {
    case 'round-robin':
      return new RoundRobin();
    case 'random':
      return new RandomReplica(stream());
    case 'power-of-two':
      return new PowerOfTwo(stream());
    case 'least-outstanding':
      return new FewestRequests(Infinity);
    case 'central':
      return discipline === 'processor-sharing' ? new FewestRequests(concurrency) : new LongestIdle(concurrency);
  }
}
