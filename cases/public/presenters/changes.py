"""The ledger as readers see it: what happened to what, when and why, set by set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet

from cases.documents.build import FOLDERS
from cases.documents.canonical import Document
from cases.documents.types import parse_document
from cases.models import Record, Revision, RevisionBody

from .document_diff import Difference, differences

AT_FIRST = 6
"""Members of a set that the list of sets shows; the others stand on the page of the set."""


@dataclass(frozen=True)
class Change:
    """One revision. `ref` is its title, and none when its words were erased; `withdrawn` is the code of the reason."""

    seq: int
    batch: int
    object_id: str
    action: str
    kind: str
    version: int
    at: datetime
    cause: int | None
    ref: Document | None
    slug: str
    reason: str
    withdrawn: str | None

    @property
    def path(self) -> str:
        """The permanent address of this very version; none when its words were erased."""
        return f"/{FOLDERS[self.kind]}/{self.slug}/v/{self.version}/" if self.ref else ""


@dataclass(frozen=True)
class ChangeSet:
    """What was published together, with one reason. `members` are the first of `size`."""

    batch: int
    at: datetime
    size: int
    members: list[Change]

    @property
    def reason(self) -> str:
        """Why; nothing when the words of every member seen here were erased."""
        return next((member.reason for member in self.members if member.reason), "")

    @property
    def last(self) -> int:
        return self.batch + self.size - 1

    @property
    def unshown(self) -> int:
        return self.size - len(self.members)


def sets(heads: Iterable[Revision]) -> list[ChangeSet]:
    """The sets that these revisions head, each with its first members. The same few queries however many they are."""
    heads = list(heads)
    of_these = Revision.objects.filter(batch__in=[head.batch for head in heads])
    sizes = dict(of_these.order_by().values_list("batch").annotate(n=Count("seq")))
    members: dict[int, list[Change]] = {head.batch: [] for head in heads}
    for change in changes(of_these.filter(seq__lt=F("batch") + AT_FIRST).order_by("seq")):
        members[change.batch].append(change)
    return [ChangeSet(head.batch, head.recorded_at, sizes[head.batch], members[head.batch]) for head in heads]


def heads() -> QuerySet[Revision]:
    """The first revision of every set, newest first."""
    return Revision.objects.filter(seq=F("batch")).order_by("-seq")


def changes(revisions: Iterable[Revision]) -> list[Change]:
    """The revisions with what can be read of them. Titles come from the record's rows; few documents are opened."""
    rows = list(revisions)
    seqs = RevisionBody.objects.filter(pk__in=[row.seq for row in rows]).values_list("pk", flat=True)
    records = {record.since_seq: record for record in Record.objects.filter(since_seq__in=list(seqs))}
    first = {row.batch: row.seq for row in reversed(rows)}
    wanted = [row.seq for row in rows if row.seq not in records or row.seq in first.values()]
    documents = {body.pk: parse_document(body.document) for body in RevisionBody.objects.filter(pk__in=wanted)}
    return [_change(row, documents.get(row.seq), records.get(row.seq)) for row in rows]


def _change(revision: Revision, document: Document | None, record: Record | None) -> Change:
    ref: Document | None = None
    slug = ""
    if record is not None:
        ref, slug = {"title": {"id": record.title_id, "en": record.title_en}}, record.slug
    elif document is not None:
        ref, slug = document, document["slug"]
    return Change(
        seq=revision.seq,
        batch=revision.batch,
        object_id=str(revision.object_id),
        action=revision.action,
        kind=revision.kind,
        version=revision.version,
        at=revision.recorded_at,
        cause=revision.cause,
        ref=ref,
        slug=slug,
        reason=document["version"]["reason"] if document else "",
        withdrawn=((document or {}).get("withdrawn") or {}).get("reason"),
    )


def differences_of(members: list[Change]) -> dict[int, list[Difference]]:
    """By seq, what each correction among them changed, word by word. Nothing where either side holds no statements."""
    corrected = [member for member in members if member.action == "correct"]
    earlier = Revision.objects.filter(
        object_id__in=[member.object_id for member in corrected],
        version__in=[member.version - 1 for member in corrected],
    )
    seqs = {(str(row.object_id), row.version): row.seq for row in earlier}
    before = {member.seq: seqs.get((member.object_id, member.version - 1)) for member in corrected}
    pairs = [seq for pair in before.items() for seq in pair if seq]
    bodies = {body.pk: body.document for body in RevisionBody.objects.filter(pk__in=pairs)}
    found: dict[int, list[Difference]] = {}
    for now, was in before.items():
        if now in bodies and was in bodies:
            old, new = parse_document(bodies[was]), parse_document(bodies[now])
            if "withdrawn" not in old and "withdrawn" not in new:
                found[now] = differences(old, new)
    return found


def version_path(document: Document) -> str:
    """The permanent address of this very version."""
    folder = FOLDERS[document["kind"]]
    return f"/{folder}/{document['slug']}/v/{document['version']['number']}/"


def numbers(documents: Iterable[Document]) -> list[dict[str, Any]]:
    """The history of one document, newest first, as its versions tell it."""
    return [
        document["version"] | {"path": version_path(document), "w": document.get("withdrawn")} for document in documents
    ]
