"""The log: every change in one gapless order, and the bytes that each wrote."""

import pytest

from cases.models import Revision, RevisionBody
from cases.publication.acts import reinstate, withdraw
from tests.factories import make_actor, make_case, make_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(published):
    """Published, corrected because an actor was renamed, withdrawn, reinstated."""
    case, actor = make_case(slug="a"), make_actor("PT Lama", slug="pt")
    make_claim(case, parties=[("partner", actor)])
    published(case)
    actor.title_id = actor.title_en = "PT Baru"
    actor.save()
    published(actor, reason="Nama diperbaiki")
    published(withdraw(case, "error"), reason="Keliru")
    published(reinstate(case), reason="Ternyata benar")
    return case


def test_the_feed_is_gapless_and_in_order(api, history):
    seen, address = [], "changes/?limit=2"
    while results := (page := api.get(f"/api/v1/{address}" if address[0] != "/" else address).json())["results"]:
        seen += [change["seq"] for change in results]
        address = page["next"]
    assert seen == list(range(1, Revision.objects.count() + 1))


def test_the_next_place_is_always_told_even_when_nothing_is_new(api, history):
    last = Revision.objects.count()
    page = api.read("changes/", after=last).json()
    assert (page["results"], page["next_after"]) == ([], last)
    assert page["next"] == f"/api/v1/changes/?after={last}&limit=50"


def test_who_has_more_than_there_is_is_told(api, history):
    told = api.read("changes/", after=999).json()
    assert (told["parameter"], told["did_you_mean"]) == ("after", [str(Revision.objects.count())])


def test_a_change_says_what_happened_to_what_and_why(api, history):
    changes = api.read("changes/").json()["results"]
    renamed = next(c for c in changes if c["reason"] == "Nama diperbaiki" and c["kind"] == "actor")
    assert (renamed["action"], renamed["title"], renamed["path"]) == (
        "correct",
        {"id": "PT Baru", "en": "PT Baru"},
        "/actors/pt/",
    )
    followed = next(c for c in changes if c["cause"])
    assert (followed["cause"], followed["batch"], followed["id"]) == (renamed["seq"], renamed["batch"], str(history.id))
    withdrawn, reinstated = changes[-2:]
    assert (withdrawn["action"], withdrawn["reason"], withdrawn["reason_code"]) == ("withdraw", "Keliru", "error")
    assert (reinstated["action"], reinstated["version"]) == ("reinstate", withdrawn["version"] + 1)


def test_the_revisions_are_the_log_itself(api, history):
    for leaf, revision in zip(api.read("revisions/").json()["results"], Revision.objects.order_by("seq"), strict=True):
        assert (leaf["seq"], leaf["commitment"], leaf["id"]) == (
            revision.seq,
            revision.commitment,
            str(revision.object_id),
        )
        assert not {"reason", "title", "path"} & set(leaf)


def test_every_change_leads_to_the_bytes_that_it_wrote(api, history):
    for change in api.read("changes/").json()["results"]:
        response = api.get(change["url"])
        assert response.content == RevisionBody.objects.get(pk=change["seq"]).document.encode()
        assert response["CaseDB-Commitment"] == change["commitment"]
        assert response["Cache-Control"] == "public, max-age=60", "a redaction may take it away"


def test_a_revision_says_whether_it_still_stands(api, history, published):
    of_case = {c["version"]: c["url"] for c in api.read("changes/").json()["results"] if c["id"] == str(history.id)}
    assert api.get(of_case[1])["CaseDB-Status"] == "superseded"
    assert api.get(of_case[max(of_case)])["CaseDB-Status"] == "current"
    published(withdraw(history, "error"))
    response = api.get(of_case[1])
    assert (response["CaseDB-Status"], response["X-Robots-Tag"]) == ("withdrawn", "noindex")


def test_there_is_no_such_revision(api, history):
    for seq in ("99", "9" * 30, "x", "-1", "9" * 3000, "9" * 5000):
        assert api.read(f"revisions/{seq}/").status_code == 404


def test_nobody_who_works_here_is_named(api, history, curator, reviewer):
    for address in ("changes/", "revisions/", "revisions/1/"):
        content = api.read(address).content.decode()
        assert curator.username not in content
        assert reviewer.username not in content
