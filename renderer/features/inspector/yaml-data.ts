/** A mapping of the file, of which nothing is known. */
export type Data = Readonly<Record<string, unknown>>;

/** What is no mapping counts as an empty one. */
export const record = (value: unknown): Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {};
