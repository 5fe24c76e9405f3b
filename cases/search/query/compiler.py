"""The query compiler: from a parsed query to one that the engine runs, and to what highlights its matches in a text."""

from itertools import product
from math import log

from cases.search.analysis.stems import SEARCH_LANGUAGES, is_root, spoken_roots, stems
from cases.search.analysis.synonyms import Synonym, near_words, synonyms_of
from cases.search.analysis.word_lists import is_negation, is_word_of_guilt, stopwords
from cases.search.highlight import WordForm
from cases.search.index import engine
from cases.search.index.engine import FACETS, Query, Reader
from cases.search.index.index_document import ROUNDED
from sources.number_words import in_words
from sources.numbers import numbers_in

from .compiled import CompiledQuery, Group, WordQuery
from .facet_values import facet_value
from .grouping import drop_stopwords, is_stopword, join_compounds
from .parser import ParsedQuery, Term

# What each counts beside the word itself
SYNONYM_WEIGHT = 0.4
NEAR_WEIGHT = 0.15
ROUNDED_WEIGHT = 0.5
TYPO_WEIGHT = 0.3
# What the words of a compound count where they do not stand side by side
APART_WEIGHT = 0.2
# What words count once more where they stand side by side as they were typed, up to so many words
PHRASE_WEIGHT = 2.0
MAX_SIDE_BY_SIDE_WORDS = 5
# A record with exactly this name comes before any other
WHOLE_NAME_POINTS = 1000.0
# Unknown words of one query for which others are looked for that are spelt alike
MAX_CORRECTED_WORDS = 3
WORD_FIELDS = ("name", "said", "quote", "cited")
PHRASE_FIELDS = ("name", "said", "quote")
NAME_FIELDS = ("name", "author", "party")
STEM_FIELDS = ("head", "body")
INDEX_FIELDS = {
    "title": ("name",),
    "statement": ("said",),
    "quote": ("quote",),
    "author": ("author",),
    "party": ("party",),
}


def compile_query(parsed: ParsedQuery, reader: Reader) -> CompiledQuery:
    """Return the engine's query. Raises SearchQueryError for a facet value that does not exist."""
    compiler = _Compiler(reader)
    groups = [compiler.group(group) for group in drop_stopwords(join_compounds(list(parsed.groups)))]
    without = [engine.any_of(compiler.term(term).queries) for term in parsed.without]
    asks_number = any(word in stopwords().asking_number for term in parsed.terms for word in term.words)
    return CompiledQuery(groups, without, _wishes(parsed), asks_number)


def _wishes(parsed: ParsedQuery) -> list[Query]:
    """Prefer the title that is exactly the query, then where its words stand side by side."""
    terms = parsed.terms
    if (
        not terms
        or len(terms) != len(parsed.groups)
        or any(term.field or term.is_prefix or term.pattern for term in terms)
    ):
        return []
    words = [word for term in terms for word in term.words]
    exact = engine.scored(engine.term("exact", " ".join(words)), WHOLE_NAME_POINTS)
    if not 1 < len(words) <= MAX_SIDE_BY_SIDE_WORDS:
        return [exact]
    return [exact, *(engine.phrase(name, words, PHRASE_WEIGHT) for name in PHRASE_FIELDS)]


def _query_text(term: Term) -> str:
    text = f'"{term.text}"' if term.is_phrase else term.text
    return f"{term.field}:{text}" if term.field else text


def _is_droppable(term: Term) -> bool:
    """Return whether a search may go without a term: not a phrase, a field, a negation or a word of guilt."""
    if term.is_phrase or term.field:
        return False
    return not any(is_negation(word) or is_word_of_guilt(word) for word in term.words)


class _Compiler:
    """Compiles the terms of one query, and counts what it spends on words that no record has."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.corrected = 0

    def group(self, terms: tuple[Term, ...]) -> Group:
        """Return what a group becomes."""
        parts = [self.term(term) for term in terms]
        queries = [query for part in parts for query in part.queries]
        documents = max(part.documents for part in parts)
        return Group(
            text=" OR ".join(map(_query_text, terms)),
            query=engine.any_of(queries) if queries else engine.nothing(),
            forms=[form for part in parts for form in part.forms],
            rarity=log(1 + self.reader.size / (1 + documents)),
            is_known=bool(queries),
            is_droppable=all(map(_is_droppable, terms)),
            correction=parts[0].correction if len(terms) == 1 else "",
            near_only=all(part.near_only for part in parts),
        )

    def term(self, term: Term) -> WordQuery:
        """Return what one term becomes."""
        if term.field in FACETS:
            return WordQuery([engine.term(term.field, facet_value(term, self.reader))], [])
        fields = INDEX_FIELDS.get(term.field, WORD_FIELDS)
        if pattern := term.pattern or (term.words[0] + "*" if term.is_prefix else ""):
            return WordQuery([engine.pattern(name, pattern) for name in fields], [WordForm((pattern,), "beginning")])
        if term.is_phrase:
            prose = [name for name in fields if name != "cited" or len(term.words) == 1]
            phrases = [engine.phrase(name, list(term.words)) for name in prose]
            return WordQuery(phrases, [WordForm(term.words, "exact")])
        if term.field:
            in_fields = [engine.all_of([engine.term(name, word) for word in term.words]) for name in fields]
            return WordQuery(in_fields, [WordForm((word,), "exact") for word in term.words])
        if term.values:
            return self._number(term)
        return self._word(term.words[0]) if len(term.words) == 1 else self._compound(term.words)

    def _word(self, word: str) -> WordQuery:
        """Match a word by itself, its stems and its synonyms; by its spelling where nothing in the record has it."""
        if is_word_of_guilt(word):  # by itself alone
            return WordQuery(self._words(word), [WordForm((word,), "exact")], self._documents(word))
        if is_negation(word):  # by any other one: tanpa, tidak memiliki
            others = sorted(stopwords().negations - {word})
            queries = [*self._words(word), *(query for other in others for query in self._words(other, SYNONYM_WEIGHT))]
            forms = [WordForm((word,), "exact"), *(WordForm((other,), "synonym") for other in others)]
            return WordQuery(queries, forms, self._documents(word))
        queries = [*self._words(word), *self._stems(word, SEARCH_LANGUAGES)]
        forms = [WordForm((word,), "exact"), WordForm((word,), "stem")]
        documents = self._documents(word) if queries else 0
        self._add_synonyms((word,), queries, forms)
        for number in numbers_in(word) if word.isalpha() else ():  # tiga: 3
            queries += self._of_value(number.readings[0], SYNONYM_WEIGHT)
            forms.append(WordForm((number.readings[0],), "exact"))
        near_only = not queries
        self._add_near((word,), queries, forms)
        if queries:
            return WordQuery(queries, forms, documents, near_only=near_only)
        return self._spoken(word) or self._misspelt(word)

    def _spoken(self, word: str) -> WordQuery | None:
        """Match a word as it is spoken by the words that it may stand for."""
        roots = [root for root in spoken_roots(word) if not is_stopword(root) and self._documents(root)]
        queries = [query for root in roots for query in self._stems(root, ("id",))]
        for root in roots:
            self._add_synonyms((root,), queries, [])
        return WordQuery(queries, [WordForm((root,), "stem") for root in roots], 1) if queries else None

    def _misspelt(self, word: str) -> WordQuery:
        """Match names that are spelt alike; other words that are, are offered."""
        if self.corrected == MAX_CORRECTED_WORDS:
            return WordQuery([], [])
        self.corrected += 1
        alike = self.reader.nearest_words(word)
        found = [
            (other, name)
            for other in alike
            for name in NAME_FIELDS
            if self.reader.frequency(name, other) and not is_word_of_guilt(other)
        ]
        queries = [engine.term(name, other, TYPO_WEIGHT) for other, name in found]
        forms = [WordForm((other,), "typo") for other in dict.fromkeys(other for other, _name in found)]
        return WordQuery(queries, forms, correction=next((w for w in alike if not is_word_of_guilt(w)), ""))

    def _number(self, term: Term) -> WordQuery:
        """Match a number by its value, in whichever notation, or given more precisely; some by a word too."""
        queries = [query for value in term.values for query in self._of_value(value)]
        forms = [WordForm((value,), "exact") for value in term.values]
        for language in SEARCH_LANGUAGES:
            if (word := in_words(term.words[0], language)).isalpha():
                queries += self._words(word, SYNONYM_WEIGHT)
                forms.append(WordForm((word,), "synonym", language))
        for name, value in product(STEM_FIELDS, term.values):
            if self.reader.frequency(name, ROUNDED + value):
                queries.append(engine.term(name, ROUNDED + value, ROUNDED_WEIGHT))
        return WordQuery(queries, forms, self._documents(term.values[0]))

    def _of_value(self, value: str, weight: float = 1.0) -> list[Query]:
        return [*self._words(value, weight), *self._stems(value, SEARCH_LANGUAGES, weight)]

    def _documents(self, word: str) -> int:
        """Return in how many documents the commonest form of a word stands."""
        found = [self.reader.frequency(name, word) for name in WORD_FIELDS]
        every = {stem for language in SEARCH_LANGUAGES for stem in stems(word, language)}
        return max(found + [self.reader.frequency(name, stem) for name in STEM_FIELDS for stem in every])

    def _words(self, word: str, weight: float = 1.0) -> list[Query]:
        return [engine.term(name, word, weight) for name in WORD_FIELDS if self.reader.frequency(name, word)]

    def _stems(self, word: str, languages: tuple[str, ...], weight: float = 1.0) -> list[Query]:
        every = dict.fromkeys(stem for language in languages for stem in stems(word, language))
        return [
            engine.term(name, stem, weight)
            for stem in every
            for name in STEM_FIELDS
            if self.reader.frequency(name, stem)
        ]

    def _add_synonyms(self, words: tuple[str, ...], queries: list[Query], forms: list[WordForm]) -> None:
        for other in synonyms_of(words):
            if synonym := self._synonym(other, SYNONYM_WEIGHT):
                queries += synonym
                forms.append(WordForm(other.words, other.form, other.language))

    def _add_near(self, words: tuple[str, ...], queries: list[Query], forms: list[WordForm]) -> None:
        for other in near_words(words):
            queries += self._synonym(other, NEAR_WEIGHT)
            forms.append(WordForm(other.words, other.form, other.language))

    def _synonym(self, other: Synonym, weight: float) -> list[Query]:
        reader = self.reader
        if len(other.words) == 1:
            word = other.words[0]
            if not is_root(word, other.language):
                return self._words(word, weight)
            stemmed = self._stems(word, (other.language,), weight)
            return stemmed + ([engine.term("name", word, weight)] if reader.frequency("name", word) else [])
        return self._phrase(other.words, weight)

    def _phrase(self, words: tuple[str, ...], weight: float = 1.0) -> list[Query]:
        return [
            engine.phrase(name, list(words), weight)
            for name in PHRASE_FIELDS
            if all(self.reader.frequency(name, word) for word in words)
        ]

    def _compound(self, words: tuple[str, ...]) -> WordQuery:
        """Match words that belong together: side by side, written as one, or at least all of them."""
        together = "".join(words)
        queries = self._phrase(words)
        queries += [*self._words(together), *self._stems(together, SEARCH_LANGUAGES)]
        forms = [WordForm(words, "exact"), WordForm((together,), "exact")]
        self._add_synonyms(words, queries, forms)
        self._add_near(words, queries, forms)
        parts = [word for word in words if not is_stopword(word)] or list(words)
        apart = [self._word(word) for word in parts]
        if all(part.queries for part in apart):
            every = engine.all_of([engine.any_of(part.queries) for part in apart])
            queries.append(engine.boosted(every, APART_WEIGHT))
            forms += [WordForm((word,), "part") for word in parts]
        return WordQuery(queries, forms, min(part.documents for part in apart))
