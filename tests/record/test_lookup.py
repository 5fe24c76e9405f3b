"""Documents by slug, by id and as of a revision: however one is asked for, it is the same."""

import pytest

from cases.models import Record
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from cases.publication.redact import redact
from cases.record import lookup
from cases.record.as_of import last_seq
from cases.record.stored_document import MovedError, NotInRecordError, RedactedError, WithdrawnError
from tests.factories import both, make_case, make_public

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(curator, reviewer):
    case = make_case("Perkara pagi", slug="perkara-kota-contoh")
    make_public(case, by=curator, reviewer=reviewer)
    return case


def test_the_written_query_and_the_orm_answer_the_same(case):
    for kind, slug in Record.objects.values_list("kind", "slug"):
        stored = lookup.document_or_none(kind, slug)
        assert stored == lookup._document_as_of(kind, slug, None)
        assert stored == lookup.document_or_none(kind, str(stored.document.id))
        assert stored == lookup.document_or_none(kind, slug, seq=last_seq())
        assert stored.path == stored.document.path
    for kind, slug in (("case", "nowhere"), ("actor", case.slug)):
        assert lookup.document_or_none(kind, slug) is None
        assert lookup._document_as_of(kind, slug, None) is None


def test_the_commonest_question_is_one_query_and_every_other_two(case, django_assert_num_queries):
    seq = last_seq()
    with django_assert_num_queries(1):
        lookup.find_document("case", case.slug)
    with django_assert_num_queries(2):
        lookup.find_document("case", str(case.pk))
    with django_assert_num_queries(2):
        lookup.find_document("case", case.slug, seq=seq)


def test_a_renamed_slug_and_a_withdrawal_say_where_the_document_went(case, curator, reviewer):
    case.slug = "perkara-lain"
    case.save()
    publish([case], by=curator, reviewer=reviewer, reason=both("Nama"))
    with pytest.raises(MovedError) as moved:
        lookup.find_document("case", "perkara-kota-contoh")
    assert moved.value.path == "/cases/perkara-lain/"
    publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    with pytest.raises(WithdrawnError) as withdrawn:
        lookup.find_document("case", "perkara-lain")
    assert withdrawn.value.document.titles.id == case.title_id


def test_erased_words_are_not_read_and_what_never_was_is_not_in_the_record(case, curator, reviewer):
    before = last_seq()
    case.title_id = case.title_en = "Perkara tanpa nama"
    case.save()
    redact("pagi", first=[case], reason_code="court_order", by=curator, reviewer=reviewer, reason=both("Putusan"))
    with pytest.raises(RedactedError) as redacted:
        lookup.find_document("case", case.slug, seq=before)
    assert redacted.value.revision.seq <= before
    with pytest.raises(NotInRecordError):
        lookup.find_document("case", "nowhere")
