"""The image of one page, as a program of its own: of a PDF, or of an image file. Its pixels are clamped."""

import io
import math
import sys
from pathlib import Path

import pypdfium2
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .extracted import IntakeError
from .image import FORMATS, MAX_PIXELS
from .reader import guarded

DOTS_PER_POINT = 120 / 72
MAX_SHOWN_PIXELS = 4_000_000
# More than this WebP does not hold
MAX_SIDE_PIXELS = 16_000


def draw(path: Path) -> bytes:
    """Return a page as WebP; its number stands in the third argument. Raises IntakeError for what cannot be drawn."""
    try:
        with path.open("rb") as file:
            is_pdf = b"%PDF-" in file.read(1024)
        image = _of_pdf(path, int(sys.argv[3])) if is_pdf else _of_image(path)
    except (OSError, ValueError, SyntaxError, pypdfium2.PdfiumError, Image.DecompressionBombError) as error:
        raise IntakeError(_("This page cannot be shown as an image.")) from error
    made = io.BytesIO()
    image.save(made, "WEBP", quality=80, method=2)
    return made.getvalue()


def _of_pdf(path: Path, number: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        page = document[number - 1]
        width, height = page.get_size()
        drawn: Image.Image = page.render(scale=_scale(width, height, DOTS_PER_POINT)).to_pil()
        return drawn.convert("RGB")


def _of_image(path: Path) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(path, formats=list(FORMATS)) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    scale = _scale(image.width, image.height, 1)
    return image.resize((max(1, int(image.width * scale)), max(1, int(image.height * scale))))


def _scale(width: float, height: float, wanted: float) -> float:
    """Return the scale that was wanted, or the largest that a page of this size may have."""
    return min(wanted, math.sqrt(MAX_SHOWN_PIXELS / (width * height)), MAX_SIDE_PIXELS / max(width, height))


if __name__ == "__main__":
    sys.exit(guarded(draw))
