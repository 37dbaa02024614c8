// A bucket that fills at a steady rate up to its burst (R75).
#pragma once

#include <algorithm>

#include "protocol/base/time.h"

namespace encuentro::server::service {

class Bucket {
 public:
  // Takes one if there is one. A fresh bucket is full.
  bool take(Timestamp now, double per_second, double burst) {
    if (!started_) {
      started_ = true;
      tokens_ = burst;
    } else if (now > last_) {
      tokens_ = std::min(burst, tokens_ + static_cast<double>((now - last_).ms) * per_second / 1000);
    }
    last_ = std::max(last_, now);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }

 private:
  bool started_ = false;
  double tokens_ = 0;
  Timestamp last_;
};

}  // namespace encuentro::server::service
