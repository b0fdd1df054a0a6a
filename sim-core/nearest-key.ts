/**
 * Edit distance with insertions, deletions, substitutions and swaps of neighbours, each counting one
 * (optimal string alignment: no part of the text is edited twice).
 *
 * @see Damerau, A technique for computer detection and correction of spelling errors, CACM 7 (1964)
 */
export function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) best = Math.min(best, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/** Words longer than this are no typing error of a key. */
const longestWord = 64;

/**
 * The candidate that was probably meant: the nearest by edits, ignoring case and `-`/`_`, if no more than a third of
 * it would have to change. The first of equals wins.
 */
export function nearestKey(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longestWord) return undefined;
  const plain = simplified(word);
  let nearest: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const target = simplified(candidate);
    const distance = editDistance(plain, target);
    const allowed = Math.max(1, Math.floor(Math.max(plain.length, target.length) / 3));
    if (distance < least && distance <= allowed && distance < target.length) {
      nearest = candidate;
      least = distance;
    }
  }
  return nearest;
}

function simplified(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}
