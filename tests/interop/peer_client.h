// A client of ts-mls as a participant: peer.mjs in a node process, asked over a pipe.
#pragma once

#include <cstdio>
#include <nlohmann/json.hpp>

#include "tests/interop/participant.h"

namespace encuentro::interop {

class PeerProcess {
 public:
  // Starts `node script`. Throws if it can't.
  PeerProcess(const std::string& node, const std::string& script);
  ~PeerProcess();
  PeerProcess(const PeerProcess&) = delete;
  PeerProcess& operator=(const PeerProcess&) = delete;

  // One request, one reply. Throws what the other side reports.
  nlohmann::json ask(const nlohmann::json& request);
  int next_client() { return clients_++; }

 private:
  int child_ = -1;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
  int clients_ = 0;
};

class PeerClient final : public Participant {
 public:
  PeerClient(std::string name, crypto::Suite suite, PeerProcess& process);
  ~PeerClient() override;

  bool ours() const override { return false; }
  void create(BytesView group_id) override;
  Bytes key_package() override;
  void join(BytesView welcome, BytesView tree) override;
  Published group_info(bool with_tree) override;
  Bytes join_externally(BytesView group_info, BytesView tree, bool resync) override;
  Bytes propose(const ProposalWish& wish, bool in_public) override;
  Committed commit(const std::vector<ProposalWish>& wishes, bool in_public, bool tree_in_welcome) override;
  void receive_handshake(BytesView message) override;
  Bytes send(BytesView plaintext) override;
  Bytes receive(BytesView message) override;
  View view() override { return view_; }
  Bytes export_secret(std::string_view label, BytesView context, std::size_t size) override;

 private:
  nlohmann::json ask(const char* operation, nlohmann::json request = nlohmann::json::object());
  void take_view(const nlohmann::json& reply);

  PeerProcess& process_;
  int number_;
  View view_;
};

}  // namespace encuentro::interop
