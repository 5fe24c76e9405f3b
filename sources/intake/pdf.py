"""PDF: the words of its pages as a reader sees them, in reading order."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import glyphs, layout
from .extracted import Extracted, IntakeError
from .furniture import Page, mark_furniture
from .page_text import PageText
from .runs import runs_of

EXTRACTOR = "pypdfium2"
# The same, read line by line across the page
ACROSS = "pypdfium2-lines"
MAX_PAGES = 1500
# 2.5 metres: what is larger is a drawing, and its picture would fill the memory
MAX_SIDE_POINTS = 7200
MAX_PAGE_CHARS = 50_000
METADATA = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")


def extract(data: bytes) -> Extracted:
    """Return the text of a PDF with its page map, notes and layout. Raises IntakeError with one sentence.

    pdfium is not thread-safe: call it in a process of its own, where limits on time and memory can hold.
    """
    return _read(*_opened_pages(data))[0]


def readings(data: bytes) -> tuple[Extracted, ...]:
    """Return the text as `extract` does; then, where that reads another, the text line by line across the pages.

    Every line of the second is doubtful: it is for pages of which the geometry mistook the columns.
    """
    pages, metadata = _opened_pages(data)
    usual, is_cut = _read(pages, metadata)
    if not is_cut:
        return (usual,)
    for page in pages:
        for glyph in page.glyphs:
            glyph.doubt = ""
    across, _is_cut = _read(pages, metadata, across=True)
    return (usual,) if across.text == usual.text else (usual, across)


def _opened_pages(data: bytes) -> tuple[list[glyphs.PageGlyphs], dict[str, str]]:
    _check_file(data)
    with _opened(data) as document:
        return list(_read_pages(document)), _metadata(document)


def _read(pages: list[glyphs.PageGlyphs], metadata: dict[str, str], *, across: bool = False) -> tuple[Extracted, bool]:
    """Return a reading, and whether a page of it was cut into columns or cells."""
    text, furniture = PageText(), [Page(runs_of(page.glyphs), page.height) for page in pages]
    mark_furniture(furniture)
    for page, marked in zip(pages, furniture, strict=True):
        text.add_page(page, layout.read_page(marked, page.rules, across=across))
    reading = Extracted(
        text=text.text,
        pages=tuple(text.pages),
        media_type="application/pdf",
        extractor=ACROSS if across else EXTRACTOR,
        version=str(pdfium.PYPDFIUM_INFO.version),
        metadata=metadata,
        notes=tuple(_notes(text)),
        layout=text.layout(),
    )
    return reading, any(page.is_cut for page in furniture)


def _check_file(data: bytes) -> None:
    if b"%PDF-" not in data[:1024]:
        raise IntakeError(_("This file is no PDF, whatever its name says."))
    if b"%%EOF" not in data[-2048:]:
        raise IntakeError(_("The end of this PDF is missing: it was cut short. Fetch it again."))


@contextmanager
def _opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise IntakeError(_("This PDF is encrypted. Save it without a password first.")) from None
        raise IntakeError(_("This PDF is damaged and cannot be opened.")) from None
    try:
        if not len(document):
            raise IntakeError(_("This PDF has no pages."))
        if len(document) > MAX_PAGES:
            raise IntakeError(
                _("This PDF has %(pages)s pages; at most %(most)s can be read. Divide it.")
                % {"pages": len(document), "most": MAX_PAGES}
            )
        yield document
    finally:
        document.close()


def _read_pages(document: pdfium.PdfDocument) -> Iterator[glyphs.PageGlyphs]:
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            raise IntakeError(_("Page %s of this PDF is damaged.") % (number + 1)) from None
        _check_size(page, number + 1)
        yield glyphs.read(page)
        page.close()


def _check_size(page: pdfium.PdfPage, number: int) -> None:
    if max(page.get_size()) > MAX_SIDE_POINTS:
        raise IntakeError(
            _("Page %(page)s is %(metres)s metres large; at most %(most)s can be read.")
            % {"page": number, "metres": _metres(max(page.get_size())), "most": _metres(MAX_SIDE_POINTS)}
        )
    text_page = page.get_textpage()
    chars = text_page.count_chars()
    text_page.close()
    if chars > MAX_PAGE_CHARS:
        raise IntakeError(
            _("Page %(page)s has %(chars)s characters; at most %(most)s can be read.")
            % {"page": number, "chars": chars, "most": MAX_PAGE_CHARS}
        )


def _metres(points: float) -> str:
    return f"{points * 0.0254 / 72:.1f}"


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    """Return what the file says of itself, without control characters."""
    values = document.get_metadata_dict()
    clean = {key: "".join(char for char in values.get(key, "") if char.isprintable()).strip() for key in METADATA}
    return {key: value for key, value in clean.items() if value}


def _notes(text: PageText) -> Iterator[str]:
    hidden: Counter[int] = text.left_out
    if hidden:
        yield ngettext(
            "%(count)s character that a reader of the page does not see was left out (pages: %(pages)s).",
            "%(count)s characters that a reader of the page does not see were left out (pages: %(pages)s).",
            hidden.total(),
        ) % {"count": hidden.total(), "pages": _ranges(sorted(hidden))}
    if read := [number for number, sheet in enumerate(text.sheets, 1) if sheet.by_machine]:
        yield _("The text of these pages lies unseen under a picture, read by machine: %s.") % _ranges(read)
    ends = (*text.pages[1:], len(text.chars))
    if empty := [number for number, (start, end) in enumerate(zip(text.pages, ends, strict=True), 1) if start == end]:
        yield _("These pages have no text, only pictures or nothing: %s.") % _ranges(empty)


def _ranges(numbers: list[int]) -> str:
    """Return page numbers in short: 1–3, 7."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(str(each[0]) if len(each) == 1 else f"{each[0]}–{each[-1]}" for each in found)
