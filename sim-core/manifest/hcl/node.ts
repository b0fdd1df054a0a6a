import type { Path } from '../contract.ts';

/** What stood in an HCL text, with where it stood. */
export type HclNode =
  | { readonly kind: 'leaf'; readonly offset: number; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly offset: number; readonly items: readonly HclNode[] }
  | { readonly kind: 'map'; readonly offset: number; readonly entries: Map<string, HclEntry> };

export interface HclEntry {
  /** of the key */
  readonly offset: number;
  node: HclNode;
  /** whether blocks of the same name may follow */
  readonly block: boolean;
}

/** The node as plain data. */
export function dataOf(node: HclNode): unknown {
  if (node.kind === 'leaf') return node.value;
  if (node.kind === 'list') return node.items.map(dataOf);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, dataOf(entry.node)]));
}

/** Offset of a path, or of its nearest parent that exists. */
export function offsetOf(root: HclNode, path: Path, part: 'key' | 'value'): number {
  let node: HclNode | undefined = root;
  let { offset } = root;
  for (const [depth, step] of path.entries()) {
    if (node.kind === 'map') {
      const entry: HclEntry | undefined = node.entries.get(String(step));
      if (entry === undefined) break;
      offset = part === 'key' || depth < path.length - 1 ? entry.offset : entry.node.offset;
      node = entry.node;
    } else if (node.kind === 'list') {
      const item: HclNode | undefined = node.items[Number(step)];
      if (item === undefined) break;
      ({ offset } = item);
      node = item;
    } else break;
  }
  return offset;
}
