// Words to documents, versions and folders.
#pragma once

#include <string_view>

#include "client/views/documents.h"

namespace encuentro::client::cli {

struct FoundDocument {
  ChannelId channel;
  views::Library library;
  views::Document document;
};
// By its id or the beginning of it, by one of its versions', its name or its whole path ("Proyectos/Acta.odt"); removed
// ones by id only. Errors: not_found, ambiguous.
Result<FoundDocument> document_named(const core::Core& core, std::string_view words);
// By the beginning of its id or its number in the list, from 1. Errors: not_found, ambiguous.
Result<views::Version> version_named(const views::Document& document, std::string_view words);
// Of any of the library's documents, by the beginning of its id. Errors: not_found, ambiguous.
Result<views::Version> version_of_any(const views::Library& library, std::string_view words);
// The version meant when none is named: the only head. ambiguous where there are several.
Result<views::Version> current_version(const views::Document& document);
// The version whose id the words are; the only head where they name the document. ambiguous where there are several.
Result<views::Version> wanted_version(const views::Document& document, std::string_view words);

// "Proyectos/2026" as names; malformed if one isn't a file's name.
Result<std::vector<std::string>> path_names(std::string_view path);

}  // namespace encuentro::client::cli
