"""Where a fault is: how claims, titles and texts of a document are named to whoever mends them."""

import re
from collections.abc import Container, Iterator

import msgspec

from cases.documents.base import DocumentBase, Json
from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedSourceStatement

Faults = Iterator[tuple[str, str]]


def claim_name(statement: str) -> str:
    """Return how faults name a claim: by the first words of its statement, in Indonesian where it has one."""
    return f"claim “{statement[:60]}”"


def named_claims(document: DocumentBase) -> Iterator[tuple[str, PublishedClaim]]:
    """Yield the claims of a document, each with the name by which faults tell it."""
    yield from ((claim_name(claim.statement.choose("id")), claim) for claim in document.claims)


def named_statements(document: DocumentBase) -> Iterator[tuple[str, PublishedSourceStatement]]:
    """Yield what a source tells of itself, each with the name by which faults tell it."""
    yield from ((f"about “{each.statement.choose('id')[:60]}”", each) for each in document.about)


def titles(document: DocumentBase) -> Iterator[tuple[str, str]]:
    """Yield the titles that we gave a subject, and its slug, with the place of each."""
    if document.kind != "source":  # a work's own title is its author's
        yield from ((f"title.{language}", text) for language, text in document.titles.items())
        yield "slug", document.slug.replace("-", " ")


NOT_READ = {"text_sha256", "url", "archive_url", "path", "$schema", "amount", "quantity"}
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def texts(document: DocumentBase) -> Iterator[tuple[str, str]]:
    """Yield every text of the document that a reader could read, with its place."""
    yield from texts_in(msgspec.to_builtins(document))


def texts_in(value: Json, where: str = "", skipped: Container[str] = NOT_READ) -> Iterator[tuple[str, str]]:
    """Yield the same of the JSON of a document or of a part of it, without the fields to be skipped."""
    if isinstance(value, str) and not UUID_TEXT.fullmatch(value):
        yield where, value
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from texts_in(entry, where, skipped)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key not in skipped:
                yield from texts_in(entry, f"{where}.{key}".lstrip("."), skipped)
