"""Files that were made to harm, to deceive, or that broke on the way: one sentence each, and nothing half-made."""

import io
import struct
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from sources.intake import files
from sources.models import Capture, IncomingFile, Source
from tests.admin.pages import words
from tests.sources.intake.made import upload, with_part, word, word_body

pytestmark = pytest.mark.django_db
INTAKE = "/admin/sources/source/intake/"
MB = 1024 * 1024


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as new:
        for name, content in members:
            new.writestr(name, content)
    return made.getvalue()


def encrypted(data: bytes) -> bytes:
    """The same archive, every part of it flagged as encrypted."""
    data = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, content: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(content)) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def image(kind: str, size: tuple[int, int] = (200, 80), **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new("L", size, 255).save(made, kind, **options)
    return made.getvalue()


def central_directory_lies(data: bytes, size: int) -> bytes:
    """The same archive, its parts said to be `size` bytes long."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    changed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(changed)


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
READS_A_FILE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAGRAPH = "<w:p><w:r><w:t>Kata.</w:t></w:r></w:p>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
WHOLE_PDF = PDF + b"trailer<</Root 1 0 R>>\n%%EOF\n"

# Name, bytes, and a part of the sentence that refuses them
REFUSED: list[tuple[str, Any, str]] = [
    ("kosong.txt", b"", "It is empty"),
    ("spasi.txt", b"  \n\t \n", "It holds no words"),
    ("nul.txt", b"Pengadilan\0Negeri memutus perkara ini pada hari Rabu.", "holds a NUL character at 10"),
    ("nul-jauh.txt", b"Kata. " * 2000 + b"\0", "holds a NUL character at 12000"),
    ("biner.txt", bytes(range(256)) * 20, "none of the kinds"),
    ("program.exe", b"MZ\x90\0\x03\0\0\0" * 100, "none of the kinds"),
    ("setengah.txt", b"\xff\xfeK\0\x3d\xd8a\0", "cut off, or is not utf-16-le"),
    ("terpotong.txt", "Kata 😀".encode("utf-16")[:-1], "cut off, or is not utf-16-le"),
    ("pasangan.txt", "Kata 😀".encode("utf-16")[:-2], "cut off, or is not utf-16-le"),
    ("byte-kosong-1252.txt", b"Kata \x81\x8d lain", "cut off, or is not windows-1252"),
    ("besar.txt", b"a" * (5 * MB + 1), "It has 6 MB; a file of this kind (text) may have 5 MB"),
    ("besar.html", b"<html>" + b"a" * 5 * MB, "It has 6 MB; a file of this kind (HTML) may have 5 MB"),
    ("raksasa.pdf", b"%PDF-" + b"a" * 50 * MB, "It has more than 50 MB"),
    ("samaran.pdf", image("PNG"), "Its name says PDF, but it is PNG"),
    ("samaran.docx", b"%PDF-1.4 " * 20, "Its name says Word (DOCX), but it is PDF"),
    ("samaran.txt", b"<!DOCTYPE html><html><body>Kata</body></html>", "Its name says text, but it is HTML"),
    ("samaran.html", word("Kata."), "Its name says HTML, but it is Word (DOCX)"),
    ("samaran.png", b"Kata biasa saja.", "Its name says PNG, but it is text"),
    ("arsip.zip", archive(("a.txt", b"Kata")), "It is an archive, not a Word file"),
    ("tabel.xlsx", archive(("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")), "an archive, not a Word file"),
    ("lama.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Word file (.doc), or one with a password"),
    ("sandi.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Save it as DOCX without a password"),
    ("surat.rtf", b"{\\rtf1 Kata}", "It is an RTF file"),
    ("terenkripsi.docx", encrypted(word("Kata.")), "It is encrypted"),
    ("terpotong.docx", word("Kata.")[:-300], "cut off or damaged"),
    ("kepala-saja.docx", word("Kata.")[:40], "cut off or damaged"),
    ("isi-rusak.docx", word("Kata.").replace(b"word/document.xml", b"word/documentxxml"), "an archive, not a Word"),
    ("xml-rusak.docx", word_body("<w:p><w:r>"), "It is damaged, or is no Word document"),
    ("bukan-word.docx", archive(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")), "It is damaged"),
    ("bom.docx", with_part(word("x"), "word/media/a.bin", b"\0" * 60 * MB), "unfolds to far more"),
    ("bom-banyak.docx", archive(*[(f"word/{n}", b"") for n in range(2001)]), "more than 2000 parts"),
    ("bom-besar.docx", archive(("word/document.xml", b"\0" * 101 * MB)), "unfolds to far more"),
    ("bohong.docx", central_directory_lies(word("Kata."), 0xFFFFFF0), "unfolds to far more"),
    ("tertawa.docx", word_body("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>", LAUGHS), "It declares entities"),
    ("mencuri.docx", word_body("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", READS_A_FILE), "It declares entities"),
    ("tanpa-kata.docx", word(), "It holds no words"),
    ("terhapus.docx", word_body("<w:p><w:del><w:r><w:delText>Kata.</w:delText></w:r></w:del></w:p>"), "holds no words"),
    ("dalam.docx", word_body("<w:sdt>" * 3000 + PARAGRAPH + "</w:sdt>" * 3000), "It is damaged"),
    ("skrip.html", b"<html><script>alert('Kata')</script><style>b{}</style></html>", "It holds no words"),
    ("tersembunyi.html", b"<html><body><p hidden>Kata</p><p style='display:none'>lain</p></body>", "It holds no words"),
    ("nul.html", b"<html><body>" + b"Kata " * 1000 + b"\0</body></html>", "NUL character"),
    ("dalam.html", b"<html><body>" + b"<div>" * 50_000 + b"Kata", "nested deeper"),
    ("utf16-terpotong.html", "<html><body>Kata</body></html>".encode("utf-16")[:-1], "cut off, or is not utf-16"),
    ("raksasa.png", png(60_000, 60_000), "far more points than a page"),
    ("lebar.png", png(70_000, 1000, b"\0"), "It has 70000 × 1000 points"),
    ("terpotong.png", image("PNG", (900, 900))[:-60], "cut off or damaged"),
    ("terpotong.jpg", image("JPEG", (900, 900))[:700], "cut off or damaged"),
    ("kepala.png", b"\x89PNG\r\n\x1a\n", "damaged"),
    ("kepala.jpg", b"\xff\xd8\xff" + b"\0" * 50, "damaged"),
    ("kepala.tif", b"II*\0\xff\xff\xff\xff", "damaged"),
    ("dua.tif", image("TIFF", save_all=True, append_images=[Image.new("L", (9, 9))]), "It holds several images"),
    ("putih.png", image("PNG"), "reads no words on it"),
    ("dua-dalam-satu.jpg", image("JPEG") + archive(("a.js", b"x")), "It is two files in one"),
    ("dua-dalam-satu.pdf", WHOLE_PDF + archive(("a.js", b"x")), "It is two files in one"),
    ("html-dan.pdf", b"<html><body>" + WHOLE_PDF, "Other bytes stand before the start of its PDF"),
    ("tanpa-halaman.pdf", WHOLE_PDF, "PDF"),
    ("terpotong.pdf", PDF, "The end of this PDF is missing"),
    ("kepala.pdf", b"%PDF-", "The end of this PDF is missing"),
]  # fmt: skip
# Strange and harmless: they are read
READ = [
    ("baris-panjang.txt", b"a" * (5 * MB - 1)),
    ("bidi.txt", "Kata \u202eatak\u202c \u200b lain.".encode()),
    ("utf16.txt", "Putusan “Jum’at”".encode("utf-16")),
    ("utf16be.txt", "Putusan biasa".encode("utf-16-be")),
    ("windows.txt", "“Kutipan” – café".encode("windows-1252")),
    ("../../../etc/passwd", b"Kata."),
    ("<script>alert(1)</script>.txt", b"<script>alert(1)</script>"),
    ("{{ 7|add:7 }}.txt", b"{{ 7|add:7 }} {% now 'Y' %} =1+1"),
    ("tanpa-akhir.html", b"<html><body><p>Kata<table><tr><td>a<td>b"),
    ("x" * 300 + ".txt", b"Kata."),
]


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.CASEDB_FILES_DIR = tmp_path / "files"


def test_there_are_more_than_forty():
    assert len(REFUSED) + len(READ) > 60


@pytest.mark.parametrize(("name", "data", "sentence"), REFUSED, ids=[each[0] for each in REFUSED])
def test_a_hostile_file_is_refused_in_a_sentence_and_leaves_nothing_half_made(desk, name, data, sentence):
    begun = time.monotonic()
    response = desk.post(INTAKE, {"uploads": upload(data, name)}, follow=True)
    assert response.status_code == 200
    assert time.monotonic() - begun < 95
    row = IncomingFile.objects.first()
    said = row.failure if row else words(response)
    assert sentence in said
    assert row is None or (row.state == "failed" and said.endswith(".") and not row.readings)
    assert not Source.objects.exists()
    assert not Capture.objects.exists()
    kept = list(files.path_of("0" * 32).parent.glob("*"))
    assert [each.name for each in kept] == ([row.file] if row else [])


@pytest.mark.parametrize(("name", "data"), READ, ids=[each[0][:30] for each in READ])
def test_a_strange_file_is_read_and_shown_as_words(desk, name, data):
    response = desk.post(INTAKE, {"uploads": upload(data, name)}, follow=True)
    assert response.status_code == 200
    row = IncomingFile.objects.get()
    assert row.state == "ready", row.failure
    assert "/" not in row.file_name
    assert "<script>alert" not in response.content.decode()
    if name.startswith("{{"):
        assert "{{ 7|add:7 }} {% now" in words(response)
