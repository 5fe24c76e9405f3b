"""Template tags of the public pages: `{% load record %}`. Registered in the settings, under TEMPLATES."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from cases.documents.evidence import PublishedExcerpt
from cases.documents.references import SourceRef
from sources import numbers

from . import labels, markup, times
from .language_urls import local, page_language, with_query
from .presenters import speakers
from .presenters.claim_view import ClaimView, UnknownView
from .presenters.proceedings import no_proceedings
from .presenters.quotes import SourcedExcerpt
from .rendering import PageFrame

register = template.Library()

register.simple_tag(local, name="at")
register.simple_tag(markup.dates)
register.filter("word", labels.word)
register.filter("property", labels.property_name)
register.filter("side_value", labels.side_value)
register.filter("topic", labels.topic_name)
register.filter("told", markup.told)
register.filter("shown_in", markup.language_of)
register.filter("denied_by", markup.denied_by)
register.filter("readings", markup.readings)
register.filter("reading", markup.reading)
register.filter("locator", markup.locator)
register.filter("cited", speakers.cited)
register.filter("short_source", speakers.short)
register.filter("own", markup.own)
register.filter("name", markup.name)
register.filter("kind", markup.kind)
register.filter("marked", markup.highlighted)
register.filter("day", markup.day)
register.filter("counts", markup.counts_text)
register.filter("why", markup.why)
register.filter("bearing", markup.bearing_note)
register.filter("emphasis", markup.emphasis)
register.filter("standing", markup.standing_mark)
register.filter("exact", markup.exact)


@register.simple_tag(takes_context=True, name="to")
def url_as_of(context: Context, path: str, **query: str) -> str:
    """Return a document's path in the language of the page, as of the same day as this page."""
    return with_query(local(path), query | {"as_of": _as_of(context)})


@register.simple_tag(takes_context=True, name="said_by")
def said_by_tag(context: Context, speaker: speakers.Speaker) -> SafeString:
    return markup.speaker_links(speaker, _as_of(context))


@register.simple_tag(takes_context=True, name="source_name")
def source_name_tag(context: Context, source: SourceRef, *, full: bool = False) -> SafeString:
    return markup.source_link(source, _as_of(context), full=full)


@register.simple_tag(takes_context=True, name="figure")
def figure_tag(context: Context, quote: SourcedExcerpt) -> SafeString:
    return markup.quote_figure(quote, _as_of(context))


@register.simple_tag(takes_context=True, name="parties")
def parties_tag(context: Context, view: ClaimView) -> SafeString:
    return markup.party_rows(view, _as_of(context))


@register.simple_tag
def every_translation(excerpt: PublishedExcerpt) -> SafeString:
    return markup.translations(excerpt, every=True)


def _as_of(context: Context) -> str:
    page: PageFrame = context["page"]
    return page.as_of.text


@register.simple_tag
def asset(name: str) -> str:
    """Return the URL of a static file, with its hash when they were collected: a page without is better than none."""
    try:
        return static(name)
    except ValueError:
        return f"{settings.STATIC_URL}{name}"


@register.simple_tag(takes_context=True, name="unknowns_by_reason")
def unknowns_by_reason(context: Context, unknowns: Iterable[UnknownView]) -> list[tuple[str, SafeString]]:
    """Return what is not known, under why: (“the source does not say”, “payer, amount (of the second payment)”)."""
    by_word: dict[str, list[str]] = {}
    for view in unknowns:
        by_word.setdefault(view.unknown.reason, []).append(markup.not_known(view, _as_of(context)))
    return [(labels.word(reason, "unknown"), mark_safe(", ".join(each))) for reason, each in by_word.items()]  # noqa: S308


@register.simple_tag(takes_context=True, name="no_proceedings")
def no_proceedings_tag(context: Context, view: ClaimView) -> str:
    """Return the sentence beside an allegation whose sources tell of no proceedings; the page says of whom."""
    return no_proceedings(view.claim, context.get("without_stage") or ())


@register.filter
def fragment(words: str) -> str:
    """Return the words as a text fragment of a URL: a browser that knows them scrolls there."""
    return "#:~:text=" + quote(words, safe="").replace("-", "%2D")


@register.filter("number")
def number_filter(value: object) -> str:
    return numbers.display(str(value), page_language())


@register.filter("date_of")
def date_filter(moment: datetime | str) -> str:
    """Return the day of a time, in Jakarta: `21 November 2026`."""
    return times.jakarta_date(moment, page_language())


@register.filter("time_of")
def time_filter(moment: datetime | str) -> str:
    """Return a day and time, in Jakarta: `21 November 2026, 10.45 WIB`."""
    here, separator = times.in_jakarta(moment), "." if page_language() == "id" else ":"
    return f"{date_filter(moment)}, {here:%H}{separator}{here:%M} WIB"
