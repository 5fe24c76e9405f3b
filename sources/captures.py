"""The text of a capture: from the database, or from the folder of documents that a deployment may hold."""

import hashlib
from pathlib import Path

from django.conf import settings

from .models import Capture


class WrongText(ValueError):
    """A file does not have the SHA-256 that its capture records."""


def text_of(capture: Capture, documents: Path | None = None) -> str | None:
    """The full text, or None when it is not at hand. Raises WrongText when the file differs from the capture.

    `documents` is a folder that holds the files by name; without it, the setting CASEDB_DOCUMENTS.
    """
    if capture.text:
        return capture.text
    folder = documents or settings.CASEDB_DOCUMENTS
    if not folder or not capture.file_name:
        return None
    path = Path(folder) / Path(capture.file_name).name
    if not path.is_file():
        return None
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != capture.text_sha256:
        raise WrongText(f"{path.name} does not have the SHA-256 recorded for {capture.source.slug}.")
    return data.decode("utf-8")
