"""The query compiler: from a parsed query to one that the engine runs, and to what highlights its matches in a text."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cases.record.names import nearest_word
from cases.search.analysis.stems import SEARCH_LANGUAGES, is_root, stems
from cases.search.analysis.synonyms import Synonym, max_phrase_words, stopwords, synonyms_of
from cases.search.highlight import WordForm, max_edits
from cases.search.index import engine
from cases.search.index.engine import FACETS, Query, Reader
from cases.vocabularies import Standing, SubjectKind, topics
from sources.number_words import in_words
from sources.numbers import numbers_in

from .parser import ParsedQuery, SearchQueryError, Term

# What each counts beside the word itself
SYNONYM_WEIGHT = 0.4
TYPO_WEIGHT = 0.3
# What the words of a compound count where they do not stand side by side
APART_WEIGHT = 0.2
# What words count once more where they stand side by side as they were typed, up to so many words
PHRASE_WEIGHT = 2.0
MAX_SIDE_BY_SIDE_WORDS = 5
WORD_FIELDS = ("name", "said", "quote", "cited")
PHRASE_FIELDS = ("name", "said", "quote")
INDEX_FIELDS = {
    "title": ("name",),
    "statement": ("said",),
    "quote": ("quote",),
    "author": ("author",),
    "party": ("party",),
}
# Places or sources with which one that does not exist is compared
MAX_COMPARED_VALUES = 1000
CLOSED_LISTS = {"kind": [*SubjectKind.values, "source"], "standing": Standing.values}


@dataclass
class CompiledQuery:
    """A query ready to run: the engine's own, the forms of each term, and the words that the index does not have."""

    query: Query
    forms: list[list[WordForm]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    groups: list[tuple[str, Query]] = field(default_factory=list)
    without: list[Query] = field(default_factory=list)


def compile_query(parsed: ParsedQuery, reader: Reader) -> CompiledQuery:
    """Return the engine's query. Raises SearchQueryError for a facet value that does not exist."""
    compiled = CompiledQuery(engine.everything())
    for group in join_compounds(drop_stopwords(parsed.groups)):
        alternatives = []
        for term in group:
            query, forms = _term(term, reader, compiled.unknown)
            alternatives.append(query)
            if forms:
                compiled.forms.append(forms)
        text = " OR ".join(_query_text(term) for term in group)
        compiled.groups.append((text, engine.any_of(alternatives) if len(alternatives) > 1 else alternatives[0]))
    compiled.without = [_term(term, reader, [])[0] for term in parsed.without]
    query = engine.all_of([query for _text, query in compiled.groups], compiled.without)
    wishes = _wishes(parsed)
    compiled.query = engine.preferring(query, wishes) if wishes else query
    return compiled


def _wishes(parsed: ParsedQuery) -> list[Query]:
    """Prefer the title that is exactly the query, then where its words stand side by side."""
    terms = parsed.terms
    if not terms or len(terms) != len(parsed.groups) or any(term.field or term.is_prefix for term in terms):
        return []
    words = [word for term in terms for word in term.words]
    exact = engine.term("exact", " ".join(words))
    if not 1 < len(words) <= MAX_SIDE_BY_SIDE_WORDS:
        return [exact]
    return [exact, *(engine.phrase(name, words, PHRASE_WEIGHT) for name in PHRASE_FIELDS)]


def _query_text(term: Term) -> str:
    text = f'"{term.text}"' if term.is_phrase else term.text
    return f"{term.field}:{text}" if term.field else text


def drop_stopwords(groups: tuple[tuple[Term, ...], ...]) -> list[tuple[Term, ...]]:
    """Return the groups without words of grammar and forms of names, unless there is nothing else."""
    kept = [group for group in groups if not (_is_plain(group) and _is_stopword(group[0].words[0]))]
    return kept or list(groups)


def _is_stopword(word: str) -> bool:
    return word in stopwords().grammar or word in stopwords().names


def join_compounds(groups: list[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """Make one term of neighbouring words that mean one thing together: `wali kota`, `smart city`."""
    terms: list[tuple[Term, ...]] = []
    at = 0
    while at < len(groups):
        length = next((n for n in range(max_phrase_words(), 1, -1) if _is_compound(groups[at : at + n], n)), 1)
        parts = [term for group in groups[at : at + length] for term in group]
        if length == 1:
            terms.append(groups[at])
        else:
            words = tuple(term.words[0] for term in parts)
            terms.append((Term(words, " ".join(term.text for term in parts)),))
        at += length
    return terms


def _is_compound(groups: list[tuple[Term, ...]], length: int) -> bool:
    if len(groups) < length or not all(map(_is_plain, groups)):
        return False
    return bool(synonyms_of(tuple(group[0].words[0] for group in groups)))


def _is_plain(group: tuple[Term, ...]) -> bool:
    """Return whether a group is one word as it was typed."""
    term = group[0]
    return len(group) == len(term.words) == 1 and not (term.is_phrase or term.is_prefix or term.field)


def _term(term: Term, reader: Reader, unknown: list[str]) -> tuple[Query, list[WordForm]]:
    if term.field in FACETS:
        return engine.term(term.field, _facet_value(term, reader)), []
    fields = INDEX_FIELDS.get(term.field, WORD_FIELDS)
    if term.is_prefix:
        return _any([engine.prefixed(name, term.words[0]) for name in fields]), [WordForm(term.words, "beginning")]
    if term.is_phrase:
        prose = [name for name in fields if name != "cited" or len(term.words) == 1]
        return _any([engine.phrase(name, list(term.words)) for name in prose]), [WordForm(term.words, "exact")]
    if term.field:
        in_fields = [engine.all_of([engine.term(name, word) for word in term.words]) for name in fields]
        return _any(in_fields), [WordForm(term.words, "exact")]
    if term.values:
        return _number(term, reader, unknown)
    if len(term.words) == 1:
        return _word(term.words[0], reader, unknown)
    return _compound(term.words, reader, unknown)


def _word(word: str, reader: Reader, unknown: list[str]) -> tuple[Query, list[WordForm]]:
    """Match a word by itself, its stems and its synonyms; by its spelling where nothing in the record has it."""
    queries = [*_words(word, reader), *_stems(word, SEARCH_LANGUAGES, reader)]
    forms = [WordForm((word,), "exact"), WordForm((word,), "stem")]
    _add_synonyms((word,), reader, queries, forms)
    for number in numbers_in(word) if word.isalpha() else ():  # tiga: 3
        queries += _of_value(number.readings[0], reader, SYNONYM_WEIGHT)
        forms.append(WordForm((number.readings[0],), "exact"))
    if not queries:
        unknown.append(word)
        if word.isalpha() and (edits := max_edits(word)):
            queries = [engine.fuzzy(name, word, edits, TYPO_WEIGHT) for name in ("name", "cited")]
            forms = [WordForm((word,), "typo")]
    return _any(queries), forms


def _number(term: Term, reader: Reader, unknown: list[str]) -> tuple[Query, list[WordForm]]:
    """Match a number by its value, in whichever notation; one that is a single word in a language by that word too."""
    queries = [query for value in term.values for query in _of_value(value, reader)]
    forms = [WordForm((value,), "exact") for value in term.values]
    for language in SEARCH_LANGUAGES:
        if (word := in_words(term.words[0], language)).isalpha():
            queries += _words(word, reader, SYNONYM_WEIGHT)
            forms.append(WordForm((word,), "synonym", language))
    if not queries:
        unknown.append(term.text)
    return _any(queries), forms


def _of_value(value: str, reader: Reader, weight: float = 1.0) -> list[Query]:
    return [*_words(value, reader, weight), *_stems(value, SEARCH_LANGUAGES, reader, weight)]


def _words(word: str, reader: Reader, weight: float = 1.0) -> list[Query]:
    return [engine.term(name, word, weight) for name in WORD_FIELDS if reader.frequency(name, word)]


def _stems(word: str, languages: tuple[str, ...], reader: Reader, weight: float = 1.0) -> list[Query]:
    every = dict.fromkeys(stem for language in languages for stem in stems(word, language))
    return [
        engine.term(name, stem, weight) for stem in every for name in ("head", "body") if reader.frequency(name, stem)
    ]


def _add_synonyms(words: tuple[str, ...], reader: Reader, queries: list[Query], forms: list[WordForm]) -> None:
    for other in synonyms_of(words):
        if synonym := _synonym(other, reader):
            queries += synonym
            forms.append(WordForm(other.words, other.form, other.language))


def _synonym(other: Synonym, reader: Reader) -> list[Query]:
    if len(other.words) == 1:
        word = other.words[0]
        if not is_root(word, other.language):
            return _words(word, reader, SYNONYM_WEIGHT)
        stemmed = _stems(word, (other.language,), reader, SYNONYM_WEIGHT)
        return stemmed + ([engine.term("name", word, SYNONYM_WEIGHT)] if reader.frequency("name", word) else [])
    if not all(reader.frequency("said", word) or reader.frequency("quote", word) for word in other.words):
        return []
    return [engine.phrase(name, list(other.words), SYNONYM_WEIGHT) for name in PHRASE_FIELDS]


def _compound(words: tuple[str, ...], reader: Reader, unknown: list[str]) -> tuple[Query, list[WordForm]]:
    """Match words that belong together: side by side, written as one, or at least all of them."""
    queries = [engine.phrase(name, list(words)) for name in PHRASE_FIELDS]
    forms = [WordForm(words, "exact")]
    together = "".join(words)
    queries += [*_words(together, reader), *_stems(together, SEARCH_LANGUAGES, reader)]
    forms.append(WordForm((together,), "exact"))
    _add_synonyms(words, reader, queries, forms)
    parts = [word for word in words if not _is_stopword(word)] or list(words)
    apart = [_word(word, reader, unknown)[0] for word in parts]
    queries.append(engine.boosted(engine.all_of(apart), APART_WEIGHT))
    forms += [WordForm((word,), kind) for word in parts for kind in ("exact", "stem")]
    return _any(queries), forms


def _any(queries: list[Query]) -> Query:
    return engine.any_of(queries) if queries else engine.nothing()


def _facet_value(term: Term, reader: Reader) -> str:
    """Return the value after the colon. It must exist: in its closed list or, of places and sources, in the record."""
    value = term.text.lower()
    if term.field == "year":
        if not re.fullmatch(r"\d{4}", value, re.ASCII):
            raise SearchQueryError(_("“%s” is not a year like 2022.") % term.text[:60])
        return value
    if term.field in ("place", "source"):
        if reader.frequency(term.field, value):
            return value
        known = [slug for slug, _count in reader.terms_with_prefix(term.field, value[:2], MAX_COMPARED_VALUES)]
    else:
        known = list(topics()) if term.field == "topic" else CLOSED_LISTS[term.field]
        if value in known:
            return value
    sentence = _("“%(value)s” is not a value of “%(name)s”.") % {"value": term.text[:60], "name": term.field}
    raise SearchQueryError(sentence, nearest_word(value, known))
