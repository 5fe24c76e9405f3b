"""The desk's own index of the texts of all copies, public or not, with the names of private persons left out.

It is private: a folder of its own, which no public door reads (tests/admin/test_source_texts.py). It can be deleted at
any time. Whoever searches brings it up to date first, so far as that is quick, and is told what is still missing. When
a copy is deleted or a name in one is hidden, all of it goes: an engine keeps what it deletes until it merges.
"""

import fcntl
import json
import logging
import re
import shutil
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from cases.search.highlight import Highlighter, MatchSpan
from cases.search.index.engine import FORMAT, Query, SearchIndex
from cases.search.index.index_document import FieldWords, IndexDocument
from cases.search.query.compiler import compile_query
from cases.search.query.parser import parse_query
from cases.search.snippets import Fragment, snippet
from sources.captures import WrongTextError, pages_of, text_of
from sources.models import Capture, PrivateSpan
from sources.quotes import hidden

from .private_index import document, writer_lock

log = logging.getLogger(__name__)
# A row of the index, and what it repeats of the next, so that no phrase is lost between two
ROW_CHARS, OVERLAP_CHARS = 2_000, 200
# What one search brings up to date: some four seconds
MAX_INDEXED_CHARS = 2_000_000
MAX_TEXT_HITS = 50
# A stretch of a text that is shown as one place
MAX_NEAR_CHARS = 160
# The state of each copy that is indexed: where names are hidden in it
Indexed = dict[str, str]


@dataclass(frozen=True)
class TextHit:
    """A place of a copy where the words of a search stand together."""

    capture: Capture
    page: int | None
    start: int
    end: int
    fragments: list[Fragment]


@dataclass(frozen=True)
class TextResults:
    """The best places of a search, in how many rows it matches, and how many copies are not searchable yet.

    `elsewhere` is how many copies keep no text here, so that nobody can look into them.
    """

    hits: list[TextHit]
    total: int
    missing: int
    elsewhere: int


def search(text: str) -> TextResults:
    """Search the texts of all copies. Raises SearchQueryError with a sentence, OSError where no index can be kept."""
    parsed = parse_query(text)
    try:
        index, missing = _up_to_date()
    except ValueError as error:
        log.warning("index of the desk's texts: damaged, it is made anew (%s)", error)
        shutil.rmtree(_folder())
        index, missing = _up_to_date()
    compiled = compile_query(parsed, index.reader)
    highlighter = Highlighter([group.forms for group in compiled.groups])
    total, rows = _top(index, compiled.query) if compiled.groups else (0, [])
    elsewhere = Capture.objects.count() - len(_expected())
    return TextResults(list(_hits(rows, highlighter)), total, missing, elsewhere)


def _top(index: SearchIndex, query: Query) -> tuple[int, list[tuple[str, int]]]:
    total, rows = index.reader.top(query, MAX_TEXT_HITS)
    return total, [(capture, int(start)) for capture, start in (key.split(":") for key, _seq, _score in rows)]


def _hits(rows: list[tuple[str, int]], highlighter: Highlighter) -> Iterator[TextHit]:
    """Yield each place once; two rows share what they overlap by."""
    keys = {capture for capture, _start in rows}
    rows_of_keys = Capture.objects.filter(pk__in=keys).select_related("source").prefetch_related("private_spans")
    captures = {str(capture.pk): capture for capture in rows_of_keys}
    texts = {key: readable_text(capture) for key, capture in captures.items()}
    seen = set()
    for key, start in rows:
        if not (text := texts.get(key)):
            continue
        capture = captures[key]
        start, row = _row(text, start)
        spans = _densest(highlighter.spans(row, capture.source.language))
        place = (start + spans[0].start, start + spans[-1].end) if spans else (start, start)
        if (key, place) not in seen:
            seen.add((key, place))
            pages = pages_of(capture, text)
            page = bisect_right(pages, place[0]) if len(pages) > 1 else None
            yield TextHit(capture, page, *place, snippet(row.replace("\f", " "), spans))


def _densest(spans: list[MatchSpan]) -> list[MatchSpan]:
    """Return the matches of the stretch in which most words of the search stand closest together."""
    near = [
        [span for span in spans[first:] if span.end - spans[first].start <= MAX_NEAR_CHARS]
        for first in range(len(spans))
    ]
    return max(near, key=_closeness, default=[])


def _closeness(spans: list[MatchSpan]) -> tuple[int, int, int]:
    """Return how many words of a search are matched, the longest match, and how short the stretch is."""
    longest = max(span.end - span.start for span in spans)
    return len({span.term for span in spans}), longest, spans[0].start - spans[-1].end


def readable_text(capture: Capture) -> str:
    """Return the text of a copy with what is private blacked out; nothing where it is not at hand."""
    try:
        return hidden(text_of(capture) or "", capture.private)
    except WrongTextError:
        return ""


def _up_to_date() -> tuple[SearchIndex, int]:
    """Return the index, with as many of the missing copies as is quick, and the number of those left."""
    expected = _expected()
    indexed = _indexed()
    if any(expected.get(key) != state for key, state in indexed.items()):
        with writer_lock(_folder().parent, fcntl.LOCK_NB):
            shutil.rmtree(_folder(), ignore_errors=True)
        indexed = {}
    if missing := [key for key in expected if key not in indexed]:
        try:
            with writer_lock(_folder().parent, fcntl.LOCK_NB):
                indexed = _index(missing, expected, _indexed())
        except BlockingIOError:
            log.info("index of the desk's texts: another process writes it")
    return SearchIndex(_folder()), len(expected.keys() - indexed.keys())


def _index(missing: list[str], expected: Indexed, indexed: Indexed) -> Indexed:
    """Write the rows of missing copies until enough was read, one commit and one line of state at the end."""
    rows, read = list[IndexDocument](), 0
    captures = Capture.objects.filter(pk__in=missing).select_related("source").prefetch_related("private_spans")
    for capture in captures.iterator(chunk_size=10):
        text = readable_text(capture)
        rows += _rows(capture, text)
        indexed[str(capture.pk)] = expected[str(capture.pk)]
        read += len(text)
        if read >= MAX_INDEXED_CHARS:
            break
    SearchIndex(_folder()).write(rows)
    (_folder() / "indexed.json").write_text(json.dumps(indexed))
    return indexed


def _rows(capture: Capture, text: str) -> Iterator[IndexDocument]:
    for start in range(0, len(text), ROW_CHARS):
        words = FieldWords()
        words.add(_row(text, start)[1], capture.source.language)
        key, facets = f"{capture.pk}:{start}", {"source": [capture.source.slug]}
        yield document(key, [], facets, quote=" ".join(words.words), body=" ".join(words.stems))


def _row(text: str, start: int) -> tuple[int, str]:
    """Return the text of a row and where it begins: no word is cut, for those at its ends stand in its neighbours."""
    row = (
        re.sub(r"\S+\Z", "", text[start : start + ROW_CHARS + OVERLAP_CHARS])
        if start + ROW_CHARS < len(text)
        else text[start:]
    )
    cut = re.match(r"\S*", row) if start else None
    return (start + cut.end(), row[cut.end() :]) if cut else (start, row)


def _expected() -> Indexed:
    """Return the copies whose text is at hand, and where names are hidden in each. Two queries, without a text."""
    folder = settings.CASEDB_DOCUMENTS
    files = {path.name for path in Path(folder).iterdir()} if folder and Path(folder).is_dir() else set()
    captures = Capture.objects.filter(~Q(text="") | Q(file_name__in=files)).order_by("pk")
    expected = {str(key): "" for key in captures.values_list("pk", flat=True)}
    for key, *span in PrivateSpan.objects.order_by("capture", "start", "end").values_list("capture", "start", "end"):
        if str(key) in expected:
            expected[str(key)] += f"{span[0]}-{span[1]} "
    return expected


def _indexed() -> Indexed:
    try:
        indexed: Indexed = json.loads((_folder() / "indexed.json").read_text())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return indexed


def _forget(**_kwargs: Any) -> None:
    """Take the whole index away when a copy or a name in one must not be found any more."""
    transaction.on_commit(lambda: shutil.rmtree(_folder(), ignore_errors=True), robust=True)


post_delete.connect(_forget, sender=Capture)
post_save.connect(_forget, sender=PrivateSpan)
post_delete.connect(_forget, sender=PrivateSpan)


def _folder() -> Path:
    """Return the folder of the index; one of another form is another folder."""
    return Path(settings.CASEDB_DESK_TEXT_DIR) / f"format-{FORMAT}"
