"""The rows of a source: the work, the copies we hold of it with what we read in them, and whom its names mean."""

import re
from functools import partial

from django.db.models import Model

from cases.models import SourceName, SourceSection
from sources.derived_ids import derived_id
from sources.models import Capture, PrivateSpan, Source, SourceStatement, SourceStatementExcerpt

from . import original_files
from .bundle import Bundle
from .reader import Entry, moment
from .row_parts import add_cite, add_said_by, refer_to_subject


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
    captures: list[Capture] = []
    for entry in top.entries("captures"):
        captures.append(_add_capture(bundle, source, entry))
        original_files.add_corrections(captures[-1], entry, captures[:-1])
    _add_about(bundle, source)
    _add_names(bundle, source)


def _add_capture(bundle: Bundle, source: Source, entry: Entry) -> Capture:
    sha256 = entry.text("text_sha256", required=True)
    capture = Capture(
        id=derived_id(source.id, sha256),
        source=source,
        text_sha256=sha256,
        text_length=entry.number("length") or 0,
        file_name=entry.text("file"),
        media_type=entry.text("media_type") or "text/plain",
        captured_at=moment(entry, "captured_at"),
        archive_url=entry.text("archive_url"),
        **entry.map("extent"),
        **original_files.read(entry),
    )
    bundle.add(capture, entry)
    _add_private_spans(bundle, capture, entry)
    _add_sections(bundle, capture, entry)
    return capture


def _add_private_spans(bundle: Bundle, capture: Capture, entry: Entry) -> None:
    for text in entry.words("private"):
        if not re.fullmatch(r"[0-9]{1,9}-[0-9]{1,9}", text):
            entry.fault("private", f"“{text}” is not a span like 120-133.")
            continue
        start, end = map(int, text.split("-"))
        if end > capture.text_length:
            entry.fault("private", f"“{text}” ends after the text, which has {capture.text_length} characters.")
        bundle.add(PrivateSpan(capture=capture, start=start, end=end), entry)


def _add_sections(bundle: Bundle, capture: Capture, entry: Entry) -> None:
    for row in entry.entries("sections"):
        if (start := row.number("at")) is None:
            row.fault("at", "is required: where the section begins.")
        section = SourceSection(capture=capture, start=start or 0, title=row.text("title"))
        section.role, section.stated_on = row.text("role", required=True), row.text("stated_on")
        add_said_by(bundle, row, section)
        bundle.add(section, row)


def _add_about(bundle: Bundle, source: Source) -> None:
    for position, entry in enumerate(bundle.entry.entries("about")):
        statement = SourceStatement(
            source=source,
            key=entry.text("key", required=True),
            position=position,
            aspect=entry.text("aspect", required=True),
            **entry.map("statement", required=True, one_is_enough=True),
        )
        bundle.add(statement, entry)
        for number, row in enumerate(entry.entries("cites")):
            citation = SourceStatementExcerpt(statement=statement, position=number)
            citation.relation = row.text("relation") or "supports"
            add_cite(bundle, row, row, partial(setattr, citation, "excerpt"))
            bundle.add(citation, row)


def _add_names(bundle: Bundle, source: Source) -> None:
    for entry in bundle.entry.entries("names"):
        name = SourceName(source=source, words=entry.text("words", required=True), reason=entry.text("reason"))
        if not entry.data.get("who"):
            entry.fault("who", "is required: <folder>/<key>, for example actors/pt-contoh.")
        refer_to_subject(bundle, entry, partial(setattr, name, "who"))
        if (cite := entry.entry("cite")) is not None:
            add_cite(bundle, cite, entry, partial(setattr, name, "excerpt"))
        bundle.add(name, entry)
