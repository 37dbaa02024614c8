#include "client/verify/proof_file.h"

#include "protocol/base/limits.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::client::verify {
namespace {

constexpr std::size_t words_bytes_max = limits::entry_bytes_max + sizeof(std::uint64_t);

}  // namespace

Bytes framed(const std::vector<Bytes>& entries) {
  codec::Writer w;
  for (const Bytes& entry : entries) {
    w.u32(static_cast<std::uint32_t>(entry.size()));
    w.raw(entry);
  }
  return w.take();
}

Result<std::vector<Bytes>> split_framed(BytesView file, std::size_t entry_bytes_max) {
  codec::Reader r(file);
  std::vector<Bytes> entries;
  while (!r.at_end()) {
    TRY(std::uint32_t length, r.u32());
    if (length > entry_bytes_max) return fail(Code::too_large, "proof", entry_bytes_max, length);
    TRY(BytesView entry, r.raw(length));
    entries.push_back(to_bytes(entry));
  }
  return entries;
}

Bytes framed_words(const std::vector<SignedPlace>& words) {
  std::vector<Bytes> entries;
  for (const SignedPlace& word : words) {
    codec::Writer w;
    w.u64(word.seq.value);
    w.raw(word.plaintext);
    entries.push_back(w.take());
  }
  return framed(entries);
}

Result<std::vector<SignedPlace>> split_words(BytesView file) {
  TRY(auto entries, split_framed(file, words_bytes_max));
  std::vector<SignedPlace> words;
  for (const Bytes& entry : entries) {
    codec::Reader r(entry);
    TRY(std::uint64_t seq, r.u64());
    words.push_back({Seq{seq}, to_bytes(r.rest())});
  }
  return words;
}

}  // namespace encuentro::client::verify
