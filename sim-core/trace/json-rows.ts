import type { StreamFormat, TraceReader } from './format.ts';
import { JsonElementsReader } from './json-elements.ts';
import { JsonLinesReader } from './json-lines.ts';
import { parseJson, type JsonValue } from './json-text.ts';
import { asMap } from './json-value.ts';
import { RecordRows } from './record-rows.ts';

/** Objects with the same keys, one a line: logs as many programs write them. The keys are the columns. */
export const ndjson: StreamFormat = {
  name: 'ndjson',
  title: 'JSON objects, one a line (NDJSON)',
  access: 'text',
  recognise: (head) => {
    const objects = head.lines.slice(0, 3).filter((line) => line.trim() !== '');
    const complete = objects.every((line) => objectIn(line) !== undefined);
    return objects.length > 0 && complete && (objects.length > 1 || !head.whole || objectIn(objects[0]!)!.size > 1)
      ? { confidence: 0.3, reason: 'a JSON object on every line' }
      : undefined;
  },
  createReader: (context) => {
    const rows = new RecordRows(context);
    return new JsonLinesReader(
      context.recording,
      (value, line) => rows.row(value, line),
      () => rows.end(),
    );
  },
};

/** An array of objects with the same keys. */
export const jsonArray: StreamFormat = {
  name: 'json-array',
  title: 'a JSON array of objects',
  access: 'text',
  recognise: (head) =>
    /^\s*\[\s*\{/.test(head.text) ? { confidence: 0.3, reason: 'a JSON array of objects' } : undefined,
  createReader: (context): TraceReader => {
    context.findings.rowWord = 'sample';
    const rows = new RecordRows(context);
    return new JsonElementsReader(
      context.findings,
      (value, index) => rows.row(value, index),
      () => rows.end(),
    );
  },
};

/** The object on a line, with whatever is not ASCII made so: for a look at its keys. */
export function objectIn(line: string): Map<string, JsonValue> | undefined {
  const json = parseJson(Uint8Array.from(line, (character) => Math.min(127, character.charCodeAt(0))));
  return 'value' in json ? asMap(json.value) : undefined;
}
