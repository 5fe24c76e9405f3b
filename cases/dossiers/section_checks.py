"""Whether sections and names of a source are words of its texts, and of none that is private."""

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from cases.models import SourceName, SourceSection
from sources.captures import WrongTextError, text_of
from sources.models import Capture
from sources.quotes import Span, open_occurrences, touches

from .bundle import Batch, Bundle
from .reader import Entry

PrivateById = Mapping[uuid.UUID, Sequence[Span]]


def check_source_readings(batch: Batch, documents: Path | None, private: PrivateById) -> None:
    """Note a fault at every section and name whose words are not there. Texts that are not at hand are not asked."""
    for bundle in batch.bundles:
        if any(isinstance(row, SourceSection | SourceName) for row, _entry in bundle.rows):
            _check(bundle, _texts(bundle, documents), private)


def _texts(bundle: Bundle, documents: Path | None) -> dict[uuid.UUID, str]:
    texts = {}
    for row, entry in bundle.rows:
        if isinstance(row, Capture):
            try:
                text = text_of(row, documents)
            except WrongTextError as error:
                entry.fault("text_sha256", str(error))
                continue
            if text is not None:
                texts[row.id] = text
    return texts


def _check(bundle: Bundle, texts: Mapping[uuid.UUID, str], private: PrivateById) -> None:
    for row, entry in bundle.rows:
        if isinstance(row, SourceSection):
            _check_section(row, entry, texts.get(row.capture.id), private[row.capture.id])
        elif isinstance(row, SourceName) and texts and not _stands_openly(row.words, texts, private):
            entry.fault("words", "stand nowhere in the text, or only where it is private.")


def _stands_openly(words: str, texts: Mapping[uuid.UUID, str], private: PrivateById) -> bool:
    return any(open_occurrences(text, words, private[key]) for key, text in texts.items())


def _check_section(section: SourceSection, entry: Entry, text: str | None, private: Sequence[Span]) -> None:
    end = section.start + len(section.title)
    if max(end, section.start + 1) > section.capture.text_length:
        entry.fault("at", f"lies after the text, which has {section.capture.text_length} characters.")
    elif touches(section.start, end, private):
        entry.fault("title", "touches the name of a private person. Take words beside it.")
    elif text is not None and text[section.start : end] != section.title:
        entry.fault("title", f"differs: at {section.start} the text reads “{text[section.start : end]}”.")
