"""What the card of a record or a claim says: one statement, never a name without one."""

from cases.documents.base import DocumentBase
from cases.documents.types import SubjectDocument
from cases.public.labels import word
from cases.public.language_urls import page_language
from cases.public.presenters.claim_view import ClaimView

from .drawing import CardText


def card_of_record(document: DocumentBase) -> CardText | None:
    """Return the card of a record by its headline; None where it has no statement of its own to lead with."""
    leads = document.lead_claims if isinstance(document, SubjectDocument) else ()
    return card_of_claim(ClaimView(leads[0], document)) if leads else None


def card_of_claim(view: ClaimView) -> CardText:
    document, quote = view.document, view.first_quote.excerpt.exact
    kind = word(document.kind, "kind")
    voices = ", ".join(f"{voice.before} {voice.name}" for voice in view.speaker.voices)
    caveats = "; ".join(view.caveats)
    return CardText(
        crumb=f"{kind[:1].upper()}{kind[1:]} · {document.titles.choose(page_language())}",
        steps=tuple(view.steps_before),
        statement=view.claim.statement.choose(page_language()),
        quote=f"“{quote}”",
        standing=view.claim.standing,
        mark=view.standing,
        speaker=voices,
        caveats=f"{caveats[:1].upper()}{caveats[1:]}",
    )
