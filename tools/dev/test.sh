# ./dev test: everything a change must pass, on a fresh machine as well as on a used one.
. tools/dev/install.sh build check wasm sanitize
. tools/dev/checks.sh
. tools/dev/fuzzing.sh

VECTORS=${MLS_VECTORS:-$ROOT/../shared/mls-vectors}

vectors() { run_and_count build/bin/mls-vectors "$VECTORS"/*.json; }

# Both print 'N passed, N failed' at their end.
rules_sample() { run_and_count sh tests/rules/run.sh sample; }

web_tests() {
  npm_install web
  run_and_count sh -c 'cd web && PATH="$ROOT/tools/node/node_modules/.bin:$PATH" npm test'
}

say "testing with $JOBS jobs; logs in build/log/"
step 'format' check_format
step 'build' configure_and_build release build
step 'tests' run_ctest build
if [ -x build/bin/mls-vectors ] && [ -d "$VECTORS" ]; then
  step 'MLS vectors' vectors
elif [ ! -d "$VECTORS" ]; then
  left_out 'MLS vectors' "no folder $VECTORS; name it in MLS_VECTORS"
else
  left_out 'MLS vectors' 'build/bin/mls-vectors is not part of this tree'
fi
step 'wasm build' configure_and_build wasm build-wasm
step 'wasm tests' run_ctest build-wasm
[ -f tests/rules/run.sh ] && step 'rules: a sample of mutations' rules_sample
[ -f web/package.json ] && step 'web tests' web_tests
step 'fuzz build' configure_and_build fuzz build-fuzz fuzzers
if [ -n "$(fuzz_targets)" ]; then
  step 'fuzz smoke' fuzz_all "$(fuzz_seconds_each)"
else
  left_out 'fuzz smoke' 'no fuzz target in this tree'
fi
step 'clang-tidy' check_tidy "${TIDY_SECONDS:-180}"
finish
