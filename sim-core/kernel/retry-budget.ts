import type { RetryBudget } from './contract.ts';

/** The bucket of tokens that `RetryBudget` describes. */
export class RetryTokens {
  private tokens: number;

  constructor(private readonly budget: RetryBudget) {
    this.tokens = budget.burst;
  }

  firstAttempts(count: number): void {
    const { burst, share } = this.budget;
    for (let left = count; left > 0 && this.tokens < burst; left--) this.tokens = Math.min(burst, this.tokens + share);
  }

  /** Takes a token for a retry. @returns whether there was one */
  take(): boolean {
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}
