"""What the desk proposes for a claim on selected words of a copy: all of it is for a curator to read and to change."""

from collections.abc import Iterable, Sequence

from cases.models import Subject
from sources.captures import pages_of, text_of
from sources.finding import Finder
from sources.models import Capture
from sources.quotes import Span

from .duplicates import claims_near, duplicates_of
from .kinds import kinds_of
from .parties import parties_of
from .passage import NameInSource, Passage, Section
from .people import mentions_in
from .proposal import Proposal
from .sentences import says_as_much, sentence_of
from .slips import slips_of_form, slips_of_words
from .standings import speaker_of, standing_of
from .values import values_of

# Where nothing tells: of words, and of a bare number
FALLBACK = ("statement", "figure")


def propose(
    capture: Capture,
    spans: Sequence[Span],
    *,
    kind: str = "",
    subject: Subject | None = None,
    section: Section | None = None,
    names: Iterable[NameInSource] = (),
) -> Proposal:
    """Return what may be claimed by the words of these spans: of this kind, or else of the one that fits best.

    `section` is that in which the words stand, `names` are those of the source. A number of queries that does not
    depend on how much the words hold. Raises WrongTextError as `text_of` does.
    """
    passage = Passage(text_of(capture) or "", tuple(spans), capture.private, section.role if section else "")
    kinds, names, source = kinds_of(passage), list(names), capture.source
    kind = kind or (kinds[0] if kinds else FALLBACK[passage.is_bare])
    mentions = mentions_in(passage, names)
    people = list(dict.fromkeys(each.who.pk for each in mentions if each.who and each.is_actor))
    near = claims_near(kind, subject, people, capture, spans)
    values = [
        *values_of(passage, kind, section, source),
        standing_of(passage, kind, source),
        *speaker_of(passage, mentions, section, source),
    ]
    by_field = {value.field: value for value in values}
    has_stage = any(claim.kind == "stage" for claim in near)
    sentence = sentence_of(passage, mentions, source) if says_as_much(passage, by_field, has_stage) else ""
    typed = {name: value.value for name, value in by_field.items()} | {"statement_id": sentence}
    slips = [*slips_of_words(passage, kind), *slips_of_form(passage, kind, typed, section, source, has_stage=has_stage)]
    return Proposal(
        passage.spans,
        kinds,
        kind,
        tuple(values),
        parties_of(passage, kind, mentions, section, names),
        *locators(capture, passage.text, passage.spans),
        sentence,
        duplicates_of(near, kind, by_field, people),
        tuple(dict.fromkeys(slips)),
    )


def locators(capture: Capture, text: str, spans: Sequence[Span]) -> tuple[str, str]:
    """Return the pages on which the words stand, in both languages; nothing of a text without pages."""
    pages = pages_of(capture, text)
    if len(pages) < 2:
        return "", ""
    finder = Finder(text, (), pages)
    first, last = finder.page_of(spans[0][0]), finder.page_of(spans[-1][1] - 1)
    return (f"hlm. {first}", f"p. {first}") if first == last else (f"hlm. {first}–{last}", f"pp. {first}–{last}")
