"""Addresses in both languages. Documents hold paths without host and language; these functions add what is missing."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

PREFIX = "/en"


def active() -> str:
    """The language of the page: `id` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "id"


def local(path: str, language: str | None = None) -> str:
    """A document's path in a language, by default that of the page."""
    return PREFIX + path if (language or active()) == "en" else path


def bare(path: str) -> str:
    """A path without its language."""
    return path.removeprefix(PREFIX) if path.startswith(f"{PREFIX}/") else path


def with_query(path: str, query: dict[str, str]) -> str:
    """The path with what is given of the query, in alphabetical order, so that one page has one address."""
    given = sorted((name, value) for name, value in query.items() if value)
    return f"{path}?{urlencode(given)}" if given else path


def query_of(request: HttpRequest) -> dict[str, str]:
    """What the address asks for; an empty field of a form asks for nothing."""
    return {name: str(value) for name, value in request.GET.items() if str(value).strip()}


def languages() -> list[tuple[str, str]]:
    """Each language with its name in itself."""
    names = {"id": "Indonesia", "en": "English"}
    return [(code, names[code]) for code, _name in settings.LANGUAGES]
