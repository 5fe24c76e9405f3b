"""Every place that handles numbers handles every field of every kind: a new kind is at none of them by halves.

Kinds come from the registry and values from what the fields say of themselves (samples.py), so that nothing here is
written for one kind. docs/how-to/claim-kind.md is tested by running this module with a kind made up by that page.
"""

import csv
import html
import io
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import override

from cases.admin.groups import EDITABLE
from cases.claim_kinds import DetailedKind, FieldSort, property_label
from cases.documents.schemas import json_schema
from cases.documents.types import SubjectDocument
from cases.dossiers.dump import dump, dump_text
from cases.dossiers.load import check
from cases.models import Claim
from cases.public.labels import LISTS
from cases.public.presenters.document_diff import differences
from cases.publication.checks import values
from sources.json_fields import LanguageMap
from tests.claim_kinds.conftest import World
from tests.claim_kinds.samples import document_of
from tests.public.test_catalogues import entries

pytestmark = pytest.mark.django_db
LANGUAGES = ("id", "en")


def detail_in(document: Any, world: World) -> Any:
    """Return the numbers of the full claim in a JSON answer."""
    claim = next(each for each in document["claims"] if each["id"] == str(world.claim.pk))
    return claim[world.kind.name]


def changed(world: World, name: str) -> SubjectDocument:
    """Return the published document with another value in one field of the full claim."""
    document: Any = world.document
    claim = document.claim(str(world.claim.pk))
    value = getattr(claim.detail, name)
    other = LanguageMap(id="lain", en="other") if isinstance(value, LanguageMap) else "9"
    detail = msgspec.structs.replace(claim.detail, **{name: other})
    anew = msgspec.structs.replace(claim, **{world.kind.name: detail})
    return msgspec.structs.replace(
        document, claims=tuple(anew if each.id == claim.id else each for each in document.claims)
    )


def test_every_field_is_stated_by_a_claim_that_the_constraints_allow(world):
    assert {name for name, claims in world.stating.items() if claims} == {field.name for field in world.kind.fields}


def test_a_dossier_holds_every_field_and_gives_it_back(world):
    row = next(each for each in dump(world.case)["claims"] if each["key"] == world.claim.key)
    assert set(row[world.kind.name]) == {field.name for field in world.kind.fields if stated(world, field.name)}
    batch = check({f"cases/{world.case.slug}.yaml": dump_text(world.case)})
    read = {row.claim_id: row for row, _entry in batch.bundles[0].rows if isinstance(row, world.kind.model)}
    assert len(read) == world.kind.model.objects.count()
    for claim_id, row in read.items():
        saved = world.kind.model.objects.get(claim=claim_id)
        assert document_of(row, world.kind) == document_of(saved, world.kind)


def stated(world: World, name: str) -> Any:
    return getattr(document_of(world.claim.detail, world.kind), name)


def test_the_document_holds_every_field(world):
    document = json.loads(world.read(f"/api/v1/cases/{world.case.slug}/"))
    assert detail_in(document, world) == msgspec.to_builtins(document_of(world.claim.detail, world.kind))


def test_the_strict_json_schema_has_every_field_with_its_words(world):
    schema: Any = json_schema("case")
    claim = schema["$defs"]["PublishedClaim"]
    assert world.kind.name in claim["properties"]
    fields = schema["$defs"][world.kind.document.__name__]["properties"]
    assert set(fields) == {field.name for field in world.kind.fields}
    for field in world.kind.fields:
        if field.vocabulary:
            assert all(f'"{word}"' in json.dumps(fields[field.name]) for word in field.vocabulary.values)


def columns_of(world: World) -> dict[str, Any]:
    """Return the values that the columns of a flat row have, by name."""
    detail = document_of(world.claim.detail, world.kind)
    columns = {}
    for field in world.kind.fields:
        value = getattr(detail, field.name)
        for column in field.columns:
            name = column if column == world.kind.name else f"{world.kind.name}_{column}"
            columns[name] = getattr(value, column[-2:]) if isinstance(value, LanguageMap) else value
    return columns


def test_the_csv_of_claims_has_a_column_for_every_field(world):
    text = world.read("/api/v1/export/claims.csv").decode("utf-8-sig")
    row = next(row for row in csv.DictReader(io.StringIO(text)) if row["claim_id"] == str(world.claim.pk))
    assert {name: row.get(name) for name in columns_of(world)} == {
        name: value or "" for name, value in columns_of(world).items()
    }


def test_the_sqlite_file_has_a_column_for_every_field(world, tmp_path):
    path = tmp_path / "record.sqlite"
    path.write_bytes(world.read("/api/v1/export/record.sqlite"))
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    row = dict(database.execute("SELECT * FROM claims WHERE claim_id = ?", [str(world.claim.pk)]).fetchone())
    database.close()
    # numbers are numbers there, and stand as they were stored beside it
    exact = {name: row.get(f"{name}_exact", row.get(name)) for name in columns_of(world)}
    assert exact == columns_of(world)


def test_the_card_of_a_claim_has_every_field(world):
    found = json.loads(world.read("/api/v1/claims/", kind=world.kind.name, limit=100))["results"]
    card = next(card for card in found if card["id"] == str(world.claim.pk))
    assert set(card[world.kind.name]) == {field.name for field in world.kind.fields}


def test_the_history_shows_a_change_of_each_field(world):
    for field in world.kind.fields:
        assert differences(world.document, changed(world, field.name)), field.name


def test_the_guard_against_drift_sees_a_change_of_each_field(world):
    claim: Any = world.document.claim(str(world.claim.pk))
    for field in world.kind.fields:
        other: Any = changed(world, field.name).claim(claim.id)
        assert values(claim) != values(other), field.name


def test_the_desk_has_an_input_for_every_field(world):
    assert world.kind.name in EDITABLE
    desk = Client()
    desk.force_login(User.objects.create_superuser("desk"))
    page = desk.get(reverse("admin:cases_claim_change", args=[world.claim.pk])).content.decode()
    names = set(re.findall(rf'name="{world.kind.name}-0-(\w+)"', page))
    assert names >= {column for field in world.kind.fields for column in field.columns}


def test_the_desk_offers_what_may_be_in_dispute_or_is_asked(world):
    asked = set(world.kind.document(**{field.name: None for field in world.kind.fields}).questions(set()))
    assert {field.name for field in world.kind.disputable_fields} == set(world.kind.disputable)
    for name in asked | {f"{world.kind.name}.{name}" for name in world.kind.disputable}:
        assert property_label(name)


def facts_of(world: World, claim: Claim, language: str) -> str:
    prefix = "/en" if language == "en" else ""
    page = world.read(f"{prefix}/claims/{claim.pk}/").decode()
    facts = "".join(re.findall(r"(?s)<dl.*?</dl>", page))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", facts)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_facts_on_the_page_of_a_claim_show_each_field(world, language):
    for field in world.kind.fields:
        shown = [
            (field.text(document_of(claim.detail, world.kind), language), facts_of(world, claim, language))
            for claim in world.stating[field.name]
        ]
        assert any(text.casefold() in facts.casefold() for text, facts in shown), (field.name, shown[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_are_one_line_in_each_language(world, language):
    for claims in world.stating.values():
        for claim in claims:
            line = document_of(claim.detail, world.kind).summary(language)
            assert line == line.strip()
            assert "\n" not in line
            assert "None" not in line
    assert document_of(world.claim.detail, world.kind).summary(language)


def labels_of(kind: DetailedKind) -> list[Any]:
    words = [word.label for field in kind.fields if field.vocabulary for word in field.vocabulary]
    return [kind.label, kind.title, kind.form_title, *(field.label for field in kind.fields), *words]


def test_every_label_and_word_has_its_indonesian_and_english(kind):
    catalogue = {(row.get("msgctxt", ""), row["msgid"]): row["msgstr"] for row in entries("id") if "msgstr" in row}
    for label in labels_of(kind):
        assert isinstance(label, Promise), label
        context_and_text: Any = label._args[-2:] if len(label._args) > 1 else ("", *label._args)  # type: ignore[attr-defined]
        with override("en"):
            assert str(label)
        assert catalogue.get(context_and_text), f"no Indonesian for {label}"


def test_the_words_of_every_choice_are_a_list_that_readers_can_look_up(kind):
    lists = {id(vocabulary) for vocabulary in LISTS.values()}
    choices = [field for field in kind.fields if field.sort == FieldSort.CHOICE]
    assert all(id(field.vocabulary) in lists for field in choices)


def test_a_kind_of_this_registry_has_one_file(kind):
    assert Path(__file__).parents[2].joinpath("cases", "claim_kinds", f"{kind.name}.py").is_file()
