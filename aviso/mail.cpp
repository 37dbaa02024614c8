#include "aviso/mail.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "protocol/base/bytes.h"

namespace encuentro::aviso {

namespace {

// Quoted-printable (RFC 2045 §6.7), so that no server on the way has to change a byte.
constexpr std::string_view text =
    "Hay novedades en su espacio. Entre como siempre para verlas.\r\n"
    "Este mensaje es igual para todo lo nuevo y no dice nada m=C3=A1s.\r\n"
    "Para no recibirlo: encuentro notices off\r\n"
    "\r\n"
    "H=C3=A1 novidades no seu espa=C3=A7o. Entre como sempre para v=C3=AA-las.\r\n"
    "Esta mensagem =C3=A9 igual para tudo o que =C3=A9 novo.\r\n"
    "N=C3=A3o diz mais nada. Para n=C3=A3o receb=C3=AA-la: encuentro notices off\r\n"
    "\r\n"
    "There is something new in your space. Come in as always to see it.\r\n"
    "This message is the same for everything new and says nothing else.\r\n"
    "To stop it: encuentro notices off\r\n";

// "Mon, 05 Oct 2026 07:08:09 +0000": always of one length.
std::string date_of(Timestamp now) {
  constexpr std::array<const char*, 7> weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto since = static_cast<std::time_t>(now.ms / 1000);
  std::tm at{};
  gmtime_r(&since, &at);
  std::array<char, 64> out{};
  std::snprintf(out.data(), out.size(), "%s, %02d %s %04d %02d:%02d:%02d +0000",
                weekdays[static_cast<std::size_t>(at.tm_wday)], at.tm_mday, months[static_cast<std::size_t>(at.tm_mon)],
                at.tm_year + 1900, at.tm_hour, at.tm_min, at.tm_sec);
  return out.data();
}

}  // namespace

std::string neutral_mail(std::string_view from, std::string_view to, Timestamp now, Random& random) {
  Bytes id(16);
  random.fill(id);
  std::string mail;
  auto line = [&mail](std::initializer_list<std::string_view> parts) {
    for (std::string_view part : parts) mail += part;
    mail += "\r\n";
  };
  line({"From: ", from});
  line({"To: ", to});
  line({"Subject: Hay novedades en su espacio / Novidades no seu espaco / Something new"});
  line({"Date: ", date_of(now)});
  line({"Message-ID: <", to_hex(id), from.substr(from.find('@')), ">"});
  line({"Auto-Submitted: auto-generated"});
  line({"MIME-Version: 1.0"});
  line({"Content-Type: text/plain; charset=utf-8"});
  line({"Content-Transfer-Encoding: quoted-printable"});
  line({});
  mail += text;
  return mail;
}

}  // namespace encuentro::aviso
