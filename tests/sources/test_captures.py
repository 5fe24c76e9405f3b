"""The text of a capture: kept, or at hand in a folder, and in both cases the one whose hash was recorded."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from sources.captures import WrongTextError, text_of
from sources.models import Capture
from tests.factories import make_capture, make_excerpt, make_source
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db
TEXT = "Teks café yang tidak disimpan.\r\nBaris kedua. 😀"


def make_unkept_capture(text: bytes = TEXT.encode()) -> Capture:
    capture = Capture(
        source=make_source(), text_sha256=hashlib.sha256(text).hexdigest(), text_length=45, file_name="teks.txt"
    )
    capture.full_clean()
    capture.save()
    return capture


def test_a_kept_text_is_counted_and_hashed():
    capture = make_capture(text="café 😀")
    assert capture.text_length == len(capture.text)
    assert capture.text_sha256 == hashlib.sha256(capture.text.encode()).hexdigest()
    assert text_of(capture) == capture.text


def test_a_text_that_is_not_kept_is_read_from_the_folder_untouched(tmp_path, settings):
    capture = make_unkept_capture()
    (tmp_path / "teks.txt").write_bytes(TEXT.encode())
    assert text_of(capture, tmp_path) == TEXT, "line ends stay as they are"
    settings.CASEDB_DOCUMENTS = str(tmp_path)
    assert text_of(capture) == TEXT


def test_a_text_that_is_nowhere_is_none(tmp_path, settings):
    settings.CASEDB_DOCUMENTS = None
    assert text_of(make_unkept_capture()) is None
    assert text_of(Capture.objects.get(), tmp_path) is None


def test_a_file_with_another_hash_is_refused(tmp_path):
    (tmp_path / "teks.txt").write_bytes(TEXT.encode() + b" ")
    with pytest.raises(WrongTextError, match=r"teks\.txt does not have the SHA-256"):
        text_of(make_unkept_capture(), tmp_path)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "teks.txt").write_bytes(b"caf\xe9")
    with pytest.raises(WrongTextError, match="UTF-8"):
        text_of(make_unkept_capture(b"caf\xe9"), tmp_path)


def test_a_kept_text_that_was_changed_behind_our_back_is_refused():
    capture = make_capture()
    with triggers_off():
        Capture.objects.update(text="Teks lain sama sekali.")
    with pytest.raises(WrongTextError, match="does not have the SHA-256"):
        text_of(Capture.objects.get(pk=capture.pk))


def test_the_file_name_cannot_lead_out_of_the_folder(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "teks.txt").write_bytes(TEXT.encode())
    capture = make_unkept_capture()
    capture.file_name = "../teks.txt"
    assert text_of(capture, inside) is None


def test_a_capture_needs_its_text_or_hash_and_length():
    with pytest.raises(ValidationError, match="SHA-256 and its length"):
        Capture(source=make_source(), text_sha256="0" * 64).full_clean()
    with pytest.raises(ValidationError, match="64 hexadecimal"):
        Capture(source=make_source(), text_sha256="F" * 64, text_length=1).full_clean()


def test_a_capture_and_an_excerpt_are_written_once():
    excerpt = make_excerpt()
    for row in (excerpt, excerpt.capture):
        with pytest.raises(ValidationError, match="written once"):
            row.save()
