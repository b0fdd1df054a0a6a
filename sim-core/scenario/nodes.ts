import type { Issue } from '../issue.ts';
import type { NodeModel } from '../kernel/node-pool.ts';
import { createDistribution } from '../random/registry.ts';
import type { RandomStream } from '../random/contract.ts';
import type { Scenario, Service } from './schema.ts';

type Nodes = NonNullable<Scenario['nodes']>;

/** The node layer of one run, from the scenario's `nodes`. */
export function nodeModelOf(
  nodes: Nodes,
  service: Service,
  initialReplicas: number,
  stream: (name: string) => RandomStream,
): NodeModel {
  const replicasPerNode = roomOf(nodes, service);
  return {
    initial: nodes.initial ?? Math.max(nodes.minimum, Math.ceil(initialReplicas / replicasPerNode)),
    minimum: nodes.minimum,
    maximum: nodes.maximum,
    replicasPerNode,
    provisioningDelays: createDistribution(nodes.provisioning).sampler(stream('nodes')),
    scaleDownAfter: nodes.scaleDownAfter,
    placement: nodes.placement,
  };
}

/** Replicas one node has room for, by what they request; 0 when it is too small for one. */
function roomOf({ replicasPerNode, capacity }: Nodes, { resources }: Service): number {
  if (capacity === undefined) return replicasPerNode ?? 0;
  const { reserved } = capacity;
  // 1e-9 forgives what rounding left of a quotient that was meant to be whole.
  const fits = (available: number, request: number) => Math.max(0, Math.floor(available / request + 1e-9));
  const byCpu = fits(capacity.cpu - reserved.cpu, resources.cpuRequest);
  const { memoryRequest } = resources;
  if (memoryRequest === undefined || memoryRequest === 0 || capacity.memory === undefined) return byCpu;
  return Math.min(byCpu, fits(capacity.memory - reserved.memory, memoryRequest));
}

/**
 * Whether the nodes go together with each other, the service and the policies.
 *
 * @param firstReplicas replicas each policy begins with
 */
export function checkNodes(scenario: Scenario, service: Service, firstReplicas: readonly number[]): Issue[] {
  const { nodes, cost, policies } = scenario;
  const issues: Issue[] = [];
  const error = (code: string, path: Issue['path'], message: string) =>
    issues.push({ code, severity: 'error', path, message });
  if (nodes === undefined) {
    if ((cost.perNodeHour ?? 0) > 0)
      error(
        'missing-key',
        ['nodes'],
        '`cost.perNodeHour` prices nodes, but there are none. Add `nodes`, or remove the price.',
      );
    return issues;
  }
  const { replicasPerNode, capacity, initial, minimum, maximum } = nodes;
  if (replicasPerNode === undefined && capacity === undefined) {
    error(
      'missing-key',
      ['nodes', 'capacity'],
      'Say what has room on a node: `capacity: {cpu: 4}`, or `replicasPerNode: 8`.',
    );
    return issues;
  }
  if (replicasPerNode !== undefined && capacity !== undefined) {
    error(
      'contradictory-keys',
      ['nodes', 'replicasPerNode'],
      '`replicasPerNode` and `capacity` say the same. Keep one.',
    );
    return issues;
  }
  if (capacity !== undefined && capacity.memory === undefined && service.resources.memoryRequest !== undefined) {
    error(
      'missing-key',
      ['nodes', 'capacity', 'memory'],
      'Replicas request memory (`memoryRequest`). Say how much a node has, such as `memory: 16Gi`.',
    );
  }
  const room = roomOf(nodes, service);
  if (room === 0) {
    error(
      'contradictory-bounds',
      ['nodes', 'capacity'],
      'A node has no room for one replica. Raise `capacity`, or lower `cpuRequest` or `memoryRequest` of the service.',
    );
    return issues;
  }
  if (minimum > maximum)
    error(
      'contradictory-bounds',
      ['nodes', 'minimum'],
      `\`minimum\` (${minimum}) is more than \`maximum\` (${maximum}).`,
    );
  if (initial !== undefined && (initial < minimum || initial > maximum))
    error(
      'contradictory-bounds',
      ['nodes', 'initial'],
      `\`initial\` (${initial}) must lie between \`minimum\` (${minimum}) and \`maximum\` (${maximum}).`,
    );
  const most = Math.max(...firstReplicas);
  const needed = Math.ceil(most / room);
  if (needed > (initial ?? maximum)) {
    const key = initial === undefined ? 'maximum' : 'initial';
    const { name } = policies[firstReplicas.indexOf(most)]!;
    error(
      'contradictory-bounds',
      ['nodes', key],
      `The policy \`${name}\` begins with ${most} replicas, which need ${needed} nodes (${room} on each); \`${key}\` is ${initial ?? maximum}. Raise it to ${needed} or more.`,
    );
  }
  return issues;
}
