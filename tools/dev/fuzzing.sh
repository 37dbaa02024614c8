# The fuzz targets of build-fuzz/fuzz/, each with its corpus in fuzz/corpus/NAME (small, committed) and what a run
# finds new in build-fuzz/corpus/NAME.

fuzz_targets() {
  for target in build-fuzz/fuzz/*; do
    [ -f "$target" ] && [ -x "$target" ] && basename "$target"
  done
}

# The smoke run: 30 seconds a target, less when there are so many that four minutes would not do.
fuzz_seconds_each() {
  targets=$(fuzz_targets | wc -l)
  each=$((240 * JOBS / (targets > 0 ? targets : 1)))
  [ $each -gt 30 ] && each=30
  [ $each -lt 5 ] && each=5
  echo $each
}

# fuzz_all SECONDS [SEED]: each target for that long, JOBS at a time; without a seed, another one each time. Prints
# what each reached and counts targets.
fuzz_all() {
  mkdir -p build-fuzz/log
  rm -f build-fuzz/log/*
  fuzz_targets | xargs -r -P "$JOBS" -I '{}' sh tools/dev/fuzz_one.sh '{}' "$1" "${2:-0}"
  good=0 bad=0
  for target in $(fuzz_targets); do
    log=build-fuzz/log/$target.log
    runs=$(awk '/^stat::number_of_executed_units:/ { print $2 }' "$log")
    if [ -f "$log.ok" ]; then
      good=$((good + 1))
      printf '%-32s %12s executions in %s s\n' "$target" "${runs:-?}" "$1"
    else
      bad=$((bad + 1))
      printf '%-32s %12s executions, then FAILED: %s\n' "$target" "${runs:-?}" "$log"
      grep -E -m 8 'SUMMARY|ERROR|runtime error|Test unit written' "$log"
    fi
    grep -E '^fuzz: ' "$log" | tail -n 3
  done
  count $good $bad
  note "$1 s a target"
  [ $bad -eq 0 ]
}
