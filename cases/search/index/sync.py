"""Keeping the index in step with the ledger. It is disposable: what is missing, damaged or of an older form is rebuilt.

`current.json` names the folder of the index that serves, the last seq that it applied and the commitment of that
revision, so that an index of another ledger (a restored backup, a new database) is noticed. One process writes at a
time, by a file lock; readers wait for nobody.
"""

import fcntl
import gc
import json
import logging
import os
import secrets
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.utils.translation import gettext as _

from cases.models import Record, Revision, RevisionBody
from cases.vocabularies import Action

from .engine import FORMAT, Index, Reader
from .index_document import IndexDocument, analysed

log = logging.getLogger(__name__)
INLINE = 200
"""Documents that a request or a publication brings up to date by itself; more are for `manage.py index --follow`."""
SMALL = 5000
"""Records up to which a missing index is built on the spot."""
BATCH = 1000
COMMIT = 20_000
"""Documents between two commits of a rebuild: what an interrupted one need not do again."""
SPREAD = 5000
"""Documents from which it pays to start more processes."""
Progress = Callable[[int, int], None]


class Busy(Exception):
    """Another process is writing the index."""


class Damaged(Exception):
    """The index cannot be read."""


@dataclass(frozen=True)
class State:
    """How far an index has come."""

    folder: str
    format: int
    seq: int
    commitment: str


@dataclass(frozen=True)
class Standing:
    """What there is to search in: the index, if one can serve, and how many changes it is behind."""

    reader: Reader | None
    behind: int = 0

    @property
    def notice(self) -> str:
        if self.reader is None:
            return _("The search index is being made. Until then every word must stand as it is written.")
        if self.behind:
            return _("The newest %d changes are not searchable yet.") % self.behind
        return ""


def standing() -> Standing:
    """The index as it can be searched now, brought up to date first where that is quick."""
    head = _head()
    state = _state()
    reader = _open(state)
    if state and reader and (state.seq, state.commitment) == head:
        return Standing(reader)
    try:
        return _caught_up(state, reader, head)
    except Busy:
        if state is None or not _same_ledger(state):
            return Standing(None)
        return Standing(reader, max(0, head[0] - state.seq))


def _caught_up(state: State | None, reader: Reader | None, head: tuple[int, str]) -> Standing:
    if state is None or reader is None or not _same_ledger(state):
        if Record.objects.current().count() > SMALL:
            return Standing(None)
        if (_root() / "current.json").exists():
            log.warning("search index: damaged, of another ledger or of an older form; it is rebuilt")
        rebuild()
        return Standing(_open(_state()))
    changed = _changed_since(state.seq)
    if len(changed) > INLINE:
        return Standing(reader, head[0] - state.seq)
    catch_up()
    return Standing(_open(_state()))


def after_publishing() -> None:
    """What publication calls when its set is committed. A failure here must never undo or delay what is published."""
    try:
        state = _state()
        if state is None or len(_changed_since(state.seq)) <= INLINE:
            standing()
    except Exception:
        log.exception("search index: not brought up to date; the next search will try again")


def catch_up(progress: Progress | None = None) -> int:
    """Apply every revision that the index does not hold yet. Returns how many documents changed. Raises Busy."""
    with _lock():
        state = _state()
        if state is None or _open(state) is None or not _same_ledger(state):
            return _rebuild(progress)
        if Revision.objects.filter(seq__gt=state.seq, action=Action.REDACT).exists():
            return _rebuild(progress)  # an engine keeps what it deletes until it merges; erased words must be gone
        head = _head()
        changed = _changed_since(state.seq)
        index = Index(_root() / state.folder)
        for at in range(0, len(changed), BATCH):
            part = changed[at : at + BATCH]
            current = Record.objects.current().filter(object_id__in=part).values_list("object_id", "since_seq")
            rows = {str(object_id): seq for object_id, seq in current}
            index.write(_documents(list(rows.values())), gone=[key for key in part if key not in rows])
            if progress:
                progress(at + len(part), len(changed))
        _keep(State(state.folder, FORMAT, *head))
        return len(changed)


def rebuild(progress: Progress | None = None, processes: int = 1) -> int:
    """Make the index anew while the old one serves, or go on where an interrupted rebuild stopped. Raises Busy."""
    with _lock():
        return _rebuild(progress, processes)


def _rebuild(progress: Progress | None, processes: int = 1) -> int:
    unfinished = _read(_root() / "building.json")
    started = unfinished if unfinished and unfinished.pop("format", None) == FORMAT else {}
    if not started or not _same_ledger(State(started["folder"], FORMAT, started["seq"], started["commitment"])):
        seq, commitment = _head()
        started = {
            "folder": f"index-{secrets.token_hex(4)}",
            "seq": seq,
            "commitment": commitment,
            "after": 0,
            "done": 0,
        }
    index = Index(_root() / started["folder"])
    left = Record.objects.current().filter(since_seq__gt=started["after"]).order_by("since_seq")
    seqs = list(left.values_list("since_seq", flat=True))
    before, written = started["done"], 0
    documents = _watched(_documents(seqs, processes), progress, before, before + len(seqs))
    while count := index.write(islice(documents, COMMIT)):
        written += count
        started |= {"after": seqs[written - 1], "done": before + written}
        _write(_root() / "building.json", started | {"format": FORMAT})
    _keep(State(started["folder"], FORMAT, started["seq"], started["commitment"]))
    (_root() / "building.json").unlink(missing_ok=True)
    _tidy(started["folder"])
    return int(started["done"])


def _watched(
    documents: Iterable[IndexDocument], progress: Progress | None, done: int, total: int
) -> Iterator[IndexDocument]:
    for number, document in enumerate(documents, done + 1):
        yield document
        if progress and number % BATCH == 0:
            progress(number, total)


def _documents(seqs: list[int], processes: int = 1) -> Iterator[IndexDocument]:
    """What these revisions wrote, read in batches; analysed by several processes where a command asks for it."""
    if processes == 1 or len(seqs) < SPREAD:
        for batch in _bodies(seqs):
            yield from analysed(batch)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_start_analysing) as pool:
        for found in in_order(pool, _bodies(seqs), ahead=2 * processes):
            yield from found


def _start_analysing() -> None:
    """Documents are trees: nothing in them waits for the collector, which would walk them over and over."""
    django.setup()
    gc.disable()


def _bodies(seqs: list[int]) -> Iterator[list[tuple[int, str]]]:
    """The texts that these revisions wrote, in batches."""
    for at in range(0, len(seqs), BATCH):
        bodies = RevisionBody.objects.filter(pk__in=seqs[at : at + BATCH])
        yield list(bodies.order_by("pk").values_list("pk", "document"))


def in_order(pool: Executor, batches: Iterator[list[tuple[int, str]]], ahead: int) -> Iterator[list[IndexDocument]]:
    """What the pool makes of the batches, in their order, with at most `ahead` of them in memory."""
    waiting = deque(pool.submit(analysed, batch) for batch in islice(batches, ahead))
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(pool.submit(analysed, batch) for batch in islice(batches, 1))


def _changed_since(seq: int) -> list[str]:
    """The ids of what was published, corrected or withdrawn after a revision, in that order."""
    ids = Revision.objects.filter(seq__gt=seq).order_by("seq").values_list("object_id", flat=True)
    return list(dict.fromkeys(str(object_id) for object_id in ids))


def _head() -> tuple[int, str]:
    """The last revision of the ledger, and its commitment."""
    last = Revision.objects.order_by("-seq").values_list("seq", "commitment").first()
    return last or (0, "")


def _same_ledger(state: State) -> bool:
    if state.seq == 0:
        return True
    return Revision.objects.filter(seq=state.seq, commitment=state.commitment).exists()


# Files

_opened: dict[str, tuple[State, Index]] = {}
"""The index that this process has open, and the state at which it was opened: one entry, replaced as a whole."""


def _root() -> Path:
    return Path(settings.CASEDB_SEARCH_DIR)


def _state() -> State | None:
    found = _read(_root() / "current.json")
    return State(**found) if found and found.get("format") == FORMAT else None


def _open(state: State | None) -> Reader | None:
    """The index that the state names; None when there is none or it cannot be read."""
    if state is None:
        return None
    folder = _root() / state.folder
    held, index = _opened.get("index", (None, None))
    try:
        if index is None or index.folder != folder:
            if not (folder / "meta.json").exists():
                return None
            index = Index(folder)
        elif held != state:
            index.refresh()
    except (ValueError, OSError) as error:
        log.warning("search index: %s cannot be read (%s)", folder, error)
        _opened.clear()
        return None
    _opened["index"] = (state, index)
    return index.reader()


def damaged(error: BaseException) -> None:
    """Put aside an index that failed while it was searched, so that the next request finds none and builds one."""
    log.warning("search index: failed while searching (%s); it is rebuilt", error)
    (_root() / "current.json").unlink(missing_ok=True)
    _opened.clear()


def _keep(state: State) -> None:
    _write(_root() / "current.json", asdict(state))


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write(path: Path, value: dict[str, Any]) -> None:
    """Replace a small file, wholly or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps(value), encoding="utf-8")
    os.replace(new, path)


def _tidy(kept: str) -> None:
    for folder in _root().glob("index-*"):
        if folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _lock() -> Iterator[None]:
    """The one writer. Raises Busy at once when another process has it; the system frees it when that process dies."""
    _root().mkdir(parents=True, exist_ok=True)
    with (_root() / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy from error
        yield
