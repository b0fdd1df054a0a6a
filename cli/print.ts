import type { Host } from './host.ts';

/** A JSON form, indented, with a line end. */
export function printJson(host: Host, value: unknown): void {
  host.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
