"""Who stands in a claim, and as what: those whom the words name, their part only where the kind leaves no choice."""

import re
from collections.abc import Iterable, Sequence

from cases.claim_kinds import REGISTRY
from cases.vocabularies import Part, Tie

from .kinds import RULED, words_named
from .passage import NameInSource, Passage, Section
from .people import Mention
from .proposal import Origin, ProposedParty

TRIED = re.compile(r"(?:terdakwa|tersangka|terpidana|defendant|suspect)$", re.IGNORECASE)
KIN = (Tie.SPOUSE_OF, Tie.SIBLING_OF, Tie.PARENT_OF, Tie.IN_LAW_OF, Tie.RELATIVE_OF)
MAX_STATED_CHARS = 200


def parties_of(
    passage: Passage, kind: str, mentions: Sequence[Mention], section: Section | None, names: Iterable[NameInSource]
) -> tuple[ProposedParty, ...]:
    """Return everybody once, in the order of the words; then whom the section alone tells of."""
    parts = _parts(passage, kind, mentions)
    found: dict[object, ProposedParty] = {}
    for each in mentions:
        if each.is_actor or not each.who:
            key = each.who.pk if each.who else each.words.casefold()
            if key not in found or (parts.get(each) and not found[key].part):
                found[key] = _party(each, parts.get(each, ""))
    parties = list(found.values())
    if kind in ("penalty", "stage") and passage.role in RULED:
        parties += _of_ruling(parties, section, list(names))
    return tuple(parties)


def _party(mention: Mention, part: str) -> ProposedParty:
    who = mention.who
    words = mention.words[:MAX_STATED_CHARS]
    title = str(who) if who else ""
    return ProposedParty(part, who.pk if who else None, title, mention.about, words, mention.origin, mention.namesakes)


def _parts(passage: Passage, kind: str, mentions: Sequence[Mention]) -> dict[Mention, str]:
    """Return the parts that the kind and the words leave no choice about. Nobody is ever proposed as accused."""
    people = _once(each for each in mentions if each.is_person)
    others = _once(each for each in mentions if each.is_actor and not each.is_person)
    if kind in ("penalty", "stage"):
        tried = [each for each in mentions if each.who and _is_tried(passage, each)]
        return dict.fromkeys(tried, Part.DEFENDANT) if len(_once(tried)) == 1 else {}
    if kind == "tie":
        return _of_tie(words_named(passage, kind), people, others)
    if kind == "contract" and words_named(passage, kind) <= {"offer", "corrected_offer"}:
        is_offer = bool(words_named(passage, kind)) and len(others) == 1 and not people
        return {others[0]: Part.BIDDER} if is_offer else {}
    if len(REGISTRY[kind].parts) == 1:
        return {each: REGISTRY[kind].parts[0] for each in mentions if each.is_actor}
    return {}


def _once(mentions: Iterable[Mention]) -> list[Mention]:
    return list({each.who.pk: each for each in mentions if each.who}.values())


def _is_tried(passage: Passage, mention: Mention) -> bool:
    return bool(TRIED.search(mention.words) or TRIED.search(passage.words[: mention.start].rstrip()))


def _of_tie(named: set[str], people: Sequence[Mention], others: Sequence[Mention]) -> dict[Mention, str]:
    if len(named) == 1 and named <= {*KIN}:
        return dict.fromkeys(people, Part.RELATIVE) if len(people) == 2 and named != {Tie.PARENT_OF} else {}
    if len(people) != 1 or len(others) != 1:
        return {}
    pairs = {Tie.HOLDS_OFFICE.value: (Part.HOLDER, Part.BODY)}
    part = pairs.get(next(iter(named), "")) if len(named) == 1 else None
    return {people[0]: part[0], others[0]: part[1]} if part else {}


def _of_ruling(
    found: Sequence[ProposedParty], section: Section | None, names: Sequence[NameInSource]
) -> list[ProposedParty]:
    """Return the one defendant of the source and its court, of whom the words themselves need not tell."""
    parties = []
    tried = [name for name in names if TRIED.search(name.words)]
    if len({name.who.pk for name in tried}) == 1 and not any(each.part == Part.DEFENDANT for each in found):
        who = tried[0].who
        if not any(each.who == who.pk for each in found):
            parties.append(ProposedParty(Part.DEFENDANT, who.pk, str(who), "", "", Origin.SECTION))
    if section and (court := section.said_by_actor):
        parties.append(ProposedParty(Part.AUTHORITY, court.pk, str(court), "", "", Origin.SECTION))
    return parties
