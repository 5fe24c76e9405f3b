"""Identifiers: with the words that show them, found by scheme and value, never those of a person's papers."""

import csv
import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cases.dossiers.dump import dump, dump_text
from cases.dossiers.load import InvalidDossiersError, check
from cases.models import Identifier
from cases.record.lookup import find_document
from cases.search.index.index_document import index_document
from tests.dossiers.samples import as_files, cite, make_documents, make_dossiers
from tests.factories import make_actor, make_capture, make_case, make_excerpt, make_public

pytestmark = pytest.mark.django_db
WORDS = "PT Misal (NIB 9120001234567) menang dalam tender 88120431, perkara 12/Pid.Sus-TPK/2031/PN Mrw"


@pytest.fixture
def excerpt():
    return make_excerpt(WORDS, make_capture(text=f"{WORDS}."))


@pytest.fixture
def case(excerpt, curator, reviewer):
    case, firm = make_case(slug="papan"), make_actor("PT Misal", slug="pt-misal")
    case.identifiers.create(scheme="tender_code", value="88120431", excerpt=excerpt)
    case.identifiers.create(scheme="case_number", value="12/Pid.Sus-TPK/2031/PN Mrw", excerpt=excerpt, position=1)
    firm.identifiers.create(scheme="nib", value="9120001234567", excerpt=excerpt)
    make_public(case, firm, by=curator, reviewer=reviewer)
    return case


def read(address, **query):
    response = Client(SERVER_NAME="localhost").get(address, query)
    assert response.status_code == 200, response.content[:300]
    return b"".join(response) if response.streaming else response.content


def test_the_document_holds_them_with_the_words_and_the_dossier_gives_them_back(case, excerpt):
    document = json.loads(read("/api/v1/cases/papan/"))
    assert document["identifiers"][0] == {"scheme": "tender_code", "value": "88120431", "excerpt": str(excerpt.pk)}
    assert str(excerpt.pk) in [each["id"] for each in document["excerpts"]]
    assert [each["scheme"] for each in dump(case)["identifiers"]] == ["tender_code", "case_number"]
    batch = check({"cases/papan.yaml": dump_text(case)})
    rows = [row for row, _entry in batch.bundles[0].rows if isinstance(row, Identifier)]
    assert [(row.scheme, row.value) for row in rows] == list(case.identifiers.values_list("scheme", "value"))


def test_a_document_without_any_has_no_such_field(curator, reviewer):
    make_public(make_case(slug="tanpa"), by=curator, reviewer=reviewer)
    assert b'"identifiers"' not in read("/api/v1/cases/tanpa/")


@pytest.mark.parametrize(
    ("folder", "identifier", "found"),
    [
        ("cases", "tender_code:88120431", ["papan"]),
        ("cases", "case_number:12/pid.sus-tpk/2031/pn  mrw", ["papan"]),
        ("cases", "rup:88120431", []),
        ("actors", "nib:9120001234567", ["pt-misal"]),
        ("actors", "tender_code:88120431", []),
    ],
)
def test_lists_are_filtered_by_scheme_and_value(case, folder, identifier, found):
    results = json.loads(read(f"/api/v1/{folder}/", identifier=identifier))["results"]
    assert [card["slug"] for card in results] == found


@pytest.mark.parametrize("identifier", ["nik:3273010101800001", "88120431", "tender_code:", "tender_kode:1"])
def test_what_is_no_identifier_is_refused(case, identifier):
    assert Client().get("/api/v1/cases/", {"identifier": identifier}).status_code == 400


def test_pages_and_the_excerpt_show_them_and_the_search_knows_them(case, excerpt):
    page = read("/en/cases/papan/").decode()
    assert "Identifiers" in page
    assert ">88120431</a>" in page
    assert "9120001234567" in read(f"/en/excerpts/{excerpt.pk}/").decode()
    assert json.loads(read(f"/api/v1/excerpts/{excerpt.pk}/"))["identifiers"]
    document = find_document("case", "papan").document
    assert "88120431" in index_document(document, 1).name.split()


def test_exports_hold_them_where_a_format_has_a_place(case):
    [row] = csv.DictReader(io.StringIO(read("/api/v1/export/cases.csv").decode("utf-8-sig")))
    assert row["identifiers"] == "tender_code:88120431 | case_number:12/Pid.Sus-TPK/2031/PN Mrw"
    entities = [json.loads(line) for line in read("/api/v1/export/entities.ftm.json").splitlines()]
    [firm] = [each for each in entities if each["schema"] == "Company"]
    assert firm["properties"]["registrationNumber"] == ["9120001234567"]


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("nik", "3273010101800001"),
        ("passport", "A1234567"),
        ("org_id", "3273010101800001"),
        ("ahu", "01.234.567.8-901.000"),
        ("case_number", "A1234567"),
        ("nib", "912000123456"),
        ("lei", "5493001KJTIIGC8Y1R1"),
        ("wikidata", "3630"),
    ],
)
def test_numbers_of_a_persons_papers_and_of_another_form_are_refused_with_a_sentence(excerpt, scheme, value):
    row = Identifier(subject=make_actor(), scheme=scheme, value=value, excerpt=excerpt)
    with pytest.raises(ValidationError, match="never recorded"):
        row.validate_constraints()


@pytest.mark.parametrize(("scheme", "value"), [("wikidata", "Q3630"), ("lei", "5493001KJTIIGC8Y1R12"), ("rup", "1")])
def test_others_are_accepted(excerpt, scheme, value):
    Identifier(subject=make_actor(), scheme=scheme, value=value, excerpt=excerpt).full_clean()


@pytest.mark.parametrize(("scheme", "value"), [("nik", "3273010101800001"), ("npwp", "1"), ("rup", "3273010101800001")])
def test_a_dossier_is_refused_with_the_same_sentence(tmp_path, scheme, value):
    dossiers = make_dossiers()
    words = cite("PT Misal (PTM) menjawab")
    dossiers["actors/pt-misal"]["identifiers"] = [{"scheme": scheme, "value": value, "cite": words}]
    with pytest.raises(InvalidDossiersError, match="never recorded"):
        check(as_files(dossiers), documents=make_documents(tmp_path))
