// A client in the exchange, ours or the other implementation's, behind one face: everything that passes between them
// is bytes of RFC 9420. What goes wrong is thrown as std::runtime_error with the client's name: the exchange ends
// there.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "protocol/base/bytes.h"
#include "protocol/crypto/suite.h"

namespace encuentro::interop {

// What all members of an epoch must agree on, and where this one sits.
struct View {
  std::uint64_t epoch = 0;
  Bytes authenticator;
  std::uint32_t leaf = 0;
  bool active = false;
};

struct Psk {
  Bytes id;
  Bytes nonce;
};

struct ProposalWish {
  enum class Kind { add, update, remove, psk } kind;
  Bytes key_package = {};  // add: an MLSMessage
  std::uint32_t leaf = 0;  // remove
  Psk psk = {};            // psk
};

struct Committed {
  Bytes commit;
  std::optional<Bytes> welcome;
  Bytes tree;  // of the new epoch, for joiners whose Welcome has none inside
};

struct Published {
  Bytes group_info;
  Bytes tree;
};

class Participant {
 public:
  explicit Participant(std::string name) : name_(std::move(name)) {}
  virtual ~Participant() = default;

  const std::string& name() const { return name_; }
  virtual bool ours() const = 0;

  virtual void create(BytesView group_id) = 0;
  virtual Bytes key_package() = 0;
  // `tree` is empty when the Welcome or GroupInfo has it inside.
  virtual void join(BytesView welcome, BytesView tree) = 0;
  virtual Published group_info(bool with_tree) = 0;
  // Returns the external Commit. `resync`: it also removes this client's former leaf.
  virtual Bytes join_externally(BytesView group_info, BytesView tree, bool resync) = 0;

  virtual Bytes propose(const ProposalWish& wish, bool in_public) = 0;
  // Commits all proposals received in this epoch and `wishes` by value, and enters the new epoch.
  virtual Committed commit(const std::vector<ProposalWish>& wishes, bool in_public, bool tree_in_welcome) = 0;
  virtual void receive_handshake(BytesView message) = 0;

  virtual Bytes send(BytesView plaintext) = 0;
  virtual Bytes receive(BytesView message) = 0;

  virtual View view() = 0;
  virtual Bytes export_secret(std::string_view label, BytesView context, std::size_t size) = 0;

 private:
  std::string name_;
};

}  // namespace encuentro::interop
