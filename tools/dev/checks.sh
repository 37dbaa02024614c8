# Checks of the text: layout by clang-format and prettier, likely mistakes by clang-tidy.

check_format() {
  sources | xargs -r clang-format-19 --dry-run -Werror && scripts | xargs -r "$NODE" "$PRETTIER" --check && count 1 0
}

PRETTIER=tools/node/node_modules/prettier/bin/prettier.cjs

scripts() {
  find client tests tools -name node_modules -prune -o -type f -name '*.mjs' -print | sort
}

# The units of the build, those that changed last first when git can say so.
tidy_order() {
  {
    git log --name-only --format= -n 60 2>/dev/null | awk '!seen[$0]++'
    sources
  } | awk '!seen[$0]++' | grep -E '^(protocol|client|storage|server|aviso)/.*\.cpp$' | while read -r file; do
    [ -f "$file" ] && grep -qF "/$file\"" build/compile_commands.json && echo "$file"
  done
}

# check_tidy SECONDS: looks at units until the time is over. A unit found good stays good until it, a header of the
# project or the configuration changes, so a next run goes on where this one stopped.
check_tidy() {
  mkdir -p build/tidy
  headers=$(sources | grep '\.h$' | xargs cat .clang-tidy | cksum | tr ' ' '-')
  tidy_order >build/tidy/order
  rm -f build/tidy/failed
  deadline=$(($(date +%s) + $1))
  export deadline headers
  xargs -r -P "$JOBS" -n 1 sh tools/dev/tidy_unit.sh <build/tidy/order
  all=$(wc -l <build/tidy/order)
  seen=$(while read -r file; do tidy_stamp_holds "$file" && echo x; done <build/tidy/order | wc -l)
  bad=0
  [ -f build/tidy/failed ] && bad=$(wc -l <build/tidy/failed)
  echo "clang-tidy: $seen of $all units good, $bad not"
  note "$((seen + bad)) of $all units looked at"
  count "$seen" "$bad"
  [ "$bad" -eq 0 ]
}

tidy_stamp_holds() {
  stamp="build/tidy/$(printf %s "$1" | tr / _)"
  [ "$(cat "$stamp" 2>/dev/null)" = "$headers $(cksum <"$1")" ]
}
