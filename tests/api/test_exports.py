"""Exports: whole or filtered, true to the record, and refusing what they do not understand."""

import csv
import hashlib
import io
import json
import sqlite3
from contextlib import closing

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from cases.documents.kinds import FOLDERS, LICENSE
from cases.exports import batches, related, sqlite
from cases.exports.claim_columns import CLAIM_COLUMNS
from cases.exports.csv_tables import safe
from cases.exports.document_columns import document_columns
from cases.exports.ftm_pairs import RELATION_SCHEMATA
from cases.exports.manifest import EXPORT_FILES
from cases.exports.standings import FIRM
from cases.models import Record, RecordClaim, Revision, RevisionBody
from cases.publication.acts import withdraw
from cases.vocabularies import Standing
from tests.api.test_schemas import faults
from tests.factories import make_actor, make_case, make_claim, make_figure, make_place, make_transfer
from tests.shared import kept_open
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db
WHOLE = ("record.sqlite", "commitments.ndjson")


def fetch(api, name, **query):
    response = api.read(f"export/{name}", **query)
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def table(api, name, **query):
    return list(csv.DictReader(io.StringIO(fetch(api, name, **query).decode(), newline="")))


def lines(api, name, **query):
    return [json.loads(line) for line in fetch(api, name, **query).splitlines()]


def current_texts():
    seqs = Record.objects.current().order_by("since_seq").values_list("since_seq", flat=True)
    bodies = dict(RevisionBody.objects.values_list("pk", "document"))
    return [bodies[seq] for seq in seqs]


def test_the_documents_are_the_stored_bytes_and_what_their_schemas_say(api, world):
    body = fetch(api, "documents.ndjson").decode()
    assert body == "".join(text + "\n" for text in current_texts())
    for line in body.splitlines():
        document = json.loads(line)
        assert faults(document, document["$schema"]) == []
    assert faults(json.loads(body.splitlines()[0]) | {"free": "text"}, "/schemas/place/2.json")


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_batches_of_any_size_give_the_same_file(api, world, monkeypatch, size):
    monkeypatch.setattr(batches, "BATCH_MAX_ROWS", size)
    monkeypatch.setattr(batches, "CHUNK_MAX_LINES", 2)
    monkeypatch.setattr(batches, "BATCH_MAX_CHARS", 1 if size == 1 else 10**6)
    assert fetch(api, "documents.ndjson").decode().splitlines() == current_texts()
    assert len(table(api, "claims.csv")) == RecordClaim.objects.current().count()


def test_an_export_shows_its_moment_whatever_is_published_meanwhile(api, world, published):
    before = current_texts()
    response = api.read("export/documents.ndjson")
    published(make_case("Baru", slug="baru"))
    published(withdraw(world.system, "error"))
    assert b"".join(response.streaming_content).decode().splitlines() == before


def test_what_was_withdrawn_is_in_no_file(api, world, published, tmp_path):
    assert b"aplikasi-lapor" in fetch(api, "documents.ndjson")
    published(withdraw(world.system, "error"))
    for name in EXPORT_FILES:
        assert b"aplikasi-lapor" not in fetch(api, name), name


@pytest.mark.parametrize("name", [name for name in EXPORT_FILES if name not in WHOLE])
def test_the_query_is_refused_unless_it_is_understood(api, world, name):
    for query in ({"as_of": "2026-01-01"}, {"limit": "5"}, {"cursor": "x"}, {"plase": "kota-contoh"}, {"q": ""}):
        response = api.read(f"export/{name}", **query)
        assert response.status_code == 400, query
        assert response["Content-Type"] == "application/problem+json"
    if not name.startswith("sources"):
        assert api.read(f"export/{name}", plase="kota-contoh").json()["did_you_mean"] == ["place"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"as_of": "2026-11-27"}, "Exports show the present only"),
        ({"count": "true"}, "always counts"),
        ({"order": "recent"}, "one order"),
        ({"limit": "5"}, "all that matches"),
        ({"cursor": "x"}, "all that matches"),
        ({"include": "document"}, "in its name"),
    ],
)
def test_what_only_lists_take_is_refused_with_why_and_without_a_guess(api, query, said):
    for name in ("", *EXPORT_FILES):
        answer = api.read(f"export/{name}", **query)
        told = answer.json()
        assert (answer.status_code, told["parameter"], "did_you_mean" in told) == (400, *query, False), name
        assert said in told["detail"]


def test_a_name_is_guessed_only_when_it_is_close(api):
    for name, near in (
        ("plase", ["place"]),
        ("trans", ["transfer_kind"]),
        ("amount", ["amount_min"]),
        ("colour", None),
    ):
        assert api.read("export/claims.csv", **{name: "x"}).json().get("did_you_mean") == near, name


@pytest.mark.parametrize("name", ["", *WHOLE])
def test_a_file_of_everything_takes_no_filter(api, world, name):
    answer = api.read(f"export/{name}", kind="case")
    assert (answer.status_code, answer.json()["detail"]) == (400, "This holds the whole record, and takes no filter.")


def test_all_documents_are_chosen_by_what_sort_they_are_as_well(api, world):
    assert [d["slug"] for d in lines(api, "documents.ndjson", actor_kind="public_body")] == ["dinas-contoh"]
    assert {d["kind"] for d in lines(api, "documents.ndjson", source_kind="thesis")} == {"source"}
    assert [d["slug"] for d in lines(api, "documents.ndjson", place_kind="province")] == ["provinsi-contoh"]
    assert lines(api, "documents.ndjson", actor_kind="public_body", kind="case") == []
    assert {e["schema"] for e in lines(api, "entities.ftm.json", place_kind="province")} == {"Address"}
    assert api.read("export/documents.ndjson", actor_kind="thesis").status_code == 400


def test_filters_choose_what_the_lists_choose(api, world):
    listed = api.ids("claims/", standing="potential", currency="IDR")
    assert listed == [str(world.rupiah.id)]
    found = api.read("export/claims.csv", standing="potential", currency="IDR")
    assert found["CaseDB-Count"] == "1"
    assert "-filtered-" in found["Content-Disposition"]
    assert "potential" in found["CaseDB-Query"]
    rows_found = table(api, "claims.csv", standing="potential", currency="IDR")
    assert [row["claim_id"] for row in rows_found] == listed
    assert [d["slug"] for d in lines(api, "documents.ndjson", kind="case")] == ["cctv-kota-contoh"]
    assert [d["slug"] for d in lines(api, "cases.ndjson", actor="pt-misal")] == ["cctv-kota-contoh"]
    assert lines(api, "systems.ndjson", actor="pt-misal") == []


def test_a_claim_row_carries_its_standing_speaker_conflicts_and_unknowns(api, world):
    found = {row["claim_id"]: row for row in table(api, "claims.csv")}
    transfer, disputed = found[str(world.transfer.id)], found[str(world.disputed.id)]
    assert transfer["standing"] == "potential"
    assert transfer["said_by_en"]
    assert transfer["unknowns_id"] == transfer["unknowns_en"] == "currency (not_in_source)"
    assert (transfer["transfer_amount"], transfer["transfer_currency"]) == ("2500000000", "")
    assert transfer["parties"] == "payer: calon klien | recipient: calon patron"
    assert disputed["conflicts_id"] == "date: 2019 ≠ 2020 (inconsistent, slip: Beda.)"
    assert disputed["conflicts_en"] == "date: 2019 ≠ 2020 (inconsistent, slip: No.)"
    assert (disputed["conflict_families"], transfer["conflict_families"]) == ("inconsistent", "")
    assert transfer["quotes"]
    order = list(transfer)
    for beside in ("standing", "said_by_id", "conflicts_id", "unknowns_en", "conflict_families", "replies_id"):
        assert order.index(beside) < order.index("transfer_amount")


def test_a_party_has_its_title_and_the_words_of_the_source_for_it(api, published):
    case = make_case("CCTV", slug="cctv")
    claim = make_claim(case, kind="tie", aspect="patron_client", parties=[("patron", make_actor("PT Misal"))])
    claim.parties.update(as_stated="aktor penyedia")
    published(case)
    found = {row["claim_id"]: row for row in table(api, "claims.csv")}
    assert found[str(claim.id)]["parties"] == "patron: PT Misal (“aktor penyedia”)"


def test_a_document_row_says_of_which_claim_something_disagrees_or_is_unknown(api, world):
    [case] = table(api, "cases.csv")
    speaker = world.transfer.said_by_source.slug
    transfer = f"transfer {world.transfer.id} (potential by {speaker}): "
    description = f"description {world.disputed.id} (stated by {world.source.slug}): date: 2019 ≠ 2020 (inconsistent, "
    assert case["unknowns_id"] == f"{transfer}currency (not_in_source)"
    assert case["conflicts_id"] == f"{description}slip: Beda.)"
    assert case["conflicts_en"] == f"{description}slip: No.)"
    [collaboration] = table(api, "collaborations.csv")
    assert collaboration["unknowns_en"] == "instrument (not_in_source)"


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_row_of_each_kind_says_who_and_how_firmly(api, world, kind):
    found = table(api, f"{FOLDERS[kind]}.csv")
    assert len(found) == Record.objects.current().filter(kind=kind).count()
    assert list(found[0]) == document_columns(kind)
    if kind in ("case", "system", "collaboration"):
        assert all(row["lead_standing"] and row["lead_said_by_id"] for row in found)


def test_counts_are_of_a_record_s_own_claims_and_the_others_are_found_by_actor(api, world):
    """As the guide and docs/exports.md say."""
    row = next(row for row in table(api, "actors.csv") if row["slug"] == "pt-misal")
    assert {row[f"claims_{standing}"] for standing in Standing.values} == {"0"}
    others = [row["claim_id"] for row in table(api, "claims.csv", actor="pt-misal")]
    assert others == api.ids("claims/", actor="pt-misal") == [str(world.partner.id)]


def test_our_licence_is_not_to_be_taken_for_that_of_a_source(api, world):
    for name in ("claims", *FOLDERS.values()):
        row = table(api, f"{name}.csv")[0]
        assert row["record_license"] == LICENSE
        assert "license" not in row
    assert table(api, "sources.csv")[0]["licence"] == ""


def test_an_empty_answer_still_has_its_header(api, world):
    assert fetch(api, "claims.csv", q="takada").decode() == ",".join(CLAIM_COLUMNS) + "\r\n"
    assert fetch(api, "cases.csv", q="takada").decode() == ",".join(document_columns("case")) + "\r\n"
    assert json.loads(fetch(api, "sources.csl.json", q="takada")) == []
    assert fetch(api, "sources.bib", q="takada") == b""


def test_what_cannot_be_is_an_empty_file(api, world):
    """Nothing is weaker than the weakest standing; no database is asked for that."""
    for name in ("documents.ndjson", "cases.csv", "claims.csv", "entities.ftm.json"):
        response = api.read(f"export/{name}", standing_below=Standing.values[0])
        assert (response.status_code, response["CaseDB-Count"]) == (200, "0"), name
        lines = b"".join(response.streaming_content).splitlines()
        assert len(lines) == name.endswith(".csv"), name


def test_the_manifest_of_a_database_set_back_is_made_anew(api, world):
    before = api.read("export/").json()
    with triggers_off():
        Revision.objects.filter(pk=before["seq"]).update(commitment="f" * 64)
    after = api.read("export/").json()
    assert (after["seq"], after["hash"] != before["hash"]) == (before["seq"], True)


def test_an_empty_record_has_its_manifest_and_files(api):
    assert api.read("export/").json()["documents"] == 0
    for name in EXPORT_FILES:
        fetch(api, name)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+62", "'+62"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1+1", "'-1+1"),
        (" =1", "' =1"),
        ("\t=1", "\t'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a;=1", "a;'=1"),
        ('a;"=1', "a;'\"=1"),
        ("a\n=1", "a\n'=1"),
        ("-12.5", "-12.5"),
        ("1409", "1409"),
        ("biasa - saja", "biasa - saja"),
        (None, ""),
    ],
)
def test_no_cell_begins_a_formula(text, shown):
    assert safe(text) == shown


def test_a_hostile_statement_is_no_formula_in_the_file(api, published):
    case = make_case("CCTV", slug="cctv")
    make_claim(case, statement_id='=HYPERLINK("https://jahat")', statement_en="Two;=1+1\nlines, and “quotes”")
    published(case)
    statements = [(row["statement_id"], row["statement_en"]) for row in table(api, "claims.csv")]
    assert ('\'=HYPERLINK("https://jahat")', "Two;'=1+1\nlines, and “quotes”") in statements


def test_the_manifest_is_what_the_schema_says_and_its_hash_can_be_made_again(api, world):
    manifest = api.read("export/").json()
    assert faults(manifest, "/schemas/api/1.json#/$defs/export_manifest") == []
    documents = fetch(api, "documents.ndjson").splitlines()
    digest = hashlib.sha256()
    for entry, text in zip(lines(api, "commitments.ndjson"), documents, strict=True):
        assert hashlib.sha256(bytes.fromhex(entry["salt"]) + text).hexdigest() == entry["commitment"]
        digest.update(f"{entry['seq']} {entry['commitment']}\n".encode())
    assert manifest["hash"] == digest.hexdigest()
    assert manifest["documents"] == len(documents)
    assert manifest["claims"] == len(table(api, "claims.csv"))
    for name in manifest["files"]:
        fetch(api, name)


def test_the_hash_changes_with_the_record(api, world, published):
    before = api.read("export/").json()["hash"]
    published(withdraw(world.system, "error"))
    assert api.read("export/").json()["hash"] != before


@pytest.mark.parametrize("name", EXPORT_FILES)
def test_each_file_is_named_known_again_and_described_by_head_and_options(api, world, name):
    response = api.read(f"export/{name}")
    seq, day = response["CaseDB-Seq"], batches.pin().day
    assert f"-seq{seq}-{day}." in response["Content-Disposition"]
    etag = response["ETag"]
    b"".join(response.streaming_content)  # closes it as a server would
    with CaptureQueriesContext(connection) as queries:
        again = api.read(f"export/{name}", headers={"If-None-Match": etag})
    assert (again.status_code, len(queries)) == (304, 2)
    head = api.head(f"/api/v1/export/{name}")
    assert (head.status_code, b"".join(head.streaming_content), head["ETag"]) == (200, b"", etag)
    assert api.options(f"/api/v1/export/{name}").status_code == 204
    assert api.post(f"/api/v1/export/{name}").status_code == 405


# Properties of FollowTheMoney that hold the id of another entity
POINTING = {"entity", "proof", "subject", "object"} | {
    end for relation in RELATION_SCHEMATA for end in (relation.source, relation.target)
}


@pytest.mark.parametrize("at_once", [1, 500])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"kind": "case"},
        {"kind": ["case", "place"]},
        {"actor": "pt-misal"},
        {"place": "kota-contoh"},
        {"topic": "cctv"},
        {"standing": "potential"},
        {"has_conflict": "true"},
        {"actor_kind": "person"},
        {"q": "budi"},
        {"kind": "source"},
        {"q": "takada"},
    ],
)
def test_no_entity_points_to_one_that_is_not_in_the_file(api, world, published, monkeypatch, query, at_once):
    """And what is there only because it is pointed to says nothing that its own entity does not say."""
    post, ally = make_actor("Wali Kota Contoh", actor_kind="post"), make_actor("Ani", actor_kind="person")
    person = make_actor("Budi", actor_kind="person")
    make_claim(person, kind="tie", aspect="holds_office", parties=[("holder", person), ("body", post)])
    make_claim(world.case, kind="tie", aspect="patron_client", parties=[("patron", person), ("client", ally)])
    published(person, world.case)
    monkeypatch.setattr(related, "TARGET_BATCH_MAX_ROWS", at_once)
    whole = {entity["id"]: entity for entity in lines(api, "entities.ftm.json")}
    found = lines(api, "entities.ftm.json", **query)
    ids = [entity["id"] for entity in found]
    assert len(ids) == len(set(ids))
    chosen = {f"casedb-{document['id']}" for document in lines(api, "documents.ndjson", **query)}
    pointed = {value for e in found for name, values in e["properties"].items() if name in POINTING for value in values}
    assert pointed | chosen <= set(ids)
    assert {"Occupancy", "UnknownLink", "ProjectParticipant"} <= {entity["schema"] for entity in whole.values()}
    for entity in found:
        own = whole[entity["id"]]
        if entity["id"] in chosen or entity["schema"] in FIRM:
            assert entity == own
        else:
            assert (entity["id"] in pointed, entity["schema"]) == (True, own["schema"])
            assert entity["properties"]
            for name, values in entity["properties"].items():
                assert values == own["properties"][name]


def test_a_place_without_a_code_lies_in_the_country_of_those_above_it(api, published):
    country = make_place("Indonesia", slug="indonesia", place_kind="country", iso="ID")
    city = make_place("Makassar", slug="makassar", parent=country, code="73.71")
    district = make_place("Panakkukang", slug="panakkukang", parent=city, place_kind="district")
    lane = make_place("Lorong", slug="lorong", parent=district, place_kind="neighbourhood")
    published(lane, make_place("Entah", slug="entah"))
    expected = {place.title_id: ["id"] for place in (country, city, district, lane)} | {"Entah": None}
    for query in ({}, {"q": "lorong"}, {"q": "entah"}):
        found = lines(api, "entities.ftm.json", kind="place", **query)
        told = {e["properties"]["name"][0]: e["properties"].get("country") for e in found}
        assert told == {name: country for name, country in expected.items() if query.get("q", "") in name.lower()}


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_head_claims_no_length_that_the_file_has_not(api, world, accepted):
    """Through the handler that a server calls: the test client passes a few things by."""
    application = WSGIHandler()
    for name in EXPORT_FILES:
        told = {}
        environ = RequestFactory().head(f"/api/v1/export/{name}", headers={"Accept-Encoding": accepted}).environ
        with kept_open():
            b"".join(application(environ, lambda status, headers, told=told: told.update(headers, status=status)))
        assert told["status"] == "200 OK"
        assert "Content-Length" not in told, name
        assert told.get("Content-Encoding", "") == accepted


def test_a_document_costs_no_query_of_its_own(api, world, published):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            fetch(api, "claims.csv")
            fetch(api, "entities.ftm.json")
        return len(counted)

    before = queries()
    published(*(make_case(f"Perkara {number}") for number in range(5)))
    assert queries() == before


def test_the_sqlite_file_holds_the_whole_record(api, world, tmp_path):
    path = tmp_path / "record.sqlite"
    path.write_bytes(fetch(api, "record.sqlite"))
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    stored = [text for (text,) in database.execute("SELECT document FROM documents ORDER BY rowid")]
    assert stored == current_texts()
    told = dict(database.execute("SELECT name, value FROM metadata"))
    manifest = api.read("export/").json()
    assert (told["hash"], told["seq"]) == (manifest["hash"], str(manifest["seq"]))
    standing = "SELECT standing, unknowns_en FROM claims WHERE claim_id = ?"
    assert database.execute(standing, [str(world.transfer.id)]).fetchone() == ("potential", "currency (not_in_source)")
    assert database.execute("SELECT count(*) FROM claims").fetchone() == (RecordClaim.objects.current().count(),)
    database.close()


def test_numbers_of_the_sqlite_file_are_numbers_beside_their_exact_text(published, tmp_path):
    case = make_case()
    for value in ("9", "52.09", "999.5", "1409", "20000"):
        make_figure(case, value=value, as_stated=value)
    make_transfer(case, amount="2500000000.55", number_reason="computed")
    published(case)
    sqlite.write_sqlite(tmp_path / "record.sqlite", batches.pin().seq)
    with closing(sqlite3.connect(tmp_path / "record.sqlite")) as database:
        rows = database.execute(
            "SELECT figure_value_exact FROM claims WHERE figure_value > 1000 ORDER BY figure_value"
        ).fetchall()
        assert rows == [("1409",), ("20000",)]
        amounts = "SELECT transfer_amount, transfer_amount_exact, typeof(transfer_amount) FROM claims"
        assert database.execute(f"{amounts} WHERE kind = 'transfer'").fetchall() == [
            (2500000000.55, "2500000000.55", "real")
        ]
        assert database.execute("SELECT count(*) FROM claims WHERE figure_value IS NULL").fetchone() == (2,)


def test_the_sides_of_a_conflict_are_rows_with_what_is_said_of_their_claim(world, tmp_path):
    sqlite.write_sqlite(tmp_path / "record.sqlite", batches.pin().seq)
    with closing(sqlite3.connect(tmp_path / "record.sqlite")) as database:
        columns = "claim, family, kind, property, value, source, standing, explanation_id"
        rows = database.execute(f"SELECT {columns} FROM conflicts ORDER BY conflict, position").fetchall()
    said = (str(world.disputed.id), "inconsistent", "slip", "date")
    assert rows == [(*said, value, world.source.slug, "stated", "Beda.") for value in ("2019", "2020")]


def test_the_sqlite_file_of_one_seq_is_always_the_same(world, tmp_path):
    seq = batches.pin().seq
    for name in ("a", "b"):
        sqlite.write_sqlite(tmp_path / name, seq)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_nothing_of_the_sqlite_file_stays_on_disk(api, world, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    fetch(api, "record.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_record_too_big_for_a_sqlite_file_on_request_says_what_else_there_is(api, world, monkeypatch):
    monkeypatch.setattr("cases.api.export_views.MAX_SQLITE_DOCUMENTS", 2)
    response = api.read("export/record.sqlite")
    assert response.status_code == api.head("/api/v1/export/record.sqlite").status_code == 503
    assert "manage.py snapshot" in response.json()["detail"]


def test_sources_go_to_reference_managers(api, world):
    items = json.loads(fetch(api, "sources.csl.json"))
    assert len(items) == Record.objects.current().filter(kind="source").count()
    assert {item["type"] for item in items} == {"thesis"}
    assert fetch(api, "sources.bib").decode().count("@misc{source-") == len(items)
