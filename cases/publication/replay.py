"""Rebuild the record from the ledger: the record is disposable, the ledger is not."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef

from cases.claim_kinds import DETAILED
from cases.documents.kinds import FOLDERS
from cases.documents.types import parse_document
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, RevisionBody

from . import projection
from .ledger import ledger_lock, ledger_revisions

TABLES = (RecordLink, RecordExcerpt, RecordClaim, Record)


def is_out_of_date() -> bool:
    """Return whether the rows were made by a release that made other ones (`_cards_differ`, `_words_are_missing`)."""
    return _words_are_missing() or any(_cards_differ(kind) for kind in FOLDERS)


def _cards_differ(kind: str) -> bool:
    """Return whether the last document of a kind, which stands for all, would get other cards now."""
    row = Record.objects.current().filter(kind=kind).order_by("-since_seq").first()
    if row is None:
        return False
    body = RevisionBody.objects.select_related("revision").get(pk=row.since_seq)
    document = parse_document(body.document)
    made = projection.record_row(body.revision, document)
    parts = projection.parts_of(made, document)
    return row.card != made.card or any(
        {str(vars(each)["card"]) for each in parts[model]}
        != set(model.objects.filter(record=row).values_list("card", flat=True))
        for model in (RecordClaim, RecordExcerpt)
    )


def _words_are_missing() -> bool:
    """Return whether claims are not linked to the words by which readers filter them."""
    kinds = [name for name, kind in DETAILED.items() if kind.linked_field]
    links = RecordLink.objects.filter(record=OuterRef("record"), claim_id=OuterRef("object_id"), part__in=kinds)
    links = links.exclude(target__in=[f"{name}:None" for name in kinds])
    return RecordClaim.objects.filter(~Exists(links), kind__in=kinds).exists()


def replay(progress: Callable[[int], None] = lambda seq: None) -> int:
    """Rebuild every record row in one transaction, at whose end readers see them; return the number of revisions."""
    with ledger_lock():
        for table in TABLES:
            table.objects.all().delete()
        count = 0
        for revision, body in ledger_revisions():
            if body is None:
                projection.close(revision)
            else:
                projection.apply(revision, parse_document(body.document))
            count += 1
            progress(revision.seq)
        return count
