"""What a reader takes along: a citation in both languages, BibTeX, CSL-JSON, and links to share.

Every citation names the version, because a record may be corrected. Hosts are added here: documents hold none.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils import translation
from django.utils.translation import gettext as _

from cases.publication.canonical import Document

from .addresses import active, languages, local
from .changes import version_path
from .moments import date_of, in_jakarta
from .speakers import attribution, cited, voices

SITE = "CaseDB"
CSL_TYPES = {
    "thesis": "thesis",
    "thesis_abstract": "thesis",
    "journal_article": "article-journal",
    "news": "article-newspaper",
    "report": "report",
    "web_page": "webpage",
    "book": "book",
    "dataset": "dataset",
    "court_ruling": "legal_case",
    "regulation": "legislation",
    "interview": "interview",
    "social_media": "post",
}
"""Kinds of sources in the words of CSL 1.0.2; any other is a `document`."""


@dataclass(frozen=True)
class Cited:
    """One citable thing. `path` is its lasting address without language; `version` is None where nothing can change."""

    key: str
    titles: dict[str, str]
    path: str
    version: int | None
    recorded_at: str
    work: Document | None = None

    def sentence(self, root: str, language: str) -> str:
        """A citation ready to be pasted."""
        with translation.override(language):
            said = self.titles[language].rstrip(".")
            version = ""
            if self.version:
                numbers = {"number": self.version, "day": date_of(self.recorded_at, language)}
                version = ", " + _("version %(number)s, %(day)s") % numbers
            licence = "" if self.work and not self.version else " (CC BY 4.0)"  # quoted words are not ours to license
            return f"{said}. {SITE}{version}. {root}{local(self.path, language)}{licence}"


def of_document(document: Document) -> Cited:
    """A record or source in one version."""
    title = document["title"]
    titles = title if isinstance(title, dict) else {code: cited(document) for code, _name in languages()}
    number = document["version"]["number"]
    key = f"casedb-{document['kind']}-{document['slug']}-v{number}"
    work = document if document["kind"] == "source" else None
    return Cited(key, titles, version_path(document), number, document["version"]["recorded_at"], work)


def of_claim(claim: Document, document: Document) -> Cited:
    """A claim as one version of its document makes it; its title says who says it and how firmly."""
    titles = {}
    for code, _name in languages():
        with translation.override(code):
            titles[code] = attribution(claim)
    number = document["version"]["number"]
    path = f"{version_path(document)}#claim-{claim['id']}"
    return Cited(f"casedb-claim-{claim['id'][:8]}-v{number}", titles, path, number, document["version"]["recorded_at"])


def of_excerpt(excerpt: Document) -> Cited:
    """The words of a source, cited as that source's. They never change, so they need no version."""
    source = excerpt["from"]
    place = f", {excerpt['locator']}" if excerpt["locator"] else ""
    said = f"“{excerpt['exact'].replace('*', '')}” {cited(source)}{place}"
    titles = {code: said for code, _name in languages()}
    return Cited(f"casedb-excerpt-{excerpt['id'][:8]}", titles, excerpt["path"], None, "", source)


def text(cited: Cited, root: str) -> str:
    return cited.sentence(root, active()) + "\n"


def csl(cited: Cited, root: str) -> str:
    """CSL-JSON: a work as itself with its address here, anything of ours as a page of this record."""
    url = root + local(cited.path)
    if cited.work:
        item = _work(cited.work) | {"id": cited.key, "archive": SITE, "archive_location": url}
    else:
        recorded = in_jakarta(cited.recorded_at)
        item = {
            "id": cited.key,
            "type": "webpage",
            "title": cited.titles[active()],
            "container-title": SITE,
            "issued": {"date-parts": [[recorded.year, recorded.month, recorded.day]]},
            "language": active(),
            "URL": url,
        }
    if cited.version:
        item["version"] = str(cited.version)
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def _work(source: Document) -> dict[str, Any]:
    item: dict[str, Any] = {
        "type": CSL_TYPES.get(source["source_kind"], "document"),
        "title": f"[{source['title']}]" if source["title_given"] else source["title"],
        "author": [{"literal": name} for name in source["authors"]],
        "publisher": source.get("institution") or source.get("publisher"),
        "issued": {"date-parts": [[int(part) for part in source["published"].split("-")]]}
        if source["published"]
        else None,
        "language": source["language"],
        "URL": source["url"],
    }
    return {name: value for name, value in item.items() if value}


def bibtex(cited: Cited, root: str) -> str:
    """One BibTeX entry, in UTF-8."""
    url = root + local(cited.path)
    if cited.work:
        work = cited.work
        fields = {
            "author": " and ".join(f"{{{_tex(name)}}}" for name in work["authors"]),
            "title": f"{{{_tex(_work(work)['title'])}}}",
            "year": (work["published"] or "")[:4],
            "publisher": _tex(work.get("institution") or work.get("publisher") or ""),
            "note": f"{SITE}, \\url{{{url}}}",
        }
    else:
        recorded = in_jakarta(cited.recorded_at)
        fields = {
            "author": f"{{{SITE}}}",
            "title": f"{{{_tex(cited.titles[active()])}}}",
            "year": str(recorded.year),
            "month": str(recorded.month),
            "edition": str(cited.version or ""),
            "url": url,
            "note": "CC BY 4.0",
        }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{cited.key},", *lines, "}", ""])


FORMS = {
    "txt": (text, "text/plain; charset=utf-8"),
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "json": (csl, "application/vnd.citationstyles.csl+json"),
}
"""The forms of a citation file: who writes it, and its media type."""


@dataclass(frozen=True)
class Taken:
    """What the foot of a page offers. `files` is the address without the ending of the citation files."""

    sentences: list[tuple[str, str]]
    files: str
    lasting: str
    link: str
    whatsapp: str
    sheet: str


def taken(cited: Cited, *, root: str, link: str, files: str, said_by: str = "", sheet: str = "") -> Taken:
    """`link` and `files` are paths without language; `said_by` names whose words the title stands for."""
    codes = sorted((code for code, _name in languages()), key=lambda code: code != active())
    absolute = root + local(link)
    title = cited.titles[active()]
    message = f"{title} ({said_by})\n{absolute}" if said_by else f"{title}\n{absolute}"
    return Taken(
        sentences=[(code, cited.sentence(root, code)) for code in codes],
        files=files,
        lasting=root + local(cited.path),
        link=absolute,
        whatsapp=f"https://wa.me/?text={quote(message, safe='')}",
        sheet=sheet,
    )


def sayers(claims: list[Document]) -> str:
    """Who says what stands on a page, in few words: “according to A, B and 2 others”."""
    if not claims:
        return ""
    named = [voices(claim)[0] for claim in claims]
    first = f"{named[0].before} {named[0].name}"
    others = len(named) - 1
    return first if not others else _("%(first)s and %(count)s more") % {"first": first, "count": others}


def _tex(text: str) -> str:
    """Text inside braces of BibTeX: its special characters escaped."""
    escaped = re.sub(r"([\\{}])", lambda found: {"\\": r"\textbackslash{}"}.get(found[1], "\\" + found[1]), text)
    return re.sub(r"([&%$#_])", r"\\\1", escaped).replace("~", r"\textasciitilde{}").replace("^", r"\textasciicircum{}")
