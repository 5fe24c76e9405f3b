"""Dossiers on their way to the database: unsaved rows, and what is still to be looked up."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.db.models import Model

from cases import models as cases
from cases.documents.build import Item
from cases.documents.kinds import FOLDERS
from sources.derived_ids import derived_id
from sources.models import Excerpt, ExcerptTranslation, Source

from .quotes_lock import Quote
from .reader import Entry, Fault

M = TypeVar("M", bound=Model)
KINDS = {folder: kind for kind, folder in FOLDERS.items()}
MODEL_OF_FOLDER: dict[str, type[cases.Subject] | type[Source]] = {
    "cases": cases.Case,
    "collaborations": cases.Collaboration,
    "actors": cases.Actor,
    "systems": cases.System,
    "places": cases.Place,
    "sources": Source,
}


@dataclass(frozen=True)
class GivenCheck:
    """What a dossier says of words on their page: the judgement, and who compared them, and when."""

    state: str
    doubts: list[str]
    by: str
    at: datetime | None


@dataclass
class Cite:
    """A quote as a dossier gives it, to be found in its capture before anything is saved; `assign` receives it."""

    entry: Entry
    source: str
    # How the SHA-256 of its text begins; empty for the last copy of the source
    capture: str
    at: int | None
    words: str
    # By column: `locator_id`, `locator_en`
    locator: dict[str, str]
    language: str
    # By language: the text and who made it
    translations: dict[str, tuple[str, str]]
    assign: Callable[[Excerpt], None]
    page_check: GivenCheck | None = None
    excerpt: Excerpt | None = None


@dataclass
class DossierReference:
    """A dossier `folder/key` that an entry names; `assign` receives its item."""

    entry: Entry
    key_of_entry: str
    folder: str
    key: str
    assign: Callable[[Model], None]


@dataclass
class Bundle:
    """One dossier, built: its item, its rows in the order of saving, and what is still to be looked up."""

    folder: str
    key: str
    item: Item
    entry: Entry
    extracted_by: str
    reviewed_by: str
    rows: list[tuple[Model, Entry]] = field(default_factory=list)
    # Row, name of its many-to-many field, and the rows that it will name
    many: list[tuple[Model, str, list[Model]]] = field(default_factory=list)
    cites: list[Cite] = field(default_factory=list)
    references: list[DossierReference] = field(default_factory=list)

    def add(self, row: M, entry: Entry) -> M:
        self.rows.append((row, entry))
        return row

    def refer(self, entry: Entry, key_of_entry: str, folder: str, key: str, assign: Callable[[Model], None]) -> None:
        """Ask for `folder/key`; `assign` receives it, or a fault says that it dangles."""
        if key:
            self.references.append(DossierReference(entry, key_of_entry, folder, key, assign))

    def id_of(self, entry: Entry, name: str) -> uuid.UUID:
        """Return the id of a row: the one that the entry gives, or the one that follows from its name."""
        return given_id(entry, derived_id(self.item.id, name))


@dataclass
class Batch:
    """Dossiers read and checked together, not yet saved."""

    bundles: list[Bundle] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    # By the id of the excerpt
    translations: dict[uuid.UUID, list[ExcerptTranslation]] = field(default_factory=dict)
    excerpts: dict[uuid.UUID, Excerpt] = field(default_factory=dict)
    page_checks: dict[uuid.UUID, GivenCheck] = field(default_factory=dict)
    # The files of new captures that are at hand, by the id of the capture
    originals: dict[uuid.UUID, Path] = field(default_factory=dict)
    # Of the text of a dossier, by the id of its item
    sha256: dict[uuid.UUID, str] = field(default_factory=dict)
    # Names of check constraints, each with values that passed it
    passed_checks: set[tuple[object, ...]] = field(default_factory=set)


def given_id(entry: Entry, usual: uuid.UUID | None) -> uuid.UUID:
    """Return the id that an entry gives, or the usual one, which follows from its key. An item has no usual one."""
    given = entry.text("id")
    if not entry.data.get("id") and usual is None:
        entry.fault("id", "is required: `manage.py assign_ids` writes one.")
    try:
        return uuid.UUID(given) if given else usual or uuid.uuid4()
    except ValueError:
        entry.fault("id", f"“{given}” is not a UUID.")
        return usual or uuid.uuid4()
