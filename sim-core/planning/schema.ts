import { z } from 'zod';
import { lazily } from '../units/lazily.ts';

/** A number that may be missing: null where nothing was measured. */
const measured = lazily(() => z.number().nullable());
const instant = lazily(() => z.iso.datetime());
const workers = lazily(() => z.int().min(0));

const state = lazily(() =>
  z
    .strictObject({
      timestamp: instant,
      workers: workers.describe('Replicas.'),
      predicted_lambda: z.number().min(0).describe('Arrival rate of the busiest minutes of that window, 1/s.'),
      utilisation: measured.describe('Share of the slots that rate keeps busy, 0 … 1.'),
      cost_per_hour: z.number().min(0).describe('Price of the replicas for an hour.'),
    })
    .describe('The deployment at one end of the plan.'),
);

const step = lazily(() =>
  z.strictObject({
    timestamp: instant.describe('When to act: scale-ups a start-up delay before the capacity is needed.'),
    action: z.enum(['scale_up', 'scale_down']),
    from_workers: workers,
    to_workers: workers,
    reason: z.string().min(1),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .describe('Probability, by the forecast, that `to_workers` suffice until the next step.'),
    estimated_duration: z
      .number()
      .min(0)
      .describe('Until the step has taken effect, s: the mean start-up delay, or the drain limit.'),
  }),
);

const forecastWindow = lazily(() =>
  z.strictObject({
    window: z.strictObject({ start: instant, end: instant }),
    predicted_lambda: z.number().min(0).describe('Mean arrival rate, 1/s.'),
    confidence_bands: z
      .strictObject({ confidence: z.number(), lower: z.number().min(0), upper: z.number().min(0) })
      .describe('Where the mean rate of the window falls with that probability, 1/s.'),
  }),
);

/** A capacity plan as it is exported. */
export const capacityPlanSchema = lazily(() =>
  z.strictObject({
    id: z.string().min(1).describe('Derived from the content: the same plan has the same id.'),
    created_at: instant,
    policy_id: z.string().min(1),
    current_state: state,
    target_state: state,
    steps: z.array(step),
    forecast: z.array(forecastWindow),
    simulation: z
      .strictObject({
        slo_achievement: measured.describe('Share of the SLO windows that met every objective, 0 … 1.'),
        max_backlog: measured.describe('Most requests waiting at once.'),
        p95_latency: measured.describe('s'),
        cost_impact: z.strictObject({
          additional_cost: measured.describe('Replicas of the policy less those of the baseline.'),
          violation_savings: measured.describe('Violations of the baseline less those of the policy.'),
          net_savings: measured.describe('violation_savings − additional_cost'),
        }),
      })
      .describe('What the simulation of the policy gave, mean over replications.'),
    slo_achievable: z
      .boolean()
      .describe('Whether the simulated policy met every objective and the service time leaves room for them.'),
    rationale: z.string().min(1),
  }),
);

export type CapacityPlan = z.output<typeof capacityPlanSchema>;
