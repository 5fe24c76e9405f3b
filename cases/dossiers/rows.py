"""From the entries of a dossier to unsaved model rows, collecting every fault on the way."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint
from django.utils.dateparse import parse_datetime

from cases import models as cases
from cases.claim_kinds import DETAILED, FieldSort
from cases.documents.build import FOLDERS
from sources.models import Capture, Excerpt, ExcerptTranslation, PrivateSpan, Source, stable_id

from .reader import Entry

KINDS = {folder: kind for kind, folder in FOLDERS.items()}
MODELS: dict[str, type[models.Model]] = {
    "cases": cases.Case,
    "collaborations": cases.Collaboration,
    "actors": cases.Actor,
    "systems": cases.System,
    "places": cases.Place,
    "sources": Source,
}

# Names of Django's where a dossier uses another key, or none
KEYS = {"source_kind": "kind", "__all__": ""}


@dataclass
class Cite:
    """A quote as a dossier gives it, to be found in its capture before anything is saved."""

    entry: Entry
    source: str
    at: int | None
    words: str
    locator: str
    language: str
    translations: dict[str, tuple[str, str]]
    excerpt: Excerpt | None = None


@dataclass
class Bundle:
    """One dossier, built: its item, its rows in the order of saving, and what is still to be resolved."""

    folder: str
    key: str
    item: Any
    entry: Entry
    extracted_by: str
    reviewed_by: str
    rows: list[tuple[Any, Entry]] = field(default_factory=list)
    many: list[tuple[Any, str, list[Any]]] = field(default_factory=list)
    cites: list[tuple[Cite, Callable[[Excerpt], None]]] = field(default_factory=list)
    references: list[tuple[Entry, str, str, str, Callable[[Any], None]]] = field(default_factory=list)

    def add(self, row: Any, entry: Entry) -> Any:
        self.rows.append((row, entry))
        return row

    def refer(self, entry: Entry, where: str, folder: str, key: str, then: Callable[[Any], None]) -> None:
        """Ask for `folder/key`; `then` receives it, or a fault says that it dangles."""
        if key:
            self.references.append((entry, where, folder, key, then))


def build(folder: str, key: str, top: Entry) -> Bundle:
    """The rows of one dossier. Faults go to the entry's list; references and quotes are resolved later."""
    model = MODELS[folder]
    item_id = _uuid(top, stable_id(KINDS[folder], key))
    item = model(id=item_id, slug=key)
    item.pk = item_id  # of a subject, the key of its own kind's table as well
    bundle = Bundle(folder, key, item, top, top.text("extracted_by"), top.text("reviewed_by"))
    (_source if folder == "sources" else _subject)(bundle)
    top.done()
    return bundle


def _uuid(entry: Entry, usual: uuid.UUID) -> uuid.UUID:
    """The id that an entry gives, or the usual one, which follows from its key."""
    given = entry.text("id")
    try:
        return uuid.UUID(given) if given else usual
    except ValueError:
        entry.fault("id", f"“{given}” is not a UUID.")
        return usual


def _id(entry: Entry, kind: str, bundle: Bundle, key: str) -> uuid.UUID:
    return _uuid(entry, stable_id(kind, f"{bundle.folder}/{bundle.key}/{key}"))


def setter(row: Any, name: str) -> Callable[[Any], None]:
    return lambda value: setattr(row, name, value)


# Sources


def _source(bundle: Bundle) -> None:
    top, source = bundle.entry, bundle.item
    for name in ("title", "title_given", "institution", "publisher", "published", "url", "licence"):
        setattr(source, name, top.text(name))
    source.source_kind = top.text("kind", required=True)
    source.language = top.text("language") or "id"
    source.authors = "\n".join(top.words("authors"))
    told: list[Source] = []
    bundle.many.append((source, "known_through", told))
    for key in top.words("known_through"):
        bundle.refer(top, "known_through", "sources", key, told.append)
    for entry in top.entries("captures"):
        _capture(bundle, entry)


def _capture(bundle: Bundle, entry: Entry) -> None:
    extent = entry.map("extent")
    sha256 = entry.text("text_sha256", required=True)
    capture = Capture(
        id=stable_id("capture", sha256),
        source=bundle.item,
        text_sha256=sha256,
        text_length=entry.number("length") or 0,
        file_name=entry.text("file"),
        media_type=entry.text("media_type") or "text/plain",
        captured_at=_moment(entry, "captured_at"),
        archive_url=entry.text("archive_url"),
        extent_id=extent["id"],
        extent_en=extent["en"],
    )
    bundle.add(capture, entry)
    for text in entry.words("private"):
        if not re.fullmatch(r"[0-9]{1,9}-[0-9]{1,9}", text):
            entry.fault("private", f"“{text}” is not a span like 120-133.")
            continue
        start, end = map(int, text.split("-"))
        if end > capture.text_length:
            entry.fault("private", f"“{text}” ends after the text, which has {capture.text_length} characters.")
        bundle.add(PrivateSpan(capture=capture, start=start, end=end), entry)
    entry.done()


def _moment(entry: Entry, key: str) -> datetime | None:
    """A time with its zone, such as 2026-11-01T12:00:00+07:00."""
    text = entry.text(key)
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if text and (moment is None or moment.tzinfo is None):
        entry.fault(key, f"“{text}” is not a time with its zone, like 2026-11-01T12:00:00+07:00.")
        return None
    return moment


# Subjects


def _subject(bundle: Bundle) -> None:
    top, subject = bundle.entry, bundle.item
    title = top.map("title", required=True)
    subject.title_id, subject.title_en = title["id"], title["en"]
    subject.kind = subject.KIND
    subject.topics = top.words("topics")
    for name in {"actors": ["actor_kind"], "systems": ["system_kind"], "places": ["place_kind"]}.get(bundle.folder, []):
        setattr(subject, name, top.text(name, required=True))
    if bundle.folder == "places":
        subject.code, subject.iso = top.text("code"), top.text("iso")
        bundle.refer(top, "parent", "places", top.text("parent"), setter(subject, "parent"))
    _places(bundle, top, subject)
    for position, entry in enumerate(top.entries("aliases")):
        alias = cases.Alias(subject=subject, position=position, name=entry.text("name", required=True))
        alias.kind = entry.text("kind", required=True)
        _cite(bundle, entry.entry("cite"), entry, setter(alias, "excerpt"))
        bundle.add(alias, entry)
        entry.done()
    claims = _claims(bundle, top)
    _conflicts(bundle, top, claims)
    for position, entry in enumerate(top.entries("unknowns")):
        unknown = cases.Unknown(subject=subject, position=position, claim=_claim_named(entry, claims))
        unknown.property, unknown.reason = (
            entry.text("property", required=True),
            entry.text("reason", required=True),
        )
        note = entry.map("note")
        unknown.note_id, unknown.note_en = note["id"], note["en"]
        bundle.add(unknown, entry)
        entry.done()
    _responses(bundle, top, claims)


def _places(bundle: Bundle, entry: Entry, row: Any) -> None:
    found: list[cases.Place] = []
    bundle.many.append((row, "places", found))
    for key in entry.words("places"):
        bundle.refer(entry, "places", "places", key, found.append)


def _claims(bundle: Bundle, top: Entry) -> dict[str, Any]:
    claims: dict[str, Any] = {}
    lead = top.words("lead")
    for position, entry in enumerate(top.entries("claims"), start=1):
        claim = _claim(bundle, entry, position)
        claims[claim.key] = claim
        claim.lead = lead.index(claim.key) + 1 if claim.key in lead else None
    for key in lead:
        if key not in claims:
            top.fault("lead", f"names “{key}”, which is not a claim of this dossier.")
    return claims


def _claim(bundle: Bundle, entry: Entry, position: int) -> Any:
    key, statement = entry.text("key", required=True), entry.map("statement", required=True)
    claim = cases.Claim(
        id=_id(entry, "claim", bundle, key),
        subject=bundle.item,
        key=key,
        position=position,
        kind=entry.text("kind", required=True),
        subkind=entry.text("subkind"),
        standing=entry.text("standing", required=True),
        statement_id=statement["id"],
        statement_en=statement["en"],
        stale_language=entry.text("stale_language"),
        topics=entry.words("topics"),
        start=entry.text("start"),
        end=entry.text("end"),
        date_as_stated=entry.text("date_as_stated"),
        ongoing_when_written=entry.yes("ongoing_when_written"),
    )
    bundle.add(claim, entry)
    _said_by(bundle, entry, claim)
    _places(bundle, entry, claim)
    for number, source in enumerate(entry.words("relayed_by")):
        relay = bundle.add(cases.Relay(claim=claim, position=number), entry)
        bundle.refer(entry, "relayed_by", "sources", source, setter(relay, "source"))
    for number, row in enumerate(entry.entries("parties")):
        party = cases.Party(claim=claim, position=number, part=row.text("part", required=True))
        party.as_stated = row.text("as_stated")
        folder, _slash, who = row.text("who").partition("/")
        if row.data.get("who") and (not who or folder not in FOLDERS.values() or folder == "sources"):
            row.fault("who", "is <folder>/<key>, for example actors/pt-contoh.")
        else:
            bundle.refer(row, "who", folder, who, setter(party, "who"))
        bundle.add(party, row)
        row.done()
    _detail(bundle, entry, claim)
    for number, row in enumerate(entry.entries("cites")):
        citation = cases.Citation(claim=claim, position=number, confirmed=row.text("confirmed"))
        citation.relation = row.text("relation") or "supports"
        _cite(bundle, row, row, setter(citation, "excerpt"))
        bundle.add(citation, row)
    entry.done()
    return claim


def _said_by(bundle: Bundle, entry: Entry, claim: Any) -> None:
    said_by = entry.entry("said_by")
    if said_by is None:
        entry.fault("said_by", "is required: {source: key}, {actor: actors/key} or {speaker: {id: …, en: …}}.")
        return
    speaker = said_by.map("speaker")
    claim.speaker_id, claim.speaker_en = speaker["id"], speaker["en"]
    bundle.refer(said_by, "source", "sources", said_by.text("source"), setter(claim, "said_by_source"))
    actor = said_by.text("actor").removeprefix("actors/")
    bundle.refer(said_by, "actor", "actors", actor, setter(claim, "said_by_actor"))
    if sum(bool(said_by.data.get(name)) for name in ("source", "actor", "speaker")) != 1:
        entry.fault("said_by", "names exactly one: a source, an actor or a described speaker.")
    said_by.done()


def _detail(bundle: Bundle, entry: Entry, claim: cases.Claim) -> None:
    for name, kind in DETAILED.items():
        row = entry.entry(name)
        if row is None:
            continue
        if claim.kind != name:
            entry.fault(name, f"does not belong to a claim of kind {claim.kind}.")
            continue
        detail = kind.model(claim=claim)
        for each in kind.fields:
            is_map = each.sort == FieldSort.LANGUAGE_MAP
            values = row.map(each.name).values() if is_map else [row.text(each.name)]
            for column, value in zip(each.columns, values, strict=True):
                if value:
                    setattr(detail, column, value)
        bundle.add(detail, row)
        row.done()


def _cite(bundle: Bundle, entry: Entry | None, owner: Entry, then: Callable[[Excerpt], None]) -> None:
    if entry is None:
        owner.fault("cite", "is required: a source and its words.")
        return
    translations = {}
    if (given := entry.entry("translations")) is not None:
        for language in given.data:
            if (row := given.entry(language)) is not None:
                translations[language] = (row.text("text", required=True), row.text("by", required=True))
                row.done()
    cite = Cite(
        entry=entry,
        source=entry.text("source", required=True),
        at=entry.number("at"),
        words=entry.text("words", required=True),
        locator=entry.text("locator"),
        language=entry.text("language"),
        translations=translations,
    )
    entry.done()
    bundle.cites.append((cite, then))


def _claim_named(entry: Entry, claims: dict[str, Any]) -> Any:
    key = entry.text("claim")
    if key and key not in claims:
        entry.fault("claim", f"names “{key}”, which is not a claim of this dossier.")
    return claims.get(key)


def _conflicts(bundle: Bundle, top: Entry, claims: dict[str, Any]) -> None:
    for position, entry in enumerate(top.entries("conflicts")):
        key, explanation = entry.text("key", required=True), entry.map("explanation", required=True)
        conflict = cases.Conflict(
            id=_id(entry, "conflict", bundle, key),
            subject=bundle.item,
            key=key,
            position=position,
            kind=entry.text("kind", required=True),
            claim=_claim_named(entry, claims),
            property=entry.text("property", required=True),
            explanation_id=explanation["id"],
            explanation_en=explanation["en"],
        )
        bundle.add(conflict, entry)
        for number, row in enumerate(entry.entries("sides")):
            side = cases.ConflictSide(conflict=conflict, position=number, value=row.text("value", required=True))
            _cite(bundle, row.entry("cite"), row, setter(side, "excerpt"))
            bundle.add(side, row)
            row.done()
        entry.done()


def _responses(bundle: Bundle, top: Entry, claims: dict[str, Any]) -> None:
    for position, entry in enumerate(top.entries("responses")):
        key = entry.text("key", required=True)
        response = cases.Response(
            id=_id(entry, "response", bundle, key),
            subject=bundle.item,
            key=key,
            position=position,
            asked=entry.text("asked"),
            answered=entry.text("answered"),
            declined=entry.yes("declined"),
        )
        who = entry.text("who", required=True).removeprefix("actors/")
        bundle.refer(entry, "who", "actors", who, setter(response, "who"))
        bundle.add(response, entry)
        named = [claims[key] for key in entry.words("claims") if key in claims]
        for key in set(entry.words("claims")) - set(claims):
            entry.fault("claims", f"names “{key}”, which is not a claim of this dossier.")
        excerpts: list[Any] = []
        for row in entry.entries("cites"):
            _cite(bundle, row, row, excerpts.append)
        bundle.many += [(response, "claims", named), (response, "excerpts", excerpts)]
        entry.done()


def check_row(row: Any, entry: Entry, passed: set[Any]) -> None:
    """Field validators, clean() and the check constraints of one row; uniqueness is the database's business.

    Each check of a constraint asks the database: `passed` remembers the values that passed, for all rows of a batch.
    """
    relations = {f.name for f in row._meta.concrete_fields if f.is_relation} | {"id"}
    wrong = _faults_of(lambda: row.clean_fields(exclude=relations), entry) | _faults_of(row.clean, entry)
    model: type[models.Model] = type(row)
    for constraint, columns in check_constraints(model):
        values = (constraint.name, *(getattr(row, column) for column in columns.values()))
        if values in passed or not wrong.isdisjoint(columns):
            continue
        others = {field.name for field in row._meta.fields} - columns.keys()
        if not _faults_of(partial(constraint.validate, model, row, exclude=others), entry):
            passed.add(values)


@cache
def check_constraints(model: type[models.Model]) -> list[tuple[CheckConstraint, dict[str, str]]]:
    """The check constraints of a model, each with the fields that it reads and their attributes."""
    checks: list[Any] = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    return [(check, {name: _attribute(model, name) for name in _fields_of(check)}) for check in checks]


def _fields_of(check: CheckConstraint) -> list[str]:
    condition: Any = check.condition
    return sorted(condition.referenced_base_fields)


def _attribute(model: type[models.Model], name: str) -> str:
    column: Any = model._meta.get_field(name)
    return str(column.attname)


def _faults_of(check: Callable[[], None], entry: Entry) -> set[str]:
    """Run one check of Django's, note its complaints as faults, and return the fields that they name."""
    try:
        check()
    except ValidationError as error:
        found = ValidationError(error.update_error_dict({})).message_dict
        for name, messages in found.items():
            for message in messages:
                entry.fault(KEYS.get(name, name), message)
        return set(found)
    return set()


def translation_rows(cite: Cite, excerpt: Excerpt) -> list[ExcerptTranslation]:
    return [
        ExcerptTranslation(excerpt=excerpt, language=language, text=text, by=by)
        for language, (text, by) in cite.translations.items()
    ]
