"""What stands in one cell, or in one line of a note, where it is more than a value: conflicts, unknowns, parties."""

from collections.abc import Iterable

from cases.documents.claims import PublishedParty
from cases.documents.evidence import PublishedConflict, PublishedUnknown
from sources.json_fields import LanguageMap


def join_texts(texts: Iterable[str]) -> str:
    """Return several things in one cell."""
    return " | ".join(texts)


def conflict_text(conflict: PublishedConflict, language: str) -> str:
    """Return what disagrees, the value of each side, and the explanation: `date: 2019 ≠ 2020 (slip: …)`."""
    sides = " ≠ ".join(side.value for side in conflict.sides)
    return f"{conflict.property}: {sides} ({conflict.kind}{_explanation(conflict.explanation, language)})"


def unknown_text(unknown: PublishedUnknown, language: str) -> str:
    """Return what is unknown, why, and the note: `end (not_in_source: …)`."""
    return f"{unknown.property} ({unknown.reason}{_explanation(unknown.note, language)})"


def _explanation(explanation: LanguageMap | None, language: str) -> str:
    text = explanation.choose(language) if explanation else ""
    return f": {text}" if text else ""


def party_text(party: PublishedParty) -> str:
    """Return `patron: Budi (“aktor penyedia”)`: an actor by its title, with the source's own word for it where there is
    one; `payer: calon klien`: a side that nobody names as the source puts it.
    """
    who, word = party.who.title.id if party.who else None, party.as_stated
    return f"{party.part}: {f'{who} (“{word}”)' if who and word else who or word or 'not named'}"
