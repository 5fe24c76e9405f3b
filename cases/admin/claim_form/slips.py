"""What people get wrong, and the software notices: in the selected words, and in what is typed into the form.

What rules of publication and of quotations refuse is asked of them, so that both say the same.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from cases.publication.fairness import LEGAL_WORDS
from cases.publication.penalty_rules import DEMANDED, IMPOSED
from cases.search.analysis.tokens import tokenize
from cases.search.analysis.word_lists import is_negation, is_word_of_guilt
from cases.vocabularies import SectionRole, Standing
from sources.finding import cuts
from sources.intake import private_data
from sources.models import Source
from sources.numbers import numbers_in
from sources.quotes import MAX_EXCERPT_CHARS, QuoteError, excerpt_at

from .kinds import ASKED_FOR, CHARGED, words_named
from .passage import Passage, Section
from .proposal import Slip
from .slips_of_choices import hedge_in, hedges, is_hedged, slips_of_choices
from .standings import CRIMES, NOT_SAID_HERE
from .sums import sums_in, terms_in

DEMANDED_OR_IMPOSED = re.compile(f"{DEMANDED.pattern}|{IMPOSED.pattern}", re.IGNORECASE)
SPEAKERS = ("said_by_actor", "said_by_source", "speaker_id")


def slips_of_words(passage: Passage, kind: str) -> Iterator[Slip]:
    """Yield what is wrong with the choice of the words, whatever is typed into the form."""
    for start, end in passage.spans:
        try:
            excerpt_at(passage.text, start, end, passage.private)
        except QuoteError as error:
            yield Slip("", str(error), blocks=True)
        if cuts(passage.text, start, end):
            yield Slip("", _("The words begin or end inside a word or a number."))
        for found in private_data.propose(passage.text[start:end][: 2 * MAX_EXCERPT_CHARS]):
            yield Slip("", _("Private data may stand in these words (%s).") % found.reason, blocks=True)
    if passage.role in NOT_SAID_HERE:
        yield Slip("", _("These words stand beside the text: they are not the source's own."), blocks=True)
    if passage.role == SectionRole.HEADLINE:
        yield Slip("", _("A headline may say more than the text below it: quote the text."))
    if word := _turned_by(passage):
        yield Slip("statement_id", _("“%s” stands just before these words and changes what they say.") % word)
    yield from _slips_of_numbers(passage, kind)


def _turned_by(passage: Passage) -> str:
    """Return the negation or hedge that stands just before the words, in the same clause."""
    return next((word for word in passage.near_before if any(map(is_negation, tokenize(word))) or hedges(word)), "")


def _slips_of_numbers(passage: Passage, kind: str) -> Iterator[Slip]:
    sums = sums_in(passage.words)
    if len(sums) > 1:
        told = ", ".join(each.words for each in sums)
        yield Slip("amount", _("These words state several sums (%s): none is filled in. Choose one.") % told)
    for each in [*sums, *terms_in(passage.words)]:
        if not each.agrees:
            sentence = _("The figure “%(figure)s” and the words behind it do not agree.") % {"figure": each.words}
            yield Slip("amount", sentence)
    if kind == "penalty" and len(words_named(passage, kind)) > 1:
        yield Slip("kind", _("These words state several penalties: each is a claim of its own."))


def slips_of_form(
    passage: Passage,
    kind: str,
    values: Mapping[str, str],
    section: Section | None,
    source: Source,
    *,
    parts: Collection[str] = (),
    has_stage: bool = False,
) -> Iterator[Slip]:
    """Yield what is wrong with the values of a form, proposed or typed. `has_stage`: the record knows a step."""
    yield from _of_a_demand(passage, kind, values, section, source)
    yield from slips_of_choices(passage, kind, values, section, source)
    if not any(values.get(field) for field in SPEAKERS):
        yield Slip("said_by_actor", _("Somebody speaks in these words: say who."))
    if "accused" in parts and values.get("standing") == Standing.STATED:
        sentence = _("A claim with an accused party is alleged at most, unless it is read in the decision itself.")
        yield Slip("standing", sentence, blocks=True)
    for field in ("statement_id", "statement_en"):
        if sentence := values.get(field, ""):
            yield from _of_sentence(field, sentence, passage, kind, values, has_stage)


def _of_a_demand(
    passage: Passage, kind: str, values: Mapping[str, str], section: Section | None, source: Source
) -> Iterator[Slip]:
    only_asks = bool(DEMANDED.search(passage.words)) and not IMPOSED.search(passage.words)
    is_asked = passage.role in (*ASKED_FOR, *CHARGED) or _stands_in_a_demand(passage)
    if kind == "penalty" and (only_asks or is_asked):
        message = _("What was demanded is the step “sentence demanded”, and no penalty: a penalty is what was imposed.")
        yield Slip("kind", message, blocks=True)
    is_asked = passage.role in (*ASKED_FOR, *CHARGED)
    start = values.get("start", "")
    said_on = section.stated_on if section else ""
    if is_asked and start and start == source.published != said_on:
        yield Slip("start", _("This is the day of the ruling. What the prosecution asked for has a day of its own."))


def _stands_in_a_demand(passage: Passage) -> bool:
    """Return whether the sentence or the column in which the words stand tells of what was asked for."""
    before = [DEMANDED.search(each[0]) for each in DEMANDED_OR_IMPOSED.finditer(passage.before)]
    return bool(before and before[-1] and not IMPOSED.search(passage.words)) or bool(DEMANDED.search(passage.column))


def _of_sentence(
    field: str, sentence: str, passage: Passage, kind: str, values: Mapping[str, str], has_stage: bool
) -> Iterator[Slip]:
    """Yield what a sentence says that the words do not: numbers, guilt; and a hedge of theirs that it leaves out."""
    stated = {reading for number in numbers_in(passage.words) for reading in number.readings}
    stated |= {value for name, value in values.items() if name in ("amount", "value", "months", "quantity", "percent")}
    for number in numbers_in(sentence):
        if (
            stated.isdisjoint(number.readings)
            and number.text not in passage.words
            and not _is_dated(number.text, values)
        ):
            yield Slip(field, _("“%s” stands in the sentence, and not in the selected words.") % number.text)
    if values.get("standing") != Standing.DECIDED and (hedge := hedge_in(passage)) and not is_hedged(sentence):
        yield Slip(field, _("“%s” stands in the words, and the sentence says it flatly.") % hedge)
    for found in private_data.propose(sentence):
        yield Slip(field, _("Private data may stand in the sentence (%s).") % found.reason, blocks=True)
    if not has_stage and kind != "stage" and (word := _word_of_guilt(sentence)):
        yield Slip(field, _("“%s” calls somebody guilty: it needs a dated legal stage of the same person.") % word)


def _word_of_guilt(sentence: str) -> str:
    if found := LEGAL_WORDS.search(sentence) or CRIMES.search(sentence):
        return found[0]
    return next((word for word in tokenize(sentence) if is_word_of_guilt(word)), "")


def _is_dated(number: str, values: Mapping[str, str]) -> bool:
    """Return whether a number is a part of a date of the form."""
    parts = {part.lstrip("0") for name in ("start", "end") for part in values.get(name, "").split("-")}
    return number.lstrip("0") in parts
