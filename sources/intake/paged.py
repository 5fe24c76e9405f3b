"""PDFs as files on the table: read by their characters, or by machine where their pages are pictures."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from django.utils.translation import gettext as _

from . import pdf
from .extracted import Extracted, IntakeError
from .image import read_by_machine
from .media_types import PDF
from .plain import notes_on_marks
from .reader import run

# Tesseract takes about 3 seconds a page
MAX_SCANNED_PAGES = 20
DOTS_PER_POINT = 200 / 72
MAX_PAGE_PIXELS = 20_000_000


def extract(path: Path) -> tuple[Extracted, ...]:
    """Return the readings of a PDF; of one without any characters, what tesseract reads on its pages."""
    readings = pdf.readings(path.read_bytes())
    return readings if readings[0].text.strip() else (_scanned(path, readings[0].metadata),)


def _scanned(path: Path, metadata: dict[str, str]) -> Extracted:
    text, pages, version = "", [], ""
    for image in _page_images(path):
        version, words = read_by_machine(image)
        pages.append(len(text))
        text += words
    note = _("Read by machine from an image: compare every word that you quote with the image.")
    return Extracted(text, tuple(pages), PDF, "tesseract", version, metadata, (note, *notes_on_marks(text)))


def _page_images(path: Path) -> Iterator[Path]:
    """Yield a grey image of each page, one at a time; its file is gone when the next is asked for."""
    with pypdfium2.PdfDocument(path) as document, tempfile.TemporaryDirectory() as folder:
        if len(document) > MAX_SCANNED_PAGES:
            raise IntakeError(
                _("Its %(pages)s pages are pictures; at most %(most)s are read by machine. Divide it.")
                % {"pages": len(document), "most": MAX_SCANNED_PAGES}
            )
        for page in document:
            points = page.get_width() * page.get_height()
            scale = min(DOTS_PER_POINT, (MAX_PAGE_PIXELS / points) ** 0.5)
            image = Path(folder) / "page.png"
            page.render(scale=scale, grayscale=True).to_pil().save(image)
            page.close()
            yield image


if __name__ == "__main__":
    sys.exit(run(extract))
