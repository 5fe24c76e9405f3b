"""Feeds say what changed, with speaker and standing; a withdrawn falsehood about a person is never repeated."""

import pytest

from cases.publication.acts import withdraw
from cases.publication.publish import publish
from tests.factories import both, make_actor, make_case, make_claim
from tests.public.test_changes import entries

pytestmark = pytest.mark.django_db
FEED = "/en/cases/perkara/atom.xml"
GONE = "Something that stood here before was taken out or replaced. It is not repeated."


def make_matter(published, **who):
    """A published case with a second sentence, which names `who` as a partner, or nobody."""
    case = make_case("Perkara", slug="perkara")
    parties = [("named", make_actor(**who))] if who else []
    make_claim(case, None, parties, statement_id="Kalimat lama.", statement_en="The old sentence.")
    published(case)
    return case


def correct(case, published, statement="The new sentence."):
    claim = case.claims.get(statement_en="The old sentence.")
    claim.statement_id, claim.statement_en = "Kalimat baru.", statement
    claim.save()
    published(case, reason=both("Diperbaiki"))


def test_an_entry_says_what_came_with_its_speaker_and_its_standing(client, published):
    make_matter(published)
    summary = entries(client, FEED)[0]["summary"]
    assert "According to A. Penulis: The old sentence (source says)" in summary


def test_where_nobody_is_named_the_old_sentence_is_told_beside_the_new(client, published):
    correct(make_matter(published), published)
    newest, oldest = entries(client, FEED)
    assert "The new sentence (source says)" in newest["summary"]
    assert "No longer said here: According to A. Penulis: The old sentence" in newest["summary"]
    assert "The old sentence" in oldest["summary"]


@pytest.mark.parametrize("who", [{"title": "Budi", "actor_kind": "person"}])
def test_what_is_no_longer_said_of_a_person_is_in_no_entry(client, published, who):
    correct(make_matter(published, **who), published)
    for address in (FEED, "/en/changes/atom.xml"):
        told = " ".join(entry["summary"] + entry["title"] for entry in entries(client, address))
        assert "The new sentence" in told or address != FEED
        assert "old sentence" not in told
        assert "Budi" not in told
    assert GONE in entries(client, FEED)[0]["summary"]


@pytest.mark.parametrize(
    ("code", "repeated"),
    [
        ("error", False),
        ("court_order", False),
        ("private_person", False),
        ("right_of_reply_upheld", False),
        ("superseded", True),
    ],
)
def test_after_a_withdrawal_the_reason_decides_what_older_entries_still_say(
    client, published, curator, reviewer, code, repeated
):
    case = make_matter(published)
    publish([withdraw(case, code)], by=curator, reviewer=reviewer, reason=both("Ditarik"))
    newest, oldest = entries(client, FEED)
    assert newest["summary"] == "Ditarik"
    assert ("The old sentence" in oldest["summary"]) == repeated


def test_a_set_leads_with_its_cases_and_names_no_person_alone(client, published):
    make_matter(published, title="Budi", actor_kind="person")
    lines = entries(client, "/en/changes/atom.xml")[0]["summary"].split("\n")
    assert lines[0].startswith("Published: Perkara. According to A. Penulis: ")
    assert "Published: person" in lines
    page = client.get("/en/changes/").content.decode()
    assert page.index("Perkara") < page.index("Budi")


def test_a_record_with_many_sentences_says_how_many_more_there_are(client, published):
    published(make_case("Perkara", slug="perkara", claims=9))
    assert "and 4 more" in entries(client, FEED)[0]["summary"]
