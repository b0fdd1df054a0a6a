import { kimNelsonEta } from './kim-nelson.ts';

/** An objective: a mean that may be at most `limit`. Within `tolerance` of it, either verdict counts as right. */
export interface Limit {
  readonly limit: number;
  /** > 0 */
  readonly tolerance: number;
}

/**
 * Whether a mean keeps a limit, judged after every observation: the sum of the distances to the limit, against a boundary
 * that closes as observations come. A mean farther from the limit than the tolerance is judged wrongly with probability
 * `error` at most, when observations are independent and normal.
 *
 * @see Andradóttir & Kim, Fully sequential procedures for comparing constrained systems via simulation, Naval Research
 *   Logistics 57 (2010), the feasibility check, with c = 1
 */
export class FeasibilityCheck {
  private sum = 0;
  private count = 0;
  private readonly first: number[] = [];
  private boundary = NaN;
  /** null while it is not decided */
  verdict: boolean | null = null;

  /** @param firstStage ≥ 2 observations from which the variance is estimated */
  constructor(
    private readonly objective: Limit,
    private readonly error: number,
    private readonly firstStage: number,
  ) {}

  add(value: number): void {
    if (this.verdict !== null) return;
    const { limit, tolerance } = this.objective;
    this.count++;
    this.sum += value - limit;
    if (this.count <= this.firstStage) this.first.push(value);
    if (this.count < this.firstStage) return;
    if (this.count === this.firstStage) this.closeFirstStage();
    // R = max(0, h²S² ÷ (2ε) − ε r ÷ 2)
    const width = Math.max(0, this.boundary / (2 * tolerance) - (tolerance * this.count) / 2);
    if (!Number.isFinite(this.sum)) this.verdict = false;
    else if (this.sum <= -width) this.verdict = true;
    else if (this.sum >= width) this.verdict = false;
  }

  private closeFirstStage(): void {
    const { first, firstStage } = this;
    const mean = first.reduce((sum, value) => sum + value, 0) / firstStage;
    const squares = first.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    // h² S² with h² = 2 η (n₀ − 1) and S² = squares ÷ (n₀ − 1)
    this.boundary = 2 * kimNelsonEta(2, firstStage, 1 - this.error) * squares;
  }
}
