type Column = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** A longer copy of a column; what is new holds `filler`. */
export function grown<Kind extends Column>(column: Kind, capacity: number, filler = 0): Kind {
  const longer = new (column.constructor as new (length: number) => Kind)(capacity);
  longer.set(column);
  if (filler !== 0) longer.fill(filler, column.length);
  return longer;
}
