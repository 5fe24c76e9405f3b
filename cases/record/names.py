"""From names in a query string to ids, and from a name that nothing has to the nearest ones."""

import difflib
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cases.documents.kinds import FOLDERS
from cases.models import Record, Revision
from cases.vocabularies import Action

from .lookup import is_uuid, redacted_id

KIND_OF_FOLDER = {folder: kind for kind, folder in FOLDERS.items()}
# Slugs that a misspelt one is compared with: all, or its neighbours in the alphabet where there are more
MAX_COMPARED_SLUGS = 1000
MAX_COMPARED_CHARS = 120


def target_ids(kind: str, names: Iterable[str]) -> tuple[list[str], str, list[str]]:
    """Return the ids of slugs or ids; where one never was in the record, no ids, that name and what is near it.

    What was merged is looked for under the survivor's id as well. One query, one more for each merge on the way.
    """
    names = list(names)
    ids = [name for name in names if is_uuid(name)]
    slugs = [name for name in names if not is_uuid(name)]
    records = Record.objects.filter(Q(slug__in=slugs) | Q(object_id__in=ids), kind=kind)
    merged = current_merges().filter(object_id=OuterRef("object_id")).values("into")[:1]
    rows = list(records.order_by().values_list("slug", "object_id", Subquery(merged)).distinct())
    known = {slug for slug, _id, _into in rows} | {str(object_id) for _slug, object_id, _into in rows}
    target_ids = {object_id for _slug, object_id, _into in rows}
    for name in names:
        if name not in known and name.lower() not in known:
            object_id = redacted_id(kind, name)
            if object_id is None:
                return [], name, near_slugs(kind, name)
            target_ids.add(object_id)
    survivors = {into for _slug, _id, into in rows if into}
    while new := survivors - target_ids:
        target_ids |= new
        survivors = set(current_merges().filter(object_id__in=new).values_list("into", flat=True))
    return sorted(map(str, target_ids)), "", []


def current_merges() -> QuerySet[Revision]:
    """Return the merges that hold now: what was merged has not been published again since."""
    later = Revision.objects.filter(object_id=OuterRef("object_id"), seq__gt=OuterRef("seq"))
    return Revision.objects.filter(action=Action.MERGE).exclude(Exists(later.exclude(action=Action.REDACT)))


def subject_id(name: str) -> tuple[str | None, list[str]]:
    """Return the id of `cases/slug` or of an id, or None and what is near."""
    if is_uuid(name):
        known = Revision.objects.filter(object_id=name).exclude(kind="source").exists()
        return (name.lower() if known else None), []
    folder, _slash, slug = name.strip("/").partition("/")
    if folder not in KIND_OF_FOLDER or folder == "sources":
        subjects = [known for known in KIND_OF_FOLDER if known != "sources"]
        return None, [f"{near}/{slug}" for near in difflib.get_close_matches(folder, subjects, n=1)]
    ids, _unknown, near = target_ids(KIND_OF_FOLDER[folder], [slug])
    return (ids[0] if ids else None), [f"{folder}/{other}" for other in near]


def near_slugs(kind: str, name: str) -> list[str]:
    """Return up to three current slugs that `name` was probably meant to be."""
    slugs = Record.objects.current().filter(kind=kind).order_by("slug").values_list("slug", flat=True)
    compared = list(slugs[: MAX_COMPARED_SLUGS + 1])
    if len(compared) > MAX_COMPARED_SLUGS:
        name = name[:MAX_COMPARED_CHARS]
        after = slugs.filter(slug__gte=name)[: MAX_COMPARED_SLUGS // 2]
        before = slugs.filter(slug__lt=name).reverse()[: MAX_COMPARED_SLUGS // 2]
        compared = [*after, *before]
    words = set(name.split("-"))
    containing = [slug for slug in compared if len(name) > 2 and (name in slug or words <= set(slug.split("-")))]
    near = difflib.get_close_matches(name[:MAX_COMPARED_CHARS], compared, n=3, cutoff=0.5)
    return list(dict.fromkeys(containing + near))[:3]


def nearest_word(word: str, words: Iterable[str]) -> str | None:
    """Return what was probably meant: the word most like it or, failing that, one that begins with it."""
    words = list(words)
    near: list[str] = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    begun = (known for known in words if len(word) > 2 and known.startswith(word))
    return next(iter([*near, *begun]), None)
