"""What is to happen to a subject or source: publish, withdraw, reinstate, merge."""

import uuid
from dataclasses import dataclass

from cases.documents.build import Item
from cases.vocabularies import GONE, Action


@dataclass(frozen=True)
class Act:
    """Publish (or correct), withdraw, merge or reinstate one subject or source. `into` is the survivor of a merge."""

    item: Item
    action: str = Action.PUBLISH
    reason_code: str = ""
    into: Item | None = None

    @property
    def leaves(self) -> bool:
        """Return whether the item is no longer read at its own address afterwards."""
        return self.action in GONE

    @property
    def key(self) -> uuid.UUID:
        """Return the id of the item."""
        return self.item.pk

    @property
    def name(self) -> str:
        """Return how reasons name the item, such as `case/slug`."""
        return f"{self.item.kind}/{self.item.slug}"


def withdraw(item: Item, reason_code: str) -> Act:
    """Return the act that takes an item out of the current record. `reason_code` is a word of WithdrawalReason."""
    return Act(item, Action.WITHDRAW, reason_code)


def reinstate(item: Item) -> Act:
    """Return the act that undoes a withdrawal or a merge: the present working copy is published again."""
    return Act(item, Action.REINSTATE)


def merge(item: Item, into: Item) -> Act:
    """Return the act that makes an item part of another of its kind, which answers for its addresses from then on.

    Its statements are moved to the survivor first. Documents that name it name the survivor instead, now and
    whenever they are published again; no working paper is changed.
    """
    return Act(item, Action.MERGE, into=into)
