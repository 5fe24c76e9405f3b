"""Pages of one claim and of one excerpt."""

from django.http import HttpRequest, HttpResponse

from cases.documents.canonical import Document
from cases.documents.cards import uses_of
from cases.public.page_view import door
from cases.public.presenters import resolved
from cases.public.presenters.cite_this import of_claim, of_excerpt, taken
from cases.public.presenters.named_in import without_stage
from cases.public.presenters.speakers import attribution
from cases.public.rendering import render, root_of
from cases.public.times import moment_of, seq_of
from cases.record.lookup import find_claim, find_excerpt


@door("as_of")
def claim(request: HttpRequest, claim_id: str) -> HttpResponse:
    """One sentence, ready to be quoted, with the words that back it."""
    as_of = moment_of(request)
    row, holder = find_claim(claim_id, seq=seq_of(as_of))
    document = holder.document
    opened = resolved.find_claim(document, row["id"])
    context = {
        "claim": opened,
        "replies": resolved.replies_to(opened, document),
        "without_stage": without_stage([opened], seq_of(as_of)),
        "document": document,
        "attribution": attribution(opened),
        "cite": taken(
            of_claim(opened, document),
            root=root_of(request),
            link=opened["path"],
            folder=opened["path"],
            as_of=as_of.text if as_of else "",
        ),
    }
    return render(request, "claim_page.html", context, as_of=as_of, path=row["path"])


@door("as_of")
def excerpt(request: HttpRequest, excerpt_id: str) -> HttpResponse:
    """Exact words with what stands around them, how to check them, and what rests on them."""
    as_of = moment_of(request)
    row, holders, more = find_excerpt(excerpt_id, seq=seq_of(as_of))
    held = [holder.document for holder in holders]
    quoted = resolved.quote(row["id"], held[-1])
    context = {
        "excerpt": quoted,
        "cite": taken(of_excerpt(quoted), root=root_of(request), link=quoted["path"], folder=quoted["path"]),
        "uses": [_use(row["id"], document) for document in held],
        "more": more,
    }
    return render(request, "excerpt_page.html", context, as_of=as_of, path=row["path"])


def _use(excerpt_id: str, document: Document) -> Document:
    """What rests on an excerpt in a document, each claim with what is unknown and disputed of it."""
    opened, use = resolved.Opened(document), uses_of(document)[excerpt_id]
    claims = [
        claim | {"silences": opened.silences[claim["id"]], "disputes": opened.disputes[claim["id"]]}
        for claim in use["claims"]
    ]
    return use | {"document": document, "claims": claims}
