// What parses as an invitation link prints to the same after its '#'.
#include "protocol/roster/invite_keys.h"

using namespace encuentro;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = as_text({data, size});
  if (auto link = roster::InviteLink::parse(text)) {
    auto printed = link->print();
    auto after = [](std::string_view whole) { return whole.substr(whole.rfind('#') + 1); };
    ENC_CHECK(after(as_text(printed.view())) == after(text));
  }
  if (auto code = roster::clean_invite_code(text)) ENC_CHECK(code->size() == roster::invite_code_digits);
  return 0;
}
