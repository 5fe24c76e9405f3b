"""The one parser of numbers: every notation, each reading of an ambiguous one, and never a wrong scale.

amounts.txt and corpus-amounts.jsonl are invented (CC0 1.0): searches with the quotes that they must find, and quotes of
a ruling, an audit, news and tenders with the value that a person reads there.
"""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.number_words import in_words
from sources.numbers import display, numbers_in
from tests.sources.test_numbers import canonical

HERE = Path(__file__).parent
CORPUS: list[dict[str, Any]] = [json.loads(line) for line in (HERE / "corpus-amounts.jsonl").read_text().splitlines()]


def read(text: str) -> dict[str, tuple[str, ...]]:
    """Return the numbers of a text with their readings."""
    return {number.text: number.readings for number in numbers_in(text)}


def values_in(text: str) -> set[str]:
    return {reading for number in numbers_in(text) for reading in number.readings}


def field_cases() -> Iterator[tuple[str, str, bool]]:
    """Yield from amounts.txt: what a quote says, what is typed, and whether that finds it."""
    for line in (HERE / "amounts.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            said, asked = line.split(":", 1)
            found, _mark, not_found = asked.partition("; must NOT be found by:")
            yield from ((said.strip(), typed.strip(), True) for typed in found.split("|"))
            yield from ((said.strip(), typed.strip(), False) for typed in not_found.split("|") if typed)


@pytest.mark.parametrize(("said", "typed", "is_same"), list(field_cases()))
def test_a_sum_is_the_same_in_every_notation_and_no_other(said, typed, is_same):
    assert bool(values_in(said) & values_in(typed)) == is_same


@pytest.mark.parametrize("row", CORPUS, ids=lambda row: row["id"])
def test_a_value_of_the_corpus_stands_in_its_quote_and_in_both_statements(row):
    for name in ("quote", "statement_id", "statement_en"):
        assert row["value"] in values_in(row[name]), row[name]


def test_digits_and_the_words_in_brackets_behind_them_agree():
    pairs = [
        (one, other)
        for row in CORPUS
        for one, other in pairwise(numbers_in(row["quote"]))
        if row["quote"][one.end : other.start] == " (" and not any(map(str.isdigit, other.text))
    ]
    assert len(pairs) >= 8
    assert all(set(one.readings) & set(other.readings) for one, other in pairs)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.409 keluhan", {"1.409": ("1409", "1.409")}),
        ("1,409 complaints", {"1,409": ("1409", "1.409")}),
        ("2,5 miliar", {"2,5 miliar": ("2500000000",)}),
        ("2.5 milyar", {"2.5 milyar": ("2500000000",)}),
        ("7,286 milyar", {"7,286 milyar": ("7286000000000", "7286000000")}),
        ("Rp2.500.000.000,00", {"Rp2.500.000.000,00": ("2500000000",)}),
        ("Rp 2,5 M.", {"Rp 2,5 M": ("2500000000",)}),
        ("Rp2.5M", {"Rp2.5M": ("2500000000",)}),
        ("IDR 2.5M", {"IDR 2.5M": ("2500000000", "2500000")}),
        ("$2.5M", {"$2.5M": ("2500000",)}),
        ("US$2.5m, $489,000", {"US$2.5m": ("2500000",), "$489,000": ("489000",)}),
        ("$2.5B, $1.2T, $500k", {"$2.5B": ("2500000000",), "$1.2T": ("1200000000000",), "$500k": ("500000",)}),
        ("SGD15,000", {"SGD15,000": ("15000",)}),
        ("naik jadi 7.98 M", {"7.98 M": ("7980000000", "7980000")}),
        ("kebagian 1 M", {"1 M": ("1000000000", "1000000")}),
        ("2,1 T", {"2,1 T": ("2100000000000",)}),
        ("APBN 7 T, kelas 7T, tahun 2031 T", {"7 T": ("7000000000000",), "2031": ("2031",)}),
        ("Rp 2,5 m; rp 1,2t", {"Rp 2,5 m": ("2500000000",), "rp 1,2t": ("1200000000000",)}),
        ("lebar 2,5 m", {"2,5": ("2.5",)}),
        ("1/2 miliar, 3/4 persen", {"1/2 miliar": ("500000000",), "3/4 persen": ("0.75",)}),
        ("1/2/2030, UU 23/2014", {"1": ("1",), "2": ("2",), "2030": ("2030",), "23": ("23",), "2014": ("2014",)}),
        ("½ juta, 2½ juta", {"½ juta": ("500000",)}),
        ("434 setengah juta", {"434 setengah juta": ("434500000",)}),
        ("2 ratus juta", {"2 ratus juta": ("200000000",)}),
        ("2 ratus lima puluh ribu", {"2 ratus lima puluh ribu": ("250000",)}),
        ("Rp2,795 triliun", {"Rp2,795 triliun": ("2795000000000000", "2795000000000")}),
        ("350jt, 45 rb, 45ribu", {"350jt": ("350000000",), "45 rb": ("45000",), "45ribu": ("45000",)}),
        ("52,09 persen; 52.09%", {"52,09 persen": ("52.09",), "52.09%": ("52.09",)}),
        ("500km pipa, 500 km", {"500": ("500",)}),
        ("Rp2-3 miliar", {"Rp2": ("2000000000", "2"), "3 miliar": ("3000000000",)}),
        ("antara 2 dan 3 juta", {"2": ("2000000", "2"), "3 juta": ("3000000",)}),
        ("10–15%", {"10": ("10",), "15%": ("15",)}),
        ("1 juta dan 2 juta", {"1 juta": ("1000000",), "2 juta": ("2000000",)}),
        ("2 miliar 350 juta rupiah", {"2 miliar 350 juta rupiah": ("2350000000",)}),
        ("minus 0,5 persen", {"0,5 persen": ("-0.5",)}),
        ("turun -4", {"4": ("4", "-4")}),
        ("2019 dua ribu orang", {"2019": ("2019",), "dua ribu": ("2000",)}),
        ("tahun 2021-2022, 02", {"2021": ("2021",), "2022": ("2022",), "02": ("2",)}),
    ],
)
def test_digits_are_read_in_every_notation(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dua koma lima miliar", "2500000000"),
        ("dua setengah miliar", "2500000000"),
        ("two and a half billion", "2500000000"),
        ("2 koma 5 miliar", "2500000000"),
        ("half a million", "500000"),
        ("setengah juta", "500000"),
        ("setengah", "0.5"),
        ("dua puluh", "20"),
        ("dua puluh satu", "21"),
        ("twenty-one", "21"),
        ("lebih dari satu juta", "1000000"),
        ("seratus lima belas ribu", "115000"),
        ("one hundred and five thousand", "105000"),
        ("dua miliar lima ratus\njuta rupiah", "2500000000"),
        ("enam ratus delapan puluh empat juta lima ratus ribu rupiah", "684500000"),
        ("tujuh koma nol lima persen", "7.05"),
        ("dua puluh lima koma tujuh puluh lima persen", "25.75"),
    ],
)
def test_words_are_read(text, value):
    assert [number.readings for number in numbers_in(text)] == [(value,)]


def test_numbers_in_words_that_follow_each_other_stay_apart():
    assert list(read("dua tiga hari, dua puluh tiga puluh, seratus dua ratus").values()) == [
        *(("2",), ("3",), ("20",), ("30",), ("100",), ("200",))
    ]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ke-36",
            "abad ke-21",
            "3rd",
            "kedua",
            "pertama",
            "1.2.3",
            "8.8.2030",
            "4G",
            "H2O",
            "12B",
            "1.409.5",
            "2031a",
        ),
        *("A1.5", "1.23.456", "Serb", "juta", "puluhan", "tak berangka", "", "9" * 41),
    ],
)
def test_ordinals_codes_sections_and_bare_scales_are_no_numbers(text):
    assert numbers_in(text) == []


def test_a_year_before_an_m_is_not_multiplied():
    assert read("tahun 2031 M") == {"2031": ("2031",)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rp924,6\njuta", "924600000"),
        ("Rp\u00a0924,6\u00a0juta", "924600000"),
        ("2\u2009500\u2009000 jiwa", "2500000"),
        ("2\u202f500\u00a0000", "2500000"),
        ("Rp 2 500 000", "2500000"),
        ("Rp2.500.\n000.000,00", "2500000000"),
        ("Rp2 .500. 000,-", "2500000"),
        ("Rp2.5OO.OOO,OO", "2500000"),
        ("Rpl.25O.000", "1250000"),
        ("2,5 mi-\nliar", "2500000000"),
        ("2,5 mi\u00adliar", "2500000000"),
        ("dua mi\ufffeliar", "2000000000"),
    ],
)
def test_line_ends_spaces_and_misread_letters_break_no_number(text, value):
    [number] = numbers_in(text)
    assert number.readings == (value,)
    assert text[number.start : number.end] == number.text


def test_the_end_of_a_sentence_joins_no_numbers():
    assert read("sebesar Rp1.500. 300 warga") == {"Rp1.500": ("1500",), "300": ("300",)}
    assert read("pada 2019. Dua ratus") == {"2019": ("2019",), "Dua ratus": ("200",)}


def test_unit_currency_and_approximation_stand_beside_a_number():
    about, share, length, sum_ = numbers_in("sekitar Rp2,1 miliar, 35%, 500km dan 250 juta rupiah")
    assert (about.currency, about.is_approximate) == ("Rp", True)
    assert (share.unit, share.is_approximate, length.unit) == ("%", False, "km")
    assert (sum_.text, sum_.currency) == ("250 juta rupiah", "rupiah")
    assert all(number.is_approximate for number in numbers_in("2 jutaan, 1.409-an, about 5, ±7"))


def test_a_sum_ten_times_off_is_no_reading():
    assert "27950000000" not in values_in("Rp2.795.000.000,00")
    assert "2148317450" not in values_in("Rp 21,4 Miliar") | values_in("2.184.317.450,00")
    assert "6000000" not in values_in("Rp924,6 juta")


@given(st.text() | st.text(alphabet="0123456789.,-– \n\u00a0RpUS$%MTkomaribujutseOl", max_size=60))
def test_any_text_is_read_and_every_span_is_its_own(text):
    end = 0
    for number in numbers_in(text):
        assert end <= number.start < number.end <= len(text)
        assert text[number.start : number.end] == number.text
        assert number.readings
        end = number.end


@given(canonical())
def test_what_we_show_is_read_back(value):
    for language in ("id", "en"):
        assert value.lstrip("-") in values_in(display(value.lstrip("-"), language))


@given(canonical())
def test_what_is_said_in_words_is_read_back(value):
    for language in ("id", "en"):
        [number] = numbers_in(in_words(value, language))
        assert number.readings == ("0" if not value.strip("-0.") else value,)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        ("2500000000", "dua miliar lima ratus juta", "two billion five hundred million"),
        ("1409", "seribu empat ratus sembilan", "one thousand four hundred nine"),
        ("1001111", "satu juta seribu seratus sebelas", "one million one thousand one hundred eleven"),
        ("52.09", "lima puluh dua koma nol sembilan", "fifty-two point zero nine"),
        ("-0.5", "minus nol koma lima", "minus zero point five"),
        ("110016", "seratus sepuluh ribu enam belas", "one hundred ten thousand sixteen"),
        ("0", "nol", "zero"),
        ("9" * 19, "", ""),
    ],
)
def test_a_number_is_said_in_words(value, indonesian, english):
    assert (in_words(value, "id"), in_words(value, "en")) == (indonesian, english)
