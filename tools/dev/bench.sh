# ./dev bench [NAME...]: every program of build/bin/ called bench-NAME, one after the other.
install_groups build documents bench
cmake --preset release >/dev/null && cmake --build build -j "$JOBS" || fail 'the build failed'
found=0
for program in build/bin/bench-*; do
  [ -x "$program" ] || continue
  name=${program#build/bin/bench-}
  if [ $# -gt 0 ]; then
    case " $* " in
      *" $name "*) ;;
      *) continue ;;
    esac
  fi
  found=$((found + 1))
  echo "== $name"
  "$program" || fail "bench $name failed"
done
[ $found -gt 0 ] || fail "no such measurement; there are: $(ls build/bin | sed -n 's/^bench-//p' | tr '\n' ' ')"
