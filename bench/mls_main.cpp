// bench-mls [N...]: MLS operations in microseconds of CPU and as multiples of their floors, suites 1 and 3; how often
// each takes memory; and how each grows from one N to the next beside its floor, which grows with log N. Exit 1 when a
// ratio is above its goal. The primitives are measured again in each of several rounds, and the round with the middle
// ratio counts: a machine that is faster in one minute than in the next moves both.
#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <vector>

#include "bench/allocations.h"
#include "bench/median.h"
#include "bench/mls_floor.h"
#include "bench/mls_scene.h"
#include "protocol/crypto/system_random.h"

namespace {

using namespace encuentro;
using namespace encuentro::bench;
using namespace encuentro::mls;
using namespace encuentro::mls::member;

struct Measured {
  double us;
  double allocations;
};

// One operation at one N.
struct Line {
  const char* name;
  Measured measured;
  double floor;
  double goal;
  double ratio() const { return measured.us / floor; }
  bool over() const { return ratio() > goal; }
};

struct Operation {
  const char* name;
  double (MlsFloor::*floor)() const;
  double goal;
  std::function<Measured()> measure;
};

void print(const Line& line) {
  std::printf("  %-22s %10.1f us  floor %10.1f  = %5.2f x  (goal %.2f)%s  %6.0f allocations\n", line.name,
              line.measured.us, line.floor, line.ratio(), line.goal, line.over() ? "  OVER" : "      ",
              line.measured.allocations);
}

// Of the same operations at two sizes.
void print_growth(std::uint32_t before, std::uint32_t after, const std::vector<Line>& less,
                  const std::vector<Line>& more) {
  std::printf("from %u to %u members, each a factor of time (of its floor) and of allocations:\n", before, after);
  for (std::size_t i = 0; i < more.size(); ++i) {
    std::printf("  %-22s x %.2f (x %.2f), x %.2f\n", more[i].name, more[i].measured.us / less[i].measured.us,
                more[i].floor / less[i].floor, more[i].measured.allocations / less[i].measured.allocations);
  }
}

template <class T>
T sure(Result<T> result) {
  ENC_CHECK(result.has_value());
  return std::move(*result);
}

template <class Operation>
Measured measured(Operation operation) {
  const double us = median_us(operation);
  return {us, static_cast<double>(allocations_of(operation))};
}

constexpr int runs_in_a_round = 15;  // of what can't be repeated in place

Measured staging(Group& group, const Bytes& commit) {
  return measured([&] {
    auto message = sure(decoded<MlsMessage>(commit));
    ENC_CHECK(group.stage(message).has_value());
  });
}

Measured committing(Group& group, const CommitOptions& options, Random& random) {
  return measured([&] {
    ENC_CHECK(group.commit(options, random).has_value());
    group.drop_pending();
  });
}

Measured middle(std::vector<Measured> runs) {
  const auto place = runs.begin() + static_cast<std::ptrdiff_t>(runs.size() / 2);
  std::nth_element(runs.begin(), place, runs.end(), [](const auto& a, const auto& b) { return a.us < b.us; });
  return *place;
}

// Each message opens once, so a batch is opened and the state put back outside of the measurement.
Measured opening(const Group& receiver, const std::vector<Bytes>& sealed) {
  const SecretBytes stored = receiver.encode();
  const double messages = static_cast<double>(sealed.size());
  std::vector<Measured> runs;
  for (int run = 0; run < runs_in_a_round; ++run) {
    Group copy = sure(Group::decode(stored.view()));
    const double start = thread_cpu_us();
    const std::size_t taken = allocations_of([&] {
      for (const Bytes& bytes : sealed) {
        auto message = sure(decoded<MlsMessage>(bytes));
        ENC_CHECK(copy.unprotect(*message.as<PrivateMessage>()).has_value());
      }
    });
    runs.push_back({(thread_cpu_us() - start) / messages, static_cast<double>(taken) / messages});
  }
  return middle(std::move(runs));
}

// A join takes the KeyPackage's keys, which are loaded again outside of the measurement.
Measured joining(BytesView message, BytesView own_stored) {
  std::vector<Measured> runs;
  for (int run = 0; run < runs_in_a_round; ++run) {
    KeyPackageSecrets own = sure(KeyPackageSecrets::decode(own_stored));
    std::optional<Group> joined;  // its end isn't part of the joining
    const double start = thread_cpu_us();
    const std::size_t taken = allocations_of([&] {
      auto welcome = sure(decoded<MlsMessage>(message));
      joined.emplace(sure(Group::join(*welcome.as<Welcome>(), std::move(own), {})));
    });
    runs.push_back({thread_cpu_us() - start, static_cast<double>(taken)});
  }
  return middle(std::move(runs));
}

// The part of a join that nobody can spare: each leaf's own signature, one after the other.
double verifying_us(const Group& group) {
  const GroupContext& context = group.context();
  return median_us([&] {
    for (std::uint32_t i = 0; i < group.tree().leaf_count().value; ++i) {
      const LeafNode* leaf = group.tree().leaf({i});
      ENC_CHECK(leaf == nullptr || leaf->verify(context.cipher_suite, {context.group_id, {i}}).has_value());
    }
  });
}

// The largest part of adding: a GroupInfo with the tree inside is signed, and Ed25519 hashes it twice with SHA-512,
// slower than the suite's hash that the floor counts.
double signing_us(const Group& group, Random& random) {
  const crypto::SigningKey key = crypto::generate_signing_key(group.context().cipher_suite, random);
  const Bytes tree = group.encoded_tree();
  return median_us([&] { ENC_CHECK(!crypto::sign_with_label(group.context().cipher_suite, key, "", tree).empty()); });
}

// Of each operation the round with the middle ratio.
std::vector<Line> measured_in_rounds(const std::vector<Operation>& operations,
                                     const std::function<MlsFloor()>& floor_now) {
  constexpr std::size_t rounds = 9;
  std::vector<std::vector<Line>> lines(operations.size());
  for (std::size_t round = 0; round < rounds; ++round) {
    const MlsFloor floor = floor_now();
    for (std::size_t i = 0; i < operations.size(); ++i) {
      const Operation& one = operations[i];
      lines[i].push_back({one.name, one.measure(), (floor.*one.floor)(), one.goal});
    }
  }
  std::vector<Line> out;
  for (std::vector<Line>& of_one : lines) {
    std::ranges::sort(of_one, {}, &Line::ratio);
    out.push_back(of_one[rounds / 2]);
  }
  return out;
}

std::vector<Line> measure(crypto::Suite suite, std::uint32_t members) {
  crypto::SystemRandom random;
  MlsScene scene = mls_scene(suite, members, random);
  Group& committer = scene.committer;
  const Bytes update = sure(committer.commit({}, random)).commit;
  committer.drop_pending();
  KeyPackageSecrets own = KeyPackageSecrets::generate(suite, scene.newcomer, {0, 4'000'000'000}, {}, random);
  const SecretBytes own_stored = own.encode();
  CommitOptions add;
  add.force_path = true;
  add.proposals.push_back({Add{own.key_package}});
  CommitOptions add_apart = add;  // as the space sends it: its devices have the tree from the log
  add_apart.tree_in_welcome = false;
  const CommitBundle added = sure(committer.commit(add, random));
  committer.drop_pending();
  const double tree_bytes = static_cast<double>(committer.encoded_tree().size());
  const Bytes plaintext(1024, 7);
  std::vector<Bytes> sealed(100);
  for (Bytes& message : sealed) message = sure(scene.neighbour.protect(plaintext, {}, random));

  std::printf("suite %u, N = %u: update commit %zu bytes, tree %.0f bytes a member\n", static_cast<unsigned>(suite),
              members, update.size(), tree_bytes / members);
  const std::vector<Operation> operations = {
      {"update commit", &MlsFloor::update_commit, 1.3, [&] { return committing(committer, {}, random); }},
      {"process it, far", &MlsFloor::process_update_far, 2, [&] { return staging(scene.far, update); }},
      {"process it, adjacent", &MlsFloor::process_update_near, 2, [&] { return staging(scene.neighbour, update); }},
      {"add commit + Welcome", &MlsFloor::add_commit, 1.5, [&] { return committing(committer, add_apart, random); }},
      {"the tree inside", &MlsFloor::add_commit_with_tree, 1.5, [&] { return committing(committer, add, random); }},
      {"process an add, far", &MlsFloor::process_add_far, 2, [&] { return staging(scene.far, added.commit); }},
      {"join", &MlsFloor::join, 1.15, [&] { return joining(*added.welcome, own_stored.view()); }},
      {"protect 1 KiB", &MlsFloor::protect_1024, 1.5,
       [&] { return measured([&] { ENC_CHECK(committer.protect(plaintext, {}, random).has_value()); }); }},
      {"unprotect 1 KiB", &MlsFloor::unprotect_1024, 1.3, [&] { return opening(scene.far, sealed); }},
  };
  const std::vector<Line> lines = measured_in_rounds(operations, [&] {
    return MlsFloor(measure_primitives(suite), static_cast<unsigned>(std::countr_zero(members)),
                    static_cast<double>(update.size()), tree_bytes);
  });
  for (const Line& line : lines) print(line);
  std::printf("  %-22s %10.1f us of an add in the signature over the tree\n", "", signing_us(committer, random));
  std::printf("  %-22s %10.1f us of a join in the leaves' signatures alone\n", "", verifying_us(committer));
  return lines;
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  std::vector<std::uint32_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(static_cast<std::uint32_t>(std::strtoul(argv[i], nullptr, 10)));
  if (sizes.empty()) sizes = {2, 16, 64, 256, 1024, 4096};
  std::size_t over = 0;
  for (crypto::Suite suite :
       {crypto::Suite::x25519_aes128gcm_sha256_ed25519, crypto::Suite::x25519_chacha20poly1305_sha256_ed25519}) {
    std::vector<std::vector<Line>> all;
    for (std::uint32_t members : sizes) {
      all.push_back(measure(suite, members));
      over += static_cast<std::size_t>(std::ranges::count_if(all.back(), &Line::over));
      if (all.size() > 1) print_growth(sizes[all.size() - 2], members, all[all.size() - 2], all.back());
    }
  }
  if (over > 0) std::printf("%zu operations are above their goals\n", over);
  return over > 0 ? 1 : 0;
}
