import { readNumber } from '../../autoscaling/numeric-text.ts';
import type { Mapping, Path } from '../contract.ts';
import type { HclAttribute, HclBlock, HclValue } from '../hcl/print.ts';
import type { Origins } from '../origins.ts';
import { isMapping } from '../tree.ts';

/**
 * How the attributes and blocks of a Terraform resource are called by the API behind it: one table for both ways.
 * An attribute that begins with `#` there is a number, which Terraform also takes as text.
 */
export interface Shape {
  readonly [attribute: string]: string | Block;
}

export interface Block {
  readonly to: string;
  readonly shape: Shape;
  /** whether the API has a list there */
  readonly many?: boolean;
  /** whether the table stands as a map: `dimensions = { … }` */
  readonly map?: boolean;
}

/**
 * A resource or block as the API names its parts; what the table does not know keeps its name, for the check of the
 * configuration to speak of. Null, and a list of no blocks, count as left out.
 */
export function fromBlock(shape: Shape, given: Mapping, to: Path, from: Path, origins: Origins): Mapping {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) continue;
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    const place: Path = [...from, key];
    if (known === undefined || typeof known === 'string') {
      const name = known?.replace('#', '') ?? key;
      origins.note([...to, name], place);
      result[name] =
        known?.startsWith('#') === true && typeof value === 'string' ? (readNumber(value) ?? value) : value;
      continue;
    }
    origins.note([...to, known.to], place);
    const listed = Array.isArray(value);
    const blocks: readonly unknown[] = listed ? value : [value];
    const read = blocks.map((block, index) => {
      const inner: Path = known.many === true ? [...to, known.to, index] : [...to, known.to];
      const at: Path = listed ? [...place, index] : place;
      origins.note(inner, at);
      return isMapping(block) ? fromBlock(known.shape, block, inner, at, origins) : block;
    });
    result[known.to] = known.many === true || read.length > 1 ? read : read[0];
  }
  return result;
}

/** The other way: what the API names as attributes and blocks, in the order of the table; and what the table has no name for. */
export function toBody(shape: Shape, data: Mapping): { body: (HclAttribute | HclBlock)[]; left: string[] } {
  const body: (HclAttribute | HclBlock)[] = [];
  const left = new Set(Object.keys(data).filter((key) => data[key] !== undefined && data[key] !== null));
  for (const [name, known] of Object.entries(shape)) {
    const key = typeof known === 'string' ? known.replace('#', '') : known.to;
    const value = data[key];
    left.delete(key);
    if (value === undefined || value === null) continue;
    if (typeof known === 'string') {
      body.push({ name, value: value as HclValue });
      continue;
    }
    if (known.map === true) {
      if (isMapping(value)) body.push({ name, value: { pairs: value as Readonly<Record<string, HclValue>> } });
      continue;
    }
    const blocks: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const block of blocks.filter(isMapping)) {
      const inner = toBody(known.shape, block);
      for (const each of inner.left) left.add(`${key}.${each}`);
      body.push({ name, body: inner.body });
    }
  }
  return { body, left: [...left] };
}
