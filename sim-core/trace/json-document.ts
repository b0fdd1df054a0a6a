import type { Findings } from './findings.ts';
import type { TraceReader } from './format.ts';
import { parseJson, type JsonValue } from './json-text.ts';

/** Documents that must be held whole may not be larger: as values they take several times their bytes. */
export const maxDocumentBytes = 67_108_864;

/** Collects a JSON document that is an answer of an interface, and so of bounded size, and reads it at the end. */
export class JsonDocumentReader implements TraceReader {
  private bytes: Uint8Array = new Uint8Array(65_536);
  private length = 0;
  private tooLarge = false;

  constructor(
    private readonly findings: Findings,
    private readonly onDocument: (document: JsonValue) => void,
  ) {}

  push(chunk: Uint8Array): void {
    const length = this.length + chunk.length;
    if (length > maxDocumentBytes) {
      this.tooLarge = true;
      return;
    }
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.min(maxDocumentBytes, Math.max(length, this.bytes.length * 2)));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(chunk, this.length);
    this.length = length;
  }

  end(): void {
    if (this.tooLarge) {
      this.findings.add(
        'trace-too-large',
        0,
        `A JSON document of more than ${Math.round(maxDocumentBytes / 1e6)} MB cannot be read at once. Ask for a shorter range or a longer step, or export one JSON object a line.`,
      );
      return;
    }
    const json = parseJson(this.bytes.subarray(0, this.length));
    if ('trouble' in json) {
      const { line, column, message } = json.trouble;
      this.findings.addAt('trace-broken-json', line, column, message);
    } else this.onDocument(json.value);
  }
}
