"""The ledger as readers see it: what happened to what, when and why, set by set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.text import capfirst

from cases.documents.base import DocumentBase, Version
from cases.documents.kinds import FOLDERS
from cases.documents.types import Document, Withdrawal, parse_document
from cases.models import Record, Revision, RevisionBody
from cases.public.labels import word
from cases.public.markup import own
from cases.vocabularies import ActorKind
from sources.json_fields import LanguageMap

from .document_diff import Difference, differences

# Members of a set that the list of sets shows; the others stand on the page of the set
MAX_MEMBERS_IN_LIST = 6
# What happened leads, then what worked together, what was used, where, by whom, and what says so
LEADING_KINDS = ("case", "collaboration", "system", "place", "actor", "source")


@dataclass(frozen=True)
class Change:
    """One revision. `title` and `reason` are None when its words were erased; `withdrawal_reason` is a code.

    `is_person`: its title is the name of a person, which stands nowhere without a statement but on the site itself.
    """

    revision: Revision
    title: LanguageMap | None
    slug: str
    reason: LanguageMap | None
    withdrawal_reason: str | None
    is_person: bool

    @property
    def path(self) -> str:
        """Return the permanent URL of this very version; empty when its words were erased."""
        folder = FOLDERS[self.revision.kind]
        return f"/{folder}/{self.slug}/v/{self.revision.version}/" if self.title else ""


@dataclass(frozen=True)
class ChangeSet:
    """What was published together, with one reason. `members` are some of `size`, cases before all others."""

    first: Revision
    size: int
    members: list[Change]

    @property
    def batch(self) -> int:
        return self.first.batch

    @property
    def at(self) -> datetime:
        return self.first.recorded_at

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
    for change in changes_of(_leading(of_these)):
        members[change.revision.batch].append(change)
    return [ChangeSet(row, sizes[row.batch], members[row.batch]) for row in rows]


def _leading(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Return the first members of each set, cases before collaborations before the rest."""
    ranks = [When(kind=kind, then=Value(rank)) for rank, kind in enumerate(LEADING_KINDS)]
    ranked = revisions.alias(rank=Case(*ranks, default=Value(len(ranks))))
    place = Window(RowNumber(), partition_by="batch", order_by=["rank", "seq"])
    return ranked.alias(place=place).filter(place__lte=MAX_MEMBERS_IN_LIST).order_by("rank", "seq")


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
    subkind = document.subkind if document else ""
    if record is not None:
        title, slug, subkind = LanguageMap(id=record.title_id, en=record.title_en), record.slug, record.subkind
    return Change(
        revision,
        title,
        slug,
        reason=document.version.reason if document else None,
        withdrawal_reason=document.withdrawn.reason if isinstance(document, Withdrawal) else None,
        is_person=subkind == ActorKind.PERSON,
    )


def headline(change: Change, *, named: bool) -> str:
    """Return “Corrected: Kota Bandung”; only the kind where the words were erased, or a person's name would be bare."""
    called = own(change.title) if change.title else word(change.revision.kind, "kind")
    if change.is_person and not named:
        called = word(ActorKind.PERSON, "actor_kind")
    return f"{capfirst(word(change.revision.action, 'action'))}: {called}"


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
