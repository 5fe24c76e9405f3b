"""A quote: the words of an excerpt with the source in which they stand."""

from dataclasses import dataclass

from cases.documents.base import DocumentBase
from cases.documents.evidence import PublishedExcerpt
from cases.documents.references import SourceRef


@dataclass(frozen=True)
class SourcedExcerpt:
    """An excerpt with its source; `relation` is that of the citation, empty where no claim cites it here."""

    excerpt: PublishedExcerpt
    source: SourceRef
    relation: str = ""


def quote_of(document: DocumentBase, excerpt_id: str, relation: str = "") -> SourcedExcerpt:
    """Return an excerpt with its source by its id. Raises KeyError."""
    return SourcedExcerpt(document.excerpt(excerpt_id), document.source_of(excerpt_id), relation)
