#!/bin/sh
# usage: run.sh PROGRAM SOURCES: every vector file of the folder MLS_VECTORS, or else ../shared/mls-vectors beside
# the sources. Says so when there is no such folder.
set -eu
program=$1
folder=${MLS_VECTORS:-$2/../shared/mls-vectors}
if [ ! -d "$folder" ]; then
  echo "no vectors: $folder is absent, nothing was checked"
  exit 0
fi
exec "$program" "$folder"/*.json
