import type { KernelModel } from '../../sim-core/kernel/contract.ts';

/**
 * A second engine, written the naive way on purpose: a list of event objects, scanned for the earliest, one handler
 * an event. It shares no code and no idea with the kernel's epochs; both must agree bit for bit.
 */

interface Attempt {
  arrival: number;
  need: number;
  attempt: number;
}

interface Slot {
  readonly replica: number;
  open: boolean;
  freeSince: number;
  request: (Attempt & { start: number; end: number }) | null;
}

/** Order of simultaneous events, as the kernel documents it. */
const order = { complete: 1, gone: 2, ready: 2.5, start: 3, timeout: 4, tick: 7, retry: 8, arrive: 9 };

export interface EventLog {
  readonly waits: number[];
  completed: number;
  rejected: number;
  timedOut: number;
  failed: number;
  arrivals: number;
  retries: number;
  queueLength: number;
  inService: number;
}

export function runEventList(model: KernelModel, times: readonly number[], needs: readonly number[]): EventLog {
  const log: EventLog = {
    waits: [],
    completed: 0,
    rejected: 0,
    timedOut: 0,
    failed: 0,
    arrivals: 0,
    retries: 0,
    queueLength: 0,
    inService: 0,
  };
  const slots: Slot[] = [];
  const waiting: Attempt[] = [];
  const retries: (Attempt & { time: number; sequence: number })[] = [];
  let retrySequence = 0;
  let replicas = 0;
  const pending: { id: number; readyAt: number }[] = [];
  const draining: { id: number; deadline: number }[] = [];
  const ready: number[] = [];
  let desired = model.initialReplicas;
  let tick = 1;
  let nextArrival = 0;

  const openReplica = (id: number, time: number) => {
    ready.push(id);
    ready.sort((a, b) => a - b);
    for (let i = 0; i < model.concurrency; i++) slots.push({ replica: id, open: true, freeSince: time, request: null });
  };
  for (let i = 0; i < desired; i++) openReplica(replicas++, 0);

  const retryLater = (time: number, request: Attempt) => {
    if (request.attempt >= model.retryMax) return;
    let pause = model.retryBackoff;
    for (let i = 0; i < request.attempt; i++) pause *= 2;
    retries.push({ ...request, attempt: request.attempt + 1, time: time + pause, sequence: retrySequence++ });
  };
  const freeSlot = () =>
    slots.filter((slot) => slot.open && slot.request === null).sort((a, b) => a.freeSince - b.freeSince)[0];
  const begin = (slot: Slot, request: Attempt, time: number) => {
    slot.request = { ...request, start: time, end: time + request.need };
    log.waits.push(time - request.arrival);
  };
  const arrive = (request: Attempt, time: number) => {
    log.arrivals++;
    const slot = waiting.length === 0 ? freeSlot() : undefined;
    if (slot !== undefined) begin(slot, request, time);
    else if (waiting.length >= model.queueCapacity) {
      log.rejected++;
      retryLater(time, request);
    } else waiting.push(request);
  };

  for (;;) {
    let best: { time: number; kind: number; run: () => void } | null = null;
    const offer = (time: number, kind: number, run: () => void) => {
      if (time <= model.horizon && (best === null || time < best.time || (time === best.time && kind < best.kind)))
        best = { time, kind, run };
    };
    for (const slot of slots) {
      const request = slot.request;
      if (request === null) continue;
      offer(request.end, order.complete, () => {
        log.completed++;
        slot.request = null;
        slot.freeSince = request.end;
      });
    }
    for (const leaving of draining) {
      const busy = slots.some((slot) => slot.replica === leaving.id && slot.request !== null);
      if (!busy) continue;
      offer(leaving.deadline, order.gone, () => {
        for (const slot of slots) {
          if (slot.replica !== leaving.id || slot.request === null) continue;
          log.failed++;
          retryLater(leaving.deadline, slot.request);
          slot.request = null;
        }
      });
    }
    for (const replica of pending) {
      offer(replica.readyAt, order.ready, () => {
        pending.splice(pending.indexOf(replica), 1);
        openReplica(replica.id, replica.readyAt);
      });
    }
    const head = waiting[0];
    if (head !== undefined) {
      const slot = freeSlot();
      if (slot !== undefined) {
        const time = Math.max(slot.freeSince, head.arrival);
        offer(time, order.start, () => {
          waiting.shift();
          begin(slot, head, time);
        });
      }
      offer(head.arrival + model.queueTimeout, order.timeout, () => {
        waiting.shift();
        log.timedOut++;
        retryLater(head.arrival + model.queueTimeout, head);
      });
    }
    if (tick * model.scaling.interval < model.horizon) {
      const time = tick * model.scaling.interval;
      offer(time, order.tick, () => {
        tick++;
        const wanted = model.scaling.evaluate(time, desired);
        for (; desired < wanted; desired++) {
          const readyAt = time + model.provisioningDelays.next() + model.startupDelays.next();
          pending.push({ id: replicas++, readyAt });
        }
        for (; desired > wanted; desired--) {
          const unready = pending.pop();
          if (unready !== undefined) continue;
          const id = model.scaleDownOrder === 'newest-first' ? ready.pop()! : ready.shift()!;
          draining.push({ id, deadline: time + model.drainLimit });
          draining.sort((a, b) => a.id - b.id);
          for (const slot of slots) if (slot.replica === id) slot.open = false;
        }
      });
    }
    const retry = retries.reduce<(typeof retries)[number] | null>(
      (first, other) =>
        first === null || other.time < first.time || (other.time === first.time && other.sequence < first.sequence)
          ? other
          : first,
      null,
    );
    if (retry !== null && retry.time < model.horizon) {
      offer(retry.time, order.retry, () => {
        retries.splice(retries.indexOf(retry), 1);
        log.retries++;
        arrive({ arrival: retry.time, need: retry.need, attempt: retry.attempt }, retry.time);
      });
    }
    if (nextArrival < times.length && times[nextArrival]! < model.horizon) {
      const time = times[nextArrival]!;
      const need = needs[Math.min(nextArrival, needs.length - 1)]!;
      offer(time, order.arrive, () => {
        nextArrival++;
        arrive({ arrival: time, need, attempt: 0 }, time);
      });
    }
    if (best === null) break;
    (best as { run: () => void }).run();
  }
  log.queueLength = waiting.length;
  log.inService = slots.filter((slot) => slot.request !== null).length;
  return log;
}
