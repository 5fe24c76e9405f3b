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
from cases.search.analysis.tokens import tokenize
from cases.search.index import sync
from cases.search.names import best_named

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


def too_many_searches(request: HttpRequest, seconds: int) -> HttpResponse:
    """Return 429: when to go on."""
    response = _answer(request, 429, {"seconds": seconds})
    response.headers["Retry-After"] = str(seconds)
    return response


def gone(request: HttpRequest, gone: WithdrawnError) -> HttpResponse:
    """Return 410: what it was called, when and why it was withdrawn, and the versions that remain."""
    versions = history(gone.revision.object_id)
    return _answer(request, 410, {"document": gone.document, "versions": version_entries(v.document for v in versions)})


def _answer(request: HttpRequest, status: int, context: Mapping[str, object]) -> HttpResponse:
    """Return a page that has no permanent URL. Its frame asks neither the host nor the database."""
    template = status if status in (400, 403, 404, 405, 410, 429, 500, 503) else 400
    here = without_language(escape_uri_path(request.path))
    query = {} if status in (400, 405) else query_of(request)
    alternates = [
        {"language": code, "name": name, "here": with_query(local(here, code), query)} for code, name in languages()
    ]
    frame = PageFrame(page_language(), here, alternates)
    html = render_to_string(f"public/errors/{template}.html", {"page": frame, "status": status, **context})
    return HttpResponse(visible(html), status=status)


def _near(path: str) -> list[RecordCard]:
    """Return the public records that were probably meant, by slug or by name, those of its own folder first."""
    parts = [part for part in path.split("/") if part][:2]
    if not parts:
        return []
    own, slug = KIND_OF_FOLDER.get(parts[0], ""), parts[-1][:120]
    whole = Q(slug__startswith=slug) if len(slug) > 3 else Q(pk__in=[])
    whole_ones = Record.objects.current().filter(whole).order_by("slug")[:MAX_SLUGS_OFFERED]
    near = list(dict.fromkeys([*whole_ones, *_named(slug, own)])) or _alike(slug)
    return list(map(read_record_card, sorted(near, key=lambda row: row.kind != own)))[:MAX_SLUGS_OFFERED]


def _named(slug: str, own: str) -> list[Record]:
    """Return records in whose names the words of a slug stand, all or most of them; none where there is no index."""
    try:
        reader = sync.searchable_index().reader
        rows = best_named(tokenize(slug), reader, MAX_SLUGS_OFFERED, preferred=own) if reader else []
    except (ValueError, OSError):
        return []
    seqs = [seq for _id, seq, _score in rows]
    return sorted(Record.objects.current().filter(since_seq__in=seqs), key=lambda row: seqs.index(row.since_seq))


def _alike(slug: str) -> list[Record]:
    """Return the records whose slugs have most letters in common with one, the nearest first."""
    longest = max(re.split(r"[-_]", slug), key=len)
    current = Record.objects.current()
    rows = current.filter(Q(slug__startswith=slug[:2]) | Q(slug__contains=longest)).order_by("slug")
    slugs = {row.slug for row in rows.only("slug")[:MAX_SLUGS_COMPARED]}
    alike = difflib.get_close_matches(slug, slugs, n=MAX_SLUGS_OFFERED, cutoff=0.5)
    return sorted(current.filter(slug__in=alike), key=lambda row: alike.index(row.slug))


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
