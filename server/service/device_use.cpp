#include "server/service/device_use.h"

#include "protocol/codec/reader.h"
#include "server/service/partitions.h"

namespace encuentro::server::service {

namespace {

constexpr Duration sleeps_after = days(180);
constexpr Duration day = days(1);

Timestamp day_of(Timestamp time) { return Timestamp{time.ms - time.ms % day.ms}; }

}  // namespace

void DeviceUseBook::load(storage::Done<void> done) { load_after("", std::move(done)); }

void DeviceUseBook::load_after(std::string after, storage::Done<void> done) {
  auto then = [this, done = std::move(done)](Result<storage::RecordPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    for (const auto& record : page->records) {
      codec::Reader r(record.value);
      auto ms = r.u64();
      bool readable = ms && r.end() && record.key.size() == DeviceId::bytes;
      if (!readable) return done(fail(Code::storage_failed, "device use"));
      last_[DeviceId(as_bytes(record.key))] = Timestamp{static_cast<std::int64_t>(*ms)};
    }
    if (page->more) return load_after(page->records.back().key, std::move(done));
    done({});
  };
  ports_.store.scan(device_use_partition(), "", std::move(after), {},
                    posted<storage::RecordPage>(ports_, std::move(then)));
}

bool DeviceUseBook::asleep(const roster::DeviceView& device) const {
  if (device.kind != roster::DeviceKind::browser) return false;
  auto found = last_.find(device.id);
  return found != last_.end() && ports_.now() >= found->second + sleeps_after + day;
}

void DeviceUseBook::used(const roster::DeviceView& device) {
  if (device.kind != roster::DeviceKind::browser) return;
  Timestamp today = day_of(ports_.now());
  auto [place, first] = last_.try_emplace(device.id, today);
  if (!first && place->second >= today) return;
  place->second = today;
  codec::Writer w;
  w.u64(static_cast<std::uint64_t>(today.ms));
  storage::ChangeSet change{device_use_partition(), {}, {}};
  change.writes.push_back(storage::Put{key_text(device.id.view()), w.take()});
  ports_.store.commit(std::move(change),
                      posted<storage::CommitResult>(ports_, [](const Result<storage::CommitResult>&) {}));
}

}  // namespace encuentro::server::service
