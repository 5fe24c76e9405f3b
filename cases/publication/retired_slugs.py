"""Slugs that a redaction erased: they are never used again, though nothing here says what they were."""

import hmac
from collections.abc import Iterable

from django.conf import settings

from cases.models import RetiredSlug


def retire(slugs: Iterable[tuple[str, str]]) -> None:
    """Bar these from being used again; each is a kind and a slug."""
    rows = [RetiredSlug(digest=_digest(kind, slug)) for kind, slug in slugs]
    RetiredSlug.objects.bulk_create(rows, ignore_conflicts=True)


def is_retired(kind: str, slug: str) -> bool:
    return RetiredSlug.objects.filter(digest=_digest(kind, slug)).exists()


def _digest(kind: str, slug: str) -> str:
    return hmac.new(settings.CASEDB_SLUG_KEY.encode(), f"{kind}/{slug}".encode(), "sha256").hexdigest()
