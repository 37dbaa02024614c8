#include "server/net/tls_stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace encuentro::server::net {

namespace {

// What OpenSSL has encrypted since the last flush(), for the one stream that is writing on this thread.
thread_local Bytes cipher_bytes;

int bio_write(BIO* bio, const char* data, int size) {
  static_cast<TlsStream*>(BIO_get_data(bio))
      ->add_cipher_bytes({reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)});
  return size;
}

int bio_read(BIO* bio, char* out, int size) {
  BIO_clear_retry_flags(bio);
  bool again = false;
  const int got = static_cast<TlsStream*>(BIO_get_data(bio))->take_from_socket(out, size, again);
  if (again) BIO_set_retry_read(bio);
  return got;
}

long bio_control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

BIO_METHOD* stream_method() {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "stream");
    ENC_CHECK(made != nullptr);
    BIO_meth_set_write(made, bio_write);
    BIO_meth_set_read(made, bio_read);
    BIO_meth_set_ctrl(made, bio_control);
    return made;
  }();
  return method;
}

}  // namespace

TlsStream::TlsStream(Socket socket, SSL_CTX* context) : socket_(std::move(socket)), ssl_(SSL_new(context)) {
  ENC_CHECK(ssl_);
  BIO* bio = BIO_new(stream_method());
  ENC_CHECK(bio != nullptr);
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl_.get(), bio, bio);
  SSL_set_accept_state(ssl_.get());
  error_code failed;
  if (socket_.native_non_blocking(true, failed)) ended_ = true;
  if (socket_.set_option(tcp::no_delay(true), failed)) ended_ = true;
}

int TlsStream::take_from_socket(char* out, int size, bool& again) {
  const ssize_t got = ::recv(socket_.native_handle(), out, static_cast<std::size_t>(size), 0);
  again = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
  return static_cast<int>(got);
}

void TlsStream::add_cipher_bytes(BytesView bytes) {
  ++sent_.records;  // OpenSSL hands over whole records, one a call
  cipher_bytes.insert(cipher_bytes.end(), bytes.begin(), bytes.end());
}

// Sends what OpenSSL left in the thread's buffer, or adds it to what this stream already keeps.
bool TlsStream::flush() {
  BytesView out = cipher_bytes;
  if (!ended_ && drained() && !out.empty()) {
    const ssize_t taken = ::send(socket_.native_handle(), out.data(), out.size(), MSG_NOSIGNAL);
    ++sent_.calls;
    if (taken < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) ended_ = true;
    if (taken > 0) {
      sent_.bytes += static_cast<std::uint64_t>(taken);
      out = out.subspan(static_cast<std::size_t>(taken));
    }
  }
  if (!ended_) kept_.insert(kept_.end(), out.begin(), out.end());
  cipher_bytes.clear();
  return !ended_;
}

Task<bool> TlsStream::handshake() {
  while (!ended_) {
    ERR_clear_error();
    const int done = SSL_accept(ssl_.get());
    const int why = SSL_get_error(ssl_.get(), done);
    if (!flush() || !co_await drain()) break;
    if (done == 1) co_return true;
    if (why != SSL_ERROR_WANT_READ) break;
    co_await wait_readable();
  }
  ended_ = true;
  co_return false;
}

std::optional<std::size_t> TlsStream::try_read(MutableBytes into) {
  if (ended_) return 0;
  ERR_clear_error();
  const int got = SSL_read(ssl_.get(), into.data(), static_cast<int>(into.size()));
  const int why = SSL_get_error(ssl_.get(), got);
  if (!cipher_bytes.empty()) flush();  // a key update's answer or an alert
  if (got > 0) return static_cast<std::size_t>(got);
  if (why == SSL_ERROR_WANT_READ && !ended_) return std::nullopt;
  ended_ = true;
  return 0;
}

Task<std::size_t> TlsStream::read_some(MutableBytes into) {
  for (;;) {
    if (const auto got = try_read(into)) co_return *got;
    co_await wait_readable();
  }
}

Task<> TlsStream::wait_readable() {
  const auto [failed] = co_await socket_.async_wait(Socket::wait_read, awaited_tuple);
  if (failed) ended_ = true;
}

bool TlsStream::write(BytesView plain) {
  if (ended_) return false;
  ERR_clear_error();
  std::size_t written = 0;
  if (SSL_write_ex(ssl_.get(), plain.data(), plain.size(), &written) != 1 || written != plain.size()) ended_ = true;
  return flush();
}

Task<bool> TlsStream::drain() {
  while (!ended_ && !drained()) {
    const BytesView out = BytesView(kept_).subspan(kept_sent_);
    const ssize_t taken = ::send(socket_.native_handle(), out.data(), out.size(), MSG_NOSIGNAL);
    ++sent_.calls;
    if (taken > 0) {
      sent_.bytes += static_cast<std::uint64_t>(taken);
      kept_sent_ += static_cast<std::size_t>(taken);
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) {
      ended_ = true;
      break;
    }
    const auto [failed] = co_await socket_.async_wait(Socket::wait_write, awaited_tuple);
    if (failed) ended_ = true;
  }
  if (drained()) {
    kept_ = Bytes();  // "= {}" would keep the memory
    kept_sent_ = 0;
  }
  co_return !ended_;
}

void TlsStream::shutdown() {
  if (ended_ || shut_) return;
  shut_ = true;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  flush();
  error_code failed;
  if (drained() && socket_.shutdown(Socket::shutdown_send, failed)) ended_ = true;
}

void TlsStream::close() {
  ended_ = true;
  error_code failed;
  failed = socket_.close(failed);  // gone either way
}

LoginExporter TlsStream::login_exporter() const {
  LoginExporter exported{};
  const int done = SSL_export_keying_material(ssl_.get(), exported.data(), exported.size(), login_exporter_label,
                                              std::strlen(login_exporter_label), nullptr, 0, 0);
  ENC_CHECK(done == 1);  // fails only before the handshake
  return exported;
}

}  // namespace encuentro::server::net
