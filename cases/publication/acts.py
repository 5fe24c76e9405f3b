"""What is to happen to whom: acts, and the set in which they happen together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from cases.documents.build import LICENSE, Item, Ref, header, ref_of, represent
from cases.documents.canonical import Document
from cases.documents.prefetch import whole
from cases.models import Revision, Subject
from cases.vocabularies import GONE, Action

from .ledger import current_documents, last_documents, last_revisions


@dataclass(frozen=True)
class Act:
    """Publish (or correct), withdraw, merge or reinstate one subject or source. `into` is the survivor of a merge."""

    item: Item
    action: str = Action.PUBLISH
    reason_code: str = ""
    into: Item | None = None

    @property
    def leaves(self) -> bool:
        """Whether the item is no longer read at its own address afterwards."""
        return self.action in GONE


def withdraw(item: Item, reason_code: str) -> Act:
    """Take an item out of the current record. `reason_code` is a word of WithdrawalReason."""
    return Act(item, Action.WITHDRAW, reason_code)


def reinstate(item: Item) -> Act:
    """Undo a withdrawal or a merge: publish the present working copy again."""
    return Act(item, Action.REINSTATE)


def merge(item: Item, into: Item) -> Act:
    """Make an item part of another of its kind, whose documents and addresses answer for it from then on.

    Its statements are moved to the survivor first. Documents that name it name the survivor instead, now and
    whenever they are published again; no working paper is changed.
    """
    return Act(item, Action.MERGE, into=into)


class PublishingSet:
    """The acts of one publication and the documents that they would write.

    A document names other things as *their* public documents do, or as the set is about to publish them. What is
    neither is remembered as missing.
    """

    def __init__(self, acts: Iterable[Act | Item]) -> None:
        self.acts: list[Act] = []
        self._going_out: set[Any] = set()
        self._withdrawn: set[Any] = set()
        self._rows: dict[Any, Item] = {}
        self._documents: dict[Any, Document] = {}
        self._published: dict[Any, Document | None] = {}
        self._last: dict[Any, Revision | None] = {}
        self._refs: dict[Any, Ref] = {}
        self._named: dict[Any, dict[Any, Item]] = {}
        self._merged = merges()
        self._survivors: dict[Any, Any] = {}
        self._writing: list[Any] = []
        self._add(acts)

    def _add(self, acts: Iterable[Act | Item]) -> None:
        new = [act if isinstance(act, Act) else Act(act) for act in acts]
        self.acts += new
        self._going_out |= {act.item.id for act in new if not act.leaves}
        self._withdrawn |= {act.item.id for act in new if act.leaves}
        self._survivors = {key: into for key, into in self._merged.items() if key not in self._going_out}
        self._survivors |= {act.item.id: act.into.id for act in self.acts if act.into}

    def document(self, act: Act) -> Document:
        """The document of an act, without version; of a withdrawal or merge, only what names the thing."""
        item = act.item
        if item.id not in self._documents:
            if act.leaves:
                self._documents[item.id] = self._farewell(act)
            else:
                self._writing.append(item.id)
                document = represent(self._row(item), self.embed)
                self._writing.pop()
                self._documents[item.id] = document | self.merged_from(item.id)
        return self._documents[item.id]

    def _farewell(self, act: Act) -> Document:
        last = self.published(act.item) or header(act.item)
        return merger(last, self.embed(act.into)) if act.into else withdrawal(last, act.reason_code)

    def merged_from(self, survivor: Any) -> Document:
        """`merged_from` of a survivor: what became part of it, as it was last named. Empty for everything else."""
        ids = sorted(key for key, into in self._survivors.items() if into == survivor)
        documents = last_documents(ids) if ids else {}
        names = [{name: documents[key][name] for name in ("id", "kind", "slug", "title")} for key in ids]
        return {"merged_from": names} if names else {}

    def undone(self, act: Act) -> Any:
        """The id of what the item of an act is part of until then, if the act undoes a merge."""
        return self._merged.get(act.item.id) if act.action == Action.REINSTATE else None

    def ref_after(self, act: Act) -> Ref:
        """How other documents name the item of an act from then on."""
        return self.embed(act.item) if act.into else ref_of(self.document(act))

    def survivor(self, other: Item) -> Item:
        """What stands for `other`: itself, or what it was merged into, however often that was merged in turn."""
        key, seen = other.id, set()
        while key in self._survivors and key not in seen:  # a circle is a blocker's business
            seen.add(key)
            key = self._survivors[key]
        survivor = Subject.objects.filter(pk=key).first() if key != other.id else None
        return survivor.specific if survivor else other

    def _row(self, item: Item) -> Item:
        """The item as it is saved; all members are read at once."""
        if item.id in self._going_out and item.id not in self._rows:
            members = [act.item for act in self.acts if act.item.id in self._going_out - self._rows.keys()]
            self._rows |= whole(members)
        return self._rows.get(item.id, item)

    def published(self, item: Item) -> Document | None:
        """The document that readers see now, if any."""
        if item.id not in self._published:
            members = {act.item.id for act in self.acts} - self._published.keys()
            self._published |= current_documents([item.id, *members])
        return self._published[item.id]

    def last(self, item: Item) -> Revision | None:
        """The last revision of a member, if it was ever published."""
        if item.id not in self._last:
            members = {act.item.id for act in self.acts} - self._last.keys() | {item.id}
            self._last |= dict.fromkeys(members) | last_revisions(members)
        return self._last[item.id]

    def embed(self, other: Item) -> Ref:
        """How the set's documents name `other`: as it is about to be published, or as it is public already."""
        other = self.survivor(other)
        if other.id not in self._refs:
            self._refs[other.id] = header(self._row(other))  # enough when works know each other in a circle
            self._refs[other.id] = self._ref(other)
        if self._writing:
            self._named.setdefault(self._writing[-1], {})[other.id] = other
        return self._refs[other.id]

    def _ref(self, other: Item) -> Ref:
        if other.id not in self._going_out and (document := self.published(other)):
            return ref_of(document)
        if isinstance(other, Subject):
            return ref_of(header(self._row(other)))
        return ref_of(represent(self._row(other), self.embed))

    def is_public(self, other: Item) -> bool:
        if other.id in self._going_out:
            return True
        return other.id not in self._withdrawn and self.published(other) is not None

    def named_but_not_public(self, act: Act) -> list[Item]:
        self.document(act)
        return [other for other in self._named.get(act.item.id, {}).values() if not self.is_public(other)]

    def missing(self) -> list[Item]:
        """Everything that the documents name and that is neither public nor a member of the set."""
        found = {other.id: other for act in self.acts for other in self.named_but_not_public(act)}
        return [other for key, other in found.items() if key not in self._withdrawn]

    def complete(self) -> None:
        """Add what the documents name and that is not public, and what that names in turn.

        No document changes by it: what is not public is named by its saved row, a member or not.
        """
        while missing := self.missing():
            self._add(missing)


def completed(acts: Iterable[Act | Item]) -> PublishingSet:
    """The same set with everything that its documents name and that is not public, and what that names in turn."""
    members = PublishingSet(acts)
    members.complete()
    return members


NAMING = (
    "kind",
    "id",
    "slug",
    "path",
    "title",
    "title_given",
    "actor_kind",
    "system_kind",
    "place_kind",
    "source_kind",
)


def merges() -> dict[Any, Any]:
    """What is merged now, by id, with the id of what it became part of. One query."""
    later = Revision.objects.filter(object_id=OuterRef("object_id"), seq__gt=OuterRef("seq"))
    standing = Revision.objects.filter(action=Action.MERGE).exclude(Exists(later.exclude(action=Action.REDACT)))
    return dict(standing.order_by("seq").values_list("object_id", "into"))


def merger(document: Document, survivor: Ref) -> Document:
    """What stays of a merged thing: what it was called, and what it became part of."""
    return {
        "$schema": "/schemas/merge/1.json",
        **{key: document[key] for key in NAMING if key in document},
        "merged": {"into": survivor},
        "license": LICENSE,
    }


def withdrawal(document: Document, reason_code: str) -> Document:
    """What stays at a withdrawn address: what it was called, and why it is gone. None of its claims."""
    return {
        "$schema": "/schemas/withdrawal/1.json",
        **{key: document[key] for key in NAMING if key in document},
        "withdrawn": {"reason": reason_code},
        "license": LICENSE,
    }


def embedded_ids(value: Any, root: bool = True) -> Iterator[str]:
    """Ids of everything that a document embeds by reference (dicts with id and path), itself excepted."""
    if isinstance(value, dict):
        if not root and "slug" in value and "path" in value:
            yield value["id"]
        for entry in value.values():
            yield from embedded_ids(entry, root=False)
    elif isinstance(value, list):
        for entry in value:
            yield from embedded_ids(entry, root=False)
