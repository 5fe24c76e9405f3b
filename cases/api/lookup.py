"""From names in a query to ids, and from a name that nobody bears to the nearest ones."""

import difflib
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from cases.models import Record, Revision
from cases.publication.represent import FOLDERS
from cases.reading import is_uuid
from cases.vocabularies import Action

KINDS = {folder: kind for kind, folder in FOLDERS.items()}
COMPARED = 1000
"""Slugs that a misspelt one is compared with: all, or its neighbours in the alphabet where there are more."""


def targets(kind: str, names: Iterable[str]) -> tuple[list[str], str, list[str]]:
    """The ids of slugs or ids, the first name that nobody ever bore (or nothing), and what is near it.

    What was merged is looked for under the survivor's id as well. Two queries, one more for each further merge.
    """
    names = list(names)
    ids = [name for name in names if is_uuid(name)]
    slugs = [name for name in names if not is_uuid(name)]
    rows = Record.objects.filter(Q(slug__in=slugs) | Q(object_id__in=ids), kind=kind)
    found = list(rows.values_list("slug", "object_id").distinct())
    known = {slug for slug, _id in found} | {str(object_id) for _slug, object_id in found}
    for name in names:
        if name not in known and name.lower() not in known:
            return [], name, near_slugs(kind, name)
    return sorted(map(str, with_survivors({object_id for _slug, object_id in found}))), "", []


def with_survivors(ids: set[Any]) -> set[Any]:
    """The ids, and those of what they were merged into."""
    found, new = set(ids), set(ids)
    while new:
        new = {into for into in merged(new).values() if into} - found
        found |= new
    return found


def merged(ids: Iterable[Any]) -> dict[Any, Any]:
    """Those of the ids that are merged now, with what each became part of. One query."""
    later = Revision.objects.filter(object_id=OuterRef("object_id"), seq__gt=OuterRef("seq"))
    standing = Revision.objects.filter(object_id__in=ids, action=Action.MERGE)
    standing = standing.exclude(Exists(later.exclude(action=Action.REDACT)))
    return dict(standing.values_list("object_id", "into"))


def subject_of(name: str) -> tuple[str | None, list[str]]:
    """The id of `cases/slug` or of an id, or None and what is near."""
    if is_uuid(name):
        known = Record.objects.filter(object_id=name).exclude(kind="source").exists()
        return (name.lower() if known else None), []
    folder, _slash, slug = name.strip("/").partition("/")
    if folder not in KINDS or folder == "sources":
        return None, [f"{near}/{slug}" for near in difflib.get_close_matches(folder, KINDS, n=1)]
    found, _unknown, near = targets(KINDS[folder], [slug])
    return (found[0] if found else None), [f"{folder}/{other}" for other in near]


def near_slugs(kind: str, name: str) -> list[str]:
    """Up to three current slugs that `name` was probably meant to be."""
    slugs = Record.objects.current().filter(kind=kind).order_by("slug").values_list("slug", flat=True)
    compared = list(slugs[: COMPARED + 1])
    if len(compared) > COMPARED:
        name = name[:120]
        after = slugs.filter(slug__gte=name)[: COMPARED // 2]
        before = slugs.filter(slug__lt=name).reverse()[: COMPARED // 2]
        compared = [*after, *before]
    holding = [slug for slug in compared if len(name) > 2 and name in slug]
    return list(dict.fromkeys(holding + difflib.get_close_matches(name[:120], compared, n=3, cutoff=0.5)))[:3]
