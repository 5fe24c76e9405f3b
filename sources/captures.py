"""The text of a capture: from the database, or from the folder of documents that a deployment may hold."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from .finding import Finder, page_starts
from .models import Capture


class WrongTextError(ValueError):
    """A text does not have the SHA-256 that its capture records, or is not UTF-8."""


def text_of(capture: Capture, documents: Path | None = None) -> str | None:
    """Return the full text, or None when it is not at hand. Raises WrongTextError for a text that was not captured.

    `documents` is a folder that holds the files by name; without it, the setting CASEDB_DOCUMENTS.
    """
    if capture.text:
        return _checked(capture.text.encode(), capture, "The text kept")
    folder = documents or settings.CASEDB_DOCUMENTS
    if not folder or not capture.file_name:
        return None
    path = Path(folder) / Path(capture.file_name).name
    data = path.read_bytes() if path.is_file() else None
    if data is None or (capture.file_sha256 and hashlib.sha256(data).hexdigest() == capture.file_sha256):
        return None  # not there, or the file that the text was read from
    return _checked(data, capture, path.name)


def pages_of(capture: Capture, text: str) -> Sequence[int]:
    """Return the offsets in the text of a capture at which its pages begin."""
    return capture.page_map or page_starts(text)


def finder_of(capture: Capture, text: str) -> Finder:
    """Return what finds words in the text of a capture."""
    return Finder(text, capture.private, pages_of(capture, text))


def _checked(data: bytes, capture: Capture, name: str) -> str:
    if hashlib.sha256(data).hexdigest() != capture.text_sha256:
        raise WrongTextError(f"{name} does not have the SHA-256 recorded for {capture.source.slug}.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise WrongTextError(f"{name} is not UTF-8.") from None
