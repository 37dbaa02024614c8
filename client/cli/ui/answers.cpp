#include "client/cli/ui/answers.h"

namespace encuentro::client::cli::ui {
namespace {

Answer refusal(int status, std::string_view text) {
  Answer out;
  out.status = status;
  out.fields = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  out.body = text;
  return out;
}

Answer to_socket(const Asked& asked, const Gate& gate) {
  // A browser always names its origin here; a program without one is no page of ours.
  if (!asked.origin || !gate.is_origin(*asked.origin)) return refusal(403, "not this page\n");
  if (asked.method != "GET" || !asked.upgrade || asked.subprotocol != socket_subprotocol) {
    return refusal(426, "WebSocket only\n");
  }
  Answer out;
  out.status = 101;
  out.socket = true;
  return out;
}

}  // namespace

Answer answer(const Asked& asked, const Gate& gate, const PageFiles& files) {
  if (asked.repeated) return refusal(400, "one Host and one Origin\n");
  if (!asked.host || !gate.is_host(*asked.host)) return refusal(421, "another host\n");
  std::string_view path = std::string_view(asked.target).substr(0, asked.target.find('?'));
  if (path == socket_path) return to_socket(asked, gate);
  if (asked.origin && !gate.is_origin(*asked.origin)) return refusal(403, "not this page\n");
  if (asked.method != "GET" && asked.method != "HEAD") return refusal(405, "GET and HEAD only\n");
  const PageFiles::File* file = files.find(path);
  if (file == nullptr) return refusal(404, "not found\n");
  Answer out;
  out.fields = {{"Content-Type", std::string(file->media_type)}, {"Cache-Control", "no-store"}};
  out.body = as_text(file->bytes);
  out.head_only = asked.method == "HEAD";
  return out;
}

Fields strict_fields(const Gate& gate) {
  return {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; "
       "img-src 'self' blob:; font-src 'self'; connect-src 'self' ws://" +
           gate.host() +
           "; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
           "require-trusted-types-for 'script'; trusted-types svelte-trusted-html enc-worker dompurify"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Embedder-Policy", "require-corp"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
      {"Referrer-Policy", "no-referrer"},
      {"Strict-Transport-Security", "max-age=63072000"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
  };
}

}  // namespace encuentro::client::cli::ui
