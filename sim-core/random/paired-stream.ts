import type { RandomStream } from './contract.ts';

/**
 * One of a pair of streams from the same source: the second has every bit turned, so that its uniform numbers are those
 * of the first mirrored, u → 1 − u, to the last of their 53 bits. Samplers are asked to invert, so that the one draws
 * small where the other draws large, and both use up their stream in step.
 *
 * @see Hammersley & Morton, A new Monte Carlo technique: antithetic variates, Proc. Cambridge Phil. Soc. 52 (1956)
 */
export class PairedStream implements RandomStream {
  readonly byInversion = true;
  private readonly mask: number;

  constructor(
    private readonly source: RandomStream,
    private readonly mirrored: boolean,
  ) {
    this.mask = mirrored ? -1 : 0;
  }

  nextUint32(): number {
    return (this.source.nextUint32() ^ this.mask) >>> 0;
  }

  nextUniform(): number {
    for (;;) {
      const value = this.source.nextUniform();
      if (!this.mirrored) return value;
      // All bits one becomes zero, which is not in the open interval.
      if (value < 1 - 2 ** -53) return 1 - 2 ** -53 - value;
    }
  }

  fillUint32(target: Uint32Array): void {
    this.source.fillUint32(target);
    if (!this.mirrored) return;
    for (let index = 0; index < target.length; index++) target[index] = ~target[index]!;
  }
}
