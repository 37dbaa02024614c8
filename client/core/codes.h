// Codes that only the client says, beside those of protocol/base/error.h: the server neither sends nor reads them.
// Their words stand in the same table (error.cpp).
#pragma once

#include "protocol/base/error.h"

namespace encuentro::client::core {

// Who may come in has changed and the person hasn't said yet that he has seen it: nothing is sent there.
inline constexpr Code admission_changed{515};
// An alarm stands (its word: Error::rule): what is held may be old, nothing is sent.
inline constexpr Code channel_alarmed{516};

}  // namespace encuentro::client::core
