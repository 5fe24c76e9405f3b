"""Names are found with wrong letters, missing words and in another order, and another person is never taken for one."""

import pytest

from cases.models import Record
from cases.search.analysis.tokens import tokenize
from cases.search.index import sync
from cases.search.names import names_query, nearest_names
from tests.factories import make_actor, make_claim

pytestmark = pytest.mark.usefixtures("seeded")


def reader():
    return sync.searchable_index().reader


def slugs(typed, most=False, limit=8):
    """The records whose names fit, best first."""
    _total, rows = reader().top(names_query(tokenize(typed), most=most), limit)
    of_seq = dict(Record.objects.current().values_list("since_seq", "slug"))
    return [of_seq[seq] for _id, seq, _score in rows]


def nearest(typed):
    return [near.name for near in nearest_names(tokenize(typed), reader(), 3)]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Vana Mulyana", "yana-mulyana"),
        ("Mulyana Yana", "yana-mulyana"),
        ("Gahmat Effendi", "rahmat-effendi"),
        ("Tanny Pomanto", "danny-pomanto"),
        ("effendi", "rahmat-effendi"),
        ("diskominfo bandung", "dinas-komunikasi-dan-informatika-kota-bandung"),
        ("dishub bandung", "dinas-perhubungan-kota-bandung"),
        ("bps", "badan-pusat-statistik"),
        ("icon plus", "icon-plus"),
        ("pt telkom", "pt-telkom"),
        ("cctv bandung", "cctv-dan-jasa-internet-bandung-smart-city"),
    ],
)
def test_a_name_is_found_first_as_people_type_it(typed, slug):
    assert slugs(typed)[0] == slug


def test_a_wrong_letter_is_found_within_a_longer_word(published):
    published(make_claim(make_actor("Bayu Wicaksana", slug="bayu-wicaksana", actor_kind="person")).subject.specific)
    assert slugs("wicksana") == ["bayu-wicaksana"]
    assert slugs("vicaksana") == ["bayu-wicaksana"]


def test_the_whole_name_comes_before_longer_ones_and_words_as_typed_before_similar_ones(published):
    for title in ("Sakura Jaya Abadi", "Sakura Java", "Sakur Jaya", "Sakura Jaya"):
        published(make_claim(make_actor(title, slug=title.lower().replace(" ", "-"))).subject.specific)
    found = slugs("sakura jaya")
    assert found[:2] == ["sakura-jaya", "sakura-jaya-abadi"]
    assert set(found[2:]) == {"sakura-java", "sakur-jaya"}


def test_every_word_must_match_or_else_most_of_them():
    assert slugs("pemerintah kota bogor") == []
    assert "pemerintah-kota-bekasi" in slugs("pemerintah kota bogor", most=True, limit=50)
    assert slugs("agus mulyana", most=True) == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("yana mulyono", "Yana Mulyana"),
        ("Vana Mulyana", "Yana Mulyana"),
        ("Kairul Rizal", "Khairur Rijal"),
        ("sarana mitra adi guna", "PT Sarana Mitra Adiguna"),
        ("diskominfo bandung", "Dinas Komunikasi dan Informatika Kota Bandung"),
    ],
)
def test_the_name_that_was_probably_meant_is_offered(typed, name):
    assert nearest(typed)[0] == name


@pytest.mark.parametrize(
    "typed", ["agus mulyana", "pemerintah kota bogor", "wali kota surabaya", "zzzz", "", "ab " * 9]
)
def test_another_person_or_the_office_of_another_city_is_no_slip(typed):
    assert nearest(typed) == []


def test_what_stands_behind_the_eighth_word_is_not_looked_at():
    typed = "cctv dan jasa internet bandung smart city cctv" + " zzzz" * 200
    assert slugs(typed)[0] == "cctv-dan-jasa-internet-bandung-smart-city"
