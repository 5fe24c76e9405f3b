"""The rows of a source: the work, the copies we hold of it, and where names of private persons stand in them."""

import re
from datetime import datetime

from django.db.models import Model
from django.utils.dateparse import parse_datetime

from sources.derived_ids import derived_id
from sources.models import Capture, PrivateSpan, Source

from .bundle import Bundle
from .reader import Entry


def add_source(bundle: Bundle, source: Source) -> None:
    top = bundle.entry
    for name in ("title", "institution", "publisher", "published", "url", "licence"):
        setattr(source, name, top.text(name))
    for column, title in top.map("title_given").items():
        setattr(source, column, title)
    source.source_kind = top.text("kind", required=True)
    source.language = top.text("language") or "id"
    source.authors = "\n".join(top.words("authors"))
    tellers: list[Model] = []
    bundle.many.append((source, "known_through", tellers))
    for key in top.words("known_through"):
        bundle.refer(top, "known_through", "sources", key, tellers.append)
    for entry in top.entries("captures"):
        _add_capture(bundle, source, entry)


def _add_capture(bundle: Bundle, source: Source, entry: Entry) -> None:
    sha256 = entry.text("text_sha256", required=True)
    capture = Capture(
        id=derived_id(source.id, sha256),
        source=source,
        text_sha256=sha256,
        text_length=entry.number("length") or 0,
        file_name=entry.text("file"),
        media_type=entry.text("media_type") or "text/plain",
        captured_at=_moment(entry, "captured_at"),
        archive_url=entry.text("archive_url"),
        **entry.map("extent"),
    )
    bundle.add(capture, entry)
    _add_private_spans(bundle, capture, entry)


def _add_private_spans(bundle: Bundle, capture: Capture, entry: Entry) -> None:
    for text in entry.words("private"):
        if not re.fullmatch(r"[0-9]{1,9}-[0-9]{1,9}", text):
            entry.fault("private", f"“{text}” is not a span like 120-133.")
            continue
        start, end = map(int, text.split("-"))
        if end > capture.text_length:
            entry.fault("private", f"“{text}” ends after the text, which has {capture.text_length} characters.")
        bundle.add(PrivateSpan(capture=capture, start=start, end=end), entry)


def _moment(entry: Entry, key: str) -> datetime | None:
    """Return a time with its zone, such as 2026-11-01T12:00:00+07:00."""
    text = entry.text(key)
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if text and (moment is None or moment.tzinfo is None):
        entry.fault(key, f"“{text}” is not a time with its zone, like 2026-11-01T12:00:00+07:00.")
        return None
    return moment
