"""Wherever somebody is shown as accused, their reply and what is known of proceedings stand beside it, fairly said."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.claim_kinds.stage import Outcome, Stage, StageWord
from cases.models import Response
from tests.factories import make_actor, make_case, make_claim, make_excerpt
from tests.public.conftest import read, text_of

NO_PROCEEDINGS = (
    "The sources above record no legal proceedings. We have not checked the registers of the courts and of the KPK;"
    " do not conclude that there are none."
)
NOT_ASKED = "We have not yet asked for a reply."
pytestmark = pytest.mark.django_db


@pytest.fixture
def accused(published):
    """A person whom one claim accuses and another does not."""
    person = make_actor("Warga Misal", slug="warga-misal", actor_kind="person")
    case = make_case("Kasus Contoh", slug="kasus-contoh")
    claim = make_claim(case, standing="alleged", parties=[("accused", person)])
    other = make_claim(case, parties=[("named", person)])
    published(case)
    return case, claim, other, person


def beside(client, path: str, claim) -> str:
    """The words of a page from one statement to the next."""
    page = read(client, path)
    page = page[page.index("<main") :]
    start = page.index(f'">{claim.statement_en}<') if f'">{claim.statement_en}<' in page else page.index("<h1")
    end = page.find("Statement ", start + 100)
    return text_of(page[start : end if end > 0 else len(page)])


class TestProceedings:
    def test_the_sentence_stands_beside_the_allegation_on_claim_case_sheet_and_person(self, client, accused):
        case, claim, other, person = accused
        paths = [f"/en/claims/{claim.id}/", f"/en/cases/{case.slug}/", f"/en/cases/{case.slug}/v/1/sheet/"]
        make_claim(case)  # so that the sheet has room: it shows six statements without a lead
        for path in (*paths[:2], f"/en/actors/{person.slug}/"):
            assert NO_PROCEEDINGS in beside(client, path, claim), path
            # On the page of a person it stands in the open, and again in the list of all statements
            assert text_of(read(client, path)).count(NO_PROCEEDINGS) == (2 if "/actors/" in path else 1), path
        assert NO_PROCEEDINGS not in text_of(read(client, f"/en/claims/{other.id}/")), "nobody is accused there"

    def test_it_stands_on_the_sheet_beside_what_the_sheet_shows(self, client, accused, published):
        case, claim, _other, _person = accused
        case.claims.update(lead=None)
        case.claims.filter(pk=claim.pk).update(lead=1)
        published(case)
        assert NO_PROCEEDINGS in text_of(read(client, f"/en/cases/{case.slug}/v/2/sheet/"))

    @pytest.mark.parametrize(
        ("part", "kind"), [("named", "person"), ("criticised", "person"), ("payer", "person"), ("accused", "company")]
    )
    def test_it_is_said_only_of_an_accused_person(self, client, published, part, kind):
        actor, case = make_actor("Si Anu", actor_kind=kind), make_case()
        claim = make_claim(case, standing="alleged", parties=[(part, actor)])
        published(case)
        for path in (f"/en/actors/{actor.slug}/", f"/en/claims/{claim.id}/", f"/en/cases/{case.slug}/"):
            assert NO_PROCEEDINGS not in text_of(read(client, path)), path

    def test_a_step_of_proceedings_that_is_recorded_is_not_denied(self, client, accused, published):
        case, claim, _other, person = accused
        stage = make_claim(case, kind="stage", start="2023", parties=[("defendant", person)])
        Stage.objects.create(claim=stage, stage="charged")
        published(case)
        for path in (f"/en/claims/{claim.id}/", f"/en/cases/{case.slug}/", f"/en/actors/{person.slug}/"):
            assert NO_PROCEEDINGS not in text_of(read(client, path)), path

    def test_a_step_of_somebody_else_frees_nobody_and_the_sentence_names_of_whom_it_is(self, client, published):
        case, one, two = make_case(), make_actor("Si A", actor_kind="person"), make_actor("Si B", actor_kind="person")
        claim = make_claim(case, standing="alleged", parties=[("accused", one), ("accused", two)])
        stage = make_claim(case, kind="stage", start="2023", parties=[("defendant", two), ("named", one)])
        Stage.objects.create(claim=stage, stage="named_suspect")
        published(case)
        page = text_of(read(client, f"/en/claims/{claim.id}/"))
        assert f"Si A: {NO_PROCEEDINGS}" in page
        assert "Si B: The sources" not in page


# What a person is called at each step, with an outcome where it is a ruling
CALLED = {
    **{("report", ""): "Person concerned", ("inquiry", ""): "Person concerned"},
    **{("investigation", ""): "Person concerned", ("named_suspect", ""): "Named suspect"},
    **{("detained", ""): "Detained", ("released", ""): "Released", ("pretrial", ""): "Person concerned"},
    **{("terminated", ""): "Investigation terminated", ("not_a_suspect", ""): "Not a suspect"},
    **{("charged", ""): "Charged", ("sentence_demanded", ""): "Charged", ("verdict", ""): "Charged"},
    **{("appeal", ""): "Charged", ("cassation", ""): "Charged"},
    **{("review", ""): "Person concerned", ("final", ""): "Person concerned"},
    **{("verdict", "convicted"): "Convicted", ("verdict", "acquitted"): "Acquitted"},
    **{("appeal", "discharged"): "Discharged", ("appeal", "upheld"): "Charged"},
    **{("cassation", "changed"): "Charged", ("pretrial", "annulled"): "Person concerned"},
}


class TestDefendants:
    """A defendant is called by the step. “Alleged” is never put before it."""

    def steps(self, published, *steps: tuple[str, str], standing: str = "alleged", charge: str = ""):
        """A case with one claim of each step, of the same person."""
        person, case = make_actor("Si Anu", actor_kind="person"), make_case()
        claims = {}
        for stage, outcome in steps:
            fields = {"kind": "stage", "standing": standing, "start": "2023"}
            claims[stage, outcome] = claim = make_claim(case, None, [("defendant", person)], **fields)
            Stage.objects.create(claim=claim, stage=stage, outcome=outcome, charge=charge)
        published(case)
        return case, person, claims

    def test_every_step_and_outcome_is_tried(self):
        assert {stage for stage, _outcome in CALLED} == set(StageWord.values)
        assert {outcome for _stage, outcome in CALLED} == {"", *Outcome.values}

    def test_the_label_is_that_of_the_step_and_alleged_stands_nowhere_beside_it(self, client, published):
        case, person, claims = self.steps(published, *CALLED)
        page = read(client, f"/en/cases/{case.slug}/")
        for step, claim in claims.items():
            told = page.split(f'id="claim-{claim.id}"')[1].split("</article>")[0]
            labels = re.findall(r"<dt>([^<]*)</dt><dd><a [^>]*>Si Anu</a></dd>", told)
            assert labels == [CALLED[step]], step
            assert "alleged" not in told, step
        told = read(client, f"/en/actors/{person.slug}/").split('id="named-in"')[1].split("</section>")[0]
        assert "defendant" not in told
        assert "alleged" not in told
        assert "here: named suspect" in told

    def test_it_is_cited_and_shared_by_the_step_too(self, client, published):
        step = ("named_suspect", "")
        _case, _person, claims = self.steps(published, step)
        cited = read(client, f"/en/claims/{claims[step].id}/cite.txt")
        assert "(named suspect; we have not yet asked for a reply)" in cited
        _case, _person, claims = self.steps(published, step, standing="stated")
        assert "(source says; " in read(client, f"/en/claims/{claims[step].id}/cite.txt")

    def test_a_ruling_is_not_final_unless_a_final_one_is_recorded(self, client, published):
        case, _person, _claims = self.steps(published, ("verdict", "convicted"))
        assert "verdict: convicted (not yet final)" in text_of(read(client, f"/en/cases/{case.slug}/"))
        case, _person, _claims = self.steps(published, ("verdict", "convicted"), ("final", "upheld"))
        assert "not yet final" not in text_of(read(client, f"/en/cases/{case.slug}/"))

    def test_a_charge_is_suspected_until_a_court_hears_it(self, client, published):
        steps = [("named_suspect", ""), ("charged", "")]
        case, _person, _claims = self.steps(published, *steps, charge="pasal 5")
        page = read(client, f"/en/cases/{case.slug}/")
        assert re.findall(r"<dt>([^<]*)</dt><dd>pasal 5</dd>", page) == ["Suspected of", "Charged with"]


class TestReplies:
    def answer(self, case, who, claims=(), **fields):
        response = Response.objects.create(subject=case, who=who, key=f"r{Response.objects.count()}", **fields)
        response.claims.set(claims)
        return response

    @pytest.mark.parametrize("part", ["accused", "criticised", "payer", "recipient", "patron", "client"])
    @pytest.mark.parametrize("kind", ["person", "company"])
    def test_everyone_whom_a_case_names_so_has_a_state_beside_the_statement(self, client, published, part, kind):
        actor, case = make_actor("Pihak Misal", actor_kind=kind), make_case(claims=0)
        claim = make_claim(case, standing="alleged", parties=[(part, actor)], lead=1)
        published(case)
        told = f"Right of reply: Pihak Misal. {NOT_ASKED}"
        for path in (f"/en/cases/{case.slug}/", f"/en/claims/{claim.id}/", f"/en/actors/{actor.slug}/"):
            assert told in text_of(read(client, path)), path
        assert f"Right of reply: {NOT_ASKED}" in text_of(read(client, f"/en/cases/{case.slug}/v/1/sheet/"))
        assert "(alleged; we have not yet asked for a reply)" in text_of(read(client, f"/en/claims/{claim.id}/"))

    @pytest.mark.parametrize("part", ["named", "partner", "holder", "authority"])
    def test_of_others_nothing_is_said(self, client, published, part):
        actor, case = make_actor("Pihak Misal"), make_case()
        make_claim(case, parties=[(part, actor)])
        published(case)
        for path in (f"/en/cases/{case.slug}/", f"/en/actors/{actor.slug}/", f"/en/cases/{case.slug}/v/1/sheet/"):
            assert "asked for a reply" not in text_of(read(client, path)), path

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            (
                {"state": "not_asked", "not_asked_because": "document_only"},
                "We have not yet asked for a reply: this record only says what a document says.",
            ),
            (
                {"state": "asked", "asked": "2026-10-01", "deadline": "2026-10-15"},
                "We asked for a reply on 1 October 2026. It is due by 15 October 2026. No reply so far.",
            ),
            (
                {"state": "answered", "asked": "2026-10-01", "answered": "2026-10-09"},
                "We asked for a reply on 1 October 2026. Replied on 9 October 2026.",
            ),
            (
                {"state": "declined", "asked": "2026-10-01"},
                "We asked for a reply on 1 October 2026. Declined to reply.",
            ),
            (
                {"state": "no_answer_by", "asked": "2026-10-01", "deadline": "2026-10-15"},
                "We asked for a reply on 1 October 2026. No reply by 15 October 2026.",
            ),
            ({"state": "unreachable"}, "Could not be reached."),
        ],
    )
    def test_the_state_says_who_asked_and_when(self, client, accused, published, fields, told):
        case, claim, _other, person = accused
        response = self.answer(case, person, [claim], **fields)
        if fields["state"] == "answered":
            response.excerpts.add(make_excerpt())
        published(case)
        for path in (f"/en/cases/{case.slug}/", f"/en/claims/{claim.id}/", f"/en/actors/{person.slug}/"):
            assert told in text_of(read(client, path)), path

    def test_what_the_source_asked_is_told_as_the_sources_with_its_words(self, client, accused, published):
        case, claim, _other, _person = accused
        body = make_actor("Dinas Misal", actor_kind="public_body")
        notes = {"note_id": "Dinas Misal tidak menjawab.", "note_en": "Dinas Misal did not answer."}
        excerpt = make_excerpt()
        self.answer(case, body, [claim], state="asked_by_source", **notes).excerpts.add(excerpt)
        published(case)
        told = f"Dinas Misal. Asked by the source ({excerpt.capture.source.authors}). Dinas Misal did not answer."
        assert told in text_of(read(client, f"/en/cases/{case.slug}/"))
        page = text_of(read(client, f"/en/claims/{claim.id}/"))
        assert told in page
        assert excerpt.exact in page.split("Replies")[1]

    def test_a_denial_is_news_at_the_claim_and_names_who_denies(self, client, accused, published):
        case, claim, other, person = accused
        response = self.answer(case, person, [claim], state="answered", answered="2026-10-09", denies=True)
        response.excerpts.add(make_excerpt())
        published(case)
        for path in (f"/en/cases/{case.slug}/", f"/en/claims/{claim.id}/", f"/en/actors/{person.slug}/"):
            page = text_of(read(client, path))
            assert "Denied by Warga Misal, 9 October 2026" in page, path
            assert "disputed" not in page
        cited = client.get(f"/en/claims/{claim.id}/cite.txt").content.decode()
        assert "(alleged; denied by Warga Misal)" in cited
        assert "Replied on 9 October 2026. The reply denies it." in text_of(read(client, f"/en/claims/{claim.id}/"))
        assert "Denied by" not in text_of(read(client, f"/en/claims/{other.id}/"))
        assert "Denied by" not in client.get(f"/en/claims/{other.id}/cite.txt").content.decode()

    def test_a_citation_says_of_whom_each_state_is_where_they_differ(self, client, published):
        case, people = make_case(), [make_actor(f"Pihak {number}") for number in range(3)]
        claim = make_claim(case, standing="alleged", parties=[("accused", each) for each in people])
        response = self.answer(case, people[0], [claim], state="answered", answered="2026-10-09", denies=True)
        response.excerpts.add(make_excerpt())
        published(case)
        told = "(alleged; denied by Pihak 0; Pihak 1, Pihak 2: we have not yet asked for a reply)"
        assert told in read(client, f"/en/claims/{claim.id}/cite.txt")

    def test_nobody_who_was_not_asked_is_counted_as_a_reply(self, client, accused):
        case, *_others = accused
        contents = read(client, f"/en/cases/{case.slug}/").split("<nav aria-label", 2)[-1]
        assert '<a href="#replies">Replies</a>' in contents

    def test_those_of_whom_the_same_is_told_share_one_line(self, client, published):
        case = make_case()
        people = [make_actor(f"Pihak {number}") for number in range(3)]
        make_claim(case, standing="alleged", parties=[("accused", each) for each in people])
        published(case)
        page = text_of(read(client, f"/en/cases/{case.slug}/"))
        assert f"Right of reply: Pihak 0; Pihak 1; Pihak 2. {NOT_ASKED}" in page


def test_many_accused_cost_as_many_queries_as_one(client, published):
    def accuse(slug: str, count: int) -> list[str]:
        case = make_case(f"Perkara {slug}", slug=slug)
        people = [make_actor(f"Warga {slug}{n}", slug=f"{slug}-{n}", actor_kind="person") for n in range(count)]
        claims = [make_claim(case, standing="alleged", parties=[("accused", each), ("payer", each)]) for each in people]
        published(case)
        excerpt = claims[0].citations.get().excerpt_id
        pages = [f"/cases/{slug}/", f"/cases/{slug}/v/1/sheet/", f"/cases/{slug}/network/", f"/actors/{slug}-0/"]
        return [*pages, f"/claims/{claims[0].id}/", f"/excerpts/{excerpt}/"]

    def asked(paths: list[str]) -> list[int]:
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                read(client, path)
            counts.append(len(queries))
        return counts

    assert asked(accuse("satu", 1)) == asked(accuse("banyak", 30))


def test_the_permanent_address_of_what_stands_shows_what_names_it(client, accused, published):
    _case, claim, _other, person = accused
    page = read(client, f"/en/actors/{person.slug}/v/1/")
    assert claim.statement_en in page
    assert NO_PROCEEDINGS in text_of(page)
    assert 'href="#named-in"' in page
    person.title_en = "Somebody else"
    person.save()
    published(person)
    assert claim.statement_en not in read(client, f"/en/actors/{person.slug}/v/1/"), "it names what stands now"
