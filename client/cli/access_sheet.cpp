#include "client/cli/access_sheet.h"

#include <sys/stat.h>

#include <fstream>
#include <qrcodegen/qrcodegen.hpp>

#include "client/cli/catalogue.h"
#include "client/cli/paper.h"

namespace encuentro::client::cli {
namespace {

constexpr std::size_t group_chars = 8;
constexpr std::size_t groups_in_line = 6;
constexpr int quiet_modules = 4;  // what readers expect around the code
constexpr Language languages[] = {Language::es, Language::pt, Language::en};

using qrcodegen::QrCode;

Result<QrCode> qr_of(const std::string& link) {
  try {
    return QrCode::encodeText(link.c_str(), QrCode::Ecc::MEDIUM);
  } catch (const qrcodegen::data_too_long&) {
    return fail(Code::too_large, "QR", 0, link.size());
  }
}

// What stands after the '#', in groups that an eye can follow.
std::string grouped(const std::string& link) {
  std::string text;
  std::size_t from = link.find('#') == std::string::npos ? 0 : link.find('#') + 1;
  for (std::size_t i = from, group = 0; i < link.size(); i += group_chars, ++group) {
    if (group > 0) text += group % groups_in_line == 0 ? "\n" : " ";
    text += link.substr(i, group_chars);
  }
  return text;
}

std::string in_html(std::string_view text) {
  std::string safe;
  for (char c : text) {
    if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '&')
      safe += "&amp;";
    else if (c == '"')
      safe += "&quot;";
    else
      safe += c;
  }
  return safe;
}

// Two rows of modules a line; light on a dark terminal is inverted by most readers, so the quiet zone is drawn too.
std::string drawn(const QrCode& code) {
  std::string text;
  int from = -quiet_modules, to = code.getSize() + quiet_modules;
  for (int y = from; y < to; y += 2) {
    for (int x = from; x < to; ++x) {
      bool upper = code.getModule(x, y), lower = code.getModule(x, y + 1);
      text += upper ? (lower ? "█" : "▀") : lower ? "▄" : " ";
    }
    text += "\n";
  }
  return text;
}

std::string as_svg(const QrCode& code) {
  std::string path;
  for (int y = 0; y < code.getSize(); ++y) {
    for (int x = 0; x < code.getSize(); ++x) {
      if (!code.getModule(x, y)) continue;
      path += "M" + std::to_string(x + quiet_modules) + "," + std::to_string(y + quiet_modules) + "h1v1h-1z";
    }
  }
  std::string side = std::to_string(code.getSize() + 2 * quiet_modules);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side + "\"><path d=\"" + path +
         "\"/></svg>";
}

Status write_privately(const std::filesystem::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  chmod(file.c_str(), S_IRUSR | S_IWUSR);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  return out ? Status{} : fail(Code::storage_failed, "file");
}

}  // namespace

Result<std::string> sheet_as_text(const SheetText& sheet) {
  TRY(QrCode code, qr_of(sheet.link));
  std::string text;
  for (Language language : languages) {
    Catalogue words(language);
    text += words.text("sheet.title", {{"network", sheet.network}}) + "\n" +
            words.text("sheet.of", {{"name", sheet.person}}) + "\n" + words.text("sheet.how") + "\n\n";
  }
  return text + drawn(code) + "\n" + grouped(sheet.link) + "\n\n" + sheet.words + "\n";
}

Result<std::string> sheet_as_html(const SheetText& sheet) {
  TRY(QrCode code, qr_of(sheet.link));
  std::string parts;
  for (Language language : languages) {
    Catalogue words(language);
    parts += "<section lang=\"" + std::string(code_of(language)) + "\"><h2>" +
             in_html(words.text("sheet.title", {{"network", sheet.network}})) + "</h2><p>" +
             in_html(words.text("sheet.of", {{"name", sheet.person}})) + "</p><p>" + in_html(words.text("sheet.how")) +
             "</p></section>\n";
  }
  return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Encuentro</title><style>"
         "@page{size:A4;margin:18mm}body{font-family:'DejaVu Sans',sans-serif;font-size:9.5pt;line-height:1.35}"
         "h2{font-size:12pt;margin:4mm 0 1mm}svg{width:78mm;height:78mm;display:block;margin:3mm auto}"
         "pre{font-family:'DejaVu Sans Mono',monospace;font-size:9pt;text-align:center}"
         "</style></head><body>\n" +
         parts + as_svg(code) + "\n<pre>" + in_html(grouped(sheet.link)) + "</pre>\n<pre>" + in_html(sheet.words) +
         "</pre>\n</body></html>\n";
}

Status write_sheet(const SheetText& sheet, const std::filesystem::path& out, const std::filesystem::path& home) {
  if (out.extension() == ".html") {
    TRY(std::string page, sheet_as_html(sheet));
    return write_privately(out, page);
  }
  if (out.extension() != ".pdf") {
    TRY(std::string text, sheet_as_text(sheet));
    return write_privately(out, text);
  }
  TRY(std::string page, sheet_as_html(sheet));
  TRY_OK(write_privately(out, ""));
  return print_page(page, out, home);
}

}  // namespace encuentro::client::cli
