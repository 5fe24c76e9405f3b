"""Load the dossiers in `fixtures/` and publish what changed. Idempotent, and it never overwrites the desk's work."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from cases.models import Draft, Revision
from cases.publication.acts import PublishingSet, completed
from cases.publication.blockers import content
from cases.publication.publish import publish
from cases.publication.represent import Item, kind_of
from sources.models import Source

from .build import Bundle
from .load import Batch, check, dossier_files, save
from .lock import LOCK_NAME, Lock

REASON = "Dimuat dari berkas perkara. / Loaded from its dossier."


@dataclass
class Seeded:
    """What one seeding did: dossiers loaded, revisions published, and files left alone because the desk edited them."""

    loaded: list[str] = field(default_factory=list)
    published: list[Revision] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def seed(folder: Path, *, documents: Path | None = None, say: Callable[[str], None] = lambda line: None) -> Seeded:
    """Load every dossier that is new or changed since it was last seeded, then publish. All of it or nothing.

    Raises BadDossiers with every fault, or NotPublishable with every blocker.
    """
    files = dossier_files(folder)
    if not _changed(files):
        return Seeded()
    lock = folder / LOCK_NAME
    say(f"Checking {len(files)} dossiers")
    batch = check(files, documents=documents, lock=Lock(lock) if lock.exists() else None)
    result = Seeded()
    batch.bundles = [bundle for bundle in batch.bundles if _to_load(bundle, batch, result)]
    _keep_only(batch)
    accounts = {name: account(name) for b in batch.bundles for name in (b.extracted_by, b.reviewed_by)}
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
    """The account of a name in a dossier: it exists to be named, and nobody can log in with it."""
    user, created = User.objects.get_or_create(username=name or "desk")
    if created:
        user.set_unusable_password()
        user.save()
    return user


def _changed(files: dict[str, str]) -> bool:
    """Whether any file differs from what was seeded last: one query, so that a second start is quick."""
    seeded = set(Draft.objects.exclude(file_sha256="").values_list("file_sha256", flat=True))
    return any(hashlib.sha256(text.encode()).hexdigest() not in seeded for text in files.values())


def _to_load(bundle: Bundle, batch: Batch, result: Seeded) -> bool:
    drafts = Draft.objects.filter(object_id=bundle.item.id)
    seeded = drafts.exclude(file_sha256="").first()
    if seeded and seeded.file_sha256 == batch.sha256[bundle.item.id]:
        return False
    if seeded and drafts.first() != seeded:
        result.kept.append(f"{bundle.folder}/{bundle.key}")
        return False
    return True


def _keep_only(batch: Batch) -> None:
    """Leave out the excerpts that only dossiers which are not loaded cite."""
    cited = {cite.excerpt.id for b in batch.bundles for cite, _then in b.cites if cite.excerpt}
    batch.excerpts = {key: row for key, row in batch.excerpts.items() if key in cited}
    batch.translations = {key: rows for key, rows in batch.translations.items() if key in cited}


def going_out(items: list[Item]) -> list[Item]:
    """Which of these to publish: every subject that differs from its public document, with the sources it cites.

    A source goes out with what cites it, so one that nothing cites stays a working paper.
    """
    members = {act.item.id: act.item for act in completed(i for i in items if not isinstance(i, Source)).acts}
    sources = [item for item in items if isinstance(item, Source)]
    public = {item.id for item in sources if PublishingSet([]).published(item)}
    plan = PublishingSet([*members.values(), *(s for s in sources if s.id in public and s.id not in members)])
    changed = []
    for act in plan.acts:
        published = plan.published(act.item)
        if published is None or content(published) != content(plan.document(act)):
            changed.append(act.item)
    return sorted(changed, key=lambda item: (kind_of(item), item.slug))
