"""What stands many times on one page, written here because a template costs ten times as much for the same words.

Everything that comes from a document is escaped in the function that writes it.
"""

from collections.abc import Mapping
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim, PublishedParty
from cases.documents.evidence import PublishedExcerpt, PublishedResponse
from cases.documents.references import MergedName, SourceName, SourceRef, SubjectRef
from cases.public.presenters.claim_view import ClaimView, UnknownView
from cases.public.presenters.proceedings import part_word, standing_word
from cases.public.presenters.quotes import SourcedExcerpt
from cases.public.presenters.readings import ConflictView, Reading
from cases.public.presenters.record_cards import CardCounts, ClaimCard, RecordCard
from cases.public.presenters.speakers import Speaker, short
from cases.search.match_reasons import ExcerptRole, MatchReason
from cases.search.snippets import Fragment
from sources.dates import PartialDate
from sources.json_fields import LanguageMap

from .labels import EMPHASIS, HOW_MATCHED, WHERE_MATCHED, side_value, unknown_name, word
from .language_urls import local, page_language, with_query

STATEMENTS = ngettext_lazy("%(counter)s statement", "%(counter)s statements", "counter")
EXCERPTS = ngettext_lazy("%(counter)s excerpt", "%(counter)s excerpts", "counter")
NOT_KNOWN = ngettext_lazy("%(counter)s thing not known", "%(counter)s things not known", "counter")
FROM_ELSEWHERE = gettext_lazy("from elsewhere in this record, not about the statement above")


def emphasis(text: str) -> SafeString:
    """Return the words of a source, with the asterisks around words that stood in italics shown as emphasis."""
    escaped = escape(text)
    return mark_safe(EMPHASIS.sub(r"<em>\1</em>", escaped) if "*" in escaped else escaped)  # noqa: S308


def own(text: LanguageMap | Mapping[str, str] | str | None) -> str:
    """Return a text in the language of the page, or in the other one where it has none in that."""
    if isinstance(text, LanguageMap):
        return text.choose(page_language())
    if isinstance(text, Mapping):
        return text.get(page_language()) or text.get("id") or ""
    return text or ""


def name(ref: DocumentBase | SubjectRef | SourceName | MergedName) -> str:
    """Return how a thing is called: a title that we gave stands in brackets."""
    titles: LanguageMap | None = getattr(ref, "titles", None)
    return own(titles or ref.title)


def to(path: str, as_of: str = "") -> str:
    """Return a document's path in the language of the page and as of its day, escaped for an attribute."""
    return escape(with_query(local(path), {"as_of": as_of}))


def _link(path: str, text: str, as_of: str = "", language: str | None = None) -> str:
    lang = f' lang="{escape(language)}"' if language else ""
    return f'<a href="{to(path, as_of)}"{lang}>{escape(text)}</a>'


def told(text: LanguageMap | None) -> SafeString:
    """Return a text in the language of the page; where it has none in that, the other one, marked as such."""
    if text is None or getattr(text, page_language()):
        return mark_safe(escape(own(text)))  # noqa: S308
    note = escape(_("not yet translated"))
    shown = f'<span lang="{language_of(text)}">{escape(own(text))}</span> <span class="faint">({note})</span>'
    return mark_safe(shown)  # noqa: S308


def language_of(text: LanguageMap) -> str:
    """Return the language in which a page in this language shows a text."""
    other = "id" if page_language() == "en" else "en"
    return page_language() if getattr(text, page_language()) else other


def standing_mark(of: str | ClaimView | ClaimCard) -> SafeString:
    """Return how firmly a claim is said, as a mark of its own; a step of a proceeding by its own word."""
    if isinstance(of, str):
        standing, shown = of, word(of, "standing")
    elif isinstance(of, ClaimView):
        standing, shown = of.claim.standing, of.standing
    else:
        standing, shown = of.standing, standing_word(of.standing, of.stage or None)
    sort = standing if shown == word(standing, "standing") else "step"
    return mark_safe(f'<span class="standing {escape(sort)}">{escape(shown)}</span>')  # noqa: S308


def denied_by(response: PublishedResponse) -> str:
    return _("denied by %s") % name(response.who)


def readings(view: ConflictView) -> SafeString:
    """Return what each side says, side by side: “Indonesian text: “…” · English text: “…””."""
    return mark_safe(" · ".join(map(reading, view.readings)))  # noqa: S308


def reading(side: Reading) -> SafeString:
    """Return what one side says; a quote is marked with its language."""
    words = escape(side.words)
    if side.language:
        words = f'<span lang="{escape(side.language)}">{words}</span>'
    return mark_safe(f"{escape(side.whose)}: {words}" if side.whose else words)  # noqa: S308


def kind(thing: DocumentBase | RecordCard) -> str:
    """Return what kind of thing it is: “actor · company”."""
    subkind = f" · {word(thing.subkind, f'{thing.kind}_kind')}" if thing.subkind else ""
    return word(thing.kind, "kind") + subkind


def highlighted(pieces: list[Fragment]) -> SafeString:
    """Return a text in pieces, those that matched a search marked; without the asterisks of italics."""
    shown = [(escape(piece.text.replace("*", "")), piece.marked) for piece in pieces]
    return mark_safe("".join(f"<mark>{text}</mark>" if hit else text for text, hit in shown))  # noqa: S308


def why(reasons: list[MatchReason]) -> SafeString:
    """Return why a hit matched: the words, where and in which form they stand; last, what is not of its statement."""
    said = [_reason(reason) for reason in reasons if not reason.elsewhere]
    if others := [_reason(reason) for reason in reasons if reason.elsewhere]:
        said.append(f"{FROM_ELSEWHERE}: {'; '.join(others)}")
    return mark_safe(" · ".join(map(escape, said)))  # noqa: S308


def _reason(reason: MatchReason) -> str:
    form = "" if reason.form == "exact" else f", {HOW_MATCHED[reason.form]}"
    if reason.form == "near":
        form += " " + _("(not “%s”)") % reason.word
    return f"“{reason.text}” {WHERE_MATCHED[reason.field]}{form}"


def not_known(view: UnknownView, as_of: str = "") -> SafeString:
    """Return what is not known, with what exactly, where and when we looked, and the words that say so."""
    unknown = view.unknown
    shown = escape(unknown_name(unknown.property, described=view.is_described))
    notes: list[str] = [told(unknown.note)] if unknown.note else []
    notes += [escape(day(unknown.searched_on))] if unknown.searched_on else []
    notes += [_link(view.excerpt.path, _("the exact words"), as_of)] if view.excerpt else []
    return mark_safe(f"{shown} ({', '.join(notes)})" if notes else shown)  # noqa: S308


def bearing_note(bearing: ExcerptRole) -> SafeString:
    """Return how a quote stands to the statement above it, wherever it is not simply evidence for it."""
    said = []
    if bearing.relation == "context":
        said.append(word("context", "relation"))
    for side in bearing.sides:
        value = own(side.reading) if side.reading else side_value(side.value, side.property)
        names = {"family": word(side.family, "family"), "value": value}
        said.append(_("%(family)s (one reading: %(value)s)") % names)
    if bearing.elsewhere:
        said.append(str(FROM_ELSEWHERE))
    shown = escape(" · ".join(said))
    return mark_safe(f'<p class="gap first-letter">{shown}:</p>' if said else "")  # noqa: S308


def counts_text(of: CardCounts) -> str:
    """Return how many statements and excerpts a record holds and, if any, how much is not known.

    Its conflicts are not counted here: most are our notes on reading one source, and no reader could tell which.
    """
    parts = [STATEMENTS % {"counter": of.claims}, EXCERPTS % {"counter": of.excerpts}]
    parts += [NOT_KNOWN % {"counter": of.unknowns}] if of.unknowns else []
    return " · ".join(parts)


def dates(claim: PublishedClaim, *, brief: bool = False) -> SafeString:
    """Return when it was: from and until; unless `brief`, also how the source says it."""
    start, end, ongoing = claim.start, claim.end, claim.ongoing_when_written
    if start and end and start != end:
        when = f"{day(start)} – {day(end)}"
    elif start:
        when = _("from %(day)s") % {"day": day(start)} if ongoing else day(start)
    else:
        when = _("until %(day)s") % {"day": day(end)} if end else ""
    parts = [escape(when)] if when else []
    if ongoing and not brief:
        parts.append(escape(_("still going on when the source was written")))
    shown = ", ".join(parts)
    if claim.date_as_stated and not brief:
        label = escape(_("as stated:"))
        stated = f'<span class="stated">{label} <q>{emphasis(claim.date_as_stated)}</q></span>'
        shown = f"{shown} · {stated}" if shown else stated
    return mark_safe(shown)  # noqa: S308


def day(date: str | None) -> str:
    """Return a partial date in words."""
    return PartialDate(date).display(page_language()) if date else ""


def source_link(source: SourceRef, as_of: str = "", *, full: bool = False) -> SafeString:
    """Return a source with its authors and date; `full`: also what part of it we hold."""
    foreign = source.language not in ("", page_language()) and not source.title_given
    shown = f"<cite>{_link(source.path, name(source), as_of, source.language if foreign else None)}</cite>"
    if source.authors and not source.title_given:
        shown += f", {escape(', '.join(source.authors))}"
    if source.published:
        shown += f", {escape(day(source.published))}"
    if full and source.extent:
        shown += f' <span class="faint">({escape(own(source.extent))})</span>'
    if source.known_through:
        no_copy = escape(_("we hold no copy of this work"))
        shown += f' <span class="faint">({no_copy})</span>'
    return mark_safe(shown)  # noqa: S308


def speaker_links(speaker: Speaker, as_of: str = "") -> SafeString:
    """Return who says it and through whom, in few words: “according to A, as told in B”."""
    steps = [
        f"{escape(v.before)} {_link(v.path, v.name, as_of, v.language) if v.path else escape(v.name)}"
        for v in speaker.voices
    ]
    return mark_safe(", ".join(steps))  # noqa: S308


def exact(excerpt: PublishedExcerpt) -> SafeString:
    """Return the words of an excerpt between what stands around them."""
    before = f'<span class="around">…{emphasis(excerpt.prefix)}</span>' if excerpt.prefix else ""
    after = f'<span class="around">{emphasis(excerpt.suffix)}…</span>' if excerpt.suffix else ""
    words = f'<span class="exact">{emphasis(excerpt.exact)}</span>'
    quoted = f'<blockquote lang="{escape(excerpt.language)}"><p>{before}{words}{after}</p></blockquote>'
    return mark_safe(quoted)  # noqa: S308


def translations(excerpt: PublishedExcerpt, *, every: bool = False) -> SafeString:
    """Return the translations of an excerpt, each labelled as one: in the language of the page, or all of them."""
    shown = []
    for language, translation in excerpt.translation.items():
        if every or language == page_language():
            by, named = word(translation.by, "translated_by"), word(language, "language")
            label = f'{escape(by)} <span class="faint">({escape(named)})</span>'
            words = f'<p lang="{escape(language)}">{emphasis(translation.text)}</p>'
            shown.append(f'<div class="translation"><p class="label first-letter">{label}</p>{words}</div>')
    return mark_safe("".join(shown))  # noqa: S308


def quote_figure(quote: SourcedExcerpt, as_of: str = "") -> SafeString:
    """Return an excerpt under a statement: the words, their translation, and the way to the excerpt's own page."""
    excerpt = quote.excerpt
    opens = escape(_("Open this excerpt"))  # outside the f-string, where gettext's collector sees it
    about = [f'<a class="open" href="{to(excerpt.path, as_of)}">{opens}</a>', escape(short(quote.source))]
    about += [locator(excerpt.locator)] if excerpt.locator else []
    about += [escape(word("context", "relation"))] if quote.relation == "context" else []
    caption = f"<figcaption>{' · '.join(about)}</figcaption>"
    figure = f'<figure class="quote">{exact(excerpt)}{translations(excerpt)}{caption}</figure>'
    return mark_safe(figure)  # noqa: S308


def locator(place: LanguageMap) -> SafeString:
    """Return where words stand, in the language of the page; what stands in the other one only says which it is."""
    foreign = language_of(place) != page_language()
    shown = f'<span lang="{language_of(place)}">{escape(own(place))}</span>' if foreign else escape(own(place))
    return mark_safe(shown)  # noqa: S308


def party_rows(view: ClaimView, as_of: str = "") -> SafeString:
    """Return who stands in a claim and as what, as rows of a list of facts."""
    rows = []
    for part, members in view.parties_by_part.items():
        label = part_word(view.claim, part)
        shown = "; ".join(_party(member, as_of) for member in members)
        rows.append(f"<div><dt>{escape(label[:1].upper() + label[1:])}</dt><dd>{shown}</dd></div>")
    return mark_safe("\n".join(rows))  # noqa: S308


def _party(party: PublishedParty, as_of: str) -> str:
    stated = f"<q>{emphasis(party.as_stated)}</q>" if party.as_stated else ""
    if not party.who:
        return stated
    named = _link(party.who.path, name(party.who), as_of)
    return f'{named} <span class="stated">({stated})</span>' if stated else named
