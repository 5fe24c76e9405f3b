"""Images of pages, read by tesseract where it is installed: words read by machine, to be compared with the image."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from .extracted import Extracted, IntakeError
from .machine import MachineText
from .media_types import JPEG, PNG, TIFF, WEBP
from .plain import notes_on_marks
from .reader import run

FORMATS = {"PNG": PNG, "JPEG": JPEG, "TIFF": TIFF, "WEBP": WEBP}
MAX_PIXELS = 60_000_000


def extract(path: Path) -> tuple[Extracted, ...]:
    """Return what tesseract reads on an image. Raises IntakeError where it is not installed."""
    media_type, metadata = _look_at(path)
    read = MachineText()
    with TemporaryDirectory() as folder:
        upright, size = _upright(path, Path(folder))
        read.add_page(upright, size)
    if not read.chars.strip():
        raise IntakeError(_("Tesseract reads no words on it. Scan it again, straight and with more contrast."))
    notes = (
        _("Read by machine from an image: compare every word that you quote with the image."),
        *notes_on_marks(read.chars),
    )
    return (Extracted(read.chars, (0,), media_type, "tesseract", read.version, metadata, notes, read.layout()),)


def _upright(path: Path, folder: Path) -> tuple[Path, tuple[int, int]]:
    """Return an image as viewers show it, and its size: tesseract ignores how a camera says that it was held."""
    with Image.open(path, formats=list(FORMATS)) as image:
        if image.getexif().get(ExifTags.Base.Orientation, 1) == 1:
            return path, image.size
        turned = ImageOps.exif_transpose(image).convert("L")
    turned.save(folder / "page.png")
    return folder / "page.png", turned.size


def _look_at(path: Path) -> tuple[str, dict[str, str]]:
    """Return media type and metadata of an image that is whole and of a size that a page may have."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(path, formats=list(FORMATS)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise IntakeError(
                    _("It has %(width)s × %(height)s points; a page may have %(most)s million.")
                    % {"width": image.width, "height": image.height, "most": MAX_PIXELS // 1_000_000}
                )
            if getattr(image, "n_frames", 1) > 1:
                raise IntakeError(_("It holds several images. Save each page as an image, or all as a PDF."))
            image.load()
            return FORMATS[str(image.format)], _metadata(image)
    except IntakeError:
        raise
    except UnidentifiedImageError as error:
        raise IntakeError(_("It is damaged: it cannot be opened as an image.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise IntakeError(_("It has far more points than a page, and was not opened.")) from error
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError) as error:
        raise IntakeError(_("It is cut off or damaged: not all of the image is there.")) from error


def _metadata(image: Image.Image) -> dict[str, str]:
    exif = image.getexif()
    names = {"Artist": "author", "DateTime": "date", "Make": "camera", "Model": "camera model", "Software": "program"}
    given = {names[tag]: exif[code] for code, tag in ExifTags.TAGS.items() if tag in names and code in exif}
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    given |= {"place": " ".join(str(place[code]) for code in (2, 1, 4, 3) if code in place)}
    return {name: str(value).strip("\0 ")[:500] for name, value in given.items() if value}


if __name__ == "__main__":
    sys.exit(run(extract))
