"""The original bytes of captures, in a private folder under random names. No public door serves them."""

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

CHUNK_BYTES = 1 << 20


def path_of(name: str) -> Path:
    """Return where the bytes of that name are, or would be."""
    return Path(settings.CASEDB_FILES_DIR) / uuid.UUID(hex=name).hex


def images_of(name: str) -> Path:
    """Return the folder of the images that were drawn of its pages."""
    return Path(settings.CASEDB_FILES_DIR) / "pages" / uuid.UUID(hex=name).hex


def store(chunks: Iterable[bytes]) -> tuple[str, str, int]:
    """Write bytes that are not kept yet. Returns (random name, SHA-256, size). They are on disk when it returns."""
    folder = Path(settings.CASEDB_FILES_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name, digest, size = uuid.uuid4().hex, hashlib.sha256(), 0
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return name, digest.hexdigest(), size


def chunks_of(name: str) -> Iterator[bytes]:
    """Yield the bytes of that name. Raises FileNotFoundError where they are gone."""
    if not name:
        raise FileNotFoundError
    with path_of(name).open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def remove(name: str) -> None:
    """Delete the bytes with the images of their pages; nothing happens where they are gone already."""
    if name:
        path_of(name).unlink(missing_ok=True)
        shutil.rmtree(images_of(name), ignore_errors=True)
