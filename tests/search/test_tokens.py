"""How a text becomes words, and words their stems."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.search.analysis.stems import stem_english, stem_indonesian
from cases.search.analysis.synonyms import synonym_groups, synonyms_of
from cases.search.analysis.tokens import hyphen_compounds, tokenize
from cases.search.highlight import edit_distance

FAMILIES = json.loads((Path(__file__).parent / "word-families.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("*Smart City* di Kota Bekasi", ["smart", "city", "di", "kota", "bekasi"]),
        ("senilai 2,5 miliar itu", ["senilai", "2500000000", "itu"]),
        ("(Rp2.500.000.000,00), 2.5 milyar", ["2500000000", "2500000000"]),
        ("dua miliar lima ratus juta rupiah kepada", ["2500000000", "kepada"]),
        ("Rp924,6 juta", ["924600000"]),
        ("dua orang, satu data", ["dua", "orang", "satu", "data"]),
        ("ke-02, 500km", ["ke", "2", "500", "km"]),
        ("1.409 kasus; 1,409 cases; 1409", ["1409", "kasus", "1409", "cases", "1409"]),
        ("64,80% dan 52.09%", ["64.8", "dan", "52.09"]),
        ("2.500.000.000,50", ["2500000000.5"]),
        ("NOMOR 02 TAHUN 2020", ["nomor", "2", "tahun", "2020"]),
        ("555.8/KEP.231", ["555.8", "kep", "231"]),
        ("0,125", ["0.125"]),
        ("2021-2022", ["2021", "2022"]),
        ("1.2.3", ["1.2.3"]),
        ("PT-Indonesia Comnts Plus (ICON+)", ["pt", "indonesia", "comnts", "plus", "icon", "plus"]),
        ("Qur'an, Jum’at", ["quran", "jumat"]),
        ("Café\u200b \u202enaif", ["cafe", "naif"]),
        ("4G dan e-KTP", ["4g", "dan", "e", "ktp"]),
        ("", []),
        ("*** … 🙂 +", []),
    ],
)
def test_a_text_becomes_words(text, found):
    assert tokenize(text) == found


@given(st.text())
def test_any_text_becomes_words_without_spaces(text):
    for word in tokenize(text):
        assert word
        assert not any(c.isspace() for c in word)


def test_hyphened_words_are_also_one_and_doubled_words_are_not():
    assert hyphen_compounds("Wi-Fi publik, e-government, orang-orang") == ["wifi", "egovernment"]


def test_the_forms_of_a_word_meet():
    apart = [
        (one, other)
        for family in FAMILIES["families"]
        for one, other in combinations(family, 2)
        if not set(stem_indonesian(one)) & set(stem_indonesian(other))
    ]
    assert apart == []


def test_words_of_different_families_do_not_meet():
    named = [(word, number) for number, family in enumerate(FAMILIES["families"]) for word in family]
    named += [(word, f"apart {word}") for word in FAMILIES["apart"]]
    met = [
        (one, other)
        for (one, family), (other, another) in combinations(named, 2)
        if family != another and set(stem_indonesian(one)) & set(stem_indonesian(other))
    ]
    assert met == []


@pytest.mark.parametrize(
    ("one", "other"), [("bribe", "bribes"), ("procurement", "procurements"), ("installed", "installing")]
)
def test_english_forms_meet_and_never_an_indonesian_word(one, other):
    assert stem_english(one) == stem_english(other)
    assert not set(stem_english(one)) & set(stem_indonesian(one))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_every_word_has_a_stem(word):
    assert stem_indonesian(word)
    assert all(stem_indonesian(word))


def test_few_stems_a_word():
    named = [word for family in FAMILIES["families"] for word in family]
    assert sum(len(stem_indonesian(word)) for word in named) / len(named) < 1.6


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [("telkom", "telkon", 1), ("mulyana", "mulayna", 1), ("abc", "abc", 0), ("kota", "kata", 1), ("a", "abcd", 3)],
)
def test_letters_by_which_words_differ(one, other, gap):
    assert edit_distance(one, other, 5) == edit_distance(other, one, 5) == gap


def test_more_than_asked_is_not_counted():
    assert edit_distance("telkom", "bandung", 2) == 3


def test_near_words_are_told_by_language_and_in_every_form():
    assert {(" ".join(near.words), near.form) for near in synonyms_of(("menyuap",))} >= {
        ("sogok", "synonym"),
        ("bribe", "translation"),
    }
    assert ("walikota", "translation") in {(" ".join(near.words), near.form) for near in synonyms_of(("mayor",))}
    assert synonyms_of(("telkom",)) == []


def test_every_group_of_near_words_is_in_both_languages_and_says_what_it_is_for():
    assert all(group["id"] and group["en"] for group in synonym_groups())
    text = (Path(__file__).parents[2] / "cases/search/analysis/data/synonyms.yaml").read_text(encoding="utf-8")
    assert text.count("scope:") == len(synonym_groups())
