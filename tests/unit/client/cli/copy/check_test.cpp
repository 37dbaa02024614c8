// Tests: client/cli/copy/account.cpp client/cli/copy/channel_files.cpp client/cli/copy/proof.cpp client/cli/telling.cpp
#include "client/cli/copy/check.h"

#include "tests/support/written_copy.h"

using namespace encuentro;
using namespace encuentro::client::cli;
using namespace encuentro::tests;
namespace fs = std::filesystem;

namespace {

struct Copy : WrittenCopy {
  explicit Copy(policy::ChannelKind kind = policy::ChannelKind::committee) : WrittenCopy(kind) {
    fill();
    save();
  }

  // What verify finds, "file code" a line.
  std::string found() const {
    auto proof = read_proof(folder);
    if (!proof) return std::string(name(proof.error().code));
    auto report = client::verify::walk(proof->fingerprint, proof->roster_entries, proof->logs);
    std::string text;
    for (const auto& finding : report.findings) text += "proof " + std::string(name(finding.error.code)) + "\n";
    auto copy = check_copy(folder, *proof, report);
    REQUIRE(copy);
    for (const Deviation& one : copy->deviations) {
      text += one.file + " " + std::string(name(one.difference.code)) + "\n";
    }
    return text;
  }
  std::vector<std::string> files() const {
    std::vector<std::string> all;
    for (const auto& at : fs::recursive_directory_iterator(folder)) {
      if (at.is_regular_file()) all.push_back(at.path().lexically_relative(folder).generic_string());
    }
    std::sort(all.begin(), all.end());
    return all;
  }
  std::string read(const std::string& file) const {
    std::ifstream in(folder / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void put(const std::string& file, const std::string& text) const {
    REQUIRE(write_file(folder / file, as_bytes(text)));
  }
  std::string channel() const { return folder_of_channel() + "/"; }
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a copy as it was written is whole, and holds every kind of file") {
  Copy copy;
  CHECK(copy.found().empty());
  std::string all;
  for (const std::string& file : copy.files()) all += file + "\n";
  for (const char* kind : {"README.md", "people.json", "01-Comité/conversation.md", "items.json", "unopened.json",
                           "calendar.ics", "calendar.json", "archive.md", "archive.json", "documents.json",
                           "attachments/", "documents/Guía.md-", "proof/manifest.json", "proof/names.json"}) {
    CHECK(all.find(kind) != std::string::npos);
  }
}

TEST_CASE("any file of a copy left out is found") {
  Copy copy;
  for (const std::string& file : copy.files()) {
    std::string right = copy.read(file);
    fs::remove(copy.folder / file);
    INFO(file);
    CHECK_FALSE(copy.found().empty());
    copy.put(file, right);
  }
  CHECK(copy.found().empty());
}

TEST_CASE("any byte of any file altered is found") {
  Copy copy;
  for (const std::string& file : copy.files()) {
    if (file == "proof/manifest.json") continue;  // its own case below
    std::string right = copy.read(file);
    for (std::size_t at : {std::size_t{0}, right.size() / 2, right.size() - 1}) {
      std::string wrong = right;
      wrong[at] = static_cast<char>(wrong[at] ^ 1);
      copy.put(file, wrong);
      INFO(file << " " << at);
      CHECK_FALSE(copy.found().empty());
    }
    copy.put(file, right + "\n");
    CHECK_FALSE(copy.found().empty());
    copy.put(file, right);
  }
  CHECK(copy.found().empty());
}

TEST_CASE("a file that nothing proves is found wherever it is put") {
  Copy copy;
  for (const char* file : {"nota.txt", "01-Comité/attachments/mas.txt", "01-Comité/documents/otro/v1.md",
                           "02-Otro/conversation.md", "proof/x.bin", "waiting.json"}) {
    copy.put(file, "x");
    CHECK(copy.found() == std::string(file) + " bad_signature\n");
    fs::remove(copy.folder / file);
  }
  fs::create_symlink(copy.folder / "README.md", copy.folder / "enlace.md");
  CHECK(copy.found() == "enlace.md bad_signature\n");
}

TEST_CASE("what waits is told apart and proves nothing") {
  Copy copy;
  copy.put("01-Comité/waiting.json", "[]\n");
  CHECK(copy.found().empty());
  auto proof = read_proof(copy.folder);
  REQUIRE(proof);
  auto report = client::verify::walk(proof->fingerprint, proof->roster_entries, proof->logs);
  CHECK(check_copy(copy.folder, *proof, report)->waiting == std::vector<std::string>{"01-Comité/waiting.json"});
  // An item among the proven ones that says of itself that it waits isn't let pass.
  std::string items = copy.read("01-Comité/items.json");
  copy.put("01-Comité/items.json",
           replaced(items, "\"items\": [", R"("items": [{"id":"00","body":"x","sending":"waiting"},)"));
  CHECK(copy.found() == "01-Comité/items.json bad_signature\n");
}

TEST_CASE("a channel's folder that is gone or named otherwise is found") {
  Copy copy;
  fs::rename(copy.folder / "01-Comité", copy.folder / "01-Otro");
  CHECK(copy.found().starts_with("01-Comité gap\n"));
  fs::remove_all(copy.folder / "01-Otro");
  CHECK(copy.found() == "01-Comité gap\n");
}

TEST_CASE("a name that isn't the one the roster seals is found") {
  Copy copy;
  copy.put("proof/names.json", replaced(copy.read("proof/names.json"), "Ana Ejemplo", "Eva Ejemplo"));
  std::string found = copy.found();
  CHECK(found.find("proof/names.json bad_signature\n") != std::string::npos);
  CHECK(found.find("people.json bad_signature\n") != std::string::npos);
}

TEST_CASE("words signed by nobody are as if they weren't there") {
  Copy copy;
  auto proof = copy.proof();
  proof.logs[0].words[1].plaintext[20] ^= 1;
  REQUIRE(write_proof(copy.folder, proof));
  std::string found = copy.found();
  CHECK(found.starts_with("proof "));
  // The item is in the file and not among the proven ones.
  CHECK(found.find("items.json bad_signature\n") != std::string::npos);
  CHECK(found.find("conversation.md bad_signature\n") != std::string::npos);
}

TEST_CASE("heads that the logs don't have, another count and another format are refused") {
  Copy copy;
  auto proof = copy.proof();
  proof.roster_head = {};
  proof.channels[0].head = {};
  REQUIRE(write_proof(copy.folder, proof));
  CHECK(copy.found().starts_with("proof/roster.bin gap\nproof/"));
  copy.save();
  std::string manifest = copy.read("proof/manifest.json");
  copy.put("proof/manifest.json", replaced(manifest, "\"format\": 2", "\"format\": 1"));
  CHECK(copy.found() == "unknown_version");
  copy.put("proof/manifest.json", replaced(manifest, "\"entries\": 8", "\"entries\": 9"));
  CHECK(copy.found() == "gap");
  copy.put("proof/manifest.json", "{");
  CHECK(copy.found() == "malformed");
  copy.put("proof/manifest.json", replaced(manifest, "01-Comité", "01-Otro"));
  CHECK(copy.found() == "proof/manifest.json bad_signature\n");
  fs::remove(copy.folder / "proof/manifest.json");
  CHECK(copy.found() == "not_found");
}

TEST_CASE("a document the copy says it hasn't is named, a changed one is found") {
  Copy copy;
  auto account = account_of(copy.network.roster, copy.log);
  Catalogue words(Language::en);
  Telling telling = copy_telling(copy.network.roster, copy.plain, *account);
  ChannelFiles rendered(telling, *account, words);
  auto versions = rendered.versions();
  REQUIRE(versions.size() == 1);
  copy.put(copy.channel() + versions[0].path, "otro");
  CHECK(copy.found() == copy.channel() + versions[0].path + " bad_tag\n");
  fs::remove(copy.folder / copy.channel() / versions[0].path);
  CHECK(copy.found() == copy.channel() + versions[0].path + " gap\n");
  copy.put(copy.channel() + "documents.json", rendered.documents({{versions[0].version, "not_found"}}));
  CHECK(copy.found().empty());
}

TEST_CASE("a board's heading comes from its policy, and takes announcements from the Secretariat alone") {
  Copy copy(policy::ChannelKind::board);
  CHECK(copy.found().empty());
  content::Content announced;
  announced.title = "Aviso";
  copy.write(content::Kind::announcement, announced);
  auto account = account_of(copy.network.roster, copy.log);
  CHECK(account->records.back().reading == client::core::Reading::closed);
  CHECK(account->title().empty());  // named by a focal point: not on a board
}

TEST_CASE("a log that doesn't begin with a channel isn't rendered") {
  Copy copy;
  client::verify::Log log = copy.log;
  log.entries.erase(log.entries.begin());
  CHECK(account_of(copy.network.roster, log).error().code == Code::malformed);
  log.entries.clear();
  CHECK(account_of(copy.network.roster, log).error().code == Code::malformed);
}

// A copy is read years later: another byte here is another copy_format.
TEST_CASE("the bytes of a small copy in format 2") {
  Copy copy;
  crypto::Sha256Stream all;
  for (const std::string& file : copy.files()) {
    if (file.starts_with("proof/")) continue;
    all.update(as_bytes(file));
    all.update(as_bytes(copy.read(file)));
  }
  CHECK(copy_format == 2);
  CHECK(to_hex(all.finish().view()) == "92b80ebccd29d9390f452fcf593b7ca47ebbd570f3cc2245a54489749902fd01");
}
