import { elasticityOf, movementOf } from '../analysis/elasticity.ts';
import type { VectorFamily } from './contract.ts';

interface ElasticityVector {
  readonly demand: readonly (number | null)[];
  readonly supply: readonly (number | null)[];
  readonly stepSeconds?: number;
}

const known = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? NaN);

const elasticity: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as ElasticityVector;
    const { stepSeconds = 1 } = given;
    const [demand, supply] = [known(given.demand), known(given.supply)];
    if (demand.length !== supply.length) throw new Error('`demand` and `supply` differ in length');
    const found = elasticityOf({ demand, supply, durationOf: () => stepSeconds });
    const { churn, excessChurn, reversals } = movementOf(supply);
    return {
      actual: {
        thetaU: found.underProvisioningAccuracy * 100,
        thetaO: found.overProvisioningAccuracy * 100,
        tauU: found.underProvisioningTimeshare * 100,
        tauO: found.overProvisioningTimeshare * 100,
        instability: found.instability * 100,
        jitterPerStep: found.jitter * stepSeconds,
        adaptationsSupply: found.supplyChanges,
        adaptationsDemand: found.demandChanges,
        directionReversals: reversals,
        replicaChurn: churn,
        excessChurn,
        replicaSteps: supply.reduce((sum, each) => sum + each, 0),
      },
    };
  },
  // The file gives six decimals.
  agrees: (expected, actual) => Math.abs(expected - actual) <= 1e-6,
};

/** Elasticity metrics of the SPEC Research Group. */
export const elasticityFamilies: Readonly<Record<string, VectorFamily>> = { 'elasticity-metrics': elasticity };
