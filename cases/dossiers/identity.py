"""Nothing stands twice: ids, slugs, and whatever a unique constraint names, in the dossiers and beside the database."""

from collections.abc import Iterator
from typing import Any

from django.db.models import UniqueConstraint

from cases.models import Claim, Conflict, Response, Subject

from .bundle import MODEL_OF_FOLDER, Bundle
from .reader import Entry


def check_ids(bundles: list[Bundle]) -> None:
    """Note a fault at every row that repeats another one, or that takes what belongs to another."""
    seen: dict[tuple[Any, ...], Entry] = {}
    for bundle in bundles:
        for row, entry in [(bundle.item, bundle.entry), *bundle.rows]:
            for key, field, message in _keys(row):
                other = seen.setdefault(key, entry)
                if other is not entry:
                    entry.fault(field, f"{message} See {other.file} {other.name}".strip() + ".")
                    break
        _belongs_to_another(bundle)


def _keys(row: Any) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    """Return what must be unique about a row: the values, the field to blame, and what to say."""
    model = type(row)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            fields = [model._meta.get_field(name) for name in constraint.fields]
            values = [getattr(row, field.attname) for field in fields]
            # conditions: a code that is not empty, and an unknown of the subject itself rather than of a claim
            applies = constraint.condition is None or not getattr(row, "claim_id", None)
            if applies and all(value not in (None, "") for value in values):
                yield (model, constraint.name, *values), fields[-1].name, str(constraint.violation_error_message)
    for field in sorted(model._meta.concrete_fields, key=lambda field: field.primary_key):
        if field.unique and (value := getattr(row, field.attname)) and not field.is_relation:
            yield (field.model, field.attname, value), field.name, f"“{value}” stands twice."


def _belongs_to_another(bundle: Bundle) -> None:
    item, top = bundle.item, bundle.entry
    model: Any = MODEL_OF_FOLDER[bundle.folder]
    if other := model.objects.filter(slug=bundle.key).exclude(pk=item.id).first():
        top.fault("id", f"this slug belongs to {other.pk}; write that id if it is meant.")
    if bundle.folder != "sources":
        if taken := Subject.objects.filter(pk=item.id).exclude(kind=item.kind).first():
            top.fault("id", f"belongs to {taken.kind}/{taken.slug}.")
        for own in (Claim, Conflict, Response):
            rows = {row.id: entry for row, entry in bundle.rows if isinstance(row, own)}
            for taken_id in own.objects.filter(pk__in=rows).exclude(subject=item.id).values_list("pk", flat=True):
                rows[taken_id].fault("id", "belongs to another dossier.")
