import { describe, expect, it } from 'vitest';
import {
  allenCunneenWait,
  cosmetatosWait,
  kimuraWait,
  whittDelayProbability,
  whittWait,
} from '../../sim-core/queueing/gigc.ts';
import type { GeneralSystem } from '../../sim-core/queueing/gigc.ts';
import { mgc } from '../../sim-core/queueing/mgc.ts';
import { queueingTables } from '../support/published.ts';

const tables = queueingTables();
const listed = tables.approximation_accuracy_against_these;

interface Row {
  readonly c: number;
  readonly rho: number;
  readonly arrivalScv: number;
  readonly serviceScv: number;
  readonly Wq: number;
  readonly P_wait?: number;
}
const busy = ({ rho }: Row) => rho >= 0.7;
const constant: Row[] = tables.MDc.map((row) => ({ ...row, arrivalScv: 1, serviceScv: 0 }));
const phaseType: Row[] = tables.MGc_phase_type.map((row) => ({ ...row, arrivalScv: 1, serviceScv: row.scv_service }));
const renewal: Row[] = tables.GIGc_phase_type.map((row) => ({
  ...row,
  arrivalScv: row.scv_arrivals,
  serviceScv: row.scv_service,
}));
const regular: Row[] = tables.DMc.map((row) => ({ ...row, arrivalScv: 0, serviceScv: 1 }));

const systemOf = ({ c, rho, arrivalScv, serviceScv }: Row): GeneralSystem => ({
  arrivalRate: c * rho,
  serviceTimeMean: 1,
  servers: c,
  arrivalScv,
  serviceScv,
});

function errors(rows: readonly Row[], wait: (system: GeneralSystem) => number): { mean: number; max: number } {
  const each = rows.map((row) => Math.abs(wait(systemOf(row)) / row.Wq - 1));
  return { mean: each.reduce((sum, error) => sum + error, 0) / each.length, max: Math.max(...each) };
}

describe('approximations are out by what the published list says of them, no more and no less', () => {
  it.each([
    ['M/D/c: Allen-Cunneen/Lee-Longton (1+0)/2*Wq(M/M/c), rho>=0.7', constant, allenCunneenWait],
    ['M/D/c: Cosmetatos 1975, rho>=0.7', constant, cosmetatosWait],
    ['M/D/c: Whitt 1993 (2.24), rho>=0.7', constant, whittWait],
    ['M/PH/c: Lee-Longton (1+cs2)/2, rho>=0.7', phaseType, allenCunneenWait],
    ['M/PH/c: Whitt 1993, rho>=0.7', phaseType, whittWait],
    ['PH/PH/c: Allen-Cunneen (ca2+cs2)/2, rho>=0.7', renewal, allenCunneenWait],
    ['PH/PH/c: Whitt 1993, rho>=0.7', renewal, whittWait],
    ['D/M/c: Allen-Cunneen, rho>=0.7', regular, allenCunneenWait],
    ['D/M/c: Whitt 1993, rho>=0.7', regular, whittWait],
    [
      'M/PH/c cs2<1: interpolation cs2*Wq(M/M/c)+(1-cs2)*Wq(M/D/c Cosmetatos), rho>=0.7',
      phaseType.filter(({ serviceScv }) => serviceScv < 1),
      cosmetatosWait,
    ],
    [
      'M/PH/c all cs2: Kimura harmonic (1+cs2)/(2cs2/Wq(M/M/c)+(1-cs2)/Wq(M/D/c)), rho>=0.7',
      phaseType,
      (system: GeneralSystem) => mgc.predict(system).waitingTimeMean,
    ],
  ] as const)('%s', (name, rows, wait) => {
    const { mean, max } = errors(rows.filter(busy), wait);
    expect(rows.filter(busy)).toHaveLength(listed[name]!.n);
    expect(mean).toBeCloseTo(listed[name]!.mean_abs_rel_err, 7);
    expect(max).toBeCloseTo(listed[name]!.max, 6);
  });

  it('Kimura for Erlang arrivals: 7 % on average from 70 % utilisation on, 44 % at worst; exact for D/M/c', () => {
    const { mean, max } = errors(
      renewal.filter((row) => busy(row) && row.arrivalScv <= 1),
      kimuraWait,
    );
    expect(mean).toBeLessThan(0.073);
    expect(max).toBeLessThan(0.44);
    expect(errors(regular, kimuraWait).max).toBeLessThan(5e-9);
    expect(() => kimuraWait({ ...systemOf(renewal[0]!), arrivalScv: 1.1 })).toThrow('at most 1');
  });

  it("Whitt's delay probability is within 0.04 for Poisson arrivals, 0.1 for others", () => {
    const worst = (rows: readonly Row[]) =>
      Math.max(...rows.map((row) => Math.abs(whittDelayProbability(systemOf(row)) - row.P_wait!)));
    expect(worst(phaseType)).toBeLessThan(0.034);
    expect(worst([...renewal, ...regular])).toBeLessThan(0.1);
  });
});
