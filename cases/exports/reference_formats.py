"""An item of CSL-JSON in the other forms that reference managers read: RIS, and Dublin Core in the head of a page."""

from .citations import CslItem, safe_url

# By type of CSL; what RIS has no type for is generic
RIS_TYPES = {
    "thesis": "THES",
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "legal_case": "CASE",
    "legislation": "STAT",
    "report": "RPRT",
    "dataset": "DATA",
    "interview": "PCOMM",
    "webpage": "ELEC",
    "post": "ELEC",
}
# The types of Zotero, which its translator for pages takes from DC.type. Without one it guesses a journal article.
ZOTERO_TYPES = {
    "thesis": "thesis",
    "article-journal": "journalArticle",
    "article-newspaper": "newspaperArticle",
    "book": "book",
    "legal_case": "case",
    "legislation": "statute",
    "report": "report",
    "dataset": "dataset",
    "interview": "interview",
    "webpage": "webpage",
    "post": "forumPost",
}


def ris(item: CslItem) -> str:
    """Return an item as RIS: a tag a line, lines ended as the format asks, in UTF-8."""
    fields = [("TY", RIS_TYPES.get(item["type"], "GEN")), ("ID", item["id"]), ("TI", item["title"])]
    fields += [("AU", name["literal"]) for name in item.get("author", ())]
    if "issued" in item:
        year, *rest = item["issued"]["date-parts"][0]
        fields += [("PY", f"{year:04d}"), ("DA", "/".join([f"{year:04d}", *(f"{part:02d}" for part in rest)]))]
    others = {
        "T2": item.get("container-title"),
        "PB": item.get("publisher"),
        "ET": item.get("version"),
        "LA": item["language"],
        "UR": safe_url(item.get("URL", "")),
        "DB": item.get("archive"),
        "AV": item.get("archive_location"),
        "N1": item.get("note"),
    }
    fields += [(tag, text) for tag, text in others.items() if text]
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in fields]
    return "\r\n".join([*lines, "ER  - ", ""])


def dublin_core(item: CslItem) -> list[tuple[str, str]]:
    """Return (name, content) of the `meta` elements of an item.

    No `citation_title` of Highwire Press: by it a page passes for the full text of an article. A thesis and a report
    name their institution by Highwire's words, since Dublin Core has none for it.
    """
    fields = [("DC.type", ZOTERO_TYPES.get(item["type"], "document")), ("DC.title", item["title"])]
    fields += [("DC.creator", name["literal"]) for name in item.get("author", ())]
    if "issued" in item:
        parts = item["issued"]["date-parts"][0]
        fields.append(("DC.date", "-".join(f"{part:02d}" for part in parts)))
    publisher = item.get("publisher") or item.get("container-title")
    institution = {"thesis": "citation_dissertation_institution", "report": "citation_technical_report_institution"}
    if publisher:
        fields.append((institution.get(item["type"], "DC.publisher"), publisher))
    fields.append(("DC.language", item["language"]))
    address = item.get("archive_location") or item.get("URL")
    return [*fields, *([("DC.identifier", address)] if address else [])]
