"""URLs in both languages. Documents hold paths without host and language; these functions add what is missing."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

PREFIX = "/en"


def page_language() -> str:
    """Return the language of the page: `id` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "id"


def local(path: str, language: str | None = None) -> str:
    """Return a document's path in a language, by default that of the page."""
    return PREFIX + path if (language or page_language()) == "en" else path


def without_language(path: str) -> str:
    """Return a path without its language."""
    return path.removeprefix(PREFIX) if path.startswith(f"{PREFIX}/") else path


def with_query(path: str, query: Mapping[str, str | Sequence[str]]) -> str:
    """Return the path with what is given of the query, in alphabetical order, so that one page has one URL."""
    given = sorted((name, value) for name, value in query.items() if value)
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def query_of(request: HttpRequest) -> dict[str, str | list[str]]:
    """Return the query parameters; an empty field of a form is left out."""
    given = {name: [str(value) for value in values if str(value).strip()] for name, values in request.GET.lists()}
    return {name: values if len(values) > 1 else values[0] for name, values in given.items() if values}


def languages() -> list[tuple[str, str]]:
    """Return each language with its name in itself."""
    names = {"id": "Indonesia", "en": "English"}
    return [(code, names[code]) for code, _name in settings.LANGUAGES]
