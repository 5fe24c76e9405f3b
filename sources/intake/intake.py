"""Reading a file in a process of its own, which `reader.py` guards."""

import subprocess
import sys
from pathlib import Path

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .extracted import Extracted, IntakeError
from .limits import MAX_OUTPUT_BYTES, WALL_SECONDS
from .media_types import DOCX, HTML, IMAGES, PDF, TEXT
from .reader import REFUSED

ROOT = Path(__file__).parent.parent.parent
# The module that reads each kind, run as a program: each pulls in its library
READERS = {TEXT: "plain", HTML: "html", DOCX: "docx", PDF: "paged", **dict.fromkeys(IMAGES, "image")}
NO_SECRETS = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def extract(path: Path, media_type: str) -> tuple[Extracted, ...]:
    """Return the readings of a file, the most complete first. Raises IntakeError with a sentence in this language.

    Takes at most WALL_SECONDS; the process has limits of memory and time, and knows no secret of ours.
    """
    if media_type not in READERS:
        raise IntakeError(_("It is none of the kinds that we read: PDF, DOCX, HTML, text or image."))
    return msgspec.json.decode(in_own_process(READERS[media_type], path), type=tuple[Extracted, ...])


def in_own_process(module: str, path: Path, *arguments: str, seconds: float = WALL_SECONDS) -> bytes:
    """Return what a module of this package makes of a file. Raises IntakeError with a sentence in this language."""
    command = [sys.executable, "-m", f"sources.intake.{module}", str(path), get_language() or "en", *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, cwd=ROOT, env=NO_SECRETS, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise IntakeError(_("Reading it took too long, and was stopped.")) from error
    if done.returncode == REFUSED:
        raise IntakeError(done.stdout.decode())
    if done.returncode or len(done.stdout) > MAX_OUTPUT_BYTES:
        raise IntakeError(_("Reading it took more time or memory than a file may take, and was stopped."))
    return done.stdout
