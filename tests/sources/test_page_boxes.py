"""Boxes of words in percent of their page, as viewers show it."""

import pytest

from sources.intake.pdf import extract
from sources.intake.truth import load
from sources.page_boxes import boxes, page_sizes
from tests.sources.intake.pdf_writer import show, write

# A4, one line at the left of the upper half and one in the lower
LINES = [show(59.5, 757.8, "Saksi melihat uang tunai"), show(59.5, 84.2, "di rumah terdakwa.")]


def read(*pages, **options):
    reading = extract(write(list(pages), **options))
    return reading.text, load(reading.layout)


def test_a_box_is_in_percent_of_its_page():
    _text, layout = read(LINES)
    [(width, height)] = page_sizes(layout)
    assert (round(width), round(height)) == (595, 842)
    [box] = boxes(layout, [(0, len("Saksi"))])
    assert box.page == 1
    assert box.left == pytest.approx(10, abs=0.5)
    assert box.top < 10 < box.top + box.height, "the baseline stands at a tenth of the page, or just below"
    assert 3 < box.width < 8


def test_each_line_of_each_span_has_a_box_in_their_order():
    text, layout = read(LINES, LINES)
    second = text.rindex("di rumah")
    found = boxes(layout, [(second, second + 8), (0, text.index("rumah"))])
    assert [box.page for box in found] == [2, 1, 1]
    assert found[1].top < found[2].top
    assert all(0 <= box.left <= box.left + box.width <= 100 for box in found)


def test_nothing_stands_where_no_words_are():
    _text, layout = read(LINES)
    assert boxes(layout, [(10_000, 10_010)]) == []
