"""Sections proposed by the headings of the second corpus: stored when a curator saves them, and then right."""

from functools import cache
from typing import Any

import pytest
from django.urls import reverse

from cases.admin.proposed_sections import proposed_sections
from cases.models import section_at
from sources.finding import Finder
from sources.intake import docx, pdf
from sources.models import Capture
from tests.admin.pages import filled
from tests.factories import hide, make_actor, make_source
from tests.second_corpus import FOLDER, TEXTS, facts

RULING = "01-putusan-12-pid-sus-tpk-2031-pn-mrw"
AUDIT, PRESS_RELEASE = "02-lhp-temuan-7-papan-digital", "05-siaran-pers-kejari"
SECTIONS = {
    RULING: [
        ("opening", "P U T U S A N"),
        ("demand", "Setelah mendengar pembacaan tuntutan"),
        ("defence", "Setelah mendengar pembelaan Terdakwa"),
        ("charge", "Menimbang, bahwa Terdakwa diajukan"),
        ("considerations", "Menimbang, bahwa untuk membuktikan dakwaannya"),
        ("witness_testimony", "1. Saksi AHMAD FAUZAN, S.T."),
        ("witness_testimony", "2. Saksi AHMAD FAUZAN, pengemudi"),
        ("witness_testimony", "3. Saksi MARLINA TJOKROWATI"),
        ("expert_testimony", "4. Ahli Drs. TEGUH SAMIAJI"),
        ("defence", "Menimbang, bahwa Terdakwa di persidangan memberikan keterangan"),
        ("facts", "Menimbang, bahwa berdasarkan alat bukti"),
        ("considerations", "Menimbang, bahwa selanjutnya Majelis Hakim"),
        ("ruling", "M E N G A D I L I :"),
    ],
    AUDIT: [
        ("finding", "Temuan 7."),
        ("reply", "Tanggapan Kepala Dinas."),
        ("finding", "Hal tersebut tidak sesuai dengan"),
        ("recommendation", "BPK merekomendasikan"),
    ],
    PRESS_RELEASE: [
        ("headline", "SIARAN PERS"),
        ("body", "Marawangi, 14 Maret 2031 –"),
        ("beside", "Narahubung:"),
    ],
}


@cache
def read(name: str) -> tuple[str, list[int]]:
    """The text of a file as it comes in, and where its pages begin."""
    path = next((FOLDER / "files").glob(f"{name}.*"))
    read = docx.extract(path)[0] if path.suffix == ".docx" else pdf.extract(path.read_bytes())
    return read.text, list(read.pages)


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize("is_clean", [True, False], ids=["as typed", "as read from the file"])
def test_the_sections_of_a_ruling_an_audit_and_a_press_release_are_proposed(name, is_clean):
    finder = Finder((TEXTS / f"{name}.txt").read_text(encoding="utf-8")) if is_clean else Finder(*read_args(name))
    proposed = proposed_sections(finder)
    assert [each.role for each in proposed] == [role for role, _words in SECTIONS[name]]
    for each, (_role, words) in zip(proposed, SECTIONS[name], strict=True):
        assert each.title.startswith(words)
        assert finder.find(each.title)[0].start == each.start


def read_args(name: str) -> Any:
    text, pages = read(name)
    return text, (), pages


OTHERS = sorted(path for path in TEXTS.iterdir() if path.stem not in SECTIONS)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_of_other_texts_nothing_is_proposed(path):
    assert proposed_sections(Finder(path.read_text(encoding="utf-8"))) == []


def test_words_that_stand_twice_are_not_proposed():
    text = "1. Saksi BUDI menerangkan:\n- satu;\n1. Saksi BUDI menerangkan:\n- dua;\nM E N G A D I L I :\n1. Bebas.\n"
    assert [each.role for each in proposed_sections(Finder(text))] == ["ruling"]


@pytest.mark.django_db
def test_private_words_are_not_proposed(desk):
    capture = make_ruling(RULING)
    hide(capture, "MARLINA TJOKROWATI alias CIK LIN, pada")
    data = filled(desk, url_of(capture) + "?propose=1", "capture_form")
    titles = [given[0].strip() for name, given in data.items() if name.endswith("-title")]
    assert [title[:14] for title in titles if "Saksi" in title] == ["1. Saksi AHMAD", "2. Saksi AHMAD"]


def make_ruling(name: str) -> Capture:
    text, pages = read(name)
    capture = Capture(source=make_source(source_kind="court_ruling"), text=text, page_map=pages)
    capture.full_clean()
    capture.save()
    return capture


def url_of(capture: Capture) -> str:
    return reverse("admin:sources_capture_change", args=[capture.pk])


@pytest.mark.django_db
def test_of_every_quote_of_the_ruling_the_section_says_who_said_it(desk):
    """38 of 39. The other one is a sentence of the charge that the key counts as the court's own."""
    capture = make_ruling(RULING)
    people = {name: make_actor(name, actor_kind="person").pk for name in ("prosecutor", "accused", "marlina")}
    url = url_of(capture) + "?propose=1"
    data = filled(desk, url, "capture_form")
    assert not capture.sections.exists(), "nothing is stored that she did not save"
    for number in range(int(data["sections-TOTAL_FORMS"][0])):
        row = f"sections-{number}-"
        match data[f"{row}role"][0], data[f"{row}title"][0].strip()[:12]:
            case ("demand" | "charge") as role, _words:
                data[f"{row}said_by_actor"] = people["prosecutor"]
                data[f"{row}stated_on"] = {"demand": "2031-02-10", "charge": "2030-10-30"}[role]
            case "defence", _words:
                data[f"{row}said_by_actor"] = people["accused"]
            case "witness_testimony", "3. Saksi MAR":
                data[f"{row}said_by_actor"] = people["marlina"]
            case "witness_testimony" | "expert_testimony", words:
                described = {"1. Saksi AHM": "Ketua Pokja", "2. Saksi AHM": "pengemudi", "4. Ahli Drs.": "ahli"}[words]
                data[f"{row}speaker_id"] = data[f"{row}speaker_en"] = described
    response = desk.post(url, data, follow=True)
    assert capture.sections.count() == 13, response.content.decode()[:3000]

    finder = Finder(capture.text, (), capture.page_map)
    wrong, asked = [], 0
    for fact in facts().values():
        if fact["file"].startswith(RULING):
            section = section_at(capture, finder.find(fact["quote"])[0].start)
            actor = {key: name for name, key in people.items()}.get(section.said_by_actor_id)
            speaker = actor or ("court" if section.said_by_source else section.speaker_id)
            asked += 1
            if speaker != speaker_of(fact["who_said_it"]):
                wrong.append(fact["id"])
            if speaker == "prosecutor":
                assert section.stated_on == fact["date"] or fact["id"] in wrong
    assert (asked, wrong) == (39, ["A-070"])


def speaker_of(named: str) -> str:
    """Who a fact of the key says it is, as the test calls them."""
    begins = {
        "PN Marawangi": "court",
        "Penuntut Umum": "prosecutor",
        "Baskoro Wirasenda": "accused",
        "Marlina": "marlina",
        "Ahli": "ahli",
        "Ahmad Fauzan, S.T.": "Ketua Pokja",
        "Ahmad Fauzan (": "pengemudi",
    }
    [speaker] = [speaker for words, speaker in begins.items() if named.startswith(words)]
    return speaker
