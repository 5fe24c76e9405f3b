"""The facts of the second corpus as passages of the copies that its dossiers load, with the sections of the ruling."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from cases.admin.claim_form.proposal import Proposal
from cases.admin.claim_form.propose import propose
from cases.models import Actor, Subject
from sources.captures import finder_of, text_of
from sources.models import Capture
from sources.quotes import Span
from tests import second_corpus

FILES = {
    "01": "01-putusan-12-pid-sus-tpk-2031-pn-mrw",
    "02": "02-lhp-temuan-7-papan-digital",
    "03": "03-tender-88120431",
    "04a": "04a-berita-harian-marawangi",
    "04b": "04b-berita-kabarkencana",
    "05": "05-siaran-pers-kejari",
    "06": "06-surat-sanggahan",
    "07a": "07a-ocds-88120431",
    "07b": "07b-daftar-kontrak-2029",
    "08": "08-briefing-dark-screens-en",
}
DRIVER = ("saksi, pengemudi pada dinas", "a witness, the agency’s driver")
EXPERT = (
    "ahli, auditor pada BPKP Perwakilan Provinsi Nusa Kencana",
    "an expert, auditor at the provincial office of BPKP",
)
# Of each copy: where a section begins, what it is, who speaks (an actor, or words in two languages), and when it was
SECTIONS: dict[str, list[tuple[str, str, Any, str]]] = {
    "01": [
        ("P U T U S A N", "opening", None, ""),
        ("1. Menyatakan Terdakwa terbukti secara sah", "demand", "kejaksaan-negeri-marawangi", "2031-02-10"),
        ("Setelah mendengar pembelaan", "defence", "baskoro-wirasenda", ""),
        ("Menimbang, bahwa Terdakwa diajukan", "charge", "kejaksaan-negeri-marawangi", "2030-10-30"),
        ("1. Saksi AHMAD FAUZAN, S.T.", "witness_testimony", "ahmad-fauzan-ketua-pokja-iii", ""),
        ("2. Saksi AHMAD FAUZAN, pengemudi", "witness_testimony", DRIVER, ""),
        ("3. Saksi MARLINA", "witness_testimony", "marlina-tjokrowati", ""),
        ("4. Ahli Drs. TEGUH", "expert_testimony", EXPERT, ""),
        ("Menimbang, bahwa Terdakwa di persidangan", "defence", "baskoro-wirasenda", ""),
        ("Menimbang, bahwa berdasarkan alat bukti", "facts", None, ""),
        ("Menimbang, bahwa selanjutnya Majelis", "considerations", None, ""),
        ("M E N G A D I L I", "ruling", None, ""),
    ],
    "02": [
        ("Tanggapan Kepala Dinas.", "reply", "kepala-diskominfosan-kota-marawangi", "2030-05-24"),
        ("Hal tersebut tidak sesuai", "finding", None, ""),
    ],
}


@dataclass(frozen=True)
class Section:
    """A section as a curator has set it."""

    start: int
    role: str
    said_by_actor: Actor | None = None
    said_by_source: object | None = None
    speaker_id: str = ""
    speaker_en: str = ""
    stated_on: str = ""


@dataclass(frozen=True)
class Name:
    words: str
    who: Subject


@cache
def expected() -> dict[str, list[dict[str, Any]]]:
    """The claims of each fact, as the dossiers give them."""
    claims = {}
    for path in second_corpus.DOSSIERS.rglob("*.yaml"):
        dossier = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        place = str(path.relative_to(second_corpus.DOSSIERS)).removesuffix(".yaml")
        claims |= {f"{place}/{claim['key']}": claim for claim in dossier.get("claims", [])}
    return {fact: [claims[path] for path in paths] for fact, paths in second_corpus.PATHS.items()}


def capture_of(fact: str) -> Capture:
    prefix = second_corpus.facts()[fact]["file"].split("-", 1)[0]
    return Capture.objects.select_related("source").get(file_name__startswith=FILES[prefix])


def sections_of(capture: Capture) -> list[Section]:
    text, found = text_of(capture) or "", []
    for words, role, who, said_on in SECTIONS.get(capture.file_name.split("-", 1)[0], []):
        start = text.index(words)
        if isinstance(who, tuple):
            found.append(Section(start, role, None, None, *who, said_on))
        else:
            found.append(Section(start, role, Actor.objects.get(slug=who) if who else None, stated_on=said_on))
    return found


def names_of(capture: Capture) -> list[Name]:
    """Whom the ruling means by “Terdakwa”; the other copies have none."""
    if not capture.file_name.startswith("01"):
        return []
    return [Name("Terdakwa", Subject.objects.get(slug="baskoro-wirasenda"))]


def arguments(fact: str) -> tuple[tuple[Capture, list[Span]], dict[str, Any]]:
    """What `propose` is given for a fact: its copy, its place, the section in which it stands, the names."""
    capture = capture_of(fact)
    text = text_of(capture) or ""
    found = finder_of(capture, text).find(second_corpus.facts()[fact]["quote"])
    spans = [(place.start, place.end) for place in found]
    before = [section for section in sections_of(capture) if section.start <= spans[0][0]]
    return (capture, spans), {"section": before[-1] if before else None, "names": names_of(capture)}


def proposed(fact: str, **given: Any) -> Proposal:
    places, found = arguments(fact)
    return propose(*places, **found, **given)
