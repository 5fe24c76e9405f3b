"""The selected words as they are read: on one line, without what is private, with the words before and behind them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Protocol

from cases.models import Subject
from cases.search.analysis.stems import stem_english, stem_indonesian
from cases.search.analysis.tokens import Token, tokens
from sources.quotes import BREAK_IN_WORD, Span, hidden, touches

# Before and behind the selected words
MAX_CONTEXT_CHARS = 160
SENTENCE_END = re.compile(r"[.;:!?](?=\s)|\n(?=\s*(?:\d+\.|[a-z]\.|-)\s)")
CLAUSE_END = re.compile(r"[,;:.]\s*(?=[^,;:.]*$)")
NEAR_WORDS = 4
CELL = re.compile(r"[|\n\t]")
CELL_MARKS = ("|", "\t", ";")
MAX_TABLE_CHARS = 4_000
LETTER = re.compile(r"[^\W\d_]{2}")


class Section(Protocol):
    """The part of a source in which words stand, with who speaks there. Set once by a curator."""

    @property
    def role(self) -> str: ...
    @property
    def said_by_actor(self) -> Subject | None: ...
    @property
    def said_by_source(self) -> object | None: ...
    @property
    def speaker_id(self) -> str: ...
    @property
    def speaker_en(self) -> str: ...
    @property
    def stated_on(self) -> str: ...


class NameInSource(Protocol):
    """Somebody whom a source calls by a word of its own: “Terdakwa”, initials."""

    @property
    def words(self) -> str: ...
    @property
    def who(self) -> Subject: ...


@dataclass(frozen=True)
class Passage:
    """The selected words of a text; `role` is that of their section, empty where none is set."""

    text: str
    spans: tuple[Span, ...]
    private: Sequence[Span] = ()
    role: str = ""

    @cached_property
    def words(self) -> str:
        """Return the words on one line; what is private is blacked out, and broken words are joined."""
        seen = hidden(self.text, self.private) if self.private else self.text
        return " ".join(one_line(seen[start:end]) for start, end in self.spans)

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens(self.words)

    @cached_property
    def before(self) -> str:
        """Return what stands before the words in the same sentence, on one line."""
        start = self.spans[0][0]
        near = self.text[max(0, start - MAX_CONTEXT_CHARS) : start]
        ends = [match.end() for match in SENTENCE_END.finditer(near)]
        return one_line(near[ends[-1] if ends else 0 :])

    @cached_property
    def near_before(self) -> list[str]:
        """Return the last words of the clause that stand before the selected ones."""
        return CLAUSE_END.split(self.before)[-1].split()[-NEAR_WORDS:]

    @cached_property
    def label(self) -> str:
        """Return the words of the cell or line before a bare number: “Nilai HPS Paket”."""
        start = self.spans[0][0]
        cells = CELL.split(self.text[max(0, start - MAX_CONTEXT_CHARS) : start])
        return one_line(next((cell for cell in reversed(cells) if cell.strip()), ""))

    @cached_property
    def column(self) -> str:
        """Return the head of the column of a table in which the words stand: “Tuntutan”; empty elsewhere."""
        start = self.spans[0][0]
        above, _break, line = self.text[max(0, start - MAX_TABLE_CHARS) : start].rpartition("\n")
        mark = next((mark for mark in CELL_MARKS if mark in line), "\n")
        rows = takewhile(lambda row: mark in row, reversed(above.split("\n")))
        [*head] = next(reversed([*rows]), "").split(mark)
        return one_line(head[line.count(mark)]) if line.count(mark) < len(head) else ""

    @property
    def private_is_touched(self) -> bool:
        return any(touches(start, end, self.private) for start, end in self.spans)

    @property
    def is_bare(self) -> bool:
        """Return whether the words are a number and nothing more."""
        return not any(LETTER.search(token.word) for token in self.tokens)


def one_line(text: str) -> str:
    return " ".join(BREAK_IN_WORD.sub("", text).split())


@lru_cache(maxsize=20_000)
def family(word: str) -> frozenset[str]:
    """Return what the forms of a word have in common, in Indonesian and in English."""
    return frozenset((word, *stem_indonesian(word), *stem_english(word)))
