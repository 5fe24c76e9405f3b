"""Sums are found in every notation that people write, and never by a wrong scale."""

import pytest

from cases.search.find import SearchRequest, search
from cases.search.index import index_files
from tests.factories import make_capture, make_case, make_claim, make_excerpt
from tests.search.conftest import paths
from tests.sources.test_numbers_in import field_cases

pytestmark = pytest.mark.django_db
CASES = list(field_cases())
SAID = sorted({said for said, _typed, _is_same in CASES})


@pytest.fixture
def quotes(published):
    """A case for each quote: its address by what is said."""
    return publish_quotes(published, *SAID)


def publish_quotes(published, *said):
    cases = {}
    for number, words in enumerate(said):
        case = make_case(f"Perkara {chr(97 + number) * 4}", claims=0)
        text = f"denda kontrak itu bernilai {words} menurut mereka"
        make_claim(case, make_excerpt(text, make_capture(text=text)), statement_id="Nilainya disebut.", lead=1)
        cases[words] = case
    published(*cases.values())
    return {words: f"cases/{case.slug}" for words, case in cases.items()}


def test_a_sum_is_found_in_each_notation_and_only_there(quotes):
    for said, typed, is_same in CASES:
        assert paths(typed) == ([quotes[said]] if is_same else []), typed


def test_what_is_marked_is_the_whole_sum(quotes):
    for typed, marked in (
        ("2,5 M", "Rp2.500.000.000,00"),
        ("dua setengah miliar", "Rp2.500.000.000,00"),
        ("US$2.5 billion", "Rp2.500.000.000,00"),
        ("(924,6 juta)", "Rp924,6 juta"),
        ('"bernilai 924.600.000 menurut"', "Rp924,6 juta"),
        ("quote:924,6 juta", "Rp924,6 juta"),
    ):
        [hit] = search(SearchRequest(typed)).hits
        assert marked in [piece.text for piece in hit.match.quote if piece.marked], typed


def test_a_part_of_a_sum_or_another_scale_finds_nothing(quotes):
    for typed in (
        "6 juta",
        "924,6",
        "924 juta",
        "924,6 ribu",
        "25 miliar",
        "2,5",
        "250.000.000",
        "3,1",
        "200",
        "20 juta",
    ):
        assert paths(typed) == [], typed


def test_a_sum_can_be_left_out_and_stand_beside_or(quotes):
    every = set(quotes.values())
    assert set(paths("kontrak -3,1 miliar")) == every - {quotes["Rp3,1 miliar"]}
    assert set(paths("3,1 miliar OR 200 juta")) == {quotes["Rp3,1 miliar"], quotes["Rp200.000.000,00"]}


def test_both_readings_of_an_ambiguous_number_are_found(published):
    found = publish_quotes(published, "1.409 keluhan", "7,286 milyar")
    for typed in ("1.409", "1,409", "1409", "seribu empat ratus sembilan"):
        assert paths(typed) == [found["1.409 keluhan"]]
    for typed in ("7.286.000.000", "7.286 miliar", "7.286.000.000.000"):
        assert paths(typed) == [found["7,286 milyar"]]


def test_a_small_number_is_found_in_words_and_in_digits(published):
    found = publish_quotes(published, "3 papan", "tiga unit", "33 titik")
    assert set(paths("tiga")) == set(paths("3")) == {found["3 papan"], found["tiga unit"]}


def test_the_scale_of_a_sum_is_a_word_too(quotes):
    assert set(paths("miliar")) == {quotes["Rp3,1 miliar"]}


def test_without_an_index_a_number_is_looked_for_as_it_is_written(published, monkeypatch):
    case = make_case("Perkara", claims=0)
    make_claim(case, statement_id="Nilainya 924,6 juta.", lead=1)
    published(case)
    monkeypatch.setattr("cases.search.index.sync.MAX_INLINE_BUILD_RECORDS", 0)
    (index_files.root() / index_files.CURRENT).unlink(missing_ok=True)
    found = search(SearchRequest("nilainya 924,6 juta"))
    assert (found.complete, [hit.document.slug for hit in found.hits]) == (False, [case.slug])
