"""Pages of one claim and of one excerpt."""

from django.http import HttpRequest, HttpResponse

from cases.public.page_view import page_view
from cases.public.presenters.cite_this import citable_claim, citable_quote, cite_this
from cases.public.presenters.claim_view import ClaimView, charged_by, quote_of, replies
from cases.public.presenters.named_in import without_stage
from cases.public.rendering import render, root_of
from cases.public.times import moment_of
from cases.record.lookup import find_claim, find_excerpt


@page_view("as_of")
def claim_page(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Return one sentence, ready to be quoted, with the words that back it."""
    as_of = moment_of(request)
    claim, holder = find_claim(claim_id, seq=as_of.seq)
    view = ClaimView(claim, holder.document)
    context = {
        "claim": claim,
        "view": view,
        "replies": replies(view.document, charged_by([claim])),
        "without_stage": without_stage([claim], as_of.seq),
        "document": view.document,
        "cite": cite_this(citable_claim(view), root=root_of(request), link=claim.path, as_of=as_of.text),
    }
    return render(request, "claim_page.html", context, as_of=as_of, path=claim.path)


@page_view("as_of")
def excerpt_page(request: HttpRequest, excerpt_id: str) -> HttpResponse:
    """Return exact words with what stands around them, how to check them, and what rests on them."""
    as_of = moment_of(request)
    excerpt, holders, more = find_excerpt(excerpt_id, seq=as_of.seq)
    documents = [holder.document for holder in holders]
    quote = quote_of(documents[-1], excerpt.id)
    context = {
        "excerpt": quote.excerpt,
        "source": quote.source,
        "cite": cite_this(citable_quote(quote), root=root_of(request), link=excerpt.path),
        "uses": [
            (document, [(ClaimView(claim, document), relation) for claim, relation in uses.claims], uses)
            for document in documents
            for uses in [document.uses_of_excerpts[excerpt.id]]
        ],
        "more": more,
    }
    return render(request, "excerpt_page.html", context, as_of=as_of, path=excerpt.path)
