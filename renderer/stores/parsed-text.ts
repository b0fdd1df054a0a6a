import { parseScenario } from '../../sim-core/index.ts';

type Parsed = ReturnType<typeof parseScenario>;

/** Texts that are looked at in turn: the one edited, and one that a run goes on with. */
const kept = 4;
const parsed = new Map<string, Parsed>();

/** A text as the core reads it. Each edit is asked for from several sides, and read once. */
export function parsedText(text: string): Parsed {
  const found = parsed.get(text) ?? parseScenario(text);
  parsed.delete(text);
  parsed.set(text, found);
  for (const oldest of parsed.keys()) {
    if (parsed.size <= kept) break;
    parsed.delete(oldest);
  }
  return found;
}
