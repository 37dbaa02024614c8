#include "bench/tls_copy.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <vector>

#include "protocol/base/check.h"
#include "server/net/tls_context.h"

namespace encuentro::bench {
namespace {

constexpr std::size_t piece_bytes = std::size_t{256} * 1024;

int listener(std::uint16_t& port) {
  int at = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  ENC_CHECK(::bind(at, plain, sizeof address) == 0 && ::listen(at, 1) == 0);
  socklen_t size = sizeof address;
  ENC_CHECK(::getsockname(at, plain, &size) == 0);
  port = ntohs(address.sin_port);
  return at;
}

int connected(std::uint16_t port) {
  int to = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  ENC_CHECK(::connect(to, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  return to;
}

[[noreturn]] void receive(int at, SSL_CTX* context, const std::filesystem::path& to) {
  int from = ::accept(at, nullptr, nullptr);
  SSL* ssl = SSL_new(context);
  int file = ::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  bool fine = from >= 0 && file >= 0 && SSL_set_fd(ssl, from) == 1 && SSL_accept(ssl) == 1;
  std::vector<char> piece(piece_bytes);
  while (fine) {
    int got = SSL_read(ssl, piece.data(), static_cast<int>(piece.size()));
    if (got <= 0) break;
    fine = ::write(file, piece.data(), static_cast<std::size_t>(got)) == got;
  }
  ::_exit(fine ? 0 : 1);
}

}  // namespace

double tls_copy_s(const std::filesystem::path& from, const std::filesystem::path& to) {
  auto folder = to.parent_path();
  auto certificate = server::net::load_or_make_certificate(folder, {"localhost"});
  ENC_CHECK(certificate.has_value());
  auto context = server::net::make_server_context(*certificate);
  ENC_CHECK(context.has_value());
  std::uint16_t port = 0;
  int at = listener(port);
  auto begun = std::chrono::steady_clock::now();
  pid_t child = ::fork();
  ENC_CHECK(child >= 0);
  if (child == 0) receive(at, context->get(), to);
  SSL_CTX* own = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(own, TLS1_3_VERSION);
  SSL* ssl = SSL_new(own);
  static constexpr unsigned char http11[] = "\x08http/1.1";
  SSL_set_alpn_protos(ssl, http11, sizeof http11 - 1);
  ENC_CHECK(SSL_set_fd(ssl, connected(port)) == 1 && SSL_connect(ssl) == 1);
  int file = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
  std::vector<char> piece(piece_bytes);
  for (ssize_t got = 0; (got = ::read(file, piece.data(), piece.size())) > 0;) {
    ENC_CHECK(SSL_write(ssl, piece.data(), static_cast<int>(got)) == got);
  }
  SSL_shutdown(ssl);
  int status = 0;
  ENC_CHECK(::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  ::close(SSL_get_fd(ssl));
  ::close(file);
  ::close(at);
  SSL_free(ssl);
  SSL_CTX_free(own);
  return took.count();
}

}  // namespace encuentro::bench
