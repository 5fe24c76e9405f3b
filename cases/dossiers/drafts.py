"""The working history of a subject or source: its whole dossier after each save, who saved it, and what changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q

from cases.documents.build import Item
from cases.models import Draft, Subject
from sources.models import Excerpt, Source

from .dump import dump_text
from .text_diff import Line, lines_changed


def note(item: Item, *, by: User, origin: str = Draft.Origin.ADMIN) -> Draft | None:
    """Append the item's dossier to its history, unless it reads as it did after the last save."""
    dossier = dump_text(item)
    last = Draft.objects.filter(object_id=item.id).first()
    if last is not None and last.dossier == dossier:
        return None
    return Draft.objects.create(object_kind=item.kind, object_id=item.id, dossier=dossier, origin=origin, by=by)


def items_citing(excerpt: Excerpt) -> Iterator[Item]:
    """Every subject and source whose dossier holds the excerpt."""
    cites = (
        Q(claims__citations__excerpt=excerpt)
        | Q(conflicts__sides__excerpt=excerpt)
        | Q(responses__excerpts=excerpt)
        | Q(aliases__excerpt=excerpt)
        | Q(identifiers__excerpt=excerpt)
        | Q(unknowns__excerpt=excerpt)
    )
    ids = Subject.objects.filter(cites).order_by().values_list("pk", flat=True)
    yield from Subject.objects.filter(pk__in=set(ids))
    yield from Source.objects.filter(Q(statements__citations__excerpt=excerpt) | Q(names__excerpt=excerpt)).distinct()


@dataclass(frozen=True)
class Step:
    """One draft and what it changed in the one before it."""

    draft: Draft
    first: bool
    changes: list[Line]


def steps(drafts: list[Draft]) -> list[Step]:
    """Drafts of one item, newest first, each compared with the one before it."""
    if not drafts:
        return []
    oldest = drafts[-1]
    before = Draft.objects.filter(object_id=oldest.object_id, pk__lt=oldest.pk).first()
    older = [*drafts[1:], before]
    return [
        Step(draft, other is None, lines_changed(other.dossier if other else "", draft.dossier))
        for draft, other in zip(drafts, older, strict=True)
    ]
