"""Pages of one claim and of one excerpt."""

from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest, HttpResponse

from cases.documents.evidence import PublishedAlias, PublishedIdentifier, PublishedResponse, PublishedSourceStatement
from cases.documents.types import Document
from cases.public.page_view import page_view
from cases.public.presenters.cite_this import citable_claim, citable_quote, cite_this
from cases.public.presenters.claim_view import ClaimView, UnknownView, unknown_view
from cases.public.presenters.embed import embed_offer
from cases.public.presenters.page_head import head_of_claim, head_of_excerpt
from cases.public.presenters.proceedings import without_stage
from cases.public.presenters.quotes import quote_of
from cases.public.presenters.readings import ConflictView, conflict_views
from cases.public.rendering import render, root_of
from cases.public.times import moment_of
from cases.record.lookup import find_claim, find_excerpt
from cases.vocabularies import Relation


@dataclass(frozen=True)
class ExcerptUse:
    """What rests on an excerpt in one document: claims, each with the relation of the excerpt, and what else."""

    document: Document
    claims: list[tuple[ClaimView, str]]
    readings: list[ConflictView]
    unknowns: list[UnknownView]
    aliases: list[PublishedAlias]
    identifiers: list[PublishedIdentifier]
    responses: list[PublishedResponse]
    about: list[tuple[PublishedSourceStatement, str]]

    @classmethod
    def of(cls, document: Document, excerpt_id: str) -> Self:
        uses = document.uses_of_excerpts[excerpt_id]
        return cls(
            document,
            [(ClaimView(claim, document), relation) for claim, relation in uses.claims],
            conflict_views(document, uses.conflicts),
            [unknown_view(document, unknown) for unknown in uses.unknowns],
            uses.aliases,
            uses.identifiers,
            uses.responses,
            uses.about,
        )


@page_view("as_of")
def claim_page(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Return one sentence, ready to be quoted, with the words that back it."""
    as_of = moment_of(request)
    claim, holder = find_claim(claim_id, seq=as_of.seq)
    view = ClaimView(claim, holder.document)
    root = root_of(request)
    embed = None if as_of else embed_offer(root, claim.path)
    context = {
        "claim": claim,
        "view": view,
        "without_stage": without_stage([claim], as_of.seq),
        "document": view.document,
        "current": holder.current,
        "cite": cite_this(citable_claim(view), root=root, link=claim.path, as_of=as_of.text),
        "embed": embed,
        "head": head_of_claim(view, root, embed),
    }
    return render(request, "claim_page.html", context, as_of=as_of, path=claim.path)


@page_view("as_of")
def excerpt_page(request: HttpRequest, excerpt_id: str) -> HttpResponse:
    """Return exact words with what stands around them, how to check them, and what rests on them."""
    as_of = moment_of(request)
    excerpt, holders, more = find_excerpt(excerpt_id, seq=as_of.seq)
    documents = [holder.document for holder in holders]
    quote = quote_of(documents[-1], excerpt.id)
    uses = [ExcerptUse.of(document, excerpt.id) for document in documents]
    claims = [view.claim for use in uses for view, _relation in use.claims]
    is_embeddable = not as_of and any(relation == Relation.SUPPORTS for use in uses for _view, relation in use.claims)
    root = root_of(request)
    embed = embed_offer(root, excerpt.path) if is_embeddable else None
    context = {
        "excerpt": quote.excerpt,
        "source": quote.source,
        "cite": cite_this(citable_quote(quote), root=root, link=excerpt.path),
        "embed": embed,
        "head": head_of_excerpt(quote, root, embed),
        "uses": uses,
        "without_stage": without_stage(claims, as_of.seq),
        "more": more,
    }
    return render(request, "excerpt_page.html", context, as_of=as_of, path=excerpt.path)
