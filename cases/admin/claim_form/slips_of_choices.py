"""What is chosen in a form against what the words, and the part of the source in which they stand, say."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cases.claim_kinds import DETAILED
from cases.claim_kinds.stage import Outcome, StageWord
from cases.models import Subject
from cases.search.analysis.word_lists import stopwords
from cases.vocabularies import ActorKind, Part, Standing, SubjectKind
from sources.models import Source
from sources.numbers import numbers_in
from sources.quotes import occurrences
from sources.vocabularies import SourceKind

from .kinds import ASKED_FOR, CHARGED, word_named
from .passage import SENTENCE_END, NameInSource, Passage, Section, one_line
from .proposal import Slip
from .standings import ALLEGED, POSSIBLE, standing_of

STRENGTH = {standing: strength for strength, standing in enumerate(Standing)}
COUNTED_ONCE = ("transfer", "penalty", "contract")
TOTAL = re.compile(r"\b(?:seluruhnya|keseluruhan|totalnya|total|in all|in total|altogether)\b", re.IGNORECASE)
REST = re.compile(r"\b(?:sisa|sisanya|remainder|remaining)\b", re.IGNORECASE)
PROVEN = r"(?:terbukti|proven?|guilty)"
NOT_PROVEN = re.compile(
    rf"\b(?:tidak|belum|not)(?:\s\w+){{0,2}}\s{PROVEN}\b|\b(?:di|mem)bebaskan\b|\bacquitted\b", re.IGNORECASE
)
IS_PROVEN = re.compile(rf"\b{PROVEN}\b", re.IGNORECASE)
WITNESS = re.compile(r"\b(?:saksi|witness(?:es)?)\b", re.IGNORECASE)
ATTRIBUTED = re.compile(
    r"\b(?:menurut|menulis|menyatakan|mengatakan|menuduh|menyangka|according to|writes?|sa(?:id|ys)|accuses?)\b",
    re.IGNORECASE,
)
RULINGS = (StageWord.VERDICT, StageWord.APPEAL, StageWord.CASSATION, StageWord.REVIEW)
# On pages of the web: what begins a line that is not of the article, and what stands above many such
BESIDE_LINE = re.compile(
    r"\W*(?:baca juga|lihat juga|simak juga|terkini|advertisement|iklan|bagikan|read also)\b", re.IGNORECASE
)
BESIDE_HEAD = re.compile(
    r"^\W*(?:komentar(?:\s\(\d+\))?|berita terkait|terpopuler|rekomendasi untuk anda|comments|related)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
ON_THE_WEB = (SourceKind.NEWS, SourceKind.WEB_PAGE, SourceKind.SOCIAL_MEDIA)
MAX_SENTENCE_CHARS = 400


def hedges(words: str) -> bool:
    return bool(POSSIBLE.search(words) or ALLEGED.search(words))


def hedge_in(passage: Passage) -> str:
    found = POSSIBLE.search(passage.words) or ALLEGED.search(passage.words)
    return found[0] if found else ""


def is_hedged(sentence: str) -> bool:
    """Return whether a sentence hedges, or says who says it."""
    return hedges(sentence) or bool(ATTRIBUTED.search(sentence))


def slips_of_choices(
    passage: Passage, kind: str, values: Mapping[str, str], section: Section | None, source: Source
) -> Iterator[Slip]:
    if source.source_kind in ON_THE_WEB and not passage.role:
        yield from _of_place(passage, source)
    yield from _of_standing(passage, kind, values, source)
    yield from _of_speaker(values, section)
    yield from _of_word(passage, kind, values)
    if kind == "stage" and values.get("stage") in RULINGS:
        yield from _of_ruling(passage, values)
    if kind in COUNTED_ONCE:
        yield from _of_sum(passage, values)
    if kind in ("transfer", "event"):
        yield from _not_proven_elsewhere(passage)


def _of_place(passage: Passage, source: Source) -> Iterator[Slip]:
    """Yield that the words of an article for which no parts are set seem to be its headline, or none of its own."""
    if passage.words.casefold() in source.title.casefold():
        yield Slip("", _("A headline may say more than the text below it: quote the text."))
    start, _end = passage.spans[0]
    line = passage.text[:start].rpartition("\n")[2] + passage.words
    heads = [*BESIDE_HEAD.finditer(passage.text, 0, start)]
    if found := BESIDE_LINE.match(line) or (heads[-1] if heads else None):
        message = _("These words seem to stand beside the article, at “%s”: its own words are quoted, no others.")
        yield Slip("", message % found[0].strip(" \n[:"))


def _of_standing(passage: Passage, kind: str, values: Mapping[str, str], source: Source) -> Iterator[Slip]:
    """Yield that the form says more firmly what a word of the source hedges."""
    said, chosen = standing_of(passage, kind, source), values.get("standing", "")
    if said.words and chosen and kind != "statement" and STRENGTH[Standing(chosen)] > STRENGTH[Standing(said.value)]:
        yield Slip("standing", _("“%s” stands with these words: of two strengths, the weaker stands.") % said.words)


def _of_speaker(values: Mapping[str, str], section: Section | None) -> Iterator[Slip]:
    """Yield that somebody else speaks in this part of the source than the form says."""
    if section is None or not (section.said_by_actor or section.speaker_id):
        return
    told = str(section.said_by_actor.pk) if section.said_by_actor else section.speaker_id
    named = [value for name in ("said_by_actor", "speaker_id", "said_by_source") if (value := values.get(name, ""))]
    if named and told not in named:
        who = section.said_by_actor or section.speaker_id
        yield Slip("said_by_actor", _("In this part of the source speaks “%s”; the form says somebody else.") % who)


def _of_word(passage: Passage, kind: str, values: Mapping[str, str]) -> Iterator[Slip]:
    """Yield that the words, or the table around a bare number, name another word of the kind's list."""
    linked = DETAILED[kind].linked_field if kind in DETAILED else ""
    chosen = values.get(linked, "") if linked else ""
    if not chosen or (kind == "stage" and passage.role in (*ASKED_FOR, *CHARGED)):
        return
    around = f"{passage.label} {passage.column}"
    named = word_named(Passage(around, ((0, len(around)),)) if passage.is_bare else passage, kind)
    if named and named.trigger.word != chosen:
        [field] = [field for field in DETAILED[kind].fields if field.name == linked]
        label = dict(field.vocabulary.choices).get(chosen, chosen) if field.vocabulary else chosen
        yield Slip(linked, _("The source says “%(words)s”; the form says “%(chosen)s”.") % {
            "words": named.words, "chosen": label})  # fmt: skip


def _of_ruling(passage: Passage, values: Mapping[str, str]) -> Iterator[Slip]:
    """Yield that an outcome has no charge, or is not that of the words."""
    near = f"{' '.join(passage.near_before)} {passage.words}"
    says_not = NOT_PROVEN.search(near)
    if values.get("outcome") == Outcome.CONVICTED and says_not and not IS_PROVEN.search(NOT_PROVEN.sub("", near)):
        yield Slip("outcome", _("“%s” stands in the words, and the form says convicted.") % says_not[0], blocks=True)
    is_first = values.get("stage") == StageWord.VERDICT and values.get("outcome")
    if is_first and not values.get("charge"):
        yield Slip("charge", _("Say of which charge: one ruling may convict of one and acquit of another."))


def _of_sum(passage: Passage, values: Mapping[str, str]) -> Iterator[Slip]:
    if not values.get("amount"):
        return
    if found := TOTAL.search(passage.words):
        message = _("“%s”: a sum of several payments is a figure. Beside them it would count the same money twice.")
        yield Slip("amount", message % found[0])
    if found := REST.search(passage.words):
        yield Slip("amount", _("“%s”: a part of another sum is a figure, and no second sum.") % found[0])


def _not_proven_elsewhere(passage: Passage) -> Iterator[Slip]:
    """Yield that the same source holds a number of the words not proven, in another place."""
    [start, _end] = passage.spans[0]
    for number in numbers_in(passage.words):
        for at, end in occurrences(passage.text, number.text) if number.currency else ():
            near = SENTENCE_END.split(passage.text[end : end + MAX_SENTENCE_CHARS])[0]
            if at != start and (found := NOT_PROVEN.search(one_line(near))):
                message = _("This source says of “%(sum)s” in another place: “%(words)s”. Claim that too.")
                yield Slip("", message % {"sum": number.text, "words": found[0]})
                return


def slips_of_parties(
    passage: Passage, kind: str, parties: Sequence[tuple[str, Subject]], names: Iterable[NameInSource]
) -> Iterator[Slip]:
    """Yield who is accused by words that accuse nobody, and whom initials are taken to mean."""
    accused = [who for part, who in parties if part == Part.ACCUSED]
    if accused and kind == "tie":
        message = _("An office, a share or kinship is no act: nobody is accused by it.")
        yield Slip("party", message, blocks=True)
    elif accused and (found := WITNESS.search(passage.words)):
        yield Slip("party", _("“%s” stands in the words: whoever is heard as a witness is not accused.") % found[0])
    joined = {name.who.pk for name in names}
    for who in dict.fromkeys(who for _part, who in parties if who.kind == SubjectKind.ACTOR and who.pk not in joined):
        if (letters := _initials(who)) and re.search(rf"\b{letters}\b", passage.words):
            message = _("“%(letters)s” are initials: that they mean %(who)s is for this source's names to say.")
            yield Slip("party", message % {"letters": letters, "who": who})


def _initials(who: Subject) -> str:
    """Return the initials of a person or firm; empty of a body, which is known by its acronym, and of one word."""
    actor: Any = who.specific
    if actor.actor_kind not in (ActorKind.PERSON, ActorKind.COMPANY):
        return ""
    words = re.findall(r"[^\W\d_]+", who.title_id)
    letters = [word[0] for word in words if word[0].isupper() and word.casefold() not in stopwords().names]
    return "".join(letters) if len(letters) > 1 else ""
