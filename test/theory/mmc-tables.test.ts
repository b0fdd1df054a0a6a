import { describe, expect, it } from 'vitest';
import { erlangB, erlangC } from '../../sim-core/queueing/erlang.ts';
import { mmc } from '../../sim-core/queueing/mmc.ts';
import { queueingTables } from '../support/published.ts';

const tables = queueingTables();
/** The tables print nine significant digits. */
const printed = 1e-8;

function relativeError(value: number, exact: number): number {
  return exact === 0 ? Math.abs(value) : Math.abs(value / exact - 1);
}

function system(c: number, rho: number) {
  return { arrivalRate: c * rho, serviceTimeMean: 1, serviceScv: 1, servers: c };
}

describe('M/M/c against exact values', () => {
  it.each(tables.MMc)('c = $c, ρ = $rho: delay probability, wait and queue', ({ c, rho, P_wait, Wq, Lq }) => {
    const prediction = mmc.predict(system(c, rho));
    expect(relativeError(prediction.delayProbability, P_wait)).toBeLessThan(printed);
    expect(relativeError(prediction.waitingTimeMean, Wq)).toBeLessThan(printed);
    expect(relativeError(prediction.queueLengthMean, Lq)).toBeLessThan(printed);
    expect(relativeError(erlangC(c, c * rho), P_wait)).toBeLessThan(printed);
  });

  it.each(tables.ErlangB)('Erlang B of $c servers and $a erlang', ({ c, a, B }) => {
    expect(relativeError(erlangB(c, a), B)).toBeLessThan(printed);
  });

  it.each(tables.MMc_percentiles)('c = $c, ρ = $rho: percentiles of wait and sojourn', ({ c, rho, wait, sojourn }) => {
    for (const [p, seconds] of Object.entries(wait)) {
      expect(relativeError(mmc.waitingTimeQuantile(system(c, rho), Number(p)), seconds)).toBeLessThan(printed);
    }
    for (const [p, seconds] of Object.entries(sojourn)) {
      expect(relativeError(mmc.sojournTimeQuantile(system(c, rho), Number(p)), seconds)).toBeLessThan(printed);
    }
  });

  it('covers every row that was published', () => {
    expect([tables.MMc.length, tables.ErlangB.length, tables.MMc_percentiles.length]).toEqual([144, 15, 30]);
  });
});
