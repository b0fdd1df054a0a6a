import type { Router } from './router.ts';

/** One replica after the other, by id, and from the first again. */
export class RoundRobin implements Router {
  private readonly members: { readonly place: number; readonly id: number }[] = [];
  /** of the replica that had the last request */
  private lastId = -1;
  private cursor = 0;

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
    return this.members.length === 0 ? -1 : this.members[this.cursor]!.place;
  }

  taken(): void {
    this.lastId = this.members[this.cursor]!.id;
    this.cursor = this.cursor + 1 < this.members.length ? this.cursor + 1 : 0;
  }

  freed(): void {}

  private findNext(): void {
    const after = this.members.findIndex((member) => member.id > this.lastId);
    this.cursor = after < 0 ? 0 : after;
  }
}
