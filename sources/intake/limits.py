"""The limits within which a file is read: bytes, time, memory, and what an archive may unfold to."""

import resource
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from .extracted import IntakeError

MEGABYTE = 1024 * 1024
CPU_SECONDS = 60
# By the clock, also while the extractor waits
WALL_SECONDS = 90
MEMORY_BYTES = 1536 * MEGABYTE
MAX_OUTPUT_BYTES = 64 * MEGABYTE
MAX_TEXT_CHARS = 5 * MEGABYTE
MAX_MEMBERS = 2000
MAX_UNFOLDED_BYTES = 100 * MEGABYTE
# Small members may shrink as much as they like
MAX_RATIO, MIN_RATIO_BYTES = 200, 4 * MEGABYTE
ENCRYPTED_FLAG = 0x1


def restrict_this_process() -> None:
    """Let the system end this process when it takes more time, memory or disk than reading a file may."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_OUTPUT_BYTES, MAX_OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_archive(path: Path) -> None:
    """Raise IntakeError for an archive that is cut, encrypted, or unfolds to more than a document would.

    Sizes are those that the archive claims; `zipfile` stops reading a member there.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise IntakeError(_("It is cut off or damaged: its list of parts cannot be read.")) from error
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        raise IntakeError(_("It is encrypted. Save it without a password, and bring it in again."))
    if len(members) > MAX_MEMBERS:
        raise IntakeError(_("It holds more than %(most)s parts; no document needs so many.") % {"most": MAX_MEMBERS})
    unfolded = sum(member.file_size for member in members)
    blown_up = any(
        member.file_size > MIN_RATIO_BYTES and member.file_size > MAX_RATIO * max(1, member.compress_size)
        for member in members
    )
    if unfolded > MAX_UNFOLDED_BYTES or blown_up:
        raise IntakeError(_("It unfolds to far more than a document holds, and was not opened."))


def check_text(text: str) -> None:
    """Raise IntakeError for a text that is empty, too long, or holds what no text holds."""
    if not text.strip():
        raise IntakeError(_("It holds no words."))
    if len(text) > MAX_TEXT_CHARS:
        raise IntakeError(
            _("Its text has more than %(most)s characters. Bring it in in parts.") % {"most": MAX_TEXT_CHARS}
        )
    if "\0" in text:
        raise IntakeError(_("It holds a NUL character at %(at)s; it is no plain text.") % {"at": text.index("\0")})
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise IntakeError(_("It holds half a character: it was cut inside a UTF-16 pair."))
