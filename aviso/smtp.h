// Mails by SMTP, with libcurl: one connection a mail, at most a minute.
#pragma once

#include <expected>
#include <memory>

#include "aviso/config.h"
#include "aviso/rounds.h"

namespace encuentro::aviso {

class SmtpMailer final : public Mailer {
 public:
  // Reads the password. The error is a sentence.
  static std::expected<std::unique_ptr<SmtpMailer>, std::string> open(const Config& config);
  ~SmtpMailer() override;
  SmtpMailer(const SmtpMailer&) = delete;
  SmtpMailer& operator=(const SmtpMailer&) = delete;

  Delivery send(const std::string& to, const std::string& mail) override;
  // Why the last mail didn't leave, in libcurl's words; holds no address.
  const std::string& trouble() const { return trouble_; }

 private:
  explicit SmtpMailer(const Config& config) : config_(config) {}

  Config config_;
  std::string password_;
  std::string trouble_;
};

}  // namespace encuentro::aviso
