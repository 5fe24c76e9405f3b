"""How to cite a source, a record or a claim: CSL-JSON and BibTeX.

Pure functions of documents. `site` is the address of the site without a final slash, since documents hold paths only;
every citation links the version that was read. A statement that is no settled fact carries its standing in its title,
so that it stays with the words wherever a reference manager takes them.
"""

import re
import unicodedata
from typing import NotRequired, TypedDict

from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim
from cases.documents.references import SourceRef
from cases.documents.types import SourceDocument
from sources.json_fields import or_none

from .texts import disagreements, replies_told

# One item of CSL-JSON 1.0
CslItem = TypedDict(
    "CslItem",
    {
        "id": str,
        "type": str,
        "title": str,
        "language": str,
        "author": NotRequired[list[dict[str, str]]],
        "container-title": NotRequired[str],
        "publisher": NotRequired[str],
        "issued": NotRequired[dict[str, list[list[int]]]],
        "version": NotRequired[str],
        "URL": NotRequired[str],
        "note": NotRequired[str],
        "archive": NotRequired[str],
        "archive_location": NotRequired[str],
    },
)

SITE_NAME = "CaseDB"
CSL_TYPES = {
    "thesis": "thesis",
    "thesis_abstract": "thesis",
    "journal_article": "article-journal",
    "book": "book",
    "news": "article-newspaper",
    "court_ruling": "legal_case",
    "regulation": "legislation",
    "government_document": "report",
    "dataset": "dataset",
    "report": "report",
    "interview": "interview",
    "web_page": "webpage",
    "social_media": "post",
    "cited_work": "document",
}
# The rest is `misc`: BibTeX knows theses by their degree only, which sources need not tell
BIBTEX_TYPES = {"book": "book", "article-journal": "article", "report": "techreport"}
# What stands before a sentence that leaves its context. `stated` and `decided` need none: who says it is beside.
STANDING_MARKS = {
    "potential": {"id": "disebut berpotensi", "en": "said to be potential"},
    "alleged": {"id": "diduga", "en": "alleged"},
}
TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    sign: f"\\{sign}" for sign in "&%$#_"
}


def mark_statement(statement: str, standing: str, language: str) -> str:
    """Return the statement behind its standing, where it is weaker than said flatly: `[alleged] …`."""
    mark = STANDING_MARKS.get(standing)
    return f"[{mark[language]}] {statement}" if mark else statement


def record_item(document: DocumentBase, *, site: str, language: str) -> CslItem:
    """Return a document of the record, in its version. A source here is our record of it: see `of_source`."""
    return {
        "id": f"casedb-{document.kind}-{document.slug}-v{document.version.number}",
        "type": "webpage",
        "container-title": SITE_NAME,
        "version": str(document.version.number),
        "issued": date_parts(document.version.recorded_at),
        "URL": f"{site}{'/en' if language == 'en' else ''}{document.path}v/{document.version.number}/",
        "language": language,
        "title": document.titles.choose(language),
    }


def claim_item(claim: PublishedClaim, document: DocumentBase, *, site: str, language: str) -> CslItem:
    """Return a claim of a document: its standing in the title; in the note who says it, what disagrees, who replied.

    A statement that stands in the other language only is cited in that one.
    """
    item = record_item(document, site=site, language=language)
    item["id"] = f"{item['id']}-{claim.id.split('-')[0]}"
    item["language"] = language if getattr(claim.statement, language) else {"id": "en", "en": "id"}[language]
    item["title"] = mark_statement(claim.statement.choose(language), claim.standing, item["language"])
    according_to = {"id": "Menurut", "en": "According to"}[language]
    relayed_in = {"id": "sebagaimana disampaikan dalam", "en": "as told in"}[language]
    works = "; ".join(relay_names(claim, document, language))
    speaker = speaker_name(claim, document, language) + (f", {relayed_in} {works}" if works else "")
    said = [f"{according_to} {speaker}", f"Standing: {claim.standing}"]
    said += [*disagreements(claim, document, language), *replies_told(claim, document, language)]
    item["note"] = " ".join(f"{text.removesuffix('.')}." for text in said)
    return item


def source_item(source: SourceDocument | SourceRef) -> CslItem:
    """Return a source by what it states of itself; a title that we gave stands in brackets, in its language."""
    item: CslItem = {
        "id": f"source-{source.slug}",
        "type": CSL_TYPES.get(source.source_kind, "document"),
        "title": source.titles.choose(source.language),
        "language": source.language,
    }
    if source.authors:  # one name may have no family part: never split it
        item["author"] = [{"literal": name} for name in source.authors]
    if publisher := source.publisher or source.institution:
        item["publisher"] = publisher
    if source.published:
        item["issued"] = date_parts(source.published)
    if source.url:
        item["URL"] = source.url
    if source.known_through:
        item["note"] = f"Known only through: {'; '.join(other.titles.en for other in source.known_through)}"
    elif source.extent:
        item["note"] = f"Copy held: {source.extent.choose('en')}"
    return item


def speaker_name(claim: PublishedClaim, document: DocumentBase, language: str) -> str:
    """Return who says it: an actor's title, a source by authors and title, or a described speaker; else empty."""
    said_by = claim.said_by
    if slug := or_none(said_by.source):
        return _work_name(slug, document, language)
    actor, speaker = or_none(said_by.actor), or_none(said_by.speaker)
    name = actor.title if actor else speaker
    return name.choose(language) if name else ""


def relay_names(claim: PublishedClaim, document: DocumentBase, language: str) -> list[str]:
    """Return the works that pass on what a claim says, nearest to the speaker first, by their authors and titles."""
    return [_work_name(slug, document, language) for slug in claim.relayed_by]


def _work_name(slug: str, document: DocumentBase, language: str) -> str:
    source = document.source(slug)
    return ", ".join([*source.authors, source.titles.choose(language)])


def bibtex(item: CslItem) -> str:
    """Return the entry of an item, in UTF-8."""
    kind = BIBTEX_TYPES.get(item["type"], "misc")
    fields = {"title": f"{{{tex(item['title'])}}}"}  # a second pair of braces keeps its capitals
    if authors := item.get("author"):
        fields["author"] = " and ".join(f"{{{tex(name['literal'])}}}" for name in authors)
    if publisher := item.get("publisher"):
        fields["institution" if kind == "techreport" else "publisher"] = tex(publisher)
    if journal := item.get("container-title"):
        fields["journal" if kind == "article" else "howpublished"] = tex(journal)
    if "issued" in item:
        year, *rest = item["issued"]["date-parts"][0]
        fields["year"] = f"{year:04d}"
        if rest:
            fields["month"] = str(rest[0])
    if url := item.get("URL"):
        fields["url"] = safe_url(url)
    plain = {"version": item.get("version"), "note": item.get("note"), "language": item["language"]}
    fields |= {name: tex(text) for name, text in plain.items() if text}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key(item['id'])},\n{lines}}}\n"


def tex(text: str) -> str:
    """Return a text on one line, with what TeX would read as commands escaped."""
    return "".join(TEX.get(sign, sign) for sign in " ".join(text.split()))


def safe_url(text: str) -> str:
    """Return an address with what would end a BibTeX field percent-encoded."""
    return re.sub(r"[{}\\\s]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


def key(text: str) -> str:
    """Return a citation key of ASCII letters, digits and hyphens."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", bare).strip("-")


def date_parts(text: str) -> dict[str, list[list[int]]]:
    """Return a partial date, or the day of a timestamp, as CSL has it: `2022-08` is [[2022, 8]]."""
    return {"date-parts": [[int(part) for part in text[:10].split("-")]]}
