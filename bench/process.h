// What another process used, as the kernel counts it.
#pragma once

#include <sys/types.h>

namespace encuentro::bench {

double cpu_us_of(pid_t process);
double resident_bytes_of(pid_t process);

}  // namespace encuentro::bench
