"""In a dossier: from which file the text of a capture was read, and how. Reads it again where the file is at hand."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from sources.corrections import Correction, CorrectionError, corrected
from sources.intake import files
from sources.intake.extracted import IntakeError
from sources.intake.intake import extract
from sources.models import Capture, sha256_hex

from .bundle import Batch
from .reader import Entry


def dump(capture: Capture) -> dict[str, str]:
    """Return what was read how; nothing of a text that was pasted, or that came with its dossier.

    What the file says of itself is left out: it may name private persons.
    """
    if not capture.extractor:
        return {}
    return {
        "by": capture.extractor,
        "version": capture.extractor_version,
        "file_sha256": capture.file_sha256,
        "size": str(capture.file_size),
        "pages": " ".join(map(str, capture.page_map)),
    }


def read(capture: Entry) -> dict[str, str | int | list[int]]:
    """Return what an entry gives of its file, by the columns of a capture."""
    entry = capture.entry("read")
    if entry is None:
        return {}
    sha256, starts = entry.text("file_sha256", required=True), entry.text("pages").split()
    pages = [int(start) for start in starts if start.isascii() and start.isdecimal()]
    if len(pages) < len(starts) or pages != sorted(pages):
        entry.fault("pages", "is the offsets at which the pages begin, in their order: 0 1834 3690.")
    if sha256 and sha256_hex.regex.fullmatch(sha256) is None:  # type: ignore[union-attr]
        entry.fault("file_sha256", "is not a SHA-256: 64 hexadecimal digits.")
    made: dict[str, str | int | list[int]] = {
        "extractor": entry.text("by", required=True),
        "extractor_version": entry.text("version"),
        "file_sha256": sha256,
        "file_size": entry.number("size") or 0,
        "page_map": pages,
    }
    entry.done()
    return made


def dump_corrections(capture: Capture) -> dict[str, str | list[dict[str, str]]]:
    """Return what was put right in the text of another copy, and by whom."""
    if capture.corrects is None:
        return {}
    rows = [{"at": str(each["at"]), "was": each["was"], "now": each["now"]} for each in capture.corrections]
    return {"of": capture.corrects.text_sha256, "by": capture.corrected_by, "words": rows}


def add_corrections(capture: Capture, entry: Entry, others: Iterable[Capture]) -> None:
    """Give a capture what its entry tells of corrections; `others` are the copies that stand before it."""
    given = entry.entry("corrects")
    if given is None:
        return
    of = given.text("of", required=True)
    capture.corrects = next((each for each in others if each.text_sha256 == of), None)
    if capture.corrects is None:
        given.fault("of", "is the SHA-256 of the text of a copy of this source that stands before this one.")
    capture.corrected_by = given.text("by", required=True)
    for row in given.entries("words"):
        correction = Correction(row.number("at") or 0, row.text("was"), row.text("now"))
        capture.corrections.append(asdict(correction))
    if not capture.corrections:
        given.fault("words", "is required: what was read where, and what stands on the page.")
    given.done()


def find(batch: Batch, captures: Iterable[Capture], documents: Path | None) -> None:
    """Give new captures their text and the geometry of their pages, read again from the files that are at hand.

    `documents` is a folder that holds them by name; without it, the setting CASEDB_DOCUMENTS. A newer extractor may
    read another text: then the file is kept all the same, and the words rest on quotes.lock.
    """
    folder = documents or settings.CASEDB_DOCUMENTS
    for capture in captures:
        path = Path(folder) / Path(capture.file_name).name if folder and capture.file_name else None
        if not capture.file_sha256 or capture.text or path is None or not path.is_file():
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest() == capture.file_sha256:
            batch.originals[capture.id] = path
            _read_again(capture, path)


def _read_again(capture: Capture, path: Path) -> None:
    if capture.corrects is not None:
        _correct_again(capture, capture.corrects.text)
        return
    try:
        readings = extract(path, capture.media_type)
    except IntakeError:
        return
    for reading in readings:
        if hashlib.sha256(reading.text.encode()).hexdigest() == capture.text_sha256:
            capture.text, capture.layout = reading.text, reading.layout
            capture.extraction_notes, capture.file_metadata = list(reading.notes), reading.metadata
            return


def _correct_again(capture: Capture, text: str) -> None:
    try:
        made = corrected(text, [Correction(**each) for each in capture.corrections])
    except CorrectionError:
        return
    if hashlib.sha256(made.encode()).hexdigest() == capture.text_sha256:
        capture.text = made


@contextmanager
def stored(batch: Batch, captures: Sequence[Capture]) -> Iterator[None]:
    """Keep the files of new captures among the desk's; they go again if the captures cannot be saved."""
    existing = Capture.objects.in_bulk([capture.pk for capture in captures if capture.pk in batch.originals])
    new = [capture for capture in captures if capture.pk in batch.originals and capture.pk not in existing]
    for capture in new:
        capture.file, _sha256, _size = files.store([batch.originals[capture.pk].read_bytes()])
    try:
        yield
    except BaseException:
        for capture in new:
            files.remove(capture.file)
        raise
