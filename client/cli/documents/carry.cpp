#include "client/cli/documents/carry.h"

#include "client/cli/clock.h"

namespace encuentro::client::cli {
namespace {

constexpr Duration look_around = milliseconds(100);
constexpr Duration idle_max = minutes(1);
constexpr Duration breath = seconds(5);  // the server pings a connection that is silent for 15
constexpr Duration token_margin = minutes(2);
constexpr Duration token_wait = seconds(5);
constexpr double mib = 1024.0 * 1024.0;

Status keep(Session& session, const Carriage& carriage, DoneBook& book) {
  if (!carriage.keep) return {};
  for (auto& [part, bytes] : book.take_changed(now())) {
    TRY([[maybe_unused]] auto kept, session.run(core::KeepTransfer{*carriage.keep, part, std::move(bytes)}));
  }
  return {};
}

std::string tenths(double value) {
  auto whole = static_cast<std::uint64_t>(value * 10);
  return std::to_string(whole / 10) + "." + std::to_string(whole % 10);
}

class Progress {
 public:
  Progress(Output& output, const Carriage& carriage, std::uint32_t at)
      : output_(output), carriage_(carriage), first_(at) {}
  ~Progress() { output_.progress_end(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::uint32_t through) {
    double total = static_cast<double>(carriage_.shape.bytes) / mib;
    double share = static_cast<double>(through) / carriage_.shape.chunks();
    double elapsed = static_cast<double>(std::max<std::int64_t>(1, (now() - begun_).ms)) / 1000.0;
    double rate = static_cast<double>(through - first_) * limits::chunk_bytes / mib / elapsed;
    output_.progress(output_.words().text(carriage_.words, {{"done", tenths(total * share)},
                                                            {"total", tenths(total)},
                                                            {"percent", std::to_string(static_cast<int>(share * 100))},
                                                            {"rate", tenths(rate)}}));
  }

 private:
  Output& output_;
  const Carriage& carriage_;
  std::uint32_t first_;
  Timestamp begun_ = now();
};

// Events meanwhile are nobody's: what is shown later is folded from the log.
void breathe(Session& session) {
  int asked = 0;
  session.follow([](const core::Event&) {}, [&asked] { return asked++ > 0; });
}

// A token that runs out or was refused is replaced; no answer only means that it is asked for again.
Status renew_if_needed(Session& session, const core::AllowTransfer& allow, ChunkPool& pool, Timestamp& expires) {
  bool needed = pool.token_wanted() || expires - now() < token_margin;
  if (!needed) return {};
  auto outcome = session.run(allow, token_wait);
  if (!outcome) {
    Code code = outcome.error().code;
    return code == Code::unreachable || code == Code::not_logged_in ? Status{} : std::unexpected(outcome.error());
  }
  const auto& allowed = std::get<core::TransferAllowed>(*outcome);
  expires = allowed.expires;
  pool.renew(allowed.token);
  return {};
}

}  // namespace

Result<core::TransferAllowed> allow_transfer(Session& session, const core::AllowTransfer& allow) {
  TRY(auto outcome, session.run(allow));
  return std::get<core::TransferAllowed>(outcome);
}

Status carry(Session& session, Output& output, const Carriage& carriage, DoneBook& book, ChunkPool::Move move,
             std::uint64_t& wire_bytes) {
  if (book.complete()) return {};
  TRY(auto allowed, allow_transfer(session, carriage.allow));
  Timestamp expires = allowed.expires, moved_at = now(), breathed_at = now();
  ChunkPool pool(session.endpoint(), allowed.token, book.missing(), std::move(move));
  Progress progress(output, carriage, book.count());
  Status status;
  while (status && !book.complete()) {
    for (const auto& through : pool.take(look_around)) {
      book.mark(through.index, through.chunk);
      wire_bytes += carriage.shape.sealed_bytes(through.index);
      moved_at = now();
    }
    progress.show(book.count());
    if (book.due()) status = keep(session, carriage, book);
    if (auto failure = pool.failure(); status && failure) status = std::unexpected(*failure);
    if (status && !book.complete()) status = renew_if_needed(session, carriage.allow, pool, expires);
    if (status && now() - moved_at > idle_max) status = fail(Code::unreachable, "chunk");
    if (now() - breathed_at > breath) {
      breathe(session);
      breathed_at = now();
    }
  }
  Status kept = keep(session, carriage, book);
  return status ? kept : status;
}

Status carry_one(Session& session, Output& output, const core::AllowTransfer& allow, ChunkPool::Move move) {
  DoneBook book(1);
  std::uint64_t uncounted = 0;
  return carry(session, output, {allow, std::nullopt, content::FileShape{}, "progress.chunk_list"}, book,
               std::move(move), uncounted);
}

}  // namespace encuentro::client::cli
