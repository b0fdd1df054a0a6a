import type { RandomStream } from '../../random/contract.ts';
import type { Router } from './router.ts';

const perWord = 2 ** -32;

/** Any open replica, each as likely as the others. */
export class RandomReplica implements Router {
  private readonly places: number[] = [];

  constructor(private readonly stream: RandomStream) {}

  open(place: number): void {
    this.places.push(place);
  }

  close(place: number): void {
    this.places.splice(this.places.indexOf(place), 1);
  }

  choose(): number {
    const { length } = this.places;
    return length === 0 ? -1 : this.places[Math.floor(this.stream.nextUint32() * perWord * length)]!;
  }

  taken(): void {}

  freed(): void {}
}
