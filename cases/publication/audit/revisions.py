"""The part of the audit that reads the ledger alone: order, times, versions, commitments, and who read it."""

import uuid
from collections import defaultdict
from collections.abc import Iterator

import msgspec
from django.db.models import F

from cases.documents.base import Json
from cases.documents.types import Document, canonical_json, parse_document
from cases.models import Publication, Revision, RevisionBody
from cases.publication.ledger import ledger_revisions, timestamp
from cases.vocabularies import Action

# What reading a document raises whose parts do not fit each other
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)


def ledger_is_consistent() -> Iterator[str]:
    """Yield gaps in the seq, times that go back, versions and batches out of order, bytes that break a commitment."""
    versions: dict[uuid.UUID, int] = defaultdict(int)
    previous: Revision | None = None
    redacted = set(Revision.objects.filter(action=Action.REDACT).values_list("redacts", flat=True))
    for revision, body in ledger_revisions():
        name = f"revision {revision.seq}"
        versions[revision.object_id] += 1
        yield from (f"{name}: {fault}" for fault in _order_faults(revision, previous, versions[revision.object_id]))
        previous = revision
        if body is None:
            if revision.seq not in redacted:
                yield f"{name}: its body is missing and no redaction names it"
        elif fault := _body_fault(body):
            yield f"{name}: {fault}"
        elif document := readable_document(body):
            yield from guarded(name, _header_faults(revision, document))
    yield from _unread()


def _order_faults(revision: Revision, previous: Revision | None, version: int) -> Iterator[str]:
    if revision.seq != (previous.seq + 1 if previous else 1):
        yield "the seq has a gap before it"
    if previous and revision.recorded_at < previous.recorded_at:
        yield "recorded before the one in front of it"
    together = previous is not None and revision.recorded_at == previous.recorded_at
    if revision.batch != (previous.batch if previous and together else revision.seq):
        yield f"its batch {revision.batch} does not follow from when it was recorded"
    if revision.version != version:
        yield f"version {revision.version} where {version} was due"
    if revision.cause is not None and not (
        revision.batch <= revision.cause < revision.seq and revision.action == Action.CORRECT
    ):
        yield f"its cause {revision.cause} is no earlier revision of the same set"
    if (revision.into is not None) != (revision.action == Action.MERGE):
        yield "only a merge names a survivor"
    if (revision.redacts is not None) != (revision.action == Action.REDACT):
        yield "only a redaction names what it erases"


def _header_faults(revision: Revision, document: Document) -> Iterator[str]:
    version = document.version
    pairs = {
        "id": (document.id, str(revision.object_id)),
        "kind": (document.kind, revision.kind),
        "version": (version.number, revision.version),
        "action": (version.action, revision.action),
        "recorded_at": (version.recorded_at, timestamp(revision.recorded_at)),
    }
    for field, (inside, outside) in pairs.items():
        if inside != outside:
            yield f"the document says {field} {inside}, the ledger {outside}"


def _unread() -> Iterator[str]:
    """Yield what nobody published, and what concerns a case or a person and no second person reviewed."""
    published = set(Publication.objects.values_list("revision_id", flat=True))
    two = Publication.objects.exclude(reviewer=None).exclude(reviewer=F("by"))
    reviewed = set(two.values_list("revision_id", flat=True))
    for revision, body in ledger_revisions():
        document = readable_document(body)
        if revision.seq not in published:
            yield f"revision {revision.seq}: nobody is noted as having published it"
        elif document and document.names_person and revision.seq not in reviewed:
            yield f"revision {revision.seq}: it concerns a case or a person and no second person reviewed it"


def readable_document(body: RevisionBody | None) -> Document | None:
    """Return the document of a body; None when its bytes break the commitment or are no document of ours."""
    return None if body is None or _body_fault(body) else parse_document(body.document)


def _body_fault(body: RevisionBody) -> str:
    """Return why a body is not what was committed to, or no document of ours; empty when it is both."""
    try:
        matches = body.commitment == body.revision.commitment
    except ValueError:
        matches = False
    if not matches:
        return "the commitment does not match salt and document"
    try:
        stored: Json = msgspec.json.decode(body.document)
        canonical = isinstance(stored, dict) and canonical_json(stored) == body.document
    except (ValueError, RecursionError, msgspec.MsgspecError):
        canonical = False
    if not canonical:
        return "its document is not canonical JSON"
    try:
        parse_document(body.document)
    except msgspec.MsgspecError as error:
        return f"its document has not the form of its schema ({error})"
    return ""


def guarded(name: str, check: Iterator[str]) -> Iterator[str]:
    """Yield the faults that a check yields, each after `name`; a document that it cannot read is one of them."""
    try:
        found = list(check)
    except MALFORMED as error:
        found = [f"its document has not the form of its schema ({error!r})"]
    yield from (f"{name}: {fault}" for fault in found)
