"""Citations: what a reference manager takes must say who, which version, and how firmly."""

import json
import re

import pytest

from cases.documents.canonical import loads
from cases.exports import citations
from cases.models import Record, RevisionBody
from sources.vocabularies import SourceKind
from tests.factories import make_case, make_claim, make_public

pytestmark = pytest.mark.django_db

SITE = "https://example.org"
SOURCE = {
    "slug": "tesis-a",
    "kind": "source",
    "title": "50% & {Rencana} \\input{x} #1_2",
    "title_given": False,
    "source_kind": "thesis",
    "authors": ["Sukarno", "Siti Aminah"],
    "institution": "Universitas Contoh",
    "publisher": None,
    "published": "2022-08",
    "language": "id",
    "url": "https://example.org/a_b{c}",
    "extent": {"id": "Bab I", "en": "Chapter I only"},
    "known_through": [],
}


@pytest.fixture
def case(curator, reviewer):
    case = make_case("CCTV Kota Contoh", slug="cctv")
    make_claim(case, standing="alleged", statement_id="A memberi uang.", statement_en="A gave money.")
    make_public(case, by=curator, reviewer=reviewer)
    seq = Record.objects.current().get(kind="case").since_seq
    return loads(RevisionBody.objects.get(pk=seq).document)


def test_a_record_is_cited_by_its_version_and_day(case):
    item = citations.of_record(case, site=SITE, language="en")
    assert item["URL"] == "https://example.org/en/cases/cctv/v/1/"
    assert item["version"] == "1"
    day = case["version"]["recorded_at"][:10]
    assert item["issued"] == {"date-parts": [[int(part) for part in day.split("-")]]}
    words = citations.sentence(item, language="en", read_on="2026-11-26")
    assert words == f"“CCTV Kota Contoh”, CaseDB, version 1, {day}, {item['URL']} (read on 2026-11-26)."


@pytest.mark.parametrize(("language", "mark"), [("id", "[diduga] "), ("en", "[alleged] ")])
def test_an_allegation_stays_one_in_every_form(case, language, mark):
    claim = next(claim for claim in case["claims"] if claim["standing"] == "alleged")
    item = citations.of_claim(claim, case, site=SITE, language=language)
    assert item["title"] == mark + claim["statement"][language]
    assert "alleged" in item["note"]
    said_by = next(source for source in case["sources"] if source["slug"] == claim["said_by"]["source"])
    assert said_by["title"] in item["note"]
    for text in (citations.bibtex(item), citations.sentence(item, language=language, read_on="2026-11-26")):
        assert mark.strip() in text


def test_a_claim_that_we_know_through_another_work_is_cited_as_told_there(case):
    """Or the work in which nobody here has read it would pass for one that is held."""
    claim = case["claims"][0]
    relayed = claim | {"said_by": {"speaker": {"id": "Warga", "en": "A resident"}}, "relayed_by": ["b"]}
    held = case | {
        "sources": [{"slug": "b", "kind": "source", "title": "B", "title_given": False, "authors": ["Siti"]}]
    }
    note = citations.of_claim(relayed, held, site=SITE, language="en")["note"]
    assert note.startswith("According to A resident, as told in Siti, B. Standing:")
    note = citations.of_claim(relayed, held, site=SITE, language="id")["note"]
    assert note.startswith("Menurut Warga, sebagaimana disampaikan dalam Siti, B. Standing:")


@pytest.mark.parametrize(("language", "words"), [("id", "Dipertentangkan"), ("en", "In dispute")])
def test_what_is_in_dispute_is_cited_as_such(case, language, words):
    claim = case["claims"][0]
    sides = [{"value": "2019"}, {"value": "2020 & later"}]
    disputed = case | {"conflicts": [{"claim": claim["id"], "property": "date", "sides": sides}]}
    item = citations.of_claim(claim, disputed, site=SITE, language=language)
    assert item["note"].endswith(f" {words}: date: 2019 ≠ 2020 & later.")
    assert rf"{words}: date: 2019 ≠ 2020 \& later." in citations.bibtex(item)
    other = disputed["conflicts"][0] | {"claim": None}
    undisputed = citations.of_claim(claim, case | {"conflicts": [other]}, site=SITE, language=language)
    assert words not in undisputed["note"]


def test_what_is_said_flatly_needs_no_mark():
    assert citations.marked("A.", "stated", "en") == citations.marked("A.", "decided", "en") == "A."
    assert citations.marked("A.", "potential", "id") == "[disebut berpotensi] A."


def test_a_source_is_cited_as_far_as_it_states_itself():
    item = citations.of_source(SOURCE)
    assert item["type"] == "thesis"
    assert item["author"] == [{"literal": "Sukarno"}, {"literal": "Siti Aminah"}]
    assert item["issued"] == {"date-parts": [[2022, 8]]}
    assert item["note"] == "Copy held: Chapter I only"
    silent = SOURCE | {"title_given": True, "authors": [], "institution": None, "published": None, "url": None}
    assert {"author", "issued", "publisher", "URL"} & set(citations.of_source(silent)) == set()
    assert citations.of_source(silent)["title"].startswith("[")


def test_bibtex_holds_no_command_of_the_text():
    entry = citations.bibtex(citations.of_source(SOURCE))
    assert r"50\% \& \{Rencana\} \textbackslash{}input\{x\} \#1\_2" in entry
    assert "{{Sukarno} and {Siti Aminah}}" in entry
    assert "%7Bc%7D" in entry
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")


def test_every_kind_of_source_has_a_type_of_csl():
    assert set(citations.CSL_TYPES) == set(SourceKind.values)


def test_an_item_is_plain_json(case):
    assert json.loads(json.dumps(citations.of_record(case, site=SITE, language="id")))["id"] == "casedb-case-cctv-v1"


def test_a_key_is_ascii():
    assert citations.key("source-évé, 2022/ñ") == "source-eve-2022-n"
