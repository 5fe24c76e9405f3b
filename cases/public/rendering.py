"""Rendering a page: what every page knows of itself, and nothing of who reads it (no user, no session, no cookie)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from .language_urls import languages, local, page_language, query_of, with_query, without_language
from .times import NOW, Moment

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Characters that would turn the order of the text around them: a reader must see that they are there
SHOWN_BY_NAME = {ord(control): f"[U+{ord(control):04X} {unicodedata.name(control)}]" for control in BIDI_CONTROLS}


@dataclass(frozen=True)
class PageFrame:
    """What the frame around every page shows: its address in both languages, and whether it is to be indexed."""

    language: str
    path: str
    alternates: list[dict[str, str]]
    canonical: str = ""
    as_of: Moment = NOW
    indexed: bool = False
    root: str = ""


def page_frame(request: HttpRequest, *, as_of: Moment = NOW, indexed: bool = True, path: str = "") -> PageFrame:
    """Return the frame of a page. `path` is its permanent URL where that is not the URL of the request."""
    query = query_of(request)
    here = without_language(request.path)
    lasting = {name: value for name, value in query.items() if name != "as_of"}
    alternates = [
        {
            "language": code,
            "name": name,
            "here": with_query(local(here, code), query),
            "canonical": request.build_absolute_uri(with_query(local(path or here, code), lasting)),
        }
        for code, name in languages()
    ]
    canonical = next(each["canonical"] for each in alternates if each["language"] == page_language())
    return PageFrame(
        language=page_language(),
        path=here,
        canonical=canonical,
        alternates=alternates,
        as_of=as_of,
        indexed=indexed and not as_of,
        root=root_of(request),
    )


def root_of(request: HttpRequest) -> str:
    """Return scheme and host, to put before a path of the record."""
    return request.build_absolute_uri("/").removesuffix("/")


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    as_of: Moment = NOW,
    indexed: bool = True,
    path: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return a page made with a template of `public/`; it may be cached for a minute."""
    page = page_frame(request, as_of=as_of, indexed=indexed, path=path)
    html = render_to_string(f"public/{template}", {"page": page, **context})
    response = HttpResponse(visible(html), status=status)
    patch_cache_control(response, public=True, max_age=60)
    return response


def visible(html: str) -> str:
    """Return the page with control characters of writing direction shown by name instead of obeyed."""
    found = any(control in html for control in BIDI_CONTROLS)  # translating every page would cost milliseconds
    return html.translate(SHOWN_BY_NAME) if found else html
