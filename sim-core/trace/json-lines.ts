import type { TraceReader } from './format.ts';
import { parseJson, type JsonValue } from './json-text.ts';
import { LineReader } from './line-reader.ts';
import { asciiText } from './number-text.ts';
import type { Recording } from './recording.ts';

/** One JSON value a line (NDJSON). Blank lines are skipped; a line that is no JSON is malformed. */
export class JsonLinesReader implements TraceReader {
  private readonly lines: LineReader;

  /** @param onValue is to count the row itself, for some lines are no rows */
  constructor(recording: Recording, onValue: (value: JsonValue, line: number) => void, onEnd: () => void = () => {}) {
    const refuse = (line: number, text: string): void => {
      recording.rows++;
      recording.malformed(line, text);
    };
    this.lines = new LineReader(
      (bytes, start, end, line) => {
        let first = start;
        while (first < end && bytes[first]! <= 32) first++;
        if (first === end) return;
        const json = parseJson(bytes.subarray(first, end));
        if ('value' in json) onValue(json.value, line);
        else refuse(line, asciiText(bytes, first, Math.min(end, first + 60)));
      },
      (line) => refuse(line, 'longer than 4 MB'),
      onEnd,
    );
  }

  push(chunk: Uint8Array): void {
    this.lines.push(chunk);
  }

  end(): void {
    this.lines.end();
  }
}
