// bench-mls [N...]: MLS operations in microseconds of CPU and as multiples of their floors, suites 1 and 3.
// N = 4096 is left to be asked for: bringing up its group takes minutes.
#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "bench/median.h"
#include "bench/mls_floor.h"
#include "bench/mls_scene.h"
#include "protocol/crypto/system_random.h"

namespace {

using namespace encuentro;
using namespace encuentro::bench;
using namespace encuentro::mls;
using namespace encuentro::mls::member;

void line(const char* name, double us, double floor, double goal) {
  std::printf("  %-22s %10.1f us  floor %10.1f  = %5.2f x  (goal %.2f)%s\n", name, us, floor, us / floor, goal,
              us / floor <= goal ? "" : "  OVER");
}

template <class T>
T sure(Result<T> result) {
  ENC_CHECK(result.has_value());
  return std::move(*result);
}

double staging_us(Group& group, const Bytes& commit) {
  return median_us([&] {
    auto message = sure(decoded<MlsMessage>(commit));
    ENC_CHECK(group.stage(message).has_value());
  });
}

double committing_us(Group& group, const CommitOptions& options, Random& random) {
  return median_us([&] {
    ENC_CHECK(group.commit(options, random).has_value());
    group.drop_pending();
  });
}

// Each message opens once, so a batch is opened and the state put back outside of the measurement.
double opening_us(const Group& receiver, const std::vector<Bytes>& sealed) {
  const SecretBytes stored = receiver.encode();
  std::vector<double> runs;
  for (int run = 0; run < 15; ++run) {
    Group copy = sure(Group::decode(stored.view()));
    const double start = thread_cpu_us();
    for (const Bytes& bytes : sealed) {
      auto message = sure(decoded<MlsMessage>(bytes));
      ENC_CHECK(copy.unprotect(*message.as<PrivateMessage>()).has_value());
    }
    runs.push_back((thread_cpu_us() - start) / static_cast<double>(sealed.size()));
  }
  std::nth_element(runs.begin(), runs.begin() + 7, runs.end());
  return runs[7];
}

// A join takes the KeyPackage's keys, which are loaded again outside of the measurement.
double joining_us(BytesView message, BytesView own_stored) {
  constexpr int run_count = 15;
  std::vector<double> runs;
  for (int run = 0; run < run_count; ++run) {
    KeyPackageSecrets own = sure(KeyPackageSecrets::decode(own_stored));
    const double start = thread_cpu_us();
    auto welcome = sure(decoded<MlsMessage>(message));
    ENC_CHECK(Group::join(*welcome.as<Welcome>(), std::move(own), {}).has_value());
    runs.push_back(thread_cpu_us() - start);
  }
  std::nth_element(runs.begin(), runs.begin() + run_count / 2, runs.end());
  return runs[run_count / 2];
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

void measure(crypto::Suite suite, std::uint32_t members) {
  crypto::SystemRandom random;
  MlsScene scene = mls_scene(suite, members, random);
  const Bytes update = sure(scene.committer.commit({}, random)).commit;
  scene.committer.drop_pending();
  KeyPackageSecrets own = KeyPackageSecrets::generate(suite, scene.newcomer, {0, 4'000'000'000}, {}, random);
  const SecretBytes own_stored = own.encode();
  CommitOptions add;
  add.force_path = true;
  add.proposals.push_back({Add{own.key_package}});
  const CommitBundle added = sure(scene.committer.commit(add, random));
  scene.committer.drop_pending();
  const double tree_bytes = static_cast<double>(scene.committer.encoded_tree().size());
  // Here and not once for all: what else the machine does changes within the minutes that a large group takes.
  const PrimitiveTimes times = measure_primitives(suite);
  const MlsFloor floor(times, static_cast<unsigned>(std::countr_zero(members)), static_cast<double>(update.size()),
                       tree_bytes);

  std::printf("suite %u, N = %u: update commit %zu bytes, tree %.0f bytes a member\n", static_cast<unsigned>(suite),
              members, update.size(), tree_bytes / members);
  line("update commit", committing_us(scene.committer, {}, random), floor.update_commit(), 1.3);
  line("process it, far", staging_us(scene.far, update), floor.process_update_far(), 2);
  line("process it, adjacent", staging_us(scene.neighbour, update), floor.process_update_near(), 2);
  line("add commit + Welcome", committing_us(scene.committer, add, random), floor.add_commit(), 1.5);
  line("process an add, far", staging_us(scene.far, added.commit), floor.process_add_far(), 2);
  line("join", joining_us(*added.welcome, own_stored.view()), floor.join(), 1.15);
  std::printf("  %-22s %10.1f us of it in the leaves' signatures alone\n", "", verifying_us(scene.committer));

  const Bytes plaintext(1024, 7);
  line("protect 1 KiB", median_us([&] { ENC_CHECK(scene.committer.protect(plaintext, {}, random).has_value()); }),
       floor.protect_1024(), 1.5);
  std::vector<Bytes> sealed;
  scene.committer = sure(Group::decode(scene.committer.encode().view()));
  for (int i = 0; i < 100; ++i) sealed.push_back(sure(scene.neighbour.protect(plaintext, {}, random)));
  line("unprotect 1 KiB", opening_us(scene.far, sealed), floor.unprotect_1024(), 1.3);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::uint32_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(static_cast<std::uint32_t>(std::strtoul(argv[i], nullptr, 10)));
  if (sizes.empty()) sizes = {2, 16, 64, 256, 1024};
  for (crypto::Suite suite :
       {crypto::Suite::x25519_aes128gcm_sha256_ed25519, crypto::Suite::x25519_chacha20poly1305_sha256_ed25519}) {
    for (std::uint32_t members : sizes) measure(suite, members);
  }
}
