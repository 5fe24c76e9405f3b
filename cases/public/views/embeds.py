"""Small pages of one claim or one excerpt for the frames of other sites, and how oEmbed finds them.

Nothing here shows a name without a statement, its speaker and its standing, and only what stands now is shown.
"""

import re
from functools import wraps
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from cases.public.language_urls import local
from cases.public.page_view import PageFunction, page_view
from cases.public.presenters.claim_view import ClaimView
from cases.public.presenters.embed import DEFAULT_SIZE, EmbeddedExcerpt, frame_code
from cases.public.presenters.proceedings import without_stage
from cases.public.rendering import render, root_of
from cases.record.lookup import find_claim, find_excerpt, was_in_record
from cases.record.stored_document import NotInRecordError, WithdrawnError

FRAMED_POLICY = settings.SECURE_CSP | {
    "script-src": ["'none'"],
    "connect-src": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
}
# A page of ours that has an embed, or the embed itself
EMBEDDABLE = re.compile(r"(?P<prefix>/en)?/(?P<folder>claims|excerpts)/(?P<id>[0-9A-Za-z-]+)/(?:embed/)?")
# How long a site may keep what oEmbed told it
OEMBED_CACHE_SECONDS = 3600


def framable(view: PageFunction) -> PageFunction:
    """Return the view with headers by which any site may frame its answers, those from a cache (304) included."""

    @xframe_options_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, /, **kwargs: object) -> HttpResponse:
        response = view(request, **kwargs)
        policy = (f"{name} {' '.join(sources)}" for name, sources in FRAMED_POLICY.items())
        response.headers["Content-Security-Policy"] = "; ".join(policy)
        return response

    return wrapped


@framable
@page_view()
def claim_embed(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Return one statement with its speaker, standing and words, to be shown in a frame."""
    try:
        claim, holder = find_claim(claim_id)
    except (WithdrawnError, NotInRecordError) as error:
        return _absent(request, error, "claim", claim_id)
    view = ClaimView(claim, holder.document)
    context = {
        "view": view,
        "document": view.document,
        "without_stage": without_stage([claim], None),
        "whole": request.build_absolute_uri(local(claim.path)),
    }
    return render(request, "embed/claim.html", context, indexed=False, path=claim.path)


@framable
@page_view()
def excerpt_embed(request: HttpRequest, excerpt_id: str) -> HttpResponse:
    """Return exact words with each claim that rests on them; 404 where no current claim does."""
    try:
        embedded = EmbeddedExcerpt.of(*find_excerpt(excerpt_id))
    except (WithdrawnError, NotInRecordError) as error:
        return _absent(request, error, "excerpt", excerpt_id)
    if not embedded.claims:
        return _page_without_words(request, "excerpt", 404)
    excerpt = embedded.quote.excerpt
    context = {
        "embedded": embedded,
        "without_stage": without_stage([view.claim for view in embedded.claims], None),
        "whole": request.build_absolute_uri(local(excerpt.path)),
    }
    return render(request, "embed/excerpt.html", context, indexed=False, path=excerpt.path)


def _absent(request: HttpRequest, error: Exception, sort: str, name: str) -> HttpResponse:
    """Return 410 for what once was public, and 404 for what never was. Neither repeats a word of it."""
    gone = isinstance(error, WithdrawnError) or was_in_record(sort, name)
    return _page_without_words(request, sort, 410 if gone else 404)


def _page_without_words(request: HttpRequest, sort: str, status: int) -> HttpResponse:
    home = request.build_absolute_uri(local("/"))
    context = {"sort": sort, "status": status, "whole": home}
    return render(request, "embed/absent.html", context, indexed=False, status=status)


@page_view("url", "format", "maxwidth", "maxheight", "dnt")
def oembed(request: HttpRequest) -> HttpResponse:
    """Return how another site may show a claim or an excerpt, by oEmbed 1.0.

    `dnt` (do not track) is sent by some sites with every request: nobody is tracked here.
    """
    try:
        width, height = (_limit(request, name) for name in ("maxwidth", "maxheight"))
    except ValueError as error:
        return _problem(400, str(error))
    if request.GET.get("format", "json") != "json":
        return _problem(501, "Only format=json is served.")
    if not request.GET.get("url"):
        return _problem(400, "Give the address of a claim or an excerpt as “url”.")
    matched = _embeddable(request)
    if matched is None:
        return _problem(404, "This is no address of a claim or an excerpt of this record.")
    language = "en" if matched["prefix"] else "id"
    with translation.override(language):
        title = _title_of(matched["folder"], matched["id"])
        if title is None:
            return _problem(404, "The record holds no such claim or excerpt now.")
        size = (min(width or DEFAULT_SIZE[0], DEFAULT_SIZE[0]), min(height or DEFAULT_SIZE[1], DEFAULT_SIZE[1]))
        path = f"/{matched['folder']}/{matched['id']}/"
        told = _rich(root_of(request), title, frame_code(root_of(request), path, size), size)
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _embeddable(request: HttpRequest) -> re.Match[str] | None:
    """Return the parts of the path that `url` names, if it is of this host and of the record as it stands now."""
    try:
        address = urlsplit(request.GET["url"])
    except ValueError:
        return None
    if address.netloc != request.get_host() or "as_of" in parse_qs(address.query):
        return None
    return EMBEDDABLE.fullmatch(address.path)


def _rich(root: str, title: str, html: str, size: tuple[int, int]) -> dict[str, object]:
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "CaseDB",
        "provider_url": root + local("/"),
        "cache_age": OEMBED_CACHE_SECONDS,
        "html": html,
        "width": size[0],
        "height": size[1],
    }


def _title_of(folder: str, name: str) -> str | None:
    """Return a title that says who says it and how firmly; None of what has no embed now."""
    try:
        if folder == "claims":
            claim, holder = find_claim(name)
            return ClaimView(claim, holder.document).brief_attribution
        embedded = EmbeddedExcerpt.of(*find_excerpt(name))
    except (WithdrawnError, NotInRecordError):
        return None
    return _("The exact words of a source") if embedded.claims else None


def _limit(request: HttpRequest, name: str) -> int | None:
    """Return a size in pixels. Raises ValueError."""
    given = request.GET.get(name)
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and int(given[:6]) > 0):
        raise ValueError(f"“{name}” takes a whole number of pixels.")
    return int(given[:6])


def _problem(status: int, detail: str) -> HttpResponse:
    """Return what went wrong as RFC 9457 has it; oEmbed asks for the status alone."""
    body = {"type": "about:blank", "status": status, "detail": detail}
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
