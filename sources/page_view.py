"""The page on which the words of an excerpt stand, with their rectangles, for the eye of a curator."""

from bisect import bisect_right
from dataclasses import dataclass

from django.template.loader import render_to_string

from .intake import files
from .intake.page_images import page_count
from .intake.truth import load
from .models import Capture, Excerpt
from .page_boxes import PageBox, boxes, page_sizes
from .page_checks import check_of


@dataclass(frozen=True)
class ShownPage:
    """A page and where the words stand on it; without size and boxes where nobody knows where they stand."""

    number: int
    size: tuple[float, float] | None
    boxes: list[PageBox]


def page_view(excerpt: Excerpt) -> str:
    """Return the page as HTML: what is said of the words there, who compared them, and the image with rectangles."""
    capture = excerpt.capture
    has_file = page_count(capture) > 0 and files.path_of(capture.file).is_file()
    context = {
        "capture": capture,
        "check": check_of(excerpt),
        "has_pages": page_count(capture) > 0,
        "pages": pages_of(capture, excerpt) if has_file else [],
    }
    return render_to_string("admin/desk/page_view.html", context)


def pages_of(capture: Capture, excerpt: Excerpt) -> list[ShownPage]:
    """Return the pages on which an excerpt stands."""
    if capture.layout is None:
        return [ShownPage(bisect_right(capture.page_map, excerpt.start), None, [])]
    layout = load(bytes(capture.layout))
    found = boxes(layout, [(excerpt.start, excerpt.end)])
    sizes = page_sizes(layout)
    numbers = dict.fromkeys(box.page for box in found)
    return [ShownPage(each, sizes[each - 1], [box for box in found if box.page == each]) for each in numbers]
