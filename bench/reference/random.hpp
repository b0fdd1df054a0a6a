// Random numbers of the same kind as sim-core/random: sfc32, a ziggurat of 256 layers for exponential numbers, and a
// table of 4,096 equally probable bins for lognormal ones with the outermost bins inverted exactly.
#pragma once
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

class Sfc32 {
 public:
  explicit Sfc32(uint32_t seed) : a(seed), b(seed * 2654435761u), c(0x9e3779b9u), counter(1) {
    for (int round = 0; round < 15; round++) next();
  }

  uint32_t next() {
    const uint32_t output = a + b + counter++;
    a = b ^ (b >> 9);
    b = c + (c << 3);
    c = ((c << 21) | (c >> 11)) + output;
    return output;
  }

  /** In (0, 1), 53 random bits. */
  double uniform() {
    for (;;) {
      const uint64_t high = next() >> 5;
      const double value = static_cast<double>((high << 26) | (next() >> 6)) * 0x1p-53;
      if (value > 0) return value;
    }
  }

 private:
  uint32_t a, b, c, counter;
};

/** Marsaglia and Tsang's ziggurat: one word gives the layer and the place in it. */
class Exponential {
 public:
  Exponential(uint32_t seed, double mean) : words(seed), mean(mean) {
    std::array<double, 257> x{};
    x[0] = area / std::exp(-tail);
    x[1] = tail;
    for (int i = 2; i < 256; i++) x[i] = -std::log(std::exp(-x[i - 1]) + area / x[i - 1]);
    for (int i = 0; i < 257; i++) density[i] = std::exp(-x[i]);
    for (int i = 0; i < 256; i++) {
      certain[i] = static_cast<uint32_t>(x[i + 1] / x[i] * 0x1p24);
      step[i] = x[i] * 0x1p-24;
    }
  }

  double next() {
    double base = 0;
    for (;;) {
      const uint32_t word = words.next();
      const uint32_t layer = word & 0xff, place = word >> 8;
      const double x = (place + 0.5) * step[layer];
      if (place < certain[layer]) return (base + x) * mean;
      if (layer == 0) base += tail;
      else if (density[layer] + words.uniform() * (density[layer + 1] - density[layer]) < std::exp(-x))
        return (base + x) * mean;
    }
  }

 private:
  static constexpr double tail = 7.69711747013105, area = 0.003949659822581556;
  Sfc32 words;
  double mean;
  std::array<double, 257> density{};
  std::array<uint32_t, 256> certain{};
  std::array<double, 256> step{};
};

class Lognormal {
 public:
  Lognormal(uint32_t seed, double mean, double scv) : words(seed), table(bins) {
    sigma = std::sqrt(std::log1p(scv));
    mu = std::log(mean) - sigma * sigma / 2;
    for (int i = 1; i < bins; i++) table[i] = quantile(static_cast<double>(i) / bins);
  }

  double next() {
    const uint32_t word = words.next();
    const uint32_t bin = word >> 20;
    if (((bin + 1) & (bins - 1)) < 2) return quantile((bin + words.uniform()) / bins);
    return table[bin] + ((word & 0xfffff) + 0.5) * 0x1p-20 * (table[bin + 1] - table[bin]);
  }

 private:
  static constexpr int bins = 4096;

  double quantile(double p) const { return std::exp(mu + sigma * normalQuantile(p)); }

  /** Newton's method on the complementary error function, from the tail's first-order form. */
  static double normalQuantile(double p) {
    const double q = p < 0.5 ? p : 1 - p;
    const double t = std::sqrt(-2 * std::log(q));
    double z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
    for (int i = 0; i < 3; i++)
      z += (0.5 * std::erfc(z * M_SQRT1_2) - q) / (std::exp(-0.5 * z * z) * 0.3989422804014327);
    return p < 0.5 ? -z : z;
  }

  Sfc32 words;
  std::vector<double> table;
  double mu, sigma;
};

/** Customers drawn ahead, as the simulation under test draws them. */
template <class Service>
class Customers {
 public:
  Customers(double rate, Service service) : gaps(1, 1 / rate), service(service) {}

  double time() const { return times[position]; }
  double need() const { return needs[position]; }

  void advance() {
    if (++position == batch) refill();
  }

  void refill() {
    for (double& next : times) next = last += gaps.next();
    for (double& next : needs) next = service.next();
    position = 0;
  }

 private:
  static constexpr int batch = 1024;
  Exponential gaps;
  Service service;
  double last = 0;
  int position = 0;
  std::array<double, batch> times{}, needs{};
};
