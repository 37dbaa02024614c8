#include "client/cli/clock.h"
#include "client/cli/documents/carry.h"
#include "client/cli/documents/file.h"
#include "client/cli/documents/transfer.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t place_part = 0;

// A transfer of the same version to the same file goes on; its row begins so that it is no upload's.
Bytes place_row(const fs::path& part) {
  codec::Writer w;
  w.u16(2);
  w.text(fs::absolute(part).string());
  return w.take();
}

// A chunk that the server doesn't give, or gives otherwise, by its name.
Result<Bytes> fetch(net::Transfers& transfers, const net::TransferAddress& address, const std::string& token,
                    const char* rule) {
  auto sealed = transfers.get(address, token);
  if (sealed) return sealed;
  Code code = sealed.error().code;
  if (code == Code::not_found || code == Code::bad_tag) return fail(code, rule);
  return sealed;
}

Result<std::vector<BlobId>> fetch_list(Session& session, Output& output, const ChannelId& channel,
                                       const content::Manifest& manifest, const content::FileCipher& cipher) {
  std::vector<BlobId> chunks;
  auto move = [&](net::Transfers& transfers, const std::string& token, std::uint32_t) -> Result<BlobId> {
    TRY(Bytes sealed, fetch(transfers, {channel, manifest.list}, token, "chunk list"));
    TRY(chunks, cipher.open_list(sealed));
    return manifest.list;
  };
  TRY_OK(carry_one(session, output, {channel, std::nullopt, 0}, move));
  return chunks;
}

ChunkPool::Move opening(const ChannelId& channel, const std::vector<BlobId>& chunks, const File& file,
                        const content::FileCipher& cipher) {
  return [&](net::Transfers& transfers, const std::string& token, std::uint32_t index) -> Result<BlobId> {
    TRY(Bytes buffer, fetch(transfers, {channel, chunks[index]}, token, "chunk"));
    TRY_OK(cipher.open(index, buffer));
    TRY_OK(file.write(std::uint64_t{index} * limits::chunk_bytes,
                      BytesView(buffer).first(cipher.shape().file_bytes(index))));
    return chunks[index];
  };
}

Result<Hash32> hash_of(const File& file, const content::FileShape& shape) {
  crypto::Sha256Stream whole;
  Bytes buffer(limits::chunk_bytes);
  for (std::uint32_t i = 0; i < shape.chunks(); ++i) {
    MutableBytes part = MutableBytes(buffer).first(shape.file_bytes(i));
    TRY_OK(file.read(std::uint64_t{i} * limits::chunk_bytes, part));
    whole.update(part);
  }
  return whole.finish();
}

Status forget(Session& session, const UploadId& upload) {
  TRY([[maybe_unused]] auto forgotten, session.run(core::ForgetTransfer{upload}));
  return {};
}

// Which chunks an earlier run has written to this very file.
Status take_up(Session& session, const UploadId& upload, const fs::path& part, DoneBook& book) {
  auto kept = session.core().kept_transfer(upload);
  Bytes place = place_row(part);
  if (fs::exists(part) && kept.contains(place_part) && kept.at(place_part) == place) {
    book.load(kept, now(), days(3650));
    return {};
  }
  std::error_code ignored;
  fs::remove(part, ignored);
  TRY_OK(forget(session, upload));
  TRY([[maybe_unused]] auto outcome, session.run(core::KeepTransfer{upload, place_part, std::move(place)}));
  return {};
}

}  // namespace

Result<Moved> download(Session& session, Output& output, const ChannelId& channel, const content::Manifest& manifest,
                       const fs::path& target) {
  Timestamp begun = now();
  content::FileShape shape{manifest.bytes};
  content::FileCipher cipher(manifest.key, channel, manifest.upload, shape);
  fs::path part = target;
  part += ".part";
  TRY(auto chunks, fetch_list(session, output, channel, manifest, cipher));
  DoneBook book(shape.chunks());
  TRY_OK(take_up(session, manifest.upload, part, book));
  TRY(File file, File::open_to_write(part));
  Moved moved;
  moved.resumed = book.count() > 0;
  core::AllowTransfer allow{channel, std::nullopt, 0};
  TRY_OK(carry(session, output, {allow, manifest.upload, shape, "progress.download"}, book,
               opening(channel, chunks, file, cipher), moved.bytes));
  TRY_OK(file.resize(shape.bytes));
  TRY_OK(file.sync());
  TRY(Hash32 found, hash_of(file, shape));
  std::error_code error;
  if (found != manifest.content) {
    fs::remove(part, error);
    TRY_OK(forget(session, manifest.upload));
    return fail(Code::bad_tag, "content");
  }
  fs::rename(part, target, error);
  if (error) return fail(Code::storage_failed, "file");
  TRY_OK(forget(session, manifest.upload));
  moved.seconds = static_cast<double>((now() - begun).ms) / 1000.0;
  return moved;
}

}  // namespace encuentro::client::cli
