// What parses as an invitation link prints to the same after its '#', but for the blanks of a typed one.
#include <string>

#include "protocol/roster/invite_keys.h"

using namespace encuentro;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = as_text({data, size});
  if (auto link = roster::InviteLink::parse(text)) {
    auto printed = link->print();
    auto after = [](std::string_view whole) {
      std::string link(whole.substr(whole.rfind('#') + 1));
      std::erase_if(link, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
      return link;
    };
    ENC_CHECK(after(as_text(printed.view())) == after(text));
  }
  if (auto code = roster::clean_invite_code(text)) ENC_CHECK(code->size() == roster::invite_code_digits);
  return 0;
}
