"""The audit of the record: quotes, private spans, commitments, gaps, replay equality, schemas, and every rule.

Each check yields one sentence per fault. Nothing is written; run it as often as you like.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from django.db import connection
from django.db.models import F, Model

from cases.documents.base import DocumentBase
from cases.documents.evidence import PublishedExcerpt
from cases.documents.references import references_in
from cases.documents.schemas import validate_json
from cases.documents.types import Document
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision, RevisionBody
from cases.publication import projection
from cases.publication.checks import excerpt_faults, private_names
from cases.publication.ledger import ledger_revisions
from cases.publication.rules import faults
from cases.publication.triggers import APPEND_ONLY, NO_UPDATE
from sources import quotes
from sources.captures import WrongTextError, text_of
from sources.models import Capture, Excerpt, PrivateSpan

from .revisions import guarded, ledger_is_consistent, readable_document

# A text of a source, by the id of that and its SHA-256: two sources may hold equal texts
TextKey = tuple[str, str]
Texts = dict[TextKey, str]
# Where names of private persons stand, of every copy that we hold
Spans = dict[TextKey, list[quotes.Span]]


def verify(documents: Path | None = None) -> Iterator[str]:
    """Yield every fault found. `documents` is a folder with the texts that the database may not keep."""
    yield from triggers_stand()
    yield from ledger_is_consistent()
    yield from record_equals_replay()
    yield from documents_keep_the_rules()
    yield from guarded("references", public_references_resolve())
    yield from quotes_are_faithful(documents)


def triggers_stand() -> Iterator[str]:
    """Yield each trigger by which the database refuses to change what is written once, and that is not there."""
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
    """Yield where the derived tables differ from the rows that the documents give, with the seqs of the ledger."""
    until: dict[int, int | None] = {}
    last: dict[uuid.UUID, int] = {}
    for seq, object_id in Revision.objects.order_by("seq").values_list("seq", "object_id"):
        if object_id in last:
            until[last[object_id]] = seq
        last[object_id], until[seq] = seq, None
    expected_seqs = set()
    for revision, body in ledger_revisions():
        if body is None:
            continue
        document = readable_document(body)
        if document and not document.stands:
            continue
        expected_seqs.add(revision.seq)
        if document:
            name, end = f"revision {revision.seq}", until[revision.seq]
            yield from guarded(name, _differences(revision, document, end))
    for model in (Record, RecordClaim, RecordExcerpt, RecordLink):
        for seq in set(model.objects.order_by().values_list("since_seq", flat=True).distinct()) - expected_seqs:
            yield f"{model.__name__} has rows of revision {seq}, which gives none (run replay)"
    for model in (RecordClaim, RecordExcerpt, RecordLink):
        strays = model.objects.exclude(record__since_seq=F("since_seq")).order_by("since_seq")
        for seq in strays.values_list("since_seq", flat=True).distinct():
            yield f"{model.__name__} of revision {seq} hangs on another record (run replay)"


def _differences(revision: Revision, document: Document, until: int | None) -> Iterator[str]:
    own = projection.record_row(revision, document)
    expected: projection.Rows = {Record: [own], **projection.parts_of(own, document)}
    for model, rows in expected.items():
        for row in rows:
            vars(row)["until_seq"] = until
        if _comparable(rows) != _comparable(list(model._default_manager.filter(since_seq=revision.seq))):
            yield f"its {model.__name__} differs from what its document gives (run replay)"


def _comparable(rows: Sequence[Model]) -> list[tuple[str, ...]]:
    """Return rows as sorted tuples of every column but the surrogate keys, which are compared by the seqs they join."""
    return sorted(
        tuple(str(getattr(row, f.attname)) for f in row._meta.concrete_fields if f.attname not in ("id", "record_id"))
        for row in rows
    )


def readable_documents() -> Iterator[tuple[RevisionBody, Document]]:
    """Yield what readers see now, as far as it is what was committed to."""
    seqs = Record.objects.current().order_by("since_seq").values_list("since_seq", flat=True)
    for seq in seqs.iterator(chunk_size=200):
        body = RevisionBody.objects.select_related("revision").filter(pk=seq).first()
        if body and (document := readable_document(body)):
            yield body, document


def _name(document: DocumentBase) -> str:
    return f"{document.kind}/{document.slug}"


def documents_keep_the_rules() -> Iterator[str]:
    """Yield every rule that a document breaks that readers see now, and every field or word that its schema lacks."""
    for body, document in readable_documents():
        yield from (f"{_name(document)}: {fault}" for fault in validate_json(msgspec.json.decode(body.document)))
        yield from guarded(_name(document), _rule_faults(document))


def _rule_faults(document: DocumentBase) -> Iterator[str]:
    for where, message in faults(document):
        yield f"{where}: {message}"


def public_references_resolve() -> Iterator[str]:
    """Yield what a public document names and is not public, or not under the title and slug it is named by."""
    public = {document.id: document for _body, document in readable_documents()}
    for document in public.values():
        named = [*references_in(document)]
        for key in sorted({each.id for each in named} - public.keys()):
            yield f"{_name(document)}: it names {key}, which is not public"
        for reference in named:
            other = public.get(reference.id)
            if other and (other.title, other.slug) != (reference.title, reference.slug):
                yield f"{_name(document)}: it names {other.slug} by an old title or slug"


def quotes_are_faithful(documents: Path | None) -> Iterator[str]:
    """Yield every excerpt, working or public, that its capture does not say or that touches a private span."""
    texts: Texts = {}
    wrong = set()
    for capture in Capture.objects.select_related("source"):
        try:
            text = text_of(capture, documents)
        except WrongTextError as error:
            yield f"capture {capture.source.slug}: {error}"
            wrong.add(capture.pk)
            continue
        if text is not None:
            texts[_key(capture)] = text
            if len(text) != capture.text_length:
                yield f"capture {capture.source.slug}: it has {len(text)} characters, not {capture.text_length}"
    rows = Excerpt.objects.select_related("capture__source").prefetch_related("translations", "capture__private_spans")
    for excerpt in rows.exclude(capture__in=wrong).iterator(chunk_size=500):
        for message in excerpt_faults(excerpt, texts.get(_key(excerpt.capture))):
            yield f"excerpt {excerpt.capture.source.slug} {excerpt.start}-{excerpt.end}: {message}"
    spans: Spans = {_key(capture): [] for capture in Capture.objects.only("source", "text_sha256")}
    for span in PrivateSpan.objects.select_related("capture"):
        spans[_key(span.capture)].append((span.start, span.end))
    for _body, document in readable_documents():
        yield from guarded(_name(document), _public_excerpts(document, texts, spans))


def _key(capture: Capture) -> TextKey:
    return str(capture.source_id), capture.text_sha256


def _public_excerpts(document: DocumentBase, texts: Texts, spans: Spans) -> Iterator[str]:
    """Yield public quotes that the capture or our own excerpt do not say, and where somebody private is named."""
    ours = Excerpt.objects.in_bulk([excerpt.id for excerpt in document.excerpts])
    keys = {excerpt.id: (document.source(excerpt.source).id, excerpt.text_sha256) for excerpt in document.excerpts}
    names = {texts[key][start:end] for key in set(keys.values()) & set(texts) for start, end in spans.get(key, [])}
    for where, _text in private_names(document, names):
        yield f"{where}: it holds the name of a private person"
    for excerpt in document.excerpts:
        own = ours.get(uuid.UUID(excerpt.id))
        for fault in _excerpt_faults(excerpt, own, texts.get(keys[excerpt.id]), spans.get(keys[excerpt.id])):
            yield f"public excerpt {excerpt.source} {excerpt.start}-{excerpt.end} {fault}"


def _excerpt_faults(
    excerpt: PublishedExcerpt, own: Excerpt | None, text: str | None, private: list[quotes.Span] | None
) -> Iterator[str]:
    left, shown = excerpt.start - len(excerpt.prefix), excerpt.prefix + excerpt.exact + excerpt.suffix
    if private is None:
        yield "cannot be checked: no copy has the text that it names"
        return
    if quotes.touches(left, excerpt.end + len(excerpt.suffix), private):
        yield "touches a private span"
    if text is not None and text[left : left + len(shown)] != shown:
        yield "does not stand in its capture"
    if own and (own.exact, own.start, own.end) != (excerpt.exact, excerpt.start, excerpt.end):
        yield "is not what our own excerpt says"


def captures_without_text(documents: Path | None) -> list[Capture]:
    """Return the copies whose text is not at hand: their quotes rest on the lock."""
    found = []
    for capture in Capture.objects.select_related("source"):
        with suppress(WrongTextError):  # that is a fault of its own
            if text_of(capture, documents) is None:
                found.append(capture)
    return found
