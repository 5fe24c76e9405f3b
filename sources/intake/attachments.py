"""A file that a reader sends along: told by its bytes, kept under a random name, and never served to the public."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from . import files
from .extracted import IntakeError
from .limits import MEGABYTE, check_text
from .media_types import DOCX, ENDINGS, JPEG, NAMES, PDF, PNG, TEXT, media_type_of
from .plain import decode

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]

MAX_MEGABYTES = 10
ATTACHMENT_MAX_BYTES = MAX_MEGABYTES * MEGABYTE
# What is taken, and the ending that a name gets which has none of its own
TAKEN = {PDF: ".pdf", DOCX: ".docx", JPEG: ".jpg", PNG: ".png", TEXT: ".txt"}
NAME_MAX_CHARS = 100


@dataclass(frozen=True)
class Attachment:
    """A file that is kept: its private name on disk, and what its sender called it, made safe."""

    file: str
    name: str
    size: int


def check_attachment(upload: "Upload") -> str:
    """Return the name under which a file may be kept; keeps nothing. Raises IntakeError with a sentence."""
    size = upload.size or 0
    if size > ATTACHMENT_MAX_BYTES:
        found = {"size": -(-size // MEGABYTE), "most": MAX_MEGABYTES}
        raise IntakeError(_("It has %(size)s MB; a file may have %(most)s MB.") % found)
    name = printable(upload.name or "")
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        media_type = media_type_of(Path(copy.name), name)
        if media_type == TEXT:
            check_text(decode(Path(copy.name).read_bytes())[0])
    if media_type not in TAKEN:
        raise IntakeError(_("It is %s.") % NAMES[media_type])
    return _named(name, media_type)


def keep_attachment(upload: "Upload", name: str) -> Attachment:
    """Write a file that was checked; it is on disk when this returns."""
    file, _sha256, size = files.store(upload.chunks())
    return Attachment(file, name, size)


def remove_attachment(file: str) -> None:
    """Delete the bytes of a file that is not to be kept; nothing happens without one."""
    files.remove(file)


def printable(name: str) -> str:
    """Return a file's name without folders and without what no reader sees, direction marks among them."""
    return "".join(letter for letter in name.replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable())


def _named(name: str, media_type: str) -> str:
    """Return a name that ends as what the file is: a script that is plain text is kept as `name.sh.txt`."""
    ending = Path(name).suffix if ENDINGS.get(Path(name).suffix.lower()) == media_type else TAKEN[media_type]
    stem = name.removesuffix(ending).strip(". ") or "file"
    return stem[: NAME_MAX_CHARS - len(ending)] + ending
