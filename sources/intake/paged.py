"""PDFs as files on the table: read by their characters, or by machine where their pages are pictures."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from django.utils.translation import gettext as _

from . import pdf
from .extracted import Extracted, IntakeError
from .machine import DOTS_PER_INCH, POINTS_PER_INCH, MachineText
from .media_types import PDF
from .plain import notes_on_marks
from .reader import run

# Tesseract takes about 3 seconds a page
MAX_SCANNED_PAGES = 20
DOTS_PER_POINT = DOTS_PER_INCH / POINTS_PER_INCH
MAX_PAGE_PIXELS = 20_000_000


def extract(path: Path) -> tuple[Extracted, ...]:
    """Return the readings of a PDF; of one without any characters, what tesseract reads on its pages."""
    readings = pdf.readings(path.read_bytes())
    return readings if readings[0].text.strip() else (_scanned(path, readings[0].metadata),)


def _scanned(path: Path, metadata: dict[str, str]) -> Extracted:
    read = MachineText()
    for image, size, scale in _page_images(path):
        read.add_page(image, size, scale)
    note = _("Read by machine from an image: compare every word that you quote with the image.")
    notes = (note, *notes_on_marks(read.chars))
    return Extracted(read.chars, tuple(read.pages), PDF, "tesseract", read.version, metadata, notes, read.layout())


def _page_images(path: Path) -> Iterator[tuple[Path, tuple[int, int], float]]:
    """Yield a grey image of each page, its size, its pixels a point; the file is gone when the next is asked for."""
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
            drawn = page.render(scale=scale, grayscale=True).to_pil()
            drawn.save(image)
            page.close()
            yield image, drawn.size, scale


if __name__ == "__main__":
    sys.exit(run(extract))
