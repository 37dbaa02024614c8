# Steps with their time, their log in build/log/, and an honest count: test cases, and a check without cases as one.
# A build counts as nothing when it succeeds and as one failure when it doesn't.

LOGS="$ROOT/build/log"
PASSED=0 FAILED=0 SUMMARY=''

# step NAME FUNCTION...: runs it quietly; on failure shows the end of its log. The function may call
# `count PASSED FAILED`; one that fails without counting a failure counts as one.
step() {
  step_name=$1
  shift
  mkdir -p "$LOGS"
  step_log="$LOGS/$(printf %s "$step_name" | tr -c 'a-zA-Z0-9\n' '-').log"
  step_passed=0 step_failed=0 step_note=''
  printf '== %s\n' "$step_name"
  step_start=$(date +%s)
  if "$@" >"$step_log" 2>&1 </dev/null; then
    [ "$step_failed" -eq 0 ] && step_result=ok || step_result=FAILED
  else
    [ "$step_failed" -gt 0 ] || step_failed=1
    step_result=FAILED
  fi
  step_seconds=$(($(date +%s) - step_start))
  if [ "$step_result" = FAILED ]; then
    show_failure "$step_log"
  fi
  PASSED=$((PASSED + step_passed)) FAILED=$((FAILED + step_failed))
  line=$(printf '%-7s %5d s  %5d passed %4d failed  %s%s' "$step_result" "$step_seconds" "$step_passed" \
    "$step_failed" "$step_name" "${step_note:+ ($step_note)}")
  printf '   %s\n' "$line"
  SUMMARY="$SUMMARY$line
"
}

count() { step_passed=$((step_passed + ${1:-0})) step_failed=$((step_failed + ${2:-0})); }

# What a reader of the step's line should know, e.g. that it saw only a part.
note() { step_note="${step_note:+$step_note; }$*"; }

# left_out NAME WHY: a step that did not run, said in the summary and counted as nothing.
left_out() {
  printf '== %s: not run: %s\n' "$1" "$2"
  SUMMARY="${SUMMARY}not run                                $1 ($2)
"
}

# The lines that name an error first, since the end of a parallel build's log seldom does.
show_failure() {
  grep -n -E -m 25 'error[: ]|FAILED|Failed|\*\*\*|REQUIRE|CHECK|Sanitizer|SUMMARY|not ok' "$1" | cut -c 1-300
  echo "   ... the end of $1:"
  tail -n 40 "$1" | cut -c 1-300
}

finish() {
  printf '\n%s\n' "$SUMMARY"
  printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ] && [ "$PASSED" -gt 0 ]
  exit $?
}

# run_ctest FOLDER: all its tests; counts the cases that Catch2 and our own runners report, and a program that reports
# none, or ends badly without a failed case, as one.
run_ctest() {
  rm -f "$1/Testing/Temporary/LastTest.log"
  ctest --test-dir "$1" -j "$JOBS" --output-on-failure --timeout "${TEST_SECONDS_MAX:-600}" --no-tests=error
  ctest_status=$?
  counts=$(awk -f tools/dev/count_cases.awk "$1/Testing/Temporary/LastTest.log")
  # shellcheck disable=SC2086  # two numbers
  count $counts
  [ $ctest_status -eq 0 ] || [ "$step_failed" -gt 0 ] || count 0 1
  return $ctest_status
}

# run_and_count COMMAND...: counts by the last 'N passed, N failed' line it prints; one check when it prints none.
run_and_count() {
  "$@" >"$LOGS/output"
  command_status=$?
  cat "$LOGS/output"
  counts=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$LOGS/output" | tail -n 1)
  [ -n "$counts" ] || [ $command_status -ne 0 ] || counts='1 0'
  # shellcheck disable=SC2086  # two numbers
  [ -z "$counts" ] || count $counts
  return $command_status
}
