import { z } from 'zod';
import { alertsSchema } from '../alerts/schema.ts';
import { guardsConfig } from '../autoscaling/guards/config.ts';
import { metricsConfig } from '../autoscaling/metrics-pipeline.ts';
import { controllerConfig } from '../autoscaling/registry.ts';
import { distributionConfig } from '../random/registry.ts';
import { sizingSchema } from '../sizing/schema.ts';
import { arrivalConfig } from '../workload/arrival-config.ts';
import { batchConfig } from '../workload/processes/batch.ts';
import { rateTerm } from '../workload/registry.ts';
import { provenanceConfig, recordedConfig } from './recorded.ts';
import { replicationsConfig } from './replications.ts';
import { warmupConfig } from './warmup.ts';
import { lazily } from '../units/lazily.ts';
import { cpu, duration, fraction, instant, memory } from '../units/schema.ts';

/**
 * The scenario file `headroom/v1`: one schema gives types, validation and the published JSON Schema.
 * Inputs are what people write (`15s`, `150/s`, `70%`, `500m`); outputs are s, 1/s, fractions, millicores, bytes.
 */

const count = lazily(() => z.int().min(0));

/** Replica counts above this are a typing error, not a plan: the engine keeps a record for each slot. */
export const maxReplicas = 100_000;
const replicaCount = () => z.int().min(0).max(maxReplicas);

const workload = lazily(() =>
  z.strictObject({
    arrivals: arrivalConfig
      .default('poisson')
      .describe(
        'How requests fall around the rate: poisson, deterministic (evenly spaced), exact (a request log replayed), or in spells: renewal, mmpp, selfSimilar.',
      ),
    batch: batchConfig.optional(),
    sum: z.array(rateTerm).min(1).describe('The arrival rate is the sum of these profiles.'),
    scale: z.number().min(0).default(1).describe('Multiplies the whole rate.'),
    growth: z
      .strictObject({
        perYear: fraction({ max: 100 }).describe('Growth a year; 50% makes 100/s into 150/s after 365 days.'),
      })
      .optional()
      .describe('Compound growth over the horizon.'),
  }),
);

const retry = lazily(() =>
  z.strictObject({
    max: z.int().min(0).max(100).describe('Attempts after the first.'),
    backoff: duration().describe('Pause before the first retry; doubles with each further one.'),
    backoffMax: duration({ positive: true }).optional().describe('The longest pause. Default: no limit.'),
    jitter: fraction({ max: 1 })
      .default(0)
      .describe('Each pause is shortened by a random share of up to this; 100% is full jitter, 50% equal jitter.'),
    budget: z
      .strictObject({
        share: fraction({ max: 10 }).describe('Retries allowed for each first attempt.'),
        burst: z.int().min(1).default(10).describe('Retries allowed beyond that at once.'),
      })
      .optional()
      .describe('What all clients together may spend on retries: a bucket of tokens filled by first attempts.'),
  }),
);

const service = lazily(() =>
  z.strictObject({
    serviceTime: distributionConfig.describe('Time one request holds one slot, without waiting.'),
    concurrency: z.int().min(1).max(10_000).default(1).describe('Requests one replica works on at once.'),
    discipline: z
      .enum(['fifo', 'lifo', 'processor-sharing'])
      .default('fifo')
      .describe('Order of service. processor-sharing: the requests of a replica share its processors.'),
    processors: z
      .number()
      .positive()
      .max(1000)
      .optional()
      .describe(
        'With processor-sharing: requests one replica works on at full speed; more of them slow each other. Default: 1.',
      ),
    routing: z
      .enum(['central', 'round-robin', 'random', 'least-outstanding', 'power-of-two'])
      .default('central')
      .describe(
        'central: one queue before all replicas. Otherwise each replica has its own, and a request is sent to one on arrival.',
      ),
    client: z
      .strictObject({
        timeout: distributionConfig.describe(
          'The client gives up this long after it sent the request, whether it waits or is in service.',
        ),
        cancelsWork: z
          .boolean()
          .default(false)
          .describe('Whether work under way is dropped then; otherwise it runs on for nothing.'),
      })
      .optional()
      .describe('Patience of the clients.'),
    queue: z
      .strictObject({
        capacity: count.optional().describe('Requests that may wait; a further one is rejected. Absent: no limit.'),
        timeout: duration({ positive: true })
          .optional()
          .describe('A request that has waited this long leaves unserved.'),
        retry: retry.optional().describe('What clients do after a rejection, a time-out or a failure.'),
      })
      .prefault({}),
    replicas: z.strictObject({
      initial: replicaCount().min(1),
      provisioning: distributionConfig
        .optional()
        .describe('From the decision to the start of the replica (scheduling, image). Default: none.'),
      startup: distributionConfig.describe('From the start of the replica to ready.'),
      drain: duration()
        .default(30)
        .describe('How long a leaving replica may finish its requests before they are killed.'),
      scaleDownOrder: z
        .enum(['newest-first', 'oldest-first', 'fewest-requests', 'random'])
        .default('newest-first')
        .describe('Which ready replicas leave first; those not ready always go before.'),
      speed: z
        .strictObject({ min: z.number().positive().max(100), max: z.number().positive().max(100) })
        .optional()
        .describe(
          'Replicas differ: each has a speed drawn evenly between these; at speed 2 a request takes half its time.',
        ),
      slowStart: z
        .strictObject({ for: duration({ positive: true }), speed: fraction({ max: 1 }).pipe(z.number().positive()) })
        .optional()
        .describe('A new replica works at this share of its speed for a while: cold caches, just-in-time compilation.'),
      crash: z
        .strictObject({ meanTimeBetween: duration({ positive: true }) })
        .optional()
        .describe('Replicas crash after an exponential time, fail what they hold, and start again.'),
    }),
    resources: z
      .strictObject({
        cpuRequest: cpu({ positive: true }).prefault('1'),
        cpuIdle: cpu().prefault('0'),
        cpuPerBusySlot: cpu()
          .optional()
          .describe(
            'CPU one request in service uses (with processor-sharing: one processor at work). Default: such that a replica with nothing idle uses its request.',
          ),
        startupCpu: z
          .strictObject({ extra: cpu(), for: duration() })
          .optional()
          .describe('Extra CPU after the start of a replica.'),
        memoryRequest: memory().optional(),
      })
      .prefault({}),
    metrics: metricsConfig.prefault({}).describe('The metrics pipeline between the service and the autoscaler.'),
  }),
);

const slo = lazily(() =>
  z.strictObject({
    p50: duration({ positive: true }).optional(),
    p95: duration({ positive: true }).optional(),
    p99: duration({ positive: true }).optional(),
    mean: duration({ positive: true }).optional(),
    availability: fraction({ max: 1 }).optional().describe('Share of attempts that must succeed, over the run.'),
    maxBacklog: count.optional().describe('Waiting requests a window may show.'),
    drainTime: duration({ positive: true })
      .optional()
      .describe('Longest stretch the backlog may stay above maxBacklog.'),
    flaps: z
      .strictObject({
        max: count.describe('Flaps that may fall into one period.'),
        per: duration({ positive: true }).default(86_400).describe('Any stretch of this length is a period.'),
      })
      .optional()
      .describe('Flap budget; what a flap is stands under `stability`.'),
    window: duration({ positive: true }).default(60).describe('Latency and backlog are judged window by window.'),
    attainment: fraction({ max: 1 }).default(0.99).describe('Share of the windows that must meet the objectives.'),
  }),
);

const nodeCount = () => z.int().min(0).max(10_000);

const nodes = lazily(() =>
  z.strictObject({
    replicasPerNode: z.int().min(1).max(10_000).optional().describe('Room for this many replicas on one node.'),
    capacity: z
      .strictObject({
        cpu: cpu({ positive: true }),
        memory: memory().optional(),
        reserved: z
          .strictObject({ cpu: cpu().prefault('0'), memory: memory().prefault('0') })
          .prefault({})
          .describe('What the system and daemons on the node take of it.'),
      })
      .optional()
      .describe('What one node has; a replica takes its `cpuRequest` and `memoryRequest` of it.'),
    initial: nodeCount().optional().describe('Nodes at t = 0. Default: what the first replicas of the policy need.'),
    minimum: nodeCount().default(1).describe('Empty nodes are not removed below this.'),
    maximum: nodeCount().min(1).describe('Nodes, those on their way included.'),
    provisioning: distributionConfig.describe('From replicas without room to a ready node that was ordered for them.'),
    scaleDownAfter: duration().default(600).describe('A node that has been empty this long is removed.'),
    placement: z
      .enum(['pack', 'spread'])
      .default('pack')
      .describe('A new replica goes to the fullest node that has room, or to the emptiest.'),
  }),
);

const cost = lazily(() =>
  z.strictObject({
    perReplicaHour: z.number().min(0),
    perNodeHour: z.number().min(0).optional().describe('Price of a node from ready to removed; needs `nodes`.'),
    currency: z.string().min(1).max(8).default('USD'),
    billing: z
      .enum(['per-second', 'per-minute', 'per-hour'])
      .default('per-second')
      .describe('A replica is billed for started seconds, minutes or hours.'),
    perSloViolationMinute: z.number().min(0).default(0),
  }),
);

const stability = lazily(() =>
  z.strictObject({
    flapWindow: duration({ positive: true })
      .default(600)
      .describe('A scale-up followed by a scale-down within this time, or the reverse, is a flap.'),
    maxFlaps: count.default(0).describe('Flaps the verdict tolerates over the run.'),
    maxReversalsPerHour: z.number().min(0).default(2),
  }),
);

const policy = lazily(() =>
  z.strictObject({
    name: z.string().min(1).max(80),
    controller: controllerConfig,
    guards: guardsConfig.prefault({}),
    metrics: metricsConfig.optional().describe('The metrics pipeline this policy reads. Default: that of the service.'),
  }),
);

export const scenarioSchema = lazily(() =>
  z.strictObject({
    schema: z.literal('headroom/v1'),
    name: z.string().min(1).max(120),
    description: z.string().optional(),
    start: instant().prefault('2026-01-01T00:00:00Z').describe('Wall clock of t = 0.'),
    horizon: duration({ positive: true }),
    warmup: warmupConfig
      .default(0)
      .describe('Left out of the summary. auto: found by MSER-5 from pilot runs of the baseline policy.'),
    recordingInterval: duration({ positive: true })
      .optional()
      .describe(
        'One row of the result a recording interval. Default: the SLO window, or a quarter of it in short runs.',
      ),
    engine: z
      .enum(['auto', 'exact', 'fluid'])
      .default('auto')
      .describe(
        'exact: request by request. fluid: expectations only, a thousand times faster, approximate. auto: exact up to 200 million requests a run, fluid beyond, and a warning says so.',
      ),
    seed: z.union([z.string().min(1), z.int()]).default(1),
    replications: replicationsConfig
      .default(10)
      .describe('Runs of each policy with other chance: a number, or as many as a wanted precision takes.'),
    antithetic: z
      .boolean()
      .default(false)
      .describe('Replications in pairs, the second of each with mirrored chance; intervals are then over pairs.'),
    workload,
    services: z.record(z.string().min(1), service),
    nodes: nodes
      .optional()
      .describe('Machines the replicas need room on, and the cluster autoscaler that orders and removes them.'),
    alerts: alertsSchema.optional().describe('Alert rules, put to the simulated metrics.'),
    sizing: sizingSchema
      .optional()
      .describe('Rules of thumb as named inputs and formulas: instances, storage, memory, connections.'),
    recorded: recordedConfig.optional(),
    provenance: provenanceConfig.optional(),
    slo: slo.prefault({}),
    stability: stability.prefault({}),
    cost: cost.prefault({ perReplicaHour: 0 }),
    policies: z.array(policy).min(1).max(400),
    compare: z
      .strictObject({
        baseline: z
          .string()
          .optional()
          .describe('Name of the policy the others are compared with. Default: the first.'),
      })
      .prefault({}),
  }),
);

/** A scenario as written. */
export type ScenarioInput = z.input<typeof scenarioSchema>;
/** A scenario with defaults filled in and every quantity in s, 1/s, fractions, millicores, bytes. */
export type Scenario = z.output<typeof scenarioSchema>;
export type Service = Scenario['services'][string];
export type PolicyConfig = Scenario['policies'][number];
