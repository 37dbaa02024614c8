# ./dev run: the demonstration network. Builds the two programs and the web client, and hands over to tools/demo/run.sh.
install_groups build wasm documents
. tools/dev/web.sh
missing=''
[ -f tools/demo/run.sh ] || missing="$missing tools/demo/run.sh"
for program in encuentrod encuentro; do
  grep -rqs "encuentro_program($program " server client || missing="$missing $program"
done
[ -z "$missing" ] || fail "the demonstration network is not complete in this tree yet; missing:$missing"
say 'building the web client and its core (some minutes the first time)'
npm_install web
cmake --preset wasm >/dev/null && cmake --build build-wasm -j "$JOBS" --target encuentro_core_parts ||
  fail 'the core of the web client could not be built'
mkdir -p "$LOGS"
run_in_web build >"$LOGS/web.log" 2>&1 || {
  show_failure "$LOGS/web.log"
  fail 'the web client could not be built'
}
# After it: `encuentro ui` has the page built in.
say 'building encuentrod and encuentro (some minutes the first time)'
cmake --preset release >/dev/null && cmake --build build -j "$JOBS" --target encuentrod encuentro ||
  fail 'the build failed'
exec sh tools/demo/run.sh "$@"
