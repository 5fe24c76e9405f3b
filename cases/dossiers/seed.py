"""Load the dossiers in `fixtures/` and publish what changed. Idempotent, and it never overwrites the desk's work."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from cases.documents.build import Item
from cases.models import Draft, Revision
from cases.publication.ledger import current_documents, last_revisions, ledger_lock
from cases.publication.plan import PublicationPlan
from cases.publication.publish import publish
from cases.vocabularies import GONE
from sources.json_fields import LanguageMap
from sources.models import Excerpt, Source

from .bundle import Batch, Bundle
from .load import check, dossier_files, read_lock, save, sha256

REASON = LanguageMap(
    id="Catatan ini disusun dari dokumen sumbernya dan dibaca oleh orang kedua.",
    en="The record was drawn up from its source documents and read by a second person.",
)


@dataclass
class Seeded:
    """What one seeding did: dossiers loaded, revisions published, and files left alone because the desk edited them."""

    loaded: list[str] = field(default_factory=list)
    published: list[Revision] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def seed(folder: Path, *, documents: Path | None = None, say: Callable[[str], None] = lambda line: None) -> Seeded:
    """Load every dossier that is new or changed since it was last seeded, then publish. All of it or nothing.

    Raises InvalidDossiersError with every fault, or NotPublishableError with every blocker.
    """
    files = dossier_files(folder)
    if not _changed(files):
        return Seeded()
    with ledger_lock():  # of two processes that start at once, one seeds and the other finds it done
        return _seed(folder, files, documents, say) if _changed(files) else Seeded()


def _seed(folder: Path, files: dict[str, str], documents: Path | None, say: Callable[[str], None]) -> Seeded:
    say(f"Checking {len(files)} dossiers")
    batch = check(files, documents=documents, lock=read_lock(folder))
    result = Seeded()
    cut_anew = _cut_anew(batch)
    batch.bundles = [bundle for bundle in batch.bundles if _to_load(bundle, batch, cut_anew, result)]
    _keep_only(batch)
    names = {name for bundle in batch.bundles for name in (bundle.extracted_by, bundle.reviewed_by)}
    accounts = {name: account(name) for name in sorted(names)}
    items = save(batch, by=accounts, origin=Draft.Origin.SEED)
    result.loaded = [f"{bundle.folder}/{bundle.key}" for bundle in batch.bundles]
    say(f"Loaded {len(items)} dossiers")
    pairs: dict[tuple[str, str], list[Item]] = {}
    for bundle in batch.bundles:
        pairs.setdefault((bundle.extracted_by, bundle.reviewed_by), []).append(bundle.item)
    for (extracted_by, reviewed_by), members in pairs.items():
        members = going_out(members)
        if members:
            result.published += publish(
                members, by=accounts[extracted_by], reviewer=accounts[reviewed_by], reason=REASON
            )
    say(f"Published {len(result.published)} revisions")
    return result


def account(name: str) -> User:
    """Return the account of a name in a dossier: it exists to be named, and nobody can log in with it."""
    user, created = User.objects.get_or_create(username=name or "desk")
    if created:
        user.set_unusable_password()
        user.save()
    return user


def _changed(files: dict[str, str]) -> bool:
    """Whether any file differs from what was seeded last: one query, so that a second start is quick."""
    drafts = Draft.objects.exclude(file_sha256="").order_by("id").values_list("object_id", "file_sha256")
    seeded = set(dict(drafts).values())
    return any(sha256(text) not in seeded for text in files.values())


def _to_load(bundle: Bundle, batch: Batch, cut_anew: set[Any], result: Seeded) -> bool:
    drafts = Draft.objects.filter(object_id=bundle.item.id)
    seeded = drafts.exclude(file_sha256="").first()
    unchanged = seeded and seeded.file_sha256 == batch.sha256[bundle.item.id]
    if unchanged and not any(cite.excerpt and cite.excerpt.id in cut_anew for cite in bundle.cites):
        return False
    if drafts.first() != seeded:
        result.kept.append(f"{bundle.folder}/{bundle.key}")
        return False
    return True


def _cut_anew(batch: Batch) -> set[Any]:
    """Excerpts whose context is no longer the recorded one, because a private span came or went."""
    held = Excerpt.objects.in_bulk(list(batch.excerpts))
    now = {key: (row.prefix, row.suffix) for key, row in batch.excerpts.items()}
    return {key for key, row in held.items() if (row.prefix, row.suffix) != now[key]}


def _keep_only(batch: Batch) -> None:
    """Leave out the excerpts that only dossiers which are not loaded cite."""
    cited = {cite.excerpt.id for b in batch.bundles for cite in b.cites if cite.excerpt}
    batch.excerpts = {key: row for key, row in batch.excerpts.items() if key in cited}
    batch.translations = {key: rows for key, rows in batch.translations.items() if key in cited}
    batch.page_checks = {key: row for key, row in batch.page_checks.items() if key in cited}


def going_out(items: list[Item]) -> list[Item]:
    """Which of these to publish: every subject that differs from its public document, with the sources it cites.

    A source goes out with what cites it, so one that nothing cites stays a working paper. What was withdrawn stays so.
    """
    withdrawn = {key for key, last in last_revisions(item.id for item in items).items() if last.action in GONE}
    subjects = [item for item in items if not isinstance(item, Source) and item.id not in withdrawn]
    plan = PublicationPlan.completed(subjects)
    sources = {item.id: item for item in items if isinstance(item, Source) and item.id not in plan.documents}
    public = [sources[key] for key, document in current_documents(sources).items() if document]
    if public:  # they are renamed wherever the others name them
        plan = PublicationPlan.completed([*plan.acts, *public])
    changed = [act.item for act in plan.acts if plan.has_changed(act)]
    return sorted(changed, key=lambda item: (item.kind, item.slug))
