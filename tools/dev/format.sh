# ./dev format [--check]
need_packages check
. tools/dev/checks.sh
if [ "${1:-}" = --check ]; then
  check_format
else
  sources | xargs -r clang-format-19 -i
fi
