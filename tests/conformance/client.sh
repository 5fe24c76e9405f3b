#!/usr/bin/env bash
# client.sh ENVIRONMENT FOLDER: lets openapi-python-client make a typed client of docs/openapi.json, which then asks every
# operation of a live server; a broken document must make no client, and the client must refuse broken answers.
# The record is that of CASEDB_DATA_DIR. Called by exports.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."
environment=$1 work=$2 python=$PWD/.venv/bin/python

generate() { # generate DOCUMENT PACKAGE
  PATH="$environment/bin:$PATH" openapi-python-client generate --fail-on-warning --meta none --overwrite \
    --config tests/conformance/client.yml --path "$1" --output-path "$work/$2"
}

generate docs/openapi.json casedb_client
sed 's|"#/components/schemas/claim_detail"|"#/components/schemas/nothing"|' docs/openapi.json >"$work/broken.json"
if generate "$work/broken.json" broken_client >"$work/broken.log" 2>&1; then
  echo "A document with a dangling reference was made into a client." >&2
  exit 1
fi
grep -q "nothing" "$work/broken.log"

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$python" -m granian --interface wsgi --no-ws --host 127.0.0.1 --port "$port" --workers 1 \
  --workers-kill-timeout 5 casedb.wsgi:application >"$work/server.log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null || true' EXIT
PYTHONPATH="$work" "$environment/bin/python" tests/conformance/walk_client.py "http://127.0.0.1:$port" docs/openapi.json
