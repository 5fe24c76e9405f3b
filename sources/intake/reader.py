"""What every program that opens a file is, when run by itself: one file, within limits, in the language asked for."""

import sys
from collections.abc import Callable
from pathlib import Path

import django
import msgspec
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from .extracted import Extracted, IntakeError
from .limits import check_text, restrict_this_process

LOCALE = Path(__file__).parent.parent.parent / "locale"
# The exit status of a file that was refused with a sentence
REFUSED = 3


def run(extract: Callable[[Path], tuple[Extracted, ...]]) -> int:
    """Read the file named by the first argument; write its readings as JSON, or the sentence that refuses it."""
    return guarded(lambda path: _readings(extract, path))


def guarded(make: Callable[[Path], bytes]) -> int:
    """Write what is made of the file named by the first argument, or the sentence that refuses it."""
    path, language = sys.argv[1:3]
    settings.configure(USE_I18N=True, LANGUAGE_CODE=language, LOCALE_PATHS=[LOCALE])
    django.setup()
    restrict_this_process()
    with translation.override(language):
        try:
            made = make(Path(path))
        except IntakeError as error:
            return _refuse(str(error))
        except (MemoryError, RecursionError):
            return _refuse(_("Reading it takes more memory than a file may."))
    sys.stdout.buffer.write(made)
    return 0


def _readings(extract: Callable[[Path], tuple[Extracted, ...]], path: Path) -> bytes:
    readings = extract(path)
    if not readings:
        raise IntakeError(_("It holds no words."))
    for reading in readings:
        check_text(reading.text)
    return msgspec.json.encode(readings)


def _refuse(sentence: str) -> int:
    sys.stdout.buffer.write(sentence.encode())
    return REFUSED
