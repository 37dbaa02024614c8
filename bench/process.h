// What another process used, as the kernel counts it.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>

namespace encuentro::bench {

double cpu_us_of(pid_t process);
double resident_bytes_of(pid_t process);
// Processor time of its threads, by their names; those of one name together.
std::map<std::string, double> thread_cpu_us_of(pid_t process);

}  // namespace encuentro::bench
