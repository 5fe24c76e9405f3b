"""Which sentences of a document no excerpt touches, and why; and what is quoted for a claim and told in no sentence.

The reasons stand in `fixtures/coverage/<source>.yaml`: regions of the text, `from`–`to` in code points, each with a
word of LeftOut. What is neither touched nor inside a region is unexplained.
"""

import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import gettext_lazy as _

from cases.claim_kinds import DETAILED
from cases.models import Claim
from cases.vocabularies import Relation
from sources.models import Excerpt
from sources.quotes import Span, touches
from sources.vocabularies import Vocabulary

# A line, or a part of one that ends like a sentence
SENTENCE = re.compile(r"\S[^\n]*?(?:[.!?;:](?=[”\"’)]*(?:\s|$))[”\"’)]*|(?=\n|$))")


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Words with capitals that do not begin a sentence, as far as they go
NAME = re.compile(r"(?<![.!?:;]\s)(?<!^)(?<![\w“\"(])[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")


# What `told_by` reads
TOLD_BY = (
    "subject__aliases",
    "parties__who__aliases",
    "places__aliases",
    "said_by_actor__aliases",
    "said_by_source",
    "relays__source",
    *DETAILED,
)


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


def untold(quoted: str, told: str) -> list[str]:
    """Return the numbers and names of a quote that stand nowhere in what is told, each once; digits count, not dots."""
    digits = {re.sub(r"\D", "", number) for number in NUMBER.findall(told)}
    words = set(re.findall(r"\w+", told.casefold()))
    numbers = [number for number in NUMBER.findall(quoted) if re.sub(r"\D", "", number) not in digits]
    names = [name for name in NAME.findall(quoted) if not words >= set(re.findall(r"\w+", name.casefold()))]
    return list(dict.fromkeys([*numbers, *names]))


def untold_facts() -> Iterator[tuple[Excerpt, list[str]]]:
    """Yield each excerpt that supports claims of which none tells some of its numbers or names, and these."""
    claims = Claim.objects.filter(citations__relation=Relation.SUPPORTS).distinct()
    told: dict[uuid.UUID, str] = defaultdict(str)
    excerpts: dict[uuid.UUID, Excerpt] = {}
    for claim in claims.prefetch_related("citations__excerpt__capture__source", *TOLD_BY):
        for citation in claim.citations.all():
            if citation.relation == Relation.SUPPORTS:
                excerpts[citation.excerpt_id] = citation.excerpt
                told[citation.excerpt_id] += f" {told_by(claim)}"
    for key, excerpt in sorted(excerpts.items(), key=lambda pair: (pair[1].capture.source.slug, pair[1].start)):
        if facts := untold(excerpt.exact, told[key]):
            yield excerpt, facts


def told_by(claim: Claim) -> str:
    """Return all that a reader is told by a claim: its sentence, numbers and dates, and whom and what it names."""
    subjects = [party.who for party in claim.parties.all() if party.who] + [*claim.places.all(), claim.said_by_actor]
    works = [relay.source for relay in claim.relays.all()] + [claim.said_by_source]
    parts: list[object] = [claim.statement_id, claim.statement_en, claim.start, claim.end, claim.date_as_stated]
    parts += [claim.speaker_id, claim.speaker_en, *(party.as_stated for party in claim.parties.all())]
    for subject in [claim.subject, *filter(None, subjects)]:
        parts += [subject.title_id, subject.title_en, *(alias.name for alias in subject.aliases.all())]
    for work in filter(None, works):
        parts += [work.display_title, work.authors, work.published]
    if claim.detail is not None:
        parts += [getattr(claim.detail, column) for each in DETAILED[claim.kind].fields for column in each.columns]
    return " ".join(str(part) for part in parts if part)
