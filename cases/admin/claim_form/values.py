"""What the fields of a claim may hold, by the selected words and their section. Driven by the registry of kinds."""

import re
from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.claim_kinds import ASPECTS, DETAILED, DetailedKind
from cases.claim_kinds.penalty import IN_MONEY, IN_MONTHS
from cases.publication.fairness import INSTRUMENTS
from sources.dates import PartialDate
from sources.models import Source

from .dates import date_in
from .kinds import ASKED_FOR, CHARGED, RULED, word_named, words_named
from .passage import Passage, Section
from .proposal import Origin, Value
from .sums import EACH, Stated, counts_in, sums_in, terms_in

AND = re.compile(r"\b(?:dan|serta|and)\b", re.IGNORECASE)
UNITS_OF_MONEY = {
    "IDR": ("rupiah", "rupiah"),
    "USD": ("dolar AS", "US dollars"),
    "SGD": ("dolar Singapura", "Singapore dollars"),
}


def values_of(passage: Passage, kind: str, section: Section | None, source: Source) -> Iterator[Value]:
    """Yield the values of the numbers, of the second word and of the dates of a claim of this kind."""
    if kind in DETAILED:
        yield from _numbers(passage, DETAILED[kind])
    if kind in ASPECTS and (named := word_named(passage, kind)):
        yield Value("aspect", named.trigger.word, Origin.QUOTATION, named.words)
    if kind == "stage":
        yield from _step(passage)
    elif _are_two_things(passage, kind):
        pass
    elif kind in DETAILED and (linked := DETAILED[kind].linked_field) and (named := word_named(passage, kind)):
        yield Value(linked, named.trigger.word, Origin.QUOTATION, named.words)
    yield from _dates(passage, kind, section, source)


def _step(passage: Passage) -> Iterator[Value]:
    """Yield the step of a proceeding. What stands in a demand was only asked for, whatever its words."""
    if passage.role in ASKED_FOR:
        yield Value("stage", "sentence_demanded", Origin.SECTION)
    elif passage.role in CHARGED:
        yield Value("stage", "charged", Origin.SECTION)
    elif named := word_named(passage, "stage"):
        yield Value("stage", named.trigger.word, Origin.QUOTATION, named.words)
        if named.trigger.outcome:
            yield Value("outcome", named.trigger.outcome, Origin.QUOTATION, named.words)


def _numbers(passage: Passage, kind: DetailedKind) -> Iterator[Value]:
    """Yield the one sum, count or term that the words state, where the kind has a field for it."""
    names = {field.name for field in kind.fields}
    money, terms = "amount" in names, "months" in names
    if kind.name == "penalty":
        money, terms = _of_penalty(passage)
    stated: Stated | None = None
    if _are_two_things(passage, kind.name):
        return
    if money and (stated := only_sum(passage, kind.name)):
        yield _number("amount", stated)
        yield from _currency(stated)
    elif terms and (stated := _only(terms_in(passage.words))):
        yield Value("months", stated.value, Origin.QUOTATION, stated.words, _("%s months") % stated.value)
    elif "percent" in names and (
        stated := _only([each for each in counts_in(passage.words) if each.unit_id == "persen"])
    ):
        if words_named(passage, kind.name) <= {"owns"}:
            yield _number("percent", stated)
        else:
            stated = None
    elif "value" in names and (stated := only_sum(passage, kind.name) or _only(counts_in(passage.words))):
        yield _number("value", stated)
        yield from _of_figure(stated)
    if stated and "as_stated" in names:
        yield Value("as_stated", stated.words, Origin.QUOTATION, stated.words)


def _of_penalty(passage: Passage) -> tuple[bool, bool]:
    """Return whether the one penalty that the words name is a sum, and whether a term; neither, if they name two."""
    named = words_named(passage, "penalty")
    has_sum, has_term = bool(sums_in(passage.words)), bool(terms_in(passage.words))
    if len(named) == 1:
        [word] = named
        return word in IN_MONEY and has_sum, word in IN_MONTHS and has_term
    return (has_sum, has_term) if not named and has_sum != has_term else (False, False)


def _are_two_things(passage: Passage, kind: str) -> bool:
    """Return whether a sum and what a word of the list calls a gift are joined by “and”: each is a claim of its own."""
    named, stated = word_named(passage, kind), sums_in(passage.words)
    if kind != "transfer" or not named or len(stated) != 1:
        return False
    at = sorted((passage.words.find(words), len(words)) for words in (named.words, stated[0].words))
    return bool(AND.search(passage.words[sum(at[0]) : at[1][0]]))


def only_sum(passage: Passage, kind: str) -> Stated | None:
    """Return the one sum of the words. A difference, or a bound, is no amount of a step or a payment."""
    found = sums_in(passage.words)
    if len(found) != 1 or not found[0].value or not found[0].agrees or EACH.search(passage.words):
        return None
    is_exact = found[0].bound in ("exact", "about") and not found[0].is_difference
    return found[0] if kind == "figure" or is_exact else None


def _only(found: list[Stated]) -> Stated | None:
    return found[0] if len(found) == 1 and found[0].value and found[0].agrees else None


def _number(field: str, stated: Stated) -> Value:
    """Return a number read back, and whether the source spells it alike."""
    read = stated.read_back((get_language() or "id")[:2])
    if stated.spelt:
        read = " · ".join((read, _("the source spells it alike: “%s”") % stated.spelt))
    return Value(field, stated.value, Origin.QUOTATION, stated.words, read)


def _currency(stated: Stated) -> Iterator[Value]:
    if stated.currency:
        yield Value("currency", stated.currency, Origin.QUOTATION, stated.words)


def _of_figure(stated: Stated) -> Iterator[Value]:
    unit_id, unit_en = UNITS_OF_MONEY.get(stated.currency, (stated.unit_id, stated.unit_en))
    yield Value("bound", stated.bound, Origin.QUOTATION, stated.words)
    if unit_id:
        yield Value("unit_id", unit_id, Origin.QUOTATION, stated.words)
        yield Value("unit_en", unit_en, Origin.QUOTATION, stated.words)


def _dates(passage: Passage, kind: str, section: Section | None, source: Source) -> Iterator[Value]:
    """Yield the date that the words state or, of what is done by saying it, the day on which it was said.

    The day of a ruling is filled for what the ruling itself decides, and never for what stands elsewhere in it.
    """
    if found := date_in(passage.words):
        start, end, words = found
        yield _date("start", start, Origin.QUOTATION, words)
        if end:
            yield _date("end", end, Origin.QUOTATION, words)
        yield Value("date_as_stated", words, Origin.QUOTATION, words)
        return
    is_act = kind in ("stage", "penalty") and passage.role in (*ASKED_FOR, *CHARGED, *RULED)
    if section and section.stated_on and (is_act or kind == "statement"):
        yield _date("start", PartialDate(section.stated_on), Origin.SECTION)
    elif is_act and passage.role in RULED and source.source_kind in INSTRUMENTS and source.published:
        yield _date("start", PartialDate(source.published), Origin.SOURCE)


def _date(field: str, date: PartialDate, origin: Origin, words: str = "") -> Value:
    return Value(field, str(date), origin, words, date.display())
