import { mgc } from './mgc.ts';
import { mmc } from './mmc.ts';
import type { QueueModel } from './model.ts';

/** Every queueing model, by name. */
export const queueModels = { mmc, mgc } as const satisfies Record<string, QueueModel>;
export type QueueModelName = keyof typeof queueModels;
