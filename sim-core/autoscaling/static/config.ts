import { z } from 'zod';
import { replicaCount } from '../replica-count.ts';

export const staticConfig = z
  .strictObject({ replicas: replicaCount().describe('Replicas asked for, always.') })
  .describe('A fixed number of replicas.');

export type StaticConfig = z.output<typeof staticConfig>;
