"""What is to happen to whom: acts, and the set in which they happen together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cases.models import Revision, Subject
from cases.vocabularies import Action

from .canonical import Document
from .ledger import current_documents, last_revisions
from .represent import LICENSE, Item, Ref, header, ref_of, represent
from .whole import whole


@dataclass(frozen=True)
class Act:
    """Publish (or correct), withdraw or reinstate one subject or source."""

    item: Item
    action: str = Action.PUBLISH
    reason_code: str = ""


def withdraw(item: Item, reason_code: str) -> Act:
    """Take an item out of the current record. `reason_code` is a word of WithdrawalReason."""
    return Act(item, Action.WITHDRAW, reason_code)


def reinstate(item: Item) -> Act:
    """Undo a withdrawal: publish the present working copy again."""
    return Act(item, Action.REINSTATE)


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
        self._writing: list[Any] = []
        self._add(acts)

    def _add(self, acts: Iterable[Act | Item]) -> None:
        new = [act if isinstance(act, Act) else Act(act) for act in acts]
        self.acts += new
        self._going_out |= {act.item.id for act in new if act.action != Action.WITHDRAW}
        self._withdrawn |= {act.item.id for act in new if act.action == Action.WITHDRAW}

    def document(self, act: Act) -> Document:
        """The document of an act, without version; of a withdrawal, only what names the thing."""
        item = act.item
        if item.id not in self._documents:
            if act.action == Action.WITHDRAW:
                self._documents[item.id] = withdrawal(self.published(item) or header(item), act.reason_code)
            else:
                self._writing.append(item.id)
                self._documents[item.id] = represent(self._row(item), self.embed)
                self._writing.pop()
        return self._documents[item.id]

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

    def _is_public(self, other: Item) -> bool:
        if other.id in self._going_out:
            return True
        return other.id not in self._withdrawn and self.published(other) is not None

    def named_but_not_public(self, act: Act) -> list[Item]:
        self.document(act)
        return [other for other in self._named.get(act.item.id, {}).values() if not self._is_public(other)]

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


def withdrawal(document: Document, reason_code: str) -> Document:
    """What stays at a withdrawn address: what it was called, and why it is gone. None of its claims."""
    keys = (
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
    return {
        "$schema": "/schemas/withdrawal/1.json",
        **{key: document[key] for key in keys if key in document},
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
