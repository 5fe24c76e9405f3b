"""Template tags of the public pages: `{% load record %}`. Registered in the settings, under TEMPLATES."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cases import decimals
from sources.dates import MONTHS, PartialDate

from . import words
from .addresses import active, local, with_query
from .styles import stylesheet

register = template.Library()
EMPHASIS = re.compile(r"\*(?!\s)([^*\n]+)(?<!\s)\*")
"""Words between asterisks that touch them; an asterisk whose partner lies outside the quote stays as it is."""

register.simple_tag(stylesheet)
register.filter("word", words.word)
register.filter("property", words.property_name)
register.filter("side_value", words.side_value)
register.filter("topic", words.topic_name)
register.filter("conflict_heading", words.conflict_heading)
register.filter("part", words.part_name)
register.filter("cited", words.cited)
register.filter("unstarred", lambda text: text.replace("*", ""))
register.filter("where_matched", lambda field: words.WHERE_MATCHED[field])
register.filter("how_matched", lambda form: words.HOW_MATCHED[form])


@register.simple_tag
def at(path: str) -> str:
    """A document's path in the language of the page."""
    return local(path)


@register.simple_tag(takes_context=True)
def to(context: dict[str, Any], path: str, **query: str) -> str:
    """The same, and as of the same day as this page."""
    as_of = getattr(context["page"], "as_of", None)
    return with_query(local(path), query | {"as_of": as_of.text if as_of else ""})


@register.filter
def own(text: Any) -> str:
    """A language map (or plain text) in the language of the page."""
    if isinstance(text, dict):
        return str(text.get(active()) or text.get("id") or text.get("en") or "")
    return str(text or "")


@register.filter
def name(ref: dict[str, Any]) -> str:
    """How a thing is called: a title that we gave stands in brackets."""
    return f"[{own(ref['title'])}]" if ref.get("title_given") else own(ref["title"])


@register.filter
def emphasis(text: str) -> SafeString:
    """The words of a source, with the asterisks around words that stood in italics shown as emphasis."""
    return mark_safe(EMPHASIS.sub(r"<em>\1</em>", escape(text)))  # noqa: S308 - escaped before


@register.filter
def fragment(words: str) -> str:
    """The words as a text fragment of an address: a browser that knows them scrolls there."""
    return "#:~:text=" + quote(words, safe="").replace("-", "%2D")


@register.filter
def number(value: Any) -> str:
    return decimals.display(str(value), active())


@register.filter
def day(date: str) -> str:
    """A partial date in words."""
    return PartialDate(date).display(active())


@register.filter
def date_of(moment: Any) -> str:
    """The day of a time, in Jakarta: `21 November 2026`."""
    here = _in_jakarta(moment)
    return f"{here.day} {MONTHS[active()][here.month - 1]} {here.year}"


@register.filter
def time_of(moment: Any) -> str:
    """A day and time, in Jakarta: `21 November 2026, 10.45 WIB`."""
    separator = "." if active() == "id" else ":"
    return f"{date_of(moment)}, {_in_jakarta(moment):%H}{separator}{_in_jakarta(moment):%M} WIB"


def _in_jakarta(moment: Any) -> datetime:
    """`moment` is a time, or its form in documents: `2026-11-21T04:33:00.000000Z`."""
    return timezone.localtime(moment if isinstance(moment, datetime) else datetime.fromisoformat(moment))
