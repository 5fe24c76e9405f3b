"""The page of a case or collaboration says the words first, and nothing that its document does not hold."""

import re

import pytest

from cases.claim_kinds.stage import Stage
from cases.public.presenters.case_page import CasePage
from cases.public.presenters.evidence_strip import MAX_MARKS, WIDTH, evidence_strip
from cases.public.presenters.marked_words import HEDGES, marked_text
from cases.record.lookup import find_document
from tests.factories import make_actor, make_case, make_claim, make_excerpt
from tests.public.conftest import CASE, read, text_of

LONG = "Terkait hal itu, menurut warga, diduga ada pemberian kepada seorang pejabat, yang membantahnya di depan umum."


def shown(text) -> str:
    return "".join(piece.text for piece in text.pieces)


class TestMarkedWords:
    def test_a_short_quote_stands_whole_with_its_hedge_marked_and_its_italics(self):
        text = marked_text("*Smart City* diduga mahal", [HEDGES], 100)
        assert [(piece.text, piece.emphasised, piece.marked) for piece in text.pieces] == [
            ("Smart City", True, False),
            (" ", False, False),
            ("diduga", False, True),
            (" mahal", False, False),
        ]
        assert text.is_whole

    def test_a_long_quote_is_cut_at_the_end_of_a_clause_and_says_so(self):
        text = marked_text(LONG, [HEDGES], 90)
        assert shown(text) == "Terkait hal itu, menurut warga, diduga ada pemberian kepada seorang pejabat,"
        assert text.cut_after
        assert not text.cut_before

    def test_what_bears_weight_is_never_cut_away(self):
        text = marked_text("kata " * 60 + "dan itu, diduga palsu.", [HEDGES], 40)
        assert shown(text) == "diduga palsu."
        assert text.cut_before

    def test_a_denial_in_the_same_clause_stays_with_what_it_denies(self):
        text = marked_text(f"{'Ini sebuah kata. ' * 9}Ia tidak mungkin menerimanya.", [HEDGES], 60)
        assert shown(text) == "Ia tidak mungkin menerimanya."

    def test_no_quote_is_marked_all_over(self):
        everything = [re.compile("^.*$"), re.compile("a")]
        assert [piece.marked for piece in marked_text("abc", everything, 10).pieces] == [True]
        some = [re.compile("a"), re.compile("^.*$")]
        assert sum(piece.marked for piece in marked_text("a b c d", some, 10).pieces) == 1


class TestStrip:
    def test_each_statement_is_a_mark_up_to_a_number_and_a_length_above(self):
        [few] = evidence_strip(["stated"] * 3)
        assert few.path.count("M") == few.count == 3
        [many] = evidence_strip(["stated"] * (MAX_MARKS + 1))
        assert many.path == f"M0.0 4h{WIDTH:.1f}"

    def test_the_weakest_comes_first_and_what_is_decided_is_a_double_line(self):
        parts = evidence_strip(["decided", "potential"])
        assert [part.standing for part in parts] == ["potential", "decided"]
        assert [part.path.count("M") for part in parts] == [1, 2]

    def test_nothing_said_is_no_strip(self):
        assert evidence_strip([]) == []


@pytest.mark.usefixtures("seeded")
class TestRecord:
    def test_words_standing_speaker_source_and_reply_stand_in_this_order(self, client):
        page = read(client, f"/en{CASE}")
        head = page[page.index("<h1") : page.index('<section id="said">')]
        places = [head.index(each) for each in ("<blockquote", 'class="standing potential"', 'class="box"')]
        assert places == sorted(places)
        assert re.search(r"<mark>Potensi</mark>", head)
        assert "its author and date are not stated" in text_of(head)
        assert "all 7 who have a right of reply: We have not yet asked for a reply." in text_of(head)

    def test_the_strip_is_told_to_the_ear_as_to_the_eye(self, client):
        page = read(client, f"/en{CASE}")
        label = re.search(r'role="img" aria-label="([^"]+)"', page)[1]
        assert label == "16 statements: 12 suggested as possible, 4 source says"
        assert "12 suggested as possible 4 source says" in text_of(page.split('class="key"')[1])

    def test_both_sides_of_a_conflict_stand_open_at_the_statement(self, client):
        page = read(client, CASE)
        claim = next(each for each in page.split("<article")[2:] if "senilai 2,5 miliar" in text_of(each))
        above = claim.split("<details")[0]
        assert "<mark>penyusunan uang tunai</mark>" in above
        assert "<mark>cash bribes</mark>" in above
        assert "Sumber tidak konsisten" in above

    def test_what_is_equally_unknown_is_said_once(self, client):
        assert "For these 2 statements" in text_of(read(client, f"/en{CASE}"))

    def test_every_statement_stands_once_and_has_its_fold_of_words(self, client):
        for path in (CASE, "/collaborations/bekasi-telkom-smart-city/"):
            document = find_document(path.split("/")[1].removesuffix("s"), path.split("/")[2]).document
            page = read(client, path)
            for claim in document.claims:
                assert page.count(f'id="claim-{claim.id}"') == 1, claim.statement.en

    def test_the_actions_stand_before_the_first_part(self, client):
        page = read(client, CASE)
        head = page[: page.index("<section")]
        assert all(each in head for each in ("https://wa.me/", "v/1/sheet/", 'href="#cite"', f"{CASE}atom.xml"))


@pytest.mark.django_db
class TestMissingPieces:
    def test_a_case_of_one_statement_without_place_or_date_says_what_is_missing(self, client, published):
        case = make_case()
        published(case)
        told = text_of(read(client, f"/en/cases/{case.slug}/"))
        assert "Case · place not stated · time not stated" in told
        assert "One source:" in told

    def test_two_hundred_statements_are_folded_by_their_sorts(self, client, published):
        case, excerpt = make_case(), make_excerpt()
        for number in range(200):
            make_claim(case, excerpt, kind="description" if number % 2 else "event", start="2020")
        published(case)
        document = find_document("case", case.slug).document
        assert sum(group.count for group in CasePage(document).folded) == 200
        page = read(client, f"/en/cases/{case.slug}/")
        assert page.count('<article class="claim') == 201

    def test_a_long_name_is_whole(self, client, published):
        name = "Nama " * 23 + "Akhir"
        case = make_case()
        make_claim(case, standing="alleged", parties=[("accused", make_actor(name, actor_kind="person"))])
        published(case)
        assert text_of(read(client, f"/en/cases/{case.slug}/")).count(name) > 1


@pytest.mark.django_db
class TestRulings:
    @pytest.fixture
    def ruled(self, published):
        person, case = make_actor("Si Anu", actor_kind="person"), make_case()
        for start, fields in (
            ("2023-01", {"stage": "verdict", "outcome": "convicted", "charge": "pasal 3"}),
            ("2023-05", {"stage": "appeal", "outcome": "acquitted"}),
        ):
            claim = make_claim(case, kind="stage", start=start, parties=[("defendant", person)])
            Stage.objects.create(claim=claim, **fields)
        published(case)
        return case

    def test_the_outcome_comes_first_the_latest_before_the_earlier(self, client, ruled):
        page = read(client, f"/en/cases/{ruled.slug}/")
        assert page.index('id="rulings"') < page.index('id="rest"')
        part = text_of(page.split('id="rulings"')[1].split("</section>")[0])
        assert part.index("Si Anu: acquitted") < part.index("charged with pasal 3: convicted")
        assert part.count("not yet final") == 2

    def test_nobody_is_listed_by_an_earlier_step_than_the_latest(self, client, ruled):
        page = read(client, f"/en/cases/{ruled.slug}/")
        row = text_of(page.split('class="person"')[1].split("</li>")[0])
        assert "appeal: acquitted (May 2023)" in row
        assert "convicted" not in row
