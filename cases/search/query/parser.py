"""The query parser: words, “phrases”, -not, OR, field:value and prefixes* become a small tree.

Everything is read leniently where its meaning is plain, and refused with a sentence where it is not.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.search.analysis.tokens import number_words, tokenize, values_of
from sources.numbers import Number

MAX_QUERY_CHARS = 300
# Words, phrases and fields
MAX_QUERY_TERMS = 24
MIN_PREFIX_CHARS = 2
# What may stand before a colon, in English and in Indonesian: the facets, and fields of text
QUERY_FIELDS = {
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
FIELD_OF = {name: field for field, indonesian in QUERY_FIELDS.items() for name in (field, indonesian)}
TERM = re.compile(
    r'(?P<minus>-)?(?:(?P<field>[A-Za-z_]+):)?(?:["“”](?P<phrase>[^"“”]*)(?P<closed>["“”])?|(?P<word>[^\s"“”]+))'
)
OR = ("OR", "ATAU")


class SearchQueryError(ValueError):
    """The query cannot be understood; the sentence says what. `nearest` is what was probably meant."""

    def __init__(self, sentence: str, nearest: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.nearest = sentence, nearest


@dataclass(frozen=True)
class Term:
    """Words that stand together: one word, a hyphened one, a number, or a phrase in quotation marks."""

    words: tuple[str, ...]
    text: str
    # Every value that a number may have
    values: tuple[str, ...] = ()
    is_phrase: bool = False
    is_prefix: bool = False
    field: str = ""


@dataclass(frozen=True)
class ParsedQuery:
    """Every group must match by one of its terms; nothing of `without` may match."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for group in self.groups for term in group)


def parse_query(text: str) -> ParsedQuery:
    """Return the tree of a query. Raises SearchQueryError with a sentence."""
    if len(text) > MAX_QUERY_CHARS:
        numbers = {"n": len(text), "most": MAX_QUERY_CHARS}
        raise SearchQueryError(_("The search has %(n)d characters; at most %(most)d are read.") % numbers)
    groups: list[list[Term]] = []
    without: list[Term] = []
    notices: list[str] = []
    after_or = False
    for match, raw in _parts(text):
        if match["word"] in OR and not match["minus"] and not match["field"]:
            after_or = bool(groups)
            continue
        term = _term(match, raw)
        if term is None:
            continue
        notices += _notices(match, term)
        if match["minus"]:
            without.append(term)
        elif after_or:
            groups[-1].append(term)
        else:
            groups.append([term])
        after_or = False
    if len(groups) + len(without) > MAX_QUERY_TERMS:
        raise SearchQueryError(_("The search has more than %d words; use fewer.") % MAX_QUERY_TERMS)
    if text.strip() and not groups and not without:
        raise SearchQueryError(_("“%s” holds no letter or digit to search for.") % text.strip()[:60])
    return ParsedQuery(tuple(tuple(group) for group in groups), tuple(without), tuple(notices))


def _parts(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each part of a query with what it says; a number that goes on behind a space is not divided."""
    numbers = [number for number in number_words(text) if any(map(str.isspace, number.text))]
    at = 0
    while match := TERM.search(text, at):
        at = match.end()
        raw = match["phrase"] if match["phrase"] is not None else match["word"]
        if match["word"] and (end := _end_of_number(text, *match.span("word"), numbers)):
            raw, at = text[match.start("word") : end], end
        yield match, raw


def _end_of_number(text: str, start: int, end: int, numbers: list[Number]) -> int | None:
    """Return where a part ends that begins with a number of several words, None where none begins there."""
    number = next((number for number in numbers if start <= number.start < end < number.end), None)
    rest = re.compile(r"[^\s\"“”]*").match(text, number.end) if number else None
    return rest.end() if rest else None


def _notices(match: re.Match[str], term: Term) -> Iterator[str]:
    """Yield what a reader is told of how a part of the query was read."""
    is_url = (match["word"] or "").startswith("//")  # which has a colon too
    if match["field"] and not term.field and not is_url:
        fields = QUERY_FIELDS.values() if get_language() == "id" else QUERY_FIELDS
        names = {"name": match["field"][:60], "fields": ", ".join(fields)}
        yield _("“%(name)s:” is not a field to search in; it was read as a word. Fields are: %(fields)s.") % names
    if match["phrase"] is not None and not match["closed"]:
        yield _("A quotation mark is not closed; everything after it was read as one phrase.")


def _term(match: re.Match[str], raw: str) -> Term | None:
    """Return one word, phrase or field of the query; None where nothing in it can be searched for."""
    before = (match["field"] or "").lower()
    field = FIELD_OF.get(before, "")
    if before and not field:
        near = difflib.get_close_matches(before, FIELD_OF, n=1, cutoff=0.75)
        if near:
            raise SearchQueryError(_("“%s:” is not a field to search in.") % before[:60], f"{near[0]}:")
        raw = f"{match['field']} {raw}"  # a colon in ordinary text
    words = tuple(tokenize(raw))
    if not words:
        if raw and set(raw) <= {"*", "?"}:
            raise SearchQueryError(_("A star needs the beginning of a word before it."))
        return None
    is_phrase = match["phrase"] is not None
    is_prefix = not is_phrase and raw.endswith("*") and not raw.startswith("*") and len(words) == 1
    if is_prefix and len(words[0]) < MIN_PREFIX_CHARS:
        raise SearchQueryError(_("“%s”: give at least two letters before the star.") % raw)
    numbers = number_words(raw) if len(words) == 1 else []
    values = tuple(values_of(numbers[0])) if numbers else ()
    return Term(words, raw.strip(), values, is_phrase, is_prefix, field)
