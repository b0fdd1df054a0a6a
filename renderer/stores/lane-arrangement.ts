/** Which lanes are drawn, and in what order. Lanes that are not mentioned stand where they stand by themselves. */
export interface LaneArrangement {
  /** ids, from the top */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** drawn first, and still seen when the others scroll */
  readonly pinned: readonly string[];
}

export const usualArrangement: LaneArrangement = { order: [], hidden: [], pinned: [] };

/** Every lane in its order, the pinned ones first, hidden ones included. @param ids as they stand by themselves */
export function orderedLanes(ids: readonly string[], { order, pinned }: LaneArrangement): string[] {
  const all = order.filter((id) => ids.includes(id));
  ids.forEach((id, index) => {
    // One that nobody has moved stays behind the one it usually follows.
    if (!all.includes(id)) all.splice(index === 0 ? 0 : all.indexOf(ids[index - 1]!) + 1, 0, id);
  });
  return [...all.filter((id) => pinned.includes(id)), ...all.filter((id) => !pinned.includes(id))];
}

/** The lanes that are drawn, in their order. Never none: hiding the last one shows all. */
export function visibleLanes(ids: readonly string[], arrangement: LaneArrangement): string[] {
  const all = orderedLanes(ids, arrangement);
  const visible = all.filter((id) => !arrangement.hidden.includes(id));
  return visible.length === 0 ? all : visible;
}

const toggled = (list: readonly string[], id: string): readonly string[] =>
  list.includes(id) ? list.filter((other) => other !== id) : [...list, id];

export const toggleLane = (arrangement: LaneArrangement, id: string): LaneArrangement => ({
  ...arrangement,
  hidden: toggled(arrangement.hidden, id),
});

export const togglePin = (arrangement: LaneArrangement, id: string): LaneArrangement => ({
  ...arrangement,
  pinned: toggled(arrangement.pinned, id),
});

/** Puts a lane at a place among the visible ones. @param to index from the top, as it is to be afterwards */
export function moveLane(
  ids: readonly string[],
  arrangement: LaneArrangement,
  id: string,
  to: number,
): LaneArrangement {
  const visible = visibleLanes(ids, arrangement).filter((other) => other !== id);
  const after = visible[Math.min(to, visible.length) - 1];
  const rest = orderedLanes(ids, arrangement).filter((other) => other !== id);
  rest.splice(after === undefined ? 0 : rest.indexOf(after) + 1, 0, id);
  return { ...arrangement, order: rest };
}

/** For an address: lanes from the top, `*` behind a pinned one, `-` before a hidden one. Empty when all is as usual. */
export function printArrangement({ order, hidden, pinned }: LaneArrangement): string {
  const mentioned = [...new Set([...order, ...pinned, ...hidden])];
  return mentioned.map((id) => `${hidden.includes(id) ? '-' : ''}${id}${pinned.includes(id) ? '*' : ''}`).join('.');
}

/** @returns null when the text names no lane */
export function parseArrangement(text: string): LaneArrangement | null {
  const found = text.split('.').flatMap((part) => {
    const [, minus, id, star] = /^(-?)([a-z][a-z0-9-]*)(\*?)$/i.exec(part) ?? [];
    return id === undefined ? [] : [{ id, hidden: minus !== '', pinned: star !== '' }];
  });
  if (found.length === 0) return null;
  return {
    order: found.map(({ id }) => id),
    hidden: found.filter(({ hidden }) => hidden).map(({ id }) => id),
    pinned: found.filter(({ pinned }) => pinned).map(({ id }) => id),
  };
}

const isIdList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((id) => typeof id === 'string');

export function isArrangement(value: unknown): value is LaneArrangement {
  if (typeof value !== 'object' || value === null) return false;
  const { order, hidden, pinned } = value as Record<string, unknown>;
  return isIdList(order) && isIdList(hidden) && isIdList(pinned);
}
