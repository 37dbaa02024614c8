#include "aviso/smtp.h"

#include <curl/curl.h>

#include <cstring>
#include <fstream>

#include "protocol/base/secret.h"

namespace encuentro::aviso {

namespace {

constexpr long connect_seconds_max = 20;
constexpr long seconds_max = 60;

// libcurl's callback: gives what is left of the mail.
std::size_t read_mail(char* out, std::size_t size, std::size_t count, void* left) {
  auto& rest = *static_cast<std::string_view*>(left);
  const std::size_t bytes = std::min(size * count, rest.size());
  std::memcpy(out, rest.data(), bytes);
  rest.remove_prefix(bytes);
  return bytes;
}

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

// 55x to a mail that was understood: this address takes none. All else may pass.
Delivery judge(CURLcode result, long answer) {
  if (result == CURLE_OK) return Delivery::sent;
  return answer >= 550 && answer < 560 ? Delivery::refused : Delivery::later;
}

}  // namespace

std::expected<std::unique_ptr<SmtpMailer>, std::string> SmtpMailer::open(const Config& config) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) return std::unexpected(std::string("libcurl: ") + curl_easy_strerror(ready));
  std::unique_ptr<SmtpMailer> mailer(new SmtpMailer(config));
  if (config.password_file.empty()) return mailer;
  std::ifstream in(config.password_file);
  if (!std::getline(in, mailer->password_)) return std::unexpected("can't read " + config.password_file.string());
  return mailer;
}

SmtpMailer::~SmtpMailer() { wipe(password_.data(), password_.size()); }

Delivery SmtpMailer::send(const std::string& to, const std::string& mail) {
  const Handle curl(curl_easy_init(), curl_easy_cleanup);
  const List recipients(curl_slist_append(nullptr, ("<" + to + ">").c_str()), curl_slist_free_all);
  if (!curl || !recipients) return Delivery::later;
  const std::string from = "<" + config_.from + ">";
  std::string_view left = mail;
  curl_easy_setopt(curl.get(), CURLOPT_URL, config_.smtp.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");  // nothing of the surroundings
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, connect_seconds_max);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, seconds_max);
  if (config_.tls) curl_easy_setopt(curl.get(), CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  if (!config_.ca_file.empty()) curl_easy_setopt(curl.get(), CURLOPT_CAINFO, config_.ca_file.c_str());
  if (!config_.user.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_USERNAME, config_.user.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, password_.c_str());
  }
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, &read_mail);
  curl_easy_setopt(curl.get(), CURLOPT_READDATA, &left);
  curl_easy_setopt(curl.get(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.size()));
  const CURLcode result = curl_easy_perform(curl.get());
  long answer = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer);
  trouble_ = result == CURLE_OK ? "" : curl_easy_strerror(result);
  return judge(result, answer);
}

}  // namespace encuentro::aviso
