#!/bin/sh
# Unpacks the source of this Debian release's libsodium, with Debian's patches, into .cache/libsodium/source for the
# WebAssembly build (Debian has no libsodium for wasm32, and the repository holds no other project's source). apt
# checks it against the signed index. Uses a private apt configuration made from the system's own sources: nothing
# under /etc/apt or /var/lib/apt changes, and no root is needed. Does nothing when the source is there.
set -eu
cd "$(dirname "$0")/../.."
place=$(pwd)/.cache/libsodium
[ -f "$place/complete" ] && exit 0

echo "dev: fetching libsodium's source package for the WebAssembly build"
rm -rf "$place"
mkdir -p "$place/etc" "$place/state/lists/partial" "$place/cache/archives/partial" "$place/package"

# Debian's own files first; whatever else the machine has only when those name nothing.
for list in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources; do
  [ -f "$list" ] || continue
  sed -e 's/^deb /deb-src /' -e 's/^Types: .*/Types: deb-src/' "$list" >"$place/etc/$(basename "$list")"
done
if ! grep -q '^\(deb-src\|Types: deb-src\)' "$place"/etc/* 2>/dev/null; then
  for list in /etc/apt/sources.list.d/*; do
    sed -e 's/^deb /deb-src /' -e 's/^Types: .*/Types: deb-src/' "$list" >"$place/etc/$(basename "$list")"
  done
fi

apt() {
  apt-get -q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$place/etc" -o Dir::State="$place/state" \
    -o Dir::State::Lists="$place/state/lists" -o Dir::Cache="$place/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}
apt update >"$place/log" 2>&1 || echo "dev: apt-get update for source packages was not clean; going on" >&2
(cd "$place/package" && apt source --download-only libsodium >>"$place/log" 2>&1) || {
  cat "$place/log" >&2
  exit 1
}
dpkg-source --no-check -x "$place"/package/libsodium_*.dsc "$place/source" >>"$place/log" 2>&1 || {
  cat "$place/log" >&2
  exit 1
}
# The fix of CVE-2025-69277 (points that Ed25519's check let through) must be among what was applied.
grep -q 'CVE-2025-69277' "$place/source/debian/patches/series" || {
  echo "dev: error: this libsodium source lacks Debian's patch for CVE-2025-69277" >&2
  exit 1
}
rm -rf "$place/state" "$place/cache"
: >"$place/complete"
