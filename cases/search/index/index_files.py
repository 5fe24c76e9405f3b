"""The files of the index: which folder serves and how far it has come, the lock of the one writer, the open index.

`current.json` names the folder of the index that serves, the last seq that it applied and the commitment of that
revision, so that an index of another ledger (a restored backup, a new database) is noticed.
"""

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import msgspec
from django.conf import settings

from .engine import FORMAT, Reader, SearchIndex
from .word_index import FOLDER, WordIndex

log = logging.getLogger(__name__)
CURRENT, BUILDING = "current.json", "building.json"
_State = TypeVar("_State", bound="IndexState")
# The index that this process has open, and the state at which it was opened: one entry, replaced as one
_open_indexes: dict[str, tuple["IndexState", SearchIndex]] = {}


class IndexLockedError(Exception):
    """Another process is writing the index."""


class IndexState(msgspec.Struct, frozen=True, kw_only=True):
    """How far an index has come."""

    folder: str
    seq: int
    commitment: str
    format: int = FORMAT


class BuildState(IndexState, frozen=True, kw_only=True):
    """How far a rebuild has come: the last seq that was written, and how many documents were."""

    after: int = 0
    done: int = 0


def root() -> Path:
    """Return the folder of all indexes."""
    return Path(settings.CASEDB_SEARCH_DIR)


def read_state(name: str, kind: type[_State]) -> _State | None:
    """Return what a state file says; None where there is none, it cannot be read or is of another format."""
    try:
        state = msgspec.json.decode((root() / name).read_bytes(), type=kind)
    except (OSError, ValueError, msgspec.DecodeError):
        return None
    return state if state.format == FORMAT else None


def write_state(name: str, state: IndexState) -> None:
    """Replace a state file, wholly or not at all."""
    path = root() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    new.write_bytes(msgspec.json.encode(state))
    os.replace(new, path)


def current_state() -> IndexState | None:
    """Return the state of the index that serves."""
    return read_state(CURRENT, IndexState)


def open_index(state: IndexState | None) -> Reader | None:
    """Return a reader of the index that the state names; None when there is none or it cannot be read."""
    if state is None:
        return None
    folder = root() / state.folder
    opened_at, index = _open_indexes.get("index", (None, None))
    try:
        if index is None or index.folder != folder:
            if not (folder / "meta.json").exists():
                return None
            index = SearchIndex(folder)
        elif opened_at != state:
            index.refresh()
        if index.reader.words is None:
            index.reader.words = WordIndex(folder / FOLDER)
    except (ValueError, OSError) as error:
        log.warning("search index: %s cannot be read (%s)", folder, error)
        _open_indexes.clear()
        return None
    _open_indexes["index"] = (state, index)
    return index.reader


def discard_index(error: BaseException) -> None:
    """Put aside an index that failed while it was searched, so that the next request finds none and builds one."""
    log.warning("search index: failed while searching (%s); it is rebuilt", error)
    with suppress(OSError):  # where nothing can be written, it stays, and fails again
        (root() / CURRENT).unlink(missing_ok=True)
    _open_indexes.clear()


def remove_other_folders(folder: str) -> None:
    """Delete every index but the one in this folder."""
    for other in root().glob("index-*"):
        if other.name != folder:
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def writer_lock() -> Iterator[None]:
    """Be the one writer. The system frees the lock at exit.

    Raises IndexLockedError at once when another process is, and OSError where the folder cannot be written.
    """
    root().mkdir(parents=True, exist_ok=True)
    with (root() / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexLockedError from error
        try:
            yield
        except ValueError as error:  # so the engine says that a disk is full
            raise OSError(str(error)) from error
