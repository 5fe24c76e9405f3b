"""Flat rows: every kind of claim with numbers has its columns, in the same places for good."""

import csv
import io

import pytest

from cases.claim_kinds import DETAILED, FieldSort
from cases.exports import ftm
from cases.exports.citations import bibtex, claim_item, source_item
from cases.exports.claim_columns import CLAIM_COLUMNS, claim_row
from cases.exports.csv_tables import csv_lines
from cases.exports.document_columns import document_columns, document_row
from cases.exports.sqlite import FLAT_TABLES
from cases.exports.texts import replies_text, unknown_text
from tests.exports.documents import (
    FIRM,
    PERSON,
    SOURCE,
    TRANSFER,
    actor_ref,
    conflict,
    make_document,
    make_source,
    party,
    response,
    unknown,
)

SITE = "https://example.org"
# As they were first published: programs may read them by their place
FIRST_CLAIM_COLUMNS = (
    "claim_id,subject_kind,subject_slug,subject_title_id,subject_title_en,kind,aspect,standing,"
    "said_by_id,said_by_en,relayed_by,conflicts_id,conflicts_en,unknowns_id,unknowns_en,"
    "statement_id,statement_en,parties,start,end,date_as_stated,ongoing_when_written,places,"
    "topics,transfer_kind,transfer_amount,transfer_currency,transfer_in_kind_id,transfer_in_kind_en,"
    "transfer_quantity,transfer_unit_id,transfer_unit_en,transfer_as_stated,figure_indicator_id,"
    "figure_indicator_en,figure_value,figure_value_to,figure_unit_id,figure_unit_en,figure_base_id,"
    "figure_base_en,figure_nature,figure_bound,figure_as_stated,stage,stage_outcome,stage_charge,"
    "stage_case_number,quotes,sources,excerpts,path,version,recorded_at,record_license"
)
SAMPLES = {
    FieldSort.TEXT: "teks",
    FieldSort.DECIMAL: "12.5",
    FieldSort.DATE: "2022-08",
    FieldSort.LANGUAGE_MAP: {"id": "dua", "en": "two"},
}


def test_the_columns_of_claims_keep_their_order():
    first = FIRST_CLAIM_COLUMNS.split(",")
    assert [name for name in CLAIM_COLUMNS if name in first] == first


@pytest.mark.parametrize("kind", DETAILED.values(), ids=DETAILED)
def test_every_field_of_every_kind_with_numbers_has_its_columns(kind):
    detail, expected = {}, {}
    for field in kind.fields:
        value = detail[field.name] = field.vocabulary.values[-1] if field.vocabulary else SAMPLES[field.sort]
        for column in field.columns:
            name = column if column == kind.name else f"{kind.name}_{column}"
            expected[name] = value[column[-2:]] if isinstance(value, dict) else value
    document = make_document({"kind": kind.name, kind.name: detail})
    row = claim_row(document.claims[0], document)
    assert {name: row[name] for name in expected} == expected
    assert list(row) == FLAT_TABLES["claims"]
    [cells] = csv.DictReader(io.StringIO(csv_lines([row], header=True).decode(), newline=""))
    assert {name: cells[name] for name in expected} == expected


def test_a_claim_of_another_kind_has_none_of_the_numbers():
    document = make_document({"kind": "event"})
    row = claim_row(document.claims[0], document)
    names = [name for name in row if name in DETAILED or name.partition("_")[0] in DETAILED]
    assert names
    assert {row[name] for name in names} == {None}


def test_excerpts_stand_in_the_order_of_the_document_whatever_the_order_of_the_claim():
    texts = [{"id": key, "exact": key} for key in "abc"]
    [excerpt] = make_document({}).excerpts
    excerpts = [{name: getattr(excerpt, name) for name in excerpt.__struct_fields__} | text for text in texts]
    cited = [{"excerpt": key, "relation": "supports"} for key in "ca"] + [{"excerpt": "b", "relation": "context"}]
    document = make_document({"citations": cited}, excerpts=excerpts)
    row = claim_row(document.claims[0], document)
    assert (row["quotes"], row["excerpts"], row["sources"]) == ("a | c", "a | c", "s")


def test_a_note_in_one_language_stands_in_both_columns():
    noted = unknown("start", note={"id": "Tidak disebut.", "en": ""})
    [noted] = make_document({}, unknowns=[noted]).unknowns
    assert [unknown_text(noted, language) for language in ("id", "en")] == ["start (not_in_source: Tidak disebut.)"] * 2


def test_where_and_when_we_looked_stands_beside_what_we_did_not_find():
    looked = {"reason": "searched_not_found", "note": {"id": "SIPP", "en": "SIPP"}, "searched_on": "2026-10-01"}
    [noted] = make_document({}, unknowns=[unknown("stage", **looked)]).unknowns
    assert unknown_text(noted, "en") == "stage (searched_not_found 2026-10-01: SIPP)"


def test_a_statement_in_one_language_leaves_the_other_cell_empty():
    document = make_document({"statement": {"id": "", "en": "P gave F."}}, lead=["c"])
    claim, whole = claim_row(document.claims[0], document), document_row(document)
    assert (claim["statement_id"], claim["statement_en"]) == ("", "P gave F.")
    assert (whole["lead_id"], whole["lead_en"], whole["lead_standing"]) == ("", "P gave F.", "decided")


def test_an_amount_on_which_sides_differ_is_its_sides_and_keeps_its_currency():
    sides = conflict("k", "2500000000", "2000000000", property="transfer.amount")
    document = make_document({"transfer": TRANSFER | {"amount": None}}, conflicts=[sides])
    row = claim_row(document.claims[0], document)
    assert (row["transfer_amount"], row["transfer_currency"]) == (None, "IDR")
    assert row["conflicts_en"] == "transfer.amount: IDR 2500000000 ≠ 2000000000 (inconsistent, slip: They differ.)"
    other = make_document({}, conflicts=[sides | {"property": "transfer.kind"}])
    assert "IDR" not in claim_row(other.claims[0], other)["conflicts_en"]


def test_names_that_we_read_as_one_are_no_disagreement():
    one = conflict("k", "ICON+", "Icon Plus", family="identity", kind="identity", property="name")
    document = make_document({}, conflicts=[one])
    row = claim_row(document.claims[0], document)
    assert row["conflicts_id"] == "name: ICON+ = Icon Plus (identity, identity: Beda.)"
    assert row["conflict_families"] == "identity"


def test_the_reply_of_everyone_who_has_a_right_to_one_stands_in_the_row():
    denial = response(FIRM, state="answered", asked="2026-10-01", answered="2026-10-09", denies=True, claims=["c"])
    document = make_document({}, responses=[denial], lead=["c"])
    row = claim_row(document.claims[0], document)
    assert row["replies_en"] == "P: not_asked | F: answered (asked 2026-10-01; answered 2026-10-09; denies)"
    assert (row["conflict_families"], row["conflicts_en"]) == ("denied", "")
    whole = document_row(document)
    assert (whole["replies_en"], whole["lead_conflict_families"]) == (row["replies_en"], "denied")
    told = response(PERSON, state="asked_by_source", note={"id": "Diam.", "en": "Silent."})
    barred = response(FIRM, state="not_asked", not_asked_because="document_only")
    document = make_document({}, responses=[told, barred])
    texts = [replies_text(document, language, *document.claims) for language in ("id", "en")]
    assert texts == [f"P: asked_by_source ({word}.) | F: not_asked (document_only)" for word in ("Diam", "Silent")]


NEW_ACTOR = actor_ref("n", "guild")


@pytest.mark.parametrize(
    "claim",
    [
        {"kind": "vow", "aspect": "solemn"},
        {"kind": "vow", "standing": "sworn", "said_by": {}},
        {"kind": "tie", "aspect": "married_to", "parties": [party("spouse", NEW_ACTOR), party("spouse", FIRM)]},
        {"kind": "role", "aspect": "watcher", "parties": [party("watcher", NEW_ACTOR)]},
        {"kind": "role", "aspect": None},
        {"standing": "sworn", "transfer": TRANSFER | {"kind": "tithe"}, "parties": [party("payer", NEW_ACTOR)]},
        {"citations": [{"excerpt": "e", "relation": "echoes"}]},
    ],
)
def test_a_word_that_only_a_later_version_knows_is_passed_over(claim):
    source = SOURCE | {"source_kind": "podcast", "language": "jv"}
    told_apart = conflict("k", family="new", kind="new", property="new")
    document = make_document(
        claim,
        sources=[source],
        conflicts=[told_apart],
        unknowns=[unknown("new", claim="gone", reason="new")],
        responses=[response(NEW_ACTOR, state="pondering", claims=["c"])],
    )
    told = document.claims[0]
    assert claim_row(told, document)["standing"] == told.standing
    assert list(document_row(document)) == document_columns("case")
    assert bibtex(claim_item(told, document, site=SITE, language="en"))
    schemata = {entity["schema"] for entity in ftm.entities(document, SITE)}
    assert {"Project", "Note"} <= schemata <= {"Project", "Note", "UnknownLink"}


def test_a_source_of_a_kind_that_only_a_later_version_knows_is_a_document():
    source = make_source(source_kind="podcast", language="jv")
    assert source_item(source)["type"] == "document"
    [entity] = ftm.entities(source, SITE)
    assert entity["schema"] == "Document"
    assert list(document_row(source)) == document_columns("source")
