"""Which presenter and which template the page of a record is made of."""

from cases.documents.types import ActorDocument, CaseDocument, CollaborationDocument, Document, SubjectDocument

from .actor_page import ActorPage
from .case_page import CasePage
from .subject_page import SubjectPage


def subject_page(document: Document) -> SubjectPage | None:
    """Return what the page of a subject shows; None of a source, or of what was withdrawn."""
    if isinstance(document, CaseDocument | CollaborationDocument):
        return CasePage(document)
    if isinstance(document, ActorDocument):
        return ActorPage(document)
    return SubjectPage(document) if isinstance(document, SubjectDocument) else None


def template_of(document: Document) -> str:
    """Return the name of the template of a record's page."""
    if document.kind == "source":
        return "source.html"
    if document.kind == "actor":
        return "actor.html"
    return "case.html" if isinstance(document, CaseDocument | CollaborationDocument) else "subject.html"
