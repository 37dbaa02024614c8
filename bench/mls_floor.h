// What the operations of MLS can't do without: sums of measured primitives, the counts written beside RFC 9420's
// sections. N is a full tree's number of members, a power of two; n is its depth.
#pragma once

#include "bench/primitives.h"

namespace encuentro::bench {

class MlsFloor {
 public:
  // `commit_bytes` and `tree_bytes` are those of the messages measured: hashes are over them.
  MlsFloor(const PrimitiveTimes& times, unsigned depth, double commit_bytes, double tree_bytes)
      : t_(times), n_(depth), commit_(commit_bytes), tree_(tree_bytes) {}

  double update_commit() const;
  double process_update_far() const;
  double process_update_near() const;
  double add_commit() const;            // the tree apart
  double add_commit_with_tree() const;  // the tree in the Welcome
  double process_add_far() const;
  double join() const;
  double protect_1024() const;
  double unprotect_1024() const;

 private:
  double node_keys() const;
  double key_schedule() const;
  double new_leaf() const;
  double path_hashes() const;
  double framing_hashes() const;
  double process(double nodes) const;

  PrimitiveTimes t_;
  double n_;
  double commit_;
  double tree_;
};

}  // namespace encuentro::bench
