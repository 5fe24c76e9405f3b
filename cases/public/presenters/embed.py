"""What stands in the frame of another site, and the code by which a site puts it there."""

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Self
from urllib.parse import quote

from django.utils.translation import gettext as _

from cases.documents.evidence import PublishedExcerpt
from cases.public.language_urls import local
from cases.record.stored_document import StoredDocument
from cases.vocabularies import Relation

from .claim_view import ClaimView
from .quotes import SourcedExcerpt, quote_of

# Width and height of a frame in pixels, where the other site asks for no less
DEFAULT_SIZE = (600, 460)


@dataclass(frozen=True)
class EmbeddedExcerpt:
    """Exact words with the claims that they support now; `more` records cite them than were read."""

    quote: SourcedExcerpt
    holders: list[StoredDocument]
    more: int

    @classmethod
    def of(cls, excerpt: PublishedExcerpt, holders: list[StoredDocument], more: int) -> Self:
        return cls(quote_of(holders[-1].document, excerpt.id), holders, more)

    @cached_property
    def claims(self) -> list[ClaimView]:
        """Return the claims that the words support. A claim to which they are context says something else."""
        documents = [holder.document for holder in self.holders]
        uses = [(document, document.uses_of_excerpts[self.quote.excerpt.id]) for document in documents]
        return [
            ClaimView(claim, document)
            for document, of_document in uses
            for claim, relation in of_document.claims
            if relation == Relation.SUPPORTS
        ]

    @property
    def marks(self) -> list[ClaimView]:
        """Return a claim of each way in which they say how firmly: a reader sees that before the words."""
        return list({view.standing: view for view in self.claims}.values())


@dataclass(frozen=True)
class EmbedOffer:
    """What the page of a claim or an excerpt says of its embed: the code to copy, and where oEmbed tells of it."""

    code: str
    oembed: str


def embed_offer(root: str, path: str) -> EmbedOffer:
    """Return the offer of what stands at a path, in the language of the page."""
    page = quote(root + local(path), safe="")
    return EmbedOffer(frame_code(root, path), f"{root}/oembed/?url={page}&format=json")


def frame_code(root: str, path: str, size: tuple[int, int] | None = None) -> str:
    """Return the HTML of a frame; without a size one as wide as its column."""
    width, height = size or ("100%", DEFAULT_SIZE[1])
    title = _("A statement of CaseDB with the words of its source")
    return (
        f'<iframe src="{escape(root + local(path))}embed/" title="{escape(title)}" width="{width}" height="{height}"'
        ' loading="lazy"></iframe>'
    )
