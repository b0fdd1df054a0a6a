/**
 * Lost attempts on their way back: what was lost at one instant returns after its pause, spread over one cell of time.
 * Cells are as wide as a step of the integration may be.
 */
export class RetryFlow {
  /** s */
  readonly cell: number;
  private readonly cells: Float64Array;
  private readonly pauses: number[] = [];
  /** attempts waiting to be made */
  pending = 0;

  /**
   * @param most attempts after the first
   * @param backoff s before the first retry, doubled for each further one
   * @param coarsest s, a step at most
   */
  constructor(
    private readonly most: number,
    backoff: number,
    coarsest: number,
  ) {
    let pause = backoff;
    for (let attempt = 0; attempt < most; attempt++, pause *= 2) this.pauses.push(pause);
    const longest = this.pauses.at(-1) ?? 0;
    // A pause of a day in cells of a millisecond would be no fluid: at most a few thousand cells.
    this.cell = Math.max(Math.min(backoff / 4, coarsest), longest / 4096, coarsest / 64);
    this.cells = new Float64Array((Math.ceil(longest / this.cell) + 4) * most);
  }

  /** s, where the cell that holds `time` ends. */
  cellEnd(time: number): number {
    return (Math.floor(time / this.cell + 1e-9) + 1) * this.cell;
  }

  /** Retries of this attempt that come per second in the cell that holds `time`. */
  rate(time: number, attempt: number): number {
    return attempt === 0 ? 0 : this.cells[this.place(Math.floor(time / this.cell + 1e-9), attempt)]! / this.cell;
  }

  /** The cell before `time` is over when a new one begins there. */
  clearBefore(time: number): void {
    const now = Math.floor(time / this.cell + 1e-9);
    for (let attempt = 1; attempt <= this.most; attempt++) {
      const place = this.place(now - 1, attempt);
      this.pending -= this.cells[place]!;
      this.cells[place] = 0;
    }
  }

  /** @param attempt of those lost: 0 for a first one */
  lose(time: number, attempt: number, count: number): void {
    if (attempt >= this.most || !(count > 0)) return;
    const now = Math.floor(time / this.cell + 1e-9);
    const due = Math.max(now + 1, Math.floor((time + this.pauses[attempt]!) / this.cell));
    this.cells[this.place(due, attempt + 1)]! += count;
    this.pending += count;
  }

  private place(cell: number, attempt: number): number {
    const cellCount = this.cells.length / this.most;
    return (((cell % cellCount) + cellCount) % cellCount) * this.most + attempt - 1;
  }
}
