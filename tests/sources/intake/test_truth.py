"""Judging an excerpt: what may stand between its words, and where its rectangles lie."""

import pytest

from sources.intake.pdf import extract
from sources.intake.truth import judge, load, role_at

from .finding import Text
from .pdf_writer import show, write


def page(number: int, *lines: str) -> list[str]:
    """A page with header and footer, and lines of text from the top down."""
    drawn = [show(72, 800, "Direktori Putusan", size=8), show(72, 30, f"Halaman {number} dari 3", size=8)]
    return drawn + [show(72, 740 - 14 * place, line) for place, line in enumerate(lines)]


def place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


PAGES = extract(
    write(
        [
            page(1, "Saksi menerangkan bahwa terdakwa menerima", "uang tunai dari penyedia dan"),
            page(2, "menyimpannya di rumah.", "Saksi kedua tidak tahu."),
            page(3, "Demikian diputuskan."),
        ]
    )
)
LAYOUT = load(PAGES.layout)


def test_a_sentence_over_a_page_break_is_true_as_two_parts():
    parts = place(PAGES.text, "uang tunai dari penyedia dan"), place(PAGES.text, "menyimpannya di rumah.")
    judgement = judge(LAYOUT, *parts)
    assert (judgement.state, judgement.reasons) == ("true", ())
    assert [rectangle.page for rectangle in judgement.rectangles] == [1, 2]


def test_a_sentence_with_the_footer_inside_is_stitched():
    start, end = place(PAGES.text, "penyedia dan")[0], place(PAGES.text, "menyimpannya di rumah.")[1]
    judgement = judge(LAYOUT, (start, end))
    assert judgement.state == "stitched"
    assert judgement.reasons == ("A header, footer or watermark stands inside.",)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Saksi menerangkan", "uang tunai"),
        ("uang tunai dari", "menyimpannya di rumah."),
        ("uang tunai dari penyedia dan", "di rumah."),
        ("uang tunai dari penyedia dan", "Demikian diputuskan."),
        ("menyimpannya di rumah.", "uang tunai dari penyedia dan"),
    ],
)
def test_parts_with_words_left_out_between_are_stitched(first, second):
    judgement = judge(LAYOUT, place(PAGES.text, first), place(PAGES.text, second))
    assert judgement.state == "stitched"
    assert judgement.reasons == ("Words between the parts are left out.",)


def test_headers_and_footers_have_their_roles():
    roles = [role_at(LAYOUT, place(PAGES.text, words)[0]) for words in ("Direktori", "Saksi", "Halaman 1")]
    assert roles == ["header", "body", "footer"]


def test_a_span_without_words_is_stitched():
    assert judge(LAYOUT, (len(PAGES.text) + 5, len(PAGES.text) + 9)).state == "stitched"


def test_a_rectangle_begins_and_ends_with_its_words():
    text = extract(write([[show(100, 700, "satu dua tiga")]]))
    (rectangle,) = judge(load(text.layout), place(text.text, "dua")).rectangles
    # Helvetica: "satu " is 21.7 points wide at 10 points, "dua" 16.7
    assert (rectangle.left, rectangle.right) == (121.7, 138.4)
    assert rectangle.top < 842 - 700 < rectangle.bottom


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rectangles_lie_on_the_page_as_viewers_show_it(quarters, rotation):
    """Whichever way letters and page are turned, the words stand where the page is drawn dark."""
    angle = [(1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)][quarters]
    data = write([[show(300, 400, "Wali kota", size=20, angle=angle)]], page_keys=f"/Rotate {rotation}")
    text = extract(data)
    assert text.text == "Wali kota\n"
    (rectangle,) = judge(load(text.layout), (0, 9)).rectangles
    assert ink(data) == pytest.approx(tuple(rectangle[1:]), abs=7)


def ink(data: bytes) -> tuple[float, float, float, float]:
    """The box of what is dark on the first page as drawn, one pixel to a point."""
    import pypdfium2 as pdfium  # noqa: PLC0415

    with pdfium.PdfDocument(data) as document:
        bitmap = document[0].render(scale=1, grayscale=True)
        rows = [bytes(bitmap.buffer)[y * bitmap.stride :][: bitmap.width] for y in range(bitmap.height)]
    dark = [(x, y) for y, row in enumerate(rows) for x, value in enumerate(row) if value < 128]
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    return min(xs), min(ys), max(xs), max(ys)


def test_a_note_does_not_break_the_text_over_a_page():
    first = page(1, "Saksi menerangkan bahwa terdakwa menerima", "uang tunai dari penyedia dan")
    note = show(72, 60, "1 Lihat putusan lain.", size=7)
    text = Text(extract(write([[*first, note], page(2, "menyimpannya di rumah.", "Tamat.")])))
    assert text.best("uang tunai dari penyedia dan menyimpannya di rumah.") == "true"
    assert text.best("penyedia dan 1 Lihat putusan") == "doubtful"


def test_a_word_broken_at_the_end_of_a_line_is_one_word():
    text = Text(extract(write([page(1, "Terdakwa mengajukan kebera-", "tan atas putusan.")])))
    assert text.best("mengajukan keberatan atas") == "true"


def test_a_gap_as_wide_as_a_column_is_doubtful():
    text = Text(extract(write([[show(72, 700, "Audit menemukan"), show(260, 700, "Dinas membantah")]])))
    (judgement,) = text.judgements("menemukan Dinas")
    assert judgement.state == "doubtful"
    assert judgement.reasons == ("A wide gap stands within a line.",)


def test_a_picture_over_words_is_doubtful():
    image = "q 200 0 0 30 60 690 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q"
    text = Text(extract(write([[show(72, 700, "Wali kota"), image]])))
    assert [judgement.reasons for judgement in text.judgements("kota")] == [("A picture lies over the words.",)]


def test_a_watermark_is_never_part_of_a_sentence():
    turned = show(100, 650, "SALINAN", size=60, angle=(0.7, 0.7, -0.7, 0.7), extra="0.8 g")
    text = Text(extract(write([[turned, *page(1, "Wali kota menerima", "laporan itu.")]])))
    assert text.best("Wali kota menerima laporan itu.") == "true"
    assert text.best("SALINAN") == "doubtful"
