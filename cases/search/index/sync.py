"""Keeping the index in step with the ledger. It is disposable: what is missing, damaged or of an older form is rebuilt.

One process writes at a time, by a file lock; readers wait for nobody.
"""

import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import msgspec
from django.utils.translation import gettext as _

from cases.models import Record, Revision, RevisionBody
from cases.vocabularies import Action

from . import index_files as files
from .engine import Reader, SearchIndex
from .index_document import IndexDocument, analyze_batch
from .index_files import BuildState, IndexLockedError, IndexState
from .processes import start_process
from .word_index import FOLDER, WordIndex, words_of

log = logging.getLogger(__name__)
# A request or a publication brings so many up to date by itself; more are for `manage.py index --follow`
MAX_INLINE_DOCUMENTS = 200
# Up to so many records a missing index is built on the spot
MAX_INLINE_BUILD_RECORDS = 5000
BATCH_DOCUMENTS = 1000
# Between two commits of a rebuild: what an interrupted one need not do again
COMMIT_DOCUMENTS = 20_000
# From so many it pays to start more processes
MIN_PARALLEL_DOCUMENTS = 5000
# After a write that failed (a full disk, a folder of somebody else) no request tries again for so long
UNWRITABLE_SECONDS = 60.0
_unwritable_until: dict[Path, float] = {}
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SearchableIndex:
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


def searchable_index() -> SearchableIndex:
    """Return the index as it can be searched now, brought up to date first where that is quick."""
    head = _head()
    state = files.current_state()
    reader = files.open_index(state)
    if state and reader and (state.seq, state.commitment) == head:
        return SearchableIndex(reader)
    if time.monotonic() >= _unwritable_until.get(files.root(), 0.0):
        try:
            return _up_to_date(state, reader, head)
        except IndexLockedError:
            pass
        except OSError as error:
            log.warning("search index: %s cannot be written (%s)", files.root(), error)
            _unwritable_until[files.root()] = time.monotonic() + UNWRITABLE_SECONDS
    if state is None or not _same_ledger(state):
        return SearchableIndex(None)
    return SearchableIndex(reader, max(0, head[0] - state.seq))


def _up_to_date(state: IndexState | None, reader: Reader | None, head: tuple[int, str]) -> SearchableIndex:
    if state is None or reader is None or not state.seq or not _same_ledger(state):  # at 0 it holds nothing yet
        if Record.objects.current().count() > MAX_INLINE_BUILD_RECORDS:
            return SearchableIndex(None)
        if (files.root() / files.CURRENT).exists():
            log.warning("search index: damaged, of another ledger or of an older form; it is rebuilt")
        rebuild()
    elif len(_changed_since(state.seq)) > MAX_INLINE_DOCUMENTS:
        return SearchableIndex(reader, head[0] - state.seq)
    else:
        catch_up()
    return SearchableIndex(files.open_index(files.current_state()))


def after_publishing() -> None:
    """Bring the index up to date when a set is committed. A failure must never undo or delay what is published."""
    try:
        state = files.current_state()
        if state is None or not state.seq or len(_changed_since(state.seq)) <= MAX_INLINE_DOCUMENTS:
            searchable_index()
    except Exception:
        log.exception("search index: not brought up to date; the next search will try again")


def catch_up(progress: Progress | None = None) -> int:
    """Apply every revision that the index lacks. Return how many documents changed. Raises IndexLockedError."""
    with files.writer_lock():
        state = files.current_state()
        if state is None or files.open_index(state) is None or not _same_ledger(state):
            return _rebuild(progress)
        if Revision.objects.filter(seq__gt=state.seq, action=Action.REDACT).exists():
            return _rebuild(progress)  # an engine keeps what it deletes until it merges; erased words must be gone
        seq, commitment = _head()
        changed = _changed_since(state.seq)
        index, words = SearchIndex(files.root() / state.folder), WordIndex(files.root() / state.folder / FOLDER)
        for at in range(0, len(changed), BATCH_DOCUMENTS):
            part = changed[at : at + BATCH_DOCUMENTS]
            current = Record.objects.current().filter(object_id__in=part).values_list("object_id", "since_seq")
            seqs = {str(object_id): since for object_id, since in current}
            documents = list(_documents(list(seqs.values())))
            index.write(documents, removed=[key for key in part if key not in seqs])
            words.add(words_of(documents))
            if progress:
                progress(at + len(part), len(changed))
        files.write_state(files.CURRENT, IndexState(folder=state.folder, seq=seq, commitment=commitment))
        return len(changed)


def rebuild(progress: Progress | None = None, processes: int = 1) -> int:
    """Make the index anew while the old one serves, or resume. Return how many documents. Raises IndexLockedError."""
    with files.writer_lock():
        return _rebuild(progress, processes)


def _rebuild(progress: Progress | None, processes: int = 1) -> int:
    build = files.read_state(files.BUILDING, BuildState)
    if build is None or not _same_ledger(build):
        seq, commitment = _head()
        folder = f"index-{secrets.token_hex(4)}"
        build = BuildState(folder=folder, seq=seq, commitment=commitment)
        files.write_state(files.BUILDING, build)  # before the folder: a build that fails leaves no second one behind
    index = SearchIndex(files.root() / build.folder)
    left = Record.objects.current().filter(since_seq__gt=build.after).order_by("since_seq")
    seqs = list(left.values_list("since_seq", flat=True))
    before, written = build.done, 0
    documents = _with_progress(_documents(seqs, processes), progress, before, before + len(seqs))
    while count := index.write(islice(documents, COMMIT_DOCUMENTS)):
        written += count
        build = msgspec.structs.replace(build, after=seqs[written - 1], done=before + written)
        files.write_state(files.BUILDING, build)
    WordIndex(files.root() / build.folder / FOLDER).add(index.reader.word_frequencies())
    files.write_state(files.CURRENT, IndexState(folder=build.folder, seq=build.seq, commitment=build.commitment))
    (files.root() / files.BUILDING).unlink(missing_ok=True)
    files.remove_other_folders(build.folder)
    return build.done


def _with_progress(
    documents: Iterable[IndexDocument], progress: Progress | None, done: int, total: int
) -> Iterator[IndexDocument]:
    for number, document in enumerate(documents, done + 1):
        yield document
        if progress and number % BATCH_DOCUMENTS == 0:
            progress(number, total)


def _documents(seqs: list[int], processes: int = 1) -> Iterator[IndexDocument]:
    """Yield what the index holds of what these revisions wrote; by several processes where a command asks for it."""
    if processes == 1 or len(seqs) < MIN_PARALLEL_DOCUMENTS:
        for batch in _bodies(seqs):
            yield from analyze_batch(batch)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=start_process) as pool:
        for documents in _in_order(pool, _bodies(seqs), ahead=2 * processes):
            yield from documents


def _bodies(seqs: list[int]) -> Iterator[list[tuple[int, str]]]:
    """Yield the texts that these revisions wrote, in batches."""
    for at in range(0, len(seqs), BATCH_DOCUMENTS):
        bodies = RevisionBody.objects.filter(pk__in=seqs[at : at + BATCH_DOCUMENTS])
        yield list(bodies.order_by("pk").values_list("pk", "document"))


def _in_order(pool: Executor, batches: Iterator[list[tuple[int, str]]], ahead: int) -> Iterator[list[IndexDocument]]:
    """Yield what the pool makes of the batches, in their order, with at most `ahead` of them in memory."""
    waiting = deque(pool.submit(analyze_batch, batch) for batch in islice(batches, ahead))
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(pool.submit(analyze_batch, batch) for batch in islice(batches, 1))


def _changed_since(seq: int) -> list[str]:
    """Return the ids of what was published, corrected or withdrawn after a revision, in that order."""
    ids = Revision.objects.filter(seq__gt=seq).order_by("seq").values_list("object_id", flat=True)
    return list(dict.fromkeys(str(object_id) for object_id in ids))


def _head() -> tuple[int, str]:
    """Return the last revision of the ledger, and its commitment."""
    return Revision.objects.order_by("-seq").values_list("seq", "commitment").first() or (0, "")


def _same_ledger(state: IndexState) -> bool:
    return state.seq == 0 or Revision.objects.filter(seq=state.seq, commitment=state.commitment).exists()
