"""The pictures of the documentation. `make screenshots` takes them anew; any other run holds them against the pages."""

import os
import re
import struct
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

ROOT = Path(settings.BASE_DIR)
CASE = "/en/cases/cctv-dan-jasa-internet-bandung-smart-city/"
MAX_PICTURE_BYTES = 200_000
SIZE = {"width": 1280, "height": 826}


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height, from the header of a PNG."""
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", head[16:])
    return width, height


def test_the_picture_of_the_readme_is_the_page_of_the_case(visit):
    [(alternative, file)] = re.findall(r"!\[([^\]]+)\]\((docs/images/[\w-]+\.png)\)", (ROOT / "README.md").read_text())
    page = visit(viewport=SIZE).page
    page.goto(CASE)
    assert alternative == f"The page of a case: {page.locator('h1').text_content()}"
    picture = ROOT / file
    if os.environ.get("SCREENSHOTS"):
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)
    assert size_of(picture) == (SIZE["width"], SIZE["height"])
    assert picture.stat().st_size <= MAX_PICTURE_BYTES, "more than a README should make its readers load"
