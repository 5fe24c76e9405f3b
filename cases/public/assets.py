"""The URLs of the stylesheet and the scripts."""

from django.conf import settings
from django.templatetags.static import static


def asset(name: str) -> str:
    """Return the URL of a static file, with its hash when they were collected. A page without that is better than no
    page.
    """
    try:
        return static(name)
    except ValueError:
        return f"{settings.STATIC_URL}{name}"


def stylesheet() -> str:
    return asset("casedb.css")
