// The one mail there is: three languages, no word of what is new. Two mails to one address differ in Date and
// Message-ID only, and in no length.
#pragma once

#include <string>
#include <string_view>

#include "protocol/base/random.h"
#include "protocol/base/time.h"

namespace encuentro::aviso {

// RFC 5322, lines end with CRLF. `from` and `to` are addresses (api::check_mail_address).
std::string neutral_mail(std::string_view from, std::string_view to, Timestamp now, Random& random);

}  // namespace encuentro::aviso
