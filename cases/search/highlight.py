"""The highlighter: finds what matched in a text, for marks, for the sentence to show and for *why it matched*."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cases.search.analysis.stems import EXCEPTIONS, SEARCH_LANGUAGES, is_root, stems
from cases.search.analysis.tokens import (
    MONTHS,
    WORD,
    normalize_word,
    number_words,
    other_spellings,
    rounded_values,
    values_of,
)
from sources.numbers import Number, join_broken_words

# What a prefix makes of the first letter of a root: suap, menyuap
NASAL_LETTERS = {"k": "ng", "s": "ny", "p": "m", "t": "n"}
# How a word may match by its stem, the nearest first; `part`: one word of several that belong together
STEM_KINDS = ("stem", "synonym", "translation", "part", "near")
# The forms in which the reader's own word stands
OWN_FORMS = frozenset(["exact", "stem", "beginning", "rounded", "typo"])
DIGIT = r"\d"
# What folding changes in a word: a letter with an accent, an apostrophe
CHANGED_BY_FOLDING = re.compile(r"[^\W\d_a-zA-Z]|’")


@dataclass(frozen=True)
class WordForm:
    """One way in which a term of the query may stand in a text: exact, beginning, typo or one of STEM_KINDS.

    Several words are a phrase; the word of a beginning holds stars.
    """

    words: tuple[str, ...]
    kind: str
    language: str = ""


@dataclass(frozen=True)
class MatchSpan:
    """A stretch of a text that matches, by which term of the query, and in which form."""

    start: int
    end: int
    term: int
    form: str


class Highlighter:
    """Finds the matches of one query in texts. One regular expression rules most words out before any is stemmed."""

    def __init__(self, forms: list[list[WordForm]]) -> None:
        self.forms = forms
        self._cache: dict[tuple[str, str], tuple[int, str] | None] = {}
        self._exact: dict[str, int] = {}
        self._beginnings: list[tuple[int, re.Pattern[str]]] = []
        self._phrases: dict[tuple[str, ...], tuple[int, str]] = {}
        self._typos: dict[str, tuple[int, str]] = {}
        self._stems: dict[str, dict[str, tuple[int, int, str]]] = defaultdict(dict)
        self._by_word: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
        self._index_forms()
        needles = sorted({needle for forms in self.forms for form in forms for needle in _needles(form)}, key=len)
        self._seek = re.compile("|".join(needles)) if needles else None
        phrases = sorted((r"[\W_]+".join(map(re.escape, words)) for words in self._phrases), key=len, reverse=True)
        self._seek_phrases = re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE) if phrases else None
        self._seeks_numbers = DIGIT in needles

    def spans(self, text: str, language: str) -> list[MatchSpan]:
        """Return the matching stretches of a text in one language, in order. Each word by the nearest form."""
        joined, places = join_broken_words(text)
        if places is not None:
            spans = self.spans(joined, language)
            return [replace(span, start=places[span.start], end=places[span.end - 1] + 1) for span in spans]
        numbers = self._number_spans(text, language) if self._seeks_numbers else []
        phrases = list(self._phrase_spans(text)) if self._seek_phrases else []
        spans = [*phrases, *(span for span in numbers if span.form)]
        taken = [*phrases, *numbers]
        for word in self._candidates(text):
            inside = next((span for span in taken if span.start <= word.start() < span.end), None) if taken else None
            if inside and (inside.form or word[0][0].isdigit()):
                continue
            key = word[0], language
            if key not in self._cache:
                self._cache[key] = self._form_of(normalize_word(word[0]), language)
            if hit := self._cache[key]:
                spans.append(MatchSpan(word.start(), word.end(), *hit))
        return sorted(spans, key=lambda span: span.start) if len(spans) > 1 else spans

    def _number_spans(self, text: str, language: str) -> list[MatchSpan]:
        """Return where the numbers of a text stand; those that do not match have no form."""
        spans = []
        for number in number_words(text):
            hits = (self._form_of(value, language) for value in values_of(number))
            hit = next(filter(None, hits), None) or self._rounded(number)
            spans.append(MatchSpan(number.start, number.end, *(hit or (0, ""))))
        return spans

    def _rounded(self, number: Number) -> tuple[int, str] | None:
        """Return the term that gives a number of a text less precisely."""
        digits = (value for value in values_of(number) if value[0].isdigit())
        every = (other for value in digits for other in rounded_values(value))
        return next(((self._exact[other], "rounded") for other in every if other in self._exact), None)

    def _phrase_spans(self, text: str) -> Iterator[MatchSpan]:
        for found in self._seek_phrases.finditer(text) if self._seek_phrases else ():
            words = tuple(re.split(r"[\W_]+", found[0].lower()))
            yield MatchSpan(found.start(), found.end(), *self._phrases[words])

    def _candidates(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the words in which a needle stands; every word of a text with letters that folding changes."""
        if not self._seek:
            return
        if (not text.isascii() and CHANGED_BY_FOLDING.search(text)) or "'" in text:
            yield from WORD.finditer(text)
            return
        plain = text.lower()
        end = 0
        for needle in self._seek.finditer(plain):
            start = needle.start()
            if start < end:
                continue
            while start > end and plain[start - 1].isalnum():
                start -= 1
            if word := WORD.match(text, start):
                yield word
                end = word.end()

    def _form_of(self, word: str, language: str) -> tuple[int, str] | None:
        """Return the term that a word of a text fits, and how."""
        if word in self._exact:
            return self._exact[word], "exact"
        for number, beginning in self._beginnings:
            if beginning.fullmatch(word):
                return number, "beginning"
        hits = [hit for stem in stems(word, language) if (hit := self._stems[language].get(stem))]
        if hits:
            _rank, number, kind = min(hits)
            return number, kind
        if word in self._by_word[language]:
            return self._by_word[language][word]
        return self._typos.get(word)

    def _index_forms(self) -> None:
        """Index every form by what a word of a text would match it with; the nearer kinds first."""
        for number, forms in enumerate(self.forms):
            for form in forms:
                if _is_phrase(form):
                    self._phrases.setdefault(form.words, (number, form.kind))
                    continue
                for word in form.words:
                    self._index_word(number, form, word)

    def _index_word(self, number: int, form: WordForm, word: str) -> None:
        if form.kind == "exact":
            self._exact.setdefault(word, number)
        elif form.kind == "beginning":
            self._beginnings.append((number, re.compile(re.escape(word).replace(r"\*", ".*"))))
        elif form.kind == "typo":
            self._typos.setdefault(word, (number, "typo"))
        elif form.language and not is_root(word, form.language):
            self._by_word[form.language].setdefault(word, (number, form.kind))
        else:
            for language in (form.language,) if form.language else SEARCH_LANGUAGES:
                for stem in stems(word, language):
                    hit = (STEM_KINDS.index(form.kind), number, form.kind)
                    self._stems[language][stem] = min(hit, self._stems[language].get(stem, hit))


def _is_phrase(form: WordForm) -> bool:
    """Return whether words are found side by side; a number among them is written in too many ways."""
    return len(form.words) > 1 and all(word.isalpha() for word in form.words)


def _needles(form: WordForm) -> list[str]:
    """Return patterns of letters of which one must stand in any word that the form fits."""
    needles: list[str] = []
    for word in () if _is_phrase(form) else form.words:
        if word[0].isdigit():
            needles.append(DIGIT)
            continue
        needles += [re.escape(other) for other in other_spellings(word)]
        needles += [DIGIT] * (word in MONTHS)
        needles.append(re.escape(word.partition("*")[0]))
        if form.kind in STEM_KINDS:
            stemmed = [stem for language in SEARCH_LANGUAGES for stem in stems(word, language)]
            needles += [re.escape(root) for stem in stemmed for root in _roots(stem)]
    return needles


def _roots(stem: str) -> list[str]:
    if stem.startswith("e~"):
        return [stem[2:].rstrip("iey") or stem[2:]]
    listed = [word for word, root in EXCEPTIONS.items() if root == stem]
    nasal = NASAL_LETTERS.get(stem[0])
    return [stem, *listed, *([nasal + stem[1:]] if nasal else [])]
