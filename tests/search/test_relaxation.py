"""What answers a search of which no record holds every word, and what is never left out of one."""

import pytest

from cases.search.find import SearchRequest, search
from cases.search.index.engine import Reader
from cases.search.relaxation import MAX_RELAXED_WORDS
from tests.factories import make_actor, make_case, make_claim, make_excerpt
from tests.search.conftest import paths

pytestmark = pytest.mark.django_db


def case(title, *statements):
    """A case whose statements say this."""
    made = make_case(title, claims=0)
    for number, said in enumerate(statements):
        make_claim(made, make_excerpt(), statement_id=said, lead=number + 1)
    return made


@pytest.fixture
def world(published):
    lamps = case("Perkara lampu", "Lampu taman padam di kampung.", "Lampu itu tidak dibayar.")
    cables = case("Perkara kabel", "Kabel taman dicuri di kampung.")
    cars = case("Perkara mobil", "Mobil dinas disewa.")
    published(lamps, cables, cars)
    return {"lamps": f"cases/{lamps.slug}", "cables": f"cases/{cables.slug}", "cars": f"cases/{cars.slug}"}


def ask(text, **more):
    return search(SearchRequest(text, **more))


class TestMost:
    def test_where_a_record_has_every_word_nothing_is_relaxed(self, world):
        found = ask("lampu taman kampung")
        assert (found.matched, found.words, found.unknown) == ("all", 3, [])
        assert paths("lampu taman kampung") == [world["lamps"]]
        assert [hit.missing_words for hit in found.hits] == [[]]

    def test_those_with_the_most_words_are_shown_and_say_what_they_lack(self, world):
        found = ask("lampu taman helikopter kampung mobil")
        assert (found.matched, found.words, found.held, found.unknown) == ("most", 5, 3, ["helikopter"])
        assert [hit.missing_words for hit in found.hits] == [["helikopter", "mobil"]]
        assert paths("lampu taman helikopter kampung mobil") == [world["lamps"]]

    def test_of_two_with_as_many_words_the_one_with_the_rarer_comes_first(self, world, published):
        published(case("Perkara lain", "Jalan rusak."), case("Perkara lagi", "Jalan ditutup."))
        found = paths("taman lampu kabel helikopter")
        assert set(found) == {world["lamps"], world["cables"]}
        assert paths("kampung mobil helikopter")[0] == world["cars"]

    def test_fewer_than_half_of_the_known_words_are_no_answer(self, world):
        found = ask("lampu dicuri disewa")
        assert (found.matched, found.total) == ("none", 0)
        assert {way.left_out for way in found.ways_out} == set()

    def test_it_can_be_refused(self, world):
        found = ask("lampu helikopter", match="all")
        assert (found.matched, found.total, found.unknown) == ("none", 0, ["helikopter"])

    def test_facets_and_pages_are_those_of_the_relaxed_answer(self, world):
        found = ask("taman helikopter", limit=1)
        assert (found.total, found.facets["kind"]) == (2, {"case": 2})
        assert len(found.hits) == 1
        assert ask("taman helikopter", limit=1, offset=1).hits[0].document.id != found.hits[0].document.id
        assert ask("taman helikopter", selected={"kind": ["actor"]}).matched == "none"

    def test_no_more_than_so_many_words_are_considered(self, world):
        found = ask("lampu taman kampung padam dibayar satu1 kabel mobil dinas disewa dicuri perkara")
        assert len({word for hit in found.hits for word in hit.missing_words}) <= MAX_RELAXED_WORDS + 1
        assert found.held <= MAX_RELAXED_WORDS

    def test_the_number_of_queries_does_not_grow_with_the_words(self, world, monkeypatch):
        asked = []
        top = Reader.top
        monkeypatch.setattr(Reader, "top", lambda *given: asked.append(1) or top(*given))
        ask("taman helikopter")
        few = len(asked)
        asked.clear()
        ask("taman helikopter lampu kampung kabel")
        assert len(asked) - few <= 3  # which words each hit lacks: one for each word


class TestNeverDropped:
    @pytest.mark.parametrize("text", ['"lampu mobil" taman', "title:kabel lampu", "kind:actor lampu taman"])
    def test_a_phrase_or_a_field(self, world, text):
        found = ask(text)
        assert (found.matched, found.total) == ("none", 0)
        assert found.kept

    def test_what_must_not_stand_there(self, world):
        assert paths("taman helikopter -kabel") == [world["lamps"]]
        assert paths("taman helikopter NOT kabel") == [world["lamps"]]

    def test_a_negation(self, world):
        assert paths("lampu taman tidak helikopter") == [world["lamps"]]
        assert paths("kabel tidak dicuri helikopter") == [world["lamps"]] or ask("kabel tidak dicuri").total == 0

    def test_a_negation_may_be_another_one(self, world):
        assert paths("lampu tanpa dibayar") == [world["lamps"]]

    @pytest.mark.parametrize("word", ["koruptor", "maling", "tersangka", "terpidana"])
    def test_a_word_of_guilt_and_nobody_is_shown_for_it(self, world, published, word):
        actor = make_actor("Budi Misal")
        made = case("Perkara Budi", "Budi Misal hadir.")
        make_claim(made, make_excerpt(), [("named", actor)], statement_id="Budi Misal datang.", lead=9)
        published(made)
        found = ask(f"budi misal {word}")
        assert (found.matched, found.hits, found.nearest) == ("none", [], [])
        assert (found.unknown, found.kept) == ([word], [word])
        assert ask("budi misal").total == 2

    def test_a_word_of_guilt_is_not_expanded(self, world, published):
        made = case("Perkara sangkaan", "Sangkaan itu dibaca; pidana disebut.")
        published(made)
        assert paths("sangkaan") == [f"cases/{made.slug}"]
        assert paths("tersangka") == paths("terpidana") == []


class TestSpelling:
    def test_a_correction_that_makes_all_words_match_is_applied_and_told(self, world):
        found = ask("lampu padim")
        assert (found.matched, found.corrected, found.unknown) == ("all", "lampu padam", ["padim"])
        assert [hit.missing_words for hit in found.hits] == [[]]

    def test_one_that_does_not_is_only_offered(self, world):
        found = ask("padim mobil")
        assert (found.matched, found.corrected, found.did_you_mean) == ("most", "", "padam mobil")
        assert paths("padim mobil") == [world["cars"]]

    def test_a_word_of_guilt_is_never_what_was_meant(self, world, published):
        published(case("Perkara gudang", "Ada penadah di gudang."))
        assert ask("penadah").total == 1
        assert (ask("penadih").total, ask("penadih").corrected, ask("penadih").did_you_mean) == (0, "", "")

    def test_nothing_is_looked_for_beyond_three_unknown_words(self, world, monkeypatch):
        asked = []
        nearest = Reader.nearest_words
        monkeypatch.setattr(Reader, "nearest_words", lambda *given: asked.append(given[1]) or nearest(*given))
        ask(" ".join(f"qqqqqq{chr(97 + number)}" for number in range(24)))
        assert len(asked) == 3
