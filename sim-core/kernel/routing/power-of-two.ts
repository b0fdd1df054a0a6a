import type { RandomStream } from '../../random/contract.ts';
import { grown } from '../grown.ts';
import type { Router } from './router.ts';

const perWord = 2 ** -32;

/**
 * Two different open replicas at random, and of them the one that holds fewer requests, the first drawn of equals.
 *
 * @see Mitzenmacher, The power of two choices in randomized load balancing, IEEE TPDS 12 (2001)
 */
export class PowerOfTwo implements Router {
  private readonly places: number[] = [];
  /** by place */
  private held = new Int32Array(16);

  constructor(private readonly stream: RandomStream) {}

  open(place: number): void {
    if (place >= this.held.length) this.held = grown(this.held, Math.max(place + 1, this.held.length * 2));
    this.held[place] = 0;
    this.places.push(place);
  }

  close(place: number): void {
    this.places.splice(this.places.indexOf(place), 1);
  }

  choose(): number {
    const { places, stream, held } = this;
    const { length } = places;
    if (length < 2) return length === 0 ? -1 : places[0]!;
    const first = Math.floor(stream.nextUint32() * perWord * length);
    let second = Math.floor(stream.nextUint32() * perWord * (length - 1));
    if (second >= first) second++;
    return held[places[second]!]! < held[places[first]!]! ? places[second]! : places[first]!;
  }

  taken(place: number): void {
    this.held[place]!++;
  }

  freed(place: number): void {
    this.held[place]!--;
  }
}
