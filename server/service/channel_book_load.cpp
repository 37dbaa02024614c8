// Reading channels from the store, at the start and after a failure.
#include "server/service/channel_book.h"
#include "server/service/channel_state.h"
#include "server/service/partitions.h"

namespace encuentro::server::service {

void ChannelBook::load(storage::Done<void> done) { load_index("", {}, std::move(done)); }

void ChannelBook::load_index(std::string after, std::vector<ChannelId> ids, storage::Done<void> done) {
  auto then = [this, ids = std::move(ids), done = std::move(done)](Result<storage::RecordPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    for (const auto& record : page->records) ids.push_back(ChannelId(as_bytes(record.key)));
    if (page->more) return load_index(page->records.back().key, std::move(ids), std::move(done));
    load_next(std::move(ids), std::move(done));
  };
  ports_.store.scan(channel_index(), "", std::move(after), {}, posted<storage::RecordPage>(ports_, std::move(then)));
}

void ChannelBook::load_next(std::vector<ChannelId> ids, storage::Done<void> done) {
  if (ids.empty()) return done({});
  ChannelId id = ids.back();
  ids.pop_back();
  line_of(id).indexed = true;
  load_log(id, 1, [this, id, ids = std::move(ids), done = std::move(done)](Result<void> loaded) mutable {
    if (!loaded) return done(std::move(loaded));
    lines_.at(id).durable = lines_.at(id).channel->head();
    load_next(std::move(ids), std::move(done));
  });
}

void ChannelBook::load_log(const ChannelId& id, std::uint64_t from, storage::Done<void> done) {
  auto then = [this, id, done = std::move(done)](Result<storage::LogPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    Channel& channel = *lines_.at(id).channel;
    for (const auto& entry : page->entries) {
      if (auto loaded = channel.load_entry(entry.seq, entry.body); !loaded) return done(std::move(loaded));
    }
    if (page->more) return load_log(id, page->entries.back().seq + 1, std::move(done));
    load_records(id, std::move(done));
  };
  storage::PageLimit limit{1000, std::size_t{1} << 20};
  ports_.store.read_log(channel_partition(id), from, limit, posted<storage::LogPage>(ports_, std::move(then)));
}

void ChannelBook::load_records(const ChannelId& id, storage::Done<void> done) {
  auto then = [this, id, done = std::move(done)](Result<storage::RecordPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    Channel& channel = *lines_.at(id).channel;
    if (channel.head().seq.value > 0) {
      auto state = join_state_pieces(page->records);
      if (!state) return done(std::unexpected(state.error()));
      if (auto loaded = channel.load_state(*state); !loaded) return done(std::move(loaded));
    }
    load_uploads(id, "up/", false, "", [this, id, done = std::move(done)](Result<void> loaded) mutable {
      if (!loaded) return done(std::move(loaded));
      load_uploads(id, "pin/", true, "", std::move(done));
    });
  };
  // limits::leaves_max leaves make a state of some hundred kilobytes.
  storage::PageLimit limit{1000, std::size_t{16} << 20};
  ports_.store.scan(channel_partition(id), state_prefix, "", limit,
                    posted<storage::RecordPage>(ports_, std::move(then)));
}

void ChannelBook::load_uploads(const ChannelId& id, const char* prefix, bool pinned, std::string after,
                               storage::Done<void> done) {
  auto then = [this, id, prefix, pinned, done = std::move(done)](Result<storage::RecordPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    for (const auto& record : page->records) {
      auto upload = Upload::decode(record.value);
      BytesView key = as_bytes(record.key).subspan(std::string_view(prefix).size());
      if (!upload || key.size() != UploadId::bytes) return done(fail(Code::storage_failed, "upload"));
      upload->pinned = pinned;
      lines_.at(id).channel->load_upload(UploadId(key), *upload);
    }
    if (page->more) return load_uploads(id, prefix, pinned, page->records.back().key, std::move(done));
    done({});
  };
  ports_.store.scan(channel_partition(id), prefix, std::move(after), {},
                    posted<storage::RecordPage>(ports_, std::move(then)));
}

}  // namespace encuentro::server::service
