# ./dev bench [NAME...]: each program of build/bin/ called bench-NAME, in turn, and the page (page) in a browser.
. tools/dev/web.sh
install_groups build documents bench
configure_and_build release build || fail 'the build failed'

# wanted NAME CHOSEN...: nothing chosen is everything.
wanted() {
  name=$1
  shift
  [ $# -eq 0 ] && return 0
  case " $* " in *" $name "*) return 0 ;; esac
  return 1
}

found=0
for program in build/bin/bench-*; do
  [ -x "$program" ] || continue
  wanted "${program#build/bin/bench-}" "$@" || continue
  found=$((found + 1))
  echo "== ${program#build/bin/bench-}"
  "$program" || fail "bench ${program#build/bin/bench-} failed"
done
if wanted page "$@"; then
  found=$((found + 1))
  echo "== page"
  install_groups wasm web
  web_build || fail 'the web client could not be built'
  export ENCUENTRO_BIN="$ROOT/build/bin"
  run_in_web bench || fail 'bench page failed'
fi
[ $found -gt 0 ] || fail "no such measurement; there are: $(ls build/bin | sed -n 's/^bench-//p' | tr '\n' ' ')page"
