"""Template tags of the public pages: `{% load record %}`. Registered in the settings, under TEMPLATES."""

from typing import Any
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sources import numbers

from . import labels, markup, times
from .assets import asset, stylesheet
from .language_urls import active, local, with_query
from .presenters import speakers

register = template.Library()

register.simple_tag(stylesheet)
register.simple_tag(asset)
register.filter("word", labels.word)
register.filter("property", labels.property_name)
register.filter("side_value", labels.side_value)
register.filter("topic", labels.topic_name)
register.filter("conflict_heading", labels.conflict_heading)
register.filter("part", labels.part_name)
register.filter("cited", speakers.cited)
register.filter("short", speakers.short)
register.filter("voices", speakers.voices)
register.filter("own", markup.own)
register.filter("name", markup.name)
register.filter("kind", markup.kind)
register.filter("marked", markup.marked)
register.filter("day", markup.day)
register.filter("counts", markup.counts)
register.filter("why", markup.why)
register.filter("bearing", markup.bearing)
register.filter("facet_values", markup.facet_values)
register.simple_tag(markup.dates)
register.filter("emphasis", markup.emphasis)
register.filter("standing", markup.standing)
register.filter("exact", markup.exact)


@register.simple_tag
def at(path: str) -> str:
    """A document's path in the language of the page."""
    return local(path)


@register.simple_tag(takes_context=True)
def to(context: dict[str, Any], path: str, **query: str) -> str:
    """The same, and as of the same day as this page."""
    return with_query(local(path), query | {"as_of": _as_of(context)})


@register.simple_tag(takes_context=True)
def said_by(context: dict[str, Any], claim: dict[str, Any]) -> SafeString:
    return markup.said_by(claim, _as_of(context))


@register.simple_tag(takes_context=True)
def source_name(context: dict[str, Any], source: dict[str, Any], *, full: bool = False) -> SafeString:
    return markup.source_name(source, _as_of(context), full=full)


@register.simple_tag(takes_context=True)
def figure(context: dict[str, Any], quote: dict[str, Any]) -> SafeString:
    return markup.figure(quote, _as_of(context))


@register.simple_tag(takes_context=True)
def parties(context: dict[str, Any], claim: dict[str, Any]) -> SafeString:
    return markup.parties(claim, _as_of(context))


@register.simple_tag
def every_translation(quote: dict[str, Any]) -> SafeString:
    return markup.translations(quote, every=True)


def _as_of(context: dict[str, Any]) -> str:
    as_of = getattr(context["page"], "as_of", None)
    return as_of.text if as_of else ""


@register.filter
def by_reason(unknowns: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What is not known, under why: (“the source does not say”, “payer, amount (of the second payment)”)."""
    found: dict[str, list[str]] = {}
    for unknown in unknowns:
        note = f" ({markup.own(unknown['note'])})" if unknown["note"] else ""
        name = labels.property_name(unknown["property"])
        if unknown.get("described"):
            name = _("who the %s is") % name
        found.setdefault(unknown["reason"], []).append(name + note)
    return [(labels.word(reason, "unknown"), ", ".join(names)) for reason, names in found.items()]


@register.filter
def fragment(words: str) -> str:
    """The words as a text fragment of an address: a browser that knows them scrolls there."""
    return "#:~:text=" + quote(words, safe="").replace("-", "%2D")


@register.filter
def number(value: Any) -> str:
    return numbers.display(str(value), active())


@register.filter
def date_of(moment: Any) -> str:
    """The day of a time, in Jakarta: `21 November 2026`."""
    return times.date_of(moment, active())


@register.filter
def time_of(moment: Any) -> str:
    """A day and time, in Jakarta: `21 November 2026, 10.45 WIB`."""
    here, separator = times.in_jakarta(moment), "." if active() == "id" else ":"
    return f"{date_of(moment)}, {here:%H}{separator}{here:%M} WIB"
