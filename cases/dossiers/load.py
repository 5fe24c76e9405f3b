"""The one loader: parse all → validate all → report all faults → one transaction. Seed, import and revert call it."""

import hashlib
import uuid
from pathlib import Path

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from cases.documents.build import Item
from cases.documents.kinds import FOLDERS
from cases.documents.prefetch import read_items
from cases.models import Draft
from sources.models import Excerpt

from .bundle import KINDS, MODEL_OF_FOLDER, Batch
from .dump import dump_text
from .excerpts import find_quotes
from .insert import clear, insert
from .quotes_lock import LOCK_NAME, Lock
from .reader import Fault, parse
from .row_checks import check_ids, check_row
from .rows import build_bundle
from .unknown_checks import check_unknowns

# The one folder beside the dossiers (see coverage.py)
COVERAGE = "coverage"


class InvalidDossiersError(Exception):
    """Nothing was loaded. `faults` holds every fault of every file."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


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
    """Return the lock that stands among the dossiers, if any. Raises InvalidDossiersError when it cannot be read."""
    path = folder / LOCK_NAME
    try:
        return Lock(path) if path.exists() else None
    except ValueError as error:
        raise InvalidDossiersError([Fault(LOCK_NAME, "", "", f"cannot be read: {error}.")]) from error


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def check(files: dict[str, str], *, documents: Path | None = None, lock: Lock | None = None) -> Batch:
    """Read and validate dossiers given as `folder/key.yaml` → text. Raises InvalidDossiersError with every fault.

    Quotes are checked against the capture's text where it is at hand (`documents` is a folder that may hold it), and
    against `lock` when one is given; a quote that neither holds is a fault.
    """
    batch = Batch()
    for name, text in files.items():
        folder, _slash, file = name.partition("/")
        if folder not in MODEL_OF_FOLDER or not file.endswith(".yaml"):
            batch.faults.append(Fault(name, "", "", f"is no dossier: they are {'|'.join(MODEL_OF_FOLDER)}/<key>.yaml."))
            continue
        top = parse(text, name, batch.faults)
        if top is not None:
            bundle = build_bundle(folder, file.removesuffix(".yaml"), top)
            batch.bundles.append(bundle)
            batch.sha256[bundle.item.id] = sha256(text)
    _resolve_references(batch)
    find_quotes(batch, documents, lock)
    check_ids(batch.bundles)
    check_unknowns(batch.bundles)
    _refuse_circles(batch)
    for bundle in batch.bundles:
        check_row(bundle.item, bundle.entry, batch.passed_checks)
        for row, entry in bundle.rows:
            check_row(row, entry, batch.passed_checks)
    if batch.faults:
        raise InvalidDossiersError(sorted(set(batch.faults)))
    return batch


def _resolve_references(batch: Batch) -> None:
    items = {(bundle.folder, bundle.key): bundle.item for bundle in batch.bundles}
    for bundle in batch.bundles:
        for reference in bundle.references:
            folder, key = reference.folder, reference.key
            item = items.get((folder, key)) or MODEL_OF_FOLDER[folder]._default_manager.filter(slug=key).first()
            if item is None:
                reference.entry.fault(reference.key_of_entry, f"names {folder}/{key}, which does not exist.")
            else:
                reference.assign(item)


def _refuse_circles(batch: Batch) -> None:
    """No work may be known through itself, not even by way of others."""
    tellers = {
        bundle.item.id: [source.pk for _row, name, rows in bundle.many if name == "known_through" for source in rows]
        for bundle in batch.bundles
    }
    for bundle in batch.bundles:
        seen: set[uuid.UUID] = set()
        ahead = list(tellers[bundle.item.id])
        while ahead:
            source = ahead.pop()
            if source == bundle.item.id:
                bundle.entry.fault("known_through", "leads back to this work itself.")
                break
            if source not in seen:
                seen.add(source)
                ahead += tellers.get(source, [])


@transaction.atomic
def save(batch: Batch, *, by: dict[str, User], origin: str) -> list[Item]:
    """Replace the working copy of every item of the batch, and note a Draft of each. `by` maps account names."""
    clear(batch)
    _keep_what_others_cite(batch)
    try:
        insert(batch)
    except IntegrityError as error:
        raise InvalidDossiersError([Fault("", "", "", f"the database refused it: {error}")]) from error
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


def _keep_what_others_cite(batch: Batch) -> None:
    """Note a fault where recorded words are described anew: an excerpt is written once. Raises InvalidDossiersError."""
    existing = Excerpt.objects.in_bulk(list(batch.excerpts))
    for cite in [cite for bundle in batch.bundles for cite in bundle.cites]:
        new = cite.excerpt
        old = existing.get(new.id) if new else None
        for name in ("locator_id", "locator_en", "language"):
            if old and getattr(new, name) and getattr(new, name) != getattr(old, name):
                cite.entry.fault(
                    name.replace("_", "."), f"differs from “{getattr(old, name)}”, recorded for the same words."
                )
    if batch.faults:
        raise InvalidDossiersError(sorted(set(batch.faults)))
