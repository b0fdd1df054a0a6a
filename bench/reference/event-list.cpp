// An event list for one first-in-first-out queue before a fixed number of slots: the next event is the next arrival or
// the first departure on a heap. The algorithm that sim-core/kernel/event-list-kernel.ts comes down to for a central
// queue before one replica, written for speed in C++.
//
//   event-list <customers> <slots> <serviceTimeMean> <load>
//
// Exponential service, a row a minute with counts, queue, latency quantiles. No patience, retries, changing capacity.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include "books.hpp"
#include "random.hpp"
#include "waiting-line.hpp"

struct Request {
  double arrival, start, need;
};

class Queue {
 public:
  Recorder recorder;

  Queue(double wanted, int slots, double mean, double load)
      : slots(slots), ends(slots + 2, never), running(slots + 2), customers(load * slots / mean, Exponential(2, mean)),
        horizon(wanted / (load * slots / mean)) {
    customers.refill();
  }

  void run() {
    for (int row = 1;; row++) {
      const double end = std::min(row * 60.0, horizon);
      for (;;) {
        const double arrival = customers.time();
        if (ends[0] <= arrival && ends[0] <= end) depart();
        else if (arrival >= end) break;
        else arrive(arrival);
      }
      endRow(end);
      if (end >= horizon) return;
    }
  }

 private:
  void arrive(double time) {
    const double need = customers.need();
    customers.advance();
    counters.arrivals++;
    if (count < slots) {
      const double end = time + need;
      int place = count++;
      for (; place > 0 && ends[(place - 1) >> 1] > end; place = (place - 1) >> 1) {
        ends[place] = ends[(place - 1) >> 1];
        running[place] = running[(place - 1) >> 1];
      }
      ends[place] = end;
      running[place] = {time, time, need};
      return;
    }
    line.push(time, need);
    counters.queued++;
    counters.joinOffset += time - rowStart;
    queueMax = std::max(queueMax, line.length);
  }

  void depart() {
    const double time = ends[0];
    const Request request = running[0];
    counters.complete(time - request.arrival, request.need);
    counters.busyTime += request.start >= rowStart ? request.need : time - rowStart;
    latencies.add(time - request.arrival);
    if (line.length > 0) {
      const Waiting next = line.front();
      line.shift();
      counters.dequeued++;
      counters.waitingTime += time - next.arrival;
      counters.leaveOffset += time - rowStart;
      replaceFirst(time + next.need, {next.arrival, time, next.need});
    } else {
      count--;
      const double end = ends[count];
      const Request last = running[count];
      ends[count] = never;
      if (count > 0) replaceFirst(end, last);
    }
  }

  void replaceFirst(double end, const Request& request) {
    int place = 0;
    for (;;) {
      int child = 2 * place + 1;
      if (child >= count) break;
      child += ends[child + 1] < ends[child];
      if (ends[child] >= end) break;
      ends[place] = ends[child];
      running[place] = running[child];
      place = child;
    }
    ends[place] = end;
    running[place] = request;
  }

  void endRow(double time) {
    double busy = counters.busyTime;
    for (int i = 0; i < count; i++) busy += time - std::max(running[i].start, rowStart);
    recorder.row.merge(latencies);
    latencies.clear();
    const double duration = time - rowStart;
    recorder.endRow(counters, duration, line.length, queueMax, {rowStart, static_cast<double>(count), busy / duration});
    counters = {};
    rowStart = time;
    queueMax = line.length;
  }

  const int slots;
  int count = 0;
  std::vector<double> ends;
  std::vector<Request> running;
  Customers<Exponential> customers;
  const double horizon;
  WaitingLine line;
  Counters counters;
  Histogram latencies;
  double rowStart = 0;
  size_t queueMax = 0;
};

int main(int count, char** arguments) {
  if (count != 5) {
    std::fprintf(stderr, "see the head of event-list.cpp\n");
    return 2;
  }
  const auto number = [&](int place) { return std::strtod(arguments[place], nullptr); };
  const std::clock_t start = std::clock();
  Queue queue(number(1), static_cast<int>(number(2)), number(3), number(4));
  queue.run();
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const Recorder& r = queue.recorder;
  std::printf("{\"seconds\": %.6f, \"requests\": %.0f, \"completed\": %.0f, \"sojournTimeMean\": %.9f, \"latencyP95\": %.6f}\n",
              seconds, r.arrivals, r.completed, r.sojournTime / r.completed, r.total.quantiles<1>({0.95})[0]);
}
