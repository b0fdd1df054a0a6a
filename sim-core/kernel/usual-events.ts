import type { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { ArrivalFeed } from './arrival-feed.ts';
import type { KernelModel } from './contract.ts';
import * as counter from './counters.ts';
import { open, type ReplicaPlaces } from './replica-places.ts';
import type { ReplicaSpeeds } from './replica-speeds.ts';
import type { RequestLines } from './request-lines.ts';
import * as state from './request-pool.ts';
import type { RequestPool } from './request-pool.ts';
import type { RoundRobin } from './routing/round-robin.ts';
import type { RunningHeaps } from './running-heaps.ts';
import type { SharedProcessors } from './shared-processors.ts';
import type { WinnerTree } from './winner-tree.ts';

/** What the events change, shared with the event-list path. */
interface Books {
  readonly feed: ArrivalFeed;
  readonly requests: RequestPool;
  readonly lines: RequestLines;
  readonly running: RunningHeaps;
  readonly speeds: ReplicaSpeeds;
  /** null unless requests share processors */
  readonly sharing: SharedProcessors | null;
  readonly router: RoundRobin;
  readonly departures: WinnerTree;
  readonly places: ReplicaPlaces;
  readonly counters: Float64Array;
}

/** First attempts from one look-up of the arrays to the next. */
const stretch = 64;

/**
 * The innermost loop of the event-list path, for services whose requests are sent round-robin and whose clients are
 * patient: at a replica that is no longer starting slowly, a first attempt starts or joins its replica's line, a request ends and the next
 * in line starts. Whatever else happens ends the loop before it does and is settled by the rest.
 *
 * It does what `EventListKernel` does, in the same order and to the same bits, but calls nothing: after a call V8 reads
 * the length and the place of every array anew. Arrays are looked up once a stretch, inside the outer loop: V8 may enter
 * compiled code in the middle of the inner one, and does not know there what the local variables hold until the next
 * stretch looks them up.
 */
export class UsualEvents {
  /** most requests that waited at once in the last run */
  longestLine = 0;
  private readonly capacity: number;
  private readonly lastInFirstOut: boolean;
  private readonly concurrency: number;
  private readonly backlogThreshold: number;
  private readonly maxQueue: number;

  constructor(
    private readonly books: Books,
    model: KernelModel,
    /** every replica as fast as any other, all the time */
    private readonly uniform: boolean,
  ) {
    this.capacity = model.queueCapacity;
    this.lastInFirstOut = model.discipline === 'lifo';
    this.concurrency = model.concurrency;
    this.backlogThreshold = model.backlogThreshold;
    this.maxQueue = model.limits.maxQueue;
  }

  /**
   * @param until s: nothing at or after this instant happens
   * @param most first attempts that may arrive
   * @param sequence of the first of them
   * @param latencies where sojourn times are counted
   * @returns first attempts that arrived
   */
  run(until: number, most: number, sequence: number, rowStart: number, latencies: LatencyHistogram): number {
    const { feed } = this.books;
    const first = feed.position;
    const last = Math.min(feed.drawn, first + most);
    let longest = this.books.lines.total;
    for (;;) {
      const { requests, lines, running, speeds, sharing, router, departures, places, counters } = this.books;
      const { capacity, concurrency, lastInFirstOut, backlogThreshold, maxQueue, uniform } = this;
      const { times, needs } = feed;
      const {
        arrival: arrivals,
        need: needsOf,
        start: starts,
        sequence: sequences,
        attempt,
        place: placeOf,
      } = requests;
      const { state: states, next: nextOf, previous: previousOf } = requests;
      const { lengths, heads, tails } = lines;
      const { keys, members, counts, block } = running;
      const { times: ends, winners, leaves } = departures;
      const { status, busy } = places;
      const { full, slowUntil } = speeds;
      const ring = router.places;
      const shares = sharing !== null;
      const { clock, movedAt, pace, worked, paces, processors } = sharing ?? nothingShared;

      let cursor = router.cursor;
      let free = requests.free;
      let waiting = lines.total;
      let inService = running.total;
      let earliest = departures.earliest;
      let completed = 0;
      let busyTime = counters[counter.busyTime]!;
      let sojournTime = counters[counter.sojournTime]!;
      let serviceTime = counters[counter.serviceTime]!;
      let serviceTimeSquare = counters[counter.serviceTimeSquare]!;
      const from = feed.position;
      const beyond = Math.min(last, from + stretch);
      let position = from;
      do {
        const arrival = times[position]!;
        let place: number;
        let time: number;
        let joining: number;
        let need: number;
        if (earliest <= arrival) {
          // A request ends.
          time = earliest;
          if (time >= until) break;
          place = winners[1]!;
          joining = lastInFirstOut ? tails[place]! : heads[place]!;
          if (!uniform && slowUntil[place]! >= time) break;
          if (status[place] !== open || (joining >= 0 && waiting - 1 === backlogThreshold)) break;
          const base = place * block;
          const count = counts[place]!;
          const ended = members[base]!;
          if (shares) {
            worked[place]! += (time - movedAt[place]!) * (count <= processors ? count : processors);
            movedAt[place] = time;
            clock[place] = keys[base]!;
          }
          const size = count - 1;
          counts[place] = size;
          const key = keys[base + size]!;
          const moved = members[base + size]!;
          keys[base + size] = Infinity;
          if (size > 0) {
            let index = 0;
            for (;;) {
              let child = (index << 1) | 1;
              if (child >= size) break;
              child += +(keys[base + child + 1]! < keys[base + child]!);
              const lowest = keys[base + child]!;
              if (lowest >= key) break;
              keys[base + index] = lowest;
              members[base + index] = members[base + child]!;
              index = child;
            }
            keys[base + index] = key;
            members[base + index] = moved;
          }
          inService--;

          const start = starts[ended]!;
          const slotTime = uniform && !shares ? needsOf[ended]! : time - start;
          busy[place]! += slotTime;
          busyTime += start >= rowStart ? slotTime : time - rowStart;
          const sojourn = time - arrivals[ended]!;
          completed++;
          sojournTime += sojourn;
          serviceTime += slotTime;
          serviceTimeSquare += slotTime * slotTime;
          latencies.add(sojourn);
          nextOf[ended] = free;
          free = ended;

          need = 0;
          if (joining >= 0) {
            const before = previousOf[joining]!;
            const after = nextOf[joining]!;
            if (before < 0) heads[place] = after;
            else nextOf[before] = after;
            if (after < 0) tails[place] = before;
            else previousOf[after] = before;
            lengths[place]!--;
            waiting--;
            counters[counter.dequeued]!++;
            counters[counter.waitingTime]! += time - arrivals[joining]!;
            counters[counter.leaveOffset]! += time - rowStart;
            need = needsOf[joining]!;
          }
        } else {
          // A first attempt arrives.
          time = arrival;
          if (time >= until || free < 0 || ring.length === 0) break;
          place = ring[cursor]!;
          joining = free;
          if (!uniform && slowUntil[place]! >= time) break;
          const waits = counts[place]! >= concurrency;
          if (waits && (lengths[place]! >= capacity || waiting === backlogThreshold || waiting >= maxQueue)) break;
          cursor++;
          if (cursor === ring.length) cursor = 0;
          free = nextOf[joining]!;
          need = needs[position]!;
          needsOf[joining] = need;
          attempt[joining] = 0;
          arrivals[joining] = time;
          sequences[joining] = sequence + position - first;
          position++;
          placeOf[joining] = place;
          if (waits) {
            states[joining] = state.waiting;
            const tail = tails[place]!;
            previousOf[joining] = tail;
            nextOf[joining] = -1;
            if (tail < 0) heads[place] = joining;
            else nextOf[tail] = joining;
            tails[place] = joining;
            lengths[place]!++;
            waiting++;
            if (waiting > longest) longest = waiting;
            counters[counter.queued]!++;
            counters[counter.joinOffset]! += time - rowStart;
            continue;
          }
        }

        // Who has arrived, or was called from the line, takes a slot.
        const base = place * block;
        let count = counts[place]!;
        if (joining >= 0) {
          states[joining] = state.running;
          starts[joining] = time;
          let key = time + (uniform ? need : need / full[place]!);
          if (shares) {
            const elapsed = time - movedAt[place]!;
            movedAt[place] = time;
            if (count === 0) clock[place] = 0;
            else if (elapsed > 0) {
              clock[place]! += elapsed * pace[place]!;
              worked[place]! += elapsed * (count <= processors ? count : processors);
            }
            key = clock[place]! + need;
          }
          let index = count++;
          counts[place] = count;
          while (index > 0) {
            const parent = (index - 1) >> 1;
            if (keys[base + parent]! <= key) break;
            keys[base + index] = keys[base + parent]!;
            members[base + index] = members[base + parent]!;
            index = parent;
          }
          keys[base + index] = key;
          members[base + index] = joining;
          inService++;
        }

        // When does the replica's next request end?
        let end = keys[base]!;
        if (shares && count > 0) {
          let each = paces[count]!;
          if (!uniform && full[place] !== 1)
            each = count <= processors ? full[place]! : (full[place]! * processors) / count;
          pace[place] = each;
          const left = end - clock[place]!;
          end = left <= 0 ? time : time + left / each;
        }
        ends[place] = end;
        let winner = place;
        for (let node = leaves + place; node > 1; node >>= 1) {
          const opponent = winners[node ^ 1]!;
          const other = ends[opponent]!;
          const lost = +(other < end) | (node & +(other <= end));
          winner += (opponent - winner) & -lost;
          end = ends[winner]!;
          winners[node >> 1] = winner;
        }
        earliest = end;
      } while (position !== beyond);

      const admitted = position - from;
      feed.position = position;
      router.moveTo(cursor, admitted);
      requests.free = free;
      lines.total = waiting;
      running.total = inService;
      departures.earliest = earliest;
      counters[counter.arrivals]! += admitted;
      counters[counter.completed]! += completed;
      counters[counter.busyTime] = busyTime;
      counters[counter.sojournTime] = sojournTime;
      counters[counter.serviceTime] = serviceTime;
      counters[counter.serviceTimeSquare] = serviceTimeSquare;
      if (position === beyond && position < last) continue;
      this.longestLine = longest;
      return position - first;
    }
  }
}

const none = new Float64Array(0);
const nothingShared = { clock: none, movedAt: none, pace: none, worked: none, paces: none, processors: 0 };
