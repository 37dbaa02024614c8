#!/bin/sh
# The demonstration network on this machine: founded at the first call, continued at every later one. Called by
# ./dev run with the programs built; NODE names the node to use. Stops with Ctrl-C.
set -eu
cd "$(dirname "$0")/../.."
exec "${NODE:-node}" tools/demo/found.mjs "$@"
