"""Sections of a ruling, an audit report or a press release, proposed by their usual headings. Nothing of it is stored.

A section is proposed only where its first words stand once in the text. Who speaks is proposed only where it is the
source itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cases.vocabularies import SectionRole
from sources.finding import Finder
from sources.quotes import QuoteError, touches

# Of a heading, up to its line end
MAX_WORDS_CHARS = 120
MAX_PROPOSED = 200
# One section for each person, however many stand side by side
OF_ONE_PERSON = (SectionRole.WITNESS_TESTIMONY, SectionRole.EXPERT_TESTIMONY)
SAID_BY_SOURCE = (
    SectionRole.OPENING,
    SectionRole.FACTS,
    SectionRole.CONSIDERATIONS,
    SectionRole.RULING,
    SectionRole.FINDING,
    SectionRole.RECOMMENDATION,
    SectionRole.HEADLINE,
    SectionRole.BODY,
)
DATELINE = r"[A-Z][\w ]+, \d{1,2} [A-Z][a-z]+ \d{4} [–—-] "
Headings = tuple[tuple[SectionRole, str], ...]


def _spaced(word: str) -> str:
    return r"[ \t]*".join(word)


# Of each family its mark, which must stand in the text, and its headings: of two that fit, the first
FAMILIES: tuple[tuple[str, Headings], ...] = (
    (
        _spaced("MENGADILI") + r"[ \t]*:?[ \t]*$",
        (
            (SectionRole.OPENING, _spaced("PUTUSAN") + r"[ \t]*$"),
            (SectionRole.RULING, _spaced("MENGADILI") + r"[ \t]*:?[ \t]*$"),
            (SectionRole.DEMAND, "Setelah mendengar (?:pembacaan )?tuntutan"),
            (SectionRole.DEFENCE, "Setelah mendengar (?:pembacaan )?(?:nota )?pembelaan"),
            (SectionRole.OPENING, "Setelah (?:mendengar|membaca)"),
            (SectionRole.CHARGE, "Menimbang, bahwa Terdakwa (?:telah )?(?:diajukan|didakwa)"),
            (SectionRole.CHARGE, "Menimbang, bahwa menurut surat dakwaan"),
            (SectionRole.DEFENCE, "Menimbang, bahwa Terdakwa di persidangan (?:telah )?memberikan keterangan"),
            (SectionRole.FACTS, "Menimbang, bahwa berdasarkan alat bukti"),
            (SectionRole.CONSIDERATIONS, "Menimbang, bahwa"),
            (SectionRole.CONSIDERATIONS, "Memperhatikan,"),
            (SectionRole.WITNESS_TESTIMONY, r"\d+\. Saksi (?=[A-Z])"),
            (SectionRole.EXPERT_TESTIMONY, r"\d+\. Ahli (?=[A-Z])"),
        ),
    ),
    (
        "LAPORAN HASIL PEMERIKSAAN",
        (
            (SectionRole.FINDING, r"Temuan \d+\. "),
            (SectionRole.FINDING, "Kondisi menurut pemeriksa"),
            (SectionRole.FINDING, "Hal tersebut (?:tidak sesuai|mengakibatkan|disebabkan)"),
            (SectionRole.REPLY, "Tanggapan (?=[A-Z])"),
            (SectionRole.RECOMMENDATION, "BPK merekomendasikan"),
        ),
    ),
    (
        r"SIARAN PERS[ \t]*$",
        (
            (SectionRole.HEADLINE, r"SIARAN PERS[ \t]*$"),
            (SectionRole.BODY, DATELINE),
            (SectionRole.BESIDE, "Narahubung:"),
        ),
    ),
)


@dataclass(frozen=True)
class ProposedSection:
    start: int
    title: str
    role: SectionRole


def proposed_sections(finder: Finder) -> list[ProposedSection]:
    """Return the sections that the headings of a text show, in order; none where it is of no family."""
    for mark, headings in FAMILIES:
        if _at_line_start(mark).search(finder.text):
            return list(_changes(finder, headings))[:MAX_PROPOSED]
    return []


def _at_line_start(words: str) -> re.Pattern[str]:
    return re.compile(r"^[ \t]*(?P<words>" + words.replace(" ", r"\s+") + ")", re.MULTILINE)


def _changes(finder: Finder, headings: Headings) -> Iterator[ProposedSection]:
    """Yield a section wherever what is read becomes something else, or somebody else speaks."""
    found: dict[int, SectionRole] = {}
    for role, words in headings:
        for match in _at_line_start(words).finditer(finder.text):
            found.setdefault(match.start("words"), role)
    before = None
    for start, role in sorted(found.items()):
        if role == before and role not in OF_ONE_PERSON:
            continue
        if title := _title(finder, start):
            before = role
            yield ProposedSection(start, title, role)


def _title(finder: Finder, start: int) -> str:
    """Return the words with which a section begins, to the end of their line; none where they do not say the place."""
    line = finder.text[start : start + MAX_WORDS_CHARS]
    line, _break, rest = line.partition("\n")
    if line.endswith(("-", "\xad")) or (not rest and len(line) == MAX_WORDS_CHARS):
        line = line.rpartition(" ")[0]  # no half of a word
    words = " ".join(line.split())
    try:
        [place, *_others] = finder.find(words)
    except QuoteError:
        return ""
    is_there = place.start == start and not touches(start, start + 1, finder.running)
    return words if is_there else ""
