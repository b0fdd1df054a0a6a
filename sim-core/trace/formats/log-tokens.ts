/** Tokens of a line looked at; those that come after are not split. */
const most = 64;

/**
 * Splits the line of a log at its spaces; text in quotation marks (with `\"` inside) or in brackets is one token. The
 * same object for every line.
 */
export class LogTokens {
  count = 0;
  /** byte positions: token i is bytes[starts[i] … ends[i] − 1], without quotation marks */
  readonly starts = new Int32Array(most);
  readonly ends = new Int32Array(most);

  split(bytes: Uint8Array, start: number, end: number): void {
    this.count = 0;
    let i = start;
    while (this.count < most) {
      while (i < end && bytes[i] === 32) i++;
      if (i >= end) return;
      const quoted = bytes[i] === 34;
      const from = quoted ? ++i : i;
      let to = -1;
      if (quoted) {
        for (; i < end && bytes[i] !== 34; i++) if (bytes[i] === 92) i++;
        to = Math.min(i, end);
      } else if (bytes[i] === 91) while (i < end && bytes[i] !== 93) i++;
      while (i < end && bytes[i] !== 32) i++;
      this.starts[this.count] = from;
      this.ends[this.count++] = to < 0 ? Math.min(i, end) : to;
    }
  }
}
