/**
 * How closely a supply followed a demand, after the elasticity metrics of the SPEC Research Group.
 *
 * Shares and accuracies are fractions: 0.125 where the report writes 12.5 %.
 *
 * Source: N. R. Herbst et al., Ready for Rain? A View from SPEC Research on the Future of Cloud Metrics, SPEC-RG-2016-01;
 * A. Bauer et al., Quantifying Cloud Performance and Dependability, ACM TOMPECS 3(4), 2018.
 */
export interface Elasticity {
  /** θU: units missing, relative to the demand, averaged over time */
  readonly underProvisioningAccuracy: number;
  /** θO: units too many, relative to the demand, averaged over time */
  readonly overProvisioningAccuracy: number;
  /** τU: share of the time with too few units */
  readonly underProvisioningTimeshare: number;
  /** τO: share of the time with too many units */
  readonly overProvisioningTimeshare: number;
  /** υ: share of the time in which supply and demand moved in different directions */
  readonly instability: number;
  /** (changes of the supply − changes of the demand) ÷ time, 1/s; below zero for a sluggish supply */
  readonly jitter: number;
  readonly supplyChanges: number;
  readonly demandChanges: number;
}

/** Demand and supply in columns, one row a stretch of time. Rows where either is NaN are left out. */
export interface SupplyAndDemand {
  /** fewest units that meet the objective; where it is 0 the demand counts as one unit, so that it can be divided by */
  readonly demand: ArrayLike<number>;
  /** units provided */
  readonly supply: ArrayLike<number>;
  /** s of each row */
  readonly durationOf: (row: number) => number;
}

/** @returns NaN throughout when there is no row to judge */
export function elasticityOf({ demand, supply, durationOf }: SupplyAndDemand): Elasticity {
  let time = 0;
  let missing = 0;
  let excess = 0;
  let under = 0;
  let over = 0;
  let laterTime = 0;
  let apart = 0;
  let supplyChanges = 0;
  let demandChanges = 0;
  let first = true;
  let neededBefore = 0;
  let givenBefore = 0;
  for (let row = 0; row < demand.length; row += 1) {
    const needed = demand[row]!;
    const given = supply[row]!;
    const step = durationOf(row);
    if (Number.isNaN(needed) || Number.isNaN(given) || !(step > 0)) continue;
    time += step;
    missing += (Math.max(needed - given, 0) / Math.max(needed, 1)) * step;
    excess += (Math.max(given - needed, 0) / Math.max(needed, 1)) * step;
    if (given < needed) under += step;
    if (given > needed) over += step;
    if (!first) {
      const moved = Math.sign(given - givenBefore);
      const asked = Math.sign(needed - neededBefore);
      laterTime += step;
      if (moved !== asked) apart += step;
      if (moved !== 0) supplyChanges += 1;
      if (asked !== 0) demandChanges += 1;
    }
    first = false;
    neededBefore = needed;
    givenBefore = given;
  }
  return {
    underProvisioningAccuracy: shareOf(time, missing),
    overProvisioningAccuracy: shareOf(time, excess),
    underProvisioningTimeshare: shareOf(time, under),
    overProvisioningTimeshare: shareOf(time, over),
    instability: shareOf(laterTime, apart),
    jitter: shareOf(time, supplyChanges - demandChanges),
    supplyChanges,
    demandChanges,
  };
}

// No closure over the sums above: V8 would throw away what it compiled for the loop at every call of it.
const shareOf = (time: number, sum: number): number => (time > 0 ? sum / time : NaN);

/** Movements of a supply: how much it changed in all, how often it turned round. */
export interface SupplyMovement {
  /** Σ of the changes regardless of their direction */
  readonly churn: number;
  /** of it, what did not lead from the first to the last value */
  readonly excessChurn: number;
  /** changes that went the other way than the one before */
  readonly reversals: number;
}

export function movementOf(supply: ArrayLike<number>): SupplyMovement {
  let churn = 0;
  let reversals = 0;
  let direction = 0;
  for (let row = 1; row < supply.length; row += 1) {
    const change = supply[row]! - supply[row - 1]!;
    if (change === 0) continue;
    churn += Math.abs(change);
    if (direction !== 0 && Math.sign(change) !== direction) reversals += 1;
    direction = Math.sign(change);
  }
  const travelled = supply.length === 0 ? 0 : Math.abs(supply[supply.length - 1]! - supply[0]!);
  return { churn, excessChurn: churn - travelled, reversals };
}
