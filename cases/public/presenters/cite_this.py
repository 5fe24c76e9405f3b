"""What a reader takes along: a citation in both languages, BibTeX, CSL-JSON, and links to share.

Every citation names the version, because a record may be corrected. Hosts are added here: documents hold none.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.documents.base import Version
from cases.documents.references import SourceRef
from cases.documents.types import Document, SourceDocument, Tombstone
from cases.exports import citations
from cases.exports.reference_formats import ris
from cases.public.language_urls import languages, local, page_language, with_query
from cases.public.times import jakarta_date
from sources.json_fields import LanguageMap

from .changes import version_path
from .claim_view import ClaimView
from .quotes import SourcedExcerpt
from .speakers import cited

LICENCE_NOTE = " (CC BY 4.0)"


@dataclass(frozen=True)
class Citable:
    """One citable thing: what it is called in each language, its lasting path, and its item for reference managers.

    `version` is None of quoted words: they never change.
    """

    titles: LanguageMap
    path: str
    version: Version | None
    item: Callable[[str, str], citations.CslItem]

    def sentence(self, root: str, language: str) -> str:
        """Return a citation ready to be pasted. Quoted words are not ours to license."""
        address = root + local(self.path, language)
        said = self.titles.choose(language).rstrip(".")
        if self.version is None:
            return f"{said}. {citations.SITE_NAME}. {address}"
        with translation.override(language):
            numbers = {"number": self.version.number, "day": jakarta_date(self.version.recorded_at, language)}
            version = _("version %(number)s, %(day)s") % numbers
        return f"{said}. {citations.SITE_NAME}, {version}. {address}{LICENCE_NOTE}"


def in_both_languages(said: Callable[[], str]) -> LanguageMap:
    """Return what a function says in each language of the site."""
    texts = {}
    for code, _name in languages():
        with translation.override(code):
            texts[code] = said()
    return LanguageMap(id=texts["id"], en=texts["en"])


def citable_document(document: Document) -> Citable:
    """Return a record in one version; a source as the work that it is, with where it stands here."""
    path = version_path(document)

    def item(root: str, language: str) -> citations.CslItem:
        if isinstance(document, SourceDocument):
            return _work(document, root + local(path, language))
        return citations.record_item(document, site=root, language=language)

    if isinstance(document.title, LanguageMap) or not isinstance(document, SourceDocument | Tombstone):
        return Citable(document.titles, path, document.version, item)
    return Citable(in_both_languages(lambda: cited(document)), path, document.version, item)


def citable_claim(view: ClaimView) -> Citable:
    """Return a claim as one version of its document makes it; its title says who says it and how firmly."""
    path = f"{version_path(view.document)}#claim-{view.claim.id}"

    def item(root: str, language: str) -> citations.CslItem:
        made = citations.claim_item(view.claim, view.document, site=root, language=language)
        return made | {"URL": root + local(path, language)}

    return Citable(in_both_languages(lambda: view.attribution), path, view.document.version, item)


def citable_quote(quote: SourcedExcerpt) -> Citable:
    """Return the words of a source, cited as that source's. They never change, so they need no version."""
    excerpt = quote.excerpt

    def said() -> str:
        place = f", {excerpt.locator.choose(page_language())}" if excerpt.locator else ""
        return f"“{excerpt.exact.replace('*', '')}” {cited(quote.source)}{place}"

    return Citable(
        in_both_languages(said),
        excerpt.path,
        None,
        lambda root, language: _work(quote.source, root + local(excerpt.path, language)),
    )


def _work(source: SourceRef | SourceDocument, address: str) -> citations.CslItem:
    """Return a work by what it states of itself, and the page of this record that holds its words."""
    return citations.source_item(source) | {"archive": citations.SITE_NAME, "archive_location": address}


# The forms of a citation file: its label and its media type
FORMS: dict[str, tuple[str | Promise, str]] = {
    "txt": (gettext_lazy("Text"), "text/plain; charset=utf-8"),
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8"),
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8"),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
}


def citation_file(citable: Citable, form: str, root: str) -> str:
    """Return the citation file of a form, in the language of the page."""
    if form == "txt":
        return citable.sentence(root, page_language()) + "\n"
    item = citable.item(root, page_language())
    if form == "json":
        return json.dumps([item], ensure_ascii=False, indent=1) + "\n"
    return citations.bibtex(item) if form == "bib" else ris(item)


@dataclass(frozen=True)
class CiteThis:
    """What the foot of a page offers: citations, files, and links to share."""

    sentences: list[tuple[str, str]]
    files: list[tuple[str | Promise, str]]
    lasting: str
    link: str
    whatsapp: str
    sheet: str


def cite_this(
    citable: Citable,
    *,
    root: str,
    link: str,
    folder: str = "",
    said_by: str = "",
    sheet: str = "",
    as_of: str = "",
    shared: bool = True,
) -> CiteThis:
    """Return the foot of a page. `link`, `folder` (of the files, if not `link`) and `sheet` are without language.

    Not `shared` is a page that would carry no more than a name: it has no message to send.
    """
    codes = sorted((code for code, _name in languages()), key=lambda code: code != page_language())
    absolute = root + local(link)
    title = citable.titles.choose(page_language())
    message = f"{title} ({said_by})\n{absolute}" if said_by else f"{title}\n{absolute}"
    return CiteThis(
        sentences=[(code, citable.sentence(root, code)) for code in codes],
        files=[
            (label, with_query(f"{local(folder or link)}cite.{form}", {"as_of": as_of}))
            for form, (label, _type) in FORMS.items()
        ],
        lasting=root + local(citable.path),
        link=absolute,
        whatsapp=f"https://wa.me/?text={quote(message, safe='')}" if shared else "",
        sheet=local(sheet) if sheet else "",
    )


def said_by_line(speaking: list[ClaimView]) -> str:
    """Return who says what stands on a page, in few words: “according to A, B and 2 others”."""
    if not speaking:
        return ""
    voice = speaking[0].speaker.voices[0]
    first, others = f"{voice.before} {voice.name}", len(speaking) - 1
    return first if not others else _("%(first)s and %(count)s more") % {"first": first, "count": others}
