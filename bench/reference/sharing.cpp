// An event list: replicas with a line each and requests that share the replica's processors, by virtual time: a
// replica's clock counts the work each of its requests has been given, a heap of clock readings says who is done first.
// The algorithm of sim-core/kernel/event-list-kernel.ts for round-robin routing, written for speed in C++.
//
//   sharing <customers> <replicas> <concurrency> <processors> <serviceTimeMean> <load>
//
// Exponential service; at most `concurrency` requests run on a replica, each at full speed while there are no more than
// `processors`. A row a minute with counts, queue, latency quantiles. With as many processors as `concurrency` nothing is
// shared and each request ends when its need is over. It does not have: replicas that come and go, patience, retries.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include "books.hpp"
#include "random.hpp"
#include "waiting-line.hpp"

struct Request {
  double arrival, start, need;
};

/** One replica: its clock, what it works on ordered by the reading at which it is done, and its line. */
struct Replica {
  double clock = 0, movedAt = 0, busy = 0, work = 0;
  int count = 0;
  std::vector<double> keys;
  std::vector<Request> running;
  WaitingLine line;
};

/** The earliest of a few times: a knockout tournament. */
class Tournament {
 public:
  explicit Tournament(int places) {
    while (leaves < places) leaves *= 2;
    times.assign(leaves, never);
    winners.resize(2 * leaves);
    for (int place = 0; place < leaves; place++) winners[leaves + place] = place;
    for (int node = leaves - 1; node > 0; node--) winners[node] = winners[2 * node];
  }
  int first() const { return winners[1]; }
  double earliest() const { return times[winners[1]]; }
  void set(int place, double time) {
    times[place] = time;
    int winner = place;
    for (int node = leaves + place; node > 1; node >>= 1) {
      const int opponent = winners[node ^ 1];
      const bool lost = times[opponent] < time || (times[opponent] == time && (node & 1));
      winner = lost ? opponent : winner;
      time = times[winner];
      winners[node >> 1] = winner;
    }
  }

 private:
  int leaves = 1;
  std::vector<double> times;
  std::vector<int> winners;
};

class SharingService {
 public:
  Recorder recorder;

  SharingService(double customers, int replicaCount, int concurrency, double processors, double mean, double load)
      : concurrency(concurrency), processors(processors), replicas(replicaCount), departures(replicaCount),
        customers(load * replicaCount * processors / mean, Exponential(2, mean)),
        horizon(customers / (load * replicaCount * processors / mean)) {
    for (Replica& replica : replicas) {
      replica.keys.assign(concurrency + 1, never);
      replica.running.resize(concurrency + 1);
    }
    this->customers.refill();
  }

  void run() {
    int next = 0, rows = 0;
    const int last = static_cast<int>(replicas.size()) - 1;
    for (;;) {
      const double end = std::min((rows + 1) * 60.0, horizon);
      for (;;) {
        const double arrival = customers.time(), departure = departures.earliest();
        if (departure <= arrival && departure <= end) {
          depart(departures.first(), departure);
        } else if (arrival >= end) {
          break;
        } else {
          arrive(next, arrival);
          next = next == last ? 0 : next + 1;
        }
      }
      endRow(end);
      rows++;
      if (end >= horizon) return;
    }
  }

 private:
  void arrive(int place, double time) {
    Replica& replica = replicas[place];
    const double need = customers.need();
    customers.advance();
    counters.arrivals++;
    if (replica.count < concurrency) {
      start(replica, time, time, need);
      plan(place, replica);
      return;
    }
    replica.line.push(time, need);
    counters.queued++;
    counters.joinOffset += time - rowStart;
    queueMax = std::max(queueMax, ++queueLength);
  }

  void moveOn(Replica& replica, double time) {
    const double elapsed = time - replica.movedAt;
    replica.movedAt = time;
    if (replica.count == 0) {
      replica.clock = 0;
      return;
    }
    replica.clock += elapsed * rate(replica);
    replica.work += elapsed * std::min<double>(replica.count, processors);
  }

  double rate(const Replica& replica) const { return replica.count <= processors ? 1 : processors / replica.count; }

  void start(Replica& replica, double time, double arrival, double need) {
    moveOn(replica, time);
    const double key = replica.clock + need;
    int place = replica.count++;
    for (; place > 0 && replica.keys[(place - 1) >> 1] > key; place = (place - 1) >> 1) {
      replica.keys[place] = replica.keys[(place - 1) >> 1];
      replica.running[place] = replica.running[(place - 1) >> 1];
    }
    replica.keys[place] = key;
    replica.running[place] = {arrival, time, need};
  }

  void plan(int place, const Replica& replica) {
    const double left = replica.keys[0] - replica.clock;
    departures.set(place, replica.count == 0 ? never : left <= 0 ? replica.movedAt : replica.movedAt + left / rate(replica));
  }

  void depart(int place, double time) {
    Replica& replica = replicas[place];
    moveOn(replica, time);
    replica.clock = replica.keys[0];
    const Request request = replica.running[0];
    pop(replica);
    const double slotTime = time - request.start, sojourn = time - request.arrival;
    replica.busy += slotTime;
    counters.busyTime += time - std::max(request.start, rowStart);
    counters.complete(sojourn, slotTime);
    latencies.add(sojourn);
    if (replica.line.length > 0) {
      const Waiting next = replica.line.front();
      replica.line.shift();
      queueLength--;
      counters.dequeued++;
      counters.waitingTime += time - next.arrival;
      counters.leaveOffset += time - rowStart;
      start(replica, time, next.arrival, next.need);
    }
    plan(place, replica);
  }

  void pop(Replica& replica) {
    const int count = --replica.count;
    const double key = replica.keys[count];
    const Request request = replica.running[count];
    replica.keys[count] = never;
    int place = 0;
    for (;;) {
      int child = 2 * place + 1;
      if (child >= count) break;
      child += replica.keys[child + 1] < replica.keys[child];
      if (replica.keys[child] >= key) break;
      replica.keys[place] = replica.keys[child];
      replica.running[place] = replica.running[child];
      place = child;
    }
    if (count == 0) return;
    replica.keys[place] = key;
    replica.running[place] = request;
  }

  void endRow(double time) {
    double running = 0, busy = counters.busyTime;
    for (const Replica& replica : replicas) {
      running += replica.count;
      for (int i = 0; i < replica.count; i++) busy += time - std::max(replica.running[i].start, rowStart);
    }
    recorder.row.merge(latencies);
    latencies.clear();
    const double duration = time - rowStart;
    recorder.endRow(counters, duration, queueLength, queueMax, {rowStart, running, busy / duration});
    counters = {};
    rowStart = time;
    queueMax = queueLength;
  }

  const int concurrency;
  const double processors;
  std::vector<Replica> replicas;
  Tournament departures;
  Customers<Exponential> customers;
  const double horizon;
  Counters counters;
  Histogram latencies;
  double rowStart = 0;
  size_t queueLength = 0, queueMax = 0;
};

int main(int count, char** arguments) {
  if (count != 7) {
    std::fprintf(stderr, "see the head of sharing.cpp\n");
    return 2;
  }
  const auto number = [&](int place) { return std::strtod(arguments[place], nullptr); };
  const std::clock_t start = std::clock();
  SharingService service(number(1), static_cast<int>(number(2)), static_cast<int>(number(3)), number(4), number(5), number(6));
  service.run();
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const Recorder& r = service.recorder;
  std::printf("{\"seconds\": %.6f, \"requests\": %.0f, \"completed\": %.0f, \"sojournTimeMean\": %.9f, \"latencyP95\": %.6f}\n",
              seconds, r.arrivals, r.completed, r.sojournTime / r.completed, r.total.quantiles<1>({0.95})[0]);
}
