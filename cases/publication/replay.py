"""Rebuild the record from the ledger: the record is disposable, the ledger is not."""

from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef

from cases.documents.build import FOLDERS
from cases.documents.canonical import Document, loads
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision, RevisionBody

from . import projection
from .ledger import ledger_lock

TABLES = (RecordLink, RecordExcerpt, RecordClaim, Record)


def ledger_documents() -> Iterator[tuple[Revision, Document | None]]:
    """Every revision in order with its document; None where a redaction erased it."""
    bodies = RevisionBody.objects.in_bulk
    batch: list[Revision] = []
    for revision in Revision.objects.order_by("seq").iterator(chunk_size=500):
        batch.append(revision)
        if len(batch) == 500:
            yield from _with_documents(batch, bodies)
            batch = []
    yield from _with_documents(batch, bodies)


def _with_documents(
    revisions: list[Revision], bodies: Callable[[list[int]], dict[int, RevisionBody]]
) -> Iterator[tuple[Revision, Document | None]]:
    found = bodies([revision.seq for revision in revisions])
    for revision in revisions:
        body = found.get(revision.seq)
        yield revision, loads(body.document) if body else None


def is_out_of_date() -> bool:
    """Whether the rows were made by a release that made other ones: see `_cards_differ`, `_words_are_missing`."""
    return _words_are_missing() or any(_cards_differ(kind) for kind in FOLDERS)


def _cards_differ(kind: str) -> bool:
    """Whether the last document of a kind would get other cards now. One of each kind stands for all: it is asked at
    every start.
    """
    row = Record.objects.current().filter(kind=kind).order_by("-since_seq").first()
    if row is None:
        return False
    body = RevisionBody.objects.select_related("revision").get(pk=row.since_seq)
    document = loads(body.document)
    made = projection.record_row(body.revision, document)
    parts = projection.parts_of(made, document)
    return row.card != made.card or any(
        {each.card for each in parts[model]} != set(model.objects.filter(record=row).values_list("card", flat=True))
        for model in (RecordClaim, RecordExcerpt)
    )


def _words_are_missing() -> bool:
    """Whether transfers and stages are not linked to their words, or only those that are not in dispute."""
    linked = RecordLink.objects.filter(
        record=OuterRef("record"), claim_id=OuterRef("object_id"), part__in=("transfer", "stage")
    ).exclude(target="transfer:None")
    return RecordClaim.objects.filter(~Exists(linked), kind__in=("transfer", "stage")).exists()


def replay(progress: Callable[[int], None] = lambda seq: None) -> int:
    """Rebuild every record row in one transaction; readers see the old ones until it commits. Returns the count."""
    with ledger_lock():
        for table in TABLES:
            table.objects.all().delete()
        count = 0
        for revision, document in ledger_documents():
            if document is None:
                projection.close(revision)
            else:
                projection.apply(revision, document)
            count += 1
            progress(revision.seq)
        return count
