"""What is read in a file, and what its reader is told: seen words only, in a process of its own."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation
from PIL import ExifTags, Image, ImageDraw, ImageFont

from sources import quotes
from sources.intake import intake
from sources.intake.doubts import Doubt
from sources.intake.extracted import Extracted, IntakeError
from sources.intake.media_types import media_type_of
from sources.intake.truth import judge, load
from tests.sources.intake.made import word, word_body

FONT = Path(__file__).parent.parent.parent.parent / "cases/public/share_card/fonts/NotoSans-Regular.ttf"
CORPUS = Path(__file__).parent.parent.parent / "second_corpus"
READ = ["03-tender-88120431.html", "04a-berita-harian-marawangi.html", "04b-berita-kabarkencana.html"]
READ += ["05-siaran-pers-kejari.docx", "06-surat-sanggahan-scan.pdf", "07b-daftar-kontrak-2029.csv"]
KEY = [json.loads(line) for line in (CORPUS / "key.jsonl").read_text().splitlines()]


def read(path: Path) -> tuple[Extracted, ...]:
    return intake.extract(path, media_type_of(path, path.name))


def read_bytes(folder: Path, name: str, data: bytes) -> tuple[Extracted, ...]:
    (folder / name).write_bytes(data)
    return read(folder / name)


@pytest.mark.parametrize("name", READ)
def test_the_words_of_the_key_stand_in_every_reading(name):
    wanted = [fact["quote"] for fact in KEY if fact["file"] == name]
    assert wanted
    for reading in read(CORPUS / "files" / name):
        assert [quote for quote in wanted if not quotes.stands_in(quote, reading.text)] == []


def test_a_scan_says_that_it_was_read_by_machine():
    (reading,) = read(CORPUS / "files" / "06-surat-sanggahan-scan.pdf")
    assert reading.extractor == "tesseract"
    assert "Read by machine" in reading.notes[0]
    assert reading.pages == (0,)


def photo(turned: int) -> tuple[bytes, dict[str, tuple[int, int, int, int]]]:
    """A photo whose camera was held in one of the eight ways of EXIF, and where its words stand for a viewer."""
    image, boxes = Image.new("L", (1000, 700), "white"), {}
    brush, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 48)
    for place, text in (((90, 80), "Saksi melihat uang"), ((90, 300), "tunai di rumah terdakwa")):
        brush.text(place, text, fill="black", font=font)
        boxes[text] = brush.textbbox(place, text, font=font)
    exif, made = Image.Exif(), io.BytesIO()
    exif[ExifTags.Base.Orientation] = turned
    back = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[turned]
    (image.transpose(back) if back is not None else image).save(made, "JPEG", exif=exif, quality=95)
    return made.getvalue(), boxes


@pytest.mark.parametrize("turned", [1, 3, 6, 8])
def test_where_words_stand_on_a_photo_is_known_however_the_camera_was_held(tmp_path, turned):
    data, boxes = photo(turned)
    (reading,) = read_bytes(tmp_path, "foto.jpg", data)
    layout = load(reading.layout)
    assert (layout.sheets[0].width, layout.sheets[0].height) == (3600, 2520)
    for text, box in boxes.items():
        start = reading.text.index(text)
        judgement = judge(layout, (start, start + len(text)))
        assert (judgement.state, judgement.doubts) == ("doubtful", (Doubt.MACHINE,))
        (found,) = judgement.rectangles
        assert found[1:] == pytest.approx([edge * 72 / 200 for edge in box], abs=6)


def test_a_part_of_a_line_has_the_box_of_its_own_words(tmp_path):
    (reading,) = read_bytes(tmp_path, "foto.jpg", photo(1)[0])
    whole, part = (reading.text.index(words) for words in ("Saksi melihat uang", "uang"))
    layout = load(reading.layout)
    line, word = (judge(layout, span).rectangles[0] for span in ((whole, whole + 18), (part, part + 4)))
    assert line.left < word.left < word.right == line.right


def test_where_tesseract_is_not_installed_that_is_said(monkeypatch):
    monkeypatch.setitem(intake.NO_SECRETS, "PATH", "/nowhere")
    with pytest.raises(IntakeError, match="which is not installed on this server"):
        read(CORPUS / "files" / "06-surat-sanggahan-scan.pdf")


@pytest.mark.parametrize(
    ("data", "encoding", "notes"),
    [
        ("Putusan “Jum’at”".encode(), "utf-8", 0),
        ("\ufeffPutusan “Jum’at”".encode(), "utf-8", 0),
        ("Putusan “Jum’at”".encode("utf-16"), "utf-16-le", 0),
        ("\ufeffPutusan “Jum’at”".encode("utf-16-be"), "utf-16-be", 0),
        ("Putusan “Jum’at”".encode("utf-16-le"), "utf-16-le", 1),
        ("Putusan “Jum’at”".encode("windows-1252"), "windows-1252", 1),
    ],
)
def test_a_text_is_decoded_and_a_guess_is_said(tmp_path, data, encoding, notes):
    (reading,) = read_bytes(tmp_path, "a.txt", data)
    assert (reading.text, reading.version, len(reading.notes)) == ("Putusan “Jum’at”", encoding, notes)


def test_the_line_ends_of_a_text_stay(tmp_path):
    assert read_bytes(tmp_path, "a.txt", b"Satu\r\n\r\ndua  \n")[0].text == "Satu\r\n\r\ndua  \n"


HIDDEN_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Judul</title><style>
  /* .seen { display: none } */ .off, #gone { display : none } .art p.x { visibility:hidden }
  @media print { .seen { display: none } } @media (max-width: 600px) { .seen { display: none } }
</style></head><body>
<p class="seen">Dilihat satu.</p><p class="off">Sembunyi A</p><p id="gone">Sembunyi B</p>
<div class="art"><p class="x">Sembunyi C</p><p>Dilihat <b>dua</b>.</p></div>
<p style="position:absolute; left:-9999px">Sembunyi D</p><p hidden>Sembunyi E</p>
<span style="font-size:0">Sembunyi F</span>
<p style="color:#fff">Sembunyi G</p><p style="opacity: 0">Sembunyi H</p><p style="opacity:0.9">Dilihat tiga.</p>
<p style="color:#fff; background:#000">Dilihat empat.</p><p style="background:#000; display:none">Sembunyi M</p>
<script>var a = "Sembunyi I"</script><noscript>Sembunyi J</noscript><template>Sembunyi K</template><!-- Sembunyi L -->
<table><tr><th>Nama</th><td>PT  Misal</td></tr></table><pre>satu
  dua</pre>Ekor.
</body></html>"""


def test_what_a_web_page_hides_is_in_neither_reading(tmp_path):
    readings = read_bytes(tmp_path, "a.html", HIDDEN_PAGE.encode())
    assert not any("Sembunyi" in reading.text for reading in readings)
    visible = readings[0]
    lines = [
        "Dilihat satu.",
        "Dilihat dua.",
        "Dilihat tiga.",
        "Dilihat empat.",
        "Nama\tPT Misal",
        "satu",
        "dua",
        "Ekor.",
    ]
    assert visible.text.split("\n") == lines
    assert "Text that the page hides was left out: 9 passages." in visible.notes
    assert visible.metadata["title"] == "Judul"


TRACKED = """
<w:p><w:r><w:t xml:space="preserve">Jaksa menuntut </w:t></w:r>
<w:del w:author="B"><w:r><w:delText>lima</w:delText></w:r></w:del>
<w:ins w:author="B"><w:r><w:t>tujuh</w:t></w:r></w:ins>
<w:r><w:t xml:space="preserve"> tahun</w:t></w:r><w:hyperlink><w:r><w:t>.</w:t></w:r></w:hyperlink></w:p>
<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Rahasia</w:t></w:r>
<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>Putih</w:t></w:r>
<w:r><w:t>Tampak</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Denda</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>Rp300 juta</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:trPr><w:del w:author="B"/></w:trPr><w:tc><w:p><w:r><w:t>Baris hapus</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>
<w:r><w:t>Kotak</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>Kotak</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>
"""


def test_words_that_tracked_changes_put_in_are_read_and_said(tmp_path):
    (reading,) = read_bytes(tmp_path, "a.docx", word_body(TRACKED))
    assert reading.text == "Jaksa menuntut tujuh tahun.\nTampak\nDenda\tRp300 juta\nKotak"
    assert reading.notes == (
        "1 passage was put in by tracked changes; it stands in the text.",
        "2 passages were taken out by tracked changes; they were left out of the text.",
        "Hidden or white text was left out: 2 passages.",
    )
    assert reading.metadata["tracked changes"] == "3"


def test_a_word_file_says_who_saved_it(tmp_path):
    (reading,) = read_bytes(tmp_path, "a.docx", word("Isi.", title="Siaran Pers", author="Budi"))
    assert (reading.metadata["title"], reading.metadata["author"]) == ("Siaran Pers", "Budi")


def test_a_file_is_refused_in_the_language_of_the_curator(tmp_path):
    with translation.override("id"), pytest.raises(IntakeError) as refused:
        read_bytes(tmp_path, "a.txt", b" \n")
    assert str(refused.value) == translation_of("It holds no words.")


def translation_of(sentence: str) -> str:
    with translation.override("id"):
        return str(translation.gettext(sentence))


PROBE = """
import os, sys
from pathlib import Path
from sources.intake.reader import run
def extract(path):
    {body}
sys.exit(run(extract))
"""


def probe(tmp_path: Path, body: str) -> subprocess.CompletedProcess[bytes]:
    """What happens to an extractor that does this."""
    command = [sys.executable, "-c", PROBE.format(body=body), str(tmp_path), "en"]
    return subprocess.run(command, capture_output=True, cwd=intake.ROOT, env=intake.NO_SECRETS, timeout=60)


def test_an_extractor_that_eats_memory_is_refused_in_a_sentence(tmp_path):
    done = probe(tmp_path, "return bytearray(8 << 30)")
    assert (done.returncode, done.stdout.decode()) == (3, "Reading it takes more memory than a file may.")


def test_an_extractor_writes_no_large_file(tmp_path):
    done = probe(tmp_path, "(path / 'x').write_bytes(bytes(65 << 20))")
    assert done.returncode not in (0, 3)
    assert (tmp_path / "x").stat().st_size <= 64 << 20


def test_an_extractor_has_a_limit_of_time(tmp_path):
    done = probe(tmp_path, "import resource; print(resource.getrlimit(resource.RLIMIT_CPU), flush=True); os._exit(0)")
    assert done.stdout == b"(60, 60)\n"


def test_an_extractor_that_does_not_come_back_is_stopped(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Kata.")
    with pytest.raises(IntakeError, match="took too long"):
        intake.in_own_process("plain", tmp_path / "a.txt", seconds=0.01)


def test_an_extractor_knows_no_secret_of_ours(tmp_path):
    os.environ.setdefault("CASEDB_SECRET_KEY_OF_A_TEST", "x")
    done = probe(tmp_path, "print([n for n in os.environ if 'CASEDB' in n or 'DJANGO' in n], flush=True); os._exit(0)")
    assert done.stdout == b"[]\n"
