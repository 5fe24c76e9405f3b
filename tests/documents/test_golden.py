"""Documents as earlier releases wrote them: whatever is released is read for good.

`GOLDEN=1 pytest tests/documents/test_golden.py` writes those of this version anew, from the sample of the dossiers.
Do that only for what was never released.
"""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cases.documents.schemas import validate_json
from cases.documents.types import encode_document, parse_document
from cases.dossiers.seed import seed
from cases.models import RevisionBody
from cases.vocabularies import FAMILIES
from tests.dossiers.samples import make_folder

GOLDEN = Path(__file__).parent / "golden"
ONE, TWO = (sorted(GOLDEN.glob(f"v{version}-*.json")) for version in (1, 2))
OF_THE_SAMPLE = ("case-cctv-contoh", "source-skripsi-contoh", "actor-pt-misal")
# What version 2 tells by a word of its own; whatever else version 1 did not say is empty
ADDED = {"title_given", "family"}


def leaves(value: Any, *place: str) -> Any:
    """Yield every text, number and yes or no of JSON with the fields that lead to it."""
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from leaves(entry, *place, name)
    elif isinstance(value, list):
        for entry in value:
            yield from leaves(entry, *place)
    elif value not in (None, ""):
        yield place, value


def said_by_version_1(document: Any) -> Counter[Any]:
    """Return what a document of version 1 says, at the places where version 2 says it."""
    found: Counter[Any] = Counter()
    for place, value in leaves(document):
        if place[-1] in ("locator", "reason") and place[0] in ("excerpts", "version"):
            place = (*place, "id")
        if place[-1] == "subkind":
            place = (*place[:-1], "aspect")
        if place[0] != "$schema" and place[-1] != "title_given":
            found[place, value] += 1
    return found


@pytest.mark.parametrize("path", ONE, ids=lambda path: path.stem)
def test_a_document_of_version_1_says_the_same_in_the_form_of_version_2(path):
    stored = json.loads(path.read_bytes())
    read = msgspec.to_builtins(parse_document(path.read_bytes()))
    said: Counter[Any] = Counter()
    for place, value in leaves(json.loads(json.dumps(read))):
        if place[-2:] == ("title_given", "id"):
            place = (*place[:-2], "title")
        if not ADDED & set(place) and place[0] != "$schema":
            said[place, value] += 1
    assert said == said_by_version_1(stored)
    assert read["$schema"] == stored["$schema"].replace("/1.json", "/2.json")


@pytest.mark.parametrize("path", ONE, ids=lambda path: path.stem)
def test_a_document_of_version_1_is_written_as_one_of_version_2_and_comes_back(path):
    document = parse_document(path.read_bytes())
    assert parse_document(encode_document(document)) == document


def test_titles_that_were_given_and_families_are_told_as_version_2_tells_them():
    [case] = [parse_document(path.read_bytes()) for path in ONE if path.stem.startswith("v1-case")]
    assert case.conflicts
    assert all(conflict.family == FAMILIES[conflict.kind] for conflict in case.conflicts)
    sources = [parse_document(path.read_bytes()) for path in ONE if path.stem.startswith("v1-source")]
    given = [source for source in sources if source.title is None]
    assert given
    assert all(source.titles.id == source.titles.en == f"[{source.title_given.id}]" for source in given)


@pytest.mark.parametrize(
    ("before", "state"),
    [
        ({"asked": "2024", "answered": None, "declined": False}, "asked"),
        ({"asked": "2024", "answered": "2024-02", "declined": False}, "answered"),
        ({"asked": "2024", "answered": None, "declined": True}, "declined"),
    ],
)
def test_a_reply_of_version_1_has_its_state(before, state):
    [path] = [path for path in ONE if path.stem.startswith("v1-case")]
    stored = json.loads(path.read_bytes())
    who = next(party["who"] for claim in stored["claims"] for party in claim["parties"] if party["who"])
    stored["responses"] = [before | {"id": "r", "who": who, "claims": [], "excerpts": []}]
    [response] = parse_document(json.dumps(stored)).responses
    assert (response.state, response.asked, response.answered) == (state, before["asked"], before["answered"])
    assert (response.denies, response.note, response.not_asked_because, response.deadline) == (False, None, None, None)


@pytest.mark.parametrize("broken", [{"claims": [{}]}, {"claims": 7}, {"version": None}, {"sources": [None]}, {"id": 7}])
def test_a_broken_document_of_version_1_is_refused_like_any_other(broken):
    stored = json.loads(ONE[0].read_bytes()) | broken
    with pytest.raises(msgspec.ValidationError):
        parse_document(json.dumps(stored))


@pytest.mark.parametrize("path", TWO, ids=lambda path: path.stem)
def test_a_document_of_version_2_comes_back_byte_for_byte(path):
    text = path.read_text(encoding="utf-8").rstrip("\n")
    assert encode_document(parse_document(text)) == text
    assert validate_json(json.loads(text)) == []


def test_the_golden_documents_hold_what_version_2_brought():
    case, source, _actor = (json.loads((GOLDEN / f"v2-{name}.json").read_bytes()) for name in OF_THE_SAMPLE)
    assert {unknown["reason"] for unknown in case["unknowns"]} > {"searched_not_found", "none_exists", "not_searched"}
    assert [conflict["family"] for conflict in case["conflicts"]] == ["inconsistent"]
    assert [(each["state"], each["denies"]) for each in case["responses"]] == [("answered", True)]
    assert {"id": "Bab I", "en": "Chapter I"} in [excerpt["locator"] for excerpt in case["excerpts"]]
    assert source["title"] is None


@pytest.mark.django_db
def test_what_is_written_now_says_all_that_the_golden_documents_say(tmp_path, time_machine):
    time_machine.move_to("2026-11-30T12:00:00+07:00", tick=False)
    seed(make_folder(tmp_path))
    written = {}
    for text in RevisionBody.objects.values_list("document", flat=True):
        document = json.loads(text)
        written[f"{document['kind']}-{document['slug']}"] = text
    for name in OF_THE_SAMPLE:
        path = GOLDEN / f"v2-{name}.json"
        if os.environ.get("GOLDEN"):
            path.write_text(f"{written[name]}\n", encoding="utf-8")
        assert not Counter(leaves(json.loads(path.read_bytes()))) - Counter(leaves(json.loads(written[name]))), name
