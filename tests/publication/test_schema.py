"""Nothing is published that breaks the schema of its kind, whatever the rules let pass."""

import pytest

from cases.models import Revision
from cases.publication.errors import NotPublishableError
from cases.publication.publish import publish
from tests.factories import PUBLISHED, both, everything_named_by, make_actor, make_capture, make_case

pytestmark = pytest.mark.django_db


def refusal(*items, by, reviewer, reason=PUBLISHED):
    with pytest.raises(NotPublishableError) as refused:
        publish(items, by=by, reviewer=reviewer, reason=reason)
    assert not Revision.objects.exists()
    return str(refused.value)


def test_a_side_of_a_conflict_without_words_is_refused_with_a_sentence_and_nothing_is_written(curator, reviewer):
    case = make_case()
    claim = case.claims.get()
    conflict = case.conflicts.create(
        key="when", kind="slip", claim=claim, property="start", explanation_id="a", explanation_en="a"
    )
    for value in ("", "2021"):
        conflict.sides.create(value=value, excerpt=claim.citations.get().excerpt)
    told = refusal(make_actor(), *everything_named_by(case), by=curator, reviewer=reviewer)
    assert f"case/{case.slug}: Its document breaks the schema of its kind: $.conflicts[0].sides[0].value" in told


def test_a_slug_that_no_address_may_have_is_refused(curator, reviewer):
    assert "$.slug" in refusal(make_actor(slug="PT_Misal"), by=curator, reviewer=reviewer)


def test_a_source_that_names_its_author_by_an_empty_line_is_not_refused(curator, reviewer):
    source = make_capture().source
    type(source).objects.filter(pk=source.pk).update(authors="A. Penulis\n\n")
    assert publish([source], by=curator, reviewer=reviewer, reason=both("Terbit"))
