"""What a reader takes along: a citation in both languages, BibTeX, CSL-JSON, and links to share.

Every citation names the version, because a record may be corrected. Hosts are added here: documents hold none.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.documents.canonical import Document
from cases.exports import citations
from cases.public.language_urls import active, languages, local, with_query
from cases.public.times import date_of
from sources.json_fields import LanguageMap

from .changes import version_path
from .speakers import attribution, cited, voices

LICENCE = " (CC BY 4.0)"


@dataclass(frozen=True)
class Cited:
    """One citable thing: what it is called in each language, its lasting path, and its item for reference managers."""

    titles: dict[str, str]
    path: str
    edition: Document | None
    item: Callable[[str, str], citations.Item]

    def sentence(self, root: str, language: str) -> str:
        """A citation ready to be pasted. Quoted words have no version, and are not ours to license."""
        address = root + local(self.path, language)
        said = self.titles[language].rstrip(".")
        if self.edition is None:
            return f"{said}. {citations.NAME}. {address}"
        with translation.override(language):
            numbers = {"number": self.edition["number"], "day": date_of(self.edition["recorded_at"], language)}
            version = _("version %(number)s, %(day)s") % numbers
        return f"{said}. {citations.NAME}, {version}. {address}{LICENCE}"


def of_document(document: Document) -> Cited:
    """A record in one version; a source as the work that it is, with where it stands here."""
    title = document["title"]
    titles: Any = (
        title if isinstance(title, (dict, LanguageMap)) else {code: cited(document) for code, _name in languages()}
    )
    path = version_path(document)

    def item(root: str, language: str) -> citations.Item:
        if document["kind"] == "source" and "authors" in document:
            return _work(document, root + local(path, language))
        return citations.of_record(document, site=root, language=language)

    return Cited(titles, path, document["version"], item)


def of_claim(claim: Document, document: Document) -> Cited:
    """A claim as one version of its document makes it; its title says who says it and how firmly."""
    titles = {}
    for code, _name in languages():
        with translation.override(code):
            titles[code] = attribution(claim)
    path = f"{version_path(document)}#claim-{claim['id']}"

    def item(root: str, language: str) -> citations.Item:
        made = citations.of_claim(claim, document, site=root, language=language)
        return made | {"URL": root + local(path, language)}

    return Cited(titles, path, document["version"], item)


def of_excerpt(excerpt: Document) -> Cited:
    """The words of a source, cited as that source's. They never change, so they need no version."""
    source = excerpt["from"]
    place = f", {excerpt['locator']}" if excerpt["locator"] else ""
    said = f"“{excerpt['exact'].replace('*', '')}” {cited(source)}{place}"
    path = excerpt["path"]
    return Cited(
        {code: said for code, _name in languages()},
        path,
        None,
        lambda root, language: _work(source, root + local(path, language)),
    )


def _work(source: Document, address: str) -> citations.Item:
    """A work by what it states of itself, and the page of this record that holds its words."""
    return citations.of_source(source) | {"archive": citations.NAME, "archive_location": address}


def _text(cited: Cited, root: str) -> str:
    return cited.sentence(root, active()) + "\n"


def _bibtex(cited: Cited, root: str) -> str:
    return citations.bibtex(cited.item(root, active()))


def _csl(cited: Cited, root: str) -> str:
    return json.dumps([cited.item(root, active())], ensure_ascii=False, indent=1) + "\n"


FORMS = {
    "txt": (_text, "text/plain; charset=utf-8"),
    "bib": (_bibtex, "application/x-bibtex; charset=utf-8"),
    "json": (_csl, "application/vnd.citationstyles.csl+json"),
}
"""The forms of a citation file: who writes it, and its media type."""
FILES = {"txt": gettext_lazy("Text"), "bib": "BibTeX", "json": "CSL-JSON"}


@dataclass(frozen=True)
class Taken:
    """What the foot of a page offers."""

    sentences: list[tuple[str, str]]
    files: list[tuple[Any, str]]
    lasting: str
    link: str
    whatsapp: str
    sheet: str


def taken(
    cited: Cited, *, root: str, link: str, folder: str, said_by: str = "", sheet: str = "", as_of: str = ""
) -> Taken:
    """`link`, `folder` (of the citation files) and `sheet` are paths without language; `said_by` names who says it."""
    codes = sorted((code for code, _name in languages()), key=lambda code: code != active())
    absolute = root + local(link)
    title = cited.titles[active()]
    message = f"{title} ({said_by})\n{absolute}" if said_by else f"{title}\n{absolute}"
    return Taken(
        sentences=[(code, cited.sentence(root, code)) for code in codes],
        files=[(name, with_query(f"{local(folder)}cite.{form}", {"as_of": as_of})) for form, name in FILES.items()],
        lasting=root + local(cited.path),
        link=absolute,
        whatsapp=f"https://wa.me/?text={quote(message, safe='')}",
        sheet=local(sheet) if sheet else "",
    )


def sayers(claims: list[Document]) -> str:
    """Who says what stands on a page, in few words: “according to A, B and 2 others”."""
    if not claims:
        return ""
    named = [voices(claim)[0] for claim in claims]
    first = f"{named[0].before} {named[0].name}"
    others = len(named) - 1
    return first if not others else _("%(first)s and %(count)s more") % {"first": first, "count": others}
