"""Recognising what matched in a text: for marks, for the sentence to show, and for *why it matched*."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cases.search.analysis.stems import EXCEPTIONS, is_root, stems
from cases.search.analysis.tokens import WORD, searched

LANGUAGES = ("id", "en")
NASALS = {"k": "ng", "s": "ny", "p": "m", "t": "n"}
"""What a prefix makes of the first letter of a root: suap, menyuap."""
KINDS = ("stem", "synonym", "translation")
"""How a word may be met by its stem, the nearest first."""
NUMBER = r"\d"
FOLDED = re.compile(r"[^\W\d_a-zA-Z]|’")
"""What stands otherwise in a searched word: a letter with an accent, an apostrophe."""


@dataclass(frozen=True)
class Form:
    """One way in which a term may stand in a text."""

    words: tuple[str, ...]
    kind: str
    language: str = ""


@dataclass(frozen=True)
class Span:
    """A stretch of a text that matches, by which term of the query, and in which form."""

    start: int
    end: int
    term: int
    form: str


class Finder:
    """Finds what matched in a text: quickly says no, and looks closely only where something may stand."""

    def __init__(self, forms: list[list[Form]]) -> None:
        self.forms = forms
        self._known: dict[tuple[str, str], tuple[int, str] | None] = {}
        self._exact: dict[str, int] = {}
        self._beginnings: list[tuple[int, str]] = []
        self._typos: list[tuple[int, str]] = []
        self._stems: dict[str, dict[str, tuple[int, int, str]]] = {language: {} for language in LANGUAGES}
        self._near: dict[str, dict[str, tuple[int, str]]] = {language: {} for language in LANGUAGES}
        self._learn()
        needles = sorted({needle for forms in self.forms for form in forms for needle in _needles(form)}, key=len)
        self._seek = re.compile("|".join(needles)) if needles else None

    def spans(self, text: str, language: str) -> list[Span]:
        """The matching stretches of a text in one language, in order. Each word by the nearest form."""
        found = []
        for word in self._candidates(text):
            key = word[0], language
            if key not in self._known:
                self._known[key] = self._form_of(searched(word[0]), language)
            if hit := self._known[key]:
                found.append(Span(word.start(), word.end(), *hit))
        return found

    def _candidates(self, text: str) -> Iterator[re.Match[str]]:
        """The words in which a needle stands; every word of a text with letters that folding changes."""
        if not self._seek:
            return
        if (not text.isascii() and FOLDED.search(text)) or "'" in text:
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
        """The term that a word of a text fits, and how."""
        if word in self._exact:
            return self._exact[word], "exact"
        for number, beginning in self._beginnings:
            if word.startswith(beginning):
                return number, "beginning"
        hits = [hit for stem in stems(word, language) if (hit := self._stems[language].get(stem))]
        if hits:
            _rank, number, kind = min(hits)
            return number, kind
        if word in self._near[language]:
            return self._near[language][word]
        for number, typed in self._typos:
            if distance(word, typed, tolerance(typed)) <= tolerance(typed):
                return number, "typo"
        return None

    def _learn(self) -> None:
        """Every form under what a word would be recognised by; the nearer kinds first."""
        for number, forms in enumerate(self.forms):
            for form in forms:
                for word in form.words:
                    if form.kind == "exact":
                        self._exact.setdefault(word, number)
                    elif form.kind == "beginning":
                        self._beginnings.append((number, word))
                    elif form.kind == "typo":
                        self._typos.append((number, word))
                    elif form.language and not is_root(word, form.language):
                        self._near[form.language].setdefault(word, (number, form.kind))
                    else:
                        for language in (form.language,) if form.language else LANGUAGES:
                            for stem in stems(word, language):
                                hit = (KINDS.index(form.kind), number, form.kind)
                                self._stems[language][stem] = min(hit, self._stems[language].get(stem, hit))


def _needles(form: Form) -> list[str]:
    """Patterns of letters of which one must stand in any word that the form fits."""
    found: list[str] = []
    for word in form.words:
        if word[0].isdigit():
            found.append(NUMBER)
            continue
        found.append(re.escape(word[:2] if form.kind == "typo" else word))
        if form.kind in ("stem", "synonym", "translation"):
            found += [
                re.escape(root) for language in LANGUAGES for stem in stems(word, language) for root in _roots(stem)
            ]
    return found


def _roots(stem: str) -> list[str]:
    if stem.startswith("e~"):
        return [stem[2:].rstrip("iey") or stem[2:]]
    listed = [word for word, root in EXCEPTIONS.items() if root == stem]
    nasal = NASALS.get(stem[0])
    return [stem, *listed, *([nasal + stem[1:]] if nasal else [])]


def distance(one: str, other: str, most: int) -> int:
    """Letters by which two words differ; swapping two neighbours is one. More than `most` is not counted further."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i] + [0] * len(other)
        for j, b in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], last[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return row[-1]


def tolerance(word: str) -> int:
    """How many letters of a name may differ: none of a short one."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2
