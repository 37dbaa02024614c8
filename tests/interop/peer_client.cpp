#include "tests/interop/peer_client.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

namespace encuentro::interop {

using nlohmann::json;

namespace {

Bytes bytes_of(const json& value) {
  Bytes bytes;
  if (!from_hex(value.get<std::string>(), bytes)) throw std::runtime_error("the peer's reply isn't hex");
  return bytes;
}

json json_of(const ProposalWish& wish) {
  switch (wish.kind) {
    case ProposalWish::Kind::add:
      return {{"kind", "add"}, {"key_package", to_hex(wish.key_package)}};
    case ProposalWish::Kind::remove:
      return {{"kind", "remove"}, {"leaf", wish.leaf}};
    case ProposalWish::Kind::psk:
      return {{"kind", "psk"}, {"id", to_hex(wish.psk.id)}, {"nonce", to_hex(wish.psk.nonce)}};
    case ProposalWish::Kind::update:
      break;
  }
  throw std::runtime_error("ts-mls makes no Update proposals");
}

}  // namespace

PeerProcess::PeerProcess(const std::string& node, const std::string& script) {
  std::array<int, 2> down{};
  std::array<int, 2> up{};
  if (pipe(down.data()) != 0 || pipe(up.data()) != 0) throw std::runtime_error("no pipe");
  std::signal(SIGPIPE, SIG_IGN);
  child_ = fork();
  if (child_ < 0) throw std::runtime_error("no process");
  if (child_ == 0) {
    dup2(down[0], STDIN_FILENO);
    dup2(up[1], STDOUT_FILENO);
    for (int end : {down[0], down[1], up[0], up[1]}) close(end);
    execl(node.c_str(), node.c_str(), script.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  close(down[0]);
  close(up[1]);
  to_ = fdopen(down[1], "w");
  from_ = fdopen(up[0], "r");
}

PeerProcess::~PeerProcess() {
  if (to_) std::fclose(to_);
  if (from_) std::fclose(from_);
  if (child_ > 0) waitpid(child_, nullptr, 0);
}

json PeerProcess::ask(const json& request) {
  std::string line = request.dump() + "\n";
  if (std::fwrite(line.data(), 1, line.size(), to_) != line.size() || std::fflush(to_) != 0) {
    throw std::runtime_error("the peer is gone");
  }
  std::string reply;
  for (int c = std::fgetc(from_); c != '\n'; c = std::fgetc(from_)) {
    if (c == EOF) throw std::runtime_error("the peer ended without a reply");
    reply += static_cast<char>(c);
  }
  json value = json::parse(reply);
  if (value.contains("error")) {
    throw std::runtime_error("ts-mls: " + request.at("op").get<std::string>() + ": " +
                             value["error"].get<std::string>() + "\n" + value.value("where", ""));
  }
  return value;
}

PeerClient::PeerClient(std::string name, crypto::Suite suite, PeerProcess& process)
    : Participant(std::move(name)), process_(process), number_(process.next_client()) {
  ask("client", {{"suite", static_cast<int>(suite)}, {"name", this->name()}});
}

PeerClient::~PeerClient() {
  try {
    ask("forget");
  } catch (const std::exception&) {
    return;  // the process ended before: nothing to forget
  }
}

json PeerClient::ask(const char* operation, json request) {
  request["op"] = operation;
  request["client"] = number_;
  return process_.ask(request);
}

void PeerClient::take_view(const json& reply) {
  view_ = {reply.at("epoch").get<std::uint64_t>(), bytes_of(reply.at("authenticator")),
           reply.at("leaf").get<std::uint32_t>(), reply.at("active").get<bool>()};
}

void PeerClient::create(BytesView group_id) { take_view(ask("create", {{"group", to_hex(group_id)}})); }

Bytes PeerClient::key_package() { return bytes_of(ask("key_package").at("key_package")); }

void PeerClient::join(BytesView welcome, BytesView tree) {
  take_view(ask("join", {{"welcome", to_hex(welcome)}, {"tree", to_hex(tree)}}));
}

Published PeerClient::group_info(bool with_tree) {
  json reply = ask("group_info", {{"tree", with_tree}});
  return {bytes_of(reply.at("group_info")), bytes_of(reply.at("tree"))};
}

Bytes PeerClient::join_externally(BytesView group_info, BytesView tree, bool resync) {
  json reply = ask("join_externally", {{"group_info", to_hex(group_info)}, {"tree", to_hex(tree)}, {"resync", resync}});
  take_view(reply);
  return bytes_of(reply.at("commit"));
}

Bytes PeerClient::propose(const ProposalWish& wish, bool in_public) {
  json request = json_of(wish);
  request["public"] = in_public;
  return bytes_of(ask("propose", std::move(request)).at("message"));
}

Committed PeerClient::commit(const std::vector<ProposalWish>& wishes, bool in_public, bool tree_in_welcome) {
  json proposals = json::array();
  for (const ProposalWish& wish : wishes) proposals.push_back(json_of(wish));
  json reply = ask("commit", {{"proposals", proposals}, {"public", in_public}, {"tree_in_welcome", tree_in_welcome}});
  take_view(reply);
  Committed committed{bytes_of(reply.at("commit")), std::nullopt, bytes_of(reply.at("tree"))};
  if (reply.contains("welcome")) committed.welcome = bytes_of(reply.at("welcome"));
  return committed;
}

void PeerClient::receive_handshake(BytesView message) { take_view(ask("receive", {{"message", to_hex(message)}})); }

Bytes PeerClient::send(BytesView plaintext) {
  return bytes_of(ask("send", {{"plaintext", to_hex(plaintext)}}).at("message"));
}

Bytes PeerClient::receive(BytesView message) {
  json reply = ask("receive", {{"message", to_hex(message)}});
  take_view(reply);
  return bytes_of(reply.at("plaintext"));
}

Bytes PeerClient::export_secret(std::string_view label, BytesView context, std::size_t size) {
  return bytes_of(ask("export", {{"label", label}, {"context", to_hex(context)}, {"size", size}}).at("secret"));
}

}  // namespace encuentro::interop
