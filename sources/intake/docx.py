"""Word files: paragraphs, tables and notes, with the words that tracked changes put in. Macros are never run."""

import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import docx
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from .extracted import Extracted, IntakeError
from .limits import check_archive
from .media_types import DOCX
from .plain import notes_on_marks
from .reader import run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TYPED = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\xad"}
# Stand in the text of a reader's page under it, above it, or at its foot
BESIDE = [("header", True), ("footnotes", False), ("endnotes", False), ("footer", False)]
HEAD_BYTES = 2048
# What python-docx raises for parts that are missing, not XML, or not of Word
UNREADABLE: tuple[type[Exception], ...] = (
    *(PackageNotFoundError, zipfile.BadZipFile, OSError),
    *(etree.XMLSyntaxError, KeyError, ValueError, AttributeError, TypeError),
)


def extract(path: Path) -> tuple[Extracted, ...]:
    """Return the text of a Word file; its notes say what tracked changes put in and took out."""
    check_archive(path)
    _refuse_entities(path)
    try:
        document = docx.Document(str(path))
        roots = _parts(document)
    except UNREADABLE as error:
        raise IntakeError(_("It is damaged, or is no Word document: it cannot be opened.")) from error
    seen: Counter[str] = Counter()
    text = "\n".join(filter(None, ("\n".join(_lines(root, seen)) for root in roots)))
    notes = [*_notes(seen), *notes_on_marks(text)]
    return (
        Extracted(text, (0,), DOCX, "python-docx", version("python-docx"), _metadata(document, seen), tuple(notes)),
    )


def _refuse_entities(path: Path) -> None:
    """Word writes no document type; whoever does wants entities to unfold or files to be read."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            try:
                with archive.open(member) as file:
                    head = file.read(HEAD_BYTES).replace(b"\0", b"").upper()
            except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
                raise IntakeError(_("It is cut off or damaged: a part of it cannot be read.")) from error
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise IntakeError(_("It declares entities, which no Word document does; it was not opened."))


def _parts(document: Any) -> list[Any]:
    """Return the roots of the header, the body, the notes and the footer, each text once."""
    related = [
        (rel.reltype.rsplit("/", 1)[1], rel.target_part) for rel in document.part.rels.values() if not rel.is_external
    ]
    before: list[Any] = []
    after: list[Any] = []
    for kind, comes_first in BESIDE:
        blobs = dict.fromkeys(part.blob for reltype, part in related if reltype == kind)
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        (before if comes_first else after).extend(etree.fromstring(blob, parser) for blob in blobs)
    return [*before, document.element.body, *after]


def _lines(root: Any, seen: Counter[str]) -> Iterator[str]:
    """Yield the paragraphs of a part, a row of a table as one line with tabs between its cells."""
    for element in root:
        if element.tag == f"{W}p":
            yield _words(element, seen)
        elif element.tag == f"{W}tr":
            if element.find(f"{W}trPr/{W}del") is not None:
                seen["deleted"] += 1
                continue
            yield "\t".join(" ".join(_lines(cell, seen)) for cell in element.iter(f"{W}tc") if _row_of(cell) is element)
        elif element.tag not in (f"{W}del", f"{W}moveFrom"):
            yield from _lines(element, seen)


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(f"{W}tr"))


def _words(element: Any, seen: Counter[str]) -> str:
    """Return the words of a paragraph, runs inside insertions, links and fields included."""
    pieces: list[str] = []
    for child in element:
        if child.tag in (f"{W}del", f"{W}moveFrom"):
            seen["deleted"] += 1
        elif child.tag == f"{W}t":
            pieces.append(child.text or "")
        elif child.tag in TYPED:
            pieces.append(TYPED[child.tag])
        elif child.tag == f"{W}r" and _is_hidden(child):
            seen["hidden"] += 1
        elif child.tag == f"{W}p":  # of a text box
            pieces.append("\n" + _words(child, seen))
        elif child.tag not in (FALLBACK, f"{W}pPr", f"{W}rPr", f"{W}instrText"):
            seen["inserted"] += child.tag in (f"{W}ins", f"{W}moveTo")
            pieces.append(_words(child, seen))
    seen["numbered"] += element.find(f"{W}pPr/{W}numPr") is not None
    return "".join(pieces)


def _is_hidden(run: Any) -> bool:
    """Return whether Word shows nothing of a run: hidden, or white as the paper."""
    vanish, color = run.find(f"{W}rPr/{W}vanish"), run.find(f"{W}rPr/{W}color")
    is_off = vanish is not None and vanish.get(f"{W}val") in ("0", "false", "off")
    is_white = color is not None and (color.get(f"{W}val") or "").upper() == "FFFFFF"
    is_shaded = run.find(f"{W}rPr/{W}shd") is not None or run.find(f"{W}rPr/{W}highlight") is not None
    has_words = any((text.text or "").strip() for text in run.iter(f"{W}t"))
    return has_words and ((vanish is not None and not is_off) or (is_white and not is_shaded and _on_paper(run)))


def _on_paper(run: Any) -> bool:
    return not any(cell.find(f"{W}tcPr/{W}shd") is not None for cell in run.iterancestors(f"{W}tc"))


def _notes(seen: Counter[str]) -> Iterator[str]:
    if number := seen["inserted"]:
        sentence = ngettext(
            "%s passage was put in by tracked changes; it stands in the text.",
            "%s passages were put in by tracked changes; they stand in the text.",
            number,
        )
        yield sentence % number
    if number := seen["deleted"]:
        sentence = ngettext(
            "%s passage was taken out by tracked changes; it was left out of the text.",
            "%s passages were taken out by tracked changes; they were left out of the text.",
            number,
        )
        yield sentence % number
    if number := seen["hidden"]:
        yield _("Hidden or white text was left out: %s passages.") % number
    if seen["numbered"]:
        yield _("Word makes the numbers of its lists by itself; they do not stand in the text.")


def _metadata(document: Any, seen: Counter[str]) -> dict[str, str]:
    core = document.core_properties
    given = {
        "title": core.title,
        "author": core.author,
        "last saved by": core.last_modified_by,
        "date": core.created.date().isoformat() if core.created else "",
        "changed": core.modified.date().isoformat() if core.modified else "",
        "tracked changes": str(number) if (number := seen["inserted"] + seen["deleted"]) else "",
    }
    return {name: str(value)[:500] for name, value in given.items() if value}


if __name__ == "__main__":
    sys.exit(run(extract))
