"""The audit of the whole record: quotes, private spans, commitments, gaps, replay equality, and every rule.

Each check yields one sentence per fault. Nothing is written; run it as often as you like.
"""

import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import F

from cases.documents.canonical import Document
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision, RevisionBody
from cases.publication import projection
from cases.publication.acts import embedded_ids
from cases.publication.checks import excerpt_faults, private_names
from cases.publication.rules import faults
from cases.publication.triggers import APPEND_ONLY, NO_UPDATE
from sources import quotes
from sources.captures import WrongText, text_of
from sources.models import Capture, Excerpt, PrivateSpan

from .revisions import guarded, ledger_is_whole, readable, revisions

Spans = dict[str, list[quotes.Span]]
"""Private spans by the SHA-256 of the text."""


def verify(documents: Path | None = None) -> Iterator[str]:
    """Every fault found. `documents` is a folder with the texts that the database may not keep."""
    yield from triggers_stand()
    yield from ledger_is_whole()
    yield from record_equals_replay()
    yield from documents_keep_the_rules()
    yield from guarded("references", public_references_resolve)
    yield from quotes_are_faithful(documents)


def triggers_stand() -> Iterator[str]:
    """The database still refuses to change what is written once."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        sql = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        present = {row[0] for row in cursor.fetchall()}
    expected = {f"{table}_no_update" for table in NO_UPDATE} | {f"{table}_no_delete" for table in APPEND_ONLY}
    for name in sorted(expected - present):
        yield f"trigger {name} is missing"


def record_equals_replay() -> Iterator[str]:
    """The derived tables hold exactly the rows that the documents give, with the seqs that the ledger gives."""
    until: dict[int, int | None] = {}
    last: dict[Any, int] = {}
    for seq, object_id in Revision.objects.order_by("seq").values_list("seq", "object_id"):
        if object_id in last:
            until[last[object_id]] = seq
        last[object_id], until[seq] = seq, None
    expected_seqs = set()
    for revision, body in revisions():
        if body is None:
            continue
        document = readable(body)
        if document and not projection.stands(document):
            continue
        expected_seqs.add(revision.seq)
        if document:
            name, end = f"revision {revision.seq}", until[revision.seq]
            yield from guarded(name, lambda r=revision, d=document, u=end: _differences(r, d, u))
    for model in (Record, RecordClaim, RecordExcerpt, RecordLink):
        for seq in set(model.objects.order_by().values_list("since_seq", flat=True).distinct()) - expected_seqs:
            yield f"{model.__name__} has rows of revision {seq}, which gives none (run replay)"
    for model in (RecordClaim, RecordExcerpt, RecordLink):
        strays = model.objects.exclude(record__since_seq=F("since_seq")).order_by("since_seq")
        for seq in strays.values_list("since_seq", flat=True).distinct():
            yield f"{model.__name__} of revision {seq} hangs on another record (run replay)"


def _differences(revision: Revision, document: Document, until: int | None) -> Iterator[str]:
    own = projection.record_row(revision, document)
    due: projection.Rows = {Record: [own], **projection.parts_of(own, document)}
    for model, rows in due.items():
        for row in rows:
            row.until_seq = until
        if _comparable(rows) != _comparable(list(model.objects.filter(since_seq=revision.seq))):
            yield f"its {model.__name__} differs from what its document gives (run replay)"


def _comparable(rows: list[Any]) -> list[tuple[str, ...]]:
    """Rows as sorted tuples of every column but the surrogate keys, which are compared by the seqs they join."""
    return sorted(
        tuple(str(getattr(row, f.attname)) for f in row._meta.concrete_fields if f.attname not in ("id", "record_id"))
        for row in rows
    )


def current_documents() -> Iterator[tuple[Record, Document]]:
    """What readers see now, as far as it is what was committed to."""
    for own in Record.objects.current().order_by("since_seq").iterator(chunk_size=200):
        body = RevisionBody.objects.select_related("revision").filter(pk=own.since_seq).first()
        if document := readable(body):
            yield own, document


def documents_keep_the_rules() -> Iterator[str]:
    """Every rule that no constraint can hold, on every document that readers see now."""
    for own, document in current_documents():
        yield from guarded(f"{own.kind}/{own.slug}", lambda d=document: (f"{w}: {m}" for w, m in faults(d)))


def public_references_resolve() -> Iterator[str]:
    """Whatever a public document names is public, under the title and slug it is named by."""
    public = {str(own.object_id): document for own, document in current_documents()}
    for document in public.values():
        for target in sorted(set(embedded_ids(document))):
            if target not in public:
                yield f"{document['kind']}/{document['slug']}: it names {target}, which is not public"
        for ref in _refs(document):
            named = public.get(ref["id"])
            if named and (named["title"], named["slug"]) != (ref["title"], ref["slug"]):
                yield f"{document['kind']}/{document['slug']}: it names {named['slug']} by an old title or slug"


def _refs(value: Any, root: bool = True) -> Iterator[Document]:
    if isinstance(value, dict):
        if not root and "slug" in value and "path" in value:
            yield value
        for entry in value.values():
            yield from _refs(entry, root=False)
    elif isinstance(value, list):
        for entry in value:
            yield from _refs(entry, root=False)


def quotes_are_faithful(documents: Path | None) -> Iterator[str]:
    """Every excerpt, in the working copy and in public, says what its capture says and touches no private span."""
    texts: dict[str, str] = {}
    wrong = set()
    for capture in Capture.objects.select_related("source"):
        try:
            text = text_of(capture, documents)
        except WrongText as error:
            yield f"capture {capture.source.slug}: {error}"
            wrong.add(capture.pk)
            continue
        if text is not None:
            texts[capture.text_sha256] = text
            if len(text) != capture.text_length:
                yield f"capture {capture.source.slug}: it has {len(text)} characters, not {capture.text_length}"
    rows = Excerpt.objects.select_related("capture__source").prefetch_related("translations", "capture__private_spans")
    for excerpt in rows.exclude(capture__in=wrong).iterator(chunk_size=500):
        for message in excerpt_faults(excerpt, texts.get(excerpt.capture.text_sha256)):
            yield f"excerpt {excerpt.capture.source.slug} {excerpt.start}-{excerpt.end}: {message}"
    spans: Spans = {sha256: [] for sha256 in Capture.objects.values_list("text_sha256", flat=True)}
    for span in PrivateSpan.objects.select_related("capture"):
        spans[span.capture.text_sha256].append((span.start, span.end))
    for own, document in current_documents():
        yield from guarded(f"{own.kind}/{own.slug}", lambda d=document: _public_excerpts(d, texts, spans))


def _public_excerpts(document: Document, texts: dict[str, str], spans: Spans) -> Iterator[str]:
    """What is quoted in public is what the capture and our own excerpt say, and nobody private is named beside it."""
    excerpts = document.get("excerpts", [])
    ours = Excerpt.objects.in_bulk([excerpt["id"] for excerpt in excerpts])
    names = {
        texts[sha256][start:end]
        for sha256 in {excerpt["text_sha256"] for excerpt in excerpts} & set(texts)
        for start, end in spans.get(sha256, [])
    }
    for where, _text in private_names(document, names):
        yield f"{where}: it holds the name of a private person"
    for excerpt in excerpts:
        name = f"public excerpt {excerpt['source']} {excerpt['start']}-{excerpt['end']}"
        sha256, left = excerpt["text_sha256"], excerpt["start"] - len(excerpt["prefix"])
        shown = excerpt["prefix"] + excerpt["exact"] + excerpt["suffix"]
        if sha256 not in spans:
            yield f"{name}: no copy has the text that it names"
            continue
        if quotes.touches(left, excerpt["end"] + len(excerpt["suffix"]), spans[sha256]):
            yield f"{name} touches a private span"
        if sha256 in texts and texts[sha256][left : left + len(shown)] != shown:
            yield f"{name} does not stand in its capture"
        own = ours.get(uuid.UUID(excerpt["id"]))
        if own and (own.exact, own.start, own.end) != (excerpt["exact"], excerpt["start"], excerpt["end"]):
            yield f"{name} is not what our own excerpt says"


def captures_without_text(documents: Path | None) -> list[Capture]:
    """Copies whose text is not at hand: their quotes rest on the lock."""
    found = []
    for capture in Capture.objects.select_related("source"):
        with suppress(WrongText):  # that is a fault of its own
            if text_of(capture, documents) is None:
                found.append(capture)
    return found
