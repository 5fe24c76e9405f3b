"""Citations: what a reference manager takes must say who, which version, and how firmly."""

import json
import re

import pytest

from cases.documents.types import parse_document
from cases.exports import citations, reference_formats
from cases.exports.texts import label
from cases.models import Record, RevisionBody
from cases.vocabularies import ConflictFamily, NotAskedBecause, ReplyState
from sources.vocabularies import SourceKind
from tests.exports import documents
from tests.factories import make_case, make_claim, make_public

pytestmark = pytest.mark.django_db

SITE = "https://example.org"
STATED = {
    "slug": "tesis-a",
    "title": "50% & {Rencana} \\input{x} #1_2",
    "source_kind": "thesis",
    "authors": ["Sukarno", "Siti Aminah"],
    "institution": "Universitas Contoh",
    "published": "2022-08",
    "url": "https://example.org/a_b{c}",
    "extent": {"id": "Bab I", "en": "Chapter I only"},
}


@pytest.fixture
def case(curator, reviewer):
    case = make_case("CCTV Kota Contoh", slug="cctv")
    make_claim(case, standing="alleged", statement_id="A memberi uang.", statement_en="A gave money.")
    make_public(case, by=curator, reviewer=reviewer)
    seq = Record.objects.current().get(kind="case").since_seq
    return parse_document(RevisionBody.objects.get(pk=seq).document)


def test_a_record_is_cited_by_its_version_and_day(case):
    item = citations.record_item(case, site=SITE, language="en")
    assert item["URL"] == "https://example.org/en/cases/cctv/v/1/"
    assert item["version"] == "1"
    day = case.version.recorded_at[:10]
    assert item["issued"] == {"date-parts": [[int(part) for part in day.split("-")]]}
    assert (item["title"], item["container-title"]) == ("CCTV Kota Contoh", "CaseDB")


@pytest.mark.parametrize(("language", "mark"), [("id", "[diduga] "), ("en", "[alleged] ")])
def test_an_allegation_stays_one_in_every_form(case, language, mark):
    claim = next(claim for claim in case.claims if claim.standing == "alleged")
    item = citations.claim_item(claim, case, site=SITE, language=language)
    assert item["title"] == mark + claim.statement.choose(language)
    assert "alleged" in item["note"]
    assert case.source(claim.said_by.source).title in item["note"]
    assert mark.strip() in citations.bibtex(item)


def test_a_claim_that_we_know_through_another_work_is_cited_as_told_there():
    """Or the work in which nobody here has read it would pass for one that is held."""
    told = {"said_by": {"speaker": {"id": "Warga", "en": "A resident"}}, "relayed_by": ["s"]}
    relayed = documents.make_document(told, sources=[documents.SOURCE | {"title": "B", "authors": ["Siti"]}])
    [claim] = relayed.claims
    note = citations.claim_item(claim, relayed, site=SITE, language="en")["note"]
    assert note.startswith("According to A resident, as told in Siti, B. Standing:")
    note = citations.claim_item(claim, relayed, site=SITE, language="id")["note"]
    assert note.startswith("Menurut Warga, sebagaimana disampaikan dalam Siti, B. Standing:")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("family", ["sources_differ", "inconsistent", "unclear", "identity"])
def test_what_disagrees_is_cited_by_its_family_and_both_readings(language, family):
    told = documents.conflict("k", "2019", "2020 & later", family=family)
    document = documents.make_document({}, conflicts=[told])
    item = citations.claim_item(document.claims[0], document, site=SITE, language=language)
    sign = "=" if family == "identity" else "≠"
    name = label(ConflictFamily, family, language)
    assert f" {name[0].upper()}{name[1:]}: 2019 {sign} 2020 & later. " in item["note"]
    assert rf"2019 {sign} 2020 \& later." in citations.bibtex(item)
    assert not re.search("disput|dipertentang|denied|dibantah", item["note"], re.IGNORECASE)
    whole = documents.make_document({}, conflicts=[told | {"claim": None}])
    assert "2019" not in citations.claim_item(whole.claims[0], whole, site=SITE, language=language)["note"]


def test_what_is_denied_is_cited_as_denied_and_by_whom():
    answer = documents.response(documents.FIRM, state="answered", answered="2026-10-09", denies=True)
    document = documents.make_document({}, responses=[answer])
    notes = [
        citations.claim_item(document.claims[0], document, site=SITE, language=language)["note"]
        for language in ("id", "en")
    ]
    assert " Dibantah oleh F. " in notes[0]
    assert " Denied by F. " in notes[1]


@pytest.mark.parametrize("language", ["id", "en"])
def test_whether_those_named_were_asked_for_a_reply_is_cited(language):
    told = documents.response(documents.FIRM, state="asked_by_source", note={"id": "Diam.", "en": "Silent."})
    barred = documents.response(documents.PERSON, state="not_asked", not_asked_because="document_only")
    document = documents.make_document({}, responses=[told, barred])
    item = citations.claim_item(document.claims[0], document, site=SITE, language=language)
    reason = label(NotAskedBecause, "document_only", language)
    assert f" P: {label(ReplyState, 'not_asked', language)} ({reason}). F: " in item["note"]
    assert (
        f"{label(ReplyState, 'asked_by_source', language)} ({'Diam' if language == 'id' else 'Silent'}.)."
        in item["note"]
    )


def test_a_statement_in_the_other_language_only_is_cited_in_that_one():
    document = documents.make_document({"standing": "alleged", "statement": {"id": "P memberi F.", "en": ""}})
    item = citations.claim_item(document.claims[0], document, site=SITE, language="en")
    assert (item["title"], item["language"]) == ("[diduga] P memberi F.", "id")
    assert citations.claim_item(document.claims[0], document, site=SITE, language="id")["language"] == "id"


def test_what_is_said_flatly_needs_no_mark():
    assert citations.mark_statement("A.", "stated", "en") == citations.mark_statement("A.", "decided", "en") == "A."
    assert citations.mark_statement("A.", "potential", "id") == "[disebut berpotensi] A."


def test_a_source_is_cited_as_far_as_it_states_itself():
    item = citations.source_item(documents.make_source(**STATED))
    assert item["type"] == "thesis"
    assert item["author"] == [{"literal": "Sukarno"}, {"literal": "Siti Aminah"}]
    assert item["issued"] == {"date-parts": [[2022, 8]]}
    assert item["note"] == "Copy held: Chapter I only"
    given = {"title": None, "title_given": {"id": "Ringkasan", "en": "Summary"}}
    silent = citations.source_item(documents.make_source(source_kind="thesis", **given))
    assert {"author", "issued", "publisher", "URL"} & set(silent) == set()
    assert silent["title"] == "[Ringkasan]"
    assert citations.source_item(documents.make_source(**given, language="en"))["title"] == "[Summary]"


def test_bibtex_holds_no_command_of_the_text():
    entry = citations.bibtex(citations.source_item(documents.make_source(**STATED)))
    assert r"50\% \& \{Rencana\} \textbackslash{}input\{x\} \#1\_2" in entry
    assert "{{Sukarno} and {Siti Aminah}}" in entry
    assert "%7Bc%7D" in entry
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")


def test_every_kind_of_source_has_a_type_of_csl():
    assert set(citations.CSL_TYPES) == set(SourceKind.values)


def test_an_item_is_plain_json(case):
    assert json.loads(json.dumps(citations.record_item(case, site=SITE, language="id")))["id"] == "casedb-case-cctv-v1"


def test_a_key_is_ascii():
    assert citations.key("source-évé, 2022/ñ") == "source-eve-2022-n"


def test_ris_holds_a_tag_a_line_and_no_text_can_begin_another():
    item = citations.source_item(documents.make_document({}, sources=[documents.SOURCE | STATED]).source("tesis-a"))
    item["title"] = "Judul\r\nER  - \r\nTY  - BOOK"
    lines = reference_formats.ris(item).split("\r\n")
    assert lines[:2] == ["TY  - THES", "ID  - source-tesis-a"]
    assert lines[-2:] == ["ER  - ", ""]
    assert [line for line in lines if line.startswith("AU")] == ["AU  - Sukarno", "AU  - Siti Aminah"]
    assert {"PY  - 2022", "DA  - 2022/08", "PB  - Universitas Contoh", "TI  - Judul ER - TY - BOOK"} <= set(lines)
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])


def test_an_allegation_stays_one_in_ris_and_in_the_head_of_its_page(case):
    claim = next(claim for claim in case.claims if claim.standing == "alleged")
    item = citations.claim_item(claim, case, site=SITE, language="en")
    assert "TI  - [alleged] A gave money." in reference_formats.ris(item)
    assert ("DC.title", "[alleged] A gave money.") in reference_formats.dublin_core(item)


def test_every_type_of_csl_that_a_source_may_have_is_known_or_generic():
    known = set(citations.CSL_TYPES.values()) - {"document"}
    assert known == set(reference_formats.RIS_TYPES) == set(reference_formats.ZOTERO_TYPES)
