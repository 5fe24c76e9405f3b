"""Numbers of a kind of claim, made up from what its fields say of themselves, so that a new kind has some too."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from django.core.exceptions import ValidationError

from cases.claim_kinds import Detail, DetailDocument, DetailedKind, DetailField, FieldSort
from sources.json_fields import LanguageMap

Columns = dict[str, str]
# Numbers for decimals, of which no two are the same, as a source writes them
NUMBERS = ", ".join(f"{7001 + place * 1013},5" for place in range(20))
# Words for texts whose form a constraint narrows: the first that fits is taken
NARROW_TEXTS = ("IDR",)


def candidates(kind: DetailedKind, field: DetailField, place: int) -> list[Columns]:
    """Return values of one field, each as what its columns hold; no two fields of a kind have the same."""
    if field.sort == FieldSort.CHOICE and field.vocabulary:
        return [{field.name: word} for word in field.vocabulary.values]
    if field.sort == FieldSort.DECIMAL:
        return [{field.name: f"{7001 + place * 1013}.5"}]
    if field.sort == FieldSort.DATE:
        return [{field.name: f"20{10 + place}-08"}]
    if field.sort == FieldSort.LANGUAGE_MAP:
        return [{column: f"nilai {place} {column}" for column in field.columns}]
    if field.name == "as_stated":  # stands in the excerpt, with every number
        return [{field.name: NUMBERS}]
    texts = (f"nilai {place} {field.name}", *NARROW_TEXTS)
    longest = kind.model._meta.get_field(field.name).max_length
    return [{field.name: text} for text in texts if len(text) <= longest]


def is_valid(detail: Detail) -> bool:
    try:
        detail.full_clean(exclude=["claim"], validate_unique=False)
    except ValidationError:
        return False
    return True


def make_detail(kind: DetailedKind, names: set[str], given: Columns) -> Columns | None:
    """Return the first values of these fields that the constraints allow, or None; `given` are already chosen."""
    choices = [
        [given] if field.name in given or field.columns[0] in given else candidates(kind, field, place)
        for place, field in enumerate(kind.fields)
        if field.name in names
    ]
    for values in product(*choices):
        columns = {name: value for each in values for name, value in each.items()} | given
        if is_valid(kind.model(**columns)):
            return columns
    return None


def full_detail(kind: DetailedKind, given: Columns) -> Columns | None:
    """Return values of every field, or of all but one optional field when that is all the constraints allow."""
    names = {field.name for field in kind.fields}
    optional = [field.name for field in kind.fields if not field.required and field.columns[0] not in given]
    found = (make_detail(kind, names - {left_out}, given) for left_out in ("", *optional))
    return next((each for each in found if each), None)


def samples_of(kind: DetailedKind, field: DetailField) -> Iterator[Columns]:
    """Yield details that state a field: beside all others, then alone, with each of its words."""
    place = kind.fields.index(field)
    required = {each.name for each in kind.fields if each.required}
    for given in candidates(kind, field, place):
        for detail in (full_detail(kind, given), make_detail(kind, {*required, field.name}, given)):
            if detail:
                yield detail


def document_of(detail: Detail, kind: DetailedKind) -> DetailDocument:
    """Return a detail as a document holds it."""
    values: dict[str, Any] = {field.name: getattr(detail, field.columns[0]) or None for field in kind.fields}
    for field in kind.fields:
        if field.sort == FieldSort.LANGUAGE_MAP and values[field.name]:
            in_both = {column[-2:]: getattr(detail, column) for column in field.columns}
            values[field.name] = LanguageMap(**in_both)
    return kind.document(**values)
