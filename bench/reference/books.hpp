// What every reference program counts: the columns of a row, a histogram of sojourn times with 128 buckets to an octave.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

constexpr double never = std::numeric_limits<double>::infinity();

class Histogram {
 public:
  void add(double seconds) {
    int64_t bits;
    std::memcpy(&bits, &seconds, sizeof bits);
    const int64_t bucket = std::clamp<int64_t>((bits >> 45) - offset, 0, buckets - 1);
    counts[bucket]++;
    touched[(bucket + 127) >> 7] = 1;
  }

  void merge(const Histogram& other) {
    for (int octave = 0; octave < octaves; octave++) {
      if (!other.touched[octave]) continue;
      touched[octave] = 1;
      for (int b = from(octave); b < from(octave + 1); b++) counts[b] += other.counts[b];
    }
  }

  void clear() {
    for (int octave = 0; octave < octaves; octave++) {
      if (touched[octave]) std::fill(counts.begin() + from(octave), counts.begin() + from(octave + 1), 0);
      touched[octave] = 0;
    }
  }

  int64_t count() const {
    int64_t total = 0;
    for (int octave = 0; octave < octaves; octave++)
      if (touched[octave])
        for (int b = from(octave); b < from(octave + 1); b++) total += counts[b];
    return total;
  }

  /** Ascending probabilities in, s out; NaN when empty. */
  template <size_t n>
  std::array<double, n> quantiles(const std::array<double, n>& probabilities) const {
    std::array<double, n> found;
    found.fill(std::numeric_limits<double>::quiet_NaN());
    const double total = static_cast<double>(count());
    double below = 0;
    size_t next = 0;
    for (int octave = 0; octave < octaves && total > 0; octave++) {
      if (!touched[octave]) continue;
      for (int b = from(octave); b < from(octave + 1); b++) {
        const double here = counts[b];
        while (here > 0 && next < n && below + here >= probabilities[next] * total)
          found[next] = lower(b) + (probabilities[next] * total - below) / here * (lower(b + 1) - lower(b)), next++;
        below += here;
      }
    }
    return found;
  }

 private:
  static constexpr int octaves = 46, buckets = 44 * 128 + 2;
  static constexpr int64_t offset = ((1023ll - 20) << 7) - 1;
  static int from(int octave) { return octave == 0 ? 0 : std::min((octave - 1) * 128 + 1, buckets); }
  static double lower(int bucket) {
    const int64_t bits = (bucket + offset) << 45;
    double value;
    std::memcpy(&value, &bits, sizeof value);
    return bucket <= 0 ? 0 : value;
  }
  std::array<int32_t, buckets> counts{};
  std::array<uint8_t, octaves> touched{};
};

/** Counts of one row; all but the histogram are cleared at its end. */
struct Counters {
  double arrivals = 0, completed = 0, timedOut = 0, failed = 0, queued = 0, dequeued = 0;
  double waitingTime = 0, sojournTime = 0, serviceTime = 0, serviceTimeSquare = 0;
  /** Σ (instant − start of row) over joining and over leaving the line */
  double joinOffset = 0, leaveOffset = 0;
  double busyTime = 0;

  void complete(double sojourn, double need) {
    completed++;
    sojournTime += sojourn;
    serviceTime += need;
    serviceTimeSquare += need * need;
  }
};

/** The columns of the result that come from requests, one element a row, and the totals of the run. */
class Recorder {
 public:
  static constexpr int columnCount = 32;
  std::vector<double> columns[columnCount];
  Histogram row, total;
  double arrivals = 0, completed = 0, timedOut = 0, sojournTime = 0;

  /** @param gauges what else the row holds, in the order the program likes */
  void endRow(const Counters& c, double duration, double queueLength, double queueMax, std::initializer_list<double> gauges) {
    const auto [p50, p95, p99] = row.quantiles<3>({0.5, 0.95, 0.99});
    const double started = c.arrivals - c.queued + c.dequeued, mean = c.serviceTime / c.completed;
    int column = 0;
    for (const double value :
         {c.arrivals, c.completed, c.timedOut, c.failed, queueLength,
          (queueLength * duration - c.joinOffset + c.leaveOffset) / duration, queueMax, c.sojournTime / c.completed, p50,
          p95, p99, c.waitingTime / started, c.dequeued / started, mean,
          c.serviceTimeSquare / c.completed / (mean * mean) - 1})
      columns[column++].push_back(value);
    for (const double value : gauges) columns[column++].push_back(value);
    arrivals += c.arrivals;
    completed += c.completed;
    timedOut += c.timedOut;
    sojournTime += c.sojournTime;
    total.merge(row);
    row.clear();
  }
};
