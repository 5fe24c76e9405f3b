"""The address of the one stylesheet."""

from django.conf import settings
from django.templatetags.static import static

NAME = "casedb.css"


def stylesheet() -> str:
    """With its hash when static files were collected. A page without that is better than no page."""
    try:
        return static(NAME)
    except ValueError:
        return f"{settings.STATIC_URL}{NAME}"
