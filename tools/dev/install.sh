# ./dev install [GROUP...]: what is missing of the named groups, by default of all that ./dev test needs.
[ $# -gt 0 ] || set -- build check wasm sanitize
need_packages "$@"
case " $* " in
  *' wasm '*)
    need_node
    sh tools/wasm/fetch_libsodium.sh || fail "libsodium's source for WebAssembly could not be had"
    ;;
esac
