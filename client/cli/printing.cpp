#include "client/cli/printing.h"

#include <fstream>

#include "client/cli/clock.h"
#include "client/cli/documents/transfer.h"
#include "client/cli/outside_program.h"
#include "client/cli/paper.h"
#include "client/cli/show.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t text_bytes_max = 16 * limits::MiB;

// Lines of "what: value", one below the other.
class Cover {
 public:
  Cover(const core::Core& core, const Catalogue& words, const std::string& title) : core_(core), words_(words) {
    text_ = "# " + plain_in_markdown(title) + "\n\n";
    if (auto network = core.network_name()) text_ += "**" + plain_in_markdown(network->name) + "**\n\n";
    text_ += "| | |\n| ------ | -------------- |\n";
  }
  void line(const std::string& key, const std::string& value) {
    if (!value.empty()) text_ += "| " + words_.text(key) + " | " + plain_in_markdown(value) + " |\n";
  }
  void hash(const std::string& key, BytesView value) {
    text_ += "| " + words_.text(key) + " | `" + hex(value) + "` |\n";
  }
  std::string end() {
    views::Author me{core_.self().device, core_.self().member, {}, {}};
    line("print.by", author_name(core_, me));
    line("print.at", rfc3339(now()));
    hash("print.fingerprint", core_.self().fingerprint.view());
    return text_ + "\n" + words_.text("print.check") + "\n";
  }

 private:
  const core::Core& core_;
  const Catalogue& words_;
  std::string text_;
};

std::string with_country(const core::Core& core, const views::Author& author) {
  std::string name = author_name(core, author);
  return author.country.none() ? name : name + " (" + std::string(author.country.text()) + ")";
}

Result<std::string> read_text(const fs::path& file) {
  std::error_code error;
  auto size = fs::file_size(file, error);
  if (error) return fail(Code::not_found, "file");
  if (size > text_bytes_max) return fail(Code::too_large, "text", text_bytes_max, size);
  std::string text(size, '\0');
  std::ifstream(file, std::ios::binary).read(text.data(), static_cast<std::streamsize>(size));
  if (!content::is_utf8(as_bytes(text)) || text.contains('\0')) return fail(Code::unknown_kind, "text");
  return text;
}

std::string verbatim(const std::string& text) {
  std::string lines;
  for (char c : "    " + text) lines += c == '\n' ? std::string("\n    ") : std::string(1, c);
  return lines;
}

// The file's text as Markdown that may stand in a document of ours.
Result<std::string> markdown_of(const fs::path& file, const std::string& name, const PrivateFolder& folder) {
  std::string ending = fs::path(name).extension().string();
  if (ending == ".docx" || ending == ".odt") {
    TRY(int status, run_program({"pandoc", "--sandbox", "-f", ending.substr(1), "-t", "markdown", file.string()},
                                folder / "text.md", "pandoc"));
    if (status != 0) return fail(Code::malformed, "text");
    TRY(std::string text, read_text(folder / "text.md"));
    return quoted_markdown(text);
  }
  TRY(std::string text, read_text(file));
  return ending == ".md" ? quoted_markdown(text) : verbatim(text);
}

}  // namespace

Status print_conversation(Session& session, Output& output, const ChannelId& channel, const fs::path& out,
                          const fs::path& home) {
  const core::Core& core = session.core();
  auto look = core.channel(channel);
  if (!look) return fail(Code::unknown_channel);
  const Catalogue& words = output.words();
  std::string title = core.title(channel);
  auto items = views::conversation(core, channel);
  Cover cover(core, words, title);
  cover.line("print.items", std::to_string(items.size()));
  if (!items.empty()) {
    cover.line("print.from", rfc3339(items.front().time));
    cover.line("print.to", rfc3339(items.back().time));
  }
  cover.line("print.place", std::to_string(look->head.seq.value));
  cover.hash("print.log_hash", look->head.hash.view());
  std::string text = cover.end();
  for (const views::Item& item : items) {
    text += "\n---\n\n**" + plain_in_markdown(with_country(core, item.author)) + "** · " + rfc3339(item.time) + " · `" +
            hex(item.id.view()).substr(0, 8) + "`\n\n";
    if (!item.title.empty()) text += "**" + plain_in_markdown(item.title) + "**\n\n";
    bool open = item.reading == core::Reading::opened && !item.withdrawn;
    text +=
        open ? quoted_markdown(item.body) : words.text(item.withdrawn ? "item.withdrawn" : "item." + kind_word(item));
    for (const content::Attachment& file : item.attachments) text += "\n\n\\+ " + plain_in_markdown(file.name);
    text += "\n";
  }
  return put_on_paper(text, title, code_of(words.language()), PaperForm::pdf, out, home);
}

Status print_version(Session& session, Output& output, const FoundDocument& found, const views::Version& version,
                     const fs::path& out, const fs::path& home) {
  const core::Core& core = session.core();
  const Catalogue& words = output.words();
  PrivateFolder folder(home);
  if (!folder.made()) return fail(Code::storage_failed, "paper");
  TRY(auto manifest, views::manifest_of(core, found.channel, version.id));
  TRY([[maybe_unused]] Moved moved, download(session, output, found.channel, manifest, folder / "file"));
  Cover cover(core, words, found.document.name);
  cover.line("print.channel", core.title(found.channel));
  cover.line("print.folder", found.library.path(found.document.folder));
  cover.line("print.symbol", version.symbol);
  cover.line("print.author", with_country(core, version.author));
  cover.line("print.time", rfc3339(version.time));
  cover.line("print.note", version.note);
  if (version.frozen) cover.line("print.frozen", with_country(core, version.frozen->author));
  cover.line("print.version", hex(version.id.view()));
  cover.line("print.bytes", std::to_string(version.bytes));
  cover.hash("print.sha256", version.content.view());
  std::string text = cover.end();
  std::string_view language = code_of(words.language());
  if (fs::path(version.name).extension() == ".pdf") {
    TRY_OK(put_on_paper(text, found.document.name, language, PaperForm::pdf, folder / "cover.pdf", home));
    return join_papers(folder / "cover.pdf", folder / "file", out, home);
  }
  TRY(std::string inside, markdown_of(folder / "file", version.name, folder));
  return put_on_paper(text + "\n---\n\n" + inside, found.document.name, language, PaperForm::pdf, out, home);
}

}  // namespace encuentro::client::cli
