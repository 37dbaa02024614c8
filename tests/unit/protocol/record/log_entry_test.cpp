#include "protocol/record/log_entry.h"

#include "protocol/base/limits.h"
#include "tests/support/decoder_checks.h"
#include "tests/unit/protocol/record/entries.h"

using namespace encuentro;
using namespace encuentro::tests;

namespace {

Result<Bytes> again(BytesView bytes) {
  TRY(record::LogEntry entry, record::decode_log_entry(bytes));
  return record::encode(entry);
}

}  // namespace

TEST_CASE("entries of each kind read back, verify, and change with every byte") {
  SeededRandom random(3);
  Author author(random);
  for (const auto& body : bodies_of_each_kind(random)) {
    record::LogEntry entry = record::sign_entry(header_of(random, author), body, author.key);
    Bytes bytes = record::encode(entry);
    check_decoder(bytes, again);
    CHECK(entry.verify(author.key.public_key));
    CHECK(entry.parsed());
    CHECK(*record::decode_log_entry(bytes) == entry);
  }
}

TEST_CASE("no changed byte of an entry still verifies") {
  SeededRandom random(4);
  Author author(random);
  record::LogEntry entry = record::sign_entry(header_of(random, author), record::LeaveBody{}, author.key);
  Bytes bytes = record::encode(entry);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 1;
    auto decoded = record::decode_log_entry(changed);
    if (decoded) CHECK(code_of(decoded->verify(author.key.public_key)) == Code::bad_signature);
  }
}

TEST_CASE("another device's key does not verify an entry, nor does a device's key under another id") {
  SeededRandom random(5);
  Author author(random), other(random);
  record::LogEntry entry = record::sign_entry(header_of(random, author), record::LeaveBody{}, author.key);
  CHECK(code_of(entry.verify(other.key.public_key)) == Code::bad_signature);
  entry.header.device = other.device;
  CHECK(code_of(entry.verify(author.key.public_key)) == Code::bad_signature);
}

TEST_CASE("later versions are named, too large entries refused before they are read") {
  SeededRandom random(6);
  Author author(random);
  Bytes bytes = record::encode(record::sign_entry(header_of(random, author), record::LeaveBody{}, author.key));
  bytes[1] = 2;
  CHECK(code_of(record::decode_log_entry(bytes)) == Code::unknown_version);
  CHECK(code_of(record::decode_log_entry(Bytes(limits::entry_bytes_max + 1))) == Code::too_large);
}

TEST_CASE("an unknown kind of entry still reads and verifies: it is set aside, not lost") {
  SeededRandom random(7);
  Author author(random);
  record::LogEntry entry = record::sign_entry(header_of(random, author), record::LeaveBody{}, author.key);
  entry.kind = 77;
  entry.signature = crypto::sign_as_encuentro(author.key, "log entry", entry.header.network,
                                              record::encode_to_be_signed(entry.header, entry.kind, entry.body));
  auto decoded = record::decode_log_entry(record::encode(entry));
  REQUIRE(decoded);
  CHECK(decoded->verify(author.key.public_key));
  CHECK(code_of(decoded->parsed()) == Code::unknown_kind);
}

TEST_CASE("the associated data of a record covers all but the ciphertext") {
  SeededRandom random(8);
  Author author(random);
  auto header = header_of(random, author);
  record::RecordBody body{record::SharedSealed{random.id<Salt>(), random.id<Commitment>(), Bytes(9, 1)}, {}};
  Bytes data = record::record_associated_data(header, body);
  std::get<record::SharedSealed>(body.sealed).ciphertext.assign(99, 2);
  CHECK(record::record_associated_data(header, body) == data);
  body.pins.push_back(random.id<UploadId>());
  CHECK(record::record_associated_data(header, body) != data);
  body.pins.clear();
  header.seen.seq = Seq{1};
  CHECK(record::record_associated_data(header, body) != data);
}
