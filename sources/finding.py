"""Finding words that were typed or pasted: tolerant of how they are set, strict about what they say.

Whoever looks for words may have other white space, line ends, hyphens at line ends, quotes, dashes, ligatures or
invisible characters than the text, and a page's header or footer in between. What is found is the text's own, at true
offsets. Words that stand nowhere, in more than one place, or only inside a longer word or sum are refused.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from django.utils.translation import gettext as _

from .numbers import numbers_in
from .quotes import (
    MAX_EXCERPT_CHARS,
    AmbiguousPlaceError,
    Found,
    QuoteError,
    Span,
    check_length,
    context,
    excerpt_at,
    nearest,
    touches,
)

QUOTES = dict.fromkeys("’‘`´ʼ′‚‛", "'") | dict.fromkeys("“”„«»″‟", '"')
DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
# The asterisk marks italics in texts that were made from a page
LEFT_OUT = frozenset("*\ufffe\uffff")
INVISIBLE_CATEGORIES = ("Cc", "Cf", "Mn", "Me")
# What folding leaves as it is, taken together, or one character; white space is neither
UNCHANGED_OR_OTHER = re.compile(r"(?P<unchanged>[!-)+-_a-~]+)|\S")
DASH_IN_WORD = re.compile(r"(?<=[^\W\d_])-+(?=[^\W\d_])")
# What a reader puts round the words, or in place of those that he leaves out
ENDS = re.compile(r"^(?:\[?\.{3,}\]?|[\"'])+|(?:\[?\.{3,}\]?|[\"'])+$")
# A word goes on over a line end (then in small letters), or over what an extractor wrote for one
AT_LINE_END, UNSEEN = r"[-‐]\s*[\r\n]\s*", r"[\xad\u200b\u2060\ufeff\ufffe]+"
BROKEN_BEFORE = re.compile(rf"(?<=[^\W_])(?:(?P<dash>{AT_LINE_END})|{UNSEEN})$")
BROKEN_AFTER = re.compile(rf"(?:(?P<dash>{AT_LINE_END})|{UNSEEN})(?P<letter>[^\W_])")
# Of the words before a place, where somebody says which place is meant; more of a number than any has
MAX_AFTER_CHARS, MAX_NUMBER_CHARS, MAX_BREAK_CHARS = 200, 128, 12
# Headers, footers and disclaimers pasted along
MAX_PASTED_CHARS = 10 * MAX_EXCERPT_CHARS
# Places that are looked at; whoever types so little types more
MAX_PLACES = 2_000
# A page's running lines stand among so many at its edges, on this share of the pages
MAX_RUNNING_LINES, REPEATED = 15, 0.4
# Running lines that are shorter are taken out of pasted words only where they are a line of their own
MIN_RUNNING_CHARS = 6
LINE, FIGURES = re.compile(r"[^\r\n\f]+"), re.compile(r"\d+")
Parts = tuple[Span, ...]


class FoldedText(NamedTuple):
    """What of a text may decide, and the offset of each of its characters in the text."""

    text: str
    offsets: Sequence[int]


def fold(text: str, left_out: Iterable[Span] = ()) -> FoldedText:
    """Return a text without white space, invisible characters, accents and hyphens in words, in one form of marks."""
    at, folded, offsets = 0, list[str](), array("I")
    for start, end in [*left_out, (len(text), len(text))]:
        for run in UNCHANGED_OR_OTHER.finditer(text, at, start):
            characters = run[0] if run["unchanged"] else _folded(run[0])
            folded.append(characters)
            offsets.extend(range(*run.span()) if run["unchanged"] else [run.start()] * len(characters))
        at = end
    return _without_hyphens("".join(folded), offsets)


@lru_cache(maxsize=10_000)
def _folded(character: str) -> str:
    marks = QUOTES.get(character) or DASHES.get(character) or unicodedata.normalize("NFKD", character)
    return "".join(
        DASHES.get(each, each)
        for each in marks
        if not each.isspace() and each not in LEFT_OUT and unicodedata.category(each) not in INVISIBLE_CATEGORIES
    )


def _without_hyphens(folded: str, offsets: "array[int]") -> FoldedText:
    """Drop the dashes between letters, so that all ways of breaking a word at a line end agree."""
    at, texts, places = 0, list[str](), array("I")
    for dash in DASH_IN_WORD.finditer(folded):
        texts.append(folded[at : dash.start()])
        places.extend(offsets[at : dash.start()])
        at = dash.end()
    return FoldedText("".join([*texts, folded[at:]]), places + offsets[at:])


def page_starts(text: str) -> list[int]:
    """Return the offset at which each page of a text begins, by its form feeds."""
    return [0, *(match.end() for match in re.finditer("\f", text))]


def running_lines(text: str, pages: Sequence[int]) -> list[Span]:
    """Return the headers and footers: what returns at the edge of two in five pages, figures apart, edge inwards."""
    lines = [_lines(text, *page) for page in zip(pages, [*pages[1:], len(text)], strict=True)]
    heads = [page[:MAX_RUNNING_LINES] for page in lines]
    feet = [page[: -MAX_RUNNING_LINES - 1 : -1] for page in lines]
    needed = max(2, ceil(REPEATED * len(pages)))
    found: set[Span] = set()
    for edge in (heads, feet):
        numbers = Counter(key for page in edge for key in {key for _span, key in page})
        for page in edge:
            for span, key in page:
                if numbers[key] < needed:
                    break
                found.add(span)
    return sorted(found)


def _lines(text: str, start: int, end: int) -> list[tuple[Span, str]]:
    """Return the lines of a page that hold something, each with what it has in common with those of other pages."""
    lines = ((line.span(), "".join(line[0].split())) for line in LINE.finditer(text, start, end))
    return [(span, FIGURES.sub("#", key)) for span, key in lines if key]


class Finder:
    """Finds words in one text, which is folded once for all of them. Costs as much as the text is long."""

    def __init__(self, text: str, private: Sequence[Span] = (), pages: Sequence[int] | None = None) -> None:
        """Take a text, where names of private persons stand in it, and where its pages begin (else by form feeds)."""
        self.text, self.private = text, private
        self.pages = page_starts(text) if pages is None else pages

    @cached_property
    def running(self) -> list[Span]:
        return running_lines(self.text, self.pages)

    @cached_property
    def _running_texts(self) -> dict[str, None]:
        """Running lines as they are folded, the longest first."""
        lines = {fold(self.text[start:end]).text for start, end in self.running}
        return dict.fromkeys(sorted(lines, key=len, reverse=True))

    @cached_property
    def _body(self) -> FoldedText:
        return fold(self.text, self.running)

    @cached_property
    def _whole(self) -> FoldedText:
        return fold(self.text)

    def find(self, words: str, after: str = "") -> list[Found]:
        """Return the one place of the words, in two parts or more where running lines stand in between.

        `after` (words that stand shortly before) says which place is meant when there are several. Raises QuoteError.
        """
        if not fold(words).text:
            raise QuoteError(_("An excerpt needs words."))
        check_length(len(words), MAX_PASTED_CHARS)
        needles = self._needles(words)
        places, is_cut = self._places(needles, words)
        if not places and is_cut:
            raise QuoteError(_("These words stand there only inside a longer word or number. Take the whole of it."))
        if not places:
            check_length(min(map(len, needles)))
            near = nearest(self.text, words[:MAX_EXCERPT_CHARS])
            raise QuoteError(_("These words are not in the text. Nearest: “%s”") % near)
        return [excerpt_at(self.text, *part, self.private) for part in self._meant(places, after)]

    def _places(self, needles: Iterable[str], words: str) -> tuple[list[Parts], bool]:
        """Return every place, and whether words were found that go on; the body comes before headers and footers."""
        is_cut = False
        for needle in needles:
            for stream in (self._body, self._whole) if self.running else (self._whole,):
                found = dict.fromkeys(self._places_in(stream, needle, words))
                is_cut |= None in found
                if places := [place for place in found if place]:
                    return places, is_cut
        return [], is_cut

    def _needles(self, words: str) -> list[str]:
        """Return what is looked for in turn: the words; without running lines pasted along; without marks put round."""
        own = "\n".join(line for line in words.splitlines() if fold(line).text not in self._running_texts)
        bare = fold(own).text
        for line in self._running_texts:
            if len(line) >= MIN_RUNNING_CHARS and line in bare:
                bare = fold(bare.replace(line, "")).text
        tries = [fold(words).text, bare]
        return [*dict.fromkeys(needle for needle in [*tries, *(ENDS.sub("", each) for each in tries)] if needle)]

    def _places_in(self, stream: FoldedText, needle: str, words: str) -> Iterator[Parts | None]:
        """Yield each place of folded words in parts, or None where they are cut out of something longer."""
        at, seen = stream.text.find(needle), 0
        while at >= 0:
            seen += 1
            if seen > MAX_PLACES:
                raise AmbiguousPlaceError(_("These words stand in very many places. Take more of them."))
            offsets = stream.offsets[at : at + len(needle)]
            beside = stream.offsets[at - 1 : at] if at else (), stream.offsets[at + len(needle) : at + len(needle) + 1]
            is_split = offsets[0] in beside[0] or offsets[-1] in beside[1]  # half of a ligature
            parts = self._parts(offsets, words)
            is_cut = is_split or cuts(self.text, parts[0][0], parts[-1][1])
            yield None if is_cut else parts
            at = stream.text.find(needle, at + 1)

    def _parts(self, offsets: Sequence[int], words: str) -> Parts:
        """Return the stretches of text of found characters, apart where a running line stands between two of them."""
        first, last = (bisect_right(self.running, (at, len(self.text))) for at in (offsets[0], offsets[-1]))
        between = self.running[max(0, first - 1) : last]
        own: Sequence[int] = [offset for offset in offsets if not touches(offset, offset + 1, between)]
        own, between = (own, between) if own else (offsets, [])  # who looks for a running line itself finds it
        bounds = [own[0]]
        for offset, following in pairwise(own):
            if following > offset + 1 and touches(offset + 1, following, between):
                bounds += [offset + 1 + (self.text[offset + 1] in "-‐\xad\ufffe"), following]
        bounds.append(own[-1] + 1)
        bounds[0], bounds[-1] = self._with_marks(bounds[0], bounds[-1], words.strip())
        return tuple(zip(bounds[::2], bounds[1::2], strict=True))

    def _with_marks(self, start: int, end: int, words: str) -> Span:
        """Take in what was folded away at the ends: an accent of the last letter, asterisks that were pasted."""
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1
        for _star in range(len(words) - len(words.lstrip("*"))):
            start -= self.text[start - 1 : start] == "*"
        for _star in range(len(words) - len(words.rstrip("*"))):
            end += self.text[end : end + 1] == "*"
        return start, end

    def _meant(self, places: list[Parts], after: str) -> Parts:
        given = fold(after).text
        shortly = [place for place in places if given in self._before(place[0][0])]
        meant = [place for place in shortly if given and self._before(place[0][0]).endswith(given)] or shortly
        if not meant:
            raise AmbiguousPlaceError(
                _("They do not follow these words. They stand at %s.") % "; ".join(self._named(places))
            )
        if len(meant) > 1:
            raise AmbiguousPlaceError(
                _("These words stand in %(number)s places: %(where)s. Say which one.")
                % {"number": len(meant), "where": "; ".join(self._named(meant))}
            )
        return meant[0]

    def _before(self, start: int) -> str:
        return fold(self.text[max(0, start - MAX_AFTER_CHARS) : start]).text

    def _named(self, places: list[Parts]) -> Iterator[str]:
        """Yield the first five places, each with its page and the words before it, and how many more there are."""
        for (start, end), *_rest in places[:5]:
            named = {"place": start, "before": context(self.text, start, end, self.private)[0][-25:]}
            if len(self.pages) > 1:
                named["page"] = self.page_of(start)
                yield _("%(place)s on page %(page)s after “%(before)s”") % named
            else:
                yield _("%(place)s after “%(before)s”") % named
        if len(places) > 5:
            yield _("and %s more") % (len(places) - 5)

    def page_of(self, offset: int) -> int:
        """Return the page on which an offset lies, counted from 1."""
        return bisect_right(self.pages, offset)


def cuts(text: str, start: int, end: int) -> bool:
    """Return whether an excerpt begins or ends inside a word or a number, also one that a line end divides."""
    if text[start].isalnum() and (text[start - 1 : start].isalnum() or _goes_on_before(text, start)):
        return True
    if text[end - 1].isalnum() and (text[end : end + 1].isalnum() or _goes_on_after(text, end)):
        return True
    return any(_cuts_number(text, edge, start, end) for edge in (start, end))


def _goes_on_before(text: str, start: int) -> bool:
    broken = BROKEN_BEFORE.search(text, max(0, start - MAX_BREAK_CHARS), start)
    return broken is not None and (text[start].islower() or not broken["dash"])


def _goes_on_after(text: str, end: int) -> bool:
    broken = BROKEN_AFTER.match(text, end)
    return broken is not None and (broken["letter"].islower() or not broken["dash"])


def _cuts_number(text: str, edge: int, start: int, end: int) -> bool:
    """Return whether the number at an edge reads otherwise in the excerpt: 84.500 of 684.500, 2,5 of 2,5 miliar."""
    left = max(0, edge - MAX_NUMBER_CHARS)
    for number in numbers_in(text[left : edge + MAX_NUMBER_CHARS]):
        if left + number.start < edge < left + number.end:
            near = max(start, edge - MAX_NUMBER_CHARS), min(end, edge + MAX_NUMBER_CHARS)
            span = left + number.start - near[0], left + number.end - near[0]
            own = [each for each in numbers_in(text[slice(*near)]) if touches(each.start, each.end, [span])]
            return not any({*number.readings} & {*each.readings} for each in own)
    return False
