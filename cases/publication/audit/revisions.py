"""The part of the audit that reads the ledger alone: order, times, versions, commitments, and who read it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F

from cases.documents.canonical import Document, dumps, loads
from cases.models import Publication, Revision, RevisionBody
from cases.models.ledger import commitment
from cases.publication.ledger import timestamp
from cases.publication.rules import names_a_person
from cases.vocabularies import Action

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What reading a document raises that has not the form of its schema."""


def ledger_is_whole() -> Iterator[str]:
    """Seq without gaps, times that never go back, versions and batches in order, bytes that match commitments."""
    versions: dict[Any, int] = defaultdict(int)
    previous: Revision | None = None
    redacted = set(Revision.objects.filter(action=Action.REDACT).values_list("redacts", flat=True))
    for revision, body in revisions():
        name = f"revision {revision.seq}"
        versions[revision.object_id] += 1
        yield from (f"{name}: {fault}" for fault in _order_faults(revision, previous, versions[revision.object_id]))
        previous = revision
        if body is None:
            if revision.seq not in redacted:
                yield f"{name}: its body is missing and no redaction names it"
        elif not _matches(body):
            yield f"{name}: the commitment does not match salt and document"
        elif (document := readable(body)) is None:
            yield f"{name}: its document is not canonical JSON"
        else:
            yield from guarded(name, lambda r=revision, d=document: _header_faults(r, d))
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
            yield f"the document says {field} {inside}, the ledger {outside}"


def _unread() -> Iterator[str]:
    """Two people stand behind whatever concerns a case or a person; somebody stands behind everything."""
    published = set(Publication.objects.values_list("revision_id", flat=True))
    two = Publication.objects.exclude(reviewer=None).exclude(reviewer=F("by"))
    reviewed = set(two.values_list("revision_id", flat=True))
    for revision, body in revisions():
        document = readable(body)
        if revision.seq not in published:
            yield f"revision {revision.seq}: nobody is noted as having published it"
        elif document and revision.seq not in reviewed:
            yield from guarded(f"revision {revision.seq}", lambda d=document: _needs_a_reader(d))


def _needs_a_reader(document: Document) -> Iterator[str]:
    if names_a_person(document):
        yield "it concerns a case or a person and no second person reviewed it"


def revisions() -> Iterator[tuple[Revision, RevisionBody | None]]:
    """Every revision in order, with its body if that is still there."""
    for revision in Revision.objects.select_related("body").order_by("seq").iterator(chunk_size=200):
        yield revision, getattr(revision, "body", None)


def readable(body: RevisionBody | None) -> Document | None:
    """The document of a body whose bytes are the ones that were committed to; None when they are not."""
    if body is None or not _matches(body):
        return None
    try:
        document = loads(body.document)
        canonical = isinstance(document, dict) and dumps(document) == body.document
    except (ValueError, RecursionError):
        return None
    return document if canonical else None


def _matches(body: RevisionBody) -> bool:
    try:
        return commitment(body.salt, body.document) == body.revision.commitment
    except ValueError:
        return False


def guarded(name: str, check: Any) -> Iterator[str]:
    """The faults that a check finds, each after `name`; a document that it cannot read is a fault like any other."""
    try:
        found: Iterable[str] = list(check())
    except MALFORMED as error:
        found = [f"its document has not the form of its schema ({error!r})"]
    for fault in found:
        yield f"{name}: {fault}"
