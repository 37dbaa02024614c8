// A whole client that hears anything: commands, frames of a server that is its enemy, HTTPS answers, time. It doesn't
// fall over, answers every call in its own form, and what it stored opens again.
#include "fuzz/door_session.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  encuentro::fuzz::DoorSession session;
  session.run({data, size});
  ENC_CHECK(session.opens_again());
  return 0;
}
