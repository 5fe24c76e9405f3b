"""What a page is in the words of schema.org.

A machine repeats what it is told without the words beside it. So nothing is said of a person, a record repeats no
statement, and the text of a claim begins with who says it and how firmly.
"""

import json
from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe

from cases.documents.base import DocumentBase
from cases.documents.references import SourceRef
from cases.documents.types import Document
from cases.public.language_urls import local, page_language
from cases.public.markup import own

from .claim_view import ClaimView
from .quotes import SourcedExcerpt

LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"
Node = Mapping[str, object]
# What would end the element that holds the data, or a line of it in old parsers
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def record_data(document: Document, root: str) -> Node:
    """Return a record as a report on its sources."""
    address = root + local(document.path)
    return {
        "@type": "Report",
        "@id": address,
        "url": address,
        "name": own(document.titles),
        **_version_of(document, root),
        "isBasedOn": [_work(source, root) for source in document.sources],
    }


def claim_data(view: ClaimView, root: str) -> Node:
    """Return the page of a claim: the claim as its speaker's, with the words on which it rests."""
    address = root + local(view.claim.path)
    speaker = view.speaker.source
    claim: dict[str, object] = {"@type": "Claim", "@id": f"{address}#claim", "text": view.attribution}
    if speaker:
        claim["appearance"] = _work(speaker, root)
    quotes = [quote for quote in view.quotes if quote.relation == "supports"]
    return {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": view.brief_attribution,
        **_version_of(view.document, root),
        "mainEntity": claim,
        "citation": [_quotation(quote, root) for quote in quotes],
    }


def excerpt_data(quote: SourcedExcerpt, root: str) -> Node:
    """Return the page of an excerpt without its words, which may name somebody of whom nothing is said here."""
    address = root + local(quote.excerpt.path)
    return {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "inLanguage": page_language(),
        "isAccessibleForFree": True,
        "isPartOf": _dataset(root),
        "citation": [_work(quote.source, root)],
    }


def _version_of(document: DocumentBase, root: str) -> Node:
    return {
        "inLanguage": page_language(),
        "version": str(document.version.number),
        "dateModified": document.version.recorded_at,
        "license": LICENSE_URL,
        "isAccessibleForFree": True,
        "isPartOf": _dataset(root),
    }


def _dataset(root: str) -> Node:
    return {"@id": f"{root}{local('/')}#data"}


def _work(source: SourceRef, root: str) -> Node:
    work: dict[str, object] = {
        "@type": "CreativeWork",
        "name": own(source.titles),
        "url": f"{root}{local(f'/sources/{source.slug}/')}",
    }
    return work | ({"datePublished": source.published} if source.published else {})


def _quotation(quote: SourcedExcerpt, root: str) -> Node:
    excerpt = quote.excerpt
    return {
        "@type": "Quotation",
        "url": root + local(excerpt.path),
        "text": excerpt.exact.replace("*", ""),
        "inLanguage": excerpt.language,
        "isPartOf": _work(quote.source, root),
    }


def json_ld(node: Node, *, indent: int | None = None) -> str:
    """Return a node as JSON-LD."""
    return json.dumps({"@context": "https://schema.org", **node}, ensure_ascii=False, indent=indent)


def data_block(node: Node) -> SafeString:
    """Return a node as a data block for the head of a page: no script, and nothing in it can end it."""
    return mark_safe(f'<script type="application/ld+json">{json_ld(node).translate(ESCAPED)}</script>')  # noqa: S308
