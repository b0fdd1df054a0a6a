import type { KernelModel } from '../../sim-core/kernel/contract.ts';

/**
 * A third engine, for the effects of the event-list path: objects, the next event found by looking at everything, and
 * the work still to do of every running request reduced step by step. It has no heap, no virtual time, no free list and
 * no planned ends, so that it can only agree with the kernel by being right. Inputs must not make different events
 * coincide.
 */

interface Request {
  arrival: number;
  readonly need: number;
  readonly patience: number;
  attempt: number;
  start: number;
  left: number;
  gaveUp: boolean;
}

interface Replica {
  readonly id: number;
  readonly speed: number;
  phase: 'unplaced' | 'pending' | 'ready' | 'draining' | 'gone';
  due: number;
  /** from room on a node to ready */
  readonly delays: readonly number[];
  machine: Machine | undefined;
  crashAt: number;
  slowUntil: number;
  running: Request[];
  line: Request[];
  /** how many requests it holds, and when that last changed, as the place of that event among all */
  level: number;
  since: number;
  /** of each idle slot, when it became idle, as the place of that event among all */
  idle: number[];
}

interface Machine {
  readonly readyAt: number;
  emptySince: number;
}

/** arrival, start, end, attempt, outcome */
export type Ending = readonly [number, number, number, number, string];

export interface NaiveRun {
  readonly endings: Ending[];
  readonly inSystem: number;
  /** when each node was ready and removed, in the order they were asked for */
  readonly machines: readonly { readonly readyAt: number; readonly goneAt: number }[];
}

export function runNaively(model: KernelModel, times: readonly number[]): NaiveRun {
  const endings: Ending[] = [];
  const replicas: Replica[] = [];
  const centralLine: Request[] = [];
  const retries: { time: number; request: Request }[] = [];
  /** in the order they began to take requests */
  let open: Replica[] = [];
  let lastRobin = -1;
  let step = 0;
  let now = 0;
  let tick = 1;
  let arrived = 0;
  let desired = model.initialReplicas;
  let tokens = model.retryBudget?.burst ?? Infinity;

  const routing = model.routing ?? 'central';
  const central = routing === 'central';
  const sharing = model.discipline === 'processor-sharing';
  const processors = model.processors ?? 1;
  const held = (replica: Replica) => replica.running.length + replica.line.length;
  const draw = (n: number) => Math.floor((model.routingStream!.nextUint32() / 2 ** 32) * n);
  const lowest = <T>(list: readonly T[], key: (item: T) => number) =>
    list.reduce<T | undefined>((best, item) => (best === undefined || key(item) < key(best) ? item : best), undefined);
  const count = (replica: Replica) => {
    if (held(replica) === replica.level) return;
    replica.level = held(replica);
    replica.since = step++;
  };
  const rate = (replica: Replica) =>
    replica.speed *
    (now < replica.slowUntil ? model.slowStart!.speed : 1) *
    (sharing ? Math.min(1, processors / replica.running.length) : 1);

  const becomeReady = (replica: Replica, warm: boolean) => {
    replica.phase = 'ready';
    replica.crashAt = model.crashTimes === undefined ? Infinity : now + model.crashTimes.next();
    replica.slowUntil = warm || model.slowStart === undefined ? -Infinity : now + model.slowStart.duration;
    replica.level = 0;
    replica.since = step++;
    replica.idle = Array.from({ length: model.concurrency }, () => step++);
    open.push(replica);
  };
  const afterDelays = (delays: readonly number[]) => delays.reduce((time, delay) => time + delay, now);
  const create = (delays: readonly number[]): Replica => {
    const unplaced = model.nodes !== undefined;
    const replica: Replica = {
      id: replicas.length,
      speed: model.speeds?.next() ?? 1,
      phase: unplaced ? 'unplaced' : 'pending',
      due: unplaced ? Infinity : afterDelays(delays),
      delays,
      machine: undefined,
      crashAt: Infinity,
      slowUntil: -Infinity,
      running: [],
      line: [],
      level: 0,
      since: 0,
      idle: [],
    };
    replicas.push(replica);
    return replica;
  };

  const machines: Machine[] = Array.from({ length: model.nodes?.initial ?? 0 }, () => ({
    readyAt: -Infinity,
    emptySince: Infinity,
  }));
  const removed = new Map<Machine, number>();
  const machinesReady = () =>
    machines.filter((machine) => machine.readyAt <= now && !removed.has(machine)).sort((a, b) => a.readyAt - b.readyAt);
  const on = (machine: Machine) =>
    replicas.filter((replica) => replica.machine === machine && replica.phase !== 'gone').length;
  const machineWithRoom = () => {
    const free = machinesReady().filter((machine) => on(machine) < model.nodes!.replicasPerNode);
    return lowest(free, (machine) => (model.nodes!.placement === 'pack' ? -on(machine) : on(machine)));
  };
  /** Whoever waits for a node finds one, nodes go, nodes are ordered. */
  const arrangeMachines = () => {
    if (model.nodes === undefined) return;
    const { minimum, maximum, scaleDownAfter, replicasPerNode, provisioningDelays } = model.nodes;
    const waiting = replicas.filter(({ phase }) => phase === 'unplaced');
    for (let machine = machineWithRoom(); waiting.length > 0 && machine !== undefined; machine = machineWithRoom()) {
      const replica = waiting.shift()!;
      replica.machine = machine;
      replica.phase = 'pending';
      replica.due = afterDelays(replica.delays);
    }
    for (const machine of machinesReady()) {
      if (on(machine) > 0) machine.emptySince = Infinity;
      else if (machine.emptySince === Infinity) machine.emptySince = now;
    }
    const existing = () => machines.length - removed.size;
    for (;;) {
      const machine = lowest(machinesReady().reverse(), ({ emptySince }) => emptySince);
      if (machine === undefined || existing() <= minimum || machine.emptySince + scaleDownAfter > now) break;
      removed.set(machine, now);
    }
    const onTheirWay = () => existing() - machinesReady().length;
    while (waiting.length > onTheirWay() * replicasPerNode && existing() < maximum)
      machines.push({ readyAt: now + provisioningDelays.next(), emptySince: Infinity });
  };
  for (let i = 0; i < desired; i++) {
    const replica = create([]);
    if (model.nodes !== undefined) replica.machine = machineWithRoom();
    becomeReady(replica, true);
  }

  const tryAgain = (request: Request) => {
    if (request.attempt >= model.retryMax) return;
    if (tokens < 1) return;
    tokens--;
    const pause = Math.min(model.retryBackoff * 2 ** request.attempt, model.retryBackoffMax ?? Infinity);
    const jitter = model.retryJitter ?? 0;
    const time = now + (jitter > 0 ? pause * (1 - jitter * model.retryStream!.nextUniform()) : pause);
    retries.push({ time, request: { ...request, attempt: request.attempt + 1, gaveUp: false, start: NaN } });
  };
  const end = (request: Request, outcome: string) => {
    endings.push([request.arrival, request.start, now, request.attempt, outcome]);
    if (outcome !== 'completed' && outcome !== 'wasted') tryAgain(request);
  };
  const begin = (replica: Replica, request: Request) => {
    request.start = now;
    request.left = request.need;
    replica.running.push(request);
    replica.idle.sort((a, b) => a - b).shift();
  };
  const route = (): Replica | undefined => {
    switch (routing) {
      case 'central': {
        const free = open.filter((replica) => replica.running.length < model.concurrency);
        if (!sharing) return lowest(free, (replica) => Math.min(...replica.idle));
        return lowest(free, (replica) => replica.running.length * 1e9 + replica.since);
      }
      case 'least-outstanding':
        return lowest(open, (replica) => held(replica) * 1e9 + replica.since);
      case 'round-robin': {
        const next = lowest(
          open.filter(({ id }) => id > lastRobin),
          ({ id }) => id,
        );
        return next ?? lowest(open, ({ id }) => id);
      }
      case 'random':
        return open.length === 0 ? undefined : open[draw(open.length)];
      case 'power-of-two': {
        if (open.length < 2) return open[0];
        const first = draw(open.length);
        const other = draw(open.length - 1);
        const second = other >= first ? other + 1 : other;
        return held(open[second]!) < held(open[first]!) ? open[second] : open[first];
      }
    }
  };
  const arrive = (request: Request) => {
    request.arrival = now;
    request.start = NaN;
    if (central) {
      const replica = centralLine.length === 0 ? route() : undefined;
      if (replica !== undefined) {
        begin(replica, request);
        count(replica);
      } else if (centralLine.length >= model.queueCapacity) end(request, 'rejected');
      else centralLine.push(request);
      return;
    }
    const replica = route();
    if (replica === undefined) {
      end(request, 'rejected');
      return;
    }
    lastRobin = replica.id;
    if (replica.running.length < model.concurrency) begin(replica, request);
    else if (replica.line.length < model.queueCapacity) replica.line.push(request);
    else {
      // It went there and was refused: among equals the replica has now had its turn.
      replica.since = step++;
      end(request, 'rejected');
    }
    count(replica);
  };
  /** Lets waiting requests start on this replica, or on any. */
  const serve = () => {
    const take = (line: Request[]) => (model.discipline === 'lifo' ? line.pop()! : line.shift()!);
    if (central) {
      for (let replica = route(); centralLine.length > 0 && replica !== undefined; replica = route()) {
        begin(replica, take(centralLine));
        count(replica);
      }
      return;
    }
    for (const replica of replicas) {
      while (replica.line.length > 0 && replica.running.length < model.concurrency) begin(replica, take(replica.line));
    }
  };
  const free = (replica: Replica, request: Request) => {
    replica.running.splice(replica.running.indexOf(request), 1);
    replica.idle.push(step++);
    // A central line fills the slot at once, and the replica holds as many as before.
    if (!central || centralLine.length === 0) count(replica);
  };
  const failAll = (replica: Replica) => {
    const lost = [...replica.running.sort((a, b) => a.start - b.start || a.arrival - b.arrival), ...replica.line];
    replica.running = [];
    replica.line = [];
    for (const request of lost) end(request, request.gaveUp ? 'wasted' : 'failed');
  };
  const leave = (replica: Replica) => {
    replica.phase = 'draining';
    replica.due = now + model.drainLimit;
    open = open.filter((other) => other !== replica);
  };

  for (;;) {
    let best: { time: number; run: () => void } = { time: model.horizon, run: () => {} };
    const offer = (time: number, run: () => void) => {
      if (time < best.time) best = { time, run };
    };
    for (const replica of replicas) {
      if (replica.phase === 'draining' && held(replica) === 0) replica.phase = 'gone';
    }
    arrangeMachines();
    for (const machine of machines) {
      if (removed.has(machine)) continue;
      const removal = machine.emptySince + (model.nodes?.scaleDownAfter ?? Infinity);
      for (const time of [machine.readyAt, removal]) if (time > now) offer(time, () => {});
    }
    for (const replica of replicas) {
      if (replica.phase === 'gone') continue;
      if (replica.slowUntil > now) offer(replica.slowUntil, () => {});
      if (replica.phase === 'pending') offer(replica.due, () => becomeReady(replica, false));
      if (replica.phase === 'draining')
        offer(replica.due, () => {
          failAll(replica);
          replica.phase = 'gone';
        });
      if (replica.phase === 'ready' || replica.phase === 'draining')
        offer(replica.crashAt, () => {
          const restarts = replica.phase === 'ready';
          open = open.filter((other) => other !== replica);
          failAll(replica);
          replica.phase = restarts ? 'pending' : 'gone';
          if (restarts) replica.due = now + model.startupDelays.next();
        });
      for (const request of replica.running) {
        offer(now + request.left / rate(replica), () => {
          free(replica, request);
          end(request, request.gaveUp ? 'wasted' : 'completed');
        });
        if (request.gaveUp) continue;
        offer(request.arrival + request.patience, () => {
          if (model.cancelOnTimeout === true) {
            free(replica, request);
            end(request, 'timed-out');
          } else {
            request.gaveUp = true;
            end(request, 'abandoned');
          }
        });
      }
    }
    for (const line of [centralLine, ...replicas.map((replica) => replica.line)]) {
      for (const request of line) {
        offer(request.arrival + Math.min(request.patience, model.queueTimeout), () => {
          line.splice(line.indexOf(request), 1);
          const replica = replicas.find((other) => other.line === line);
          if (replica !== undefined) count(replica);
          end(request, 'timed-out');
        });
      }
    }
    offer(tick * model.scaling.interval, () => {
      tick++;
      const wanted = model.scaling.evaluate(now, desired);
      for (; desired < wanted; desired++) create([model.provisioningDelays.next(), model.startupDelays.next()]);
      const pending = replicas.filter(({ phase }) => phase === 'pending' || phase === 'unplaced').reverse();
      const ready = replicas.filter(({ phase }) => phase === 'ready').reverse();
      if (model.scaleDownOrder === 'oldest-first') ready.reverse();
      if (model.scaleDownOrder === 'fewest-requests') ready.sort((a, b) => held(a) - held(b));
      for (const victim of [...pending, ...ready].slice(0, Math.max(0, desired - wanted))) {
        desired--;
        if (victim.phase === 'ready') leave(victim);
        else victim.phase = 'gone';
      }
    });
    const retry = lowest(retries, ({ time }) => time);
    if (retry !== undefined)
      offer(retry.time, () => {
        retries.splice(retries.indexOf(retry), 1);
        arrive(retry.request);
      });
    if (arrived < times.length)
      offer(times[arrived]!, () => {
        arrived++;
        tokens = Math.min(model.retryBudget?.burst ?? Infinity, tokens + (model.retryBudget?.share ?? 0));
        const need = model.serviceTimes.next();
        const patience = model.clientTimeouts?.next() ?? Infinity;
        arrive({ arrival: now, need, patience, attempt: 0, start: NaN, left: need, gaveUp: false });
      });
    const { time, run } = best;
    for (const replica of replicas) {
      const done = replica.running.length === 0 ? 0 : (time - now) * rate(replica);
      for (const request of replica.running) request.left -= done;
    }
    now = time;
    run();
    if (now >= model.horizon) break;
    serve();
  }
  const inSystem = centralLine.length + replicas.reduce((sum, replica) => sum + held(replica), 0);
  return {
    endings,
    inSystem,
    machines: machines.map((machine) => ({ readyAt: machine.readyAt, goneAt: removed.get(machine) ?? Infinity })),
  };
}
