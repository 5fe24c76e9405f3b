"""The audit of the whole record: quotes, private spans, commitments, gaps, replay equality, and every rule.

Each check yields one sentence per fault. Nothing is written; run it as often as you like.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision, RevisionBody
from cases.models.ledger import commitment
from sources import quotes
from sources.captures import WrongText, text_of
from sources.models import Capture, Excerpt, PrivateSpan

from . import record
from .acts import embedded_ids
from .blockers import excerpt_faults
from .canonical import Document, loads
from .ledger import timestamp
from .replay import ledger_documents
from .rules import faults, names_a_person
from .triggers import APPEND_ONLY, NO_UPDATE

Check = Callable[[], Iterator[str]]


def verify(documents: Path | None = None) -> Iterator[str]:
    """Every fault found. `documents` is a folder with the texts that the database may not keep."""
    yield from triggers_stand()
    yield from ledger_is_whole()
    yield from record_equals_replay()
    yield from documents_keep_the_rules()
    yield from public_references_resolve()
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


def ledger_is_whole() -> Iterator[str]:
    """Seq without gaps, times that never go back, versions and batches in order, bytes that match commitments."""
    versions: dict[Any, int] = defaultdict(int)
    previous: Revision | None = None
    redacted = set(Revision.objects.exclude(redacts=None).values_list("redacts", flat=True))
    reviewed = set(Revision.objects.exclude(publication__reviewer=None).values_list("seq", flat=True))
    for revision, document in ledger_documents():
        name = f"revision {revision.seq}"
        if revision.seq != (previous.seq + 1 if previous else 1):
            yield f"{name}: the seq has a gap before it"
        if previous and revision.recorded_at < previous.recorded_at:
            yield f"{name}: recorded before the one in front of it"
        if revision.batch not in (revision.seq, previous.batch if previous else revision.seq):
            yield f"{name}: its batch {revision.batch} is neither its own nor the previous one"
        versions[revision.object_id] += 1
        if revision.version != versions[revision.object_id]:
            yield f"{name}: version {revision.version} where {versions[revision.object_id]} was due"
        previous = revision
        if document is None:
            if revision.seq not in redacted:
                yield f"{name}: its body is missing and no redaction names it"
            continue
        yield from _header_faults(name, revision, document)
        if names_a_person(document) and revision.seq not in reviewed and revision.cause is None:
            yield f"{name}: it concerns a case or a person and nobody reviewed it"
    yield from _commitment_faults()


def _header_faults(name: str, revision: Revision, document: Document) -> Iterator[str]:
    version = document["version"]
    pairs = {
        "id": (document["id"], str(revision.object_id)),
        "kind": (document["kind"], revision.kind),
        "version": (version["number"], revision.version),
        "action": (version["action"], revision.action),
        "recorded_at": (version["recorded_at"], timestamp(revision.recorded_at)),
    }
    for field, (inside, outside) in pairs.items():
        if inside != outside:
            yield f"{name}: the document says {field} {inside}, the ledger {outside}"


def _commitment_faults() -> Iterator[str]:
    for body in RevisionBody.objects.select_related("revision").iterator(chunk_size=500):
        try:
            matches = commitment(body.salt, body.document) == body.revision.commitment
        except ValueError:
            matches = False
        if not matches:
            yield f"revision {body.revision_id}: the commitment does not match salt and document"


def record_equals_replay() -> Iterator[str]:
    """The derived tables hold exactly the rows that the documents give, with the seqs that the ledger gives."""
    until: dict[int, int | None] = {}
    last: dict[Any, int] = {}
    for seq, object_id in Revision.objects.order_by("seq").values_list("seq", "object_id"):
        if object_id in last:
            until[last[object_id]] = seq
        last[object_id], until[seq] = seq, None
    expected_seqs = set()
    for revision, document in ledger_documents():
        if document is None or revision.action in ("withdraw", "merge"):
            continue
        expected_seqs.add(revision.seq)
        own = record.record_row(revision, document)
        due: record.Rows = {Record: [own], **record.parts_of(own, document)}
        for model, rows in due.items():
            live = list(model.objects.filter(since_seq=revision.seq))
            for row in rows:
                row.until_seq = until[revision.seq]
            if _comparable(rows) != _comparable(live):
                yield f"{model.__name__} of revision {revision.seq} differs from what its document gives (run replay)"
    for model in (Record, RecordClaim, RecordExcerpt, RecordLink):
        for seq in set(model.objects.order_by().values_list("since_seq", flat=True).distinct()) - expected_seqs:
            yield f"{model.__name__} has rows of revision {seq}, which gives none (run replay)"


def _comparable(rows: list[Any]) -> list[tuple[str, ...]]:
    """Rows as sorted tuples of every column but the surrogate keys."""
    return sorted(
        tuple(str(getattr(row, f.attname)) for f in row._meta.concrete_fields if f.attname not in ("id", "record_id"))
        for row in rows
    )


def current_documents() -> Iterator[tuple[Record, Document]]:
    for own in Record.objects.current().order_by("since_seq").iterator(chunk_size=200):
        body = RevisionBody.objects.filter(pk=own.since_seq).first()
        if body:
            yield own, loads(body.document)


def documents_keep_the_rules() -> Iterator[str]:
    """Every rule that no constraint can hold, on every document that readers see now."""
    for own, document in current_documents():
        for where, message in faults(document):
            yield f"{own.kind}/{own.slug} · {where}: {message}"


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
    for capture in Capture.objects.select_related("source"):
        try:
            text = text_of(capture, documents)
        except (WrongText, UnicodeDecodeError) as error:
            yield f"capture {capture.source.slug}: {error}"
            continue
        if text is not None:
            texts[capture.text_sha256] = text
            if len(text) != capture.text_length:
                yield f"capture {capture.source.slug}: it has {len(text)} characters, not {capture.text_length}"
    rows = Excerpt.objects.select_related("capture__source").prefetch_related("translations", "capture__private_spans")
    for excerpt in rows.iterator(chunk_size=500):
        for message in excerpt_faults(excerpt, texts.get(excerpt.capture.text_sha256)):
            yield f"excerpt {excerpt.capture.source.slug} {excerpt.start}-{excerpt.end}: {message}"
    yield from _public_excerpts(texts)


def _public_excerpts(texts: dict[str, str]) -> Iterator[str]:
    spans: dict[str, list[quotes.Span]] = defaultdict(list)
    for span in PrivateSpan.objects.select_related("capture"):
        spans[span.capture.text_sha256].append((span.start, span.end))
    for own, document in current_documents():
        for excerpt in document.get("excerpts", []):
            name = f"{own.kind}/{own.slug}: public excerpt {excerpt['source']} {excerpt['start']}-{excerpt['end']}"
            left, right = excerpt["start"] - len(excerpt["prefix"]), excerpt["end"] + len(excerpt["suffix"])
            if quotes.touches(left, right, spans[excerpt["text_sha256"]]):
                yield f"{name} touches a private span"
            text = texts.get(excerpt["text_sha256"])
            shown = excerpt["prefix"] + excerpt["exact"] + excerpt["suffix"]
            if text is not None and text[left:right] != shown:
                yield f"{name} does not stand in its capture"


def captures_without_text(documents: Path | None) -> list[Capture]:
    """Copies whose text is not at hand: their quotes rest on the lock."""
    return [c for c in Capture.objects.select_related("source") if text_of(c, documents) is None]
