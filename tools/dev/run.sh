# ./dev run: the demonstration network. Builds the two programs and hands over to tools/demo/run.sh.
. tools/dev/install.sh build
need_node
missing=''
[ -f tools/demo/run.sh ] || missing="$missing tools/demo/run.sh"
for program in encuentrod encuentro; do
  grep -rqs "encuentro_program($program " server client || missing="$missing $program"
done
[ -z "$missing" ] || fail "the demonstration network is not complete in this tree yet; missing:$missing"
say 'building encuentrod and encuentro (some minutes the first time)'
cmake --preset release >/dev/null && cmake --build build -j "$JOBS" --target encuentrod encuentro ||
  fail 'the build failed'
exec sh tools/demo/run.sh "$@"
