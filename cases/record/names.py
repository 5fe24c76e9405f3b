"""From names in a query to ids, and from a name that nobody bears to the nearest ones."""

import difflib
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cases.documents.build import FOLDERS
from cases.models import Record, Revision
from cases.vocabularies import Action

from .lookup import erased, is_uuid

KINDS = {folder: kind for kind, folder in FOLDERS.items()}
COMPARED = 1000
"""Slugs that a misspelt one is compared with: all, or its neighbours in the alphabet where there are more."""


def targets(kind: str, names: Iterable[str]) -> tuple[list[str], str, list[str]]:
    """The ids of slugs or ids, the first name that nobody ever bore (or nothing), and what is near it.

    What was merged is looked for under the survivor's id as well. One query, one more for each merge on the way.
    """
    names = list(names)
    ids = [name for name in names if is_uuid(name)]
    slugs = [name for name in names if not is_uuid(name)]
    rows = Record.objects.filter(Q(slug__in=slugs) | Q(object_id__in=ids), kind=kind)
    merged = merges().filter(object_id=OuterRef("object_id")).values("into")[:1]
    found = list(rows.order_by().values_list("slug", "object_id", Subquery(merged)).distinct())
    known = {slug for slug, _id, _into in found} | {str(object_id) for _slug, object_id, _into in found}
    targeted = {object_id for _slug, object_id, _into in found}
    for name in names:
        if name not in known and name.lower() not in known:
            object_id = erased(kind, name)
            if object_id is None:
                return [], name, near_slugs(kind, name)
            targeted.add(object_id)
    while new := {into for _slug, _id, into in found if into} - targeted:
        targeted |= new
        found = [("", *pair) for pair in merges().filter(object_id__in=new).values_list("object_id", "into")]
    return sorted(map(str, targeted)), "", []


def merges() -> QuerySet[Revision]:
    """The merges that stand now."""
    later = Revision.objects.filter(object_id=OuterRef("object_id"), seq__gt=OuterRef("seq"))
    return Revision.objects.filter(action=Action.MERGE).exclude(Exists(later.exclude(action=Action.REDACT)))


def subject_of(name: str) -> tuple[str | None, list[str]]:
    """The id of `cases/slug` or of an id, or None and what is near."""
    if is_uuid(name):
        known = Revision.objects.filter(object_id=name).exclude(kind="source").exists()
        return (name.lower() if known else None), []
    folder, _slash, slug = name.strip("/").partition("/")
    if folder not in KINDS or folder == "sources":
        subjects = [known for known in KINDS if known != "sources"]
        return None, [f"{near}/{slug}" for near in difflib.get_close_matches(folder, subjects, n=1)]
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
    words = set(name.split("-"))
    holding = [slug for slug in compared if len(name) > 2 and (name in slug or words <= set(slug.split("-")))]
    return list(dict.fromkeys(holding + difflib.get_close_matches(name[:120], compared, n=3, cutoff=0.5)))[:3]


def nearest_word(word: str, words: Iterable[str]) -> str | None:
    """What was probably meant: the word that is written most like it or, failing that, one that begins with it."""
    words = list(words)
    near: list[Any] = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    begun = [known for known in words if len(word) > 2 and known.startswith(word)]
    return next(iter([*near, *begun]), None)
