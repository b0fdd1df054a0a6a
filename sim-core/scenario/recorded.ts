import { z } from 'zod';
import { traceMappingShape } from '../trace/mapping.ts';
import { lazily } from '../units/lazily.ts';
import { duration } from '../units/schema.ts';

export const realityGrades = ['good', 'fair', 'poor'] as const;
export type RealityGrade = (typeof realityGrades)[number];

const series = (what: string) => z.string().min(1).optional().describe(`${what}, by name. Default: by its role.`);

/** What really happened, for the reality check: the file, which policy was live, and which part is judged. */
export const recordedConfig = lazily(() =>
  z
    .strictObject({
      ...traceMappingShape(),
      policy: z.string().optional().describe('Name of the policy that was live. Default: the first.'),
      replicas: series('The replicas that were ready'),
      desiredReplicas: series('The replicas that were asked for'),
      latency: series('A latency, mean or quantile'),
      cpu: series('CPU use, a share of the request or cores of all replicas'),
      readingDelay: duration()
        .default(0)
        .describe(
          'How long after the time of its row the replicas were read. A row that is a bucket is read at its end.',
        ),
      from: duration().optional().describe('Start of the part that is judged, from t = 0. Default: the warm-up.'),
      to: duration().optional().describe('End of the part that is judged. Default: the horizon.'),
      check: z
        .strictObject({
          grade: z.enum(realityGrades),
          replicaError: z.number().min(0).describe('Mean absolute error of the replicas.'),
          of: z.string().describe('Stands for what was checked; when that changes, the check is out of date.'),
        })
        .optional()
        .describe('What the last reality check found: written by `headroom reality-check --write`.'),
    })
    .describe('What really happened, for the reality check.'),
);

const written = lazily(() => z.union([z.string(), z.number()]));

/** Where calibrated values come from, by the path they stand at. */
export const provenanceConfig = lazily(() =>
  z
    .record(
      z.string().min(1).max(200),
      z.strictObject({
        value: written.describe('What was found, as it stands at the path or before it was made into that.'),
        low: written.optional().describe('Lower end of its interval.'),
        high: written.optional().describe('Upper end of its interval.'),
        method: z.string().min(1).max(200).describe('How it was found.'),
        source: z.string().max(400).optional().describe('The file it was found in.'),
        points: z.int().min(0).optional().describe('Values it rests on.'),
        from: duration().optional().describe('Start of the part of the file it was found in, from t = 0.'),
        to: duration().optional().describe('End of that part.'),
        date: z.string().max(40).optional().describe('When.'),
      }),
    )
    .describe('Where calibrated values come from, by path: `services.checkout.serviceTime`.'),
);
