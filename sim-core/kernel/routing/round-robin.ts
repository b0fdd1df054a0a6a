import type { Router } from './router.ts';

/** One replica after the other, by id, and from the first again. */
export class RoundRobin implements Router {
  /** of the replicas that take requests, by id */
  places = new Int32Array(0);
  /** whose turn is next */
  cursor = 0;
  private readonly members: { readonly place: number; readonly id: number }[] = [];
  /** of the replica that had the last request */
  private lastId = -1;

  open(place: number, id: number): void {
    const after = this.members.findIndex((member) => member.id > id);
    this.members.splice(after < 0 ? this.members.length : after, 0, { place, id });
    this.findNext();
  }

  close(place: number): void {
    this.members.splice(
      this.members.findIndex((member) => member.place === place),
      1,
    );
    this.findNext();
  }

  choose(): number {
    return this.places.length === 0 ? -1 : this.places[this.cursor]!;
  }

  taken(): void {
    this.moveTo(this.cursor + 1 < this.places.length ? this.cursor + 1 : 0, 1);
  }

  freed(): void {}

  /** `requests` have been given to one replica after the other, and it is the turn of the one at `cursor`. */
  moveTo(cursor: number, requests: number): void {
    if (requests > 0) this.lastId = this.members[(cursor > 0 ? cursor : this.members.length) - 1]!.id;
    this.cursor = cursor;
  }

  private findNext(): void {
    const after = this.members.findIndex((member) => member.id > this.lastId);
    this.cursor = after < 0 ? 0 : after;
    this.places = Int32Array.from(this.members, ({ place }) => place);
  }
}
