import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capacityPlanSchema } from '../../sim-core/planning/schema.ts';
import { createBench } from '../support/command-line.ts';
import { alertsScenario, smallScenario } from '../support/scenario-text.ts';

const bench = createBench();
beforeAll(() => bench.write('small.yaml', smallScenario));
afterAll(() => bench.remove());

const json = async (words: string) => JSON.parse((await bench.run(`${words} -o json`)).stdout) as never;

describe('compare', () => {
  it('prints a table of estimates, differences to the baseline, and nothing on stderr in a pipe', async () => {
    const { exitCode, stdout, stderr } = await bench.run('compare small.yaml');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Small: 2 policies, 2 replications, seed 1, ± is half of a 95 % interval\n\npolicy +replicas +p95 /,
    );
    expect(stdout).toMatch(/\nfixed +4\.00 ± 0\.00 .* ms .* met +stable\n/);
    expect(stdout).toMatch(/\nagainst fixed .*\nlive /);
    expect(stdout).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('says of a policy that was stopped early neither that it met its objectives nor that it was stable', async () => {
    const own = "{source: 'export default () => { for (;;) {} }', interval: 15s, min: 1, max: 9}";
    bench.write('own.yaml', `${smallScenario}  - name: own\n    controller: {custom: ${own}}\n`);
    const { stdout, stderr } = await bench.run('compare own.yaml');
    expect(stderr).toMatch(/own: Stopped at 15s/);
    expect(stdout).toMatch(/\nown .* stopped early +–\n/);
    expect(stdout).toMatch(/\nfixed .* met +stable\n/);
  });

  it('gives versioned JSON with estimates and paired differences', async () => {
    expect(await json('compare small.yaml')).toMatchObject({
      schema: 'headroom/comparison/v1',
      scenario: 'Small',
      baseline: 'fixed',
      replications: 2,
      policies: [
        { policy: 'fixed', differenceToBaseline: null, summary: { replicasMean: { mean: 4, halfWidth: 0 } } },
        {
          policy: 'live',
          differenceToBaseline: {
            cost: { mean: expect.any(Number) as number, halfWidth: expect.any(Number) as number },
          },
        },
      ],
    });
  });

  it('prints the same bytes twice, and whatever the number of workers', async () => {
    const once = await bench.run('compare small.yaml -o json');
    expect((await bench.run('compare small.yaml -o json')).stdout).toBe(once.stdout);
    expect((await bench.run('compare small.yaml -o json --workers 1')).stdout).toBe(once.stdout);
    expect((await bench.run('-o json compare small.yaml', { cores: 8 })).stdout).toBe(once.stdout);
    expect((await bench.run('compare small.yaml -o json --seed 2')).stdout).not.toBe(once.stdout);
  });

  it('takes another baseline, policies by name, and fewer replications', async () => {
    expect(await json('compare small.yaml fixed --baseline live -n 1')).toMatchObject({
      baseline: 'live',
      replications: 1,
      policies: [
        { policy: 'live', differenceToBaseline: null },
        { policy: 'fixed', summary: { cost: { halfWidth: null } } },
      ],
    });
  });

  it('has a row a policy as CSV', async () => {
    const { stdout } = await bench.run('compare small.yaml -o csv');
    expect(stdout.split('\n').map((row) => row.split(',')[0])).toEqual(['policy', 'fixed', 'live', '']);
  });

  it('shows a bar to a person only, and wipes it', async () => {
    const { stderr } = await bench.run('compare small.yaml', { terminal: true });
    const [first, ...drawn] = stderr.split('\r\x1b[2K');
    expect([first, drawn.at(-1)]).toEqual(['', '']);
    expect(drawn[0]).toMatch(/^\[█*░*\] \d+ % {2}\d of 4 runs/);
  });

  it('stops at an interrupt with code 130 and no result', async () => {
    const { exitCode, stdout, stderr } = await bench.run('compare small.yaml', {
      interrupt: (stop) => void setTimeout(stop, 1),
    });
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 130, stdout: '', stderr: 'interrupted\n' });
  });
});

describe('run', () => {
  it('gives each policy for itself', async () => {
    expect(await json('run small.yaml live')).toMatchObject({
      schema: 'headroom/result/v1',
      policies: [{ policy: 'live', perReplication: [{}, {}] }],
    });
    expect(await json('run small.yaml')).not.toHaveProperty('policies[0].columns');
  });

  it('adds rows and decisions when asked', async () => {
    const result = await json('run small.yaml -p live --columns --decisions');
    expect(result).toHaveProperty('policies[0].columns.time.length', 20);
    // Every 15 s from 15 s to 585 s.
    expect(result).toHaveProperty('policies[0].decisions.length', 39);
    const { stdout } = await bench.run('run small.yaml --columns -o csv');
    expect(stdout.split('\n')).toHaveLength(1 + 2 * 20 + 1);
  });
});

describe('check', () => {
  it('passes with 0 and fails with 1, saying why', async () => {
    expect(await bench.run('check small.yaml fixed')).toMatchObject({
      exitCode: 0,
      stdout: 'pass  fixed\n',
      stderr: '',
    });
    bench.write('strict.yaml', smallScenario.replace('p95: 800ms', 'p95: 120ms'));
    const strict = await bench.run('check strict.yaml fixed');
    expect(strict.exitCode).toBe(1);
    expect(strict.stdout).toMatch(/^FAIL {2}fixed\n {6}.*p95 ≤ 120 ms.*\n$/);
    expect(await json('check strict.yaml fixed')).toMatchObject({ schema: 'headroom/check/v1', passed: false });
    expect((await bench.run('check strict.yaml fixed -o csv')).stdout).toMatch(
      /^policy,assertion,passed,details\nfixed,slo,false,/,
    );
  });

  it('says where no objective is stated that there was none to meet', async () => {
    bench.write('free.yaml', smallScenario.replace(/^slo: .*\n/m, ''));
    const { exitCode, stdout, stderr } = await bench.run('check free.yaml fixed');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'pass  fixed\n' });
    expect(stderr).toMatch(/^warning: The scenario states no objective, so only stability is checked\./);
    expect((await bench.run('run free.yaml fixed')).stdout).toMatch(/\nfixed .* none set +stable\n/);
  });

  it('writes JUnit beside its answer', async () => {
    await bench.run('check small.yaml fixed --junit verdict.xml');
    expect(readFileSync(join(bench.folder, 'verdict.xml'), 'utf8')).toContain(
      '<testsuites name="Small" tests="3" failures="0"',
    );
    expect(readdirSync(bench.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('validate', () => {
  it('says what is valid on stdout and what is not on stderr, with the line', async () => {
    bench.write('wrong.yaml', smallScenario.replace('horizon', 'horizn'));
    const { exitCode, stdout, stderr } = await bench.run('validate small.yaml wrong.yaml nowhere.yaml');
    expect(exitCode).toBe(2);
    expect(stdout).toBe('small.yaml: valid\n');
    expect(stderr).toContain(
      'wrong.yaml:3:1: error: There is no key `horizn` at the top of the scenario. Did you mean `horizon`? (unknown-key)\n    3 | horizn: 10m\n      | ^\n',
    );
    expect(stderr).toContain('nowhere.yaml: error: There is no file nowhere.yaml.');
    expect(await json('validate small.yaml wrong.yaml')).toMatchObject({
      schema: 'headroom/validation/v1',
      valid: false,
      files: [{ valid: true }, { issues: [{ code: 'unknown-key', line: 3 }] }],
    });
    expect((await bench.run('validate wrong.yaml -o csv')).stdout).toMatch(
      /^file,line,column,severity,code,path,message\nwrong\.yaml,3,1,error,unknown-key,horizn,/,
    );
  });
});

describe('theory', () => {
  // Erlang C for a = 4, c = 5; the delay probability is in the tables.
  it('gives the numbers of M/M/c', async () => {
    const prediction: Record<string, number> = await json('theory mmc --arrival-rate 4 --service-rate 1/s --servers 5');
    expect(prediction).toMatchObject({
      schema: 'headroom/theory/v1',
      model: 'mmc',
      steadyState: true,
      utilisation: 0.8,
    });
    expect(prediction['delayProbability']).toBeCloseTo(0.5541, 4);
    expect(prediction['waitingTimeMean']).toBeCloseTo(0.5541, 4);
    expect(prediction['sojournTimeMean']).toBeCloseTo(1.5541, 4);
    expect(prediction['queueLengthMean']).toBeCloseTo(2.2165, 4);
    expect(prediction['blockingProbability']).toBeCloseTo(0.1991, 4);
  });

  it('takes units, and says when there is no steady state', async () => {
    expect(await json('theory M/M/c -a 9000/min -t 80ms -c 10')).toMatchObject({
      offeredLoad: 12,
      steadyState: false,
      utilisation: 1,
      waitingTimeMean: null,
    });
    expect((await bench.run('theory mmc -a 150/s -t 80ms -c 10')).stdout).toMatch(
      /waitingTimeMean +∞\n[^]*The queue grows|the queue grows without end/,
    );
  });

  it('finds the fewest servers for an objective', async () => {
    const { servers }: { servers: number } = await json(
      'theory mgc -a 150/s -t 80ms --service-scv 1.3 --objective p95=300ms',
    );
    const p95 = async (count: number) =>
      ((await json(`theory mgc -a 150/s -t 80ms --service-scv 1.3 -c ${count}`)) as { sojournTimeP95: number })
        .sojournTimeP95;
    expect(await p95(servers)).toBeLessThanOrEqual(0.3);
    expect(await p95(servers - 1)).toBeGreaterThan(0.3);
    // Hardly more than the service alone: met all the same.
    expect((await bench.run('theory mmc -a 4 -r 1 --objective mean=1010ms')).stdout).toMatch(
      /\n9 servers: the fewest servers for mean=1010ms\n[^]*\nBlocked if nobody could wait \(Erlang B\) +1\.\d+%\n/,
    );
  });

  it('lists its models, and finds the fewest servers for abandonment', async () => {
    expect((await bench.run('theory')).stdout).toMatch(/^mmc +M\/M\/c +[^]*^erlang-a +Erlang A/m);
    // Published: λ = 10, θ = 0.5, 10 servers lose 10.39 %.
    const ten = await json('theory erlang-a -a 10 -r 1 --patience 2s --objective abandonment=10.4%');
    expect(ten).toMatchObject({ servers: 10, staffing: { objective: 'abandonment=10.4%', attainable: true } });
  });

  it('staffs a rate that swings, interval by interval', async () => {
    const words = 'theory mtgc -a 100 --amplitude 20 --period 24h -r 1 --objective delay=20% -o csv';
    const rows = (await bench.run(`${words} --method psa`)).stdout.trim().split('\n').slice(1);
    expect(rows).toHaveLength(24);
    // The peak rate, 120/s of 1 s each: Erlang C is 20.02 % with 132 servers, 17.04 % with 133.
    expect(Math.max(...rows.map((row) => Number(row.split(',')[3])))).toBe(133);
  });

  it('takes any number of classes that go one before the other', async () => {
    const words = 'theory priority --class 0.2,1s --class 0.3,1s --class 0.25,1s';
    const { classes, waitingTimeMean } = (await json(words)) as unknown as {
      classes: { waitingTimeMean: number; sojournTimePreemptiveMean: number }[];
      waitingTimeMean: number;
    };
    // Cobham: R = 0.75; 0.75/0.8, 0.75/(0.8 · 0.5), 0.75/(0.5 · 0.25); together Pollaczek and Khinchine's 3 s.
    expect(classes.map((each) => each.waitingTimeMean)).toEqual(
      [0.937_5, 1.875, 6].map((wait) => expect.closeTo(wait, 9)),
    );
    expect(waitingTimeMean).toBeCloseTo(3, 9);
    expect(classes[0]?.sojournTimePreemptiveMean).toBeCloseTo(1.25, 9);
    expect((await bench.run(words)).stdout).toMatch(/^ +3 +0.25\/s +1 s +1 +6 s/m);
    const { stdout } = await bench.run('theory priority --class 4,1s --class 4,1s -c 10 -o csv');
    expect(stdout.split('\n')).toHaveLength(4);
    expect(await json('theory priority --class 4,1s --class 4,1s --objective wait=50ms')).toMatchObject({
      // As in order of arrival: C(12, 8) = 0.1398 and 0.1398/4 s; with 11 it is 0.2450/3 s.
      servers: 12,
    });
  });

  it('draws a curve, and prints it', async () => {
    const words = 'theory mmc -a 4 -r 1 --curve servers=4..8 -m waitingTimeMean -m sojournTimeP95';
    const { stdout } = await bench.run(`${words} -o csv --picture curve.svg`);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(/^4,(Infinity|∞)?,/);
    expect(Number(lines[2]?.split(',')[1])).toBeCloseTo(0.5541, 4);
    expect(readFileSync(join(bench.folder, 'curve.svg'), 'utf8')).toMatch(/^<svg [^]*Sojourn p95[^]*<path d="M/);
    expect(await json(words)).toMatchObject({ curve: { parameter: 'servers', at: [4, 5, 6, 7, 8] } });
  });

  it.each([
    ['theory mmc -a 4 -c 5', 'Give either --service-time or --service-rate.'],
    ['theory mmc -a 4 -r 1', 'Give either --servers or --objective.'],
    ['theory mmc -a 4 -r 1 -c 5 --service-scv 2', 'Use the model mgc'],
    ['theory mmc -a 4 -r 1 -c 0', 'whole number from 1'],
    ['theory mmc -a 4apples -r 1 -c 1', 'Give a rate such as 150/s'],
    ['theory mxc -a 4 -r 1 -c 1', 'Models are mmc'],
    ['theory mmc -a 1e300 -r 1 -c 1', 'Check the units'],
    ['theory mmc -a 4 -r 1 --objective p96=3s', 'p95=500ms'],
    ['theory erlang-a -a 4 -r 1 -c 5', 'needs --patience'],
    ['theory mmc -a 4 -r 1 -c 5 --patience 3s', 'It takes --arrival-rate, --service-time, --servers.'],
    ['theory erlang-d -a 4', 'Did you mean erlang-b?'],
    ['theory kimura -a 4 -r 1 -c 5 --arrival-scv 2', 'Take whitt'],
    ['theory mmck -a 4 -r 1 -c 5 --capacity 4', 'must hold at least those in service'],
    ['theory erlang-b -a 4 -r 1 --objective p95=3s', 'It can be asked for blocking'],
    ['theory ps -a 4 -r 1 --objective mean=10ms', 'cannot be met by any number of servers: 1 s is left'],
    ['theory mmc -a 150/s -t 80ms --objective p95=100ms', 'cannot be met by any number of servers: 240 ms is left'],
    ['theory mgc -a 150/s -t 80ms --objective mean=80ms', 'cannot be met by any number of servers: 80 ms is left'],
    [
      'theory mtgc -a 9/s --amplitude 6/s --period 24h -t 80ms --objective p95=100ms',
      'cannot be met: the service alone takes',
    ],
    ['theory foo', '`headroom theory` says what each is for'],
    ['theory mmc -a 4 -r 1 -c 5 --curve users=1..5', 'M/M/c has no --users'],
    ['theory mmc -a 4 -r 1 --curve servers=5..1', 'upwards'],
    ['theory mmc -a 4 -r 1 --curve servers=5..9 -m slowdown', 'gives no slowdown'],
    ['theory mmc -a 4 -r 1 -c 5 --picture x.svg', 'draws a --curve'],
    ['theory priority', 'needs --class'],
    ['theory priority --class 2/s', 'rate,time,variability'],
    ['theory priority --class 2/s,0s', 'Class 1: Service time'],
    ['theory priority --class 2/s,1s --class 2/s,2s -c 5', 'one and the same exponential service time'],
    ['theory mmc -a 4 -r 1 -c 5 --class 1,1s', 'makes no use of --class'],
  ])('%s', async (words, message) => {
    const { exitCode, stdout, stderr } = await bench.run(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('import', () => {
  const labelled = (rates: Readonly<Record<string, readonly number[]>>, name = 'job:requests:rate1m'): string =>
    JSON.stringify({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: Object.entries(rates).map(([pod, values]) => ({
          metric: { __name__: name, job: 'shop', pod },
          values: values.map((value, i) => [1_767_225_600 + 60 * i, String(value)]),
        })),
      },
    });

  it('tells series of one name apart, asks for a label, and says what it counts the rows of', async () => {
    bench.write('pods.json', labelled({ a: [1, 2, 3], b: [4, 5] }));
    const open = await bench.run('import pods.json');
    expect(open.exitCode).toBe(2);
    expect(open.stdout).toMatch(/\nrows +5 read, 3 in the longest series, 0 missing\n/);
    expect(open.stdout).toMatch(/\njob:requests:rate1m\{job="shop", ?pod="b"\} +demand /);
    expect(open.stdout).toMatch(/taken for demand; a label such as `--series pod=a` names it\.\n$/);
    const chosen = await bench.run('import pods.json --series pod=b');
    expect(chosen.stdout).toMatch(/\nrows +5 read, 2 in the demand, 0 missing\n/);
    expect(chosen.stdout).toMatch(/\nrate +mean 4\.5\/s, from 4\/s to 5\/s\n/);
  });

  it('says that a file has no labels where one is given', async () => {
    bench.write('bare.csv', 'time,rps\n2026-01-01T00:00:00Z,1\n2026-01-01T00:01:00Z,2\n');
    const { exitCode, stderr } = await bench.run('import bare.csv --series pod=b');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/The file has no labels, so `series` cannot choose by them/);
  });

  it('fills gaps as a replay would, where it is told how', async () => {
    bench.write('gap.csv', 'time,rps\n0,2\n60,4\n120,6\n300,12\n360,14\n');
    const filled = async (how: string) =>
      (await bench.run(`import gap.csv --fill ${how} -o csv`)).stdout.trim().split('\n').slice(1).join(' ');
    expect(await filled('interpolate')).toBe('0,2 60,4 120,6 180,7.5 240,10.5 300,12 360,14');
    expect(await filled('hold')).toBe('0,2 60,4 120,6 180,6 240,6 300,12 360,14');
    expect(await filled('zero')).toBe('0,2 60,4 120,6 180,0 240,0 300,12 360,14');
    const { stdout, stderr } = await bench.run('import gap.csv --fill hold');
    expect(stdout).toMatch(/- trace: \{.*, fill: hold \}\n$/);
    expect(stderr).toBe('');
    expect(await json('import gap.csv --fill hold')).toMatchObject({ mapping: { fill: 'hold' } });
    expect((await bench.run('import gap.csv --fill guess')).exitCode).toBe(2);
  });

  it('writes the length of a bucket with its unit', async () => {
    bench.write('counts.txt', '3\n5\n8\n');
    expect((await bench.run('import counts.txt')).stdout).toMatch(/- trace: \{ bucket: 1s, file: counts\.txt \}\n$/);
    const minutes = await bench.run('import counts.txt --bucket 90s');
    expect(minutes.stdout).toMatch(/- trace: \{ bucket: 1m30s, file: counts\.txt \}\n$/);
  });

  it('writes the rates of one line in one unit', async () => {
    bench.write('slow.csv', 'time,rps\n2026-01-01T00:00:00Z,0.01\n2026-01-01T00:01:00Z,0.2\n2026-01-01T00:02:00Z,0\n');
    expect((await bench.run('import slow.csv')).stdout).toMatch(/\nrate +mean 4\.2\/min, from 0\/min to 12\/min\n/);
  });

  const csv = 'timestamp,rps\n2026-01-01T00:00:00Z,10\n2026-01-01T00:01:00Z,20\n2026-01-01T00:03:00Z,30\n';

  it('says what it recognised, and how to write it', async () => {
    bench.write('trace.csv', csv);
    const { exitCode, stdout } = await bench.run('import trace.csv');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 missing');
    expect(stdout).toContain('mean 20/s, from 10/s to 30/s');
    const [, written = ''] = /under workload\.sum:\n( {2}- trace: .*)\n/.exec(stdout) ?? [];
    bench.write('with-trace.yaml', smallScenario.replace('    - constant: {rate: 20/s}', `  ${written}`));
    expect(await bench.run('validate with-trace.yaml')).toMatchObject({ exitCode: 0 });
  });

  it('prints the normalised series, and JSON', async () => {
    bench.write('trace.csv', csv);
    expect((await bench.run('import trace.csv -o csv')).stdout).toMatch(/^time,rate\n0,10\n60,20\n/);
    expect(await json('import trace.csv --time timestamp --column rps --unit requests/min')).toMatchObject({
      schema: 'headroom/import/v1',
      format: 'csv',
      report: { gaps: 1 },
      series: { kind: 'rate', bucket: 60 },
    });
    expect((await bench.run('import trace.csv --column nope')).exitCode).toBe(2);
  });

  it('changes the series by steps, and writes them down', async () => {
    bench.write('trace.csv', csv);
    const scaled = await bench.run('import trace.csv --step resample=1m --step scale=1.5 -o csv');
    expect(scaled.stdout).toMatch(/^time,rate\n0,15\n60,30\n120,\n180,45\n/);
    const { stdout } = await bench.run('import trace.csv --step cut={"to":"1m"} --step scale=1.5');
    const [, written = ''] = /under workload\.sum:\n( {2}- trace: .*)\n/.exec(stdout) ?? [];
    expect(written).toContain('steps: [ { cut: { to: 1m } }, { scale: 1.5 } ]');
    bench.write('stepped.yaml', smallScenario.replace('    - constant: {rate: 20/s}', `  ${written}`));
    expect((await bench.run('export stepped.yaml --what trace-csv')).stdout).toBe('time,rate\n0,15\n');
    for (const wrong of ['scale=-1', 'scael=2', 'bootstrap={"weeks":1}'])
      expect(await bench.run(`import trace.csv --step ${wrong}`)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('steps.0'),
      });
  });

  it('turns an HPA manifest into a policy', async () => {
    bench.write(
      'hpa.yaml',
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {maxReplicas: 9}\n',
    );
    expect((await bench.run('import hpa.yaml')).stdout).toBe(
      '# Policies for a scenario:\npolicies:\n  - name: web\n    controller:\n      hpa:\n        maxReplicas: 9\n',
    );
    expect(await json('import hpa.yaml')).toMatchObject({
      schema: 'headroom/policies/v1',
      policies: [{ name: 'web' }],
    });
  });
});

describe('export', () => {
  it('writes an HPA manifest', async () => {
    const { stdout, exitCode } = await bench.run('export small.yaml --what hpa --target web --namespace shop');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('kind: HorizontalPodAutoscaler\nmetadata:\n  name: live\n  namespace: shop\n');
    expect((await bench.run('export small.yaml fixed --what hpa')).stderr).toContain('only an `hpa` policy');
  });

  it('warns on top of a file to be applied that the scenario was never checked against its recording', async () => {
    bench.write('seen.csv', 'time,rate,replicas\n0,20,4\n60,20,4\n120,20,4\n');
    const recorded = 'recorded: {file: seen.csv, replicas: replicas, policy: live}\n';
    const google = 'gcp: {minNumReplicas: 1, maxNumReplicas: 9, cpuUtilization: {utilizationTarget: 0.6}}';
    bench.write('recorded.yaml', `${alertsScenario}${recorded}`);
    const comment = /^# This scenario has a recording, but was never checked/;
    for (const what of ['hpa', 'manifest', 'prometheus-rules']) {
      const { stdout, stderr } = await bench.run(`export recorded.yaml live --what ${what} --replications 1`);
      expect(stdout, what).toMatch(comment);
      expect(stderr, what).toContain('never checked');
    }
    bench.write('json.yaml', `${smallScenario}  - name: group\n    controller: {${google}}\n${recorded}`);
    const { stdout, stderr } = await bench.run('export json.yaml group --what manifest');
    expect(JSON.parse(stdout)).toBeTypeOf('object');
    expect(stderr).toContain('never checked');
  });

  it('writes any policy in the format of its platform, and only there', async () => {
    const nomad =
      'nomad: {max: 9, policy: {check: {load: {query: queue_length, strategy: {target-value: {target: 5}}}}}}';
    bench.write('cloud.yaml', `${smallScenario}  - name: orchestrated\n    controller: {${nomad}}\n`);
    const written = await bench.run('export cloud.yaml orchestrated --what manifest --out policy.hcl');
    expect(written).toMatchObject({ exitCode: 0, stderr: '' });
    const { stdout } = await bench.run('import policy.hcl');
    expect(stdout).toContain('- name: orchestrated\n    controller:\n      nomad:\n');
    const refused = await bench.run('export cloud.yaml orchestrated --what manifest --format keda');
    expect(refused.stderr).toContain('only a `keda` policy');
    expect((await bench.run('export cloud.yaml --what manifest')).stderr).toContain('several platforms');
  });

  it('writes a capacity plan for the cheapest policy that meets every limit, or for the one named', async () => {
    const { exitCode, stdout, stderr } = await bench.run('export small.yaml --what plan');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringMatching(/^note: the plan speaks for (fixed|live): the cheapest/) as string,
    });
    expect(() => capacityPlanSchema.parse(JSON.parse(stdout))).not.toThrow();
    const plan = await bench.run('export small.yaml live --what plan');
    expect(plan.stderr).toBe('');
    expect(JSON.parse(plan.stdout)).toMatchObject({
      policy_id: 'live',
      created_at: expect.stringMatching(/^2026-.*Z$/) as string,
    });
  });

  it('writes rows, decisions and a chart to files, whole or not at all', async () => {
    expect(await bench.run('export small.yaml --what result-csv --out rows.csv')).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
    expect(readFileSync(join(bench.folder, 'rows.csv'), 'utf8').split('\n')).toHaveLength(42);
    await bench.run('export small.yaml live --what decisions --out decisions.csv');
    expect(readFileSync(join(bench.folder, 'decisions.csv'), 'utf8')).toMatch(
      /^policy,replication,instant,time,current,recommended,applied,change,binding/,
    );
    expect((await bench.run('export small.yaml --what svg')).stdout).toMatch(/^<svg [^]*Small[^]*<\/svg>\s*$/);
    expect((await bench.run('export small.yaml --what svg --out nowhere/x.svg')).stderr).toContain(
      'there is no folder nowhere',
    );
    expect(readdirSync(bench.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('writes a PNG, but not onto a terminal', async () => {
    const { bytes } = await bench.run('export small.yaml --what png --size 400x300');
    expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect((await bench.run('export small.yaml --what png', { terminal: true })).stderr).toContain(
      'Name a file with --out',
    );
  });
});

describe('the program', () => {
  it.each([
    ['', 2, /Usage: headroom/],
    ['rnu', 2, /unknown command 'rnu'\n\(Did you mean run\?\)/],
    ['run small.yaml --polcy x', 2, /unknown option '--polcy'\n\(Did you mean --policy\?\)/],
    ['run small.yaml -p fixd', 2, /No policy is called fixd\. Did you mean fixed\?/],
    ['run small.yaml -n 0', 2, /whole number from 1 to 1000/],
    ['run small.yaml -o xml', 2, /Allowed choices are table, json, csv/],
    ['run smal.yaml', 2, /There is no file smal\.yaml\. Did you mean small\.yaml\?/],
    ['run .', 2, /\. is a folder/],
    ['compare small.yaml -b nobody', 2, /No policy is called nobody\. There are: fixed, live\./],
    ['export small.yaml', 2, /'--what <target>' not specified/],
  ])('%j ends with %i', async (words, code, message) => {
    const { exitCode, stdout, stderr } = await bench.run(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it('prints help and its version on stdout', async () => {
    expect(await bench.run('--version')).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await bench.run('run --help')).stdout).toMatch(/--replications <count>[^]*--output <format>/);
  });
});
