"""The desk's own index of names: of every subject and source of the working copy, public or not.

It is private: a folder of its own, which no public door reads (tests/admin/test_autocomplete.py). It can be deleted at
any time. What is saved or deleted is followed when it is committed; where the index is missing, damaged or holds
another number of names than the database, whoever asks first makes it anew. Its folder is used by several processes:
one writes at a time, by a file lock, and readers wait for nobody.
"""

import fcntl
import logging
import shutil
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from cases.models import Actor, Alias, Case, Collaboration, Place, Subject, System
from cases.search.analysis.tokens import hyphen_compounds, tokenize
from cases.search.index import engine
from cases.search.index.engine import FORMAT, SearchIndex
from cases.search.index.index_document import IndexDocument, joined_words
from cases.search.names import best_named
from sources.models import Source

from .private_index import document, writer_lock

log = logging.getLogger(__name__)
# How many of the best are offered; the rest is for more words
MAX_NAMES = 100
# More are not followed one by one: the index is made anew when somebody asks
MAX_FOLLOWED = 500
FOLLOWED = (Case, Collaboration, Actor, System, Place, Source)
Names = dict[str, tuple[str, list[str]]]


class _Changed(threading.local):
    """The ids that this thread saved or deleted. One of a transaction that was undone does no harm: it is read anew."""

    def __init__(self) -> None:
        self.ids: set[str] = set()


_changed = _Changed()


def best(text: str, kinds: Sequence[str]) -> list[str] | None:
    """Return the ids of what is called so, best first; None where there is no index to ask. One query."""
    words = tokenize(text)
    try:
        index = _open_index()
        return [key for key, _seq, _score in best_named(words, index.reader, MAX_NAMES, kinds=kinds)]
    except (ValueError, OSError) as error:
        log.warning("index of the desk's names: not used (%s)", error)
        return None


def called(names: Sequence[Sequence[str]], kinds: Sequence[str]) -> list[str] | None:
    """Return the ids of what bears one of these names, or a name with all its words; None without an index. One query.

    A name is given by its words, as `tokenize` makes them.
    """
    wanted = [engine.term("exact", " ".join(name)) for name in names]
    wanted += [engine.all_of([engine.term("name", word) for word in name]) for name in names if len(name) > 1]
    try:
        index = _open_index()
        of_kinds = engine.any_of([engine.term("kind", kind) for kind in kinds])
        _total, rows = index.reader.top(engine.all_of([engine.any_of(wanted), of_kinds]), MAX_NAMES)
    except (ValueError, OSError) as error:
        log.warning("index of the desk's names: not used (%s)", error)
        return None
    return [key for key, _seq, _score in rows]


def _open_index() -> SearchIndex:
    """Open the index, made anew where it is not one of the working copy as it is. Raises OSError while another does."""
    try:
        index = SearchIndex(_folder())
    except ValueError:
        return _rebuild()
    sources = Source.objects.order_by().values_list("pk")
    saved = Subject.objects.order_by().values_list("pk").union(sources, all=True).count()
    return index if index.reader.count(engine.everything()) == saved else _rebuild()


def _rebuild() -> SearchIndex:
    with _writer_lock(fcntl.LOCK_NB):
        for folder in _folder().parent.glob("format-*"):
            shutil.rmtree(folder)
        index = SearchIndex(_folder())
        index.write(_documents(_names()))
        return index


def _follow(instance: Any, **_kwargs: Any) -> None:
    """Note what was saved or deleted; it is read and written when the transaction is committed."""
    _changed.ids.add(str(instance.subject_id if isinstance(instance, Alias) else instance.pk))
    transaction.on_commit(_write_changed, robust=True)


def _write_changed() -> None:
    """Write what was changed. The first of the calls of one transaction writes all, and the others nothing."""
    ids, _changed.ids = _changed.ids, set()
    if not ids or not _folder().exists():
        return
    try:
        with _writer_lock():
            if len(ids) > MAX_FOLLOWED:
                shutil.rmtree(_folder())
                return
            names = _names(ids)
            SearchIndex(_folder()).write(_documents(names), removed=ids - set(names))
    except (ValueError, OSError):
        log.exception("index of the desk's names: not brought up to date; it is made anew")
        shutil.rmtree(_folder(), ignore_errors=True)


for _model in FOLLOWED:
    post_save.connect(_follow, sender=_model)
    post_delete.connect(_follow, sender=_model)
post_save.connect(_follow, sender=Alias)  # one that is taken away goes with the next save of its subject


def _names(ids: Collection[str] | None = None) -> Names:
    """Return the kind and the names of these subjects and sources, or of all, by id. Three queries."""
    subjects, aliases, sources = Subject.objects.order_by(), Alias.objects.order_by(), Source.objects.order_by()
    if ids is not None:
        subjects, sources = subjects.filter(pk__in=ids), sources.filter(pk__in=ids)
        aliases = aliases.filter(subject__pk__in=ids)
    names: Names = {}
    for key, kind, *texts in subjects.values_list("pk", "kind", "title_id", "title_en", "slug"):
        names[str(key)] = kind, texts
    for key, name in aliases.values_list("subject", "name"):
        if subject := names.get(str(key)):
            subject[1].append(name)
    for key, *texts in sources.values_list("pk", "title", "title_given_id", "title_given_en", "slug", "authors"):
        names[str(key)] = "source", texts
    return names


def _documents(names: Names) -> Iterator[IndexDocument]:
    for key, (kind, texts) in names.items():
        compounds = (word for text in texts for word in hyphen_compounds(text))
        exact = sorted({" ".join(tokenize(text)) for text in texts if text})
        yield document(key, exact, {"kind": [kind]}, name=joined_words([*texts, *compounds]))


def _folder() -> Path:
    """Return the folder of the index; one of another form is another folder."""
    return Path(settings.CASEDB_DESK_INDEX_DIR) / f"format-{FORMAT}"


def _writer_lock(flags: int = 0) -> AbstractContextManager[None]:
    return writer_lock(_folder().parent, flags)
