"""The one loader: parse all → validate all → report all faults → one transaction. Seed, import and revert call it."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model, Q

from cases.documents.build import FOLDERS, Item
from cases.documents.prefetch import read_items
from cases.models import Draft, Subject
from cases.publication.ledger import batched
from sources import quotes
from sources.captures import text_of
from sources.models import Capture, Excerpt, ExcerptTranslation, PrivateSpan, stable_id

from .dump import dump_text
from .identity import check_ids
from .quotes_lock import LOCK_NAME, Lock, Quote
from .reader import Fault, parse
from .rows import KINDS, MODELS, Bundle, Cite, build, check_row, translation_rows

COVERAGE = "coverage"
"""The one folder beside the dossiers (see coverage.py)."""


class BadDossiers(Exception):
    """Nothing was loaded. `faults` holds every fault of every file."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass
class Batch:
    """Dossiers read and checked together, not yet saved."""

    bundles: list[Bundle] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    translations: dict[Any, list[ExcerptTranslation]] = field(default_factory=dict)
    excerpts: dict[Any, Excerpt] = field(default_factory=dict)
    sha256: dict[Any, str] = field(default_factory=dict)
    passed: set[Any] = field(default_factory=set)


def dossier_files(folder: Path) -> dict[str, str]:
    """`<kind folder>/<key>.yaml` → text, for every dossier below `folder`; last, as faults, files that are none.

    Bytes that are not UTF-8 become surrogates, which the reader refuses.
    """
    paths = [path for kind in FOLDERS.values() for path in sorted((folder / kind).glob("*.yaml"))]
    strays = sorted({*folder.glob("*.y*ml"), *folder.glob("*/*.y*ml")} - {*paths, *(folder / COVERAGE).glob("*.yaml")})
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "surrogateescape")
        for path in paths + strays
    }


def read_lock(folder: Path) -> Lock | None:
    """The lock that stands among the dossiers, if any. Raises BadDossiers when it cannot be read."""
    path = folder / LOCK_NAME
    try:
        return Lock(path) if path.exists() else None
    except ValueError as error:
        raise BadDossiers([Fault(LOCK_NAME, "", "", f"cannot be read: {error}.")]) from error


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def check(files: dict[str, str], *, documents: Path | None = None, lock: Lock | None = None) -> Batch:
    """Read and validate dossiers given as `folder/key.yaml` → text. Raises BadDossiers with every fault.

    Quotes are checked against the capture's text where it is at hand (`documents` is a folder that may hold it), and
    against `lock` when one is given; a quote that neither holds is a fault.
    """
    batch = Batch()
    for name, text in files.items():
        folder, _slash, file = name.partition("/")
        if folder not in MODELS or not file.endswith(".yaml"):
            batch.faults.append(Fault(name, "", "", f"is no dossier: they are {'|'.join(MODELS)}/<key>.yaml."))
            continue
        top = parse(text, name, batch.faults)
        if top is not None:
            bundle = build(folder, file.removesuffix(".yaml"), top)
            batch.bundles.append(bundle)
            batch.sha256[bundle.item.id] = sha256(text)
    _resolve_references(batch)
    _resolve_quotes(batch, documents, lock)
    check_ids(batch.bundles)
    _refuse_circles(batch)
    for bundle in batch.bundles:
        check_row(bundle.item, bundle.entry, batch.passed)
        for row, entry in bundle.rows:
            check_row(row, entry, batch.passed)
    if batch.faults:
        raise BadDossiers(sorted(set(batch.faults)))
    return batch


def _resolve_references(batch: Batch) -> None:
    items = {(bundle.folder, bundle.key): bundle.item for bundle in batch.bundles}
    for bundle in batch.bundles:
        for entry, where, folder, key, then in bundle.references:
            found = items.get((folder, key)) or _known(folder, key)
            if found is None:
                entry.fault(where, f"names {folder}/{key}, which does not exist.")
            else:
                then(found)


def _known(folder: str, key: str) -> Any:
    return MODELS[folder].objects.filter(slug=key).first()  # type: ignore[attr-defined]


def _refuse_circles(batch: Batch) -> None:
    """No work may be known through itself, not even by way of others."""
    told = {
        b.item.id: [s.id for row, name, found in b.many if name == "known_through" for s in found]
        for b in batch.bundles
    }
    for bundle in batch.bundles:
        seen: set[Any] = set()
        ahead = list(told[bundle.item.id])
        while ahead:
            source = ahead.pop()
            if source == bundle.item.id:
                bundle.entry.fault("known_through", "leads back to this work itself.")
                break
            if source not in seen:
                seen.add(source)
                ahead += told.get(source, [])


def _resolve_quotes(batch: Batch, documents: Path | None, lock: Lock | None) -> None:
    captures = {
        b.key: [r for r, _e in b.rows if isinstance(r, Capture)] for b in batch.bundles if b.folder == "sources"
    }
    private = {
        capture.id: [(r.start, r.end) for b in batch.bundles for r, _e in b.rows if _is_span_of(r, capture)]
        for held in captures.values()
        for capture in held
    }
    languages = {b.key: b.item.language for b in batch.bundles if b.folder == "sources"}
    for bundle in batch.bundles:
        for cite, then in bundle.cites:
            capture = _capture_of(cite, captures)
            if capture is None:
                cite.entry.fault("source", f"“{cite.source}” is not a source of which we hold a copy.")
                continue
            spans = capture.private if private.get(capture.id) is None else private[capture.id]
            found = _find(cite, capture, spans, documents, lock)
            if found is not None:
                language = cite.language or languages.get(cite.source) or capture.source.language
                then(_excerpt(batch, cite, capture, found, language))
    if lock:
        _compare_with_lock(batch, lock)


def _is_span_of(row: Any, capture: Capture) -> bool:
    return isinstance(row, PrivateSpan) and row.capture is capture


def _capture_of(cite: Cite, captures: dict[str, list[Capture]]) -> Capture | None:
    if cite.source in captures:
        return captures[cite.source][-1] if captures[cite.source] else None
    return Capture.objects.filter(source__slug=cite.source).select_related("source").last()


def _find(
    cite: Cite, capture: Capture, private: list[quotes.Span], documents: Path | None, lock: Lock | None
) -> quotes.Found | None:
    if not cite.words.strip():
        return None
    try:
        text = text_of(capture, documents)
        if text is not None:
            found = quotes.find(text, cite.words, at=cite.at, private=private)
            _check_source_translations(cite, text)
            if cite.at is None:
                cite.entry.fault("at", f"is required: these words stand at {found.start}.")
                return None
            return found
        if cite.at is None:
            cite.entry.fault("at", "is required: where the words begin. `manage.py quote` finds it.")
            return None
        if lock is None:
            cite.entry.fault("words", "cannot be checked: neither the text nor a lock is at hand.")
            return None
        if quotes.touches(cite.at, cite.at + len(cite.words), private):
            raise quotes.QuoteError("These words touch the name of a private person. Quote around it.")
        return lock.find(cite.source, capture.text_sha256, cite.words, cite.at)
    except quotes.WrongPlace as error:
        cite.entry.fault("words", f"{error} {_right_place(cite, text_of(capture, documents) or '')}")
    except ValueError as error:  # WrongText, any other QuoteError, or what the lock says
        cite.entry.fault("words", str(error))
    return None


def _right_place(cite: Cite, text: str) -> str:
    """Where the words of a wrong offset do stand, or what is nearest to them."""
    try:
        return f"They stand at {quotes.find(text, cite.words).start}."
    except quotes.QuoteError as error:
        return str(error)


def _check_source_translations(cite: Cite, text: str) -> None:
    for language, (words, by) in cite.translations.items():
        if by == "source" and words not in text:
            near = quotes.nearest(text, words)
            cite.entry.fault(f"translations.{language}", f"is not in the source word for word. Nearest: “{near}”")


def _excerpt(batch: Batch, cite: Cite, capture: Capture, found: quotes.Found, language: str) -> Excerpt:
    excerpt = Excerpt(
        id=stable_id("excerpt", f"{capture.text_sha256}:{found.start}-{found.end}"),
        capture=capture,
        exact=cite.words,
        start=found.start,
        end=found.end,
        prefix=found.prefix,
        suffix=found.suffix,
        locator=cite.locator,
        language=language,
    )
    cite.excerpt = excerpt
    batch.quotes.append(Quote(cite.source, capture.text_sha256, cite.words, found))
    translations = translation_rows(cite, excerpt)
    for row in [excerpt, *translations]:
        check_row(row, cite.entry, batch.passed)
    other = batch.excerpts.setdefault(excerpt.id, excerpt)
    if excerpt.locator and other.locator and excerpt.locator != other.locator:
        cite.entry.fault("locator", f"differs from “{other.locator}”, given elsewhere for the same words.")
    if excerpt.language != other.language:
        cite.entry.fault("language", f"differs from “{other.language}”, given elsewhere for the same words.")
    other.locator = other.locator or excerpt.locator
    held = {row.language: row for row in batch.translations.setdefault(excerpt.id, [])}
    for row in translations:
        if row.language not in held:
            batch.translations[excerpt.id].append(row)
        elif (held[row.language].text, held[row.language].by) != (row.text, row.by):
            cite.entry.fault(f"translations.{row.language}", "differs from the one given elsewhere for the same words.")
    return other


def _compare_with_lock(batch: Batch, lock: Lock) -> None:
    for source in {quote.source for quote in batch.quotes}:
        locked = set(lock.sources.get(source, {}).get("quotes", {}))
        rows = {quote.place: quote for quote in batch.quotes if quote.source == source}
        if locked == set(rows) and lock.differs(source, list(rows.values())):
            batch.faults.append(Fault(f"sources/{source}.yaml", "", "", "its quotes differ from quotes.lock."))


@transaction.atomic
def save(batch: Batch, *, by: dict[str, User], origin: str) -> list[Item]:
    """Replace the working copy of every item of the batch, and note a Draft of each. `by` maps account names."""
    held = Subject.objects.in_bulk([bundle.item.id for bundle in batch.bundles])
    for subject in held.values():
        _clear(subject)
    for ids in batched(bundle.item.id for bundle in batch.bundles if bundle.folder == "sources"):
        PrivateSpan.objects.filter(capture__source__in=ids).delete()
    _keep_what_others_cite(batch)
    try:
        _insert(batch)
    except IntegrityError as error:
        raise BadDossiers([Fault("", "", "", f"the database refused it: {error}")]) from error
    items: list[Item] = [bundle.item for bundle in batch.bundles]
    saved = read_items(items)
    Draft.objects.bulk_create(
        Draft(
            object_kind=KINDS[bundle.folder],
            object_id=bundle.item.id,
            dossier=dump_text(saved[bundle.item.id]),
            origin=origin,
            file_sha256=batch.sha256[bundle.item.id] if origin == Draft.Origin.SEED else "",
            by=by[bundle.extracted_by],
        )
        for bundle in batch.bundles
    )
    return items


def _clear(subject: Subject) -> None:
    """Take away what the dossier will state anew, with the excerpts that it alone cited."""
    cited = set(
        Excerpt.objects.filter(
            Q(citations__claim__subject=subject)
            | Q(sides__conflict__subject=subject)
            | Q(responses__subject=subject)
            | Q(shows_alias__subject=subject)
        ).values_list("pk", flat=True)
    )
    for rows in (subject.responses, subject.unknowns, subject.conflicts, subject.claims, subject.aliases):
        rows.all().delete()
    Excerpt.objects.filter(pk__in=cited, citations=None, sides=None, responses=None, shows_alias=None).delete()


def _keep_what_others_cite(batch: Batch) -> None:
    """An excerpt is written once: whoever cites the same words must describe them in the same way."""
    held = Excerpt.objects.in_bulk(list(batch.excerpts))
    for cite in [cite for bundle in batch.bundles for cite, _then in bundle.cites]:
        new: Any = cite.excerpt
        old = held.get(new.id)
        for name in ("locator", "language"):
            if old and getattr(new, name) and getattr(new, name) != getattr(old, name):
                cite.entry.fault(name, f"differs from “{getattr(old, name)}”, recorded for the same words.")
    if batch.faults:
        raise BadDossiers(sorted(set(batch.faults)))


def _insert(batch: Batch) -> None:
    order = {folder: number for number, folder in enumerate(["sources", "places", "actors", "systems"])}
    bundles = sorted(batch.bundles, key=lambda bundle: order.get(bundle.folder, 9))
    _save_items(bundles)
    rows = [row for bundle in bundles for row, _entry in bundle.rows]
    _create([row for row in rows if isinstance(row, Capture)], keep_existing=True)
    _create(list(batch.excerpts.values()), keep_existing=True)
    _replace_translations(batch)
    _create([row for row in rows if not isinstance(row, Capture)])
    _relate([many for bundle in bundles for many in bundle.many])


def _replace_translations(batch: Batch) -> None:
    new = {(row.excerpt_id, row.language): row for rows in batch.translations.values() for row in rows}
    for ids in batched({excerpt_id for excerpt_id, _language in new}):
        held = ExcerptTranslation.objects.filter(excerpt__in=ids)
        held.filter(pk__in=[row.pk for row in held if (row.excerpt_id, row.language) in new]).delete()
    _create(list(new.values()))


def _save_items(bundles: list[Bundle]) -> None:
    """Places may name parents that come later: they are set once all are there."""
    parents = {bundle.item.id: getattr(bundle.item, "parent", None) for bundle in bundles}
    models: list[Any] = list(MODELS.values())
    held = {key for model in models for key in model.objects.in_bulk([bundle.item.id for bundle in bundles])}
    for bundle in bundles:
        bundle.item._state.adding = bundle.item.id not in held
        if parents[bundle.item.id]:
            bundle.item.parent = None
        bundle.item.save()
    for bundle in bundles:
        if parents[bundle.item.id]:
            bundle.item.parent = parents[bundle.item.id]
            bundle.item.save(update_fields=["parent"])


def _create(rows: list[Any], *, keep_existing: bool = False) -> None:
    """Insert rows of any models, each model's at once."""
    by_model: dict[Any, list[Any]] = {}
    for row in rows:
        _refresh_relations(row)
        by_model.setdefault(type(row), []).append(row)
    for model, new in by_model.items():
        held = model.objects.in_bulk([row.pk for row in new]) if keep_existing else {}
        model.objects.bulk_create([row for row in new if row.pk not in held])


def _relate(many: list[tuple[Any, str, list[Any]]]) -> None:
    """Make the many-to-many relations of these rows exactly the given ones, each relation's at once."""
    by_relation: dict[Any, list[tuple[Any, list[Any]]]] = {}
    for row, name, targets in many:
        by_relation.setdefault(row._meta.get_field(name), []).append((row, targets))
    for relation, pairs in by_relation.items():
        through: Any = relation.remote_field.through
        owner, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()
        for owners in batched([row.pk for row, _targets in pairs]):
            through.objects.filter(**{f"{owner}__in": owners}).delete()
        through.objects.bulk_create(
            through(**{f"{owner}_id": row.pk, f"{target}_id": key})
            for row, targets in pairs
            for key in dict.fromkeys(each.pk for each in targets)
        )


def _refresh_relations(row: Model) -> None:
    """Rows were tied together before their ids were saved: copy the ids now."""
    for relation in row._meta.concrete_fields:
        if isinstance(relation, ForeignKey) and relation.is_cached(row):
            related = relation.get_cached_value(row)
            if related is not None:
                setattr(row, relation.attname, related.pk)
