# ./dev run: the demonstration network. Builds the two programs and hands over to tools/demo/run.sh.
. tools/dev/install.sh build
missing=''
[ -f tools/demo/run.sh ] || missing="$missing tools/demo/run.sh"
[ -f server/main.cpp ] || [ -f server/ops/main.cpp ] || missing="$missing encuentrod"
[ -f client/cli/main.cpp ] || missing="$missing encuentro"
[ -z "$missing" ] || fail "the demonstration network is not complete in this tree yet; missing:$missing"
say 'building encuentrod and encuentro (some minutes the first time)'
cmake --preset release >/dev/null && cmake --build build -j "$JOBS" --target encuentrod encuentro ||
  fail 'the build failed'
exec sh tools/demo/run.sh "$@"
