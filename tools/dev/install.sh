# ./dev install [GROUP...]: what is missing of the named groups, by default of all that ./dev test needs.
[ $# -gt 0 ] || set -- build check wasm sanitize documents
install_groups "$@"
