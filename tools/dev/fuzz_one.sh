# fuzz_one.sh TARGET SECONDS [SEED]: one fuzz target with its corpora; its output goes to build-fuzz/log/TARGET.log.
target=$1 seconds=$2 seed=${3:-0}
found=build-fuzz/corpus/$target
log=build-fuzz/log/$target.log
mkdir -p "$found" build-fuzz/artifacts
set -- "$found"
[ -d "fuzz/corpus/$target" ] && set -- "$found" "fuzz/corpus/$target"
if "build-fuzz/fuzz/$target" -max_total_time="$seconds" -seed="$seed" -timeout=60 \
  -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="build-fuzz/artifacts/$target-" "$@" >"$log" 2>&1; then
  : >"$log.ok"
fi
exit 0
