// The families of the working group's vectors (test-vectors.md), one file each.
#pragma once

#include <span>

#include "tests/vectors/vector_case.h"

namespace encuentro::vectors {

Verdict verify_tree_math(const Fields& vector, Random& random);
Verdict verify_crypto_basics(const Fields& vector, Random& random);
Verdict verify_secret_tree(const Fields& vector, Random& random);
Verdict verify_message_protection(const Fields& vector, Random& random);
Verdict verify_key_schedule(const Fields& vector, Random& random);
Verdict verify_psk_secret(const Fields& vector, Random& random);
Verdict verify_transcript_hashes(const Fields& vector, Random& random);
Verdict verify_welcome(const Fields& vector, Random& random);
Verdict verify_tree_operations(const Fields& vector, Random& random);
Verdict verify_tree_validation(const Fields& vector, Random& random);
Verdict verify_treekem(const Fields& vector, Random& random);
Verdict verify_messages(const Fields& vector, Random& random);
Verdict verify_passive_client(const Fields& vector, Random& random);
Verdict verify_deserialization(const Fields& vector, Random& random);

struct Family {
  std::string_view type;
  Verify verify;
};
std::span<const Family> families();
// By the name of a type. Null if there is none.
const Family* family_named(std::string_view type);
// By the name of a file, without folder: TYPE.json, or TYPE and more after a separator. The longest type wins.
const Family* family_of_file(std::string_view file_name);

}  // namespace encuentro::vectors
