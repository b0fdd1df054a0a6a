import type { Issue } from '../issue.ts';
import type { Scenario, Service } from './schema.ts';

/** Requests of one run up to which `engine: auto` simulates each of them: some ten seconds. */
export const mostExactRequests = 200_000_000;

/** What a scenario runs on, and what there is to say about it. */
export interface EngineChoice {
  readonly engine: 'exact' | 'fluid';
  readonly issues: readonly Issue[];
}

/** Keys of the service that the fluid engine does not know. */
export function beyondFluid({ discipline, routing, client, queue, replicas }: Service): string[] {
  const beyond = {
    discipline: discipline !== 'fifo',
    routing: routing !== 'central',
    client: client !== undefined,
    'replicas.speed': replicas.speed !== undefined,
    'replicas.slowStart': replicas.slowStart !== undefined,
    'replicas.crash': replicas.crash !== undefined,
    'queue.retry.backoffMax': queue.retry?.backoffMax !== undefined,
    'queue.retry.jitter': (queue.retry?.jitter ?? 0) > 0,
    'queue.retry.budget': queue.retry?.budget !== undefined,
  };
  return Object.entries(beyond).flatMap(([key, given]) => (given ? [key] : []));
}

/**
 * Exact while a run can be simulated request by request, fluid beyond; a run that neither can do is refused.
 *
 * @param expected requests of one run, without retries
 * @param most requests the engine simulates in one run
 */
export function chooseEngine(
  { engine }: Pick<Scenario, 'engine'>,
  service: Service,
  expected: number,
  most: number,
): EngineChoice {
  if (engine === 'fluid') return { engine, issues: [] };
  const unknown = beyondFluid(service);
  const about = `About ${expected.toPrecision(3)} requests would arrive in one run`;
  if (engine === 'auto' && expected > mostExactRequests && unknown.length === 0) {
    const message = `${about}, more than the ${mostExactRequests} up to which each is simulated, so the fluid engine was chosen: expectations, approximate. Set \`engine: fluid\` to say so yourself, or ${expected > most ? 'shorten `horizon`' : 'set `engine: exact`'} to simulate them.`;
    return { engine: 'fluid', issues: [{ code: 'fluid-chosen', severity: 'warning', path: ['engine'], message }] };
  }
  if (expected <= most) return { engine: 'exact', issues: [] };
  const way =
    unknown.length === 0
      ? 'Set `engine: fluid`, shorten'
      : `The fluid engine could, but does not know ${unknown.join(', ')}. Remove that, shorten`;
  const message = `${about}; the engine simulates at most ${most}. ${way} \`horizon\`, or lower \`workload.scale\` (with fewer replicas to match).`;
  return {
    engine: 'exact',
    issues: [{ code: 'too-many-requests', severity: 'error', path: ['workload'], message }],
  };
}
