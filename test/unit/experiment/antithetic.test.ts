import { describe, expect, it } from 'vitest';
import { createPairedStream, createStream } from '../../../sim-core/random/stream.ts';
import { createDistribution } from '../../../sim-core/random/registry.ts';
import { exponentialSampler, normalSampler } from '../../../sim-core/random/ziggurat.ts';
import { estimateMean } from '../../../sim-core/statistics/interval.ts';
import { compareInline, loadText } from '../../support/run-inline.ts';

const pair = [0, 1].map((replication) => () => createPairedStream('s', 6 + replication, 'service')) as [
  () => ReturnType<typeof createPairedStream>,
  () => ReturnType<typeof createPairedStream>,
];

describe('a pair of streams', () => {
  it('is one stream and its mirror image, bit by bit and as uniform numbers', () => {
    const plain = createStream('s', 3, 'service');
    const [first, second] = [pair[0](), pair[1]()];
    for (let i = 0; i < 1000; i++) {
      const word = plain.nextUint32();
      expect(first.nextUint32()).toBe(word);
      expect(second.nextUint32()).toBe(~word >>> 0);
      const u = plain.nextUniform();
      expect(first.nextUniform()).toBe(u);
      expect(second.nextUniform()).toBe(1 - 2 ** -53 - u);
    }
    const [words, mirrored] = [new Uint32Array(100), new Uint32Array(100)];
    pair[0]().fillUint32(words);
    pair[1]().fillUint32(mirrored);
    expect(mirrored).toEqual(words.map((word) => ~word));
  });

  it.each([
    ['exponential, by inversion', exponentialSampler, (p: number) => -Math.log1p(-p)],
    ['normal', normalSampler, null],
    ['lognormal, from its table', createDistribution({ lognormal: { mean: 1, scv: 4 } } as never).sampler, null],
    ['gamma', createDistribution({ gamma: { mean: 1, scv: 0.5 } } as never).sampler, null],
  ] as const)('draws %s in opposite order', (_, sampler, quantile) => {
    const [first, second] = [sampler(pair[0]()), sampler(pair[1]())];
    const draws = Array.from({ length: 4000 }, () => [first.next(), second.next()] as const);
    const falling = draws.toSorted(([a], [b]) => a - b);
    for (let i = 1; i < falling.length; i++) expect(falling[i]![1]).toBeLessThanOrEqual(falling[i - 1]![1]);
    if (quantile === null) return;
    const uniform = pair[0]();
    for (const [draw, mirrored] of draws.slice(0, 100)) {
      const u = uniform.nextUniform();
      expect(draw).toBeCloseTo(quantile(u), 12);
      expect(mirrored).toBeCloseTo(quantile(1 - 2 ** -53 - u), 12);
    }
  });
});

const mm1 = `schema: headroom/v1
name: M/M/1
horizon: 10m
replications: 200
antithetic: true
workload: {sum: [{constant: {rate: 5/s}}]}
services:
  web:
    serviceTime: {exponential: {mean: 100ms}}
    replicas: {initial: 1, startup: 0s}
policies:
  - {name: one, controller: {static: {replicas: 1}}}
`;

describe('antithetic replications of M/M/1 at 50 %', () => {
  it('have waits that go against each other, and a narrower interval with the theory in it', async () => {
    const paired = await compareInline(loadText(mm1));
    const waits = paired.policies[0]!.replications.map(({ waitingTimeMean }) => waitingTimeMean);
    const mean = waits.reduce((sum, wait) => sum + wait / waits.length, 0);
    let products = 0;
    let squares = 0;
    for (let k = 0; k < waits.length; k += 2) {
      products += 2 * (waits[k]! - mean) * (waits[k + 1]! - mean);
      squares += (waits[k]! - mean) ** 2 + (waits[k + 1]! - mean) ** 2;
    }
    expect(products / squares).toBeLessThan(-0.2);
    const estimate = paired.policies[0]!.summary.waitingTimeMean;
    // E[W] = ρ ÷ (μ − λ) = 0.5 ÷ 5 s.
    expect(Math.abs(estimate.mean - 0.1)).toBeLessThan(estimate.halfWidth);
    expect(estimate.halfWidth).toBeLessThan(0.002);
    // Narrower than if the runs had nothing to do with each other.
    expect(estimate.halfWidth).toBeLessThan(0.9 * estimateMean(waits).halfWidth);
    // Student's t over 100 pair means, from their values: t(0.975, 99) = 1.984217.
    const pairs = Array.from({ length: 100 }, (_, k) => (waits[2 * k]! + waits[2 * k + 1]!) / 2);
    const variance = pairs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 99;
    expect(estimate.halfWidth).toBeCloseTo(1.984217 * Math.sqrt(variance / 100), 8);
  });

  it('come in whole pairs, also when the precision decides', async () => {
    const text = mm1.replace('10m', '5m');
    const three = await compareInline(loadText(text.replace('replications: 200', 'replications: 3')));
    expect(three.replications).toBe(4);
    const until = 'replications: {until: {metric: waitingTimeMean, halfWidth: 12%}, min: 4, max: 99}';
    const { replications, stopping } = await compareInline(loadText(text.replace('replications: 200', until)));
    expect(stopping!.reached).toBe(true);
    expect(replications % 2).toBe(0);
  });
});
