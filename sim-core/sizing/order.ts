/**
 * An order in which every result comes after those it rests on.
 *
 * @param names what each result asks for; names that are no results (inputs) are passed over
 * @returns `circle` instead, where results rest on each other in a circle
 */
export function evaluationOrder(
  names: ReadonlyMap<string, ReadonlySet<string>>,
): { readonly order: readonly string[]; readonly circle?: undefined } | { readonly circle: readonly string[] } {
  const order: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, above: readonly string[]): readonly string[] | undefined => {
    const asked = names.get(name);
    if (asked === undefined || done.has(name)) return undefined;
    if (above.includes(name)) return above.slice(above.indexOf(name));
    for (const each of asked) {
      const circle = visit(each, [...above, name]);
      if (circle !== undefined) return circle;
    }
    done.add(name);
    order.push(name);
    return undefined;
  };
  for (const name of names.keys()) {
    const circle = visit(name, []);
    if (circle !== undefined) return { circle };
  }
  return { order };
}
