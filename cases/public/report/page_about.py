"""What a report is about: a page of this site, what it is called, and whom it names."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cases.documents.claims import PublishedClaim
from cases.documents.types import Document
from cases.record.lookup import find_claim, find_document
from cases.record.names import KIND_OF_FOLDER
from cases.record.stored_document import MovedError, NotInRecordError, WithdrawnError
from cases.vocabularies import SubjectKind
from sources.json_fields import LanguageMap


@dataclass(frozen=True)
class PageAbout:
    """A page as it is public now; without title and people where it is none of the record. `people`: by slug."""

    path: str
    title: LanguageMap | str | None = None
    people: dict[str, LanguageMap] = field(default_factory=dict)


def page_about(path: str) -> PageAbout:
    """Return what the page is called: a record by its title, a claim by its statement. And whom it names."""
    parts = path.strip("/").split("/")
    try:
        if len(parts) == 2 and parts[0] == "claims":
            claim, holder = find_claim(parts[1])
            return PageAbout(path, claim.statement, _named(holder.document, [claim]))
        if len(parts) >= 2 and parts[0] in KIND_OF_FOLDER:
            document = find_document(KIND_OF_FOLDER[parts[0]], parts[1]).document
            asked = {response.who.slug: response.who.title for response in document.responses}
            return PageAbout(path, document.title, asked | _named(document, document.claims))
    except (NotInRecordError, MovedError, WithdrawnError):
        pass
    return PageAbout(path)


def _named(document: Document, claims: Iterable[PublishedClaim]) -> dict[str, LanguageMap]:
    """Return the people and organisations that these claims name, whoever was asked about them, and its own actor."""
    found = {}
    if document.kind == SubjectKind.ACTOR and document.slug:
        found[document.slug] = document.titles
    for claim in claims:
        named = [party.who for party in claim.parties if party.who]
        named += [reply.who for reply in document.replies_to(claim).values()]
        found |= {who.slug: who.title for who in named if who.kind == SubjectKind.ACTOR}
    return found
