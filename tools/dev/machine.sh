# What this machine has and what it lacks: apt packages by group, Node from npm, how many jobs it carries.

say() { printf '%s\n' "dev: $*"; }
fail() {
  printf '%s\n' "dev: error: $*" >&2
  exit 1
}

export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$ROOT}" CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=include_file_mtime
export LC_ALL=C.UTF-8

# One job for each core, but no more than memory carries at 1.5 GB a job (Beast's templates take that much).
jobs_possible() {
  cores=$(getconf _NPROCESSORS_ONLN)
  by_memory=$(awk '/^MemAvailable/ { print int($2 / 1572864) }' /proc/meminfo)
  [ "$by_memory" -ge 1 ] || by_memory=1
  [ "$by_memory" -lt "$cores" ] && cores=$by_memory
  echo "$cores"
}
JOBS=${JOBS:-$(jobs_possible)}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "packages are missing and there is neither root nor sudo here; as root run: $*"
  fi
}

# Prints the packages of the named groups that are not installed.
packages_missing() {
  for group in "$@"; do
    awk -v group="$group" '$1 == group { print $2 }' tools/packages
  done | sort -u | while read -r package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

apt_install() {
  say "installing with apt: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null
}

need_packages() {
  missing=$(packages_missing "$@" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  say "updating apt's lists"
  as_root apt-get update -q </dev/null || say "apt-get update failed; trying with the lists that are there"
  # shellcheck disable=SC2086  # a list of words
  apt_install $missing || fail "apt could not install: $missing"
}

# Node 22 and the other npm packages of tools/node, at the versions of its lock. apt's nodejs and npm only
# fetch them: Debian 12's own node is too old for what runs here.
need_node() {
  if ! command -v npm >/dev/null; then
    as_root apt-get update -q </dev/null || say "apt-get update failed; trying with the lists that are there"
    apt_install nodejs npm || fail "apt could not install nodejs and npm"
  fi
  npm_install tools/node
  NODE="$ROOT/tools/node/node_modules/.bin/node"
  if [ ! -x "$NODE" ]; then # Debian 12's npm makes no link for an optional dependency's program
    mkdir -p tools/node/node_modules/.bin
    for binary in tools/node/node_modules/node-linux-*/bin/node; do
      chmod +x "$binary"
      ln -sf "$ROOT/$binary" "$NODE"
    done
  fi
  case $("$NODE" --version) in
    v22.*) ;;
    *) fail "no working node 22 in tools/node" ;;
  esac
  export NODE
}

# install_groups GROUP...: what is missing of these groups of tools/packages, and what else they need.
install_groups() {
  need_packages "$@"
  case " $* " in
    *' wasm '*)
      need_node
      sh tools/wasm/fetch_libsodium.sh || fail "libsodium's source for WebAssembly could not be had"
      ;;
  esac
}

# npm_install FOLDER: npm ci there, unless what is installed came from this very lock. The machine's npm brings only
# tools/node; the rest is npm 11's, because Debian 12's leaves native packages out.
npm_install() {
  stamp="$1/node_modules/.installed-lock"
  if [ -f "$stamp" ] && cmp -s "$stamp" "$1/package-lock.json"; then
    return 0
  fi
  say "installing the npm packages of $1"
  if [ "$1" = tools/node ]; then
    set -- "$1" npm
  else
    set -- "$1" "$NODE" "$ROOT/tools/node/node_modules/npm/bin/npm-cli.js"
  fi
  folder=$1
  shift
  (cd "$folder" && "$@" ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null) ||
    fail "npm ci failed in $folder"
  cp "$folder/package-lock.json" "$stamp"
}

# configure_and_build PRESET FOLDER [TARGET...]; all targets by default, going on after a failed one.
configure_and_build() {
  preset=$1 folder=$2
  shift 2
  cmake --preset "$preset" || return 1
  cmake --build "$folder" -j "$JOBS" ${1:+--target "$@"} -- -k 0
}

# All C++ files of the project, one a line.
sources() {
  find protocol client storage server aviso tests bench fuzz tools -name node_modules -prune -o \
    -type f \( -name '*.cpp' -o -name '*.h' \) -print | sort
}
