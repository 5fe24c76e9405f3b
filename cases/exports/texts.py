"""Texts about a claim, each for one cell or line: what disagrees, what is unknown, who stands in it, who replied.

Cells of tables hold the words of closed lists as they are stored; lines for readers hold their labels.
"""

from functools import lru_cache

from django.utils.translation import override

from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim, PublishedParty
from cases.documents.evidence import PublishedConflict, PublishedResponse, PublishedUnknown
from cases.vocabularies import ConflictFamily, NotAskedBecause, ReplyState
from sources.json_fields import LanguageMap
from sources.vocabularies import Vocabulary

from .columns import join_texts

DENIED_BY = {"id": "Dibantah oleh", "en": "Denied by"}


@lru_cache(maxsize=256)
def label(vocabulary: type[Vocabulary], word: str, language: str) -> str:
    """Return what readers are told for a word of a closed list; one of a later list stands as it is."""
    with override(language):
        return str(vocabulary(word).label) if word in vocabulary.values else word


def readings(conflict: PublishedConflict, document: DocumentBase, language: str) -> str:
    """Return what each side says: `2019 ≠ 2020`; of names that we read as one, `ICON+ = Icon Plus`.

    An amount on which sides differ keeps the currency on which they do not: `IDR 2 ≠ 2.5`.
    """
    claim = document.claims_by_id.get(conflict.claim or "")
    is_amount = conflict.property.rsplit(".", 1)[-1] == "amount"
    currency = claim.money[0] if claim and is_amount else None
    sign = " = " if conflict.family == ConflictFamily.IDENTITY else " ≠ "
    return (f"{currency} " if currency else "") + sign.join(side.reads(language) for side in conflict.sides)


def conflict_text(conflict: PublishedConflict, document: DocumentBase, language: str) -> str:
    """Return what disagrees, its sides, and the explanation: `date: 2019 ≠ 2020 (inconsistent, slip: …)`."""
    reason = f"{conflict.family}, {conflict.kind}{_explanation(conflict.explanation, language)}"
    return f"{conflict.property}: {readings(conflict, document, language)} ({reason})"


def unknown_text(unknown: PublishedUnknown, language: str) -> str:
    """Return what is unknown, why, and the note: `end (not_in_source)`, `charge (searched_not_found 2026-10-01: …)`."""
    reason = f"{unknown.reason} {unknown.searched_on}" if unknown.searched_on else unknown.reason
    return f"{unknown.property} ({reason}{_explanation(unknown.note, language)})"


def _explanation(explanation: LanguageMap | None, language: str) -> str:
    text = explanation.choose(language) if explanation else ""
    return f": {text}" if text else ""


def party_text(party: PublishedParty) -> str:
    """Return the part, the actor's title and the source's own word for it: `patron: Budi (“aktor penyedia”)`."""
    who, word = party.who.title.id if party.who else None, party.as_stated
    return f"{party.part}: {f'{who} (“{word}”)' if who and word else who or word or 'not named'}"


def reply_text(reply: PublishedResponse, language: str) -> str:
    """Return the state of a reply and what is known of it: `asked (asked 2026-10-01; deadline 2026-10-15)`."""
    days = [(name, getattr(reply, name)) for name in ("asked", "deadline", "answered")]
    known = [reply.not_asked_because, *(f"{name} {day}" for name, day in days if day), "denies" if reply.denies else ""]
    return _with_details(reply.state, [*known, reply.note.choose(language) if reply.note else ""])


def replies_text(document: DocumentBase, language: str, *claims: PublishedClaim) -> str:
    """Return the reply of everyone who has a right to one: `Budi: not_asked | PT Misal: answered (…)`."""
    replies = [reply for claim in claims for reply in document.replies_to(claim).values()]
    texts = (f"{reply.who.title.choose(language)}: {reply_text(reply, language)}" for reply in replies)
    return join_texts(dict.fromkeys(texts))


def disagreements(
    claim: PublishedClaim, document: DocumentBase, language: str, *, explained: bool = False
) -> list[str]:
    """Return for readers who denies a claim, and what its sides say, each behind the label of its family."""
    names = ", ".join(denial.who.title.choose(language) for denial in document.denials_of(claim))
    denied = [f"{DENIED_BY[language]} {names}"] if names else []
    return denied + [
        f"{_capitalized(label(ConflictFamily, conflict.family, language))}: {readings(conflict, document, language)}"
        + (f" ({conflict.explanation.choose(language)})" if explained else "")
        for conflict in document.conflicts_of(claim)
    ]


def replies_told(claim: PublishedClaim, document: DocumentBase, language: str) -> list[str]:
    """Return for readers whether each who has a right of reply was asked, and what came of it."""
    return [
        f"{reply.who.title.choose(language)}: "
        + _with_details(
            label(ReplyState, reply.state, language),
            [
                label(NotAskedBecause, reply.not_asked_because, language) if reply.not_asked_because else "",
                reply.answered or reply.deadline or reply.asked or "",
                reply.note.choose(language) if reply.note else "",
            ],
        )
        for reply in document.replies_to(claim).values()
    ]


def _with_details(text: str, details: list[str | None]) -> str:
    known = "; ".join(filter(None, details))
    return f"{text} ({known})" if known else text


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
