#!/bin/sh
# usage: run.sh SOURCES PROGRAM [ARGUMENT...]: every vector file of the folder MLS_VECTORS, or else
# ../shared/mls-vectors beside the sources. Without such a folder it says so and is skipped (77).
set -eu
folder=${MLS_VECTORS:-$1/../shared/mls-vectors}
shift
if [ ! -d "$folder" ]; then
  echo "no vectors: $folder is absent, nothing was checked"
  exit 77
fi
exec "$@" "$(cd "$folder" && pwd)"/*.json
