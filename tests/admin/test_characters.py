"""One rule about characters that no reader sees, at every door: dossiers, the desk, publication and `verify`."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import override
from msgspec.structs import replace

from cases.admin.groups import EDITABLE
from cases.dossiers.load import InvalidDossiersError, check
from cases.models import Claim
from cases.publication.plan import PublicationPlan
from cases.publication.requests import usual_act
from cases.publication.rules import faults
from sources.admin import CaptureInline
from sources.characters import character_fault
from sources.forms import SeenCharacters
from sources.models import Capture
from tests.admin.pages import filled, refusals
from tests.dossiers.samples import as_files, make_dossiers
from tests.factories import make_case, make_source

pytestmark = pytest.mark.django_db

UNSEEN = {
    "\0": "U+0000 NUL",
    "\x1b": "U+001B ESCAPE",
    "\x07": "U+0007 CONTROL CHARACTER",
    "\x85": "U+0085 CONTROL CHARACTER",
    "\u200b": "U+200B ZERO WIDTH SPACE",
    "\u200d": "U+200D ZERO WIDTH JOINER",
    "\ufeff": "U+FEFF ZERO WIDTH NO-BREAK SPACE",
    "\u00ad": "U+00AD SOFT HYPHEN",
    "\u202e": "U+202E RIGHT-TO-LEFT OVERRIDE",
    "\u2066": "U+2066 LEFT-TO-RIGHT ISOLATE",
    "\u2028": "U+2028 LINE SEPARATOR",
    "\ufffd": "U+FFFD REPLACEMENT CHARACTER",
    "\ufffe": "U+FFFE NONCHARACTER",
    "\uffff": "U+FFFF NONCHARACTER",
    "\ufdd0": "U+FDD0 NONCHARACTER",
    chr(0xD800): "U+D800 LONE SURROGATE",
}
LOST = {"\0", chr(0xD800)}
# A browser and Django make U+FFFD of it on the way
SENT = {character: name for character, name in UNSEEN.items() if character != chr(0xD800)}


@pytest.mark.parametrize(("character", "name"), UNSEEN.items(), ids=UNSEEN.values())
def test_our_own_texts_hold_no_such_character(character, name):
    with override("en"):
        fault = character_fault(f"ab{character}c", "title", "Title")
    assert fault == f"“Title” holds {name} as character 3, which no reader sees. Take it out."


@pytest.mark.parametrize(("character", "name"), UNSEEN.items(), ids=UNSEEN.values())
@pytest.mark.parametrize("field", ["exact", "excerpts.prefix", "words", "transfer.as_stated"])
def test_words_of_a_source_stay_unless_nothing_can_keep_them(character, name, field):
    assert bool(character_fault(f"ab{character}c", field)) == (character in LOST)


@pytest.mark.parametrize("text", ["Kota\tBandung\r\n“é” – 😀 नि", "", "ا", "2\u2009500\u00a0000"])
def test_what_a_reader_sees_is_no_fault(text):
    assert character_fault(text, "title") is None


@pytest.mark.parametrize(("character", "name"), UNSEEN.items(), ids=UNSEEN.values())
def test_a_dossier_with_it_is_not_loaded(character, name):
    files = as_files(make_dossiers())
    place = next(file for file, text in files.items() if file.startswith("actors/") and "title:" in text)
    title = f'title: {{id: "a\\u{ord(character):04x}", en: "b"}}\n'
    files[place] = re.sub(r"(?m)^title:(.|\n )*", lambda _found: title, files[place])
    with pytest.raises(InvalidDossiersError) as refused:
        check(files)
    found = [fault for fault in refused.value.faults if fault.field == "id" and name in fault.reason]
    assert [fault.file for fault in found] == [place]


@pytest.mark.parametrize(("character", "name"), SENT.items(), ids=SENT.values())
def test_the_desk_refuses_it_beside_its_field_and_keeps_what_was_typed(desk, character, name):
    claim = make_case().claims.get()
    url = reverse("admin:cases_claim_change", args=[claim.pk])
    before = claim.statement_id
    form = filled(desk, url, "claim_form", statement_id=f"Kalimat{character} panjang.")
    refused = desk.post(url, form)
    assert name in refusals(refused)["statement_id"]
    assert "panjang." in refused.content.decode()
    assert Claim.objects.get().statement_id == before


@pytest.mark.parametrize("character", sorted(SENT.keys() - LOST))
def test_a_copy_keeps_the_characters_of_its_source(desk, character):
    text = f"Kata{character}kata"
    url = reverse("admin:sources_capture_add")
    desk.post(url, filled(desk, url, "capture_form", source=make_source().pk, text=text))
    assert Capture.objects.get().text == text


@pytest.mark.parametrize(("character", "name"), UNSEEN.items(), ids=UNSEEN.values())
def test_publication_and_verify_refuse_it(character, name):
    act = usual_act(make_case())
    document = PublicationPlan.of([act]).documents[act.key]
    title = replace(document.title, id=f"Judul{character}")
    assert [where for where, fault in faults(replace(document, title=title)) if name in fault] == ["title.id"]
    assert not [fault for _where, fault in faults(document) if "U+" in fault]


def test_every_form_of_the_desk_asks_it():
    without, written = [], {*EDITABLE, "submission"}
    for model_admin in admin.site._registry.values():
        rows: list[Any] = [model_admin, *model_admin.get_inlines(None, None)]  # type: ignore[arg-type]
        for each in rows:
            is_shown_only = each is CaptureInline or each.model._meta.model_name not in written
            if not is_shown_only and not issubclass(each.form, SeenCharacters):
                without.append(f"{each}")
    assert without == []
