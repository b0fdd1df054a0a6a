/**
 * The engine against small C++ programs that do the same work with the same algorithms and generators of the same kind:
 * bench/reference/, compiled here. Both run in turn, in processor time, and what counts is the median of their ratios.
 *
 * `npm run bench -- reference [rounds] [text that the case must contain]`
 */
import { createRun } from '../sim-core/index.ts';
import { EventListKernel } from '../sim-core/kernel/event-list-kernel.ts';
import { Kernel } from '../sim-core/kernel/kernel.ts';
import { dayScenario } from './support/day-scenario.ts';
import { fixedService, processorTimeOf } from './support/fixed-service.ts';
import { median } from './support/median.ts';
import { compileReference, findCompiler, runReference, type ReferenceRun } from './support/reference-programs.ts';

const rounds = Number(process.argv[2] ?? 5);
const wanted = process.argv[3] ?? '';
const serviceTimeMean = 0.08;
const load = 0.8;

interface Case {
  readonly name: string;
  /** the ratio aimed at, if any */
  readonly target?: number;
  readonly program: string;
  readonly parameters: readonly (string | number)[];
  /** Runs ours once. */
  readonly own: () => ReferenceRun;
}

function fixedCapacity(slots: number, path: 'epochs' | 'event-list'): Case {
  const customers = 3_000_000;
  // 1,000 customers a second whatever the capacity, so that rows hold equally many.
  const rate = 1000;
  const mean = (load * slots) / rate;
  return {
    name: `fixed capacity, ${path}, c = ${slots}`,
    ...(path === 'epochs' && { target: 0.5 }),
    program: path,
    parameters: [...(path === 'epochs' ? ['fixed'] : []), customers, slots, mean, load],
    own: () => {
      const service = { customers, replicas: 1, concurrency: slots, serviceTimeMean: mean, rate };
      const model = fixedService(service, {});
      return runOwn(path === 'epochs' ? new Kernel(model) : new EventListKernel(model), customers);
    },
  };
}

function sharing(processors: number): Case {
  const [customers, replicas, concurrency] = [2_000_000, 16, 8];
  return {
    name: `sharing ${processors} of 16 × 8, round-robin`,
    target: 0.5,
    program: 'sharing',
    parameters: [customers, replicas, concurrency, processors, serviceTimeMean, load],
    own: () => {
      const rate = (load * replicas * processors) / serviceTimeMean;
      const model = fixedService(
        { customers, replicas, concurrency, serviceTimeMean, rate },
        { discipline: 'processor-sharing', processors, routing: 'round-robin' },
      );
      return runOwn(new EventListKernel(model), customers);
    },
  };
}

function runOwn(engine: Kernel | EventListKernel, requests: number): ReferenceRun {
  const seconds = processorTimeOf(engine);
  const { latencies, sojournTimeSum } = engine.result().totals;
  const sojournTimeMean = sojournTimeSum / latencies.count;
  return { seconds, requests, sojournTimeMean, latencyP95: latencies.quantile(0.95) };
}

/** @param decisionLog whether every decision is kept in words, which the C++ program does not do */
function day(decisionLog: boolean): Case {
  const loaded = dayScenario();
  return {
    name: `a day at 150/s, HPA, time-outs${decisionLog ? ', log' : ''}`,
    ...(!decisionLog && { target: 0.6 }),
    program: 'epochs',
    parameters: ['day', 150 * 86_400, 150],
    own: () => {
      const start = process.cpuUsage();
      const run = createRun(loaded, { policy: 'hpa', replication: 0, decisionLog });
      while (!run.advance(100_000).done);
      const { summary } = run.result();
      const { user, system } = process.cpuUsage(start);
      return {
        seconds: (user + system) / 1e6,
        requests: summary.arrivals,
        sojournTimeMean: summary.latencyMean,
        latencyP95: summary.latencyP95,
        replicasMean: summary.replicasMean,
      };
    },
  };
}

const cases = [
  ...[1, 2, 10, 100].map((slots) => fixedCapacity(slots, 'epochs')),
  ...[10, 100].map((slots) => fixedCapacity(slots, 'event-list')),
  day(false),
  day(true),
  sharing(1),
  sharing(4),
  sharing(8),
].filter(({ name }) => name.includes(wanted));

const compiler = findCompiler();
if (compiler === undefined) {
  console.log(
    'no C++ compiler (tried $CXX, g++, clang++): the reference programs cannot be built, nothing is compared',
  );
} else {
  console.log(`${compiler.version}, -O3; ${rounds} rounds each, processor time`);
  const programs = new Map(
    [...new Set(cases.map(({ program }) => program))].map((name) => [name, compileReference(compiler.command, name)]),
  );
  for (const { name, target, program, parameters, own } of cases) {
    own();
    const pairs: { ours: ReferenceRun; theirs: ReferenceRun }[] = [];
    for (let round = 0; round < rounds; round++)
      pairs.push({ ours: own(), theirs: runReference(programs.get(program)!, parameters) });
    const each = (side: 'ours' | 'theirs') =>
      median(pairs.map((pair) => (pair[side].seconds * 1e9) / pair[side].requests));
    const ratio = median(
      pairs.map(({ ours, theirs }) => theirs.seconds / theirs.requests / (ours.seconds / ours.requests)),
    );
    const { ours, theirs } = pairs[0]!;
    const found = (run: ReferenceRun) =>
      `mean ${(run.sojournTimeMean * 1000).toFixed(1)} ms, p95 ${(run.latencyP95 * 1000).toFixed(0)} ms${run.replicasMean === undefined ? '' : `, ${run.replicasMean.toFixed(1)} replicas`}`;
    console.log(
      `${name.padEnd(36)} ${each('ours').toFixed(0).padStart(4)} ns a request, C++ ${each('theirs').toFixed(0).padStart(3)} ns; ratio ${ratio.toFixed(2)}${target === undefined ? '' : ` (target ${target})`}; ours found ${found(ours)}; C++ ${found(theirs)}`,
    );
  }
}
