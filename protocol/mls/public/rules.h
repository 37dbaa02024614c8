// The validation rules of RFC 9420, each with a number, so that the code that refuses, the error that says
// why and the test that proves it carry the same name: R-MLS-17. 10 to 99 are judged from public data,
// 100 to 149 by mls/member. Not here, because nothing is left to check:
//   - proposals of an unknown type (§12.2): they can't be read, Code::unknown_kind;
//   - whether a credential is true (§5.3.1): the caller's, who inspects the staged leaves.
#pragma once

#include "protocol/base/error.h"

namespace encuentro::mls {

// X(number, name, Code of the error, section of RFC 9420, what is demanded)
#define ENCUENTRO_MLS_RULES(X)                                                                                     \
  /* Leaf nodes */                                                                                                 \
  X(10, leaf_signature, invalid_leaf, "7.3", "a leaf's signature verifies under its signature_key")                \
  X(11, leaf_required_capabilities, invalid_leaf, "7.3", "a leaf has the group's required capabilities")           \
  X(12, leaf_credential_supported, invalid_leaf, "7.3", "all members support the leaf's credential type")          \
  X(13, leaf_supports_credentials, invalid_leaf, "7.3", "a leaf supports the credential types in use")             \
  X(14, leaf_lifetime_now, invalid_leaf, "7.3", "the time is within the leaf's lifetime")                          \
  X(15, leaf_lifetime_total, invalid_leaf, "7.2", "a lifetime is not longer than the application's maximum")       \
  X(16, leaf_extensions_listed, invalid_leaf, "7.3", "a leaf's extensions are listed in its capabilities")         \
  X(17, key_package_leaf_source, invalid_leaf, "7.3", "a KeyPackage's leaf has source key_package")                \
  X(18, update_leaf_source, invalid_leaf, "7.3", "an Update's leaf has source update")                             \
  X(19, update_key_differs, invalid_leaf, "7.3", "an Update's encryption_key is not the replaced leaf's")          \
  X(20, path_leaf_source, invalid_leaf, "7.3", "an UpdatePath's leaf has source commit")                           \
  X(21, signature_key_unique, invalid_leaf, "7.3", "no two members have one signature_key")                        \
  X(22, encryption_key_unique, invalid_leaf, "7.3", "no two leaves have one encryption_key")                       \
  X(23, leaf_supports_extensions, invalid_leaf, "13.4", "a leaf supports the GroupContext's extensions")           \
  X(24, leaf_supports_suite, invalid_leaf, "7.2", "a leaf lists the group's version and cipher suite")             \
  X(25, extension_types_distinct, malformed, "13.4", "a list of extensions has each type at most once")            \
  X(26, hpke_key_valid, bad_key, "5.1.1", "an HPKE key is a public key of the group's suite")                      \
  /* KeyPackages */                                                                                                \
  X(30, key_package_group, invalid_key_package, "10.1", "version and cipher suite are the group's")                \
  X(31, key_package_signature, invalid_key_package, "10.1", "the signature verifies under the leaf's key")         \
  X(32, key_package_init_key, invalid_key_package, "10.1", "init_key is not the leaf's encryption_key")            \
  /* Proposals and lists of them */                                                                                \
  X(40, no_update_by_committer, invalid_proposal, "12.2", "no Update is the committer's own")                      \
  X(41, no_remove_of_committer, invalid_proposal, "12.2", "no Remove removes the committer")                       \
  X(42, leaf_changed_once, invalid_proposal, "12.2", "at most one Update or Remove applies to a leaf")             \
  X(43, adds_distinct, invalid_proposal, "12.2", "no two Adds are of one client")                                  \
  X(44, add_of_stranger, invalid_proposal, "12.2", "no Add is of a member that stays")                             \
  X(45, psks_distinct, invalid_proposal, "12.2", "no two PreSharedKeys name one PSK")                              \
  X(46, one_context_extensions, invalid_proposal, "12.2", "at most one GroupContextExtensions")                    \
  X(47, reinit_alone, invalid_proposal, "12.2", "a ReInit stands alone")                                           \
  X(48, no_external_init, invalid_proposal, "12.2", "no ExternalInit in a member's Commit")                        \
  X(49, remove_of_member, invalid_proposal, "12.1.3", "a Remove names a leaf that isn't blank")                    \
  X(50, psk_not_reinit, invalid_proposal, "12.1.4", "no PSK of usage reinit outside of a reinitialization")        \
  X(51, psk_not_branch, invalid_proposal, "12.1.4", "no PSK of usage branch outside of a branch")                  \
  X(52, psk_nonce_length, invalid_proposal, "12.1.4", "a PSK's nonce is KDF.Nh bytes long")                        \
  X(53, reinit_version, invalid_proposal, "12.1.5", "a ReInit's version is not below the group's")                 \
  X(54, required_capabilities_met, invalid_proposal, "12.1.7", "all members have newly required capabilities")     \
  X(55, context_extensions_supported, invalid_proposal, "13.4", "all members support new GroupContext extensions") \
  X(56, external_proposal_kind, invalid_proposal, "12.1.8", "no Update or ExternalInit from an external sender")   \
  X(57, new_member_adds, invalid_proposal, "12.1.8", "a new member proposes an Add")                               \
  X(58, external_sender_listed, invalid_proposal, "12.1.8.1", "an external sender is in external_senders")         \
  X(60, one_external_init, invalid_proposal, "12.2", "an external Commit has exactly one ExternalInit")            \
  X(61, one_resync_remove, invalid_proposal, "12.2", "an external Commit has at most one Remove")                  \
  X(62, external_commit_kinds, invalid_proposal, "12.2", "an external Commit has no other proposals but PSKs")     \
  X(63, resync_key_differs, invalid_proposal, "12.2", "a rejoiner's encryption_key is not its old leaf's")         \
  X(64, external_commit_by_value, invalid_commit, "12.4.3.2", "an external Commit refers to no proposal")          \
  X(65, external_commit_path, invalid_commit, "12.4.3.2", "an external Commit has a path")                         \
  /* Commits */                                                                                                    \
  X(69, proposal_held, unknown_proposal, "12.4", "a proposal referred to was received in this epoch")              \
  X(70, path_if_no_proposals, invalid_commit, "12.4", "a Commit without proposals has a path")                     \
  X(71, path_if_required, invalid_commit, "12.4", "a Commit with a proposal that requires it has a path")          \
  X(72, group_id_matches, wrong_group, "6.1", "a message names this group")                                        \
  X(73, epoch_matches, wrong_epoch, "12.4.2", "a message names the current epoch")                                 \
  X(74, sender_is_member, not_a_member, "6.1", "a member's message names a leaf that isn't blank")                 \
  X(75, commit_signature, bad_signature, "12.4.2", "a Commit's signature verifies")                                \
  X(76, proposal_signature, bad_signature, "6.1", "a proposal message's signature verifies")                       \
  X(77, path_leaf_key_differs, invalid_commit, "12.4.2", "the committer's new leaf has a new encryption_key")      \
  X(78, path_keys_fresh, invalid_commit, "12.4.2", "no key of the path is in the tree already")                    \
  X(79, path_parent_hash, invalid_commit, "7.9.2", "the new leaf's parent_hash is the path's")                     \
  X(80, path_length, invalid_commit, "7.6", "the path has a node for each step of the filtered direct path")       \
  X(81, path_ciphertexts, invalid_commit, "7.6", "a path node has a ciphertext for each node of the resolution")   \
  X(82, none_after_reinit, invalid_commit, "12.4.2", "nothing follows a Commit of a ReInit")                       \
  X(83, no_public_application, malformed, "6.2", "a PublicMessage holds no application data")                      \
  X(84, sender_may_send, malformed, "6.1", "the sender's type may send this type of content")                      \
  /* Joining */                                                                                                    \
  X(85, group_info_signer, invalid_tree, "12.4.3", "a GroupInfo's signer is a member")                             \
  X(86, group_info_signature, bad_signature, "12.4.3", "a GroupInfo's signature verifies")                         \
  X(87, group_info_context, invalid_tree, "8.1", "a GroupInfo's context is that of the group followed")            \
  X(88, group_info_tag, invalid_tree, "8.2", "a GroupInfo's confirmation tag gives the interim hash followed")     \
  X(90, tree_ends_non_blank, invalid_tree, "12.4.3.3", "the last node of a ratchet_tree isn't blank")              \
  X(91, node_at_its_place, invalid_tree, "12.4.3.3", "leaves have even indices, parents odd ones")                 \
  X(92, parent_has_leaves, invalid_tree, "7.9.2", "a parent that isn't blank has a leaf below it")                 \
  X(93, parents_valid, invalid_tree, "7.9.2", "each parent is parent-hash valid by exactly one chain")             \
  X(94, unmerged_is_below, invalid_tree, "12.4.3.1", "an unmerged leaf is a member below the parent")              \
  X(95, unmerged_between, invalid_tree, "12.4.3.1", "parents between an unmerged leaf and its parent list it too") \
  X(96, parent_key_unique, invalid_tree, "12.4.3.1", "a parent's encryption_key is in no other node")              \
  X(97, tree_hash_matches, invalid_tree, "12.4.3.1", "the tree's hash is the GroupContext's tree_hash")            \
  /* Judged by mls/member: 100 to 149 */                                                                           \
  X(100, membership_tag, bad_tag, "6.2", "a member's PublicMessage carries the right membership tag")              \
  X(101, padding_is_zero, malformed, "6.3.1", "the padding of a PrivateMessage is zero")                           \
  X(102, sender_data_leaf, not_a_member, "6.3.2", "sender data names a leaf that isn't blank")                     \
  X(103, message_signature, bad_signature, "6.1", "an application message's signature verifies")                   \
  X(104, confirmation_tag, bad_tag, "12.4.2", "a Commit's confirmation tag is the new epoch's")                    \
  X(105, psks_available, missing_psk, "12.4.2", "the PSKs of committed PreSharedKeys are there")                   \
  X(106, path_secret_keys, invalid_commit, "7.5", "the keys derived from a path secret are the path's")            \
  X(107, own_update_key, missing_key, "12.1.2", "an own Update that is committed has its private key here")        \
  X(108, data_after_proposals, invalid_proposal, "12.4", "proposals received are committed before data is sent")   \
  X(109, data_after_reinit, invalid_commit, "12.4.2", "nothing is sent after a Commit of a ReInit")                \
  X(110, welcome_names_us, invalid_welcome, "12.4.3.1", "a Welcome has an entry for the KeyPackage")               \
  X(111, welcome_suite, invalid_welcome, "12.4.3.1", "a Welcome's cipher suite is the KeyPackage's")               \
  X(112, one_successor_psk, invalid_welcome, "12.4.3.1", "a PSK of usage reinit or branch is the only such")       \
  X(113, group_info_suite, invalid_welcome, "12.4.3.1", "a GroupInfo's cipher suite is the KeyPackage's")          \
  X(114, group_id_unique, invalid_welcome, "12.4.3", "the client isn't in a group of this id")                     \
  X(115, own_leaf_in_tree, invalid_welcome, "12.4.3.1", "the tree has the KeyPackage's leaf")                      \
  X(116, welcome_path_keys, invalid_welcome, "12.4.3.1", "the keys of a Welcome's path secret are the tree's")     \
  X(117, welcome_tag, bad_tag, "12.4.3.1", "a GroupInfo's confirmation tag is that of its epoch")                  \
  X(118, successor_epoch, invalid_welcome, "12.4.3.1", "a successor is joined in epoch 1")                         \
  X(119, reinit_parameters, invalid_welcome, "12.4.3.1", "a reinitialized group is what the ReInit said")          \
  X(120, reinit_members, invalid_welcome, "12.4.3.1", "all members of the old group are in the new one")           \
  X(121, branch_parameters, invalid_welcome, "12.4.3.1", "a branch has the version and suite of its origin")       \
  X(122, branch_members, invalid_welcome, "12.4.3.1", "the members of a branch are members of its origin")         \
  X(123, external_pub_there, invalid_welcome, "12.4.3.2", "a GroupInfo for external joins has external_pub")       \
  X(124, private_keys_match, bad_key, "10", "private keys belong to the KeyPackage's public ones")                 \
  X(125, welcome_psks_available, missing_psk, "12.4.3.1", "the PSKs that a Welcome names are there")               \
  X(126, successor_psk, invalid_welcome, "11.2", "a successor's PSK is of its predecessor's last epoch")

enum class Rule : std::uint16_t {
#define ENCUENTRO_MLS_RULE_NUMBER(number, name, code, section, text) name = number,
  ENCUENTRO_MLS_RULES(ENCUENTRO_MLS_RULE_NUMBER)
#undef ENCUENTRO_MLS_RULE_NUMBER
};

struct RuleText {
  Rule rule;
  const char* name;  // "R-MLS-17"
  Code code;
  const char* section;
  const char* text;
};

inline constexpr RuleText rules[] = {
#define ENCUENTRO_MLS_RULE_TEXT(number, name, code, section, text) \
  {Rule::name, "R-MLS-" #number, Code::code, section, text},
    ENCUENTRO_MLS_RULES(ENCUENTRO_MLS_RULE_TEXT)
#undef ENCUENTRO_MLS_RULE_TEXT
};

constexpr const RuleText& text_of(Rule rule) {
  for (const RuleText& entry : rules) {
    if (entry.rule == rule) return entry;
  }
  return rules[0];
}

// True, always. Only the build that tests the tests (ENCUENTRO_RULE_SWITCH) can take one rule out.
#ifdef ENCUENTRO_RULE_SWITCH
bool enforced(Rule rule);
#else
constexpr bool enforced(Rule) { return true; }
#endif

// The error of a broken rule.
inline std::unexpected<Error> broken(Rule rule, std::uint64_t expected = 0, std::uint64_t got = 0) {
  const RuleText& entry = text_of(rule);
  return fail(entry.code, entry.name, expected, got);
}

// Fails unless `holds`. For conditions that are cheap; others ask enforced() first.
inline Status demand(Rule rule, bool holds, std::uint64_t expected = 0, std::uint64_t got = 0) {
  if (holds || !enforced(rule)) return {};
  return broken(rule, expected, got);
}

}  // namespace encuentro::mls
