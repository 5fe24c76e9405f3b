"""From a parsed query to one that the engine runs, and to what recognises its matches in a text."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cases.record.names import nearest_word
from cases.search.analysis.stems import is_root, stems
from cases.search.analysis.synonyms import Nearby, ignored, longest_phrase, near_to
from cases.search.analysis.tokens import scaled
from cases.search.highlight import LANGUAGES, Form, distance, tolerance
from cases.search.index import engine
from cases.search.index.engine import FACETS, Query, Reader
from cases.vocabularies import Standing, SubjectKind, topics

from .parser import BadQuery, Parsed, Term

NEARBY = 0.4
"""What a synonym or a translation counts beside the word itself."""
TYPO = 0.3
PHRASE = 2.0
"""What words count once more when they stand side by side as they were typed."""
SIDE_BY_SIDE = 5
"""Words of a search that are looked for side by side."""
APART = 0.2
"""What the words of a compound count when they do not stand together."""
SURFACES = ("name", "said", "quote", "cited")
IN_FIELD = {"title": ("name",), "statement": ("said",), "quote": ("quote",), "author": ("author",), "party": ("party",)}


@dataclass
class Asked:
    """A query ready to run: the engine's own, the forms of each term, and the words that the index does not hold."""

    query: Query
    forms: list[list[Form]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    groups: list[tuple[str, Query]] = field(default_factory=list)
    without: list[Query] = field(default_factory=list)


def build(parsed: Parsed, reader: Reader) -> Asked:
    """The whole query. Raises BadQuery for a facet value that does not exist."""
    asked = Asked(engine.everything())
    for group in joined(spoken(parsed.groups)):
        alternatives = []
        for term in group:
            query, forms = _term(term, reader, asked.unknown)
            alternatives.append(query)
            if forms:
                asked.forms.append(forms)
        text = " OR ".join(_written(term) for term in group)
        asked.groups.append((text, engine.any_of(alternatives) if len(alternatives) > 1 else alternatives[0]))
    asked.without = [_term(term, reader, [])[0] for term in parsed.without]
    asked.query = whole([query for _text, query in asked.groups], asked.without, _wishes(parsed))
    return asked


def whole(groups: list[Query], without: list[Query], wishes: list[Query] | None = None) -> Query:
    """All groups and none of `without`; what fits a wish as well comes first."""
    query = engine.all_of(groups, without)
    return engine.preferring(query, wishes) if wishes else query


def _wishes(parsed: Parsed) -> list[Query]:
    """Of what fits, first the title that is exactly what was asked, then where the words stand side by side."""
    plain = [term for group in parsed.groups for term in group]
    if not plain or len(plain) != len(parsed.groups) or any(term.field or term.beginning for term in plain):
        return []
    found = [word for term in plain for word in term.words]
    exact = engine.term("exact", " ".join(found))
    if not 1 < len(found) <= SIDE_BY_SIDE:
        return [exact]
    return [exact, *(engine.phrase(name, found, PHRASE) for name in ("name", "said", "quote"))]


def _written(term: Term) -> str:
    text = f'"{term.text}"' if term.quoted else term.text
    return f"{term.field}:{text}" if term.field else text


def spoken(groups: tuple[tuple[Term, ...], ...]) -> list[tuple[Term, ...]]:
    """The groups without words of grammar and forms of names, unless there is nothing else."""
    leave_out = frozenset().union(*ignored())
    kept = [group for group in groups if not (len(group) == 1 and _plain(group[0]) and group[0].words[0] in leave_out)]
    return kept or list(groups)


def joined(groups: list[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """Neighbouring words that mean one thing together are one term: `2,5 miliar`, `wali kota`, `smart city`."""
    found: list[tuple[Term, ...]] = []
    at = 0
    while at < len(groups):
        length = next((n for n in range(longest_phrase(), 1, -1) if _one_thing(groups[at : at + n], n)), 1)
        terms = [term for group in groups[at : at + length] for term in group]
        if length == 1:
            found.append(groups[at])
        else:
            spelt = tuple(term.words[0] for term in terms)
            found.append((Term(spelt, " ".join(term.text for term in terms)),))
        at += length
    return found


def _one_thing(groups: list[tuple[Term, ...]], length: int) -> bool:
    if len(groups) < length or not all(len(group) == 1 and _plain(group[0]) for group in groups):
        return False
    found = tuple(group[0].words[0] for group in groups)
    return bool(near_to(found)) or (length == 2 and scaled(*found) is not None)


def _plain(term: Term) -> bool:
    return len(term.words) == 1 and not (term.quoted or term.beginning or term.field)


def _term(term: Term, reader: Reader, unknown: list[str]) -> tuple[Query, list[Form]]:
    if term.field in FACETS:
        return engine.term(term.field, _facet_value(term, reader)), []
    fields = IN_FIELD.get(term.field, SURFACES)
    if term.beginning:
        return _any([engine.beginning(name, term.words[0]) for name in fields]), [Form(term.words, "beginning")]
    if term.quoted:
        prose = [name for name in fields if name != "cited" or len(term.words) == 1]
        return _any([engine.phrase(name, list(term.words)) for name in prose]), [Form(term.words, "exact")]
    if term.field:
        return _in_fields(term, fields), [Form(term.words, "exact")]
    if len(term.words) == 1:
        return _word(term.words[0], reader, unknown)
    return _compound(term.words, reader, unknown)


def _word(word: str, reader: Reader, unknown: list[str]) -> tuple[Query, list[Form]]:
    """A word by itself, by its stems, by what is near to it; by its spelling where nothing in the record has it."""
    queries = [*_surfaces(word, reader), *_stems(word, LANGUAGES, reader)]
    forms = [Form((word,), "exact"), Form((word,), "stem")]
    for other in near_to((word,)):
        found = _nearby(other, reader)
        queries += found
        if found:
            forms.append(Form(other.words, other.form, other.language))
    if not queries:
        unknown.append(word)
        if word.isalpha() and (most := tolerance(word)):
            queries = [engine.near(name, word, most, TYPO) for name in ("name", "cited")]
            forms = [Form((word,), "typo")]
    return _any(queries), forms


def _surfaces(word: str, reader: Reader, weight: float = 1.0) -> list[Query]:
    return [engine.term(name, word, weight) for name in SURFACES if reader.frequency(name, word)]


def _stems(word: str, languages: tuple[str, ...], reader: Reader, weight: float = 1.0) -> list[Query]:
    found = dict.fromkeys(stem for language in languages for stem in stems(word, language))
    return [
        engine.term(name, stem, weight) for stem in found for name in ("head", "body") if reader.frequency(name, stem)
    ]


def _nearby(other: Nearby, reader: Reader) -> list[Query]:
    if len(other.words) == 1:
        word = other.words[0]
        if not is_root(word, other.language):
            return _surfaces(word, reader, NEARBY)
        stemmed = _stems(word, (other.language,), reader, NEARBY)
        return stemmed + ([engine.term("name", word, NEARBY)] if reader.frequency("name", word) else [])
    if not all(reader.frequency("said", word) or reader.frequency("quote", word) for word in other.words):
        return []
    return [engine.phrase(name, list(other.words), NEARBY) for name in ("name", "said", "quote")]


def _compound(found: tuple[str, ...], reader: Reader, unknown: list[str]) -> tuple[Query, list[Form]]:
    """Words that belong together: side by side, written as one, or at least all of them."""
    queries = [engine.phrase(name, list(found)) for name in ("name", "said", "quote")]
    forms = [Form(found, "exact")]
    together = "".join(found)
    if amount := len(found) == 2 and scaled(*found):
        queries += [engine.term(name, str(amount)) for name in ("head", "body")]
        forms.append(Form((str(amount),), "exact"))
        return _any(queries), forms
    queries += [*_surfaces(together, reader), *_stems(together, LANGUAGES, reader)]
    forms.append(Form((together,), "exact"))
    for other in near_to(found):
        if near := _nearby(other, reader):
            queries += near
            forms.append(Form(other.words, other.form, other.language))
    leave_out = frozenset().union(*ignored())
    words = [word for word in found if word not in leave_out] or list(found)
    apart = [_word(word, reader, unknown)[0] for word in words]
    queries.append(engine.weighed(engine.all_of(apart), APART))
    forms += [Form((word,), kind) for word in words for kind in ("exact", "stem")]
    return _any(queries), forms


def _in_fields(term: Term, fields: tuple[str, ...]) -> Query:
    return _any([engine.all_of([engine.term(name, word) for word in term.words]) for name in fields])


def _any(queries: list[Query]) -> Query:
    return engine.any_of(queries) if queries else engine.nothing()


COMPARED = 1000
"""Places or sources with which one that does not exist is compared."""
CLOSED = {"kind": [*SubjectKind.values, "source"], "standing": Standing.values}


def _facet_value(term: Term, reader: Reader) -> str:
    """The value after the colon, which must exist: in its closed list or, of places and sources, in the record."""
    value = term.text.lower()
    if term.field == "year":
        if not re.fullmatch(r"\d{4}", value, re.ASCII):
            raise BadQuery(_("“%s” is not a year like 2022.") % term.text[:60])
        return value
    if term.field in ("place", "source"):
        there = bool(reader.frequency(term.field, value))
        known = [] if there else [slug for slug, _count in reader.starting(term.field, value[:2], COMPARED)]
    else:
        known = list(topics()) if term.field == "topic" else CLOSED[term.field]
        there = value in known
    if not there:
        sentence = _("“%(value)s” is not a value of “%(name)s”.") % {"value": term.text[:60], "name": term.field}
        raise BadQuery(sentence, nearest_word(value, known))
    return value


def corrected(word: str, reader: Reader) -> str | None:
    """A word of the record that was probably meant: the nearest, and of those the most frequent."""
    most = tolerance(word)
    best: tuple[int, int, str] | None = None
    for name in ("name", "said", "quote"):
        for other, frequency in reader.starting(name, word[:1], 3000) if most else []:
            if (gap := distance(word, other, most)) <= most and (best is None or (gap, -frequency) < best[:2]):
                best = (gap, -frequency, other)
    return best[2] if best else None
