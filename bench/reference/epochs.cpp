// The Kiefer-Wolfowitz recursion on a heap of slot-free times, from one boundary (scrape, control tick, end of a row,
// change in a replica's life) to the next: the algorithm of sim-core/kernel/kernel.ts, written for speed in C++.
//
//   epochs fixed <customers> <slots> <serviceTimeMean> <load>   exponential service, no control, a row a minute
//   epochs day <customers> <rate>                               lognormal service of 80 ms, 10 s queue timeout, 60 s start-up,
//                                                               control every 15 s
//
// It has what a request meets and what a row records. It does not have: retries, queue limits, crashes, several policies,
// decisions in words, SLO windows, costs. The control rule is the Horizontal Pod Autoscaler's for one CPU target
// (tolerance 10 %, at most four replicas or twice as many a tick, the highest wish of five minutes), without its
// treatment of unready pods.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include "books.hpp"
#include "random.hpp"
#include "waiting-line.hpp"

struct Slots {
  std::vector<double> keys{never, never};
  std::vector<int> slots{0, 0};
  int size = 0;

  void insert(double key, int slot) {
    keys.resize(std::max<size_t>(keys.size(), size + 3), never);
    slots.resize(keys.size());
    int place = size++;
    for (; place > 0 && keys[(place - 1) >> 1] > key; place = (place - 1) >> 1) {
      keys[place] = keys[(place - 1) >> 1];
      slots[place] = slots[(place - 1) >> 1];
    }
    keys[place] = key;
    slots[place] = slot;
  }

  void siftDown(int place, double key, int slot) {
    double* const k = keys.data();
    int* const s = slots.data();
    const int n = size;
    for (;;) {
      int child = 2 * place + 1;
      if (child >= n) break;
      child += k[child + 1] < k[child];
      if (k[child] >= key) break;
      k[place] = k[child];
      s[place] = s[child];
      place = child;
    }
    k[place] = key;
    s[place] = slot;
  }

  template <class Gone>
  void removeWhere(Gone gone) {
    int kept = 0;
    for (int i = 0; i < size; i++)
      if (!gone(slots[i])) keys[kept] = keys[i], slots[kept++] = slots[i];
    std::fill(keys.begin() + kept, keys.begin() + size, never);
    size = kept;
    for (int i = kept / 2 - 1; i >= 0; i--) siftDown(i, keys[i], slots[i]);
  }
};

/** A request still on its slot when an epoch ends, by slot. */
struct Held {
  double arrival, start, end, need;
};

enum class Phase { starting, ready, draining };

struct Replica {
  int place;
  Phase phase;
  double due;
  double measuredBusy, measuredAt;
  /** busy slot-seconds at the last two scrapes; negative before */
  double scraped[2];
};

struct Options {
  double customers;
  int replicas, concurrency;
  double queueTimeout, scrapeInterval, startup;
  bool control;
};

template <class Service>
class EpochService {
 public:
  Recorder recorder;
  double replicaSeconds = 0, waitingTime = 0;
  int changes = 0;

  EpochService(const Options& options, double rate, Service service)
      : o(options), customers(rate, service), horizon(options.customers / rate) {
    customers.refill();
    for (int i = 0; i < o.replicas; i++) add(0, 0);
    desired = o.replicas;
  }

  void run() {
    double time = 0;
    while (boundary(time)) {
      beginEpoch();
      runEpoch();
      time = epochEnd;
    }
  }

 private:
  void add(double time, double readyAt) {
    int place = static_cast<int>(blocks);
    if (freePlaces.empty()) blocks++;
    else place = freePlaces.back(), freePlaces.pop_back();
    held.resize(blocks * o.concurrency, {0, 0, -1, 0});
    busy.resize(blocks * o.concurrency);
    replicas.push_back({place, Phase::starting, readyAt, 0, readyAt, {-1, -1}});
    if (readyAt <= time) open(time, replicas.back());
  }

  void open(double time, Replica& replica) {
    replica.phase = Phase::ready;
    replica.due = never;
    for (int slot = replica.place * o.concurrency; slot < (replica.place + 1) * o.concurrency; slot++) {
      busy[slot] = 0;
      heap.insert(time, slot);
    }
  }

  void runEpoch() {
    const double end = epochEnd, timeout = o.queueTimeout;
    for (;;) {
      const double time = customers.time();
      if (time >= end) {
        advanceLine(end, false);
        return;
      }
      if (line.length > 0 && (heap.keys[0] <= time || line.front().arrival + timeout <= time)) advanceLine(time, true);
      const double need = customers.need();
      customers.advance();
      counters.arrivals++;
      if (line.length == 0 && heap.keys[0] <= time) {
        serve(time, time, need);
      } else {
        line.push(time, need);
        counters.queued++;
        counters.joinOffset += time - rowStart;
        queueMax = std::max(queueMax, line.length);
      }
    }
  }

  void serve(double arrival, double start, double need) {
    const int slot = heap.slots[0];
    const double end = start + need;
    heap.siftDown(0, end, slot);
    if (end <= epochEnd) {
      counters.complete(end - arrival, need);
      busy[slot] += need;
      latencies.add(end - arrival);
    } else {
      running.push_back(slot);
      held[slot] = {arrival, start, end, need};
    }
  }

  void advanceLine(double until, bool inclusive) {
    while (line.length > 0) {
      const Waiting next = line.front();
      const double start = std::max(heap.keys[0], next.arrival), deadline = next.arrival + o.queueTimeout;
      if (start <= until && start <= deadline) {
        counters.dequeued++;
        counters.waitingTime += start - next.arrival;
        counters.leaveOffset += start - rowStart;
        serve(next.arrival, start, next.need);
      } else if (deadline < until || (inclusive && deadline == until)) {
        counters.timedOut++;
        counters.leaveOffset += deadline - rowStart;
      } else {
        return;
      }
      line.shift();
    }
  }

  void beginEpoch() {
    size_t kept = 0;
    for (const int slot : running) {
      const Held& request = held[slot];
      if (request.end > epochEnd) {
        running[kept++] = slot;
        continue;
      }
      counters.complete(request.end - request.arrival, request.need);
      counters.busyTime += request.end - std::max(request.start, rowStart) - request.need;
      busy[slot] += request.end - request.start;
      latencies.add(request.end - request.arrival);
    }
    running.resize(kept);
  }

  double busyOf(double time, const Replica& replica) const {
    double sum = 0;
    for (int slot = replica.place * o.concurrency; slot < (replica.place + 1) * o.concurrency; slot++)
      sum += busy[slot] + (held[slot].end > time ? time - held[slot].start : 0);
    return sum;
  }

  void changeReplicas(double time) {
    size_t kept = 0;
    for (size_t i = 0; i < replicas.size(); i++) {
      Replica& replica = replicas[i];
      if (replica.phase == Phase::starting && replica.due <= time) open(time, replica);
      if (replica.phase == Phase::draining && replica.due <= time) freePlaces.push_back(replica.place);
      else replicas[kept++] = replica;
    }
    replicas.resize(kept);
    advanceLine(time, true);
  }

  /** @returns whether the run goes on */
  bool boundary(double time) {
    recordedReplicaSeconds += replicas.size() * (time - lastBoundary);
    lastBoundary = time;
    changeReplicas(time);
    const bool scraping = time >= scrapes * o.scrapeInterval;
    const bool recording = time >= std::min((rows + 1) * 60.0, horizon);
    if (recording || scraping) measure(time);
    if (recording) endRow(time);
    if (time >= horizon) return false;
    if (scraping) scrape(time);
    if (scraping && o.control && scrapes > 1) {
      evaluate(time);
      changeReplicas(time);
    }
    epochEnd = std::min({(rows + 1) * 60.0, scrapes * o.scrapeInterval, horizon});
    for (const Replica& replica : replicas) epochEnd = std::min(epochEnd, replica.due);
    return true;
  }

  void measure(double time) {
    for (Replica& replica : replicas) {
      if (replica.phase != Phase::ready) continue;
      const double now = busyOf(time, replica);
      readyBusy += now - replica.measuredBusy;
      readySlots += o.concurrency * (time - replica.measuredAt);
      replica.measuredBusy = now;
      replica.measuredAt = time;
    }
  }

  void endRow(double time) {
    const double duration = time - rowStart;
    double busyTime = counters.busyTime + counters.serviceTime;
    for (const int slot : running) busyTime += time - std::max(held[slot].start, rowStart);
    const auto count = [this](Phase phase) {
      return static_cast<double>(std::count_if(replicas.begin(), replicas.end(), [phase](auto& r) { return r.phase == phase; }));
    };
    passOn();
    replicaSeconds += recordedReplicaSeconds;
    waitingTime += counters.waitingTime;
    recorder.endRow(counters, duration, line.length, queueMax,
                    {rowStart, static_cast<double>(running.size()), busyTime / duration, static_cast<double>(desired),
                     count(Phase::starting), count(Phase::ready), count(Phase::draining), recordedReplicaSeconds,
                     readySlots, readyBusy / readySlots, cpuSeen, readyBusy / readySlots,
                     // retries, rejected, provisioning, nodes, replicas without room: columns that stay zero here
                     0, 0, 0, 0, 0});
    counters = {};
    rowStart = time;
    queueMax = line.length;
    recordedReplicaSeconds = readyBusy = readySlots = 0;
    rows++;
  }

  void passOn() {
    recorder.row.merge(latencies);
    if (o.control) scrapedLatencies.merge(latencies);
    latencies.clear();
  }

  /** CPU use over the last two scrape intervals, of replicas that were ready all the while. */
  void scrape(double time) {
    scrapes++;
    passOn();
    latencySeen = scrapedLatencies.quantiles<1>({0.95})[0];
    scrapedLatencies.clear();
    double sum = 0;
    int seen = 0;
    for (Replica& replica : replicas) {
      if (replica.phase != Phase::ready) continue;
      const double now = busyOf(time, replica);
      if (replica.scraped[0] >= 0) sum += (now - replica.scraped[0]) / (2 * o.scrapeInterval * o.concurrency), seen++;
      replica.scraped[0] = replica.scraped[1];
      replica.scraped[1] = now;
    }
    cpuSeen = seen > 0 ? sum / seen : NAN;
  }

  void evaluate(double time) {
    const double ratio = cpuSeen / 0.7;
    int wish = desired;
    const int ready = static_cast<int>(
        std::count_if(replicas.begin(), replicas.end(), [](auto& r) { return r.phase == Phase::ready; }));
    if (std::abs(ratio - 1) > 0.1) wish = static_cast<int>(std::ceil(ready * ratio));
    wishes.push_back({time, wish});
    while (wishes.front().time <= time - 300) wishes.erase(wishes.begin());
    for (const auto& earlier : wishes) if (wish < desired) wish = std::min(desired, std::max(wish, earlier.wish));
    wish = std::clamp(std::min(wish, std::max(desired + 4, 2 * desired)), 4, 60);
    if (wish != desired) changes++;
    for (; desired < wish; desired++) add(time, time + o.startup);
    for (; desired > wish; desired--) leave(time);
  }

  /** The newest goes; one that is not ready at once, a ready one when its last request has ended. */
  void leave(double time) {
    for (const Phase phase : {Phase::starting, Phase::ready}) {
      for (size_t i = replicas.size(); i-- > 0;) {
        Replica& replica = replicas[i];
        if (replica.phase != phase) continue;
        replica.phase = Phase::draining;
        replica.due = time;
        const int first = replica.place * o.concurrency, beyond = first + o.concurrency;
        for (int slot = first; slot < beyond; slot++) replica.due = std::max(replica.due, held[slot].end);
        heap.removeWhere([=](int slot) { return slot >= first && slot < beyond; });
        return;
      }
    }
  }

  struct Wish {
    double time;
    int wish;
  };

  const Options o;
  Customers<Service> customers;
  const double horizon;
  Slots heap;
  WaitingLine line;
  std::vector<Held> held;
  std::vector<double> busy;
  std::vector<int> running, freePlaces;
  std::vector<Replica> replicas;
  std::vector<Wish> wishes;
  Counters counters;
  Histogram latencies, scrapedLatencies;
  double epochEnd = 0, rowStart = 0, lastBoundary = 0, recordedReplicaSeconds = 0, readyBusy = 0, readySlots = 0;
  double cpuSeen = NAN, latencySeen = NAN;
  size_t queueMax = 0, blocks = 0;
  int rows = 0, scrapes = 0, desired = 0;
};

template <class Service>
void measure(const Options& options, double rate, Service service) {
  const std::clock_t start = std::clock();
  EpochService<Service> run(options, rate, service);
  run.run();
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const Recorder& r = run.recorder;
  std::printf("{\"seconds\": %.6f, \"requests\": %.0f, \"completed\": %.0f, \"timedOut\": %.0f, \"waitingTimeMean\": %.9f, "
              "\"sojournTimeMean\": %.9f, \"latencyP95\": %.6f, \"replicasMean\": %.3f, \"changes\": %d}\n",
              seconds, r.arrivals, r.completed, r.timedOut, run.waitingTime / r.arrivals, r.sojournTime / r.completed,
              r.total.quantiles<1>({0.95})[0], run.replicaSeconds / (options.customers / rate), run.changes);
}

int main(int count, char** arguments) {
  const std::string kind = count > 1 ? arguments[1] : "";
  const auto number = [&](int place) { return std::strtod(arguments[place], nullptr); };
  if (kind == "fixed" && count == 6) {
    const int slots = static_cast<int>(number(3));
    const double mean = number(4), load = number(5);
    measure({number(2), 1, slots, never, never, 0, false}, load * slots / mean, Exponential(2, mean));
  } else if (kind == "day" && count == 4) {
    measure({number(2), 16, 1, 10, 15, 60, true}, number(3), Lognormal(2, 0.08, 1));
  } else {
    std::fprintf(stderr, "see the head of epochs.cpp\n");
    return 2;
  }
}
