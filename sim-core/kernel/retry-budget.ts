import type { RetryBudget } from './contract.ts';

/** The bucket of tokens that `RetryBudget` describes. */
export class RetryTokens {
  private tokens: number;

  constructor(private readonly budget: RetryBudget) {
    this.tokens = budget.burst;
  }

  firstAttempt(): void {
    this.tokens = Math.min(this.budget.burst, this.tokens + this.budget.share);
  }

  /** Takes a token for a retry. @returns whether there was one */
  take(): boolean {
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}
