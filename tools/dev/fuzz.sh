# ./dev fuzz [SECONDS]
install_groups build sanitize
. tools/dev/fuzzing.sh
seconds=${1:-30}
case $seconds in
  *[!0-9]* | '') fail "fuzz: SECONDS must be a number, not '$seconds'" ;;
esac
step 'fuzz build' configure_and_build fuzz build-fuzz fuzzers
[ -n "$(fuzz_targets)" ] || fail 'no fuzz target in this tree'
step 'fuzz' fuzz_all "$seconds"
cat "$LOGS/fuzz.log"
finish
