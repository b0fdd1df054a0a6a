import type { Path } from './contract.ts';

type Place = (path: Path) => Path;

/** Where each part of a configuration came from in the file it was read from. */
export class Origins {
  readonly #known: { readonly to: Path; readonly from: Path; readonly place: Place }[] = [];

  /** @param from where the configuration as a whole stands */
  constructor(from: Path) {
    this.note([], from);
  }

  /** @param place from a path below `from` to one of the file, where that had other names, too */
  note(to: Path, from: Path, place: Place = (path) => path): void {
    this.#known.push({ to, from, place });
  }

  /** The place of a path of the configuration: that of its nearest noted parent, and what lies below by the same keys. */
  of(path: Path): Path {
    let best: { to: Path; from: Path; place: Place } | undefined;
    for (const each of this.#known) {
      const deeper = best === undefined || each.to.length >= best.to.length;
      if (deeper && each.to.every((part, index) => part === path[index])) best = each;
    }
    return best === undefined ? path : best.place([...best.from, ...path.slice(best.to.length)]);
  }
}
