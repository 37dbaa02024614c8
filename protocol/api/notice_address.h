// A mail address sealed to the program that sends notices (docs/FORMATS.md §7.1): HPKE (RFC 9180, base mode, the
// network's suite) over the address padded to one length, so that server and disk hold no address. The server links
// neither direction.
#pragma once

#include <string>
#include <string_view>

#include "protocol/api/notice_calls.h"
#include "protocol/base/random.h"
#include "protocol/crypto/hpke.h"

namespace encuentro::api {

inline constexpr std::size_t mail_address_bytes_max = 254;  // RFC 5321 §4.5.3.1.3

// An address as a person types it: visible ASCII, one '@' with something on both sides, nothing that a mail's head or
// an SMTP command could take for its own end. Errors: malformed, too_large.
Status check_mail_address(std::string_view address);

// Errors: those of check_mail_address; bad_key.
Result<Bytes> seal_notice_address(BytesView key, std::string_view address, Random& random);
// Errors: bad_tag (sealed to another key, or altered); malformed and too_large as above.
Result<std::string> open_notice_address(const crypto::HpkeKeyPair& key, BytesView handle);

}  // namespace encuentro::api
