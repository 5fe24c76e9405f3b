"""How to cite a source, a record or a claim: CSL-JSON, BibTeX and a sentence in either language.

Pure functions of documents. `site` is the address of the site without a final slash, since documents hold paths only;
every citation links the version that was read. A statement that is no settled fact carries its standing in its title,
so that it stays with the words wherever a reference manager takes them.
"""

import re
import unicodedata
from typing import Any

from cases.documents.canonical import Document
from cases.publication.projection import titles

Item = dict[str, Any]
"""One item of CSL-JSON 1.0."""

NAME = "CaseDB"
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
BIBTEX_TYPES = {"book": "book", "article-journal": "article", "report": "techreport"}
"""The rest is `misc`: BibTeX knows theses by their degree only, which sources need not tell."""
STANDING_MARKS = {
    "potential": {"id": "disebut berpotensi", "en": "said to be potential"},
    "alleged": {"id": "diduga", "en": "alleged"},
}
"""What stands before a sentence that leaves its context. `stated` and `decided` need none: who says it is beside."""
DISPUTED = {"id": "Dipertentangkan", "en": "In dispute"}
TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    sign: f"\\{sign}" for sign in "&%$#_"
}


def marked(statement: str, standing: str, language: str) -> str:
    """The statement behind its standing, where it is weaker than said flatly: `[alleged] …`."""
    mark = STANDING_MARKS.get(standing)
    return f"[{mark[language]}] {statement}" if mark else statement


def versioned(document: Document) -> str:
    """The path of exactly this version."""
    return f"{document['path']}v/{document['version']['number']}/"


def of_record(document: Document, *, site: str, language: str) -> Item:
    """A document of the record, as the version that it is. A source here is our record of it: see `of_source`."""
    return _ours(document, site, language) | {"title": titles(document)[language]}


def of_claim(claim: Document, document: Document, *, site: str, language: str) -> Item:
    """One claim of a document, with its standing in the title; who says it, and what is in dispute, in the note."""
    title = marked(claim["statement"][language], claim["standing"], language)
    said = {"id": "Menurut", "en": "According to"}[language]
    told = {"id": "sebagaimana disampaikan dalam", "en": "as told in"}[language]
    works = "; ".join(relays(claim, document, language))
    who = speaker(claim, document, language) + (f", {told} {works}" if works else "")
    note = f"{said} {who}. Standing: {claim['standing']}."
    if disputes := in_dispute(claim, document):
        note += f" {DISPUTED[language]}: {'; '.join(disputes)}."
    short = claim["id"].split("-")[0]
    own = _ours(document, site, language)
    return own | {"id": f"{own['id']}-{short}", "title": title, "note": note}


def of_source(source: Document) -> Item:
    """A source by what it states of itself; a title that we gave stands in brackets."""
    item: Item = {
        "id": f"source-{source['slug']}",
        "type": CSL_TYPES.get(source["source_kind"], "document"),
        "title": titles(source)["id"],
        "language": source["language"],
    }
    if source["authors"]:  # one name may have no family part: never split it
        item["author"] = [{"literal": name} for name in source["authors"]]
    if publisher := source["publisher"] or source["institution"]:
        item["publisher"] = publisher
    if source["published"]:
        item["issued"] = date_parts(source["published"])
    if source["url"]:
        item["URL"] = source["url"]
    if source["known_through"]:
        through = "; ".join(titles(other)["id"] for other in source["known_through"])
        item["note"] = f"Known only through: {through}"
    elif source["extent"]:
        item["note"] = f"Copy held: {source['extent']['en']}"
    return item


def speaker(claim: Document, document: Document, language: str) -> str:
    """Who says it: an actor's title, a source by its authors and title, or a described speaker."""
    said_by = claim["said_by"]
    if actor := said_by.get("actor"):
        return str(actor["title"][language])
    if slug := said_by.get("source"):
        return _work(slug, document, language)
    return str(said_by["speaker"][language] or said_by["speaker"]["id"])


def relays(claim: Document, document: Document, language: str) -> list[str]:
    """The works that pass on what a claim says, nearest to the speaker first, by their authors and titles."""
    return [_work(slug, document, language) for slug in claim["relayed_by"]]


def in_dispute(claim: Document, document: Document) -> list[str]:
    """What is in dispute about a claim, each with what either side says."""
    conflicts = [conflict for conflict in document["conflicts"] if conflict["claim"] == claim["id"]]
    return [f"{one['property']}: {' ≠ '.join(side['value'] for side in one['sides'])}" for one in conflicts]


def _work(slug: str, document: Document, language: str) -> str:
    source = next(source for source in document["sources"] if source["slug"] == slug)
    return ", ".join([*source["authors"], titles(source)[language]])


def sentence(item: Item, *, language: str, read_on: str) -> str:
    """A citation in words. `read_on` is an ISO date: when the reader saw it."""
    names = ", ".join(name["literal"] for name in item.get("author", []))
    issued = "-".join(f"{part:02d}" for part in item["issued"]["date-parts"][0]) if "issued" in item else ""
    undated = {"id": "tanpa tanggal", "en": "no date"}[language]
    read = {"id": "dibaca", "en": "read on"}[language]
    parts = [names, f"“{item['title']}”", item.get("container-title") or item.get("publisher") or ""]
    if "version" in item:
        parts.append({"id": "versi", "en": "version"}[language] + f" {item['version']}")
    parts.append(issued or undated)
    if "URL" in item:
        parts.append(f"{item['URL']} ({read} {read_on})")
    return ", ".join(part for part in parts if part) + "."


def bibtex(item: Item) -> str:
    """The entry of an item, in UTF-8, with what TeX would read as commands escaped."""
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
    for ours, theirs in (("URL", "url"), ("version", "version"), ("note", "note"), ("language", "language")):
        if ours in item:
            text = str(item[ours])
            fields[theirs] = safe_url(text) if theirs == "url" else tex(text)
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key(item['id'])},\n{lines}}}\n"


def tex(text: str) -> str:
    return "".join(TEX.get(sign, sign) for sign in " ".join(text.split()))


def safe_url(text: str) -> str:
    """An address with what would end a BibTeX field percent-encoded."""
    return re.sub(r"[{}\\\s]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


def key(text: str) -> str:
    """A citation key of ASCII letters, digits and hyphens."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", bare).strip("-")


def date_parts(text: str) -> dict[str, list[list[int]]]:
    """A partial date as CSL has it: `2022-08` is [[2022, 8]]."""
    return {"date-parts": [[int(part) for part in text[:10].split("-")]]}


def _ours(document: Document, site: str, language: str) -> Item:
    version = document["version"]
    return {
        "id": f"casedb-{document['kind']}-{document['slug']}-v{version['number']}",
        "type": "webpage",
        "container-title": NAME,
        "version": str(version["number"]),
        "issued": date_parts(version["recorded_at"]),
        "URL": f"{site}{'/en' if language == 'en' else ''}{versioned(document)}",
        "language": language,
    }
