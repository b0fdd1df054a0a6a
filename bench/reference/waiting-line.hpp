#pragma once
#include <cstddef>
#include <vector>

struct Waiting {
  double arrival, need;
};

/** First in, first out: a ring that doubles when full. */
class WaitingLine {
 public:
  size_t length = 0;
  void push(double arrival, double need) {
    if (length == ring.size()) grow();
    ring[(head + length++) & (ring.size() - 1)] = {arrival, need};
  }
  const Waiting& front() const { return ring[head]; }
  void shift() {
    head = (head + 1) & (ring.size() - 1);
    length--;
  }

 private:
  void grow() {
    std::vector<Waiting> longer(ring.size() * 2);
    for (size_t i = 0; i < length; i++) longer[i] = ring[(head + i) & (ring.size() - 1)];
    ring.swap(longer);
    head = 0;
  }
  size_t head = 0;
  std::vector<Waiting> ring = std::vector<Waiting>(1024);
};
