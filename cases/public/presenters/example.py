"""One statement of the record as it stands now: what the pages about the record and its API show."""

from dataclasses import dataclass

from cases.documents.types import Document
from cases.models import Record
from cases.record.lookup import document_of_revision

from .claim_view import ClaimView, SourcedExcerpt


@dataclass(frozen=True)
class Example:
    """The first statement of a record, and the first words that support it."""

    document: Document
    view: ClaimView
    quote: SourcedExcerpt


def example() -> Example | None:
    """Return one of a collaboration if there is any: an example need accuse nobody. None while the record is empty."""
    rows = Record.objects.current().filter(kind__in=["collaboration", "case"])
    row = rows.order_by("-kind", "sort_key", "object_id").first()
    if row is None:
        return None
    document = document_of_revision(row.since_seq, current=True).document
    view = ClaimView(document.lead_claims[0], document)
    return Example(document, view, view.first_quote)
