"""Which presenter and which template the page of a record is made of."""

from cases.documents.types import ActorDocument, Document, SubjectDocument

from .actor_page import ActorPage
from .case_page import CasePage


def subject_page(document: Document) -> CasePage | None:
    """Return what the page of a subject shows; None of a source, or of what was withdrawn."""
    if isinstance(document, ActorDocument):
        return ActorPage(document)
    return CasePage(document) if isinstance(document, SubjectDocument) else None


def template_of(document: Document) -> str:
    """Return the name of the template of a record's page."""
    return f"{document.kind}.html" if document.kind in ("source", "actor") else "record.html"
