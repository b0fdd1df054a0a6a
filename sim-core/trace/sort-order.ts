const runLength = 16;

/** Positions of `keys` in ascending order, equal ones as they stood: a merge sort, fast on what is nearly in order. */
export function sortOrder(keys: Float64Array): Uint32Array {
  const n = keys.length;
  let order: Uint32Array = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let from = 0; from < n; from += runLength) sortRun(keys, order, from, Math.min(n, from + runLength));
  let target: Uint32Array = new Uint32Array(n);
  for (let width = runLength; width < n; width *= 2) {
    for (let from = 0; from < n; from += 2 * width)
      merge(keys, order, target, from, Math.min(n, from + width), Math.min(n, from + 2 * width));
    [order, target] = [target, order];
  }
  return order;
}

function sortRun(keys: Float64Array, order: Uint32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const position = order[i]!;
    const key = keys[position]!;
    let k = i;
    while (k > from && keys[order[k - 1]!]! > key) {
      order[k] = order[k - 1]!;
      k--;
    }
    order[k] = position;
  }
}

function merge(
  keys: Float64Array,
  order: Uint32Array,
  target: Uint32Array,
  from: number,
  middle: number,
  to: number,
): void {
  // Halves that need no merging are the rule in a log.
  if (middle >= to || keys[order[middle - 1]!]! <= keys[order[middle]!]!) {
    target.set(order.subarray(from, to), from);
    return;
  }
  let left = from;
  let right = middle;
  for (let k = from; k < to; k++) {
    const takeLeft = right >= to || (left < middle && keys[order[left]!]! <= keys[order[right]!]!);
    target[k] = order[takeLeft ? left++ : right++]!;
  }
}
