// What decodes as a roster entry, as one of its bodies or as a statement on its way encodes to the same bytes; an empty
// roster survives any entry.
#include "protocol/roster/pending.h"
#include "protocol/roster/roster.h"

using namespace encuentro;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  BytesView input(data, size);
  if (auto entry = roster::RosterEntry::decode(input)) {
    ENC_CHECK(equal(entry->encode(), input));
    if (auto body = entry->decoded_body()) ENC_CHECK(roster::encode_body(*body) == entry->body);
    roster::Roster roster;
    ENC_CHECK(!roster.append(*entry) || roster.head().hash == entry->hash());
  }
  if (auto statement = roster::PendingStatement::decode(input)) {
    ENC_CHECK(equal(statement->encode(), input));
    ENC_CHECK(statement->decoded_body().has_value());
    roster::PendingStatement merged = *statement;
    ENC_CHECK(merged.merge(*statement).has_value() && merged.encode() == statement->encode());
  }
  if (size == 0) return 0;
  if (auto body = roster::decode_body(static_cast<roster::EntryType>(data[0] % 14), input.subspan(1))) {
    ENC_CHECK(equal(roster::encode_body(*body), input.subspan(1)));
  }
  return 0;
}
