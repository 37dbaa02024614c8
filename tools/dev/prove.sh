# ./dev prove [NAME...]: the proofs at their full size, of which ./dev test runs a sample. Hours on two cores.
# Names: attacks restarts roster roster-wasm files screens page; by default all.
# The sizes are environment variables of the tests.
install_groups build check wasm documents web
. tools/dev/web.sh
[ $# -gt 0 ] || set -- attacks restarts roster roster-wasm files screens page

ENCUENTRO_TRIALS=${ENCUENTRO_TRIALS:-100}
ENCUENTRO_RUNS=${ENCUENTRO_RUNS:-1000}
ENCUENTRO_MEMBERS=${ENCUENTRO_MEMBERS:-40}
ENCUENTRO_ROSTER_HISTORIES=${ENCUENTRO_ROSTER_HISTORIES:-100000}
ENCUENTRO_LARGE=1
export ENCUENTRO_TRIALS ENCUENTRO_RUNS ENCUENTRO_MEMBERS ENCUENTRO_ROSTER_HISTORIES ENCUENTRO_LARGE

# proof FOLDER REGEX: the tests of that name, without the time limit that ./dev test sets.
proof() {
  rm -f "$1/Testing/Temporary/LastTest.log"
  ctest --test-dir "$1" -R "$2" -j "$JOBS" --output-on-failure --timeout 86400 --no-tests=error
  proof_status=$?
  counts=$(awk -f tools/dev/count_cases.awk "$1/Testing/Temporary/LastTest.log")
  # shellcheck disable=SC2086  # two numbers
  count $counts
  return $proof_status
}

large_files() {
  "$NODE" --test --test-reporter=tap tests/e2e/large_files.test.mjs >"$LOGS/large.tap"
  large_status=$?
  cat "$LOGS/large.tap"
  count "$(sed -n 's/^# pass //p' "$LOGS/large.tap")" "$(sed -n 's/^# fail //p' "$LOGS/large.tap")"
  return $large_status
}

step 'build' configure_and_build release build
for name; do
  case $name in
    attacks) step "attacks, $ENCUENTRO_TRIALS seeded trials each" proof build '^hostile_' ;;
    restarts) step "bad Commits, $ENCUENTRO_RUNS runs of 2 to $ENCUENTRO_MEMBERS members" proof build '^restart_test' ;;
    roster) step "the roster's model, $ENCUENTRO_ROSTER_HISTORIES histories" proof build '^roster_model_test' ;;
    roster-wasm)
      step 'wasm build' configure_and_build wasm build-wasm roster_model_test
      step "the same in WebAssembly" proof build-wasm '^roster_model_test'
      ;;
    files)
      step 'files up to 1 GiB, through kills' large_files
      sed -n 's/^# \(up\|down\) /  &/p' "$LOGS/large.tap"
      ;;
    screens)
      step 'web build' web_build
      step 'every screen under axe' web_screens
      ;;
    page)
      step 'web build' web_build
      step 'the page against a real server' web_real
      ;;
    *) fail "no proof called '$name'" ;;
  esac
done
finish
