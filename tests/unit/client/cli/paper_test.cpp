#include "client/cli/paper.h"

#include <catch2/catch.hpp>

using namespace encuentro::client::cli;

TEST_CASE("a line of text has no meaning of its own in Markdown") {
  CHECK(plain_in_markdown("Acta 3") == "Acta 3");
  CHECK(plain_in_markdown("*a* <b>\n[c](d) | e") == "\\*a\\* \\<b\\> \\[c\\]\\(d\\) \\| e");
  CHECK(plain_in_markdown("País Ñ") == "País Ñ");
}

TEST_CASE("what somebody wrote keeps its Markdown but fetches nothing and stays below our headings") {
  CHECK(quoted_markdown("# Uno\n\ntexto #2\n## Dos") == "### Uno\n\ntexto #2\n#### Dos");
  CHECK(quoted_markdown("![x](http://elsewhere.example/x.png)") == "!\\[x](http://elsewhere.example/x.png)");
  CHECK(quoted_markdown("¡Hola! [sitio](https://a.example)") == "¡Hola! [sitio](https://a.example)");
}
