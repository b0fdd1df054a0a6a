import { pow } from '../units/math.ts';

/**
 * The constant of Kim and Nelson's procedure with c = 1: ½((2α ÷ (k − 1))^(−2 ÷ (n₀ − 1)) − 1).
 *
 * @param alternatives k ≥ 2
 * @param firstStage n₀ ≥ 2 replications from which variances are estimated
 * @param probability of correct selection promised, between 1/k and 1
 */
export function kimNelsonEta(alternatives: number, firstStage: number, probability: number): number {
  return 0.5 * (pow((2 * (1 - probability)) / (alternatives - 1), -2 / (firstStage - 1)) - 1);
}

export interface SelectionSettings {
  /** promised when the best is better than every other by at least `indifference` */
  readonly probability: number;
  /** > 0: the smallest difference worth finding */
  readonly indifference: number;
  /** n₀ */
  readonly firstStage: number;
}

/** Where a selection stands. */
export interface SelectionState {
  /** indices of the alternatives that may still be the best, ascending */
  readonly surviving: readonly number[];
  /** by alternative: replications after which it was screened out; null while it survives */
  readonly eliminatedAt: readonly (number | null)[];
}

/**
 * The fully sequential procedure KN of Kim & Nelson: finds the alternative of least mean. After a first stage it looks at
 * the alternatives again after every replication and screens out the ones that are behind by more than a boundary that
 * closes as replications come; the last one left is the best with the promised probability. The alternatives may be
 * simulated with common random numbers: their variances enter as those of differences, pair by pair, and the promise is
 * made by Bonferroni's inequality.
 *
 * @see Kim & Nelson, A fully sequential procedure for indifference-zone selection in simulation, ACM Transactions on
 *   Modeling and Computer Simulation 11 (2001), with c = 1
 */
export class KimNelson {
  private readonly sums: Float64Array;
  private readonly eliminated: (number | null)[];
  /** h² S²ᵢₗ, by i·k + l */
  private readonly boundaries: Float64Array;
  private readonly first: number[][] = [];
  private replications = 0;

  /** @param alternatives k ≥ 2 */
  constructor(
    private readonly alternatives: number,
    private readonly settings: SelectionSettings,
  ) {
    this.sums = new Float64Array(alternatives);
    this.eliminated = Array.from({ length: alternatives }, () => null);
    this.boundaries = new Float64Array(alternatives * alternatives);
  }

  /** @param values one replication: a value for each surviving alternative, by index; others are not looked at */
  add(values: ArrayLike<number>): void {
    const { firstStage } = this.settings;
    this.replications++;
    for (const i of this.surviving()) this.sums[i]! += values[i]!;
    if (this.replications <= firstStage) this.first.push(Array.from(values));
    if (this.replications < firstStage) return;
    if (this.replications === firstStage) this.closeFirstStage();
    this.screen();
  }

  get state(): SelectionState {
    return { surviving: this.surviving(), eliminatedAt: [...this.eliminated] };
  }

  private surviving(): number[] {
    return this.eliminated.flatMap((at, index) => (at === null ? [index] : []));
  }

  private closeFirstStage(): void {
    const { alternatives: k, first } = this;
    const { firstStage, probability } = this.settings;
    const scale = 2 * kimNelsonEta(k, firstStage, probability) * (firstStage - 1);
    for (let i = 0; i < k; i++) {
      for (let l = i + 1; l < k; l++) {
        let mean = 0;
        for (const values of first) mean += (values[i]! - values[l]!) / firstStage;
        let squares = 0;
        for (const values of first) squares += (values[i]! - values[l]! - mean) * (values[i]! - values[l]! - mean);
        this.boundaries[i * k + l] = (scale * squares) / (firstStage - 1);
        this.boundaries[l * k + i] = this.boundaries[i * k + l]!;
      }
    }
  }

  /** Everyone who survived the last look is compared with everyone who did. */
  private screen(): void {
    const { alternatives: k, replications: r, sums } = this;
    const { indifference } = this.settings;
    const before = this.surviving();
    for (const i of before) {
      // r·(X̄ᵢ − X̄ₗ) against r·W, with W = max(0, δ ÷ (2r) · (h²S² ÷ δ² − r)).
      const behind = before.some((l) => {
        if (l === i) return false;
        const width = Math.max(
          0,
          (indifference / 2) * (this.boundaries[i * k + l]! / (indifference * indifference) - r),
        );
        return sums[i]! - sums[l]! > width;
      });
      if (behind) this.eliminated[i] = r;
    }
  }
}
