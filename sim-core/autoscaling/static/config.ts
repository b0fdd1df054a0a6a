import { z } from 'zod';
import { replicaCount } from '../replica-count.ts';
import { lazily } from '../../units/lazily.ts';

export const staticConfig = lazily(() =>
  z
    .strictObject({ replicas: replicaCount().describe('Replicas asked for, always.') })
    .describe('A fixed number of replicas.'),
);

export type StaticConfig = z.output<typeof staticConfig>;
