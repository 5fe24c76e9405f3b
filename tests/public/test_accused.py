"""Wherever a person is shown as accused, the state of the reply and of proceedings stands beside it."""

import pytest

from cases.claim_kinds.stage import Stage
from tests.factories import make_actor, make_case, make_claim
from tests.public.conftest import read, text_of

NO_STATUS = "No legal status in the sources."
NOT_ASKED = "Not asked: we have recorded no request for a reply."


@pytest.fixture
def accused(published):
    """A person whom one claim accuses and another does not."""
    person = make_actor("Warga Misal", slug="warga-misal", actor_kind="person")
    case = make_case("Kasus Contoh", slug="kasus-contoh")
    claim = make_claim(case, standing="alleged", parties=[("accused", person)])
    other = make_claim(case, parties=[("named", person)])
    published(case)
    return case, claim, other, person


def test_on_the_page_of_the_claim_the_case_the_person_and_the_sheet(client, accused):
    case, claim, other, person = accused
    for path in (f"/en/claims/{claim.id}/", f"/en/cases/{case.slug}/", f"/en/cases/{case.slug}/v/1/sheet/"):
        page = text_of(read(client, path))
        assert f"{NOT_ASKED} {NO_STATUS}" in page, path
    assert NO_STATUS in text_of(read(client, f"/en/actors/{person.slug}/"))
    page = text_of(read(client, f"/en/claims/{other.id}/"))
    assert NO_STATUS not in page, "nobody is accused there"
    assert NOT_ASKED not in page


def test_a_step_of_proceedings_that_is_recorded_is_not_denied(client, accused, published):
    case, claim, _other, person = accused
    stage = make_claim(case, kind="stage", standing="alleged", start="2023", parties=[("accused", person)])
    Stage.objects.create(claim=stage, stage="charged")
    published(case)
    for path in (f"/en/claims/{claim.id}/", f"/en/cases/{case.slug}/"):
        assert NO_STATUS not in text_of(read(client, path)), path


def test_nobody_who_was_not_asked_is_counted_as_a_reply(client, accused):
    case, *_others = accused
    contents = read(client, f"/en/cases/{case.slug}/").split("<nav aria-label", 2)[-1]
    assert '<a href="#replies">Replies</a>' in contents


def test_the_permanent_address_of_what_stands_shows_what_names_it(client, accused, published):
    _case, claim, _other, person = accused
    page = read(client, f"/en/actors/{person.slug}/v/1/")
    assert claim.statement_en in page
    assert NO_STATUS in page
    assert NO_STATUS in read(client, f"/en/actors/{person.slug}/v/1/sheet/")
    assert 'href="#named-in"' in page
    person.title_en = "Somebody else"
    person.save()
    published(person)
    assert claim.statement_en not in read(client, f"/en/actors/{person.slug}/v/1/"), "it names what stands now"
