"""The sheet for a notice board: a few statements with their words, speaker and standing, and no name without them."""

import re

import pytest

from cases.claim_kinds.stage import Stage
from cases.models import Response
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from tests.factories import both, make_actor, make_case, make_claim, make_place
from tests.public.conftest import CASE, LANGUAGES, read, text_of

NOT_ASKED = "We have not yet asked for a reply."


def sheet_text(client, path: str) -> str:
    page = read(client, f"{path}sheet/")
    return text_of(page[page.index("<main") : page.index("</main>")])


def offers(client, path: str) -> bool:
    """Whether a page leads to its sheet. The sheet answers to the same question."""
    offered = "sheet/" in read(client, path)
    number = "" if "/v/" in path else "v/1/"
    assert (client.get(f"{path}{number}sheet/").status_code == 200) == offered
    return offered


@pytest.mark.django_db
class TestAnActorWithoutStatementsOfItsOwn:
    def test_carries_the_statements_that_name_it_with_words_speaker_standing_and_reply(self, client, published):
        actor, case = make_actor("Si Anu", actor_kind="person"), make_case(claims=0)
        claim = make_claim(case, standing="alleged", parties=[("accused", actor)], lead=1)
        published(case)
        told = sheet_text(client, f"/en/actors/{actor.slug}/v/1/")
        assert claim.statement_en in told
        assert claim.citations.get().excerpt.exact in told
        assert "Alleged · according to" in told
        assert f"Right of reply: Si Anu. {NOT_ASKED}" in told
        assert "The sources above record no legal proceedings." in told
        assert offers(client, f"/en/actors/{actor.slug}/")

    def test_has_the_latest_step_of_proceedings_before_the_allegation(self, client, published):
        actor, case = make_actor("Si Anu", actor_kind="person"), make_case(claims=0)
        claim = make_claim(case, standing="alleged", parties=[("accused", actor)], lead=1)
        stage = make_claim(case, kind="stage", start="2023", parties=[("defendant", actor)])
        Stage.objects.create(claim=stage, stage="verdict", outcome="acquitted")
        published(case)
        told = sheet_text(client, f"/en/actors/{actor.slug}/v/1/")
        assert "acquitted" in told[told.index("Latest step known here") : told.index(claim.statement_en)]

    def test_says_how_many_more_statements_name_it(self, client, published):
        actor, case = make_actor("Si Anu"), make_case(claims=0)
        for part in ("partner", "supplier", "developer", "operator"):
            make_claim(case, parties=[(part, actor)], lead=1 if part == "partner" else None)
        published(case)
        page = read(client, f"/en/actors/{actor.slug}/v/1/sheet/")
        assert page.count('class="statement"') == 3
        assert "1 more statement stands on the page itself." in page

    def test_has_no_sheet_where_nothing_names_it(self, client, published):
        actor = make_actor("Si Anu")
        published(actor)
        assert not offers(client, f"/actors/{actor.slug}/")

    def test_has_none_any_more_when_what_named_it_is_withdrawn(self, client, published, curator, reviewer):
        actor, case = make_actor("Si Anu"), make_case(claims=0)
        make_claim(case, parties=[("partner", actor)], lead=1)
        published(case)
        assert offers(client, f"/actors/{actor.slug}/")
        publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
        assert not offers(client, f"/actors/{actor.slug}/")

    def test_an_earlier_version_carries_only_what_stood_then_and_still_stands(
        self, client, published, curator, reviewer
    ):
        actor, case, later = make_actor("Si Anu"), make_case(claims=0), make_case("Perkara kedua", claims=0)
        claim = make_claim(case, parties=[("partner", actor)], lead=1)
        published(case)
        actor.title_en = actor.title_id = "Si Anu Bin Badu"
        actor.save()
        publish([actor, case], by=curator, reviewer=reviewer, reason=both("Nama lengkap"))
        second = make_claim(later, parties=[("supplier", actor)], lead=1)
        published(later)
        path = f"/en/actors/{actor.slug}/"
        told = sheet_text(client, f"{path}v/2/")
        assert claim.statement_en in told
        assert second.statement_en in told
        assert not offers(client, f"{path}v/1/"), "the case has since been published anew"

    def test_an_actor_with_statements_of_its_own_prints_those(self, client, published):
        actor, case = make_actor("PT Contoh"), make_case(claims=0)
        own = make_claim(actor, kind="description")
        other = make_claim(case, parties=[("partner", actor)], lead=1)
        published(case)
        told = sheet_text(client, f"/en/actors/{actor.slug}/v/1/")
        assert own.statement_en in told
        assert other.statement_en not in told


@pytest.mark.django_db
class TestAnySheet:
    def test_there_is_none_of_a_place_or_a_source_without_statements(self, client, published):
        case, place = make_case(), make_place("Kota Contoh")
        case.places.add(place)
        published(case)
        assert not offers(client, f"/places/{place.slug}/")
        assert not offers(client, f"/sources/{case.claims.get().said_by_source.slug}/")

    def test_it_names_those_who_may_reply_only_where_not_the_same_is_true_of_all(self, client, published):
        case, first, second = make_case(claims=0), make_actor("Si Anu"), make_actor("Si Badu")
        make_claim(case, standing="alleged", parties=[("accused", first), ("accused", second)], lead=1)
        published(case)
        told = sheet_text(client, f"/en/cases/{case.slug}/v/1/")
        assert f"Right of reply: {NOT_ASKED}" in told
        assert "Si Anu" not in told, "their names are in no statement"
        Response.objects.create(subject=case, who=second, state="asked", asked="2026-10-01", key="r")
        published(case)
        told = sheet_text(client, f"/en/cases/{case.slug}/v/2/")
        assert f"Right of reply: Si Anu. {NOT_ASKED}" in told
        assert "Right of reply: Si Badu. We asked for a reply on 1 October 2026." in told

    def test_a_denial_stands_at_the_statement_that_it_denies(self, client, published):
        case, actor = make_case(claims=0), make_actor("Si Anu")
        claim = make_claim(case, standing="alleged", parties=[("accused", actor)], lead=1)
        excerpt = claim.citations.get().excerpt
        response = Response.objects.create(
            subject=case, who=actor, state="answered", asked="2026-10-01", answered="2026-10-02", denies=True, key="r"
        )
        response.claims.add(claim)
        response.excerpts.add(excerpt)
        published(case)
        page = read(client, f"/en/cases/{case.slug}/v/1/sheet/")
        assert "enied by Si Anu" in page[page.index("<article") : page.index("</article>")]

    def test_what_does_not_fit_is_counted_and_not_cut(self, client, published):
        case = make_case(claims=0)
        long = "A body is said to have joined it. " * 14
        claims = [make_claim(case, statement_en=long + f"Part {number}.", lead=number) for number in (1, 2, 3)]
        claims[0].statement_en = "The body joined it."
        claims[0].save()
        published(case)
        told = sheet_text(client, f"/en/cases/{case.slug}/v/1/")
        assert "The body joined it." in told
        assert "Part 2." in told
        assert "Part 3." not in told
        assert "1 more statement stands on the page itself." in told


@pytest.mark.usefixtures("seeded")
class TestTheRecord:
    @pytest.mark.parametrize("prefix", LANGUAGES)
    def test_the_code_says_what_one_finds_there_with_the_address_in_print(self, client, prefix):
        page = read(client, f"{prefix}{CASE}v/1/sheet/")
        foot = text_of(page[page.index('class="sheet-foot"') :])
        assert f"testserver{prefix}{CASE}" in foot
        assert "http" not in foot
        assert page.index("qr.svg") < page.index('class="scan"') < page.index('class="address"')

    def test_every_sheet_of_an_actor_has_a_statement_with_words_and_standing(self, client):
        for slug in re.findall(r'href="/en/actors/([^"/]+)/"', read(client, "/en/actors/")):
            page = client.get(f"/en/actors/{slug}/v/1/sheet/")
            if page.status_code == 200:
                body = page.content.decode()
                assert 'class="statement"' in body, slug
                assert "<blockquote" in body, slug
                assert 'class="how"' in body, slug
