"""Which sentences of a document no excerpt touches, and why they were left out.

The reasons stand in `fixtures/coverage/<source>.yaml`: regions of the text, `from`–`to` in code points, each with a
word of LeftOut. What is neither touched nor inside a region is unexplained.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import gettext_lazy as _

from sources.quotes import Span, touches
from sources.vocabularies import Vocabulary

# A line, or a part of one that ends like a sentence
SENTENCE = re.compile(r"\S[^\n]*?(?:[.!?;:](?=[”\"’)]*(?:\s|$))[”\"’)]*|(?=\n|$))")


class LeftOut(Vocabulary):
    """Why a sentence has no place in the record."""

    FRONT_MATTER = "front_matter", "titles, headings, questions, outlines, thanks", _("front matter")
    THEORY = "theory", "definitions and general reasoning, true of no place in particular", _("theory")
    FOREIGN = "foreign", "illustrations from other countries", _("foreign illustration")
    BIBLIOGRAPHY = "bibliography", "lists of references", _("bibliography")


@dataclass(frozen=True)
class TextSentence:
    start: int
    end: int
    text: str


@dataclass
class Report:
    """One document: how many sentences, how many an excerpt touches, why others were left out, what is unexplained."""

    source: str
    sentences: int
    touched: int
    left_out: Counter[str]
    unexplained: list[TextSentence]


def sentences(text: str) -> list[TextSentence]:
    """Return the sentences of a text with their offsets; only those that hold a letter."""
    found = []
    for match in SENTENCE.finditer(text):
        words = match.group().strip()
        if re.search(r"[^\W\d_]{2}", words):
            found.append(TextSentence(match.start(), match.end(), words))
    return found


def left_out(path: Path) -> list[tuple[Span, str]]:
    """Return the regions of one file. Raises ValueError, naming the row, when a row is not understood."""
    if not path.is_file():
        return []
    regions = []
    for number, row in enumerate(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader), start=1):  # noqa: S506
        try:
            span, why = (int(row["from"]), int(row["to"])), LeftOut(row["why"])
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}, row {number}: {error}") from error
        regions.append((span, str(why)))
    return regions


def coverage(source: str, text: str, excerpts: list[Span], regions: list[tuple[Span, str]]) -> Report:
    report = Report(source, 0, 0, Counter(), [])
    for sentence in sentences(text):
        report.sentences += 1
        if touches(sentence.start, sentence.end, excerpts):
            report.touched += 1
        elif why := next((why for (a, b), why in regions if a <= sentence.start and sentence.end <= b), None):
            report.left_out[why] += 1
        else:
            report.unexplained.append(sentence)
    return report
