// The working group's vectors that need public data only. The folder is MLS_VECTORS or ../shared/mls-vectors
// beside the sources; without it this says so and checks nothing.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "protocol/mls/public/message.h"
#include "protocol/mls/public/transcript.h"
#include "protocol/mls/public/tree_validation.h"

namespace encuentro::mls {
namespace {

using nlohmann::json;

json load(const std::string& name) {
  const char* folder = std::getenv("MLS_VECTORS");
  std::string path = std::string(folder != nullptr ? folder : ENCUENTRO_VECTORS) + "/" + name + ".json";
  std::ifstream file(path);
  if (!file) {
    WARN("no " << path << ": set MLS_VECTORS");
    return json::array();
  }
  return json::parse(file);
}

Bytes hex(const json& value) {
  Bytes out;
  REQUIRE(from_hex(value.get<std::string>(), out));
  return out;
}

RatchetTree tree_of(crypto::Suite suite, BytesView bytes) {
  auto nodes = decoded<RatchetTreeNodes>(bytes);
  REQUIRE(nodes);
  auto tree = RatchetTree::load(suite, std::move(*nodes));
  REQUIRE(tree);
  return std::move(*tree);
}

template <class T>
void same_bytes(const json& value) {
  Bytes bytes = hex(value);
  auto object = decoded<T>(bytes);
  if (!object) FAIL(std::string(name(object.error().code)) << " " << object.error().got);
  CHECK(equal(encoded(*object), bytes));
}

}  // namespace

TEST_CASE("vectors: tree-math") {
  for (const json& v : load("tree-math")) {
    LeafCount leaves{v["n_leaves"].get<std::uint32_t>()};
    CHECK(node_count(leaves) == v["n_nodes"].get<std::uint32_t>());
    CHECK(root(leaves).value == v["root"].get<std::uint32_t>());
    for (std::uint32_t i = 0; i < node_count(leaves); ++i) {
      NodeIndex node{i};
      if (!v["left"][i].is_null()) CHECK(left(node).value == v["left"][i].get<std::uint32_t>());
      if (!v["right"][i].is_null()) CHECK(right(node).value == v["right"][i].get<std::uint32_t>());
      CHECK(is_leaf(node) == v["left"][i].is_null());
      CHECK((node == root(leaves)) == v["parent"][i].is_null());
      if (!v["parent"][i].is_null()) CHECK(parent(node).value == v["parent"][i].get<std::uint32_t>());
      if (!v["sibling"][i].is_null()) CHECK(sibling(node).value == v["sibling"][i].get<std::uint32_t>());
    }
  }
}

TEST_CASE("vectors: deserialization") {
  for (const json& v : load("deserialization")) {
    Bytes header = hex(v["vlbytes_header"]);
    codec::Reader reader(header);
    auto length = reader.header();
    REQUIRE(length);
    CHECK(*length == v["length"].get<std::size_t>());
    CHECK(reader.at_end());
  }
}

TEST_CASE("vectors: messages") {
  for (const json& v : load("messages")) {
    for (const char* key : {"mls_welcome", "mls_group_info", "mls_key_package", "public_message_application",
                            "public_message_proposal", "public_message_commit", "private_message"}) {
      same_bytes<MlsMessage>(v[key]);
    }
    same_bytes<RatchetTreeNodes>(v["ratchet_tree"]);
    same_bytes<Add>(v["add_proposal"]);
    same_bytes<Update>(v["update_proposal"]);
    same_bytes<Remove>(v["remove_proposal"]);
    same_bytes<PreSharedKey>(v["pre_shared_key_proposal"]);
    same_bytes<ReInit>(v["re_init_proposal"]);
    same_bytes<ExternalInit>(v["external_init_proposal"]);
    same_bytes<GroupContextExtensions>(v["group_context_extensions_proposal"]);
    same_bytes<Commit>(v["commit"]);
  }
}

TEST_CASE("vectors: transcript-hashes") {
  for (const json& v : load("transcript-hashes")) {
    auto suite = static_cast<crypto::Suite>(v["cipher_suite"].get<int>());
    auto commit = decoded<AuthenticatedContent>(hex(v["authenticated_content"]));
    REQUIRE(commit);
    Digest confirmed = confirmed_transcript_hash(suite, Digest(hex(v["interim_transcript_hash_before"])), *commit);
    CHECK(to_hex(confirmed.view()) == v["confirmed_transcript_hash_after"].get<std::string>());
    Digest interim = interim_transcript_hash(suite, confirmed, commit->auth.confirmation_tag);
    CHECK(to_hex(interim.view()) == v["interim_transcript_hash_after"].get<std::string>());
  }
}

TEST_CASE("vectors: tree-validation") {
  for (const json& v : load("tree-validation")) {
    auto suite = static_cast<crypto::Suite>(v["cipher_suite"].get<int>());
    Bytes bytes = hex(v["tree"]);
    RatchetTree tree = tree_of(suite, bytes);
    codec::Writer writer;
    tree.encode(writer);
    CHECK(equal(writer.view(), bytes));
    for (std::uint32_t i = 0; i < node_count(tree.leaf_count()); ++i) {
      std::vector<std::uint32_t> resolution;
      for (NodeIndex node : tree.resolution({i})) resolution.push_back(node.value);
      CHECK(json(resolution) == v["resolutions"][i]);
      CHECK(to_hex(tree.tree_hash({i}).view()) == v["tree_hashes"][i].get<std::string>());
    }
    CHECK(check_tree(tree).has_value());
    Bytes group_id = hex(v["group_id"]);
    for (std::uint32_t i = 0; i < tree.leaf_count().value; ++i) {
      if (const LeafNode* leaf = tree.leaf({i})) CHECK(leaf->verify(suite, {group_id, {i}}).has_value());
    }
  }
}

TEST_CASE("vectors: tree-operations") {
  for (const json& v : load("tree-operations")) {
    auto suite = static_cast<crypto::Suite>(v["cipher_suite"].get<int>());
    RatchetTree tree = tree_of(suite, hex(v["tree_before"]));
    CHECK(to_hex(tree.tree_hash().view()) == v["tree_hash_before"].get<std::string>());
    auto proposal = decoded<Proposal>(hex(v["proposal"]));
    REQUIRE(proposal);
    TreeChange change = tree.begin();
    if (const Add* add = proposal->as<Add>()) tree.add(change, add->key_package->leaf_node);
    if (const Update* update = proposal->as<Update>()) {
      tree.update(change, {v["proposal_sender"].get<std::uint32_t>()}, update->leaf_node);
    }
    if (const Remove* remove = proposal->as<Remove>()) tree.remove(change, remove->removed);
    auto check_after = [&] {
      CHECK(to_hex(tree.tree_hash().view()) == v["tree_hash_after"].get<std::string>());
      codec::Writer writer;
      tree.encode(writer);
      CHECK(to_hex(writer.view()) == v["tree_after"].get<std::string>());
    };
    check_after();
    tree.undo(change);
    CHECK(to_hex(tree.tree_hash().view()) == v["tree_hash_before"].get<std::string>());
    codec::Writer writer;
    tree.encode(writer);
    CHECK(to_hex(writer.view()) == v["tree_before"].get<std::string>());
    tree.redo(change);
    check_after();
  }
}

}  // namespace encuentro::mls
