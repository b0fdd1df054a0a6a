/** `service=checkout, code=200`. */
export function printLabels(labels: Readonly<Record<string, string>> = {}): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

/** The labels of such a text; undefined for none. @throws Error in words when it is not written so */
export function labelsOf(text: string): Record<string, string> | undefined {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const pairs = parts.map((part) => {
    const at = part.indexOf('=');
    if (at < 1) throw new Error(`Write it as label=value; “${part}” is not.`);
    return [
      part.slice(0, at).trim(),
      part
        .slice(at + 1)
        .trim()
        .replaceAll(/^"|"$/g, ''),
    ] as const;
  });
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}
