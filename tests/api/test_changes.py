"""The log: every change in one gapless order, and the bytes that each wrote."""

import hashlib

import pytest

from cases.models import Revision, RevisionBody
from cases.publication.acts import merge, reinstate, withdraw
from cases.publication.redact import redact
from tests.factories import both, make_actor, make_case, make_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(published):
    """Published, corrected because an actor was renamed, withdrawn, reinstated."""
    case, actor = make_case(slug="a"), make_actor("PT Lama", slug="pt")
    make_claim(case, parties=[("partner", actor)])
    published(case)
    actor.title_id = actor.title_en = "PT Baru"
    actor.save()
    published(actor, reason=both("Nama diperbaiki"))
    published(withdraw(case, "error"), reason=both("Keliru"))
    published(reinstate(case), reason=both("Ternyata benar"))
    return case


def test_the_feed_is_gapless_and_in_order(api, history):
    seen, address = [], "/api/v1/changes/?limit=2"
    while results := (page := api.get(address).json())["results"]:
        seen += [change["seq"] for change in results]
        address = page["next"]
    assert seen == list(range(1, Revision.objects.count() + 1))


def test_the_next_place_is_always_told_even_when_nothing_is_new(api, history):
    last = Revision.objects.count()
    page = api.read("changes/", after=last).json()
    assert (page["results"], page["next_after"]) == ([], last)
    assert page["next"] == f"http://localhost/api/v1/changes/?after={last}&limit=50"


def test_who_has_more_than_there_is_is_told(api, history):
    told = api.read("changes/", after=999).json()
    assert (told["parameter"], told["did_you_mean"]) == ("after", [str(Revision.objects.count())])


def test_a_change_says_what_happened_to_what_and_why(api, history):
    changes = api.read("changes/").json()["results"]
    renamed = next(
        c for c in changes if c["reason"] == {"id": "Nama diperbaiki", "en": "Nama diperbaiki"} and c["kind"] == "actor"
    )
    assert (renamed["action"], renamed["title"], renamed["path"]) == (
        "correct",
        {"id": "PT Baru", "en": "PT Baru"},
        "/actors/pt/",
    )
    followed = next(c for c in changes if c["cause"])
    assert (followed["cause"], followed["batch"], followed["id"]) == (renamed["seq"], renamed["batch"], str(history.id))
    withdrawn, reinstated = changes[-2:]
    assert (withdrawn["action"], withdrawn["reason_code"]) == ("withdraw", "error")
    assert withdrawn["reason"] == {"id": "Keliru", "en": "Keliru"}
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


def test_the_feed_carries_the_very_bytes_that_were_committed_to(api, history):
    for change in api.read("changes/", include="document").json()["results"]:
        content = bytes.fromhex(change["salt"]) + change["document"].encode()
        assert hashlib.sha256(content).hexdigest() == change["commitment"]
    assert "document" not in api.read("changes/").json()["results"][0]


def test_whole_texts_come_at_most_fifty_at_a_time_and_next_asks_for_them_too(api, history):
    told = api.read("changes/", include="document", limit=51).json()
    assert (told["parameter"], told["did_you_mean"]) == ("limit", ["50"])
    page = api.read("changes/", include="document", limit=1).json()
    assert api.get(page["next"]).json()["results"][0]["document"]


def test_the_head_is_told_on_every_page(api, history):
    last = Revision.objects.last()
    for query in ({"limit": 1}, {"after": last.seq}):
        head = api.read("changes/", **query).json()["head"]
        assert (head["seq"], head["commitment"]) == (last.seq, last.commitment)


def test_an_empty_record_has_no_head(api, db):
    assert api.read("changes/").json()["head"] is None
    assert api.read("digest/").json()["log"] == hashlib.sha256(b"").hexdigest()


@pytest.fixture
def erased(history, curator, reviewer):
    """The name of what was corrected later is erased."""
    people = {"by": curator, "reviewer": reviewer, "reason": both("Diminta"), "reason_code": "error"}
    return [row for row in redact("PT Lama", **people) if row.redacts]


def test_the_digest_is_made_of_the_log_and_of_what_was_erased(api, erased):
    gone = {row.redacts for row in erased}
    lines = [
        f"{leaf['seq']} {leaf['commitment']} {'erased' if leaf['seq'] in gone else 'kept'}\n"
        for leaf in api.read("revisions/").json()["results"]
    ]
    told = api.read("digest/").json()
    assert told["log"] == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert (told["seq"], told["revisions"], told["erased"]) == (len(lines), len(lines), len(gone))


def test_what_was_erased_is_in_no_answer_and_says_so(api, erased):
    for seq in (row.redacts for row in erased):
        assert api.read(f"revisions/{seq}/").status_code == 410
    feed = api.read("changes/", include="document")
    assert "PT Lama" not in feed.content.decode()
    of = {change["seq"]: change for change in feed.json()["results"]}
    for row in erased:
        assert (of[row.redacts]["document"], of[row.redacts]["salt"]) == (None, None)
        assert (of[row.seq]["action"], of[row.seq]["redacts"]) == ("redact", row.redacts)


def test_a_page_of_something_with_erased_versions_still_opens(client, history, erased):
    assert client.get("/cases/a/").status_code == 200
    assert client.get("/cases/a/history/").status_code == 200
    assert client.get("/changes/").status_code == 200


def test_a_merged_thing_leads_to_its_survivor_and_is_found_by_either_name(api, client, published):
    case, old, new = make_case(slug="a"), make_actor("PT Lama", slug="lama"), make_actor("PT Baru", slug="baru")
    make_claim(case, parties=[("partner", old)])
    published(case, new)
    moment = api.read("changes/").json()["head"]["at"]
    merged = published(merge(old, into=new))[0]
    response = api.read("actors/lama/")
    assert (response.status_code, response["Location"]) == (308, "/api/v1/actors/baru/")
    assert client.get("/actors/lama/")["Location"] == "/actors/baru/"
    assert client.get("/changes/").status_code == client.get("/actors/baru/").status_code == 200
    assert api.read(f"revisions/{merged.seq}/")["CaseDB-Status"] == "merged"
    assert api.read(f"revisions/{merged.seq}/").json()["merged"]["into"]["slug"] == "baru"
    assert api.ids("cases/", actor="lama") == api.ids("cases/", actor="baru") == ["a"]
    assert api.ids("cases/", actor="lama", as_of=moment) == ["a"]
    assert api.ids("cases/", actor="baru", as_of=moment) == []
    assert api.read("actors/lama/", as_of=moment).status_code == 200
    published(reinstate(old))
    assert api.read("actors/lama/").status_code == 200
