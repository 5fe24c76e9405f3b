"""What is proposed for the claims of the record's own five documents, with which no trigger was written."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from cases.admin.claim_form.proposal import Proposal, Value
from cases.admin.claim_form.propose import propose
from cases.models import Citation, Claim
from sources.models import Capture
from sources.quotes import Span
from tests.factories import make_capture, make_source
from tests.seeding import seed_fixtures
from tests.shared import taken_back

NUMBERS = ("amount", "value", "months", "percent")


@pytest.fixture(scope="module")
def proposals(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[tuple[Claim, str, Proposal]]]:
    """Every claim that one excerpt supports, with its words and what is proposed for them in a form of its kind.

    The words of each source stand in a copy of a sixth one: the texts of the five are not everywhere.
    """
    with taken_back(django_db_blocker):
        seed_fixtures()
        cited = Citation.objects.filter(relation="supports").select_related("excerpt", "claim", "excerpt__capture")
        alone = Counter(each.claim_id for each in cited)
        citations = [each for each in cited if alone[each.claim_id] == 1]
        captures = {}
        for key in {each.excerpt.capture_id for each in citations}:
            captures[key] = _copied([each for each in citations if each.excerpt.capture_id == key])
        yield [
            (each.claim, each.excerpt.exact, propose(*captures[each.excerpt.capture_id][each.pk], kind=each.claim.kind))
            for each in citations
        ]


def _copied(citations: list[Citation]) -> dict[int, tuple[Capture, list[Span]]]:
    text, spans = "", {}
    for each in citations:
        start = len(text) + len(each.excerpt.prefix) + 2
        spans[each.pk] = start, start + len(each.excerpt.exact)
        text += f"\n\n{each.excerpt.prefix}{each.excerpt.exact}{each.excerpt.suffix}"
    capture = make_capture(make_source(), text)
    return {key: (capture, [span]) for key, span in spans.items()}


def test_none_of_their_numbers_is_proposed_wrongly(proposals, capsys):
    count, wrong = Counter[str](), []
    for claim, words, proposal in proposals:
        given = {value.value for value in proposal.values if value.field in NUMBERS}
        stated = {str(getattr(claim.detail, name, "")) for name in (*NUMBERS, "quantity", "value_to")}
        verdict = "empty" if not given else "right" if given <= stated else "wrong"
        count[verdict] += bool(claim.detail)
        if verdict == "wrong":
            wrong.append((str(claim), words, given, stated))
    with capsys.disabled():
        print(f"\nnumbers of the five documents: {dict(count)}")
    assert wrong == []


def test_few_kinds_are_proposed_wrongly(proposals, capsys):
    """Most of these are descriptions and findings, of which no words tell: for them nothing is the right answer."""
    count = Counter[str]()
    for claim, _words, proposal in proposals:
        fits = "empty" if not proposal.kinds else "right" if claim.kind == proposal.kinds[0] else "wrong"
        count[fits] += 1
    with capsys.disabled():
        print(f"\nkinds of the five documents: {dict(count)}")
    assert count["wrong"] <= 40
    assert count["right"] >= 54


def test_what_is_hedged_or_alleged_is_seldom_proposed_as_decided(proposals):
    given = [
        (claim.standing, value.value) for claim, _w, each in proposals for value in each.values if is_standing(value)
    ]
    assert not [pair for pair in given if pair[1] == "decided"]
    assert sum(own == found for own, found in given) >= 395


def is_standing(value: Value) -> bool:
    return value.field == "standing"
