"""How readers reach the public record: by slug, by id, by version. Reads Revision and the Record tables only.

Shared by the site and the API, so that both give the same answer to the same question.
"""

import uuid
from datetime import UTC

from django.db import connection
from django.db.models import Q, QuerySet

from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedExcerpt
from cases.documents.types import Document, Merger, parse_document
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision, RevisionBody
from cases.vocabularies import Action

from .stored_document import (
    MovedError,
    NoSuchVersionError,
    NotInRecordError,
    RedactedError,
    RevisionHeader,
    StoredDocument,
    WithdrawnError,
)

# Links of claims that do not name a party or a speaker
NOT_PARTIES = ("place", "topic", "excerpt", "source")
# Of the actors on one page of results: links that are read, and documents that name each of them
MAX_LINKS_NAMING, MAX_DOCUMENTS_NAMING = 500, 3
# Documents that are read to show where an excerpt is cited, the latest first
MAX_EXCERPT_DOCUMENTS = 50
# By far the commonest question, as one indexed query: 0.04 ms of CPU. The two of `_document_as_of` answer the same (a
# test holds both together) in 0.8 ms, twice what a document may cost; without `_current_by_slug` all else still works.
CURRENT_BY_SLUG = """
    SELECT revision.seq, revision.version, revision.commitment, revision.recorded_at, body.salt, body.document
    FROM cases_record record
    JOIN cases_revision revision ON revision.seq = record.since_seq
    LEFT JOIN cases_revisionbody body ON body.revision_id = revision.seq
    WHERE record.kind = %s AND record.slug = %s AND record.until_seq IS NULL"""

# Of a page of search results: a third of what the two nested queries of the ORM cost
CURRENT_DOCUMENTS = """
    SELECT body.revision_id, body.document
    FROM cases_record record JOIN cases_revisionbody body ON body.revision_id = record.since_seq
    WHERE record.until_seq IS NULL AND record.since_seq IN (%s)"""


def document_or_none(kind: str, name: str, *, seq: int | None = None) -> StoredDocument | None:
    """Return the document of a kind by slug or id, now or as of `seq`. Raises RedactedError."""
    if seq is None and not is_uuid(name):
        return _current_by_slug(kind, name)
    return _document_as_of(kind, name, seq)


def _current_by_slug(kind: str, slug: str) -> StoredDocument | None:
    with connection.cursor() as cursor:
        cursor.execute(CURRENT_BY_SLUG, [kind, slug])
        row = cursor.fetchone()
    if row is None:
        return None
    seq, version, commitment, recorded_at, salt, text = row
    if recorded_at.tzinfo is None:  # SQLite keeps none
        recorded_at = recorded_at.replace(tzinfo=UTC)
    header = RevisionHeader(seq, kind, version, commitment, int(recorded_at.timestamp()))
    if text is None:
        raise RedactedError(header)
    return StoredDocument(header, salt, text, True, slug)


def _document_as_of(kind: str, name: str, seq: int | None) -> StoredDocument | None:
    """Return the same by the ORM. Two queries."""
    records = Record.objects.as_of(seq).filter(_name_filter(name), kind=kind)
    record = records.only("since_seq", "until_seq", "slug").first()
    if record is None:
        return None
    return document_of_revision(record.since_seq, current=record.until_seq is None, slug=record.slug)


def find_document(kind: str, name: str, *, seq: int | None = None) -> StoredDocument:
    """Return the same, or raise MovedError, WithdrawnError or NotInRecordError."""
    stored = document_or_none(kind, name, seq=seq)
    if stored is not None:
        return stored
    object_id = _id_of(kind, name)
    if object_id is None:
        raise NotInRecordError(name)
    now = Record.objects.as_of(seq).filter(object_id=object_id).only("since_seq").first()
    if now is not None:
        raise MovedError(document_of_revision(now.since_seq).document.path)
    last = _last_act(object_id, seq)
    if last is None:
        raise NotInRecordError(name)
    document = _tombstone(last)
    if isinstance(document, Merger):
        raise MovedError(document.merged.into.path)
    raise WithdrawnError(last, document)


def _tombstone(last: Revision) -> Document:
    """Return what stays of a thing that is gone; where a redaction erased that, what it left of it."""
    try:
        return document_of_revision(last.seq).document
    except RedactedError:
        restating = RevisionBody.objects.filter(revision__object_id=last.object_id, revision__redacts=last.seq)
        documents = [parse_document(body.document) for body in restating]
        if not documents or documents[0].stands:
            raise
        return documents[0]


def _id_of(kind: str, name: str) -> uuid.UUID | None:
    """Return the id of what bears or bore this slug or id last."""
    bearing = Record.objects.filter(_name_filter(name), kind=kind).order_by("-since_seq")
    return bearing.values_list("object_id", flat=True).first() or redacted_id(kind, name)


def redacted_id(kind: str, name: str) -> uuid.UUID | None:
    """Return the id of what has no Record, all its versions being erased. Linear in the few that were ever redacted.

    What a redaction left without a name has an id alone: its slugs are unknown here as everywhere.
    """
    if is_uuid(name):
        erased = Revision.objects.filter(object_id=name, kind=kind, action=Action.REDACT)
        return erased.values_list("object_id", flat=True).first()
    restated = RevisionBody.objects.filter(revision__action=Action.REDACT, revision__kind=kind)
    for body in restated.select_related("revision").order_by("-pk").iterator(chunk_size=200):
        object_id = body.revision.object_id
        if name == parse_document(body.document).slug:
            return object_id
    return None


def raise_if_withdrawn(object_id: uuid.UUID | str, *, seq: int | None = None) -> None:
    """Raise WithdrawnError for what is withdrawn now, or was as of `seq`."""
    last = _last_act(object_id, seq)
    if last is not None and last.action == Action.WITHDRAW:
        raise WithdrawnError(last, _tombstone(last))


def _last_act(object_id: uuid.UUID | str, seq: int | None) -> Revision | None:
    """Return the revision that last published, withdrew or merged a thing. A redaction leaves it where it was."""
    until = {} if seq is None else {"seq__lte": seq}
    return Revision.objects.filter(object_id=object_id, **until).exclude(action=Action.REDACT).order_by("-seq").first()


def find_version(kind: str, name: str, version: int) -> StoredDocument:
    """Return one version of a document, current or not, withdrawn since or not. Raises NotInRecordError."""
    object_id = _id_of(kind, name)
    if object_id is None:
        raise NotInRecordError(name)
    revisions = Revision.objects.filter(object_id=object_id).order_by("-version")
    revision = revisions.filter(version=version).first()
    if revision is None:
        raise NoSuchVersionError(revisions[0].version)
    current = Record.objects.current().filter(since_seq=revision.seq).exists()
    return document_of_revision(revision.seq, current=current)


def document_of_revision(seq: int, *, current: bool = False, slug: str | None = None) -> StoredDocument:
    """Return what a revision wrote. Raises RedactedError when it was erased, NotInRecordError when there is none."""
    body = RevisionBody.objects.select_related("revision").filter(pk=seq).first()
    if body is not None:
        return StoredDocument.of(body, current=current, slug=slug)
    if revision := Revision.objects.filter(pk=seq).first():
        raise RedactedError(RevisionHeader.by(revision))
    raise NotInRecordError(str(seq))


def current_stored_documents(seqs: list[int]) -> list[tuple[int, Document]]:
    """Return the documents of those of these revisions that are current, in the order given. One query."""
    if not seqs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(CURRENT_DOCUMENTS % ", ".join(["%s"] * len(seqs)), seqs)
        texts = dict(cursor.fetchall())
    return [(seq, parse_document(texts[seq])) for seq in seqs if seq in texts]


def claims_naming(actors: list[str]) -> dict[str, list[tuple[Document, frozenset[str]]]]:
    """Return by id of an actor current documents that name it, each with its claims that do. Two queries."""
    if not actors:
        return {}
    links = RecordLink.objects.current().filter(target__in=actors, claim_id__isnull=False).exclude(part__in=NOT_PARTIES)
    rows = links.order_by("-since_seq").values_list("target", "since_seq", "claim_id")[:MAX_LINKS_NAMING]
    claims: dict[str, dict[int, set[str]]] = {}
    for actor, seq, claim_id in rows:
        claims.setdefault(actor, {}).setdefault(seq, set()).add(str(claim_id))
    seqs = {seq for of_actor in claims.values() for seq in list(of_actor)[:MAX_DOCUMENTS_NAMING]}
    documents = dict(current_stored_documents(sorted(seqs)))
    return {
        actor: [(documents[seq], frozenset(ids)) for seq, ids in of_actor.items() if seq in documents]
        for actor, of_actor in claims.items()
    }


def find_claim(claim_id: str, *, seq: int | None = None) -> tuple[PublishedClaim, StoredDocument]:
    """Return a claim and its document. Raises WithdrawnError when that was withdrawn, NotInRecordError otherwise."""
    if not is_uuid(claim_id):
        raise NotInRecordError(claim_id)
    row = RecordClaim.objects.as_of(seq).filter(object_id=claim_id).first()
    if row is None:
        _raise_if_withdrawn(RecordClaim.objects.filter(object_id=claim_id).order_by("-since_seq").first(), seq)
        raise NotInRecordError(claim_id)
    stored = document_of_revision(row.since_seq, current=row.until_seq is None)
    return stored.document.claim(str(row.object_id)), stored


def find_excerpt(excerpt_id: str, *, seq: int | None = None) -> tuple[PublishedExcerpt, list[StoredDocument], int]:
    """Return an excerpt, the latest documents that cite it, and how many more do. Raises as find_claim."""
    if not is_uuid(excerpt_id):
        raise NotInRecordError(excerpt_id)
    citing = RecordExcerpt.objects.as_of(seq).filter(object_id=excerpt_id)
    rows = list(citing.order_by("-since_seq")[: MAX_EXCERPT_DOCUMENTS + 1])
    more = citing.count() - MAX_EXCERPT_DOCUMENTS if len(rows) > MAX_EXCERPT_DOCUMENTS else 0
    rows = rows[:MAX_EXCERPT_DOCUMENTS][::-1]
    if not rows:
        _raise_if_withdrawn(RecordExcerpt.objects.filter(object_id=excerpt_id).order_by("-since_seq").first(), seq)
        raise NotInRecordError(excerpt_id)
    bodies = RevisionBody.objects.select_related("revision").in_bulk([row.since_seq for row in rows])
    kept = [row for row in rows if row.since_seq in bodies]
    documents = [StoredDocument.of(bodies[row.since_seq], current=row.until_seq is None) for row in kept]
    if not documents:
        raise NotInRecordError(excerpt_id)
    return documents[-1].document.excerpt(str(rows[-1].object_id)), documents, more


def was_in_record(sort: str, object_id: str) -> bool:
    """Return whether any version of a document held this `claim` or `excerpt`, and was not erased."""
    rows = RecordClaim.objects.all() if sort == "claim" else RecordExcerpt.objects.all()
    return is_uuid(object_id) and rows.filter(object_id=object_id).exists()


def _raise_if_withdrawn(row: RecordClaim | RecordExcerpt | None, seq: int | None) -> None:
    """Raise WithdrawnError when the document that last had a claim or excerpt is withdrawn."""
    if row is not None and (seq is None or row.since_seq <= seq):
        raise_if_withdrawn(row.record.object_id, seq=seq)


def history(object_id: uuid.UUID | str, limit: int | None = None, *, before: int | None = None) -> list[StoredDocument]:
    """Return the versions of a document, newest first: all, at most `limit`, or those older than version `before`."""
    bodies = RevisionBody.objects.filter(revision__object_id=object_id).select_related("revision").order_by("-pk")
    if before is not None:
        bodies = bodies.filter(revision__version__lt=before)
    return [StoredDocument.of(body, current=False) for body in bodies[:limit]]


def records_naming(target: uuid.UUID | str, *, seq: int | None = None) -> QuerySet[Record]:
    """Return the records that point to a subject, source, topic or excerpt. *Named in* is computed, never stored."""
    links = RecordLink.objects.as_of(seq).filter(target=str(target))
    return Record.objects.as_of(seq).filter(id__in=links.values("record")).order_by("kind", "sort_key", "object_id")


def is_uuid(name: str) -> bool:
    """Return whether a name is an id as we write them: with hyphens, in either case."""
    try:
        return str(uuid.UUID(name)) == name.lower()
    except ValueError:
        return False


def _name_filter(name: str) -> Q:
    return Q(object_id=name) if is_uuid(name) else Q(slug=name)
