#!/usr/bin/env bash
# Gives the exports of the whole record to programs that are not ours: csv, pandas, Datasette, LibreOffice and the library
# of FollowTheMoney. Each also gets a broken file, which it must refuse. Last, a client that openapi-python-client makes
# asks every operation of the API. Needs LibreOffice (soffice) and, to build PyICU, libicu-dev, g++ and pkg-config. The
# readers live in environments of their own under var/conformance.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=()
for program in soffice g++ pkg-config; do command -v "$program" >/dev/null || missing+=("$program"); done
pkg-config --exists icu-i18n 2>/dev/null || missing+=(libicu-dev)
if [ ${#missing[@]} -gt 0 ]; then echo "Not found: ${missing[*]}" >&2; exit 1; fi

python=$PWD/.venv/bin/python
home=$PWD/var/conformance
install() { # install NAME PACKAGE...: an environment with these packages, made once
  local stamp="$home/$1/installed" wanted="${*:2}"
  if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
  echo "Installing $wanted ..."
  rm -rf "${home:?}/$1"
  "$python" -m venv "$home/$1"
  "$home/$1/bin/pip" install --quiet --disable-pip-version-check "${@:2}"
  echo "$wanted" >"$stamp"
}
mkdir -p "$home"
install tables pandas==3.1.1 datasette==0.65.5
install ftm followthemoney==4.11.2
install client openapi-python-client==0.29.1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CASEDB_DATA_DIR="$work/data"
unset CASEDB_DATABASE_URL
echo "Loading the record ..."
"$python" manage.py migrate --verbosity 0
"$python" manage.py seed >/dev/null
"$python" manage.py snapshot "$work/out" --site https://example.org >/dev/null
files="$work/out/api/v1/export"

"$home/tables/bin/python" tests/conformance/read_tables.py "$files" "$work"
"$python" -m tests.conformance.hostile "$work"
"$home/tables/bin/python" tests/conformance/read_spreadsheets.py "$files" "$work"
"$home/ftm/bin/python" tests/conformance/read_entities.py "$files/entities.ftm.json"
echo "Every outside reader read the exports, and refused the broken ones."
tests/conformance/client.sh "$home/client" "$work"
