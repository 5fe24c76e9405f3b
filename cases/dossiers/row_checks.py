"""What is checked before any row is saved: Django's checks of each, and that nothing stands twice."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Model, UniqueConstraint

from cases.models import Claim, Conflict, Response, Subject

from .bundle import MODEL_OF_FOLDER, Bundle
from .reader import Entry

# Names of Django's where a dossier uses another key, or none
KEYS = {"source_kind": "kind", "__all__": ""}


def check_row(row: Model, entry: Entry, passed_checks: set[tuple[object, ...]]) -> None:
    """Check the fields, clean() and the check constraints of one row; uniqueness is the database's business.

    Each check of a constraint is a query: `passed_checks` remembers what passed, for all rows of a batch.
    """
    relations = {column.name for column in row._meta.concrete_fields if column.is_relation} | {"id"}
    wrong = _faults_of(lambda: row.clean_fields(exclude=relations), entry) | _faults_of(row.clean, entry)
    if "cite" in entry.data and getattr(row, "excerpt_id", None) is None:
        wrong.add("excerpt")  # its words were not found, which is told already
    for constraint, columns in check_constraints(type(row)):
        values = (constraint.name, *(getattr(row, column) for column in columns.values()))
        if values in passed_checks or not wrong.isdisjoint(columns):
            continue
        others = {column.name for column in row._meta.fields} - columns.keys()
        if not _faults_of(partial(constraint.validate, type(row), row, exclude=others), entry):
            passed_checks.add(values)


@cache
def check_constraints(model: type[Model]) -> list[tuple[CheckConstraint, dict[str, str]]]:
    """Return the check constraints of a model, each with the fields that it reads and their attributes."""
    checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    attributes = {column.name: column.attname for column in model._meta.concrete_fields}
    return [(check, {name: attributes[name] for name in sorted(_fields_of(check))}) for check in checks]


def _fields_of(check: CheckConstraint) -> set[str]:
    return getattr(check.condition, "referenced_base_fields", set())


def _faults_of(check: Callable[[], None], entry: Entry) -> set[str]:
    """Run one check of Django's, note its complaints as faults, and return the fields that they name."""
    try:
        check()
    except ValidationError as error:
        complaints = ValidationError(error.update_error_dict({})).message_dict
        for name, messages in complaints.items():
            for message in messages:
                entry.fault(KEYS.get(name, name), message)
        return set(complaints)
    return set()


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
