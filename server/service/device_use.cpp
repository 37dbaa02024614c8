#include "server/service/device_use.h"

#include "protocol/codec/reader.h"
#include "server/service/partitions.h"
#include "server/service/rows.h"

namespace encuentro::server::service {

namespace {

constexpr Duration sleeps_after = days(180);
constexpr Duration day = days(1);

Timestamp day_of(Timestamp time) { return Timestamp{time.ms - time.ms % day.ms}; }

}  // namespace

void DeviceUseBook::load(storage::Done<void> done) {
  auto take = [this](const storage::Record& record) -> Status {
    codec::Reader r(record.value);
    auto ms = r.u64();
    bool readable = ms && r.end() && record.key.size() == DeviceId::bytes;
    if (!readable) return fail(Code::storage_failed, "device use");
    last_[DeviceId(as_bytes(record.key))] = Timestamp{static_cast<std::int64_t>(*ms)};
    return {};
  };
  read_rows(ports_, device_use_partition(), std::move(take), std::move(done));
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
