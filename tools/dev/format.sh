# ./dev format [--check]
need_packages check
need_node
. tools/dev/checks.sh
if [ "${1:-}" = --check ]; then
  check_format
else
  sources | xargs -r clang-format-19 -i
  scripts | xargs -r "$NODE" "$PRETTIER" --write --log-level warn
fi
