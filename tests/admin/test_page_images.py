"""Images of the pages of a copy: drawn in bounds, private words painted over, for the desk only, gone with the file."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from PIL import Image

from sources.intake import draw, files, page_images
from sources.intake.extracted import IntakeError
from sources.intake.intake import extract
from sources.intake.truth import load
from sources.models import Capture, PrivateSpan
from sources.page_boxes import boxes
from tests.admin.conftest import at_the_desk
from tests.factories import make_source
from tests.sources.intake.pdf_writer import show, write

pytestmark = pytest.mark.django_db
LINES = [show(72, 760, "Saksi Melati melihat uang tunai", size=14), show(72, 700, "di rumah terdakwa.", size=14)]


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.CASEDB_FILES_DIR = tmp_path / "files"


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def kept(data: bytes, media_type: str = "application/pdf", **fields: Any) -> Capture:
    """A copy of a file as the desk keeps it, with its first reading."""
    name, sha256, size = files.store([data])
    reading = extract(files.path_of(name), media_type)[0]
    return Capture.objects.create(
        source=fields.pop("source", None) or make_source(),
        text=reading.text,
        text_sha256=sha256_of(reading.text),
        text_length=len(reading.text),
        media_type=media_type,
        file=name,
        file_sha256=sha256,
        file_size=size,
        extractor=reading.extractor,
        page_map=list(reading.pages),
        layout=reading.layout,
        **fields,
    )


def png(width: int = 1200, height: int = 800) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(made, "PNG")
    return made.getvalue()


def scan(width: int = 1200, height: int = 800, **fields: str) -> Capture:
    """A copy of an image as if tesseract had read it."""
    name, sha256, size = files.store([png(width, height)])
    about = {"file": name, "file_sha256": sha256, "file_size": size, "media_type": "image/png", "page_map": [0]}
    return Capture.objects.create(
        source=make_source(),
        text="Saksi Melati",
        text_sha256=sha256_of("Saksi Melati"),
        text_length=12,
        extractor="tesseract",
        **about,
        **fields,
    )


def hide(capture: Capture, words: str) -> None:
    start = capture.text.index(words)
    PrivateSpan.objects.create(capture=capture, start=start, end=start + len(words))


def address(capture: Capture, number: int = 1) -> str:
    return reverse("admin:sources_capture_page", args=[capture.pk, number])


def image_of(response: Any) -> Image.Image:
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    return Image.open(io.BytesIO(response.content)).convert("L")


def darkness(image: Image.Image, capture: Capture, words: str) -> float:
    """How much of the box of some words is dark."""
    start = capture.text.index(words)
    [box] = boxes(load(capture.layout), [(start, start + len(words))])
    edges = (box.left, box.top, box.left + box.width, box.top + box.height)
    part = image.crop([round(each * side / 100) for each, side in zip(edges, image.size * 2, strict=True)])
    return sum(part.histogram()[:64]) / (part.width * part.height)


def without_sight(user: User) -> Any:
    """The desk of somebody who may view copies, but not what is private in them."""
    user.groups.clear()
    user.user_permissions.add(Permission.objects.get(codename="view_capture"))
    return at_the_desk(User.objects.get(pk=user.pk))


def test_a_page_of_a_pdf_is_an_image_that_nobody_else_keeps(desk):
    capture = kept(write([LINES, LINES]))
    response = desk.get(address(capture, 2))
    image = image_of(response)
    assert image.size == (992, 1404)
    assert response["Cache-Control"].startswith("private, no-store")
    assert 0.02 < darkness(image, capture, "uang tunai") < 0.6
    assert desk.get(address(capture, 3)).status_code == 404
    assert desk.get(address(capture, 0)).status_code == 404
    assert desk.post(address(capture)).status_code == 405


def test_only_who_may_view_copies_sees_their_pages(desk, curator, client):
    capture = kept(write([LINES]))
    assert client.get(address(capture)).status_code == 302
    curator.groups.clear()
    assert desk.get(address(capture)).status_code == 403


def test_private_words_are_painted_over_in_the_pixels(desk, curator):
    capture = kept(write([LINES]))
    hide(capture, "Melati")
    assert darkness(image_of(desk.get(address(capture))), capture, "Melati") < 0.6, "a curator may see them"
    image = image_of(without_sight(curator).get(address(capture)))
    assert darkness(image, capture, "Melati") > 0.99
    assert darkness(image, capture, "melihat") < 0.6


def test_where_nobody_knows_where_private_words_stand_no_page_is_shown(desk, curator):
    capture = scan()
    hide(capture, "Melati")
    assert image_of(desk.get(address(capture))).size == (1200, 800)
    response = without_sight(curator).get(address(capture))
    assert response.status_code == 404
    assert "its pages are not shown to you" in response.content.decode()


def test_a_page_of_other_proportions_than_its_text_is_not_shown_with_private_words(curator, settings):
    capture = kept(write([LINES]))
    hide(capture, "Melati")
    wide = write([LINES], size=(842, 595))
    files.path_of(capture.file).write_bytes(wide)
    response = without_sight(curator).get(address(capture))
    assert (response.status_code, "is not certain" in response.content.decode()) == (404, True)


def test_a_file_that_is_not_at_hand_or_has_no_pages_says_so(desk):
    capture = kept(write([LINES]))
    files.path_of(capture.file).unlink()
    response = desk.get(address(capture))
    assert response.status_code == 404
    assert "is not at hand on this server" in response.content.decode()
    text = kept(b"Kata saja.", "text/plain")
    assert desk.get(address(text)).status_code == 404
    damaged = kept(write([LINES]))
    files.path_of(damaged.file).write_bytes(b"%PDF-1.7 rusak")
    assert "cannot be shown as an image" in desk.get(address(damaged)).content.decode()


def test_pixels_are_clamped(desk):
    width, height = image_of(desk.get(address(scan(6000, 5000)))).size
    assert width * height <= draw.MAX_SHOWN_PIXELS
    assert width / height == pytest.approx(1.2, abs=0.01)
    width, height = image_of(desk.get(address(kept(write([LINES], size=(7000, 7000)))))).size
    assert width * height <= draw.MAX_SHOWN_PIXELS


def test_images_are_kept_within_bounds_and_go_with_the_file(monkeypatch):
    capture = kept(write([LINES, LINES, LINES]))
    first = page_images.page_image(capture, 1, may_see_private=True)
    [image] = files.images_of(capture.file).iterdir()
    assert image.read_bytes() == first
    monkeypatch.setattr(page_images, "MAX_KEPT_BYTES", 2 * len(first))
    for number in (2, 3):
        page_images.page_image(capture, number, may_see_private=True)
    assert {each.name for each in files.images_of(capture.file).iterdir()} == {"2.webp", "3.webp"}
    files.remove(capture.file)
    assert not files.images_of(capture.file).exists()
    with pytest.raises(IntakeError):
        page_images.page_image(capture, 2, may_see_private=True)
