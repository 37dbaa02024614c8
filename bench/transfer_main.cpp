// bench-transfer: a file of 1 GiB (BENCH_MIB of another size) sealed and opened file to file beside age on the same
// file, and put and got through the real server by the real command beside a bare TLS copy; what an interruption costs.
#include <sys/wait.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bench/command_line.h"
#include "bench/tls_copy.h"
#include "client/cli/documents/file.h"
#include "protocol/base/limits.h"
#include "protocol/content/file_cipher.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/system_random.h"
#include "storage/rocksdb/layout.h"

namespace {

using namespace encuentro;
using client::cli::File;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begun) { return std::chrono::duration<double>(Clock::now() - begun).count(); }

std::uint64_t wanted_bytes() {
  const char* mib = std::getenv("BENCH_MIB");
  return (mib == nullptr ? 1024 : std::strtoull(mib, nullptr, 10)) * limits::MiB;
}

struct Scene {
  fs::path folder;
  std::uint64_t bytes = wanted_bytes();
  fs::path at(const char* name) const { return folder / name; }
  double rate(double seconds) const { return static_cast<double>(bytes) / 1e6 / seconds; }
  void say(const char* what, double seconds, double floor_s = 0) const {
    std::printf("%-44s %7.2f s %7.0f MB/s", what, seconds, rate(seconds));
    if (floor_s > 0) std::printf("  %.2f of it", floor_s / seconds);
    std::printf("\n");
  }
};

void make_file(const Scene& scene) {
  crypto::SystemRandom random;
  std::ofstream out(scene.at("in"), std::ios::binary);
  Bytes piece(limits::MiB);
  for (std::uint64_t done = 0; done < scene.bytes; done += piece.size()) {
    random.fill(piece);
    out.write(reinterpret_cast<const char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
  }
}

// The chunks one after the other in one file: what the command does beside sending them.
double sealed_s(const Scene& scene, const content::FileCipher& cipher) {
  auto begun = Clock::now();
  auto in = File::open_to_read(scene.at("in"));
  auto out = File::open_to_write(scene.at("sealed"));
  ENC_CHECK(in.has_value() && out.has_value());
  const content::FileShape& shape = cipher.shape();
  Bytes buffer(limits::chunk_sealed_bytes);
  for (std::uint32_t i = 0; i < shape.chunks(); ++i) {
    MutableBytes chunk = MutableBytes(buffer).first(shape.sealed_bytes(i));
    ENC_CHECK(in->read(std::uint64_t{i} * limits::chunk_bytes, chunk.first(shape.file_bytes(i))).has_value());
    cipher.seal(i, chunk);
    ENC_CHECK(out->write(std::uint64_t{i} * limits::chunk_sealed_bytes, chunk).has_value());
  }
  return seconds_since(begun);
}

double opened_s(const Scene& scene, const content::FileCipher& cipher) {
  auto begun = Clock::now();
  auto in = File::open_to_read(scene.at("sealed"));
  auto out = File::open_to_write(scene.at("opened"));
  ENC_CHECK(in.has_value() && out.has_value());
  const content::FileShape& shape = cipher.shape();
  Bytes buffer;
  for (std::uint32_t i = 0; i < shape.chunks(); ++i) {
    buffer.resize(shape.sealed_bytes(i));
    ENC_CHECK(in->read(std::uint64_t{i} * limits::chunk_sealed_bytes, buffer).has_value());
    ENC_CHECK(cipher.open(i, buffer).has_value());
    ENC_CHECK(
        out->write(std::uint64_t{i} * limits::chunk_bytes, BytesView(buffer).first(shape.file_bytes(i))).has_value());
  }
  return seconds_since(begun);
}

bool runs(const std::string& line) {
  int status = std::system(line.c_str());
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

double timed_s(const std::string& line) {
  auto begun = Clock::now();
  ENC_CHECK(runs(line));
  return seconds_since(begun);
}

void file_to_file(const Scene& scene) {
  content::FileKey key;
  content::FileCipher cipher(key, ChannelId{}, UploadId{}, content::FileShape{scene.bytes});
  std::string folder = scene.folder.string();
  double age_seal = 0, age_open = 0;
  if (runs("age --version >/dev/null 2>&1")) {
    ENC_CHECK(runs("age-keygen -o " + folder + "/key 2>" + folder + "/public"));
    std::string to = "$(sed -n 's/^Public key: //p' " + folder + "/public)";
    age_seal = timed_s("age -r " + to + " -o " + folder + "/age " + folder + "/in");
    age_open = timed_s("age -d -i " + folder + "/key -o " + folder + "/age.out " + folder + "/age");
    fs::remove(scene.at("age"));
    fs::remove(scene.at("age.out"));
    scene.say("age, file to file", age_seal);
  } else {
    std::printf("age isn't on this machine (Debian: age)\n");
  }
  scene.say("seal a file's chunks, file to file", sealed_s(scene, cipher), age_seal);
  if (age_open > 0) scene.say("age -d, file to file", age_open);
  scene.say("open a file's chunks, file to file", opened_s(scene, cipher), age_open);
  fs::remove(scene.at("sealed"));
  fs::remove(scene.at("opened"));
}

// Every chunk the server holds, by its file.
std::size_t chunks_at(const bench::ServerProcess& server) {
  std::size_t count = 0;
  std::error_code gone;
  for (const auto& file : fs::recursive_directory_iterator(storage::rocks::blobs_path(server.data() / "store"), gone)) {
    count += file.path().filename().string().size() == 2 * BlobId::bytes ? 1 : 0;
  }
  return count;
}

void through_the_server(const Scene& scene, const bench::ServerProcess& server) {
  double floor_s = bench::tls_copy_s(scene.at("in"), scene.at("copy"));
  fs::remove(scene.at("copy"));
  scene.say("bare TLS copy, one connection", floor_s);
  bench::CommandLine person(scene.folder, server);
  person.run({"channel", "create", "Archivos", "--kind", "network"});
  const std::vector<std::string> put{"doc", "put", "Archivos", scene.at("in").string()};
  auto sent = person.run(put);
  scene.say("doc put: hash, seal, send, stored", sent["seconds"].get<double>(), floor_s);
  auto got = person.run({"doc", "get", sent["id"].get<std::string>(), "-o", scene.at("out").string()});
  scene.say("doc get: fetch, open, write, hash", got["seconds"].get<double>(), floor_s);
  ENC_CHECK(got["sha256"] == sent["sha256"]);
  fs::remove(scene.at("out"));

  std::size_t held = chunks_at(server), half = scene.bytes / limits::chunk_bytes / 2;
  fs::rename(scene.at("in"), scene.at("again"));
  const std::vector<std::string> again{"doc", "put", "Archivos", scene.at("again").string()};
  ENC_CHECK(person.kill_when(again, [&] { return chunks_at(server) >= held + half; }));
  std::size_t stored = chunks_at(server) - held;
  auto begun = Clock::now();
  auto resumed = person.run(again);
  double resumed_s = seconds_since(begun);
  ENC_CHECK(resumed["resumed"].get<bool>());
  double left = static_cast<double>(scene.bytes) - static_cast<double>(stored * limits::chunk_bytes);
  std::printf(
      "killed after %zu chunks, taken up again: %.2f s, %.1f MiB sent of %.1f MiB that were missing: %.1f MiB again\n",
      stored, resumed_s, resumed["sent"].get<double>() / limits::MiB, left / limits::MiB,
      (resumed["sent"].get<double>() - left) / limits::MiB);
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const char* wish = std::getenv("BENCH_DIR");
  std::string folder = (fs::path(wish == nullptr ? "." : wish) / "bench-transfer-XXXXXX").string();
  ENC_CHECK(::mkdtemp(folder.data()) != nullptr);
  Scene scene{folder};
  make_file(scene);
  std::printf("%.0f MiB\n", static_cast<double>(scene.bytes) / limits::MiB);
  {
    bench::ServerProcess server(scene.folder);
    file_to_file(scene);
    through_the_server(scene, server);
  }
  fs::remove_all(scene.folder);
}
