import { describe, expect, it } from 'vitest';
import { elasticityOf, movementOf } from '../../../sim-core/analysis/elasticity.ts';

const even = (demand: readonly number[], supply: readonly number[]) =>
  elasticityOf({ demand, supply, durationOf: () => 60 });

describe('elasticity', () => {
  it('is perfect for a supply that is the demand', () => {
    expect(even([2, 5, 3], [2, 5, 3])).toEqual({
      underProvisioningAccuracy: 0,
      overProvisioningAccuracy: 0,
      underProvisioningTimeshare: 0,
      overProvisioningTimeshare: 0,
      instability: 0,
      jitter: 0,
      supplyChanges: 2,
      demandChanges: 2,
    });
  });

  it('weighs rows by their length', () => {
    const found = elasticityOf({ demand: [4, 4], supply: [2, 4], durationOf: (row) => [30, 90][row]! });
    expect(found).toMatchObject({ underProvisioningAccuracy: 0.125, underProvisioningTimeshare: 0.25 });
  });

  it('leaves out rows of which nothing is known', () => {
    const known = even([4, 4, 4], [2, 4, 6]);
    const found = elasticityOf({
      demand: [4, NaN, 4, 4, 4],
      supply: [2, 9, 4, NaN, 6],
      durationOf: () => 60,
    });
    expect(found).toEqual(known);
    expect(even([NaN], [1]).jitter).toBeNaN();
  });

  it('counts idle time against what is up, not against nothing', () => {
    expect(even([0, 0], [0, 2])).toMatchObject({ overProvisioningAccuracy: 1, underProvisioningTimeshare: 0 });
  });

  it('counts turns, and what led nowhere', () => {
    expect(movementOf([1, 4, 4, 2, 3])).toEqual({ churn: 6, excessChurn: 4, reversals: 2 });
    expect(movementOf([])).toEqual({ churn: 0, excessChurn: 0, reversals: 0 });
  });
});
