"""What each format may say of a claim: an allegation goes nowhere as a fact."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from cases.claim_kinds.stage import Outcome
from cases.claim_kinds.transfer import Transfer, TransferKind
from cases.documents.kinds import FOLDERS
from cases.exports import ftm, ftm_pairs
from cases.exports.citations import STANDING_MARKS
from cases.exports.standings import (
    CLEARING_OUTCOMES,
    FTM_SCHEMATA,
    PAYMENT_KINDS,
    has_court_finding,
    marked_role,
    marked_statements,
)
from cases.exports.texts import label
from cases.vocabularies import ActorKind, ConflictFamily, Part, ReplyState, Role, Standing, Tie
from tests.exports.documents import (
    FIRM,
    PERSON,
    POST,
    SOURCE,
    TRANSFER,
    conflict,
    make_document,
    party,
    response,
    stage,
    unknown,
)
from tests.factories import make_actor, make_capture, make_case, make_claim, make_excerpt

SITE = "https://example.org"


def relations(document):
    found = list(ftm.entities(document, SITE))
    return [entity for entity in found if entity["schema"] not in ("Note", "Project")]


def schemata(document):
    return {entity["schema"] for entity in relations(document)}


def test_the_published_table_is_the_one_that_is_applied():
    text = Path(settings.BASE_DIR, "docs/exports.md").read_text(encoding="utf-8")
    table = {cells[0]: cells for line in text.splitlines() if (cells := re.findall(r"[^|]+", line.strip("|")))}
    table = {name.strip(): [cell.strip() for cell in cells] for name, cells in table.items()}
    assert set(Standing.values) <= set(table)
    for standing in Standing.values:
        _name, column, mark, allowed = table[standing]
        assert column == "column `standing`"
        marks = STANDING_MARKS.get(standing)
        assert mark == (f"[{marks['en']}] · [{marks['id']}]" if marks else "–")
        assert set(allowed.split(", ")) == FTM_SCHEMATA[standing]


def test_a_transfer_that_a_court_found_is_a_payment():
    document = make_document({})
    assert schemata(document) == {"Payment"}
    assert has_court_finding(document.claims[0], document)
    payment = relations(document)[0]["properties"]
    assert (payment["payer"], payment["beneficiary"]) == (["casedb-p"], ["casedb-f"])
    assert (payment["amount"], payment["currency"]) == (["100"], ["IDR"])


@pytest.mark.parametrize("standing", ["potential", "alleged", "stated"])
def test_a_transfer_of_lesser_standing_never_is(standing):
    assert schemata(make_document({"standing": standing})) == {"UnknownLink"}


@pytest.mark.parametrize("source_kind", ["thesis", "news", "regulation", "government_document"])
def test_a_transfer_read_elsewhere_than_in_a_ruling_never_is(source_kind):
    assert schemata(make_document({}, sources=[SOURCE | {"source_kind": source_kind}])) == {"UnknownLink"}


def test_a_ruling_that_is_only_context_makes_none():
    document = make_document({"citations": [{"excerpt": "e", "relation": "context"}]})
    assert schemata(document) == {"UnknownLink"}


@pytest.mark.parametrize("kind", ["money_unspecified", "award", "budget", "in_kind", None])
def test_money_of_no_known_nature_never_is(kind):
    document = make_document({"transfer": TRANSFER | {"kind": kind, "amount": None, "currency": None}})
    assert schemata(document) == {"UnknownLink"}
    assert kind is None or kind in TransferKind.values


@pytest.mark.parametrize("outcome", Outcome.values)
def test_a_ruling_that_clears_undoes_it(outcome):
    cleared = outcome in ("acquitted", "discharged", "annulled")
    assert cleared == (outcome in CLEARING_OUTCOMES)
    assert schemata(make_document({}, stage(outcome))) == ({"UnknownLink"} if cleared else {"Payment"})


@pytest.mark.parametrize("family", ConflictFamily.values)
def test_a_transfer_about_which_anything_disagrees_never_is_and_says_what(family):
    answer = [response(PERSON, state="answered", denies=True)] if family == "denied" else []
    noted = [] if answer else [conflict("k", "2019", "2020", family=family)]
    link = relations(make_document({}, conflicts=noted, responses=answer))[0]
    assert link["schema"] == "UnknownLink"
    assert link["properties"]["role"] == [f"[{label(ConflictFamily, family, 'en')}] bribe"]


@pytest.mark.parametrize("standing", Standing.values)
@pytest.mark.parametrize(
    ("aspect", "parties", "firm"),
    [
        ("holds_office", [party("holder", PERSON), party("body", POST)], "Occupancy"),
        ("member_of", [party("member", PERSON), party("body", FIRM)], "Membership"),
        ("works_for", [party("member", PERSON), party("body", FIRM)], "Employment"),
        ("owns", [party("owner", PERSON), party("owned", FIRM)], "Ownership"),
        ("patron_client", [party("patron", PERSON), party("client", FIRM)], "UnknownLink"),
        ("holds_office", [party("holder", PERSON), party("body", FIRM)], "UnknownLink"),
    ],
)
def test_a_tie_is_a_firm_relation_only_when_it_is_said_flatly(standing, aspect, parties, firm):
    document = make_document({"kind": "tie", "aspect": aspect, "standing": standing, "parties": parties})
    weak = standing in ("potential", "alleged")
    [relation] = relations(document)
    assert relation["schema"] == ("UnknownLink" if weak else firm)
    assert relation["properties"]["status"] == [standing]
    if weak:
        assert relation["properties"]["role"][0].startswith(f"[{STANDING_MARKS[standing]['en']}] ")


def test_a_side_that_holds_several_or_nobody_named_makes_no_pair():
    several = [party("patron", PERSON), party("client", FIRM), party("client", POST)]
    unnamed = [party("patron", PERSON), party("client", None)]
    for parties in (several, unnamed, []):
        assert relations(make_document({"kind": "tie", "aspect": "patron_client", "parties": parties})) == []
    assert relations(make_document({"parties": [party("payer", PERSON), party("recipient", None)]})) == []


def test_a_role_is_that_of_its_bearers_and_never_of_who_is_merely_named():
    parties = [party("partner", FIRM), party("partner", None), party("named", PERSON)]
    role = {"kind": "role", "aspect": "partner", "standing": "stated", "parties": parties}
    [relation] = relations(make_document(role))
    assert relation["schema"] == "ProjectParticipant"
    assert relation["properties"]["participant"] == ["casedb-f"]
    named = role | {"aspect": "named_in_allegation", "standing": "alleged", "parties": [party("named", PERSON)]}
    assert relations(make_document(named)) == []


HELD = {"kind": "tie", "aspect": "holds_office", "standing": "stated", "relayed_by": ["s"]}
HELD |= {"parties": [party("holder", PERSON), party("body", POST)]}
HELD |= {"said_by": {"speaker": {"id": "Warga", "en": "A resident"}}}


def test_a_relation_tells_its_relay_and_what_is_unknown_as_the_note_does():
    silent = unknown("end", note={"id": "Diam.", "en": "Silent."})
    note, relation = list(ftm.entities(make_document(HELD, unknowns=[silent]), SITE))[1:]
    assert relation["schema"] == "Occupancy"
    assert relation["properties"]["description"] == [
        "Standing: stated. Kind: tie. Said by: A resident. Relayed by: S. Unknown: end (not_in_source: Silent.).",
        "Kedudukan: stated. Jenis: tie. Dikatakan oleh: Warga. Disampaikan melalui: S. "
        "Tidak diketahui: end (not_in_source: Diam.).",
    ]
    assert ". ".join(note["properties"]["notes"]) == " ".join(relation["properties"]["description"])[:-1]


def test_a_note_and_a_relation_tell_what_disagrees_who_denies_and_who_replied():
    answer = response(PERSON, state="answered", answered="2026-10-09", denies=True, claims=["c"])
    told = conflict("k", "2019", "2020", property="start")
    document = make_document(HELD, conflicts=[told], responses=[answer])
    note, relation = list(ftm.entities(document, SITE))[1:]
    assert relation["schema"] == "UnknownLink"
    for language, sentence in (("en", "They differ."), ("id", "Beda.")):
        family = label(ConflictFamily, "inconsistent", language)
        denial = {"en": "Denied by P", "id": "Dibantah oleh P"}[language]
        reply = {"en": "Reply", "id": "Tanggapan"}[language]
        for text in (
            denial,
            f"{family[0].upper()}{family[1:]}: 2019 ≠ 2020 ({sentence})",
            f"{reply}: P: {label(ReplyState, 'answered', language)} (2026-10-09)",
        ):
            assert text in note["properties"]["notes"]
            assert any(text in told for told in relation["properties"]["description"])


def test_a_statement_in_one_language_is_told_in_that_one_only():
    document = make_document({"standing": "alleged", "statement": {"id": "P memberi F.", "en": ""}})
    note = next(entity for entity in ftm.entities(document, SITE) if entity["schema"] == "Note")
    assert note["properties"]["name"] == ["[diduga] P memberi F."]


@pytest.mark.parametrize("standing", Standing.values)
def test_the_standing_is_in_every_note(standing):
    document = make_document({"standing": standing})
    note = next(entity for entity in ftm.entities(document, SITE) if entity["schema"] == "Note")
    assert f"Standing: {standing}" in note["properties"]["notes"]
    assert note["properties"]["name"] == marked_statements(document.claims[0])
    mark = STANDING_MARKS.get(standing)
    for language, text in zip(("en", "id"), note["properties"]["name"], strict=True):
        assert not mark or text.startswith(f"[{mark[language]}] ")


def test_no_entity_says_crime():
    for entity in ftm.entities(make_document({}), SITE):
        assert "topics" not in entity["properties"]


def test_marks_are_put_together():
    unclear = make_document({"standing": "alleged"}, conflicts=[conflict("k", family="unclear")])
    marks = f"alleged, {label(ConflictFamily, 'unclear', 'en')}"
    assert marked_role("bribe", unclear.claims[0], unclear) == f"[{marks}] bribe"
    stated = make_document({"standing": "stated"})
    assert marked_role("partner", stated.claims[0], stated) == "partner"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (FTM_SCHEMATA, Standing.values),
        (ftm_pairs.ACTOR_SCHEMATA, ActorKind.values),
        (ftm_pairs.SCHEMATA, set(FOLDERS) - {"actor"}),
        (ftm_pairs.TIES, Tie.values),
    ],
)
def test_every_word_of_a_closed_list_has_its_schema(table, words):
    assert set(table) == set(words)


def test_every_role_is_borne_in_a_part_but_that_of_who_is_merely_named():
    assert set(Role.values) - set(ftm_pairs.ROLE_PARTS) == {"named_in_allegation"}
    assert set(ftm_pairs.ROLE_PARTS.values()) <= set(Part.values)


def test_of_every_kind_of_transfer_and_outcome_it_is_decided_what_it_makes_of_a_payment():
    assert set(TransferKind.values) - PAYMENT_KINDS == {"award", "budget", "in_kind", "money_unspecified"}
    assert set(Outcome.values) - CLEARING_OUTCOMES == {"convicted", "upheld", "changed"}


@pytest.mark.django_db
def test_an_alleged_bribe_of_the_record_is_no_payment_and_alleged_in_every_file(api, published):
    case = make_case("CCTV", slug="cctv")
    payer, taker = make_actor("PT Misal"), make_actor("Budi", actor_kind="person")
    claim = make_claim(
        case,
        make_excerpt("seratus rupiah", make_capture(text="Ia memberi seratus rupiah.")),
        parties=[("payer", payer), ("recipient", taker)],
        **{
            "kind": "transfer",
            "standing": "alleged",
            "statement_id": "Kanari memberi.",
            "statement_en": "Kanari gave.",
            "start": "2020",
        },
    )
    Transfer.objects.create(claim=claim, kind="money_unspecified", amount="100", currency="IDR", as_stated="seratus")
    published(case)
    for name in ("entities.ftm.json", "claims.csv", "documents.ndjson"):
        body = b"".join(api.read(f"export/{name}").streaming_content).decode()
        told = [line for line in body.splitlines() if "Kanari gave" in line]
        assert told, name
        assert all("alleged" in line for line in told), name
        assert "Payment" not in body
    links = [json.loads(line) for line in b"".join(api.read("export/entities.ftm.json").streaming_content).splitlines()]
    assert any(e["schema"] == "UnknownLink" and e["properties"]["role"][0].startswith("[alleged]") for e in links)
