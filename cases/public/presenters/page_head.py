"""What the head of a page says to reference managers, search engines and other sites."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from cases.documents.base import DocumentBase
from cases.documents.types import Document, SubjectDocument
from cases.exports.citations import CslItem
from cases.exports.reference_formats import dublin_core
from cases.public.language_urls import local, page_language
from cases.public.markup import name

from . import structured_data
from .cite_this import Citable, citable_claim, citable_document, citable_quote
from .claim_view import ClaimView
from .embed import EmbedOffer
from .quotes import SourcedExcerpt

NEUTRAL_ALT = gettext_lazy("What is said, who says it, and in which words")


@dataclass(frozen=True)
class CardLink:
    """The picture of a shared link; `alt` says the same in words."""

    url: str
    alt: str


@dataclass(frozen=True)
class PageHead:
    """`metadata` are (name, content) of Dublin Core, which Zotero and library systems read; `data` is JSON-LD."""

    metadata: list[tuple[str, str]]
    data: SafeString
    card: CardLink | None = None
    oembed: str = ""


def head_of_record(document: Document, root: str) -> PageHead:
    """Return the head of a record, or of a source as the work that it is."""
    item = _item(citable_document(document), root)
    if document.kind == "source":
        item |= {"title": str(name(document))}  # a title that we gave is of the page's language
    data = structured_data.data_block(structured_data.record_data(document, root))
    leads = document.lead_claims if isinstance(document, SubjectDocument) else ()
    alt = ClaimView(leads[0], document).brief_attribution if leads else NEUTRAL_ALT
    return PageHead(dublin_core(item), data, _card(document, document.path, str(alt), root))


def head_of_claim(view: ClaimView, root: str, embed: EmbedOffer | None) -> PageHead:
    """Return the head of a claim; `embed` is None where the page is of another day."""
    data = structured_data.data_block(structured_data.claim_data(view, root))
    card = _card(view.document, view.claim.path, view.brief_attribution, root)
    return PageHead(dublin_core(_item(citable_claim(view), root)), data, card, embed.oembed if embed else "")


def head_of_excerpt(quote: SourcedExcerpt, root: str, embed: EmbedOffer | None) -> PageHead:
    """Return the head of an excerpt, which has no card: its words may name somebody, without the statements of them."""
    data = structured_data.data_block(structured_data.excerpt_data(quote, root))
    item = _item(citable_quote(quote), root) | {"title": str(name(quote.source))}
    return PageHead(dublin_core(item), data, None, embed.oembed if embed else "")


def _card(document: DocumentBase, path: str, alt: str, root: str) -> CardLink:
    return CardLink(f"{root}{local(path)}card.{document.version.number}.png", alt)


def _item(citable: Citable, root: str) -> CslItem:
    return citable.item(root, page_language())
