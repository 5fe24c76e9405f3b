"""What Django checks of single rows, before any of them is saved."""

from collections.abc import Callable
from functools import cache, partial

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Field, Model

from .reader import Entry

# Names of Django's where a dossier uses another key, or none
KEYS = {"source_kind": "kind", "__all__": ""}
# The name of a constraint and the values that it read
CheckedValues = tuple[object, ...]


def check_row(row: Model, entry: Entry, passed: set[CheckedValues]) -> None:
    """Check the fields, clean() and the check constraints of one row; uniqueness is the database's business.

    Each check of a constraint is a query: `passed` remembers the values that passed, for all rows of a batch.
    """
    relations = {column.name for column in row._meta.concrete_fields if column.is_relation} | {"id"}
    wrong = _faults_of(lambda: row.clean_fields(exclude=relations), entry) | _faults_of(row.clean, entry)
    for constraint, columns in check_constraints(type(row)):
        values = (constraint.name, *(getattr(row, column) for column in columns.values()))
        if values in passed or not wrong.isdisjoint(columns):
            continue
        others = {column.name for column in row._meta.fields} - columns.keys()
        if not _faults_of(partial(constraint.validate, type(row), row, exclude=others), entry):
            passed.add(values)


@cache
def check_constraints(model: type[Model]) -> list[tuple[CheckConstraint, dict[str, str]]]:
    """Return the check constraints of a model, each with the fields that it reads and their attributes."""
    checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    return [(check, {name: _attribute(model, name) for name in _fields_of(check)}) for check in checks]


def _fields_of(check: CheckConstraint) -> list[str]:
    names: set[str] = getattr(check.condition, "referenced_base_fields", set())
    return sorted(names)


def _attribute(model: type[Model], name: str) -> str:
    column = model._meta.get_field(name)
    return column.attname if isinstance(column, Field) else name


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
