"""The hard words: each has both languages and a source, and is found as a whole word in either."""

import pytest

from cases.vocabularies.hard_words import HardWord, hard_words, hard_words_in
from tests.public.conftest import CASE, read, text_of

LANGUAGES = ("id", "en")


def codes(*texts: str) -> list[str]:
    return [word.code for word in hard_words_in(texts)]


@pytest.mark.parametrize("word", hard_words(), ids=lambda word: word.code)
def test_each_has_a_name_a_meaning_and_a_source_in_both_languages_on_one_line(word: HardWord):
    for field in (word.name, word.meaning, word.source):
        assert set(field) == set(LANGUAGES)
        assert all(text.strip() == text and text and "\n" not in text for text in field.values())
    assert all(len(text) <= 200 and text.endswith(".") for text in word.meaning.values())
    assert set(word.forms) == set(LANGUAGES)
    assert word.folded_forms
    assert not any("–" in form for form in word.folded_forms), "a hyphen stands for any dash"


@pytest.mark.parametrize("word", hard_words(), ids=lambda word: word.code)
def test_each_form_finds_its_word_whole_in_whatever_case_and_never_within_another(word: HardWord):
    for form in word.folded_forms:
        for text in (form, f"({form.upper()}),", f"“{form.capitalize()}”"):
            assert word.code in codes(text), text
        assert word.code not in codes(f"x{form}x", f"{form}nya") or _has_longer_form(word, form)


def _has_longer_form(word: HardWord, form: str) -> bool:
    return any(other != form and other in f"x{form}x {form}nya" for other in word.folded_forms)


def test_codes_and_forms_are_each_given_once():
    assert len({word.code for word in hard_words()}) == len(hard_words())
    forms = [form for word in hard_words() for form in set(word.folded_forms)]
    assert len(set(forms)) == len(forms)


def test_a_dash_line_ends_and_italics_do_not_hide_a_word():
    assert codes("hubungan patron–klien") == codes("Potensi Hubungan *Patron*-klien") == ["patron-client"]
    assert codes("Corporate Social\nResponsibility") == ["csr"]
    assert codes("suapan, dibribe") == []


@pytest.mark.usefixtures("seeded")
class TestOnPages:
    def test_a_page_explains_the_words_of_its_own_statements_and_quotations_only(self, client):
        page = text_of(read(client, CASE))
        told = page[page.rindex("What the words mean" if "What the words mean" in page else "Arti kata") :]
        for name in ("Gratifikasi", "Patron–klien", "Suap"):
            assert name in told, name
        assert "TJSL / CSR" not in told
        assert "Gratification (gratifikasi)" in text_of(read(client, f"/en{CASE}"))

    def test_the_page_of_an_actor_explains_those_of_the_statements_that_name_it(self, client):
        page = text_of(read(client, "/en/actors/yana-mulyana/"))
        assert "What the words mean" in page
        assert "Patron–client a two-way relationship" in page

    def test_a_statement_alone_explains_its_own_words(self, client):
        page = read(client, f"/en{CASE}")
        holiday = page[page.index("holiday travel to Thailand") :]
        claim = text_of(read(client, f"/en/claims/{holiday.split('/en/claims/')[1][:36]}/"))
        assert "Gratification (gratifikasi)" in claim
        assert "Patron–client" not in claim
