"""No export names somebody, of whom something is said, without how firmly, by whom, and whether they were asked."""

import csv
import io
import json
import sqlite3

import pytest

from cases.documents.types import parse_document
from cases.exports.manifest import EXPORT_FILES
from cases.exports.texts import label
from cases.models import Conflict
from cases.vocabularies import ReplyState
from tests.factories import make_actor, make_capture, make_case, make_claim, make_excerpt, make_source

pytestmark = pytest.mark.django_db

NAME, FIRM, SPEAKER = "Kanari Misal", "PT Burung", "Skripsi Cenderawasih"
TEXT = f"Menurut kabar, {NAME} diduga menerima uang dari {FIRM}. Ada yang menulis bahwa {NAME} hanya hadir."


@pytest.fixture(params=["not_asked", "declined"])
def state(request, published):
    """A case that accuses a person in its lead and in another claim about which its source is inconsistent."""
    capture = make_capture(make_source(slug="cenderawasih", title=SPEAKER), TEXT)
    person, firm = make_actor(NAME, slug="kanari", actor_kind="person"), make_actor(FIRM, slug="burung")
    case = make_case("CCTV", slug="cctv", claims=0)
    parties = [("accused", person), ("payer", firm)]
    said = {"standing": "alleged", "parties": parties, "kind": "event", "start": "2020"}
    words = make_excerpt(f"{NAME} diduga menerima uang dari {FIRM}", capture)
    lead = {"statement_id": f"{NAME} diduga menerima uang.", "statement_en": f"{NAME} allegedly took money."}
    make_claim(case, words, lead=1, **lead, **said)
    tie = {"kind": "tie", "aspect": "patron_client", "parties": [("patron", firm), ("client", person)]}
    make_claim(case, words, **said | tie)
    unclear = make_claim(case, words, **said)
    conflict = Conflict.objects.create(
        subject=case,
        claim=unclear,
        key="k",
        kind="within_source",
        property="wording",
        explanation_id=f"{NAME} disebut dua kali.",
        explanation_en=f"{NAME} is named twice.",
    )
    conflict.sides.create(value=f"{NAME} menerima", excerpt=words)
    conflict.sides.create(value=f"{NAME} hadir", excerpt=make_excerpt(f"{NAME} hanya hadir", capture), position=1)
    if request.param == "declined":
        for who in (person, firm):
            case.responses.create(key=who.slug, who=who, state="declined", asked="2026-10-01")
    published(case)
    return request.param


def rows(api, name):
    """Every row, line, entity or entry of a file, as text."""
    body = b"".join(api.read(f"export/{name}").streaming_content)
    if name.endswith(".sqlite"):
        yield from sqlite_rows(body)
    elif name.endswith(".csv"):
        yield from (json.dumps(row, ensure_ascii=False) for row in csv.DictReader(io.StringIO(body.decode())))
    elif name.endswith("csl.json"):
        yield from (json.dumps(item, ensure_ascii=False) for item in json.loads(body))
    else:
        yield from body.decode().split("\n\n" if name.endswith(".bib") else "\n")


def sqlite_rows(body):
    database = sqlite3.connect(":memory:")
    database.deserialize(body)
    database.row_factory = sqlite3.Row
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in database.execute(f"SELECT * FROM {table}"):
            yield row["document"] if table == "documents" else json.dumps(dict(row), ensure_ascii=False)
    database.close()


def of_nobody_else(row):
    """Whether a row is only what the thing is called: the record of the actor itself, which says nothing of it."""
    told = json.loads(row)
    own = told.get("slug") in ("kanari", "burung") or told.get("schema") in ("Person", "Company")
    values = json.dumps([*told.values()])
    assert not (own and any(word in values for word in ("accused", "alleged", "payer", "client"))), row
    return own


def asked(row, state):
    """Whether a row says the state of the reply; in a document, who reads it finds it by the rule for its default."""
    if '"$schema"' in row:
        document = parse_document(row)
        states = [reply.state for claim in document.claims for reply in document.replies_to(claim).values()]
        return states == [state] * 6
    return any(word in row for word in (state, *(label(ReplyState, state, language) for language in ("id", "en"))))


def test_no_row_names_anybody_without_standing_speaker_and_reply_state(api, state):
    naming = {}
    for name in EXPORT_FILES:
        for row in rows(api, name):
            if not (NAME in row or FIRM in row) or of_nobody_else(row):
                continue
            naming.setdefault(name, []).append(row)
            assert "alleged" in row, (name, row)
            assert "cenderawasih" in row.lower(), (name, row)
            assert asked(row, state), (name, row)
    assert set(naming) == {
        *("documents.ndjson", "cases.ndjson", "claims.csv", "cases.csv", "entities.ftm.json", "record.sqlite")
    }
    assert len(naming["record.sqlite"]) == 1 + 1 + 3 + 6 + 2 + 2  # document, case, claims, parties, sides, excerpts


def test_whoever_has_no_right_of_reply_has_no_state(api, published):
    case = make_case("CCTV", slug="cctv")
    claim = make_claim(case, parties=[("partner", make_actor(FIRM)), ("accused", "petugas")], standing="alleged")
    published(case)
    body = b"".join(api.read("export/record.sqlite").streaming_content)
    found = [json.loads(row) for row in sqlite_rows(body) if f'"claim": "{claim.id}"' in row]
    parties = {row["part"]: (row["standing"], row["reply_state"]) for row in found if "part" in row}
    assert parties == {"partner": ("alleged", None), "accused": ("alleged", None)}
