// What a book reads when the server starts: all rows of one partition.
#pragma once

#include "server/service/ports.h"

namespace encuentro::server::service {

// In the order of their keys, page after page. An error of `take` is the end of it. Errors: those, and the store's.
void read_rows(Ports& ports, storage::PartitionId partition,
               std::move_only_function<Status(const storage::Record&)> take, storage::Done<void> done);

}  // namespace encuentro::server::service
