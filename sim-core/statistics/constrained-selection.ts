import { FeasibilityCheck } from './feasibility.ts';
import type { Limit } from './feasibility.ts';
import { KimNelson } from './kim-nelson.ts';

export interface ConstrainedSettings {
  /** promised, of correct selection */
  readonly probability: number;
  /** n₀ */
  readonly firstStage: number;
  /** none: every alternative keeps them */
  readonly limits: readonly Limit[];
  /** > 0: the smallest difference worth finding. Asked once, with the first stage of those that keep the limits. */
  indifference(firstStages: readonly (readonly number[])[]): number;
}

/** One observation of one alternative. Of `value`, less is better. */
export interface Observation {
  readonly value: number;
  /** in the order of the limits */
  readonly constrained: readonly number[];
}

/**
 * Finds the alternative of least mean among those whose other means keep their limits. First every alternative is judged
 * against every limit, then those that keep them are put to the procedure of Kim & Nelson, from their first observation on.
 *
 * The allowed error α is halved. Each of the k·s verdicts may go wrong with probability α/2 ÷ (k·s), each comparison of
 * the best with another with α/2 ÷ (k − 1), with the k there were at first. By Bonferroni's inequality, for dependent
 * alternatives too, all of them are right with probability 1 − α; then the best is selected if it keeps every limit by its
 * tolerance and is better, by the indifference or more, than every other that does not miss one by the tolerance. What is
 * kept of the observations changes nothing in that: every verdict and every comparison rests on the whole sequence of its
 * own pair. Without limits it is the procedure of Kim & Nelson itself.
 *
 * @see Andradóttir & Kim, Naval Research Logistics 57 (2010), for the two phases and the division of the error
 */
export class ConstrainedSelection {
  /** by alternative: whether it keeps the limits; null while that is not decided */
  readonly feasible: (boolean | null)[];
  /** by alternative: observations after which it was found to miss a limit; null unless it was */
  readonly infeasibleAt: (number | null)[];
  /** by alternative: observations after which it was screened out as not the best; null unless it was */
  readonly eliminatedAt: (number | null)[];
  /** NaN until it has been asked for */
  indifference = NaN;
  private readonly checks: readonly (readonly FeasibilityCheck[])[];
  private readonly values: number[][];
  private contenders: readonly number[] = [];
  private search: KimNelson | null = null;
  private searching = false;
  private observations = 0;
  private looked = 0;

  /** @param alternatives k ≥ 2 */
  constructor(
    private readonly alternatives: number,
    private readonly settings: ConstrainedSettings,
  ) {
    const { probability, firstStage, limits } = settings;
    const error = (1 - probability) / 2 / (alternatives * limits.length);
    const each = Array.from({ length: alternatives });
    this.feasible = each.map(() => null);
    this.infeasibleAt = each.map(() => null);
    this.eliminatedAt = each.map(() => null);
    this.values = each.map(() => []);
    this.checks = each.map(() => limits.map((limit) => new FeasibilityCheck(limit, error, firstStage)));
  }

  /** Those that may still be selected, ascending. */
  get surviving(): number[] {
    return this.feasible.flatMap((feasible, i) => (feasible === false || this.eliminatedAt[i] !== null ? [] : [i]));
  }

  /** Whether nothing is left to find out: one is selected, or none keeps the limits. */
  get decided(): boolean {
    return this.searching && this.surviving.length < 2;
  }

  /** Observations that have been looked at. */
  get count(): number {
    return this.observations;
  }

  /** @param row an observation of each alternative that survives, by index; others are not looked at */
  add(row: readonly (Observation | undefined)[]): void {
    if (this.decided) return;
    this.observations++;
    for (const i of this.surviving) {
      const { value, constrained } = row[i]!;
      this.values[i]!.push(value);
      this.judge(i, constrained);
    }
    if (this.observations < this.settings.firstStage || this.feasible.includes(null)) return;
    if (!this.searching) this.beginSearch();
    for (; this.search !== null && this.looked < this.observations && this.surviving.length > 1; this.looked++) {
      this.search.add(this.contenders.map((i) => this.values[i]![this.looked] ?? 0));
      this.search.state.eliminatedAt.forEach((at, index) => (this.eliminatedAt[this.contenders[index]!] ??= at));
    }
  }

  private judge(i: number, constrained: readonly number[]): void {
    if (this.feasible[i] !== null) return;
    const checks = this.checks[i]!;
    checks.forEach((check, c) => check.add(constrained[c]!));
    if (checks.some(({ verdict }) => verdict === false)) {
      this.feasible[i] = false;
      this.infeasibleAt[i] = this.observations;
    } else if (this.observations >= this.settings.firstStage && checks.every(({ verdict }) => verdict === true)) {
      this.feasible[i] = true;
    }
  }

  private beginSearch(): void {
    const { probability, firstStage, limits } = this.settings;
    this.searching = true;
    const firstOf = (i: number): readonly number[] => this.values[i]!.slice(0, firstStage);
    for (const i of this.surviving) if (!firstOf(i).every(Number.isFinite)) this.eliminatedAt[i] = firstStage;
    this.contenders = this.surviving;
    const among = this.contenders.length;
    if (among > 0) this.indifference = this.settings.indifference(this.contenders.map(firstOf));
    if (among < 2) return;
    // Without limits, one that has no value was never in the race; with them, all that were in it at first count.
    const error = (((1 - probability) / 2) * (among - 1)) / (this.alternatives - 1);
    this.search = new KimNelson(among, {
      probability: limits.length === 0 ? probability : 1 - error,
      indifference: this.indifference,
      firstStage,
    });
  }
}
