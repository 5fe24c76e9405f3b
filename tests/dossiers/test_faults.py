"""A dossier that is wrong is refused with file, entry, field and reason; all faults in one run, nothing loaded."""

import hashlib
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth.models import User

from cases.dossiers.load import InvalidDossiersError, check, save
from cases.dossiers.reader import Fault
from tests.dossiers.samples import (
    FILE,
    TEXT,
    Dossiers,
    as_files,
    cite,
    claim,
    make_documents,
    make_dossiers,
    people,
    row_counts,
    title,
)

pytestmark = pytest.mark.django_db
CASE, ACTOR, SOURCE = "cases/cctv-contoh", "actors/pt-misal", "sources/skripsi-contoh"
SAME = {"en": {"by": "curator", "text": "cash worth 2.5 billion"}}


def faults_of(files: dict[str, str], documents: Any) -> list[Fault]:
    with pytest.raises(InvalidDossiersError) as caught:
        check(files, documents=documents)
    assert str(caught.value).count("\n") + 1 >= len(caught.value.faults)
    return caught.value.faults


def at(*path: Any) -> Callable[[Dossiers, Any], None]:
    """Sets the value at a place of the dossiers."""

    def change(dossiers: Dossiers, value: Any) -> None:
        place: Any = dossiers
        for step in path[:-1]:
            place = place[step]
        if value is None:
            del place[path[-1]]
        elif isinstance(place, list) and path[-1] == "+":
            place.append(value)
        else:
            place[path[-1]] = value

    return change


CASH, FIGURE, REPLY = (CASE, "claims", 0), (CASE, "claims", 1), (CASE, "claims", 2)
WRONG = [
    # quotes
    (
        at(*CASH, "cites", 0, "words"),
        "uang tunai senilai 2.5 miliar",
        CASE,
        "claims cash › cites 1",
        "words",
        "not these words",
    ),
    (at(*CASH, "cites", 0, "at"), "1", CASE, "claims cash › cites 1", "words", "They stand at 118"),
    (at(*CASH, "cites", 0, "at"), None, CASE, "claims cash › cites 1", "at", "They stand at 118"),
    (
        at(*CASH, "cites", 0),
        cite("uang tunai senilai 2,5 miliar") | {"words": "uang tunai senilai\n2,5  mil-\niar"},
        CASE,
        "claims cash › cites 1",
        "words",
        "not these words. At 118 the text reads “uang tunai senilai 2,5 miliar”.",
    ),
    (
        at(*CASH, "cites", 0),
        {"source": "skripsi-contoh", "words": "PT  Misal"},
        CASE,
        "claims cash › cites 1",
        "at",
        "where the words begin. These words stand in 2 places: 43 after",
    ),
    (at(*CASH, "cites", 0, "at"), "1e2", CASE, "claims cash › cites 1", "at", "not a whole number"),
    (at(*CASH, "cites", 0, "at"), "-5", CASE, "claims cash › cites 1", "at", "not a whole number"),
    (at(*CASH, "cites", 0, "at"), "１１８", CASE, "claims cash › cites 1", "at", "not a whole number"),
    (at(*CASH, "cites", 0, "words"), " ", CASE, "claims cash › cites 1", "words", "required"),
    (at(*CASH, "cites", 0, "source"), "karya-lain", CASE, "claims cash › cites 1", "source", "hold a copy"),
    (at(*CASH, "cites", 0, "source"), "tidak-ada", CASE, "claims cash › cites 1", "source", "hold a copy"),
    (at(*CASH, "cites", 0, "relation"), "proves", CASE, "claims cash › cites 1", "relation", "proves"),
    (at(*CASH, "cites", "+"), cite("Bu Melati"), CASE, "claims cash › cites 2", "words", "private person"),
    (at(*CASH, "cites", "+"), cite(", Bu Mel"), CASE, "claims cash › cites 2", "words", "private person"),
    (
        at(*CASH, "cites", "+"),
        cite("uang tunai senilai 2,5 miliar"),
        CASE,
        "claims cash › cites 2",
        "excerpt",
        "cited here already",
    ),
    (
        at(*CASH, "cites", 0, "translations", "en", "text"),
        "Cash of 3 billion",
        CASE,
        "claims cash › cites 1",
        "translations.en",
        "Nearest",
    ),
    (
        at(*CASH, "cites", 0, "translations", "fr"),
        {"by": "curator", "text": "x"},
        CASE,
        "claims cash › cites 1",
        "language",
        "fr",
    ),
    (at(*CASH, "cites", 0, "translations", "en", "by"), "friend", CASE, "claims cash › cites 1", "by", "friend"),
    (
        at(*REPLY, "cites", "+"),
        cite("uang tunai senilai 2,5 miliar", translations=SAME),
        CASE,
        "claims reply › cites 2",
        "translations.en",
        "differs",
    ),
    (
        at(*REPLY, "cites", "+"),
        cite("uang tunai senilai 2,5 miliar", locator={"id": "Bab II", "en": "Chapter II"}),
        CASE,
        "claims reply › cites 2",
        "locator",
        "differs",
    ),
    (
        at(*REPLY, "cites", "+"),
        cite("uang tunai senilai 2,5 miliar", language="en"),
        CASE,
        "claims reply › cites 2",
        "language",
        "differs",
    ),
    (at(ACTOR, "aliases", 0, "cite"), None, ACTOR, "aliases 1", "cite", "required"),
    (
        at(CASE, "conflicts", 0, "sides", 0, "cite"),
        "words",
        CASE,
        "conflicts which-money › sides 1",
        "cite",
        "is a map",
    ),
    # references
    (at(CASE, "places"), ["bandung"], CASE, "", "places", "places/bandung, which does not exist"),
    (at(CASE, "places"), [""], CASE, "", "places", "empty word"),
    (at(CASE, "places"), ["contoh", "contoh"], CASE, "", "places", "twice"),
    (at(CASE, "lead"), ["bribe"], CASE, "", "lead", "names “bribe”"),
    (at(CASE, "lead"), ["cash", "cash"], CASE, "", "lead", "twice"),
    (at("places/contoh", "parent"), "jawa-barat", "places/contoh", "", "parent", "does not exist"),
    (at("sources/karya-lain", "known_through"), ["gosip"], "sources/karya-lain", "", "known_through", "does not exist"),
    (
        at(*FIGURE, "relayed_by"),
        ["gosip"],
        CASE,
        "claims complaints",
        "relayed_by",
        "sources/gosip, which does not exist",
    ),
    (at(*REPLY, "parties", 0, "who"), "actors/nobody", CASE, "claims reply › parties 1", "who", "actors/nobody"),
    (at(*REPLY, "parties", 0, "who"), "actors/", CASE, "claims reply › parties 1", "who", "<folder>/<key>"),
    (at(*REPLY, "parties", 0, "who"), "pt-misal", CASE, "claims reply › parties 1", "who", "<folder>/<key>"),
    (at(*REPLY, "parties", 0, "who"), "sources/karya-lain", CASE, "claims reply › parties 1", "who", "<folder>/<key>"),
    (
        at(*REPLY, "parties", 0, "who"),
        "systems/aplikasi-contoh",
        CASE,
        "claims reply › parties 1",
        "who",
        "Only an actor",
    ),
    (
        at(*REPLY, "parties", "+"),
        {"part": "speaker", "who": "actors/pt-misal"},
        CASE,
        "claims reply › parties 2",
        "who",
        "already",
    ),
    (at(*REPLY, "parties", 0), {"part": "speaker"}, CASE, "claims reply › parties 1", "", "an actor or the words"),
    (at(*REPLY, "said_by"), {"actor": "actors/nobody"}, CASE, "claims reply › said_by", "actor", "actors/nobody"),
    (at(*REPLY, "said_by"), None, CASE, "claims reply", "said_by", "required"),
    (
        at(*REPLY, "said_by"),
        {"actor": "actors/pt-misal", "source": "karya-lain"},
        CASE,
        "claims reply",
        "said_by",
        "exactly one",
    ),
    (at(*REPLY, "said_by"), {"speaker": {"id": "warga"}}, CASE, "claims reply › said_by", "speaker.en", "required"),
    (at(CASE, "unknowns", 1, "claim"), "bribe", CASE, "unknowns 2", "claim", "names “bribe”"),
    (at(CASE, "conflicts", 0, "claim"), "bribe", CASE, "conflicts which-money", "claim", "names “bribe”"),
    (at(CASE, "responses", 0, "claims"), ["bribe"], CASE, "responses reply-2026", "claims", "names “bribe”"),
    (at(CASE, "responses", 0, "who"), "actors/nobody", CASE, "responses reply-2026", "who", "actors/nobody"),
    # words of closed lists
    (at(*CASH, "kind"), "rumour", CASE, "claims cash", "kind", "rumour"),
    (at(*CASH, "standing"), "proven", CASE, "claims cash", "standing", "proven"),
    (at(*CASH, "aspect"), "partner", CASE, "claims cash", "", "aspect of its own list"),
    (at(*CASH, "parties", 0, "part"), "villain", CASE, "claims cash › parties 1", "part", "villain"),
    (at(*CASH, "transfer", "kind"), "loot", CASE, "claims cash › transfer", "kind", "loot"),
    (at(*CASH, "topics"), ["corruption"], CASE, "claims cash", "topics", "corruption"),
    (at(CASE, "topics"), ["corruption"], CASE, "", "topics", "corruption"),
    (at(CASE, "conflicts", 0, "kind"), "quarrel", CASE, "conflicts which-money", "kind", "quarrel"),
    (at(CASE, "conflicts", 0, "property"), "price", CASE, "conflicts which-money", "property", "price"),
    (at(CASE, "unknowns", 0, "reason"), "secret", CASE, "unknowns 1", "reason", "secret"),
    (at(CASE, "unknowns", 0, "property"), "price", CASE, "unknowns 1", "property", "price"),
    (at(ACTOR, "actor_kind"), "suspect", ACTOR, "", "actor_kind", "suspect"),
    (at(ACTOR, "aliases", 0, "kind"), "nickname", ACTOR, "aliases 1", "kind", "nickname"),
    (at("systems/aplikasi-contoh", "system_kind"), None, "systems/aplikasi-contoh", "", "system_kind", "required"),
    (at("places/contoh", "place_kind"), "planet", "places/contoh", "", "place_kind", "planet"),
    (at(SOURCE, "kind"), "gossip", SOURCE, "", "kind", "gossip"),
    (at(SOURCE, "language"), "nl", SOURCE, "", "language", "nl"),
    # numbers and dates
    (at(*CASH, "transfer", "amount"), "2,5 miliar", CASE, "claims cash › transfer", "amount", "2,5 miliar"),
    (at(*CASH, "transfer", "amount"), "2500000000.0", CASE, "claims cash › transfer", "amount", "not a plain number"),
    (at(*CASH, "transfer", "amount"), "1" * 17, CASE, "claims cash › transfer", "amount", "16 digits"),
    (at(*CASH, "transfer", "as_stated"), None, CASE, "claims cash › transfer", "", "what the source wrote"),
    (at(*CASH, "transfer", "currency"), "rupiah", CASE, "claims cash › transfer", "currency", "at most 3"),
    (at(*CASH, "transfer", "currency"), "rp.", CASE, "claims cash › transfer", "", "three capital letters"),
    (at(*CASH, "transfer", "in_kind"), {"id": "liburan"}, CASE, "claims cash › transfer", "in_kind.en", "required"),
    (at(*FIGURE, "figure", "value"), "1.409,0", CASE, "claims complaints › figure", "value", "1.409,0"),
    (at(*FIGURE, "figure", "bound"), "range", CASE, "claims complaints › figure", "", "two ends"),
    (
        at(*FIGURE, "transfer"),
        {"amount": "1"},
        CASE,
        "claims complaints",
        "transfer",
        "does not belong to a claim of kind figure",
    ),
    (at(*FIGURE, "start"), "2022-13", CASE, "claims complaints", "start", "2022-13"),
    (at(*FIGURE, "end"), "2016", CASE, "claims complaints", "end", "cannot end before it starts"),
    (
        at(*FIGURE, "ongoing_when_written"),
        "true",
        CASE,
        "claims complaints",
        "ongoing_when_written",
        "neither yes nor no",
    ),
    (at(SOURCE, "published"), "May 2020", SOURCE, "", "published", "May 2020"),
    (at(CASE, "responses", 0, "asked"), "yesterday", CASE, "responses reply-2026", "asked", "yesterday"),
    (at(CASE, "responses", 0, "state"), "silent", CASE, "responses reply-2026", "state", "silent"),
    (at(CASE, "responses", 0, "state"), "declined", CASE, "responses reply-2026", "", "Only an answer"),
    (at(CASE, "responses", 0, "denies"), "true", CASE, "responses reply-2026", "denies", "neither yes nor no"),
    (at(CASE, "responses", 0, "declined"), "yes", CASE, "responses reply-2026", "declined", "not a field"),
    (
        at(CASE, "responses", 0, "not_asked_because"),
        "legal_bar",
        CASE,
        "responses reply-2026",
        "",
        "Only who was not asked",
    ),
    (at(CASE, "responses", 0, "note"), {"id": "Diam."}, CASE, "responses reply-2026", "note.en", "required"),
    (at(CASE, "unknowns", 4, "searched_on"), None, CASE, "unknowns 5", "", "where we looked, and when"),
    (at(CASE, "unknowns", 4, "note"), None, CASE, "unknowns 5", "", "where we looked, and when"),
    (at(CASE, "unknowns", 4, "searched_on"), "lately", CASE, "unknowns 5", "searched_on", "lately"),
    (at(CASE, "unknowns", 3, "cite"), None, CASE, "unknowns 4", "", "needs the words that say so"),
    (at(CASE, "unknowns", 3, "cite", "words"), "itu benar", CASE, "unknowns 4 › cite", "words", "not these words"),
    # captures
    (at(SOURCE, "captures", 0, "text_sha256"), "abc", SOURCE, "captures 1", "text_sha256", "64 hexadecimal"),
    (at(SOURCE, "captures", 0, "text_sha256"), None, SOURCE, "captures 1", "text_sha256", "required"),
    (at(SOURCE, "captures", 0, "length"), None, SOURCE, "captures 1", "", "SHA-256 and its length"),
    (at(SOURCE, "captures", 0, "private"), ["5-5"], SOURCE, "captures 1", "", "ends after it starts"),
    (at(SOURCE, "captures", 0, "private"), ["5-"], SOURCE, "captures 1", "private", "not a span"),
    (at(SOURCE, "captures", 0, "private"), ["5-9999"], SOURCE, "captures 1", "private", "ends after the text"),
    (at(SOURCE, "captures", 0, "private"), ["Bu Melati"], SOURCE, "captures 1", "private", "not a span"),
    (at(SOURCE, "captures", 0, "captured_at"), "2026-11-01", SOURCE, "captures 1", "captured_at", "time with its zone"),
    (at(SOURCE, "captures", 0, "archive_url"), "javascript:alert(1)", SOURCE, "captures 1", "archive_url", "URL"),
    (at(SOURCE, "url"), "ftp://contoh.id/x", SOURCE, "", "url", "URL"),
    (at(SOURCE, "title"), "Judul", SOURCE, "", "", "A source has a title of its own"),
    # keys, shapes and characters
    (at(*CASH, "standng"), "stated", CASE, "claims cash", "standng", "Did you mean “standing”"),
    (at(*CASH, "cites", 0, "offset"), "1", CASE, "claims cash › cites 1", "offset", "not a field"),
    (at(*CASH, "transfer", "value"), "1", CASE, "claims cash › transfer", "value", "not a field"),
    (at(CASE, "summary"), "He did it.", CASE, "", "summary", "not a field"),
    (at(CASE, "actor_kind"), "company", CASE, "", "actor_kind", "not a field"),
    (at(CASE, "title", "nl"), "Zaak", CASE, "title", "nl", "not a field"),
    (at(CASE, "title"), "CCTV", CASE, "", "title", "is a map like"),
    (at(CASE, "title"), {"id": "CCTV"}, CASE, "", "title.en", "required"),
    (at(CASE, "title", "en"), "x" * 201, CASE, "", "title_en", "at most 200"),
    (at(CASE, "claims"), {"key": "cash"}, CASE, "", "claims", "list of maps"),
    (at(CASE, "claims"), ["cash"], CASE, "", "claims", "list of maps"),
    (at(*CASH, "statement"), ["a"], CASE, "claims cash", "statement", "is a map like"),
    (at(*CASH, "transfer"), ["a"], CASE, "claims cash", "transfer", "is a map"),
    (at(*CASH, "key"), ["a"], CASE, "claims ['a']", "key", "is a text"),
    (at(*CASH, "key"), "not a key", CASE, "claims not a key", "key", "slug"),
    (at(*FIGURE, "key"), "cash", CASE, "claims cash", "key", "claim with this key already"),
    (at(*CASH, "id"), "1234", CASE, "claims cash", "id", "not a UUID"),
    (at(CASE, "conflicts", 0, "id"), "1234", CASE, "conflicts which-money", "id", "not a UUID"),
    (at(ACTOR, "id"), "1234", ACTOR, "", "id", "not a UUID"),
    (at(CASE, "places"), "contoh", CASE, "", "places", "list of words"),
    (at(SOURCE, "authors"), ["A\x00B"], SOURCE, "", "authors", "U+0000 NUL"),
    (at(SOURCE, "authors"), ["A", "A"], SOURCE, "", "authors", "twice"),
    (at(*CASH, "statement", "id"), "A\x00B", CASE, "claims cash › statement", "id", "U+0000 NUL"),
    (at(*CASH, "statement", "id"), "A\x1b[31mB", CASE, "claims cash › statement", "id", "U+001B ESCAPE"),
    (at(*CASH, "transfer", "as_stated"), "2,5\x00", CASE, "claims cash › transfer", "as_stated", "U+0000 NUL"),
    (at(*CASH, "cites", 0, "words"), "uang\x00", CASE, "claims cash › cites 1", "words", "U+0000 NUL"),
]


@pytest.fixture
def documents(tmp_path):
    return make_documents(tmp_path)


def test_the_sample_has_no_fault(documents):
    assert check(as_files(make_dossiers()), documents=documents).bundles


@pytest.mark.parametrize(("change", "value", "file", "entry", "field", "reason"), WRONG)
def test_a_fault_is_said_with_file_entry_field_and_reason(documents, change, value, file, entry, field, reason):
    dossiers = make_dossiers()
    change(dossiers, value)
    found = faults_of(as_files(dossiers), documents)
    assert [f for f in found if (f.file, f.entry, f.field) == (f"{file}.yaml", entry, field) and reason in f.reason], (
        found
    )
    assert all(fault.reason for fault in found)


def test_words_over_a_page_break_are_said_to_be_two_quotes(documents):
    text = f"{TEXT}Halaman 1\n\fMenurut warga.\nHalaman 2\n"
    (documents / FILE).write_bytes(text.encode())
    dossiers = make_dossiers()
    dossiers[SOURCE]["captures"][0] |= {"text_sha256": hashlib.sha256(text.encode()).hexdigest(), "length": len(text)}
    at(*CASH, "cites", "+")(dossiers, {"source": "skripsi-contoh", "words": "tidak benar. Menurut warga"})
    [fault] = faults_of(as_files(dossiers), documents)
    first, second = text.index("tidak benar"), text.index("Menurut warga")
    assert fault.reason.endswith(f"They are 2 excerpts: at {first} “tidak benar.” and {second} “Menurut warga”.")


def test_all_faults_are_said_in_one_run(documents):
    """Many copies of the sample in one run, each with another fault: none hides another."""
    dossiers, due = {}, set()
    for number, (change, value, file, _entry, field, _reason) in enumerate(WRONG[::4]):
        copy: Dossiers = make_dossiers()
        change(copy, value)
        if file.startswith("sources") or field in ("language", "locator", "translations.en"):
            continue  # what is said of the same words and works is compared across dossiers
        folder, _slash, key = file.partition("/")
        dossiers[f"{folder}/{key}-{number}"] = copy[file] | ({"code": f"9.{number}"} if folder == "places" else {})
        due.add((f"{folder}/{key}-{number}.yaml", field))
    before = row_counts()
    found = faults_of(as_files(make_dossiers() | dossiers), documents)
    assert row_counts() == before
    assert due <= {(fault.file, fault.field) for fault in found}
    assert len(due) > 20


def test_one_row_with_several_faults_says_them_all(documents):
    dossiers = make_dossiers()
    dossiers[CASE]["claims"][1] |= {"standing": "proven", "start": "2022-13", "end": "x", "kind": "plan"}
    said = {fault.field for fault in faults_of(as_files(dossiers), documents)}
    assert {"standing", "start", "end", "figure", ""} <= said, "the aspect that is missing is said beside the others"


def test_a_date_that_is_wrong_does_not_stop_the_check_of_the_others(documents):
    dossiers = make_dossiers()
    dossiers[CASE]["claims"][1] |= {"start": "2022-13", "end": "2021"}
    assert [f.field for f in faults_of(as_files(dossiers), documents)] == ["start"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("title: {id: A, en: B", "line 1", "not readable as YAML"),
        ("title: a\ntitle: b\n", "line 1", "“title” is given twice"),
        ("claims:\n- key: a\n  key: b\n", "line 2", "“key” is given twice"),
        ("a: 1\n---\nb: 2\n", "line 2", "another document"),
        ("- a\n- b\n", "", "map of fields"),
        ("just words", "", "map of fields"),
        ("", "", "map of fields"),
        ("[" * 500, "", "nested too deeply"),
        ("title: {id: A, en: B}\nx: \x07\n", "line 2", "U+0007 CONTROL CHARACTER"),
        ("a: &a {b: *a}\n", "line 1", "recursive"),
        ("? [a, b]\n: c\n", "line 1", "unhashable"),
        ("a: *nothing\n", "line 1", "undefined alias"),
        ("a: @b\n", "line 1", "cannot start"),
        (b"title: caf\xe9\n".decode("utf-8", "surrogateescape"), "line 1", "not UTF-8"),
    ],
)
def test_broken_yaml_is_a_fault_with_its_line(documents, text, line, reason):
    found = faults_of(as_files(make_dossiers()) | {"actors/rusak.yaml": text}, documents)
    assert [(f.file, f.entry) for f in found if reason in f.reason] == [("actors/rusak.yaml", line)]


def test_a_tag_makes_no_object_and_an_escape_no_control_character(documents):
    files = as_files(make_dossiers())
    files[f"{ACTOR}.yaml"] = files[f"{ACTOR}.yaml"].replace(
        "id: ", 'id: !!python/object/apply:os.system ["echo"]\n#', 1
    )
    files["actors/lain.yaml"] = (
        'id: 6d1fd2a2-5f0c-4c35-9c0b-2f6f7c3b6f55\ntitle: {id: "A\\u0000", en: "\\ud800"}\nactor_kind: !!int company\n'
    )
    found = {(fault.file, fault.field): fault.reason for fault in faults_of(files, documents)}
    assert "is a text" in found[f"{ACTOR}.yaml", "id"]
    assert "U+0000 NUL" in found["actors/lain.yaml", "id"]
    assert "U+D800 LONE SURROGATE" in found["actors/lain.yaml", "en"]
    assert ("actors/lain.yaml", "actor_kind") not in found


@pytest.mark.parametrize("name", ["suspects/a.yaml", "a.yaml", "actors/a.yml", "actors/a.txt"])
def test_a_file_in_a_wrong_place_is_a_fault(documents, name):
    found = faults_of(as_files(make_dossiers()) | {name: "title: {id: A, en: A}"}, documents)
    assert [(f.file, "is no dossier" in f.reason) for f in found] == [(name, True)]


@pytest.mark.parametrize("key", ["dua kata", "é", "a" * 121, "a.b"])
def test_a_file_name_that_is_no_slug_is_a_fault(documents, key):
    dossiers = make_dossiers() | {f"actors/{key}": people(title=title("A"), actor_kind="company")}
    assert {(f.file, f.field) for f in faults_of(as_files(dossiers), documents)} == {(f"actors/{key}.yaml", "slug")}


def test_a_quote_that_is_too_long_is_a_fault(documents):
    dossiers = make_dossiers()
    text = "kata " * 200
    dossiers[CASE]["claims"][0]["cites"].append({"source": "skripsi-contoh", "at": "0", "words": text})
    assert any("at most 600 characters" in fault.reason for fault in faults_of(as_files(dossiers), documents))


def test_a_document_with_another_hash_is_a_fault_at_every_quote(documents):
    (documents / "contoh.txt").write_text(TEXT + "!", encoding="utf-8")
    found = faults_of(as_files(make_dossiers()), documents)
    assert len(found) >= 9
    assert all("does not have the SHA-256" in fault.reason for fault in found)


def test_without_text_and_lock_a_quote_cannot_be_checked():
    found = faults_of(as_files(make_dossiers()), None)
    assert all("cannot be checked" in fault.reason for fault in found)
    assert len(found) >= 9


def test_two_dossiers_with_one_id_are_a_fault(documents):
    dossiers = make_dossiers()
    known = "6d1fd2a2-5f0c-4c35-9c0b-2f6f7c3b6f55"
    dossiers[ACTOR]["id"] = dossiers["actors/pemkot-contoh"]["id"] = dossiers["systems/aplikasi-contoh"]["id"] = known
    found = faults_of(as_files(dossiers), documents)
    assert len([fault for fault in found if fault.field == "id" and "stands twice" in fault.reason]) == 2


def test_what_must_be_unique_is_told_with_the_other_place(documents):
    dossiers = make_dossiers()
    dossiers["places/kembar"] = people(title=title("Kembar"), place_kind="city", code="99.01")
    dossiers["sources/kembar"] = deepcopy(dossiers[SOURCE]) | {"title_given": title("Kembar")}
    found = {(f.file, f.field): f.reason for f in faults_of(as_files(dossiers), documents)}
    assert "places/contoh.yaml" in found["places/kembar.yaml", "code"]
    assert "sources/skripsi-contoh.yaml" in found["sources/kembar.yaml", "text_sha256"]


class TestBesideTheDatabase:
    """The same faults against what was loaded before."""

    @pytest.fixture
    def loaded(self, documents, curator) -> User:
        save(check(as_files(make_dossiers()), documents=documents), by={"desk": curator}, origin="import")
        return curator

    def test_a_slug_of_another_id_is_a_fault(self, documents, loaded):
        dossiers = make_dossiers()
        dossiers[ACTOR]["id"] = "6d1fd2a2-5f0c-4c35-9c0b-2f6f7c3b6f55"
        [fault] = faults_of(as_files(dossiers), documents)
        assert fault.field == "id"
        assert "this slug belongs to" in fault.reason

    def test_an_id_of_another_kind_is_a_fault(self, documents, loaded):
        actor = check(as_files(make_dossiers()), documents=documents).bundles[4].item
        dossiers = make_dossiers()
        del dossiers["actors/pemkot-contoh"]
        dossiers["systems/pemkot-contoh"] = people(id=str(actor.id), title=title("A"), system_kind="app")
        assert "belongs to actor/pemkot-contoh" in str(faults_of(as_files(dossiers), documents))

    def test_a_claim_of_another_subject_is_a_fault(self, documents, loaded):
        cash = next(
            b for b in check(as_files(make_dossiers()), documents=documents).bundles if b.folder == "cases"
        ).rows[0][0]
        theirs = {
            "systems/lain": people(
                title=title("Lain"), system_kind="app", claims=[claim("c", cite("PT Misal (PTM)"), id=str(cash.id))]
            )
        }
        [fault] = faults_of(as_files(theirs), documents)
        assert (fault.entry, fault.field) == ("claims c", "id")
        assert "another dossier" in fault.reason

    def test_an_excerpt_that_others_cite_cannot_be_described_anew(self, documents, loaded):
        before = row_counts()
        mine = claim("c", cite("uang tunai senilai 2,5 miliar", locator={"id": "Bab IX", "en": "Chapter IX"}))
        batch = check(
            as_files({"systems/lain": people(title=title("L"), system_kind="app", claims=[mine])}), documents=documents
        )
        with pytest.raises(InvalidDossiersError, match=r"locator\.id: differs from “Bab I”"):
            save(batch, by={"desk": loaded}, origin="import")
        assert row_counts() == before


def test_no_work_is_known_through_itself_by_way_of_others():
    told = "kind: cited_work\ntitle_given: Karya\nknown_through: [{}]\n"
    files = {"sources/a.yaml": told.format("b"), "sources/b.yaml": told.format("c"), "sources/c.yaml": told.format("a")}
    found = faults_of(files, None)
    assert {fault.file for fault in found if "leads back" in fault.reason} == set(files)
