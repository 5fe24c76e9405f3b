"""Drawn cards kept on disk, of what stands now: a publication drops the others, and so does a redaction."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from cases.models import Record
from cases.public.language_urls import page_language
from cases.public.page_view import RELEASE
from cases.record.stored_document import RevisionHeader

from .drawing import CardText, DoesNotFitError, draw_card, draw_neutral_card

# About 150 MB; the oldest half goes when there are more
MAX_CARDS_KEPT = 5000


def card(text: CardText | None, revision: RevisionHeader, name: str) -> bytes:
    """Return the card of a record or a claim by its id, from disk or drawn; a neutral one where it cannot be drawn."""
    path = _folder() / f"{revision.seq}-{revision.commitment[:16]}-{name}-{page_language()}-{RELEASE}.png"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        drawn = _drawn(text)
        _keep(path, drawn)
        return drawn


def drop_stale_cards() -> None:
    """Delete the cards of revisions that are current no more."""
    cards = [(path, int(path.name.partition("-")[0])) for path in _folder().glob("*-*.png")]
    if not cards:
        return
    current = set(Record.objects.current().values_list("since_seq", flat=True))
    for path, seq in cards:
        if seq not in current:
            path.unlink(missing_ok=True)


def _drawn(text: CardText | None) -> bytes:
    try:
        return draw_card(text) if text else draw_neutral_card()
    except DoesNotFitError:
        return draw_neutral_card()


def _folder() -> Path:
    return Path(settings.CASEDB_CARDS_DIR)


def _keep(path: Path, drawn: bytes) -> None:
    """Write a card so that no reader sees half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = list(path.parent.glob("*-*.png"))
    if len(kept) >= MAX_CARDS_KEPT:
        kept.sort(key=lambda each: each.stat().st_mtime)
        for old in kept[: MAX_CARDS_KEPT // 2]:
            old.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(drawn)
    os.replace(file.name, path)
