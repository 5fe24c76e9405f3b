#!/usr/bin/env bash
# What `make test` runs. `plan` says what will run and what is missing; `run` does it.
# With CI=true nothing may be skipped: what is missing is named, and the plan fails.
set -euo pipefail
cd "$(dirname "$0")/.."

will="SQLite"
missing=()
postgres=$(tests/postgres.sh --find 2>/dev/null) || postgres=
if [ "$postgres" ]; then will="$will, PostgreSQL"; else missing+=("PostgreSQL (server binaries; PGBIN=DIR names them)"); fi

# The browser tests read CHROMIUM.
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ "$name" ] && CHROMIUM=$(command -v "$name"); then export CHROMIUM; break; fi
  CHROMIUM=
done
if [ "$CHROMIUM" ]; then will="$will, browser"; else missing+=("browser (chromium; CHROMIUM=FILE names it)"); fi

plan() {
  echo "Tests will run on: $will."
  for what in ${missing[@]+"${missing[@]}"}; do echo "Skipped, not found: $what"; done
  [ "${CASEDB_DOCUMENTS:-}" ] || echo "Skipped: quotes against the full documents (CASEDB_DOCUMENTS is not set)"
  if [ "${CI:-}" = true ] && [ ${#missing[@]} -gt 0 ]; then
    echo "CI=true: nothing may be skipped." >&2
    exit 1
  fi
}

pytest() { .venv/bin/python -m pytest --durations=15 "$@"; }

run() {
  unset CASEDB_DATABASE_URL # each part brings its own; a developer's database stays untouched
  trap 'exit 130' INT TERM # pytest answers ^C by ending normally; without this, the next part would start
  local failed=()
  # loadfile: what a module prepares for all its tests is prepared by one worker
  echo "== SQLite"
  pytest -n 2 --dist loadfile || failed+=(SQLite)
  if [ "$postgres" ]; then
    echo "== PostgreSQL ($postgres)"
    # what reaches no database has run above
    tests/postgres.sh .venv/bin/python -m pytest --durations=15 -n 2 --dist loadfile --database-only || failed+=(PostgreSQL)
  fi
  if [ "$CHROMIUM" ]; then
    echo "== Browser ($CHROMIUM)"
    pytest -n 2 -m browser tests/browser || failed+=(browser)
  fi
  for what in ${missing[@]+"${missing[@]}"}; do echo "Skipped, not found: $what"; done
  if [ ${#failed[@]} -gt 0 ]; then
    echo "Failed: ${failed[*]}" >&2
    exit 1
  fi
}

case "${1:-}" in
  plan | run) "$1" ;;
  *) echo "usage: tests/suite.sh plan|run" >&2; exit 2 ;;
esac
