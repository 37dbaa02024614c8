# ./dev test: everything a change must pass, on a fresh machine as well as on a used one.
install_groups build check wasm sanitize documents
. tools/dev/checks.sh
. tools/dev/fuzzing.sh
. tools/dev/web.sh

rules_taken_out() { run_and_count python3 tests/rules/without_each.py --jobs "$JOBS"; }

# Node's test runner ends with '# pass N' and '# fail N'.
end_to_end() {
  "$NODE" --test --test-concurrency="$JOBS" --test-reporter=tap tests/e2e/*.test.mjs >"$LOGS/e2e.tap"
  e2e_status=$?
  cat "$LOGS/e2e.tap"
  count "$(sed -n 's/^# pass //p' "$LOGS/e2e.tap")" "$(sed -n 's/^# fail //p' "$LOGS/e2e.tap")"
  return $e2e_status
}

say "testing with $JOBS jobs; logs in build/log/"
step 'format' check_format
step 'build' configure_and_build release build
step 'tests' run_ctest build
[ -d "${MLS_VECTORS:-../shared/mls-vectors}" ] ||
  left_out 'MLS vectors' 'no folder ../shared/mls-vectors; name it in MLS_VECTORS'
step 'wasm build' configure_and_build wasm build-wasm
step 'wasm tests' run_ctest build-wasm
if [ -f tests/rules/without_each.py ]; then
  step 'rules, each taken out' rules_taken_out
fi
if [ -x build/bin/encuentrod ] && [ -x build/bin/encuentro ]; then
  step 'end to end' end_to_end
else
  left_out 'end to end' 'encuentrod and encuentro are not both part of this tree'
fi
if [ -f web/package.json ]; then
  step 'web tests' web_tests
  left_out 'web screens, web real' './dev prove screens page: minutes in a browser, outside this'
fi
step 'fuzz build' configure_and_build fuzz build-fuzz fuzzers
if [ -n "$(fuzz_targets)" ]; then
  step 'fuzz smoke' fuzz_all "$(fuzz_seconds_each)" 1 # the same seed: a change is judged, not luck
else
  left_out 'fuzz smoke' 'no fuzz target in this tree'
fi
step 'clang-tidy' check_tidy "${TIDY_SECONDS:-180}"
finish
