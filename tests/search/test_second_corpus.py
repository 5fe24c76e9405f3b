"""The second corpus loads and publishes through the ordinary code, and every fact of its key has a claim."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from cases.documents.base import DocumentBase
from cases.dossiers.load import dossier_files
from cases.models import Record
from cases.publication.audit.verify import verify
from cases.publication.ledger import current_documents
from tests import second_corpus
from tests.shared import taken_back


@pytest.fixture(scope="module")
def published(record: None, django_db_blocker: Any) -> Iterator[list[DocumentBase]]:
    """What it adds to the public record of the fixtures."""
    with taken_back(django_db_blocker):
        before = set(Record.objects.current().values_list("object_id", flat=True))
        second_corpus.load()
        keys = Record.objects.current().exclude(object_id__in=before).values_list("object_id", flat=True)
        yield [document for document in current_documents(keys).values() if document]


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def test_everything_is_public(published):
    paths = {document.path.strip("/") for document in published}
    assert paths == {name.removesuffix(".yaml") for name in dossier_files(second_corpus.DOSSIERS)}


def test_it_is_whole_beside_the_public_record(published):
    assert list(verify(second_corpus.TEXTS)) == []


def test_every_fact_has_a_claim_that_its_quote_supports(published):
    quotes = {
        claim.id: [on_one_line(each.exact) for each in document.supporting_excerpts_of(claim)]
        for document in published
        for claim in document.claims
    }
    wrong = [
        (fact, path)
        for fact, row in second_corpus.facts().items()
        for path, claim in zip(second_corpus.PATHS[fact], second_corpus.FACTS[fact], strict=True)
        if on_one_line(row["quote"]) not in quotes.get(claim, [])
    ]
    assert wrong == []
    assert len(second_corpus.FACTS) == len(second_corpus.facts()) == 71
    assert all(second_corpus.FACTS.values())
    assert {claim for claims in second_corpus.FACTS.values() for claim in claims} == set(quotes)


def test_every_search_names_facts_of_the_key():
    named = {fact for row in second_corpus.queries() for fact in [*row["facts"], *row.get("must_not_find", [])]}
    assert named <= set(second_corpus.FACTS)
    assert len(second_corpus.queries()) == 40


def test_nothing_of_it_stands_in_the_public_record():
    public, invented = dossier_files(settings.CASEDB_FIXTURES), dossier_files(second_corpus.DOSSIERS)
    assert public.keys().isdisjoint(invented)
    assert not any("marawangi" in text.lower() for text in public.values())
