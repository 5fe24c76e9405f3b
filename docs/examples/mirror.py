#!/usr/bin/env python3
"""Keep an exact copy of a CaseDB record in one SQLite file. Needs nothing but Python 3.11 or newer.

    python mirror.py http://127.0.0.1:8000 copy.sqlite3

Run it as often as you like: it goes on where it stopped, whenever and however it stopped. Each published set is
applied whole, every text is checked against the commitment that the log holds, and what was erased there is erased
here. At the end the copy is compared with the site's digest; the exit code is 0 only when both are equal.

Tables: `revision` (the log, with `document` as the exact text, or null once erased) and `record` (what stands now:
id, kind, path and the seq of the revision that holds its document).
"""

import hashlib
import json
import sqlite3
import sys
import time
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

TABLES = """
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS revision (
  seq INTEGER PRIMARY KEY, batch INTEGER NOT NULL, action TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
  version INTEGER NOT NULL, at TEXT NOT NULL, commitment TEXT NOT NULL, "into" TEXT, cause INTEGER, redacts INTEGER,
  salt TEXT, document TEXT
);
CREATE TABLE IF NOT EXISTS record (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL, seq INTEGER NOT NULL REFERENCES revision
);
"""
COLUMNS = ("seq", "batch", "action", "id", "kind", "version", "at", "commitment", "into", "cause", "redacts")
Change = dict[str, Any]


class MirrorError(Exception):
    """The copy cannot be, or is not, what the site has."""


def main(site: str, file: str) -> None:
    copy = sqlite3.connect(file, isolation_level=None)
    copy.executescript(TABLES)
    pull(site, copy)
    compare(site, copy)


def pull(site: str, copy: sqlite3.Connection) -> None:
    """Apply every set that the copy does not have yet. A set that a page cuts in two waits for the next page."""
    waiting: list[Change] = []
    check_ledger(site, copy)
    address = f"/api/v1/changes/?include=document&limit=50&after={last_seq(copy)}"
    while True:
        page = read(site, address)
        for change in page["results"]:
            if waiting and waiting[0]["batch"] != change["batch"]:
                apply(copy, waiting)
                waiting = []
            waiting.append(change)
        if page["head"] is None or page["next_after"] >= page["head"]["seq"]:
            break  # the head closes a set
        address = page["next"]
    if waiting:
        apply(copy, waiting)


def check_ledger(site: str, copy: sqlite3.Connection) -> None:
    """Raise MirrorError unless the last revision of the copy is the site's as well: a copy is of one ledger."""
    last = copy.execute("SELECT seq, commitment FROM revision ORDER BY seq DESC LIMIT 1").fetchone()
    if last is None:
        return
    seq, commitment = last
    try:
        changes = read(site, f"/api/v1/revisions/?after={seq - 1}&limit=1")["results"]
    except HTTPError as error:
        raise MirrorError(f"revision {seq} is not in the site's log ({error})") from error
    if [change["commitment"] for change in changes] != [commitment]:
        raise MirrorError(f"revision {seq} of this copy is of another ledger")


def apply(copy: sqlite3.Connection, changes: list[Change]) -> None:
    """Apply one set, together or not at all."""
    copy.execute("BEGIN IMMEDIATE")
    try:
        for change in changes:
            check(change, last_seq(copy))
            values = [change[name] for name in COLUMNS] + [change["salt"], change["document"]]
            copy.execute(f"INSERT INTO revision VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
            if change["redacts"] is not None:
                copy.execute("UPDATE revision SET salt = NULL, document = NULL WHERE seq = ?", [change["redacts"]])
            update_record(copy, change)
        copy.execute("COMMIT")
    except BaseException:
        copy.execute("ROLLBACK")
        raise


def check(change: Change, last: int) -> None:
    """Raise MirrorError unless a revision is the next, and its text, if not erased, what was committed to."""
    if change["seq"] != last + 1:
        raise MirrorError(f"revision {change['seq']} follows {last}")
    if change["document"] is None:
        return
    text = bytes.fromhex(change["salt"]) + change["document"].encode()
    if hashlib.sha256(text).hexdigest() != change["commitment"]:
        raise MirrorError(f"the text of revision {change['seq']} is not what was committed to")


def update_record(copy: sqlite3.Connection, change: Change) -> None:
    """Keep the last document of each thing in `record`, unless it was withdrawn, or merged into another."""
    copy.execute("DELETE FROM record WHERE id = ?", [change["id"]])
    document = json.loads(change["document"]) if change["document"] else None
    if document and "withdrawn" not in document and "merged" not in document:
        row = [change["id"], change["kind"], document["path"], change["seq"]]
        copy.execute("INSERT INTO record VALUES (?, ?, ?, ?)", row)


def compare(site: str, copy: sqlite3.Connection) -> None:
    """Raise MirrorError unless the site's digest is the copy's. What was published meanwhile is pulled first."""
    for _attempt in range(10):
        theirs = read(site, "/api/v1/digest/")
        if theirs["seq"] == last_seq(copy):
            break
        pull(site, copy)
    ours = hashlib.sha256()
    rows = "SELECT seq, commitment, CASE WHEN document IS NULL THEN 'erased' ELSE 'kept' END FROM revision ORDER BY seq"
    for row in copy.execute(rows):
        ours.update("{} {} {}\n".format(*row).encode())
    documents = copy.execute("SELECT count(*) FROM record").fetchone()[0]
    if (ours.hexdigest(), documents) != (theirs["log"], theirs["documents"]):
        raise MirrorError(f"revision {theirs['seq']}: {documents} documents and hash {ours.hexdigest()}, not {theirs}")
    print(f"equal at revision {theirs['seq']}: {documents} documents stand, {theirs['erased']} revisions are erased")


def last_seq(copy: sqlite3.Connection) -> int:
    return int(copy.execute("SELECT coalesce(max(seq), 0) FROM revision").fetchone()[0])


def read(site: str, address: str) -> Any:
    """Return the JSON at an address; where the site says to come back later, wait and ask again."""
    request = Request(urljoin(site, address), headers={"User-Agent": "casedb-mirror"})  # noqa: S310
    while True:
        try:
            with urlopen(request, timeout=60) as answer:  # noqa: S310
                return json.load(answer)
        except HTTPError as error:
            if error.code not in (429, 503):
                raise
            time.sleep(int(error.headers.get("Retry-After", "10")))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} SITE FILE")
    try:
        main(*sys.argv[1:])
    except MirrorError as error:
        sys.exit(f"not equal: {error}")
    except (URLError, ValueError) as error:
        sys.exit(f"{sys.argv[1]} cannot be read: {error}. What was applied before is kept; run it again to go on.")
