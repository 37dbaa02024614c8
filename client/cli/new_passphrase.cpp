#include "client/cli/new_passphrase.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "client/cli/passphrase.h"
#include "client/core/wordlist.h"
#include "protocol/crypto/compare.h"

namespace encuentro::client::cli {
namespace {

constexpr int tries_max = 3;

// Shows six words; an empty answer takes them after they were typed once, anything else is one's own phrase.
Result<SecretBytes> from_person(Output& output, Random& random) {
  SecretBytes entropy(8);
  random.fill(entropy.span());
  std::string proposed = core::words_for(entropy.view(), core::passphrase_words);
  std::fprintf(stderr, "\n%s\n\n    %s\n\n", output.words().text("passphrase.proposed").c_str(), proposed.c_str());
  SecretBytes wanted(as_bytes(proposed));
  wipe(proposed.data(), proposed.size());
  for (int n = 0; n < tries_max; ++n) {
    TRY(SecretBytes typed, passphrase_from_terminal(output.words().text("passphrase.type_it")));
    SecretBytes phrase = canonical_passphrase(typed);
    if (crypto::equal_constant_time(phrase.view(), wanted.view())) return phrase;
    if (phrase.size() >= own_passphrase_bytes_min) {
      TRY(SecretBytes again, passphrase_from_terminal(output.words().text("passphrase.again")));
      if (crypto::equal_constant_time(canonical_passphrase(again).view(), phrase.view())) return phrase;
    }
    output.say("passphrase.differs");
  }
  return fail(Code::wrong_passphrase);
}

Status long_enough(const SecretBytes& phrase) {
  if (phrase.size() >= own_passphrase_bytes_min) return {};
  return fail(Code::weak_passphrase, "", own_passphrase_bytes_min, phrase.size());
}

}  // namespace

SecretBytes canonical_passphrase(const SecretBytes& typed) {
  std::string plain = core::normalized_passphrase(as_text(typed.view()));
  SecretBytes result(as_bytes(plain));
  wipe(plain.data(), plain.size());
  return result;
}

Result<SecretBytes> new_passphrase(const std::optional<std::string>& file, Output& output, Random& random) {
  const char* named = std::getenv("ENCUENTRO_PASSPHRASE_FILE");
  bool from_file = file || (named != nullptr && *named != '\0');
  if (!from_file) return from_person(output, random);
  TRY(SecretBytes phrase, read_passphrase(file, ""));
  TRY_OK(long_enough(phrase));
  return phrase;
}

Result<SecretBytes> another_passphrase(const std::optional<std::string>& file, Output& output, Random& random) {
  if (!file) return from_person(output, random);
  TRY(SecretBytes phrase, passphrase_from_file(*file));
  TRY_OK(long_enough(phrase));
  return phrase;
}

}  // namespace encuentro::client::cli
