"""Two texts compared line by line, for people: what went, what came, and a little of what stands around it."""

from difflib import unified_diff
from typing import NamedTuple

import msgspec

from cases.documents.base import DocumentBase, Json

from .dump import yaml_text


class Line(NamedTuple):
    """A line of a comparison: `added`, `removed`, `same`, or `gap` where unchanged lines are left out."""

    change: str
    text: str


CHANGES = {"+": "added", "-": "removed", " ": "same"}
LEFT_OUT = {"$schema", "id", "path", "license", "version", "text_sha256"}
# What a reader wants to see first of each row; the rest follows by name, so that equal documents read equal
FIRST = ["kind", "aspect", "standing", "slug", "title", "statement", "id", "en", "said_by", "property", "value"]
OFFSETS = {"start", "end", "prefix", "suffix"}


def lines_changed(before: str, after: str) -> list[Line]:
    """Return the unified comparison of two texts, with three lines of context; empty when they are equal."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3))[2:]
    return [Line("gap", "") if line.startswith("@@") else Line(CHANGES[line[0]], line[1:]) for line in lines]


def readable_text(document: DocumentBase | None) -> str:
    """Return a public document as text to compare: titles and words instead of ids, nothing that only programs need."""
    if document is None:
        return ""
    words = {claim.id: claim.statement.id for claim in document.claims}
    words |= {excerpt.id: f"“{excerpt.exact}”" for excerpt in document.excerpts}
    words |= {conflict.id: conflict.property for conflict in document.conflicts}
    fields: dict[str, Json] = msgspec.to_builtins(document)
    plain = _plain({key: value for key, value in fields.items() if key not in LEFT_OUT}, "", words)
    return yaml_text(plain, width=100_000)


def _plain(value: object, key: str, words: dict[str, str]) -> object:
    if isinstance(value, dict):
        if "slug" in value and "path" in value:
            return f"{value['kind']} {value['slug']}: {_title(value['title'])}"
        hidden = LEFT_OUT | (OFFSETS if key == "excerpts" else set())
        if set(value) <= {"id", "en"}:  # a map of languages, not a row with an id
            hidden = set()
        names = sorted(set(value) - hidden, key=lambda name: (FIRST.index(name) if name in FIRST else 99, name))
        kept = {name: _plain(value[name], name, words) for name in names}
        return {name: entry for name, entry in kept.items() if entry not in (None, "", [], {})}
    if isinstance(value, (list, tuple)):
        return [_plain(entry, key, words) for entry in value]
    if isinstance(value, bool):
        return "yes" if value else ""
    return words.get(str(value), str(value)) if value is not None else None


def _title(title: object) -> str:
    return " / ".join(dict.fromkeys(title.values())) if isinstance(title, dict) else str(title)
