#include "tests/vectors/families.h"

namespace encuentro::vectors {

namespace {

constexpr Family all[] = {
    {"tree-math", verify_tree_math},
    {"crypto-basics", verify_crypto_basics},
    {"secret-tree", verify_secret_tree},
    {"message-protection", verify_message_protection},
    {"key-schedule", verify_key_schedule},
    {"psk_secret", verify_psk_secret},
    {"transcript-hashes", verify_transcript_hashes},
    {"welcome", verify_welcome},
    {"tree-operations", verify_tree_operations},
    {"tree-validation", verify_tree_validation},
    {"treekem", verify_treekem},
    {"messages", verify_messages},
    {"passive-client", verify_passive_client},
    {"deserialization", verify_deserialization},
};

}  // namespace

std::span<const Family> families() { return all; }

const Family* family_named(std::string_view type) {
  for (const Family& family : all) {
    if (family.type == type) return &family;
  }
  return nullptr;
}

const Family* family_of_file(std::string_view file_name) {
  const Family* found = nullptr;
  for (const Family& family : all) {
    if (!file_name.starts_with(family.type)) continue;
    std::string_view rest = file_name.substr(family.type.size());
    if (!rest.empty() && std::string_view("-_.").find(rest[0]) == std::string_view::npos) continue;
    if (found == nullptr || family.type.size() > found->type.size()) found = &family;
  }
  return found;
}

}  // namespace encuentro::vectors
