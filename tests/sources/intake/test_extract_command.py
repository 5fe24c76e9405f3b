"""manage.py extract: the text of a PDF, or where words stand in it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

FILES = Path(__file__).parent / "files"
AUDIT = Path(__file__).parents[2] / "second_corpus/files/02-lhp-temuan-7-papan-digital.pdf"


def extract(*args) -> str:
    out = StringIO()
    call_command("extract", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_it_prints_two_columns_one_after_the_other():
    text = extract(FILES / "two-column.pdf")
    assert text.startswith("— 1 —\nAudit menemukan bahwa panitia\npengadaan menunjuk penyedia\n")
    assert text.index("Nilainya Rp1.409.000.000,00.") < text.index("Dinas membantah temuan itu")


def test_a_quote_over_a_line_end_has_a_rectangle_on_each_line():
    lines = extract(AUDIT, "--quote", "PPK hanya menggunakan satu brosur").splitlines()
    assert lines[0].endswith("page 1: true")
    assert [line.split(":")[0] for line in lines[1:]] == ["  page 1", "  page 1"]


def test_words_of_a_table_are_doubtful_and_say_why():
    lines = extract(AUDIT, "--quote", "Jumlah 2.184.317.450,00").splitlines()
    assert lines[0].endswith("page 1: doubtful")
    assert lines[1] == "  The words stand in a table."


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((FILES / "two-column.pdf", "--quote", "panitia Dinas membantah"), "not in the text"),
        ((FILES / "two-column.pdf", "--quote", " "), "Give words"),
        ((FILES / "none.pdf",), "No such file"),
        ((Path(__file__),), "no PDF"),
    ],
)
def test_what_it_cannot_do_is_one_sentence(args, message):
    with pytest.raises(CommandError, match=message):
        extract(*args)
