"""Where words stand in an extracted text, whatever its white space, hyphens, quotes and furniture: for tests."""

import re
import unicodedata
from itertools import pairwise

from sources.intake.truth import Judgement, judge, load, role_at

SAME = str.maketrans("’‘`“”–—‐‑", "''`\"\"----")


class Text:
    """An extracted text to look for words in, and to judge them."""

    def __init__(self, extracted):
        self.text = extracted.text
        self.layout = load(extracted.layout)
        self.roles = [role_at(self.layout, offset) for offset in range(len(self.text))]
        every = range(len(self.text))
        self.streams = [
            fold(self.text, [at for at in every if self.roles[at] in roles])
            for roles in (("header", "footer", "watermark", "body", "note"), ("body", "note"), ("body",))
        ]

    def places(self, words: str) -> list[tuple[tuple[int, int], ...]]:
        """Each place as the spans that what stands between divides."""
        needle, _ = fold(words, range(len(words)))
        found = {}
        for stream, offsets in self.streams:
            start = stream.find(needle)
            while start >= 0:
                if not self._cuts(offsets[start], offsets[start + len(needle) - 1] + 1):
                    found[self._spans(offsets[start : start + len(needle)])] = None
                start = stream.find(needle, start + 1)
        return list(found)

    def _cuts(self, start: int, end: int) -> bool:
        """Whether a place begins or ends inside a word, also one that a line end breaks."""
        before, after = self.text[max(0, start - 8) : start], self.text[end : end + 8]
        if re.search(r"\w\Z|[^\W\d]-\s+\Z", before) and self.text[start].isalnum():
            return True
        return bool(re.match(r"\w|-\s+[^\W\d]", after) and self.text[end - 1].isalnum())

    def _spans(self, offsets: list[int]) -> tuple[tuple[int, int], ...]:
        spans, start = [], offsets[0]
        for before, after in pairwise(offsets):
            between = range(before + 1, after)
            if any(not self.text[at].isspace() and self.roles[at] != self.roles[before] for at in between):
                spans.append((start, before + 1 + (self.text[before + 1] == "-")))
                start = after
        return (*spans, (start, offsets[-1] + 1))

    def judgements(self, words: str) -> list[Judgement]:
        return [judge(self.layout, *spans) for spans in self.places(words)]

    def best(self, words: str) -> str:
        """The best state of any place; "nowhere" without one."""
        states = {judgement.state for judgement in self.judgements(words)}
        return next((state for state in ("true", "doubtful", "stitched") if state in states), "nowhere")


def fold(text: str, offsets) -> tuple[str, list[int]]:
    """Letters, figures and marks with their offsets: no white space, no dash between letters."""
    pairs = []
    for at in offsets:
        if text[at].isspace() or text[at] in "\xad\ufffe":
            continue
        for char in unicodedata.normalize("NFKD", text[at].translate(SAME)):
            if not unicodedata.combining(char) and not char.isspace():
                pairs.append((char, at))
    kept = [
        pair
        for place, pair in enumerate(pairs)
        if not (
            pair[0] == "-"
            and 0 < place < len(pairs) - 1
            and pairs[place - 1][0].isalpha()
            and pairs[place + 1][0].isalpha()
        )
    ]
    return "".join(char for char, _ in kept), [at for _, at in kept]
