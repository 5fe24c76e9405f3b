"""The words of PDFs: found where a reader sees them, true where geometry says so, never read across columns."""

import json
from functools import cache
from pathlib import Path

import pytest

from sources.intake.pdf import extract

from .finding import Text

CORPUS = Path(__file__).parents[2] / "second_corpus"
FILES = Path(__file__).parent / "files"
KEY = [json.loads(line) for line in (CORPUS / "key.jsonl").read_text().splitlines()]
# The scan has no words
QUOTES = [fact for fact in KEY if fact["file"].endswith(".pdf") and not fact["file"].startswith("06")]


@cache
def text_of(path: Path) -> Text:
    return Text(extract(path.read_bytes()))


@pytest.mark.parametrize("fact", QUOTES, ids=lambda fact: fact["id"])
def test_every_quote_of_the_second_corpus_is_true_on_its_page(fact):
    text = text_of(CORPUS / "files" / fact["file"])
    pages = {
        tuple(dict.fromkeys(rectangle.page for rectangle in judgement.rectangles))
        for judgement in text.judgements(fact["quote"])
        if judgement.state == "true"
    }
    assert tuple(map(int, str(fact["page"]).split("-"))) in pages


@pytest.mark.parametrize(
    "words",
    [
        "PPK tidak melakukan Tanggapan Kepala Dinas. Kepala Diskominfosan",
        "Penawaran yang digugurkan kontrak.",
        "papan yang belum menyala disebabElektra karena tidak melampirkan surat dukungan",
        "Sensor PM2,5 dan PM10 24 titik 15 titik 1.063.200.000,00",
    ],
)
def test_words_of_two_columns_are_never_one_sentence(words):
    text = text_of(CORPUS / "files/02-lhp-temuan-7-papan-digital.pdf")
    assert text.best(words) in ("nowhere", "stitched")
