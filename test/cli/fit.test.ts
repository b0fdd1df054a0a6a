import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createBench } from '../support/command-line.ts';
import { readShared } from '../support/published.ts';

const bench = createBench();
/** Exponential of mean 80 ms by its quantiles. */
const durations = Array.from({ length: 200 }, (_, i) => -80 * Math.log1p(-(i + 0.5) / 200));
beforeAll(() => {
  bench.write(
    'requests.csv',
    `path,status,latency_ms\n${durations.map((value) => `/cart,200,${value.toFixed(4)}`).join('\n')}\n`,
  );
  bench.write('list.txt', `${durations.join('\n')}\n`);
  const second = (i: number) => new Date(1_770_000_000_000 + 1000 * i).toISOString();
  bench.write(
    'access.log',
    durations
      .map((ms, i) => {
        const [day, time] = second(i).slice(0, 19).split('T') as [string, string];
        const at = `${day.slice(8)}/Feb/${day.slice(0, 4)}:${time} +0000`;
        return `10.0.0.1 - - [${at}] "GET /cart HTTP/1.1" 200 512 "-" "curl/8" rt=${(ms / 1000).toFixed(6)}\n`;
      })
      .join(''),
  );
  bench.write('metrics.json', '{"status":"success","data":{"resultType":"matrix","result":[]}}\n');
  bench.write('words.csv', 'a,b\nx,y\nz,w\n');
  bench.write('two.csv', 'connect,total\n1,2\n3,4\n');
  // Every second some, in spells of ten seconds with twenty times as many.
  const log = Array.from({ length: 300 }, (_, second) => {
    const busy = (Math.floor(second / 10) * 7) % 5 === 0;
    return Array.from({ length: busy ? 20 : 1 }, (__, i) => second + i / 20);
  }).flat();
  bench.write('log.csv', `timestamp\n${log.map((t) => (1_700_000_000 + t).toFixed(2)).join('\n')}\n`);
});
afterAll(() => bench.remove());

describe('headroom fit', () => {
  it('prints the ranking and the best as it is written into a scenario', async () => {
    const { exitCode, stdout, stderr } = await bench.run('fit requests.csv');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('200 durations of latency_ms (ms), mean 79.9 ms');
    expect(stdout).toMatch(/family +AIC +BIC +KS +AD +mean +scv\n(exponential|gamma|weibull|erlang) +\+0\.0/);
    const [, line = ''] = /under a service:\n {2}(.*)\n/.exec(stdout) ?? [];
    expect(Object.keys((parse(line) as { serviceTime: object }).serviceTime)).toHaveLength(1);
  });

  it('gives the same as JSON and CSV, of a list in the unit named', async () => {
    const { stdout } = await bench.run('fit list.txt --unit ms -o json');
    const form = JSON.parse(stdout) as { column: string; fits: { family: string; mean: number }[]; values: object };
    expect(form).toMatchObject({ schema: 'headroom/fit/v1', unit: 'ms', values: { count: 200, zeros: 0 } });
    expect(form.fits.find(({ family }) => family === 'exponential')!.mean).toBeCloseTo(0.0799, 3);
    const csv = (await bench.run('fit requests.csv -o csv')).stdout.split(/\r?\n/);
    expect(csv[0]).toBe('family,aic,bic,logLikelihood,kolmogorovSmirnov,andersonDarling,serviceTime');
    expect(csv.length).toBe(form.fits.length + 2);
  });

  it('takes the durations of a log of requests, packed or not', async () => {
    interface Fitted {
      readonly unit: string;
      readonly column: string;
      readonly values: { readonly count: number; readonly mean: number };
    }
    const fitted = async (words: string) => JSON.parse((await bench.run(`fit ${words} -o json`)).stdout) as Fitted;
    const log = await fitted('access.log');
    expect(log).toMatchObject({ column: 'rt', unit: 's', values: { count: 200 } });
    expect(log.values.mean).toBeCloseTo(0.0799, 4);
    expect((await fitted('access.log --unit ms')).values.mean).toBeCloseTo(0.0799e-3, 7);
    writeFileSync(join(bench.folder, 'access.log.gz'), gzipSync(readFileSync(join(bench.folder, 'access.log'))));
    expect((await fitted('access.log.gz')).values).toEqual(log.values);
    // Ends and durations of the Azure Functions trace of 2021, whose durations are seconds whatever is said.
    const azure = readShared('traces/arrivals/azure_functions_2021_first200.csv');
    writeFileSync(join(bench.folder, 'azure.csv.gz'), gzipSync(azure));
    const cells = azure
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => Number(line.split(',')[3]));
    const { values, unit } = await fitted('azure.csv.gz');
    expect([values.count, unit]).toEqual([cells.filter((value) => value > 0).length, 's']);
    expect((await bench.run('fit azure.csv.gz --unit ms')).stderr).toContain('--unit ms is passed over');
    writeFileSync(join(bench.folder, 'cut.csv.gz'), gzipSync(azure).subarray(0, 300));
    expect((await bench.run('fit cut.csv.gz')).stderr).toContain('trace-broken-archive');
  });

  it('draws the best fits', async () => {
    const { exitCode } = await bench.run('fit requests.csv --chart fit.svg');
    expect(exitCode).toBe(0);
    const svg = readFileSync(join(bench.folder, 'fit.svg'), 'utf8');
    expect(svg).toMatch(/^<svg .*<title>requests.csv: latency_ms<\/title>/);
    // Four families, each a line in both panels.
    expect(svg.match(/<path /g)).toHaveLength(8);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it.each([
    ['fit words.csv', 'fit-column'],
    ['fit two.csv', 'Which column holds the durations? Name it with --column. The columns are: connect, total.'],
    ['fit two.csv --column 3', 'There is no column 3.'],
    ['fit requests.csv --column nothing', 'There is no column nothing.'],
    ['fit two.csv --column total', 'fit-too-few'],
    ['fit requests.csv --chart fit.pdf', 'ends neither in .svg nor in .png'],
    ['fit metrics.json', 'This is Prometheus query_range response, from which'],
    ['fit nothing.csv', 'There is no file nothing.csv'],
  ])('%s is refused: %s', async (words, message) => {
    const { exitCode, stdout, stderr } = await bench.run(words);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(existsSync(join(bench.folder, 'fit.pdf'))).toBe(false);
  });
});

describe('headroom import --burstiness', () => {
  it('measures a log of requests and says which arrivals keep its burstiness', async () => {
    const { stdout } = await bench.run('import log.csv --burstiness');
    expect(stdout).toMatch(/window +windows +dispersion +within +next\n/);
    const [, advice = ''] = /under workload:\n {2}(arrivals: .*)\n/.exec(stdout) ?? [];
    expect(parse(advice)).toHaveProperty('arrivals.mmpp.factors');
    const json = JSON.parse((await bench.run('import log.csv --burstiness -o json')).stdout) as {
      burstiness: { gaps: { scv: number }; scales: { window: number; dispersion: number }[] };
    };
    expect(json.burstiness.gaps.scv).toBeGreaterThan(2.5);
    expect(json.burstiness.scales.find(({ window }) => window === 1)!.dispersion).toBeGreaterThan(5);
  });

  it('is silent unless asked', async () => {
    expect((await bench.run('import log.csv')).stdout).not.toContain('dispersion');
    expect(JSON.parse((await bench.run('import log.csv -o json')).stdout)).not.toHaveProperty('burstiness');
  });
});
