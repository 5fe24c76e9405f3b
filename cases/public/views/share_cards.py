"""Pictures of shared links. The address carries the version: that of an earlier one shows no statement any more."""

from functools import cache

from django.http import HttpRequest, HttpResponse

from cases.public.language_urls import page_language
from cases.public.page_view import page_view
from cases.public.presenters.claim_view import ClaimView
from cases.public.presenters.unlisted import is_unlisted
from cases.public.share_card.card_files import card
from cases.public.share_card.card_text import card_of_claim, card_of_record
from cases.public.share_card.drawing import draw_neutral_card
from cases.record.lookup import find_claim, find_document, find_version, was_in_record
from cases.record.stored_document import MovedError, NotInRecordError, RedactedError, WithdrawnError

YEAR_SECONDS = 365 * 24 * 60 * 60


@page_view(of_the_record=False)
def record_card(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    """Return the card of a record in one version. Raises NotInRecordError where there never was such a version."""
    try:
        found = find_document(kind, slug)
    except (MovedError, WithdrawnError, RedactedError):
        return _neutral()
    document = found.document
    if document.version.number != number:
        find_version(kind, slug, number)
        return _neutral()
    text = None if is_unlisted(document) else card_of_record(document)
    return _answer(card(text, found.revision, document.id), f"public, max-age={YEAR_SECONDS}, immutable")


@page_view(of_the_record=False)
def claim_card(request: HttpRequest, claim_id: str, number: int) -> HttpResponse:
    """Return the card of a claim in one version of its document."""
    try:
        claim, found = find_claim(claim_id)
    except (WithdrawnError, NotInRecordError):
        if was_in_record("claim", claim_id):
            return _neutral()
        raise
    if found.document.version.number != number:
        return _neutral()
    text = card_of_claim(ClaimView(claim, found.document))
    return _answer(card(text, found.revision, claim.id), f"public, max-age={YEAR_SECONDS}, immutable")


def _neutral() -> HttpResponse:
    return _answer(_neutral_card(page_language()), "public, max-age=3600")


@cache
def _neutral_card(_language: str) -> bytes:
    """Return the neutral card in a language, drawn once in a process: anybody may ask for any old version."""
    return draw_neutral_card()


def _answer(drawn: bytes, kept: str) -> HttpResponse:
    response = HttpResponse(drawn, content_type="image/png")
    response.headers["Cache-Control"] = kept
    response.headers["X-Robots-Tag"] = "noindex"
    return response
