"""What a search box was asked: words, “phrases”, -not, OR, field:value and beginnings* — as a small tree.

Everything is read leniently where its meaning is plain, and refused with a sentence where it is not.
"""

import difflib
import re
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.search.analysis.tokens import words

LONGEST = 300
"""Characters of a query."""
MOST = 24
"""Words, phrases and fields of a query."""
SHORTEST_BEGINNING = 2
FIELDS = {
    "kind": "jenis",
    "standing": "kedudukan",
    "place": "tempat",
    "topic": "topik",
    "source": "sumber",
    "year": "tahun",
    "title": "judul",
    "statement": "pernyataan",
    "quote": "kutipan",
    "author": "penulis",
    "party": "pihak",
}
"""What may stand before a colon, in English and in Indonesian: the facets, and places in which to look."""
FIELD_OF = {name: field for field, indonesian in FIELDS.items() for name in (field, indonesian)}
TERM = re.compile(
    r'(?P<minus>-)?(?:(?P<field>[A-Za-z_]+):)?(?:["“”](?P<phrase>[^"“”]*)(?P<closed>["“”])?|(?P<word>[^\s"“”]+))'
)
OR = ("OR", "ATAU")


class BadQuery(ValueError):
    """The query cannot be understood; the sentence says what. `nearest` is what was probably meant."""

    def __init__(self, sentence: str, nearest: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.nearest = sentence, nearest


@dataclass(frozen=True)
class Term:
    """Words that stand together: one word, a hyphened one, or a phrase in quotation marks."""

    words: tuple[str, ...]
    text: str
    quoted: bool = False
    beginning: bool = False
    field: str = ""


@dataclass(frozen=True)
class Parsed:
    """Every group must match by one of its terms; nothing of `without` may match."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for group in self.groups for term in group)


def parse(text: str) -> Parsed:
    """Read a query. Raises BadQuery with a sentence."""
    if len(text) > LONGEST:
        raise BadQuery(
            _("The search has %(n)d characters; at most %(most)d are read.") % {"n": len(text), "most": LONGEST}
        )
    groups: list[list[Term]] = []
    without: list[Term] = []
    notices: list[str] = []
    joined = False  # the word before was OR
    for match in TERM.finditer(text):
        if match["word"] in OR and not match["minus"] and not match["field"]:
            joined = bool(groups)
            continue
        term = _term(match)
        if term is None:
            continue
        if (
            match["field"] and not term.field and not (match["word"] or "").startswith("//")
        ):  # an address has a colon too
            notices.append(_not_a_field(match["field"]))
        if match["phrase"] is not None and not match["closed"]:
            notices.append(_("A quotation mark is not closed; everything after it was read as one phrase."))
        if match["minus"]:
            without.append(term)
        elif joined:
            groups[-1].append(term)
        else:
            groups.append([term])
        joined = False
    if len(groups) + len(without) > MOST:
        raise BadQuery(_("The search has more than %d words; use fewer.") % MOST)
    if text.strip() and not groups and not without:
        raise BadQuery(_("“%s” holds no letter or digit to search for.") % text.strip()[:60])
    return Parsed(tuple(tuple(group) for group in groups), tuple(without), tuple(notices))


def _term(match: re.Match[str]) -> Term | None:
    """One word, phrase or field of the query; None where nothing in it can be searched for."""
    before = (match["field"] or "").lower()
    field = FIELD_OF.get(before, "")
    raw = match["phrase"] if match["phrase"] is not None else match["word"]
    if before and not field:
        near = difflib.get_close_matches(before, FIELD_OF, n=1, cutoff=0.75)
        if near:
            raise BadQuery(_("“%s:” is not a field to search in.") % before[:60], f"{near[0]}:")
        raw = f"{match['field']} {raw}"  # a colon in ordinary text
    found = tuple(words(raw))
    if not found:
        if raw and set(raw) <= {"*", "?"}:
            raise BadQuery(_("A star needs the beginning of a word before it."))
        return None
    beginning = match["phrase"] is None and raw.endswith("*") and not raw.startswith("*") and len(found) == 1
    if beginning and len(found[0]) < SHORTEST_BEGINNING:
        raise BadQuery(_("“%s”: give at least two letters before the star.") % raw)
    return Term(found, raw.strip(), quoted=match["phrase"] is not None, beginning=beginning, field=field)


def _not_a_field(name: str) -> str:
    """That a word before a colon was searched for as a word, and which fields there are."""
    fields = FIELDS.values() if get_language() == "id" else FIELDS
    said = {"name": name[:60], "fields": ", ".join(fields)}
    return _("“%(name)s:” is not a field to search in; it was read as a word. Fields are: %(fields)s.") % said
