// One look into the spool and what is sent because of it. Knows no network: a Mailer sends.
//
// A mail is written into the ledger before it leaves. Stopped in between, it counts as sent: one notice less is better
// than one too many, and the next news makes the next one. A refusal that passes (the server is busy, or away) takes
// that back and tries again later, with growing pauses.
#pragma once

#include "aviso/config.h"
#include "aviso/ledger.h"
#include "aviso/spool.h"
#include "protocol/crypto/hpke.h"

namespace encuentro::aviso {

enum class Delivery { sent, later, refused };

class Mailer {
 public:
  virtual ~Mailer() = default;
  // `mail` as neutral_mail makes it. `refused`: this address takes no mail.
  virtual Delivery send(const std::string& to, const std::string& mail) = 0;
};

struct Tally {
  unsigned sent = 0;
  unsigned waiting = 0;  // their interval, or the pause after a failure, isn't over
  unsigned failed = 0;
  unsigned set_aside = 0;  // no notice, or sealed to another key: taken away
  friend bool operator==(const Tally&, const Tally&) = default;
};

class Rounds {
 public:
  Rounds(const Config& config, const crypto::HpkeKeyPair& key, Ledger& ledger, Mailer& mailer, Random& random)
      : config_(config), key_(key), ledger_(ledger), mailer_(mailer), random_(random) {}

  // The error is a sentence: spool or ledger can't be used. Nothing is sent that couldn't be written down before.
  std::expected<Tally, std::string> run(Timestamp now);

 private:
  std::expected<void, std::string> handle(const SpoolFile& file, Timestamp now, Tally& tally);

  const Config& config_;
  const crypto::HpkeKeyPair& key_;
  Ledger& ledger_;
  Mailer& mailer_;
  Random& random_;
};

}  // namespace encuentro::aviso
