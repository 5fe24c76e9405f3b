#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL, with CASEDB_DATABASE_URL pointing at it:
#   tests/postgres.sh .venv/bin/python -m pytest
#   PG_OPTIONS="-c shared_buffers=4GB" tests/postgres.sh …
#   tests/postgres.sh --find        prints the directory of the server's binaries, or fails
# The cluster listens on a Unix socket only, and is stopped and deleted when the command ends, however it ends.
set -euo pipefail

find_binaries() {
  local dir
  for dir in ${PGBIN:-} $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) \
             "$(dirname "$(command -v initdb || echo /none/initdb)")" /opt/homebrew/opt/postgresql*/bin; do
    if [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ]; then echo "$dir"; return; fi
  done
  return 1
}

bin=$(find_binaries) || { echo "No PostgreSQL server found; PGBIN=DIR names its binaries." >&2; exit 1; }
if [ "${1:-}" = --find ]; then echo "$bin"; exit; fi

dir=$(mktemp -d /tmp/casedb-pg.XXXXXX) # in /tmp because the path of a socket may not exceed some 100 bytes
as=(env)
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
  user=postgres
  id -u "$user" >/dev/null 2>&1 || user=nobody
  chown "$user" "$dir"
  as=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups env HOME="$dir")
fi
pg() { (cd "$dir" && "${as[@]}" "$bin/$1" "${@:2}"); }

remove() {
  pg pg_ctl -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap remove EXIT

locale=C.UTF-8
[ "$(uname)" != Darwin ] || locale=C
options="-c listen_addresses='' -c unix_socket_directories='$dir'"
options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off" # nothing here is to be kept
options="$options ${PG_OPTIONS:-}"
{
  pg initdb -D "$dir/data" -U casedb -A trust -E UTF8 --locale="$locale" --no-sync &&
  pg pg_ctl -D "$dir/data" -l "$dir/log" -w -o "$options" start &&
  pg createdb -h "$dir" -U casedb casedb
} >"$dir/start.log" 2>&1 || { cat "$dir/start.log" "$dir/log" >&2 || true; exit 1; }

# The command gets a process group of its own (set -m), so that a signal reaches all of it at once.
export CASEDB_DATABASE_URL="postgres://casedb@/casedb?host=$dir"
set -m
"$@" &
child=$!
set +m
trap 'kill -INT -- "-$child" 2>/dev/null || true' INT
trap 'kill -TERM -- "-$child" 2>/dev/null || true' TERM HUP
status=0
wait "$child" || status=$?
while kill -0 "$child" 2>/dev/null; do # a signal ends `wait` before the command has ended
  status=0
  wait "$child" || status=$?
done
exit "$status"
