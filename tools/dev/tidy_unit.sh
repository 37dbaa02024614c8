# One unit under clang-tidy, for check_tidy in checks.sh, which sets `deadline` and `headers`.
file=$1
stamp="build/tidy/$(printf %s "$file" | tr / _)"
key="$headers $(cksum <"$file")"
[ "$(cat "$stamp" 2>/dev/null)" = "$key" ] && exit 0
[ "$(date +%s)" -lt "$deadline" ] || exit 0
# The compiler of the build is g++: what only clang warns of isn't judged here.
if clang-tidy-19 --quiet --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-deprecated-declarations \
  -p build "$file" 2>&1; then
  printf %s "$key" >"$stamp"
else
  echo "$file" >>build/tidy/failed
fi
exit 0
