"""Blockers for people: each with a link to the page where it can be mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from cases.documents.build import Item
from cases.publication.acts import Act
from cases.publication.errors import Blocker
from cases.publication.fault_places import claim_name
from sources.models import Source


@dataclass(frozen=True)
class Reason:
    """One reason against publishing, the title of what it concerns, and where to mend it."""

    item: str
    where: str
    message: str
    url: str


def change_url(item: Item) -> str:
    if isinstance(item, Source):
        return reverse("admin:sources_source_change", args=[item.pk])
    return reverse(f"admin:cases_{item.kind}_change", args=[item.pk])


def reasons_with_links(reasons: Iterable[Blocker], acts: Iterable[Act]) -> list[Reason]:
    """Return the reasons with links. A blocker names an item as `case/slug`, a claim or excerpt by its first words."""
    items = {act.name: act.item for act in acts}
    found = []
    for reason in reasons:
        item = items.get(reason.item)
        url = _url(item, reason.where) if item else ""
        found.append(Reason(str(item or reason.item), reason.where, reason.message, url))
    return found


def _url(item: Item, where: str) -> str:
    if not isinstance(item, Source):
        if where.startswith("claim "):
            for claim in item.claims.all():
                if where == claim_name(claim.statement_id or claim.statement_en):
                    return reverse("admin:cases_claim_change", args=[claim.pk])
        if where.startswith("conflicts."):
            for conflict in item.conflicts.filter(property=where.removeprefix("conflicts.")):
                return reverse("admin:cases_conflict_change", args=[conflict.pk])
    return change_url(item)
