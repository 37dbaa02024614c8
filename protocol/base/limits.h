// Every length that comes from outside is bounded here before memory is taken for it. Related limits are
// held together by static_assert. Requirements R26, R66, R70-R79; sizes as decided in the design.
#pragma once

#include <cstddef>
#include <cstdint>

namespace encuentro::limits {

inline constexpr std::size_t KiB = 1024;
inline constexpr std::size_t MiB = 1024 * KiB;
inline constexpr std::size_t GiB = 1024 * MiB;

// The wire
inline constexpr std::size_t frame_bytes_max = 128 * KiB;
inline constexpr std::size_t frame_before_login_bytes_max = 4 * KiB;  // R72
// One log entry, all parts: 64 KiB less what the server writes in front of it in a store value.
inline constexpr std::size_t entry_bytes_max = 64 * KiB - 64;
inline constexpr std::size_t inline_part_bytes_max = 32 * KiB;  // larger parts of an entry are blobs
inline constexpr std::size_t blob_bytes_max = 2 * MiB;
inline constexpr std::size_t chunk_bytes = 256 * KiB;
inline constexpr std::size_t chunk_sealed_bytes = chunk_bytes + 16;
static_assert(entry_bytes_max + 4 * KiB <= frame_bytes_max);
static_assert(inline_part_bytes_max < entry_bytes_max);

// Requests and replies
inline constexpr std::size_t items_per_reply_max = 1000;
inline constexpr std::size_t address_bytes_max = 255 + 6;  // HOST:PORT
inline constexpr std::size_t one_time_code_bytes_max = 64;
inline constexpr std::size_t token_bytes_max = 256;
inline constexpr std::size_t policy_bytes_max = 16 * KiB;
inline constexpr std::size_t key_package_bytes_max = 8 * KiB;
inline constexpr std::size_t key_packages_per_put_max = 32;
inline constexpr std::size_t channels_per_member_max = 200;

// Groups (R76)
inline constexpr std::size_t leaves_max = 500;           // what the server and policy admit
inline constexpr std::size_t mls_leaves_max = 1u << 16;  // what the library decodes
inline constexpr std::size_t tree_bytes_max = 64 * MiB;  // a serialized tree as the library decodes it
inline constexpr std::size_t mls_vector_bytes_max = 64 * MiB;
inline constexpr std::size_t proposals_per_commit_max = 1024;
inline constexpr std::size_t proposals_held_max = 1024;  // received in an epoch and not yet committed
inline constexpr std::size_t extensions_max = 64;
inline constexpr std::size_t capabilities_max = 1024;  // entries in each list of a leaf's capabilities
inline constexpr std::size_t certificates_max = 16;
inline constexpr std::size_t external_senders_max = 256;
inline constexpr std::size_t tree_depth_max = 16;
static_assert(std::size_t{1} << tree_depth_max == mls_leaves_max);
inline constexpr std::size_t generation_skip_max = 2000;  // forward jump of a sender ratchet (R26)
inline constexpr std::size_t skipped_keys_max = 1000;     // kept for out-of-order messages, per sender
inline constexpr std::size_t key_package_lifetime_days_max = 84;

// Roster
inline constexpr std::size_t roster_entry_bytes_max = 16 * KiB;
inline constexpr std::size_t sealed_name_bytes_max = 1024;
inline constexpr std::size_t institutions_max = 8;
inline constexpr std::size_t devices_per_member_max = 16;
inline constexpr std::size_t roots_max = 31;

// Records
inline constexpr std::size_t group_id_bytes_max = 64;
inline constexpr std::size_t pins_max = 64;               // uploads one record pins
inline constexpr std::size_t link_ciphertext_bytes = 48;  // a 32-byte archive key and its tag
inline constexpr std::size_t rule_bytes_max = 64;         // the name of a rule in a report or an error reply
inline constexpr std::size_t body_bytes_max = 48 * KiB;   // plaintext of one content item
static_assert(body_bytes_max + 8 * KiB <= entry_bytes_max);

// Content
inline constexpr std::size_t inline_attachment_bytes_max = 16 * KiB;  // larger files are documents
inline constexpr std::size_t attachments_max = 32;
inline constexpr std::size_t mentions_max = 256;
inline constexpr std::size_t fields_max = 256;
inline constexpr std::size_t zone_bytes_max = 64;  // IANA zone name
inline constexpr std::size_t media_type_bytes_max = 127;

// Storage: what the narrowest engine behind the interface (RADOS) takes, enforced for every engine
inline constexpr std::size_t partition_kind_bytes_max = 16;
inline constexpr std::size_t partition_id_bytes_max = 128;
inline constexpr std::size_t store_key_bytes_max = 512;
inline constexpr std::size_t store_value_bytes_max = 64 * KiB;  // a log entry's body or a record's value
inline constexpr std::size_t request_id_bytes_max = 64;
inline constexpr std::size_t change_set_bytes_max = 16 * MiB;
inline constexpr std::size_t change_set_keys_max = 2000;  // keys compared or written
inline constexpr std::size_t store_page_items_max = 1000;
static_assert(entry_bytes_max <= store_value_bytes_max);

// People's input (R78)
inline constexpr std::size_t passphrase_bytes_max = 1024;
inline constexpr std::size_t display_name_bytes_max = 256;
inline constexpr std::size_t title_bytes_max = 512;

}  // namespace encuentro::limits
