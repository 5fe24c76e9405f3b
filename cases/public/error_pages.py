"""Pages for what cannot be shown: each says why, and what to do next."""

import difflib
import re
from collections.abc import Mapping

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.encoding import escape_uri_path
from django.utils.translation import override

from cases.documents.kinds import FOLDERS
from cases.http.query_parameters import BadParameterError
from cases.models import Record
from cases.public.presenters.changes import version_entries
from cases.public.presenters.record_cards import RecordCard, read_record_card
from cases.record.lookup import history, is_uuid
from cases.record.names import KIND_OF_FOLDER
from cases.record.stored_document import WithdrawnError

from .labels import FOLDER_TITLES
from .language_urls import languages, local, page_language, query_of, with_query, without_language
from .rendering import PageFrame, visible

# How many slugs are compared with one that was not found, and how many of them are offered
MAX_SLUGS_COMPARED = 1000
MAX_SLUGS_OFFERED = 5


def page(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    """Return the page of a status. Only that of 404 asks the database."""
    context: dict[str, object] = {"detail": detail}
    if status == 404:
        path = without_language(request.path)
        folder = _folder(path)
        context |= {
            "folder": folder,
            "folder_title": FOLDER_TITLES.get(KIND_OF_FOLDER.get(folder, "")),
            "near": _near(path),
            "q": _words(path),
            "as_of": request.GET.get("as_of", ""),
        }
    return _answer(request, status, context)


def bad_parameter(request: HttpRequest, bad: BadParameterError) -> HttpResponse:
    """Return 400: the parameter by name, and what was probably meant."""
    return _answer(request, 400, {"bad": bad, "detail": bad.detail})


def method_not_allowed_page(request: HttpRequest, *, posts: bool = False) -> HttpResponse:
    response = _answer(request, 405, {})
    response.headers["Allow"] = "GET, HEAD, POST" if posts else "GET, HEAD"
    return response


def gone(request: HttpRequest, gone: WithdrawnError) -> HttpResponse:
    """Return 410: what it was called, when and why it was withdrawn, and the versions that remain."""
    versions = history(gone.revision.object_id)
    return _answer(request, 410, {"document": gone.document, "versions": version_entries(v.document for v in versions)})


def _answer(request: HttpRequest, status: int, context: Mapping[str, object]) -> HttpResponse:
    """Return a page that has no permanent URL. Its frame asks neither the host nor the database."""
    template = status if status in (400, 403, 404, 405, 410, 500, 503) else 400
    here = without_language(escape_uri_path(request.path))
    query = {} if status in (400, 405) else query_of(request)
    alternates = [
        {"language": code, "name": name, "here": with_query(local(here, code), query)} for code, name in languages()
    ]
    frame = PageFrame(page_language(), here, alternates)
    html = render_to_string(f"public/errors/{template}.html", {"page": frame, "status": status, **context})
    return HttpResponse(visible(html), status=status)


def _near(path: str) -> list[RecordCard]:
    """Return the public records whose slugs are nearest to the one asked for, those of its own folder first."""
    parts = [part for part in path.split("/") if part][:2]
    if not parts:
        return []
    own, slug = KIND_OF_FOLDER.get(parts[0]), parts[-1][:120]
    longest = max(re.split(r"[-_]", slug), key=len)
    rows = Record.objects.current().filter(Q(slug__startswith=slug[:2]) | Q(slug__contains=longest))
    slugs = {row.slug for row in rows.order_by("slug").only("slug")[:MAX_SLUGS_COMPARED]}
    cut_off = sorted(each for each in slugs if each.startswith(slug) and len(slug) > 3)
    alike = difflib.get_close_matches(slug, slugs, n=MAX_SLUGS_OFFERED, cutoff=0.5)
    near = list(dict.fromkeys([*cut_off, *alike]))[:MAX_SLUGS_OFFERED]
    if not near:
        return []
    cards = map(read_record_card, Record.objects.current().filter(slug__in=near).only("kind", "card"))
    return sorted(cards, key=lambda card: (card.kind != own, near.index(card.slug)))[:MAX_SLUGS_OFFERED]


def _folder(path: str) -> str:
    """Return the list that a first part such as `kasus` or `case` means: a folder by its title in either language."""
    first = path.strip("/").partition("/")[0].lower()
    for kind, folder in FOLDERS.items():
        titles = {kind, folder}
        for code, _name in languages():
            with override(code):
                titles.add(str(FOLDER_TITLES[kind]).lower())
        if first in titles:
            return folder
    return ""


def _words(path: str) -> str:
    """Return the last part of a URL as words to search for; empty when it holds no word."""
    words = re.findall(r"[^\W_]+", path.rstrip("/").rpartition("/")[2])
    return "" if is_uuid("-".join(words)) else " ".join(words)[:100]
