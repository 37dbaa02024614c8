#include "client/verify/evidence_file.h"

#include "protocol/base/limits.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::client::verify {
namespace {

constexpr std::string_view mark = "ENCEVID2";
constexpr std::size_t alarm_bytes_max = limits::MiB;
constexpr std::size_t roster_bytes_max = 64 * limits::MiB;
constexpr std::size_t roster_entries_max = 100'000;

}  // namespace

Bytes encode(const EvidenceFile& file) {
  codec::Writer w;
  w.raw(as_bytes(mark));
  w.id(file.network);
  w.id(file.fingerprint);
  w.opaque(file.alarm);
  w.vector(file.roster, [](codec::Writer& out, const Bytes& entry) { out.opaque(entry); });
  return w.take();
}

Result<EvidenceFile> decode_evidence_file(BytesView bytes) {
  return codec::decode_all<EvidenceFile>(bytes, [](codec::Reader& r) -> Result<EvidenceFile> {
    EvidenceFile file;
    TRY(BytesView found, r.raw(mark.size()));
    if (as_text(found) != mark) return fail(Code::unknown_version, "evidence");
    TRY(file.network, r.id<NetworkId>());
    TRY(file.fingerprint, r.id<Hash32>());
    TRY(BytesView alarm, r.opaque(alarm_bytes_max));
    file.alarm = to_bytes(alarm);
    auto entry = [](codec::Reader& in) -> Result<Bytes> {
      TRY(BytesView one, in.opaque(limits::roster_entry_bytes_max));
      return to_bytes(one);
    };
    TRY(file.roster, r.vector<Bytes>(roster_bytes_max, roster_entries_max, entry));
    return file;
  });
}

}  // namespace encuentro::client::verify
