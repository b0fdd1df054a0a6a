import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readingsOf } from '../../../sim-core/index.ts';
import type { RealityReport } from '../../../sim-core/index.ts';
import { meanAbsoluteError } from '../../../sim-core/reality/score.ts';
import { textbookRule } from '../../../sim-core/reality/textbook.ts';
import { createBench } from '../../support/command-line.ts';
import type { Bench } from '../../support/command-line.ts';
import { loadPhpApache, phpApacheScenario, phpApacheTable } from '../../support/php-apache.ts';
import { readShared } from '../../support/published.ts';

interface Calibration {
  readonly replicaError: { readonly before: number; readonly after: number };
  readonly values: readonly { readonly path: string; readonly method: string; readonly points: number }[];
}

/** Calibrated on the first quarter of an hour by the commands as anyone would use them, judged on the second. */
describe('the recorded HPA of php-apache', () => {
  const half = 15 * 60;
  let bench: Bench;
  let calibration: Calibration;
  let printed: string;
  let second: RealityReport;
  let untouched: RealityReport;

  const check = async (file: string) =>
    JSON.parse((await bench.run(`reality-check ${file} --from 15m --no-explain -o json`)).stdout) as RealityReport;

  beforeAll(async () => {
    bench = createBench();
    bench.write('table.md', readShared(phpApacheTable));
    bench.write('php.yaml', phpApacheScenario);
    const told = await bench.run('calibrate php.yaml --to 15m --out calibrated.yaml -o json');
    expect(told.exitCode, told.stderr).toBe(0);
    calibration = JSON.parse(told.stdout) as Calibration;
    printed = (await bench.run('reality-check calibrated.yaml --from 15m --no-explain')).stdout;
    second = await check('calibrated.yaml');
    untouched = await check('php.yaml');
  }, 120_000);
  afterAll(() => bench.remove());

  it('changes only what describes the service, from the first half alone, and says what it found', () => {
    expect(calibration.replicaError.after).toBeLessThan(calibration.replicaError.before / 1.5);
    for (const { path, points } of calibration.values) {
      expect(path).toMatch(/^services\./);
      expect(points).toBeLessThanOrEqual(30);
    }
    const text = readFileSync(join(bench.folder, 'calibrated.yaml'), 'utf8');
    expect(text).toContain('provenance:');
    expect(text.match(/source: table\.md/g)).toHaveLength(calibration.values.length);
  });

  it('comes out nearer on the half it has not seen than the textbook rule, and the command prints both', () => {
    const { replicaError } = second.score;
    expect(second.textbook!.cpuFrom).toBe('utilisation law');
    expect(second.overlay.time[0]).toBe(half + 20);
    expect(second.overlay.time).toHaveLength(30);
    expect(replicaError.mean + replicaError.halfWidth).toBeLessThan(second.textbook!.replicaError * 0.75);
    // The rule's own delay, granted to it, does not help it enough.
    expect(replicaError.mean + replicaError.halfWidth).toBeLessThan(second.textbook!.replicaErrorLate * 0.9);
    expect(replicaError.mean).toBeLessThan(untouched.score.replicaError.mean);
    expect(printed).toMatch(new RegExp(`mean error of the replicas +${replicaError.mean.toFixed(2)} ± `));
    expect(printed).toMatch(/textbook rule: mean error +2\.\d/);
  });

  it('is nearer than the textbook rule with the service demand that suits the rule best', async () => {
    const demands = Array.from({ length: 9 }, (_, i) => 160 + 40 * i);
    const rules = await Promise.all(
      demands.map(async (milliseconds) => {
        const loaded = await loadPhpApache(phpApacheScenario.replace('300ms', `${milliseconds}ms`));
        const error = (part: { from: number; to?: number }) => {
          const readings = readingsOf(loaded.scenario, loaded.recorded!, part).readings!;
          return meanAbsoluteError(readings.replicas, textbookRule(loaded, readings)!.replicas);
        };
        return { onFirst: error({ from: 0, to: half }), onSecond: error({ from: half }) };
      }),
    );
    const chosen = rules.reduce((best, rule) => (rule.onFirst < best.onFirst ? rule : best));
    expect(second.score.replicaError.mean).toBeLessThan(chosen.onSecond * 0.85);
  });

  it('is graded by limits that were set beforehand', () => {
    const { grade, limits, score } = second;
    expect(limits.good).toBeCloseTo(0.1 * second.recorded.replicasMean, 12);
    expect(limits.fair).toBeCloseTo(0.25 * second.recorded.replicasMean, 12);
    expect(grade).toBe(score.replicaError.mean <= limits.fair ? 'fair' : 'poor');
    expect(second.recorded).toMatchObject({ peakReplicas: 12, peakTime: 1100 });
    expect(score.peakReplicas.mean).toBe(12);
    expect(score.peakTime.mean).toBe(1100);
  });
});
