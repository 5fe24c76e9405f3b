"""How readers reach the public record: by slug, by id, as of a day. Reads Revision and the Record tables only.

Shared by the site and the API, so that both give the same answer to the same question.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple, Self

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from cases.documents.build import FOLDERS
from cases.documents.canonical import Document
from cases.documents.types import parse_document
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision, RevisionBody


class Missing(LookupError):
    """There is no such thing in the public record, or there was none at that time."""


class Written(NamedTuple):
    """What a reader is told of the revision that wrote a document."""

    seq: int
    kind: str
    version: int
    commitment: str
    at: int
    """When, in whole seconds since 1970."""

    @classmethod
    def by(cls, revision: Revision) -> Self:
        at = int(revision.recorded_at.timestamp())
        return cls(revision.seq, revision.kind, revision.version, revision.commitment, at)


@dataclass
class Redacted(Missing):
    """The words of this revision were erased; only its place in the log remains."""

    revision: Written


@dataclass
class NoVersion(Missing):
    """It has no such version; `last` is the number of the last that it has."""

    last: int


@dataclass
class Moved(Exception):
    """It is at another address now: a renamed slug, or the survivor of a merge."""

    path: str


@dataclass
class Gone(Exception):
    """It was withdrawn. `document` says what it was called, when it went and why."""

    revision: Revision
    document: Document


@dataclass(frozen=True)
class Found:
    """One version of one document: its stored bytes, the revision that wrote it, and whether it is the current one."""

    revision: Written
    salt: str
    text: str
    current: bool
    slug: str | None = None
    """What it was called then, where the query told."""

    @property
    def document(self) -> Document:
        return parse_document(self.text)

    @property
    def path(self) -> str:
        """The address of its page. Reading the whole document for it takes longer than all else in an answer."""
        return f"/{FOLDERS[self.revision.kind]}/{self.slug}/" if self.slug else str(self.document["path"])


DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)

UNESCAPED = re.compile(r"(T\S+) (?=\d{2}:\d{2}$)")
"""A time whose + was sent as it is, which in a query means a space."""


def seq_as_of(text: str) -> int:
    """The last seq of a day (its end in Asia/Jakarta) or of a moment. Raises ValueError with a sentence."""
    text = UNESCAPED.sub(r"\1+", text)
    try:
        day = parse_date(text) if DAY.fullmatch(text) else None
        moment = parse_datetime(text) if MOMENT.fullmatch(text) else None
    except ValueError:
        day = moment = None
    if day is None and moment is None:
        raise ValueError(_("“%s” is not a day like 2026-11-01 or a time like 2026-11-01T12:00:00+07:00.") % text)
    if day is not None and day > timezone.localdate():
        raise ValueError(_("“%s” is in the future.") % text)
    moment = moment or datetime.combine(day or date.min, time.max)
    if moment.year < 1900:  # before every record, and out of reach of some time zones
        return 0
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    if day is None and moment > timezone.now():
        raise ValueError(_("“%s” is in the future.") % text)
    last = Revision.objects.filter(recorded_at__lte=moment).order_by("-seq").values_list("seq", flat=True).first()
    return last or 0


def statuses(seqs: Iterable[int]) -> dict[int, str]:
    """What became of what each revision wrote: it is `current`, another version took its place (`superseded`), or the
    whole thing left (`withdrawn`, `merged`). Three queries for any number.
    """
    current = set(Record.objects.current().filter(since_seq__in=seqs).values_list("since_seq", flat=True))
    ids = dict(Revision.objects.filter(seq__in=set(seqs) - current).values_list("seq", "object_id"))
    acts = Revision.objects.filter(object_id__in=ids.values()).exclude(action="redact").order_by("seq")
    last = dict(acts.values_list("object_id", "action"))
    left = {"withdraw": "withdrawn", "merge": "merged"}
    return dict.fromkeys(current, "current") | {seq: left.get(last[key], "superseded") for seq, key in ids.items()}


def last_seq() -> int:
    return Revision.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


STANDS = """
    SELECT v.seq, v.kind, v.version, v.commitment, {at}, r.slug, r.until_seq, b.salt, b.document
    FROM cases_record r
    JOIN cases_revision v ON v.seq = r.since_seq
    LEFT JOIN cases_revisionbody b ON b.revision_id = r.since_seq
    WHERE r.kind = %s AND r.{called} = %s AND {when}"""
AT = {
    "postgresql": "CAST(floor(extract(epoch FROM v.recorded_at)) AS bigint)",
    "sqlite": "CAST(strftime('%%s', substr(v.recorded_at, 1, 19)) AS integer)",
}
"""`Written.at`: a number costs a reader's wait less than a time, which Python takes apart."""
IDS: Any = Record._meta.get_field("object_id")
NOW = "r.until_seq IS NULL"
THEN = "r.since_seq <= %s AND (r.until_seq IS NULL OR r.until_seq > %s)"


def stands(kind: str, name: str, *, seq: int | None = None) -> Found | None:
    """The document of a kind by slug or id, now or as of `seq`, or None. Raises Redacted when its words were erased.

    One indexed query, written by hand: of all that a reader asks it is the commonest, and the ORM needs two, each of
    which it takes longer to build than a database to answer.
    """
    called, key = ("object_id", str(IDS.get_db_prep_value(name, connection))) if is_uuid(name) else ("slug", name)
    when, at = (NOW, []) if seq is None else (THEN, [seq] * 2)
    with connection.cursor() as cursor:
        cursor.execute(STANDS.format(at=AT[connection.vendor], called=called, when=when), [kind, key, *at])
        row = cursor.fetchone()
    if row is None:
        return None
    slug, until_seq, salt, document = row[-4:]
    revision = Written(int(row[0]), row[1], int(row[2]), row[3], int(row[4]))
    if document is None:
        raise Redacted(revision)
    return Found(revision, salt, document, until_seq is None, slug)


def find(kind: str, name: str, *, seq: int | None = None) -> Found:
    """The document of a kind by slug or id, now or as of `seq`. Raises Moved, Gone or Missing."""
    document = stands(kind, name, seq=seq)
    if document is not None:
        return document
    object_id = _id_of(kind, name)
    if object_id is None:
        raise Missing(name)
    now = Record.objects.as_of(seq).filter(object_id=object_id).first()
    if now is not None:
        raise Moved(found(now.since_seq).document["path"])
    last = _last_act(object_id, seq)
    if last is None:
        raise Missing(name)
    if last.into:
        raise Moved(found(last.seq).document["merged"]["into"]["path"])
    raise Gone(last, found(last.seq).document)


def _id_of(kind: str, name: str) -> Any:
    """The id of what bears or bore this slug or id last, or None."""
    bearing = Record.objects.filter(_named(name), kind=kind).order_by("-since_seq")
    return bearing.values_list("object_id", flat=True).first() or erased(kind, name)


def erased(kind: str, name: str) -> Any:
    """The id of a thing all of whose versions were erased, or None: no Record tells of it, but what a redaction
    restates of it does. One query, linear in what was ever redacted, which is little.
    """
    restated = RevisionBody.objects.filter(revision__action="redact", revision__kind=kind)
    for body in restated.select_related("revision").order_by("-pk").iterator(chunk_size=200):
        object_id = body.revision.object_id
        if name.lower() == str(object_id) or name == parse_document(body.document)["slug"]:
            return object_id
    return None


def raise_gone(object_id: Any, *, seq: int | None = None) -> None:
    """Raises Gone for what is withdrawn now, or was as of `seq`."""
    last = _last_act(object_id, seq)
    if last is not None and last.action == "withdraw":
        raise Gone(last, found(last.seq).document)


def _last_act(object_id: Any, seq: int | None) -> Revision | None:
    """The last revision that says where a thing stands, now or as of `seq`. A redaction leaves it where it stood."""
    until = {} if seq is None else {"seq__lte": seq}
    return Revision.objects.filter(object_id=object_id, **until).exclude(action="redact").order_by("-seq").first()


def find_version(kind: str, name: str, version: int) -> Found:
    """One version of a document, current or not, withdrawn since or not."""
    object_id = _id_of(kind, name)
    if object_id is None:
        raise Missing(name)
    revisions = Revision.objects.filter(object_id=object_id).order_by("-version")
    revision = revisions.filter(version=version).first()
    if revision is None:
        raise NoVersion(revisions[0].version)
    return found(revision.seq, current=Record.objects.current().filter(since_seq=revision.seq).exists())


def found(seq: int, *, current: bool = False) -> Found:
    """The bytes that a revision wrote. Raises Redacted when they were erased, Missing when nobody wrote it."""
    body = RevisionBody.objects.select_related("revision").filter(pk=seq).first()
    if body is None:
        if revision := Revision.objects.filter(pk=seq).first():
            raise Redacted(Written.by(revision))
        raise Missing(str(seq))
    return _found(body, current)


def _found(body: RevisionBody, current: bool) -> Found:
    return Found(Written.by(body.revision), body.salt, body.document, current)


def find_claim(claim_id: str, *, seq: int | None = None) -> tuple[Document, Found]:
    """A claim and the document that holds it. Raises Gone when its document was withdrawn, Missing otherwise."""
    if not is_uuid(claim_id):
        raise Missing(claim_id)
    row = RecordClaim.objects.as_of(seq).filter(object_id=claim_id).first()
    if row is None:
        _raise_gone(RecordClaim.objects.filter(object_id=claim_id).order_by("-since_seq").first(), seq)
        raise Missing(claim_id)
    holder = found(row.since_seq, current=row.until_seq is None)
    claim = next(claim for claim in holder.document["claims"] if claim["id"] == str(row.object_id))
    return claim, holder


MOST_HOLDERS = 50
"""Documents that are read to show where an excerpt is cited, the latest first."""


def find_excerpt(excerpt_id: str, *, seq: int | None = None) -> tuple[Document, list[Found], int]:
    """An excerpt, the documents that hold it, oldest first, and how many more do. Raises Gone or Missing."""
    if not is_uuid(excerpt_id):
        raise Missing(excerpt_id)
    holding = RecordExcerpt.objects.as_of(seq).filter(object_id=excerpt_id)
    rows = list(holding.order_by("-since_seq")[: MOST_HOLDERS + 1])
    more = holding.count() - MOST_HOLDERS if len(rows) > MOST_HOLDERS else 0
    rows = rows[:MOST_HOLDERS][::-1]
    if not rows:
        _raise_gone(RecordExcerpt.objects.filter(object_id=excerpt_id).order_by("-since_seq").first(), seq)
        raise Missing(excerpt_id)
    bodies = RevisionBody.objects.select_related("revision").in_bulk([row.since_seq for row in rows])
    holders = [_found(bodies[row.since_seq], row.until_seq is None) for row in rows if row.since_seq in bodies]
    if not holders:
        raise Missing(excerpt_id)
    excerpt = next(e for e in holders[-1].document["excerpts"] if e["id"] == str(rows[-1].object_id))
    return excerpt, holders, more


def _raise_gone(row: Any, seq: int | None) -> None:
    """When the document that last held a claim or excerpt is withdrawn, say so."""
    if row is None or (seq is not None and row.since_seq > seq):
        return
    raise_gone(row.record.object_id, seq=seq)


def history(object_id: Any, limit: int | None = None, *, before: int | None = None) -> list[Found]:
    """The versions of a document, newest first: all, or at most `limit`, or those older than version `before`."""
    bodies = RevisionBody.objects.filter(revision__object_id=object_id).select_related("revision").order_by("-pk")
    if before is not None:
        bodies = bodies.filter(revision__version__lt=before)
    return [_found(body, False) for body in bodies[:limit]]


def naming(target: Any, *, seq: int | None = None) -> Any:
    """Records that point to a subject, source, topic or excerpt. *Named in* is computed, never stored."""
    links = RecordLink.objects.as_of(seq).filter(target=str(target))
    return Record.objects.as_of(seq).filter(id__in=links.values("record")).order_by("kind", "sort_key", "object_id")


def is_uuid(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name.lower()
    except ValueError:
        return False


def _named(name: str) -> Q:
    return Q(object_id=name) if is_uuid(name) else Q(slug=name)
