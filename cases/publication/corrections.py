"""Public documents outside a set that follow it: they name something by a title or slug that the set changes."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cases.documents.references import Reference, SourceRef, references_in, renew_references
from cases.documents.types import Document, ref
from cases.models import Record, RecordLink

from .ledger import current_documents


@dataclass(frozen=True)
class Correction:
    """What would be written of one such document, without version, and the place in the set of the act that is why."""

    document: Document
    cause: int


@dataclass(frozen=True)
class Renaming:
    """How documents named a thing, how they name it from now on, and the place in the set of the act that is why."""

    before: Reference
    after: Reference
    cause: int


def corrections_of(
    renamings: Mapping[str, Renaming],
    documents: Mapping[uuid.UUID, Document],
    survivors: list[Correction],
) -> tuple[Correction, ...]:
    """Return the corrections of survivors, then of whatever names what is renamed, until no name changes any more.

    `renamings` are by id; `documents` are those that the set itself writes. Two queries for each step of the way.
    """
    corrections = [*survivors]
    planned = {document.id: document for document in (*documents.values(), *(each.document for each in survivors))}
    while renamings:
        renewed = {key: each.after for key, each in renamings.items()}
        slugs = {e.before.slug: e.after.slug for e in renamings.values() if isinstance(e.before, SourceRef)}
        cause = min(each.cause for each in renamings.values())
        following: dict[str, Renaming] = {}
        for old in list(_documents_naming(renewed, planned)):
            new = renew_references(old.unversioned, renewed, slugs)
            if new == old.unversioned:
                continue
            corrections.append(Correction(new, cause))
            planned.pop(new.id, None)
            planned[new.id] = new
            if ref(old) != ref(new):
                following[new.id] = Renaming(ref(old), ref(new), cause)
        renamings = following
    return tuple(corrections)


def _documents_naming(ids: Mapping[str, Reference], planned: Mapping[str, Document]) -> Iterator[Document]:
    """Yield what names any of these and will be read after what is planned, in the order in which it was written."""
    links = RecordLink.objects.current().filter(target__in=ids)
    records = Record.objects.current().filter(id__in=links.values("record")).exclude(object_id__in=planned)
    public = current_documents(records.order_by("since_seq").values_list("object_id", flat=True))
    yield from (document for document in public.values() if document)
    for document in planned.values():
        if document.stands and any(each.id in ids for each in references_in(document)):
            yield document
