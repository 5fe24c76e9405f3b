"""Files that are no usable PDF, and words that a reader of the page does not see."""

import subprocess
import sys

import pytest

from sources.intake.extracted import IntakeError
from sources.intake.pdf import MAX_PAGE_CHARS, MAX_PAGES, extract
from sources.intake.truth import judge, load

from .pdf_writer import show, write
from .test_pdf import CORPUS, FILES

LINE = "Wali kota menerima laporan."
SECRET = "Uang itu tidak ada."
PDF = write([[show(72, 700, LINE)]])
LOCK = f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"


def refusal(data: bytes) -> str:
    with pytest.raises(IntakeError) as caught:
        extract(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no PDF"),
        (b"<html>%PDF</html>", "no PDF"),
        (b"PK\x03\x04" + b"\0" * 3000, "no PDF"),
        (PDF[: len(PDF) // 2], "cut short"),
        (b"%PDF-1.7\nnothing\n%%EOF", "damaged"),
        (b"%PDF-1.7\n" + b"\0\xff" * 9000 + b"\n%%EOF", "damaged"),
        (write([]), "damaged"),
        (write([[show(72, 700, LINE)]], trailer=LOCK), "encrypted"),
        (write([[show(72, 700, LINE)]], size=(14400, 14400)), "Page 1 is 5.1 metres large"),
        (write([[]] * (MAX_PAGES + 1)), f"{MAX_PAGES + 1} pages"),
        (write([[show(72, 4 * y, "ab" * 150, size=2) for y in range(180)]]), f"at most {MAX_PAGE_CHARS} can be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_file_that_cannot_be_read_says_so_in_a_sentence(data, message):
    said = refusal(data)
    assert message in said
    assert said.endswith(".")


def outcome(data: bytes) -> str:
    """The text, or the sentence that refuses the file."""
    try:
        return extract(data).text
    except IntakeError as error:
        return str(error)


def test_any_broken_part_of_a_pdf_is_read_or_refused():
    data = (FILES / "two-column.pdf").read_bytes()
    broken = [data[:start] + b"\0" * 40 + data[start + 40 :] for start in range(0, len(data), 97)]
    outcomes = list(map(outcome, broken))
    assert "This PDF is damaged and cannot be opened." in outcomes
    assert sum("Audit menemukan" in each for each in outcomes) > 3


@pytest.mark.parametrize(
    "secret",
    [
        [show(72, 600, SECRET, extra="3 Tr")],
        [show(72, 600, SECRET, extra="7 Tr")],
        [show(72, 600, SECRET, extra="1 1 1 rg")],
        [show(72, -40, SECRET)],
        [show(700, 600, SECRET)],
        [show(72, 600, SECRET, size=0.5)],
        [show(72, 600, SECRET), "0 g 60 590 400 30 re f"],
        [show(72, 600, SECRET), "1 g 60 590 400 30 re f"],
    ],
    ids=["invisible", "clipping", "white", "below", "beside", "tiny", "black over it", "white over it"],
)
def test_words_that_nobody_sees_are_left_out_and_told(secret):
    extracted = extract(write([[show(72, 700, LINE)], [show(72, 700, LINE[::-1]), *secret]]))
    assert "Uang" not in extracted.text
    seen = len(SECRET.replace(" ", ""))
    assert extracted.notes == (f"{seen} characters that a reader of the page does not see were left out (pages: 2).",)


@pytest.mark.parametrize(
    "ground",
    ["0 0 0.5 rg 60 590 400 30 re f", "1 1 0 rg 60 590 400 30 re f"],
    ids=["white on blue", "white on yellow"],
)
def test_white_words_on_a_coloured_ground_are_seen(ground):
    extracted = extract(write([[show(72, 700, LINE), ground, show(72, 600, SECRET, extra="1 1 1 rg")]]))
    assert SECRET in extracted.text
    assert not extracted.notes


def test_an_invisible_text_layer_is_kept_but_always_doubtful():
    extracted = extract(write([[show(72, 700, LINE, extra="3 Tr")]]))
    assert extracted.text == LINE + "\n"
    assert "read by machine" in extracted.notes[0]
    assert judge(load(extracted.layout), (0, 4)).reasons == ("The text of this page was read by machine.",)


def test_a_scan_without_words_says_so():
    extracted = extract(next((CORPUS / "files").glob("06-*.pdf")).read_bytes())
    assert (extracted.text, extracted.pages) == ("", (0,))
    assert extracted.notes == ("These pages have no text, only pictures or nothing: 1.",)


def test_the_page_map_and_what_the_file_says_of_itself():
    extracted = extract(next((CORPUS / "files").glob("01-*.pdf")).read_bytes())
    assert len(extracted.pages) == 8
    assert extracted.pages[0] == 0
    starts = [extracted.text[start : start + 20] for start in extracted.pages]
    assert len(set(starts)) == 1  # the header
    assert extracted.metadata["Title"] == "Putusan Nomor 12/Pid.Sus-TPK/2031/PN Mrw"
    assert (extracted.media_type, extracted.extractor) == ("application/pdf", "pypdfium2")


def test_a_dense_form_of_fifty_pages_stays_under_two_seconds_and_300_megabytes_a_page():
    script = (
        "import re, time, django; django.setup()\n"
        "from sources.intake.pdf import extract\n"
        "from tests.sources.intake.pdf_writer import show, write\n"
        "place = lambda p, r, c: (40 + c * 43 + (r * 7 + c * 5 + p) % 13 - 6, 800 - r * 10.8)\n"
        "cell = lambda p, r, c: show(*place(p, r, c), f'{r}{c}{p}ab', size=7)\n"
        "data = write([[cell(p, r, c) for r in range(70) for c in range(12)] for p in range(50)])\n"
        "start = time.process_time(); extract(data)\n"
        # not ru_maxrss, which a new process takes over from the one that started it
        "peak = int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) / 1024\n"
        "print((time.process_time() - start) / 50, peak)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 2
    assert megabytes < 300
