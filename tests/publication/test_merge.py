"""Merging: a thing becomes part of another, what named it names the survivor, and it can be undone."""

import pytest
from msgspec import UNSET

from cases.documents.references import MergedName
from cases.models import Record, RecordLink, Revision
from cases.publication.acts import merge, reinstate
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from cases.publication.ledger import current_document
from cases.publication.publish import publish
from cases.publication.replay import replay
from sources.json_fields import LanguageMap
from tests.factories import both, everything_named_by, make_actor, make_case, make_claim, make_place, make_source
from tests.publication.test_replay import record_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(curator, reviewer):
    return {"by": curator, "reviewer": reviewer, "reason": both("Dua nama, satu badan")}


@pytest.fixture
def world(people):
    """A case that names PT Lama; PT Baru is public too."""
    old, new, case = make_actor("PT Lama", slug="lama"), make_actor("PT Baru", slug="baru"), make_case()
    make_claim(case, parties=[("partner", old)])
    publish(everything_named_by(case, new), **people)
    return old, new, case


def named_in(case):
    return {party.who.slug for claim in current_document(case.id).claims for party in claim.parties if party.who}


def whole():
    assert list(verify()) == []
    before = record_rows()
    replay()
    assert record_rows() == before


def test_whatever_named_it_names_the_survivor_in_the_same_set(world, people):
    old, new, case = world
    written = publish([merge(old, into=new)], **people)
    assert [(r.action, str(r.object_id), r.cause) for r in written] == [
        ("merge", str(old.id), None),
        ("correct", str(new.id), written[0].seq),
        ("correct", str(case.id), written[0].seq),
    ]
    assert written[0].into == new.id
    assert current_document(old.id) is None
    assert named_in(case) == {"baru"}
    assert not RecordLink.objects.current().filter(target=str(old.id)).exists()
    whole()


def test_the_survivor_lists_what_became_part_of_it_whenever_it_is_published(world, people):
    old, new, _case = world
    publish([merge(old, into=new)], **people)
    title = LanguageMap(id="PT Lama", en="PT Lama")
    listed = (MergedName(id=str(old.id), kind="actor", slug="lama", title=title),)
    assert current_document(new.id).merged_from == listed
    new.title_en = "PT Baru Ltd"
    new.save()
    publish([new], **people)
    assert current_document(new.id).merged_from == listed
    whole()


def test_what_is_published_later_names_the_survivor_without_a_change_of_papers(world, people):
    old, new, case = world
    publish([merge(old, into=new)], **people)
    make_claim(case, parties=[("body", old)])
    publish(everything_named_by(case), **people)
    assert named_in(case) == {"baru"}
    whole()


def test_a_survivor_that_is_merged_in_turn(world, people):
    old, new, case = world
    last = make_actor("PT Akhir", slug="akhir")
    publish([merge(old, into=new)], **people)
    publish([last, merge(new, into=last)], **people)
    assert named_in(case) == {"akhir"}
    make_claim(case, parties=[("body", old)])
    publish(everything_named_by(case), **people)
    assert named_in(case) == {"akhir"}
    whole()


def test_reinstating_undoes_a_merge(world, people):
    old, new, case = world
    publish([merge(old, into=new)], **people)
    written = publish([reinstate(old)], **people)
    assert [(r.action, str(r.object_id)) for r in written] == [("reinstate", str(old.id)), ("correct", str(new.id))]
    assert current_document(new.id).merged_from is UNSET
    assert named_in(case) == {"baru"}, "until the case is published again, its words read anew"
    other = make_case()
    make_claim(other, parties=[("partner", old)])
    publish(everything_named_by(other), **people)
    assert named_in(other) == {"lama"}, "it answers for itself again"
    new.title_en = "PT Baru again"
    new.save()
    publish([new], **people)
    assert current_document(new.id).merged_from is UNSET
    whole()


def test_statements_go_to_the_survivor_in_the_same_set(people):
    old, new = make_case("Kasus lama"), make_case("Kasus baru")
    publish(everything_named_by(old, new), **people)
    claim = old.claims.get()
    with pytest.raises(NotPublishableError, match="Write them anew"):
        publish([merge(old, into=new)], **people)
    claim.subject, claim.lead = new, None
    claim.save()
    with pytest.raises(NotPublishableError, match="must go out in the same set"):
        publish([merge(old, into=new)], **people)
    publish([new, merge(old, into=new)], **people)
    assert str(claim.id) in current_document(new.id).claims_by_id
    assert Record.objects.current().filter(kind="case").count() == 1
    whole()


@pytest.mark.parametrize("wrong", ["itself", "kind", "source", "draft", "unpublished"])
def test_what_cannot_be_merged_is_refused_with_a_reason(people, wrong):
    actor, other = make_actor(), make_actor("PT Lain")
    publish([actor, other], **people)
    source = make_source()
    act = {
        "itself": merge(actor, into=actor),
        "kind": merge(actor, into=make_place()),
        "source": merge(source, into=make_source()),
        "draft": merge(actor, into=make_actor("PT Draf")),
        "unpublished": merge(make_actor("PT Draf"), into=other),
    }[wrong]
    before = Revision.objects.count()
    with pytest.raises(NotPublishableError):
        publish([act], **people)
    assert Revision.objects.count() == before
