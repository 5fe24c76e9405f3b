"""The query parser: words, “phrases”, -not, OR, field:value, prefixes* and pat*terns become a small tree.

Everything is read leniently where its meaning is plain, and refused with a sentence where it is not.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.search.analysis.tokens import Token, fold_word, tokens
from cases.search.analysis.word_lists import is_negation, stopwords

MAX_QUERY_CHARS = 300
# Words, phrases and fields
MAX_QUERY_TERMS = 24
MIN_PREFIX_CHARS = 2
# Each may stand for many words
MAX_PATTERNS = 12
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
NOT = "NOT"
STARRED = re.compile(r"(?P<beginning>[^\W_]+)(?:\*[^\W_]+)*\*?")
# A reader's “2,5 m” is money; in a text it may be metres
SMALL_SCALE = re.compile(r"(?<![^\W_])(\d+[.,]\d+)\s?([mt])(?![^\W_])", re.ASCII)


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
    # One word with stars inside, as in su*p; each stands for any letters
    pattern: str = ""
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


def is_one_name(parsed: ParsedQuery) -> bool:
    """Return whether a search may be a name: words alone, without fields, alternatives or stars."""
    terms = parsed.terms
    is_plain = len(terms) == len(parsed.groups) and not parsed.without
    return is_plain and not any(term.field or term.is_prefix or term.pattern or term.is_phrase for term in terms)


def parse_query(text: str) -> ParsedQuery:
    """Return the tree of a query. Raises SearchQueryError with a sentence."""
    if len(text) > MAX_QUERY_CHARS:
        numbers = {"n": len(text), "most": MAX_QUERY_CHARS}
        raise SearchQueryError(_("The search has %(n)d characters; at most %(most)d are read.") % numbers)
    text = SMALL_SCALE.sub(lambda match: f"{match[1]} {match[2].upper()}", text)
    groups: list[list[Term]] = []
    without: list[Term] = []
    notices: list[str] = []
    after_or = after_not = False
    for match, raw, found in _parts(text):
        is_operator = match["word"] and not match["minus"] and not match["field"]
        if is_operator and match["word"] in OR:
            after_or = bool(groups)
            continue
        if is_operator and match["word"] == NOT:
            after_not = True
            continue
        term = _term(match, raw, found)
        if term is None:
            continue
        notices += _notices(match, raw, term)
        if match["minus"] or after_not:
            without.append(term)
        elif after_or:
            groups[-1].append(term)
        else:
            groups.append([term])
        after_or = after_not = False
    _check_size(text, [*without, *(term for group in groups for term in group)], len(groups) + len(without))
    asked = _without_question_particles([tuple(group) for group in groups])
    return ParsedQuery(tuple(asked), tuple(without), tuple(notices))


def _check_size(text: str, terms: list[Term], parts: int) -> None:
    if parts > MAX_QUERY_TERMS:
        raise SearchQueryError(_("The search has more than %d words; use fewer.") % MAX_QUERY_TERMS)
    if sum(term.is_prefix or bool(term.pattern) for term in terms) > MAX_PATTERNS:
        raise SearchQueryError(_("The search has more than %d words with a star; use fewer.") % MAX_PATTERNS)
    if text.strip() and not terms:
        raise SearchQueryError(_("“%s” holds no letter or digit to search for.") % text.strip()[:60])


def _parts(text: str) -> Iterator[tuple[re.Match[str], str, list[Token]]]:
    """Yield each part of a query with what it says and its words; a number that goes on behind a space is whole."""
    every = tokens(text)
    at = 0
    while match := TERM.search(text, at):
        start, end = match.span("word" if match["word"] else "phrase")
        if match["word"]:
            end = next((_end_of_part(text, token) for token in every if start <= token.start < end < token.end), end)
        at = max(end, match.end())
        if match["field"] and match["field"].lower() not in FIELD_OF:
            start = match.start("field")  # a colon in ordinary text
        yield match, text[start:end], [token for token in every if start <= token.start < end]


def _end_of_part(text: str, number: Token) -> int:
    rest = re.compile(r"[^\s\"“”]*").match(text, number.end)
    return rest.end() if rest else number.end


def _without_question_particles(groups: list[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """Return the groups without negations that only make a question of what stands before them."""
    kept = [group for at, group in enumerate(groups) if not _asks(groups, at)]
    return kept or groups


def _asks(groups: list[tuple[Term, ...]], at: int) -> bool:
    """Return whether a negation stands last, before a conjunction or, as it is spoken, behind a word that asks."""
    lists = stopwords()
    if not at or not _is_word(groups[at]) or not is_negation(groups[at][0].words[0]):
        return False
    behind = [word for group in groups[at + 1 :] if (word := group[0].words[0]) not in lists.particles]
    if not behind or behind[0] in lists.conjunctions:
        return True
    is_spoken = fold_word(groups[at][0].text) != groups[at][0].words[0]
    return is_spoken and groups[at - 1][0].words[0] in lists.asking


def _is_word(group: tuple[Term, ...]) -> bool:
    term = group[0]
    return len(group) == len(term.words) == 1 and not (term.is_phrase or term.is_prefix or term.field)


def _notices(match: re.Match[str], raw: str, term: Term) -> Iterator[str]:
    """Yield what a reader is told of how a part of the query was read."""
    is_url = (match["word"] or "").startswith("//")  # which has a colon too
    if match["field"] and not term.field and not is_url:
        fields = QUERY_FIELDS.values() if get_language() == "id" else QUERY_FIELDS
        names = {"name": match["field"][:60], "fields": ", ".join(fields)}
        yield _("“%(name)s:” is not a field to search in; it was read as a word. Fields are: %(fields)s.") % names
    if match["phrase"] is not None and not match["closed"]:
        yield _("A quotation mark is not closed; everything after it was read as one phrase.")
    is_italic = raw.startswith("*") and raw.endswith("*")
    if match["word"] and "*" in raw and not (term.is_prefix or term.pattern or is_italic):
        yield _("The star in “%s” was left out: one works behind the first two letters of a word.") % raw[:60]


def _term(match: re.Match[str], raw: str, found: list[Token]) -> Term | None:
    """Return one word, phrase or field of the query; None where nothing in it can be searched for."""
    before = (match["field"] or "").lower()
    field = FIELD_OF.get(before, "")
    if before and not field:
        near = difflib.get_close_matches(before, FIELD_OF, n=1, cutoff=0.75)
        if near:
            raise SearchQueryError(_("“%s:” is not a field to search in.") % before[:60], f"{near[0]}:")
    words = tuple(token.word for token in found)
    if not words:
        if raw and set(raw) <= {"*", "?"}:
            raise SearchQueryError(_("A star needs the beginning of a word before it."))
        return None
    if match["word"] and (starred := _starred(raw)):
        return replace(starred, field=field)
    values = found[0].values if len(found) == 1 else ()
    return Term(words, raw.strip(), values, match["phrase"] is not None, field=field)


def _starred(raw: str) -> Term | None:
    """Return a word with stars behind or in it; None where there is none, or more than one word."""
    match = STARRED.fullmatch(raw.strip("()[],.;:!?"))
    if not match or "*" not in match[0]:
        return None
    if len(match["beginning"]) < MIN_PREFIX_CHARS:
        raise SearchQueryError(_("“%s”: give at least two letters before the star.") % raw)
    pattern = fold_word(match[0])
    words = tuple(filter(None, pattern.split("*")))
    if pattern.endswith("*") and len(words) == 1:
        return Term(words, raw, is_prefix=True)
    return Term(words, raw, pattern=pattern)
