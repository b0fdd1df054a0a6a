/**
 * The name most like `wanted`, by edit distance without regard to case (V. I. Levenshtein, 1966).
 *
 * @returns undefined when none shares at least half of its letters
 */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const name of names.slice(0, 500)) {
    const distance = editDistance(wanted.slice(0, 80).toLowerCase(), name.slice(0, 80).toLowerCase());
    if (distance < bestDistance && distance <= Math.max(wanted.length, name.length) / 2) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}

/** The first dozen names, for a message. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `\`${name.slice(0, 60)}\``);
  return shown.join(', ') + (names.length > 12 ? ` and ${names.length - 12} more` : '');
}
