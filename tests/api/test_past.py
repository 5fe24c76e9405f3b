"""What no longer stands says so at every door, and is kept out of search engines."""

import pytest
import time_machine
from django.utils import timezone

from cases.models import Revision
from cases.publication.acts import reinstate, withdraw
from cases.publication.redact import redact
from tests.factories import both, make_case, make_claim

pytestmark = pytest.mark.django_db
WHY = "Putusan dibatalkan"


@pytest.fixture
def before(world):
    """A moment at which the whole world stood."""
    return timezone.now().isoformat()


@pytest.fixture
def withdrawn(world, before, published):
    published(withdraw(world.case, "error"), reason=both(WHY))
    return world.case


def test_the_status_is_told_to_whoever_has_the_bytes_already(api, world, published):
    address = f"cases/{world.case.slug}/"
    first = api.read(address, version=1)
    assert (first["CaseDB-Status"], "X-Robots-Tag" in first) == ("current", False)
    published(withdraw(world.case, "error"), reason=both(WHY))
    again = api.read(address, version=1, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["CaseDB-Status"], again["X-Robots-Tag"]) == (304, "withdrawn", "noindex")
    published(reinstate(world.case))
    again = api.read(address, version=1, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["CaseDB-Status"], again["X-Robots-Tag"]) == (304, "superseded", "noindex")


def test_claims_and_excerpts_of_the_past_are_not_indexed(api, world, before, withdrawn):
    claim = api.read(f"claims/{world.lead.id}/", as_of=before)
    assert (claim.status_code, claim["CaseDB-Status"], claim["X-Robots-Tag"]) == (200, "withdrawn", "noindex")
    excerpt = api.read(f"excerpts/{world.excerpt.id}/", as_of=before)
    assert (excerpt.status_code, excerpt["X-Robots-Tag"]) == (200, "noindex")
    assert "X-Robots-Tag" not in api.read(f"excerpts/{world.excerpt.id}/")


@pytest.mark.parametrize("more", [{}, {"include": "document"}])
def test_a_list_of_the_past_says_what_became_of_each(api, world, before, withdrawn, published, more):
    world.system.title_en = "Another title"
    world.system.save()
    published(world.system)
    for folder, became in (("cases", "withdrawn"), ("systems", "superseded"), ("collaborations", "current")):
        response = api.read(f"{folder}/", as_of=before, **more)
        assert (response.json()["statuses"], response["X-Robots-Tag"]) == ([became], "noindex"), folder
    now = api.read("systems/", **more)
    assert "statuses" not in now.json()
    assert "X-Robots-Tag" not in now


def test_a_list_of_past_claims_says_what_became_of_each(api, world, before, withdrawn, django_assert_max_num_queries):
    subject = f"cases/{world.case.slug}"
    with django_assert_max_num_queries(6):
        told = api.read("claims/", subject=subject, as_of=before).json()
    assert told["statuses"] == ["withdrawn"] * len(told["results"]) == ["withdrawn"] * 6


def test_who_follows_a_subject_is_told_that_it_was_withdrawn(api, world, withdrawn):
    response = api.read("claims/", subject=f"cases/{world.case.slug}")
    assert (response.status_code, response.json()["withdrawn"]["reason"]["id"]) == (410, WHY)
    assert api.read("claims/", subject=f"places/{world.city.slug}").json()["results"] == []
    earlier = api.read("claims/", subject=f"cases/{world.case.slug}", as_of="2020-01-01")
    assert (earlier.status_code, earlier.json()["results"]) == (200, []), "then it was not withdrawn, but not there yet"


def test_a_version_that_is_not_there_is_no_missing_case(api, world):
    response = api.read(f"cases/{world.case.slug}/", version=2)
    assert response.status_code == 404
    assert response.json()["detail"] == f"There is 1 version of “{world.case.slug}”, and none of number 2."
    assert "did_you_mean" not in response.json()


def test_what_was_not_there_yet_is_not_offered_again(api, world):
    response = api.read(f"cases/{world.case.slug}/", as_of="2020-01-01")
    assert response.status_code == 404
    assert "did_you_mean" not in response.json()


def test_erased_words_are_in_no_answer_though_a_process_may_hold_them(api, published, curator, reviewer):
    case = make_case(slug="perkara")
    words = "Kata yang tidak boleh dibaca."
    make_claim(case, statement_id=words)
    past = {"include": "document", "as_of": "2026-11-02"}
    with time_machine.travel("2026-11-01T05:00:00Z"):
        published(case)
    with time_machine.travel("2026-11-03T05:00:00Z"):
        assert words in api.read("cases/", **past).content.decode()
        people = {"by": curator, "reviewer": reviewer, "reason": both("Menyangkut warga biasa"), "reason_code": "error"}
        redact(words, first=[withdraw(case, "error")], **people)
        after = api.read("cases/", **past)
    assert words not in after.content.decode()
    assert api.read("cases/", include="document").json()["results"] == []


class TestAllErased:
    """Every version of it held the words."""

    @pytest.fixture
    def case(self, published, curator, reviewer):
        case = make_case(slug="perkara")
        published(case)
        people = {"by": curator, "reviewer": reviewer, "reason": both("Menyangkut warga biasa"), "reason_code": "error"}
        redact(case.claims.get().statement_id, first=[withdraw(case, "error")], **people)
        return case

    def test_its_address_still_says_when_and_why_it_went(self, api, client, case):
        for name in (case.slug, str(case.id), str(case.id).upper()):
            response = api.read(f"cases/{name}/")
            assert (response.status_code, response.json()["withdrawn"]["id"]) == (410, str(case.id)), name
        assert client.get(f"/cases/{case.slug}/").status_code == 410
        assert api.read("cases/nobody/").status_code == 404

    def test_its_versions_are_said_to_be_erased(self, api, case):
        seq = Revision.objects.get(object_id=case.id, version=1).seq
        assert api.read(f"cases/{case.slug}/", version=1).json()["redacted"]["seq"] == seq
        assert api.read(f"cases/{case.slug}/", version=2).status_code == 200
        assert api.read(f"cases/{case.slug}/", version=9).status_code == 404

    def test_a_query_that_names_it_is_understood(self, api, case):
        assert api.read("claims/", subject=f"cases/{case.slug}").status_code == 410
        assert api.read("claims/", subject=str(case.id)).status_code == 410
