#include "client/core/vault.h"

#include <map>

#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;
using client::core::Row;
using client::core::Transaction;
using client::core::Vault;
namespace core = client::core;

namespace {

constexpr crypto::Argon2Parameters cheap{1, 8};
BytesView passphrase() { return as_bytes("mesa luna río piedra sol pan"); }

using Disk = std::map<Bytes, Bytes>;

void write(Disk& disk, const Transaction& transaction) {
  for (const Row& row : transaction.puts) disk[row.name] = row.value;
  for (const Bytes& name : transaction.erases) disk.erase(name);
}
std::vector<Row> rows_of(const Disk& disk) {
  std::vector<Row> rows;
  for (const auto& [name, value] : disk) rows.push_back({name, value});
  return rows;
}

struct Opened {
  Code code = Code::none;
  std::map<std::string, std::string> values;
};
Opened open(const Disk& disk, BytesView words, SeededRandom& random) {
  Opened opened;
  auto vault = Vault::open(rows_of(disk), words, random, [&](std::string_view name, BytesView value) {
    opened.values.emplace(name, as_text(value));
    return Status{};
  });
  opened.code = code_of(vault);
  return opened;
}

Opened open_by_computer(const Disk& disk, std::uint8_t answered, SeededRandom& random) {
  Opened opened;
  core::ComputerSecret secret{BytesView(Bytes(32, answered))};
  auto each = [&](std::string_view name, BytesView value) {
    opened.values.emplace(name, as_text(value));
    return Status{};
  };
  opened.code = code_of(Vault::open_by_computer(rows_of(disk), secret, random, each));
  return opened;
}

Disk filled(SeededRandom& random) {
  Disk disk;
  auto vault = Vault::create(passphrase(), cheap, random);
  vault->put("a/1", as_bytes("uno"));
  vault->put("b", as_bytes("borrado"));
  write(disk, vault->take());
  vault->put("a/1", as_bytes("uno otra vez"));
  vault->put("a/2", as_bytes("dos"));
  vault->erase("b");
  write(disk, vault->take());
  return disk;
}

}  // namespace

TEST_CASE("a vault gives back what was put last, and nothing that was erased") {
  SeededRandom random(70);
  Disk disk = filled(random);
  Opened opened = open(disk, passphrase(), random);
  CHECK(opened.code == Code::none);
  CHECK(opened.values == std::map<std::string, std::string>{{"a/1", "uno otra vez"}, {"a/2", "dos"}});
}

TEST_CASE("whoever keeps the rows sees neither names nor values, and no two writes alike") {
  SeededRandom random(71);
  Disk disk = filled(random);
  Disk again;
  for (const auto& [name, value] : disk) {
    CHECK(as_text(value).find("uno") == std::string_view::npos);
    CHECK(as_text(name).find("a/") == std::string_view::npos);
  }
  auto vault = Vault::create(passphrase(), cheap, random);
  vault->put("x", as_bytes("igual"));
  auto first = vault->take();
  vault->put("x", as_bytes("igual"));
  auto second = vault->take();
  CHECK(first.puts.back().name != second.puts.back().value);
  CHECK(second.puts.size() == 1);
  CHECK(second.puts[0].value != first.puts[0].value);
}

TEST_CASE("a wrong passphrase, a missing profile and damaged or exchanged rows are refused") {
  SeededRandom random(72);
  Disk disk = filled(random);
  CHECK(open(disk, as_bytes("otra cosa"), random).code == Code::wrong_passphrase);
  CHECK(open({}, passphrase(), random).code == Code::no_profile);
  Disk damaged = disk;
  for (auto& [name, value] : damaged) {
    if (as_text(name) != "profile") value.back() ^= 1;
  }
  CHECK(open(damaged, passphrase(), random).code == Code::malformed);
  std::vector<Bytes> names;
  for (const auto& [name, value] : disk) {
    if (as_text(name) != "profile") names.push_back(name);
  }
  REQUIRE(names.size() == 2);
  Disk exchanged = disk;
  std::swap(exchanged[names[0]], exchanged[names[1]]);
  CHECK(open(exchanged, passphrase(), random).code == Code::malformed);
  Disk cut = disk;
  cut[names[0]].resize(10);
  CHECK(open(cut, passphrase(), random).code == Code::malformed);
  std::vector<Row> twice = rows_of(disk);
  twice.push_back({names[0], disk[names[0]]});
  auto nothing = [](std::string_view, BytesView) { return Status{}; };
  CHECK(code_of(Vault::open(twice, passphrase(), random, nothing)) == Code::malformed);
  Disk newer = disk;
  newer[to_bytes(as_bytes("profile"))][1] = 9;
  CHECK(open(newer, passphrase(), random).code == Code::unknown_version);
}

TEST_CASE("the passphrase can be changed, by who knows it") {
  SeededRandom random(73);
  Disk disk;
  auto vault = Vault::create(passphrase(), cheap, random);
  vault->put("a", as_bytes("uno"));
  write(disk, vault->take());
  CHECK(code_of(vault->change_passphrase(as_bytes("no"), as_bytes("nueva"))) == Code::wrong_passphrase);
  CHECK(vault->change_passphrase(passphrase(), as_bytes("nueva")));
  write(disk, vault->take());
  CHECK(open(disk, passphrase(), random).code == Code::wrong_passphrase);
  CHECK(open(disk, as_bytes("nueva"), random).values.at("a") == "uno");
}

TEST_CASE("a computer that answers opens what the passphrase opens, and neither takes the other's place") {
  SeededRandom random(74);
  Disk disk;
  auto vault = Vault::create(passphrase(), cheap, random);
  vault->put("a", as_bytes("uno"));
  write(disk, vault->take());
  CHECK(open_by_computer(disk, 1, random).code == Code::not_found);

  const core::ComputerKey key{{1, 2, 3}, Hash32(Bytes(32, 4))};
  core::ComputerSecret secret{BytesView(Bytes(32, 1))};
  CHECK(code_of(vault->keep_computer(as_bytes("no"), key, secret)) == Code::wrong_passphrase);
  CHECK(vault->take().puts.empty());
  CHECK(vault->keep_computer(passphrase(), key, secret));
  write(disk, vault->take());
  CHECK(open(disk, passphrase(), random).values.at("a") == "uno");
  CHECK(open_by_computer(disk, 1, random).values.at("a") == "uno");
  CHECK(open_by_computer(disk, 2, random).code == Code::wrong_passphrase);

  CHECK(vault->change_passphrase(passphrase(), as_bytes("nueva")));
  write(disk, vault->take());
  CHECK(open_by_computer(disk, 1, random).code == Code::none);
  vault->forget_computer();
  write(disk, vault->take());
  CHECK(open_by_computer(disk, 1, random).code == Code::not_found);
  CHECK(open(disk, as_bytes("nueva"), random).code == Code::none);
}

TEST_CASE("the computer's row in clear holds no key, and a changed one opens nothing") {
  SeededRandom random(75);
  Disk disk;
  auto vault = Vault::create(passphrase(), cheap, random);
  write(disk, vault->take());
  REQUIRE(vault->keep_computer(passphrase(), {{1, 2, 3}, Hash32(Bytes(32, 4))},
                               core::ComputerSecret{BytesView(Bytes(32, 1))}));
  write(disk, vault->take());
  Bytes& value = disk.at(to_bytes(as_bytes("computer")));
  auto row = core::decode_fields<core::ComputerRow>(value);
  REQUIRE(row.has_value());
  CHECK(row->credential == Bytes{1, 2, 3});
  CHECK(row->salt == Hash32(Bytes(32, 4)));
  CHECK(as_text(value).find(std::string(32, '\1')) == std::string_view::npos);
  for (std::size_t i = 0; i < value.size(); ++i) {
    value[i] ^= 1;
    CHECK(open_by_computer(disk, 1, random).code != Code::none);
    value[i] ^= 1;
  }
  CHECK(open_by_computer(disk, 1, random).code == Code::none);
}

TEST_CASE("a vault opened by the computer keeps writing, and takes another passphrase from who knows the old") {
  SeededRandom random(76);
  Disk disk;
  auto vault = Vault::create(passphrase(), cheap, random);
  core::ComputerSecret secret{BytesView(Bytes(32, 1))};
  REQUIRE(vault->keep_computer(passphrase(), {{1}, Hash32(Bytes(32, 4))}, secret));
  write(disk, vault->take());
  auto again = Vault::open_by_computer(rows_of(disk), secret, random, [](auto, auto) { return Status{}; });
  REQUIRE(again.has_value());
  again->put("b", as_bytes("dos"));
  CHECK(code_of(again->change_passphrase(as_bytes("no"), as_bytes("nueva"))) == Code::wrong_passphrase);
  CHECK(again->change_passphrase(passphrase(), as_bytes("nueva")));
  write(disk, again->take());
  CHECK(open(disk, as_bytes("nueva"), random).values.at("b") == "dos");
}
