import { grown } from '../grown.ts';
import type { Router } from './router.ts';

/**
 * The replica that holds the fewest requests, of several the one that has held that number longest. Replicas stand in
 * lists by the number they hold; a request moves one replica by one list, so that everything takes constant time.
 */
export class FewestRequests implements Router {
  private members = 0;
  /** the lowest number held by anyone, when anyone is open */
  private fewest = 0;
  /** by number held */
  private heads = new Int32Array(64).fill(-1);
  private tails = new Int32Array(64).fill(-1);
  /** by place */
  private held = new Int32Array(16);
  private next = new Int32Array(16);
  private previous = new Int32Array(16);

  /** @param limit requests beyond which a replica takes no more; Infinity for no limit */
  constructor(private readonly limit: number) {}

  open(place: number): void {
    if (place >= this.held.length) {
      const capacity = Math.max(place + 1, this.held.length * 2);
      this.held = grown(this.held, capacity);
      this.next = grown(this.next, capacity);
      this.previous = grown(this.previous, capacity);
    }
    this.append(place, 0);
    this.fewest = 0;
    this.members++;
  }

  close(place: number): void {
    this.unlink(place);
    this.members--;
    if (this.members > 0) while (this.heads[this.fewest]! < 0) this.fewest++;
  }

  choose(): number {
    return this.members === 0 || this.fewest >= this.limit ? -1 : this.heads[this.fewest]!;
  }

  taken(place: number): void {
    const held = this.held[place]!;
    this.unlink(place);
    this.append(place, held + 1);
    if (held === this.fewest && this.heads[held]! < 0) this.fewest++;
  }

  freed(place: number): void {
    const held = this.held[place]! - 1;
    this.unlink(place);
    this.append(place, held);
    if (held < this.fewest) this.fewest = held;
  }

  private append(place: number, held: number): void {
    if (held >= this.heads.length) {
      this.heads = grown(this.heads, held * 2, -1);
      this.tails = grown(this.tails, held * 2, -1);
    }
    const tail = this.tails[held]!;
    this.held[place] = held;
    this.previous[place] = tail;
    this.next[place] = -1;
    if (tail < 0) this.heads[held] = place;
    else this.next[tail] = place;
    this.tails[held] = place;
  }

  private unlink(place: number): void {
    const held = this.held[place]!;
    const before = this.previous[place]!;
    const after = this.next[place]!;
    if (before < 0) this.heads[held] = after;
    else this.next[before] = after;
    if (after < 0) this.tails[held] = before;
    else this.previous[after] = before;
  }
}
