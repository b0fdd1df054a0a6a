import type { RandomStream } from './contract.ts';

/**
 * Chris Doty-Humphrey's sfc32 (PractRand, 2010): 128 bits of state, a counter among them, so that no cycle is shorter
 * than 2^32 and streams that overlap are out of the question.
 */
export class Sfc32 implements RandomStream {
  /** a, b, c and the counter */
  readonly #state: Int32Array;

  /** @param state 4 words, the last one the counter */
  constructor(state: Int32Array) {
    this.#state = state.slice();
    // As in PractRand, so that seeds a bit apart have nothing in common any more.
    for (let round = 0; round < 15; round++) this.nextUint32();
  }

  nextUint32(): number {
    const state = this.#state;
    const b = state[1]!;
    const c = state[2]!;
    const counter = state[3]!;
    const output = (state[0]! + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + output) | 0;
    state[3] = (counter + 1) | 0;
    return output >>> 0;
  }

  nextUniform(): number {
    for (;;) {
      const high = this.nextUint32() >>> 5;
      const low = this.nextUint32() >>> 6;
      const value = (high * 2 ** 26 + low) * 2 ** -53;
      // Zero, once in 2^53, is not in the open interval.
      if (value > 0) return value;
    }
  }

  fillUint32(target: Uint32Array): void {
    const state = this.#state;
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let counter = state[3]!;
    const { length } = target;
    let index = 0;
    // Four at a time: at each round V8 asks anew what the array is.
    for (; index + 4 <= length; index += 4) {
      const first = (((a + b) | 0) + counter) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + first) | 0;
      const second = (((a + b) | 0) + ((counter + 1) | 0)) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + second) | 0;
      const third = (((a + b) | 0) + ((counter + 2) | 0)) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + third) | 0;
      const fourth = (((a + b) | 0) + ((counter + 3) | 0)) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + fourth) | 0;
      counter = (counter + 4) | 0;
      target[index] = first;
      target[index + 1] = second;
      target[index + 2] = third;
      target[index + 3] = fourth;
    }
    for (; index < length; index++) {
      const output = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + output) | 0;
      target[index] = output;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = counter;
  }
}
