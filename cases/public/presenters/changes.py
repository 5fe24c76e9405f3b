"""The ledger as readers see it: what happened to what, when and why, set by set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F

from cases.documents.base import DocumentBase, Version
from cases.documents.kinds import FOLDERS
from cases.documents.types import Document, Withdrawal, parse_document
from cases.models import Record, Revision, RevisionBody
from sources.json_fields import LanguageMap

from .document_diff import Difference, differences

# Members of a set that the list of sets shows; the others stand on the page of the set
MAX_MEMBERS_IN_LIST = 6


@dataclass(frozen=True)
class Change:
    """One revision. `title` and `reason` are None when its words were erased; `withdrawal_reason` is a code."""

    revision: Revision
    title: LanguageMap | None
    slug: str
    reason: LanguageMap | None
    withdrawal_reason: str | None

    @property
    def path(self) -> str:
        """Return the permanent URL of this very version; empty when its words were erased."""
        folder = FOLDERS[self.revision.kind]
        return f"/{folder}/{self.slug}/v/{self.revision.version}/" if self.title else ""


@dataclass(frozen=True)
class ChangeSet:
    """What was published together, with one reason. `members` are the first of `size`."""

    batch: int
    at: datetime
    size: int
    members: list[Change]

    @property
    def reason(self) -> LanguageMap | None:
        """Return why; None when the words of every member seen here were erased."""
        return next((member.reason for member in self.members if member.reason), None)

    @property
    def last(self) -> int:
        return self.batch + self.size - 1

    @property
    def unshown(self) -> int:
        return self.size - len(self.members)


@dataclass(frozen=True)
class VersionEntry:
    """One version in the history of a document. `differences` is None where it was not compared with an earlier."""

    version: Version
    path: str
    is_withdrawal: bool
    differences: list[Difference] | None = None


def change_sets(firsts: Iterable[Revision]) -> list[ChangeSet]:
    """Return the sets that begin with these revisions, each with its first members, in four queries for any number."""
    rows = list(firsts)
    of_these = Revision.objects.filter(batch__in=[row.batch for row in rows])
    sizes = dict(of_these.order_by().values_list("batch").annotate(n=Count("seq")))
    members: dict[int, list[Change]] = {row.batch: [] for row in rows}
    for change in changes_of(of_these.filter(seq__lt=F("batch") + MAX_MEMBERS_IN_LIST).order_by("seq")):
        members[change.revision.batch].append(change)
    return [ChangeSet(row.batch, row.recorded_at, sizes[row.batch], members[row.batch]) for row in rows]


def changes_of(revisions: Iterable[Revision]) -> list[Change]:
    """Return the revisions with what can be read of them."""
    rows = list(revisions)
    seqs = RevisionBody.objects.filter(pk__in=[row.seq for row in rows]).values_list("pk", flat=True)
    records = {record.since_seq: record for record in Record.objects.filter(since_seq__in=list(seqs))}
    first = {row.batch: row.seq for row in reversed(rows)}
    # Titles come from the record's rows: few documents are parsed
    wanted = [row.seq for row in rows if row.seq not in records or row.seq in first.values()]
    documents = {body.pk: parse_document(body.document) for body in RevisionBody.objects.filter(pk__in=wanted)}
    return [_change(row, documents.get(row.seq), records.get(row.seq)) for row in rows]


def _change(revision: Revision, document: Document | None, record: Record | None) -> Change:
    title, slug = (document.titles, document.slug) if document else (None, "")
    if record is not None:
        title, slug = LanguageMap(id=record.title_id, en=record.title_en), record.slug
    return Change(
        revision,
        title,
        slug,
        reason=document.version.reason if document else None,
        withdrawal_reason=document.withdrawn.reason if isinstance(document, Withdrawal) else None,
    )


def differences_of(members: list[Change]) -> dict[int, list[Difference] | None]:
    """Return by seq what each correction among them changed, word by word; None where either side was withdrawn."""
    corrected = [member.revision for member in members if member.revision.action == "correct"]
    earlier = Revision.objects.filter(
        object_id__in=[revision.object_id for revision in corrected],
        version__in=[revision.version - 1 for revision in corrected],
    )
    seqs = {(row.object_id, row.version): row.seq for row in earlier}
    before = {revision.seq: seqs.get((revision.object_id, revision.version - 1)) for revision in corrected}
    pairs = [seq for pair in before.items() for seq in pair if seq]
    bodies = {body.pk: body.document for body in RevisionBody.objects.filter(pk__in=pairs)}
    return {
        now: differences(parse_document(bodies[was]), parse_document(bodies[now]))
        for now, was in before.items()
        if now in bodies and was in bodies
    }


def version_path(document: DocumentBase) -> str:
    """Return the permanent URL of this very version, without host and language."""
    return f"/{FOLDERS[document.kind]}/{document.slug}/v/{document.version.number}/"


def version_entries(documents: Iterable[DocumentBase]) -> list[VersionEntry]:
    """Return the history of one document, newest first, as its versions tell it."""
    return [VersionEntry(each.version, version_path(each), isinstance(each, Withdrawal)) for each in documents]
