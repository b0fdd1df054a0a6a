/// <reference path="./alea.d.ts" />
import alea from 'seedrandom/lib/alea.js';
import type { RandomStream } from './contract.ts';
import { PairedStream } from './paired-stream.ts';
import { Sfc32 } from './sfc32.ts';

/**
 * The stream that belongs to a seed, a replication and a name. The integer 1 and the text '1' are different seeds.
 *
 * @param replication integer ≥ 0
 * @param name what the numbers are for: `arrivals`, `service times`
 */
export function createStream(seed: string | number, replication: number, name: string): RandomStream {
  // JSON keeps the three apart: no name can be mistaken for another replication.
  const source = alea(JSON.stringify([seed, replication, name]));
  const state = new Int32Array(4);
  for (let index = 0; index < 16; index++) state[index & 3]! ^= source.int32();
  return new Sfc32(state);
}

/**
 * The stream of an antithetic replication: 2k and 2k + 1 share the source of number k, and the odd one mirrors it.
 */
export function createPairedStream(seed: string | number, replication: number, name: string): RandomStream {
  return new PairedStream(createStream(seed, Math.floor(replication / 2), name), replication % 2 === 1);
}
