"""Suggestions while typing: names begun anywhere, topics, words to search for, and what tells two of them apart."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import RecordLink, Subject
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from cases.search.suggest import MAX_SUGGESTIONS, suggest
from cases.vocabularies import topics
from tests.factories import both, make_actor, make_capture, make_case, make_claim, make_excerpt, make_source

pytestmark = pytest.mark.usefixtures("seeded")


def paths(typed, kind=None, language="id"):
    return [each.path for each in suggest(typed, language) if kind in (None, each.kind)]


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("wifi", "/systems/wifi-publik-kota-bekasi/"),
        ("wi-fi ti", "/systems/wifi-publik-kota-bekasi/"),
        ("komunikasi", "/actors/diskominfostandi-kota-bekasi/"),
        ("diskominfo band", "/actors/dinas-komunikasi-dan-informatika-kota-bandung/"),
        ("pomanto", "/actors/danny-pomanto/"),
        ("mulyana ya", "/actors/yana-mulyana/"),
        ("tanny pomanto", "/actors/danny-pomanto/"),
        ("pt telk", "/actors/pt-telkom/"),
    ],
)
def test_a_record_is_suggested_by_any_word_of_its_names(typed, path):
    assert path in paths(typed)


def test_a_topic_is_suggested_in_the_language_of_the_reader_and_by_its_label_in_the_other():
    topic = next(each for each in suggest("smart city", "id") if each.kind == "topic")
    assert (topic.text, topic.path, topic.detail) == ("Kota cerdas", "/topics/smart-city/", "")
    assert next(each.text for each in suggest("kota cer", "en") if each.kind == "topic") == "Smart city"


def test_a_topic_is_suggested_while_a_record_has_it(curator, reviewer):
    links = RecordLink.objects.current().filter(target__in=topics()).values_list("target", "record__object_id")
    rows = set(links)
    of_one = Counter(code for code, _record in rows)
    code, key = next((code, key) for code, key in sorted(rows, key=str) if of_one[code] == 1)
    typed = topics()[code].label["id"]
    assert f"/topics/{code}/" in paths(typed, "topic")
    subject = Subject.objects.get(pk=key).specific
    publish([withdraw(subject, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    assert f"/topics/{code}/" not in paths(typed, "topic")


def test_words_of_the_record_are_suggested_as_searches_the_most_frequent_first(published):
    case = make_case(claims=0)
    make_claim(case, lead=1, statement_id="Dugaan suap dan suara warga.", statement_en="So it is.")
    published(case)
    published(
        make_claim(make_actor(), lead=1, statement_id="Uang suap itu ada.", statement_en="So it is.").subject.specific
    )
    found = [each for each in suggest("sua", "id") if each.kind == "word"]
    assert {each.text for each in found} == {"suatu", "suap", "suara"}
    assert [each.path for each in found if each.text == "suap"] == ["/search/?q=suap"]
    assert found[-1].text == "suara"


def test_a_word_that_no_statement_has_any_more_is_not_suggested(published, curator, reviewer):
    assert paths("koruptor") == suggest("zzz", "id") == []
    case = make_case(claims=0)
    make_claim(case, lead=1, statement_id="Zebra lewat.", statement_en="So it is.")
    published(case)
    assert paths("zeb") == ["/search/?q=zebra"]
    publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    assert paths("zeb") == []


def test_words_of_grammar_and_a_beginning_of_two_letters_are_no_words_to_search_for():
    assert "dengan" not in [each.text for each in suggest("den", "id") if each.kind == "word"]
    assert paths("ko", "word") == []


def test_two_sources_of_one_title_are_told_apart_by_author_and_year(published):
    for author, year in (("Rina Sari", "2019"), ("Budi Hartono", "2021-05")):
        source = make_source(title="Kamera di kota", authors=author, published=year)
        case = make_case(claims=0)
        make_claim(case, make_excerpt(capture=make_capture(source)), lead=1)
        published(case)
    found = [each for each in suggest("kamera di kota", "id") if each.kind == "source"]
    assert {(each.text, each.detail) for each in found} == {
        ("Kamera di kota", "Rina Sari, 2019"),
        ("Kamera di kota", "Budi Hartono, 2021"),
    }


def test_an_actor_is_told_with_its_kind_in_the_language_and_a_place_with_nothing():
    for language, kind in (("id", "orang"), ("en", "person")):
        assert [each.detail for each in suggest("yana mulyana", language) if each.kind == "actor"] == [kind]
    assert {each.detail for each in suggest("kota bekasi", "id") if each.kind == "place"} == {""}


def test_suggestions_are_few_and_cost_the_same_queries_for_one_as_for_many():
    def queries(typed):
        suggest(typed, "id")
        with CaptureQueriesContext(connection) as context:
            found = suggest(typed, "id")
        return len(found), len(context)

    (one, few), (many, as_many) = queries("danny pomanto"), queries("kota")
    assert (one, many) == (1, MAX_SUGGESTIONS)
    assert few == as_many == 2  # the last revision, the records
