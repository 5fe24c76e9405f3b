"""Finding: exact counts, facets that ignore their own selection, marks, ways out, and nothing but the record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Record
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from cases.search.find import SearchRequest, search
from cases.search.query.parser import SearchQueryError
from cases.search.suggest import suggest
from tests.factories import both, make_actor, make_case, make_claim, make_excerpt, make_place
from tests.search.conftest import paths


class TestTheSeededRecord:
    pytestmark = pytest.mark.usefixtures("seeded")

    def test_without_words_every_record_is_found_and_counted(self):
        found = search(SearchRequest())
        assert found.total == Record.objects.current().count()
        assert sum(found.facets["kind"].values()) == found.total
        seqs = [hit.seq for hit in found.hits]
        assert seqs == sorted(seqs, reverse=True)

    def test_facets_count_what_is_there_and_ignore_their_own_selection(self):
        everything = search(SearchRequest("telkom"))
        for name, counts in everything.facets.items():
            for value, count in list(counts.items())[:5]:
                narrowed = search(SearchRequest("telkom", {name: [value]}))
                assert narrowed.total == count
                assert narrowed.facets[name] == counts
        both = search(SearchRequest("telkom", {"kind": ["actor", "system"]}))
        assert both.total == everything.facets["kind"]["actor"] + everything.facets["kind"]["system"]

    def test_a_year_counts_where_a_period_overlaps_it(self):
        assert "collaborations/bekasi-telkom-smart-city" in paths("bekasi telkom", selected={"year": ["2019"]})
        assert "collaborations/bekasi-telkom-smart-city" not in paths(
            "bekasi telkom", selected={"year": ["2016"]}, limit=50
        )

    def test_pages_neither_skip_nor_repeat(self):
        pages = [paths("kota", limit=10, offset=offset) for offset in range(0, 60, 10)]
        seen = [path for page in pages for path in page]
        assert len(seen) == len(set(seen)) == 60

    def test_marks_stand_where_the_words_are(self):
        hit = search(SearchRequest("gratifikasi thailand")).hits[0]
        marked = [piece.text for piece in hit.match.statement if piece.marked]
        assert marked == ["gratifikasi", "Thailand"]
        assert "".join(piece.text for piece in hit.match.statement) == hit.match.claim.statement.id
        assert [piece.text for piece in hit.match.quote if piece.marked] == ["gratifikasi", "Thailand"]

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("yana mulyono", "Yana Mulyana"),
            ("Kairul Rizal", "Khairur Rijal"),
            ("sarana mitra adi guna", "PT Sarana Mitra Adiguna"),
        ],
    )
    def test_a_name_that_is_nearly_right_is_asked_back_and_no_result_for_the_whole(self, typed, name):
        found = search(SearchRequest(typed, match="all"))
        assert (found.total, found.hits, found.did_you_mean) == (0, [], name)
        found = search(SearchRequest(typed))
        assert (found.matched, found.did_you_mean) == ("most", name)
        assert all(hit.missing_words for hit in found.hits)
        assert search(SearchRequest(name)).total

    @pytest.mark.parametrize(
        "typed", ["agus mulyana", "yana mulyono -kota", "title:mulyono yana", "yana OR qqqq mulyono"]
    )
    def test_another_person_or_more_than_a_name_is_not_taken_for_it(self, typed):
        assert search(SearchRequest(typed)).did_you_mean != "Yana Mulyana"

    def test_the_office_of_another_city_is_not_taken_for_a_slip(self):
        found = search(SearchRequest("pemerintah kota bogor"))
        assert (found.matched, found.unknown, found.did_you_mean) == ("most", ["bogor"], "")

    def test_a_long_quote_is_clipped_around_its_match_and_says_so(self):
        hit = search(SearchRequest("kind:case hubungan aktor penyedia pengusaha")).hits[0]
        text = "".join(piece.text for piece in hit.match.quote)
        assert len(text) < 300
        assert "…" in text

    def test_no_result_offers_searches_that_find_something(self):
        found = search(SearchRequest("bandung jaki", {"kind": ["case"]}, match="all"))
        assert found.total == 0
        assert {way.left_out for way in found.ways_out} == {"bandung", "jaki"}
        for way in found.ways_out:
            assert search(SearchRequest(way.text, way.selected)).total == way.total > 0
        found = search(SearchRequest("jaki", {"place": ["bandung"]}))
        assert [(way.left_out, dict(way.selected)) for way in found.ways_out] == [("place", {})]

    def test_a_closed_value_that_does_not_exist_is_refused_with_the_nearest(self):
        with pytest.raises(SearchQueryError) as error:
            search(SearchRequest("kind:cases"))
        assert error.value.nearest == "case"
        for text, near in (
            ("place:bandun", "bandung"),
            ("tempat:bandun cctv", "bandung"),
            ("-place:bandun", "bandung"),
            ("source:fitri-2016", "fitri-2017"),
            ("topic:cctvs", "cctv"),
            ("year:20", None),
        ):
            with pytest.raises(SearchQueryError, match="is not a") as error:
                search(SearchRequest(text))
            assert error.value.nearest == near

    def test_a_field_is_looked_in_and_nowhere_else(self):
        assert "sources/fitri-2017" in paths("author:fitri")
        assert paths("penulis:fitri") == paths("author:fitri")
        written = [hit.document for hit in search(SearchRequest("author:fitri", limit=50)).hits]
        for document in written:
            authors = [document.authors, *(source.authors for source in document.sources)]
            assert "Fitri" in str(authors)
        assert written
        assert "cases/cctv-dan-jasa-internet-bandung-smart-city" in paths('pihak:"calon patron"')
        assert paths("author:gratifikasi") == [] != paths("gratifikasi")

    def test_suggestions_begin_with_what_is_typed(self):
        found = suggest("pt telk", "id")
        assert found[0].path == "/actors/pt-telkom/"
        assert suggest("zzz", "id") == []
        assert suggest("wi-fi points", "en")[0].text == "Wi-Fi points in Bekasi City"

    def test_a_search_costs_the_same_queries_for_one_hit_as_for_many(self):
        def queries(text):
            search(SearchRequest(text))
            with CaptureQueriesContext(
                connection,
            ) as context:
                found = search(SearchRequest(text))
            return found.total, len(context)

        one, many = queries("thailand"), queries("kota")
        assert one[0] == 1
        assert many[0] > 20
        assert one[1] == many[1] <= 5

    @settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(max_size=80) | st.text(alphabet='cctvb 1.,"“-:*OR()\u202e', max_size=40))
    def test_any_text_is_answered_or_refused_with_a_sentence(self, text):
        try:
            found = search(SearchRequest(text, limit=5))
        except SearchQueryError as error:
            said = error.sentence
        else:
            said = found.complete and found.total >= len(found.hits)
        assert said


class TestWhatIsPublic:
    pytestmark = pytest.mark.django_db

    def test_a_draft_cannot_come_out(self):
        make_case("Perkara rahasia", claims=1)
        assert search(SearchRequest("rahasia")).total == 0

    def test_a_withdrawal_is_gone_at_once_and_comes_back_when_reinstated(self, published, curator, reviewer):
        case = make_case("Perkara terang")
        published(case)
        assert paths("perkara terang") == [f"cases/{case.slug}"]
        publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
        assert paths("perkara terang", match="all") == []

    def test_a_correction_is_found_by_its_new_words_only(self, published, curator, reviewer):
        case = make_case("Perkara senja")
        published(case)
        assert paths("senja")
        case.title_id = case.title_en = "Perkara fajar"
        case.save()
        publish([case], by=curator, reviewer=reviewer, reason=both("Judul"))
        assert paths("senja") == []
        assert paths("fajar") == [f"cases/{case.slug}"]

    @pytest.mark.parametrize(
        ("title", "asked", "word"),
        [
            ("Warung Café Ñusantara", "nusantara", "Ñusantara"),
            ("Jum’at bersih", "jumat", "Jum’at"),
            ("Jum'at bersih", "jumat", "Jum'at"),
        ],
    )
    def test_a_word_is_marked_however_it_is_spelt_there(self, published, title, asked, word):
        published(make_case(title))
        hit = search(SearchRequest(asked)).hits[0]
        assert [piece.text for piece in hit.match.title if piece.marked] == [word]
        assert hit.match.why[0].text == word

    def test_words_of_a_quote_lead_to_the_claim_that_rests_on_it(self, published):
        actor = make_actor("PT Misal")
        case = make_case("Perkara")
        make_claim(case, make_excerpt("bekerja sama dengan PT Misal"), [("partner", actor)], lead=9)
        published(case)
        hit = search(SearchRequest("quote:bekerja")).hits[0]
        assert hit.match.excerpt.exact == "bekerja sama dengan PT Misal"
        assert hit.match.excerpt.id in {citation.excerpt for citation in hit.match.claim.citations}

    def test_the_statement_shown_fits_what_was_chosen_or_says_that_it_does_not(self, published):
        case = make_case("Perkara")
        make_claim(case, statement_id="Lampu padam sekali.", standing="alleged")
        make_claim(case, statement_id="Lampu padam kemari.", standing="potential")
        published(case)

        def shown(text: str, **selected: list[str]) -> tuple[str, tuple[str, ...]]:
            match = search(SearchRequest(text, selected)).hits[0].match
            return match.claim.statement.id, match.unmet

        assert shown("lampu padam") == ("Lampu padam sekali.", ())
        assert shown("lampu padam", standing=["potential"]) == ("Lampu padam kemari.", ())
        assert shown("lampu padam standing:potential") == ("Lampu padam kemari.", ())
        assert shown("perkara", standing=["potential"]) == ("Lampu padam kemari.", ())
        assert shown("lampu padam", standing=["stated"]) == ("Lampu padam sekali.", ("standing",))

    @pytest.mark.parametrize("name", ["place", "topic", "source", "year"])
    def test_each_facet_of_a_record_may_come_from_another_statement(self, published, name):
        case = make_case("Perkara")
        make_claim(case, statement_id="Kabel dicuri.", start="2019")
        other = make_claim(case, make_excerpt(), statement_id="Lampu padam.", start="2021", topics=["procurement"])
        place = make_place("Kota Lain")
        other.places.add(place)
        published(case)
        source = other.said_by_source.slug
        selected = {name: [{"place": place.slug, "topic": "procurement", "source": source, "year": "2021"}[name]]}
        assert search(SearchRequest("kabel", selected)).hits[0].match.unmet == (name,)
        assert search(SearchRequest("lampu", selected)).hits[0].match.unmet == ()
