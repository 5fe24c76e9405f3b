"""Images of the pages of a capture's file, for the desk only: drawn once, kept beside the file, gone with it."""

import io
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from sources.models import Capture
from sources.page_boxes import PageBox, boxes, page_sizes

from . import files
from .extracted import IntakeError
from .intake import in_own_process
from .limits import MEGABYTE
from .media_types import IMAGES, PDF
from .truth import load

SECONDS = 25
MAX_KEPT_BYTES = 500 * MEGABYTE
# Around words that are painted over, in percent of the page
MARGIN = 0.4
# By so much may the proportions of an image differ from those of its page
TOLERANCE = 0.02


class NoSuchPageError(LookupError):
    """The file of a capture has no such page, or no pages at all."""


def page_count(capture: Capture) -> int:
    """Return how many pages of a capture can be shown as images: none where its file has no pages or is not held."""
    return len(capture.page_map) if capture.file and capture.media_type in (PDF, *IMAGES) else 0


def page_image(capture: Capture, number: int, *, may_see_private: bool) -> bytes:
    """Return a page (from 1) as WebP, private spans painted over unless they may be seen.

    Raises NoSuchPageError, or IntakeError with a sentence where it cannot be shown.
    """
    if not 1 <= number <= page_count(capture):
        raise NoSuchPageError
    hidden = [] if may_see_private else _hidden_on(capture, number)
    clean = _kept(capture.file, number)
    return _painted_over(clean, hidden, capture, number) if hidden else clean


def _hidden_on(capture: Capture, number: int) -> list[PageBox]:
    """Return what must not be seen on a page. Raises IntakeError where nobody knows where it stands."""
    if not capture.private:
        return []
    if capture.layout is None:
        raise IntakeError(
            _("Private words stand in this copy, and where on the page is not known: its pages are not shown to you.")
        )
    layout = load(bytes(capture.layout))
    found = [box for box in boxes(layout, capture.private) if box.page == number]
    # What a machine read beneath a picture lies only roughly where its words are
    return [_line(box) for box in found] if layout.sheets[number - 1].by_machine else found


def _line(box: PageBox) -> PageBox:
    return box._replace(left=0, width=100, top=box.top - box.height / 2, height=2 * box.height)


def _painted_over(clean: bytes, hidden: Iterable[PageBox], capture: Capture, number: int) -> bytes:
    with Image.open(io.BytesIO(clean), formats=["WEBP"]) as opened:
        image = opened.convert("RGB")
    width, height = page_sizes(load(bytes(capture.layout or b"")))[number - 1]
    if abs(image.width * height / (image.height * width) - 1) > TOLERANCE:
        raise IntakeError(_("Where private words stand on this page is not certain: it is not shown to you."))
    brush = ImageDraw.Draw(image)
    for box in hidden:
        edges = (box.left - MARGIN, box.top - MARGIN, box.left + box.width + MARGIN, box.top + box.height + MARGIN)
        brush.rectangle([each * side / 100 for each, side in zip(edges, image.size * 2, strict=True)], fill="black")
    made = io.BytesIO()
    image.save(made, "WEBP", quality=80, method=2)
    return made.getvalue()


def _kept(name: str, number: int) -> bytes:
    """Return the image of a page of a file as it is, drawn unless it is kept."""
    image = files.images_of(name) / f"{number}.webp"
    try:
        drawn = image.read_bytes()
    except FileNotFoundError:
        drawn = b""
    if drawn:
        os.utime(image)
        return drawn
    path = files.path_of(name)
    if not path.is_file():
        raise IntakeError(_("The file of this copy is not at hand on this server, so its pages cannot be shown."))
    drawn = in_own_process("draw", path, str(number), seconds=SECONDS)
    _keep(image, drawn)
    if not path.is_file():  # deleted while it was drawn: what must not be read leaves no image
        files.remove(name)
    return drawn


def _keep(image: Path, drawn: bytes) -> None:
    image.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = image.with_name(f"{uuid.uuid4().hex}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(drawn)
    part.replace(image)
    _let_go(image.parent.parent)


def _let_go(folder: Path) -> None:
    """Delete the images that were not asked for longest, until what is left is within bounds."""
    kept = [(each.stat(), each) for each in folder.glob("*/*")]
    size = sum(stat.st_size for stat, _path in kept)
    for stat, path in sorted(kept, key=lambda pair: pair[0].st_mtime):
        if size <= MAX_KEPT_BYTES:
            break
        path.unlink(missing_ok=True)
        size -= stat.st_size
