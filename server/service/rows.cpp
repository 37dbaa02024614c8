#include "server/service/rows.h"

namespace encuentro::server::service {

namespace {

using Take = std::move_only_function<Status(const storage::Record&)>;

void read_after(Ports& ports, storage::PartitionId partition, std::string after, Take take, storage::Done<void> done) {
  auto then = [&ports, partition, take = std::move(take),
               done = std::move(done)](Result<storage::RecordPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    for (const auto& record : page->records) {
      if (auto taken = take(record); !taken) return done(std::move(taken));
    }
    if (!page->more) return done({});
    read_after(ports, std::move(partition), page->records.back().key, std::move(take), std::move(done));
  };
  ports.store.scan(partition, "", std::move(after), {}, posted<storage::RecordPage>(ports, std::move(then)));
}

}  // namespace

void read_rows(Ports& ports, storage::PartitionId partition, Take take, storage::Done<void> done) {
  read_after(ports, std::move(partition), "", std::move(take), std::move(done));
}

}  // namespace encuentro::server::service
