import { grown } from '../grown.ts';
import type { Router } from './router.ts';

/**
 * Central line, every replica with a fixed number of slots: the slot that has been idle longest, of slots idle since the
 * same instant the one that was reported first. A ring with one entry an idle slot.
 */
export class LongestIdle implements Router {
  private ring = new Int32Array(64);
  private head = 0;
  private length = 0;

  constructor(private readonly concurrency: number) {}

  open(place: number): void {
    for (let slot = 0; slot < this.concurrency; slot++) this.freed(place);
  }

  close(place: number): void {
    const { ring, head, length } = this;
    const mask = ring.length - 1;
    let kept = 0;
    for (let i = 0; i < length; i++) {
      const other = ring[(head + i) & mask]!;
      if (other !== place) ring[(head + kept++) & mask] = other;
    }
    this.length = kept;
  }

  choose(): number {
    return this.length === 0 ? -1 : this.ring[this.head]!;
  }

  taken(): void {
    this.head = (this.head + 1) & (this.ring.length - 1);
    this.length--;
  }

  freed(place: number): void {
    if (this.length === this.ring.length) {
      const { ring, head } = this;
      this.ring = grown(ring, ring.length * 2);
      this.ring.set(ring.subarray(head));
      this.ring.set(ring.subarray(0, head), ring.length - head);
      this.head = 0;
    }
    this.ring[(this.head + this.length++) & (this.ring.length - 1)] = place;
  }
}
