"""What is proposed for the 71 facts of the second corpus: how often rightly, wrongly, or left empty.

The triggers were written with these texts at hand, so the table says what is reached here, not what another source
will give; `test_other_sources.py` proposes on the record's own documents. Wrong is worse than empty.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.admin.claim_form.proposal import Proposal
from cases.admin.claim_form.propose import propose
from cases.admin.claim_form.standings import ALLEGED, CRIMES, POSSIBLE
from cases.claim_kinds.penalty import months_in
from cases.models import Subject
from cases.publication.fairness import LEGAL_WORDS
from cases.search.analysis.tokens import tokenize
from cases.search.analysis.word_lists import is_negation
from cases.vocabularies import Part
from sources.quotes import stands_in
from tests import second_corpus
from tests.shared import taken_back

from .second_corpus_facts import arguments, expected, proposed

FACTS = sorted(second_corpus.facts())
NUMBERS = ("amount", "value", "months", "percent", "quantity")
RIGHT, WRONG, EMPTY = "right", "wrong", "empty"


@pytest.fixture(scope="module", autouse=True)
def corpus(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with taken_back(django_db_blocker):
        second_corpus.load()
        yield


@pytest.fixture(autouse=True)
def _texts(settings: Any) -> None:
    settings.CASEDB_DOCUMENTS = second_corpus.TEXTS


def values(proposal: Proposal) -> dict[str, str]:
    return {value.field: str(value.value) for value in proposal.values}


@cache
def in_its_form(fact: str) -> Proposal:
    """What is proposed in the form of the kind that the fact has; a curator who was offered another one picks it."""
    return proposed(fact, kind=expected()[fact][0]["kind"])


@cache
def by_its_words(fact: str) -> Proposal:
    return proposed(fact)


def kind_of(fact: str) -> str:
    found = by_its_words(fact).kinds
    wanted = {claim["kind"] for claim in expected()[fact]}
    return EMPTY if not found else RIGHT if found[0] in wanted else WRONG


def number_of(fact: str) -> str:
    """Compare the number proposed in the form of the right kind with those of the fact's claims."""
    claims, row = expected()[fact], second_corpus.facts()[fact]
    details = [claim.get(claim["kind"], {}) for claim in claims]
    wanted = {number for detail in details for name in NUMBERS if (number := detail.get(name))}
    wanted |= {str(term) for term in months_in(row["detail"])}
    found = values(in_its_form(fact))
    given = {found[name] for name in NUMBERS if name in found}
    return EMPTY if not given else RIGHT if given <= wanted else WRONG


def currency_of(fact: str) -> str:
    found = values(in_its_form(fact)).get("currency", "")
    return EMPTY if not found else RIGHT if found == second_corpus.facts()[fact]["currency"] else WRONG


def date_of(fact: str) -> str:
    wanted = {str(claim.get("start") or "") for claim in expected()[fact]}
    found = values(in_its_form(fact)).get("start", "")
    return EMPTY if not found else RIGHT if found in wanted else WRONG


def speaker_of(fact: str) -> str:
    said = expected()[fact][0]["said_by"]
    found = values(in_its_form(fact))
    if "said_by_actor" in found:
        slug = Subject.objects.get(pk=found["said_by_actor"]).slug
        return RIGHT if said.get("actor") == f"actors/{slug}" else WRONG
    if "speaker_id" in found:
        return RIGHT if said.get("speaker") == {"id": found["speaker_id"], "en": found["speaker_en"]} else WRONG
    return EMPTY if "said_by_source" not in found else RIGHT if "source" in said else WRONG


def standing_of(fact: str) -> str:
    row = second_corpus.facts()[fact]
    found = values(in_its_form(fact))["standing"]
    return RIGHT if found in (row["standing"], *row["standing_also_ok"]) else WRONG


COLUMNS = {
    "kind": (kind_of, 64, 2),
    "number": (number_of, 30, 0),
    "currency": (currency_of, 18, 0),
    "date": (date_of, 23, 0),
    "speaker": (speaker_of, 58, 3),
    "standing": (standing_of, 70, 1),
}
"""What is compared; how often it is right at least, and how often wrong at most."""


@pytest.mark.parametrize("column", list(COLUMNS))
def test_what_is_proposed_for_the_facts(column, capsys):
    judge, least_right, most_wrong = COLUMNS[column]
    verdicts = {fact: judge(fact) for fact in FACTS}
    count = Counter(verdicts.values())
    with capsys.disabled():
        wrong = ", ".join(fact for fact, verdict in verdicts.items() if verdict == WRONG)
        print(f"\n{column:9} right {count[RIGHT]:3}  empty {count[EMPTY]:3}  wrong {count[WRONG]:3}  {wrong}")
    assert count[RIGHT] >= least_right
    assert count[WRONG] <= most_wrong


def sentences() -> dict[str, tuple[str, str]]:
    """Every sentence that is proposed, with the quote, by its fact."""
    rows = second_corpus.facts()
    found = {fact: (by_its_words(fact).statement_id, rows[fact]["quote"]) for fact in FACTS}
    return {fact: pair for fact, pair in found.items() if pair[0]}


def test_each_word_of_a_sentence_is_of_the_quote_or_of_a_name():
    name = tokenize("Baskoro Wirasenda")
    found = sentences()
    for sentence, quote in found.values():
        assert {*tokenize(sentence)} <= {*tokenize(quote), *name}
    assert len(found) >= 9


def test_each_hedge_and_negation_of_the_quote_stands_in_its_sentence():
    for sentence, quote in sentences().values():
        for word in tokenize(quote):
            if is_negation(word) or POSSIBLE.fullmatch(word) or ALLEGED.fullmatch(word):
                assert word in tokenize(sentence)


def test_no_sentence_calls_somebody_guilty_or_accuses_flatly():
    for fact, (sentence, _quote) in sentences().items():
        assert not CRIMES.search(sentence)
        assert not LEGAL_WORDS.search(sentence)
        assert second_corpus.facts()[fact]["standing"] in ("stated", "decided")


def test_every_number_is_said_in_the_words_of_the_source():
    for fact in FACTS:
        given = {value.field: value for value in in_its_form(fact).values}
        if "as_stated" in given:
            assert stands_in(given["as_stated"].value, second_corpus.facts()[fact]["quote"])


def test_a_number_is_read_back_with_the_words_in_which_the_source_spells_it():
    [amount] = [value for value in in_its_form("A-005").values if value.field == "amount"]
    assert amount.words == "Rp684.500.000,00"
    assert amount.read_back.startswith("684,500,000 · six hundred")
    assert "enam ratus delapan puluh empat juta lima ratus ribu rupiah" in amount.read_back


def test_nobody_is_ever_proposed_as_accused():
    assert not [fact for fact in FACTS for each in by_its_words(fact).parties if each.part == Part.ACCUSED]


def test_the_defendant_is_whom_the_source_means():
    [defendant] = [each for each in in_its_form("A-005").parties if each.part == Part.DEFENDANT]
    assert (defendant.as_stated, defendant.origin) == ("Terdakwa", "name")
    assert Subject.objects.get(pk=defendant.who).slug == "baskoro-wirasenda"


def test_the_driver_is_not_taken_for_the_chairman_of_his_name():
    [party] = by_its_words("A-010").parties
    chairman = Subject.objects.get(slug="ahmad-fauzan-ketua-pokja-iii")
    assert (party.who, party.namesakes, party.as_stated) == (None, (chairman.pk,), "Ahmad Fauzan")


def test_a_name_is_proposed_with_the_full_stop_of_its_last_degree():
    assert [each.as_stated for each in by_its_words("A-059").parties] == ["BASKORO WIRASENDA, S.E., M.M."]


def test_initials_are_joined_to_nobody():
    assert [(each.who, each.as_stated) for each in by_its_words("A-054").parties] == [(None, "BW")]


def test_the_day_of_the_ruling_is_no_date_of_a_demand():
    assert values(in_its_form("A-013"))["start"] == "2031-02-10"
    assert values(in_its_form("A-003"))["start"] == "2031-03-14"


def test_a_demand_is_no_penalty():
    assert by_its_words("A-013").kinds[0] == "stage"
    proposal = proposed("A-013", kind="penalty")
    assert [slip.field for slip in proposal.slips if slip.blocks] == ["kind"]


@pytest.mark.parametrize("fact", ["A-031", "A-032", "A-063"])
def test_of_several_sums_none_is_proposed(fact):
    proposal = in_its_form(fact)
    assert "amount" not in values(proposal)
    assert any("several sums" in slip.sentence for slip in proposal.slips)


def test_a_claim_on_the_same_words_is_offered_as_the_same():
    [first, *_others] = in_its_form("A-005").duplicates
    assert (first.reason, first.differs) == ("the same number", False)


def test_the_contract_a_tenth_of_its_value_is_a_conflict():
    proposal = propose_with_subject("A-064", "contract")
    reasons = {each.reason: each.differs for each in proposal.duplicates}
    assert reasons["the same digits, but another number of zeros"]


def propose_with_subject(fact: str, kind: str) -> Proposal:
    subject = Subject.objects.get(slug="papan-informasi-digital-marawangi")
    return proposed(fact, kind=kind, subject=subject)


def test_the_number_of_queries_does_not_depend_on_the_words():
    subject = Subject.objects.get(slug="papan-informasi-digital-marawangi")
    numbers = set()
    for fact in ("A-005", "A-027", "A-031", "A-021", "A-054"):
        prepared = arguments(fact)
        propose(*prepared[0], **prepared[1], subject=subject)  # the index of names is made by whoever asks first
        prepared = arguments(fact)
        with CaptureQueriesContext(connection) as queries:
            propose(*prepared[0], **prepared[1], subject=subject)
        numbers.add(len(queries))
    assert len(numbers) == 1
    assert numbers.pop() <= 8
