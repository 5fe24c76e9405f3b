"""Pages of one subject or source, now, as of a day, or in one version."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.documents.base import DocumentBase
from cases.documents.types import ActorDocument, Document, SourceDocument, Withdrawal
from cases.http.query_parameters import BadParameterError
from cases.public.page_view import check_path, page_view
from cases.public.presenters.actor_page import ActorPage
from cases.public.presenters.changes import version_entries, version_path
from cases.public.presenters.cite_this import citable_document, cite_this, said_by_line
from cases.public.presenters.islands import islands
from cases.public.presenters.listing import grouped
from cases.public.presenters.named_in import NamedIn, matters_naming
from cases.public.presenters.network import network
from cases.public.presenters.page_head import head_of_record
from cases.public.presenters.passages import passages_of
from cases.public.presenters.proceedings import without_stage
from cases.public.presenters.record_cards import read_record_card
from cases.public.presenters.record_page import subject_page, template_of
from cases.public.presenters.sheet import sheet_of
from cases.public.presenters.source_page import SourcePage
from cases.public.presenters.unlisted import is_unlisted
from cases.public.rendering import render, root_of
from cases.public.times import NOW, Moment, moment_of
from cases.record.lookup import find_document, find_version, history, records_naming
from cases.record.stored_document import StoredDocument

KINDS_NAMED = ("case", "collaboration", "actor", "system")
# The rest stand in the history
VERSIONS_ON_PAGE = 3


@page_view("as_of", "after")
def detail(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Return a record or source now, or as of a day."""
    as_of = moment_of(request)
    found = find_document(kind, slug, seq=as_of.seq)
    document = found.document
    check_path(request, document.path)
    after = request.GET.get("after", "").strip()
    if after and kind != "source":
        raise BadParameterError("after", _("“%s” is not a parameter here.") % "after")
    beside = _beside(document, as_of, after)
    context = _context(request, found, document, None if as_of else beside.get("named_in")) | beside
    context["unlisted"] = is_unlisted(document)
    return render(request, template_of(document), context, as_of=as_of)


@page_view()
def version(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    """Return one version for good. It says when it is not the current one."""
    found = find_version(kind, slug, number)
    document = found.document
    check_path(request, version_path(document))
    # What names it now is no part of an earlier version
    beside = _beside(document, NOW) if found.current else {}
    context = _context(request, found, document, beside.get("named_in")) | beside
    context |= {"versioned": True, "unlisted": is_unlisted(document)}
    template = "withdrawn.html" if isinstance(document, Withdrawal) else template_of(document)
    path = document.path if found.current else ""
    return render(request, template, context, indexed=found.current, path=path)


def _context(request: HttpRequest, found: StoredDocument, document: Document, named_in: object) -> dict[str, object]:
    versions = version_entries(_latest(found, document))
    subject = subject_page(document)
    path = version_path(document)
    sheet = sheet_of(found, named_in if isinstance(named_in, NamedIn) else None)
    return {
        "document": document,
        "subject": subject,
        "source": SourcePage(document) if isinstance(document, SourceDocument) else None,
        "current": found.current,
        "withdrawn": versions[0].version if versions[0].is_withdrawal else None,
        "versions": versions,
        "head": head_of_record(document, root_of(request)),
        "cite": cite_this(
            citable_document(document),
            root=root_of(request),
            link=document.path if found.current else path,
            folder=path,
            said_by=said_by_line(subject.speakers if subject else []),
            sheet=f"{path}sheet/" if sheet else "",
            # Nobody's name leaves the site alone
            shared=document.kind != "actor" or bool(document.claims),
        ),
    }


def _latest(found: StoredDocument, document: Document) -> list[Document]:
    """Return the last versions, newest first. The current one is at hand, and nothing stands before the first."""
    if not found.current:
        return [each.document for each in history(document.id, VERSIONS_ON_PAGE)]
    number = document.version.number
    before = history(document.id, VERSIONS_ON_PAGE - 1, before=number) if number > 1 else []
    return [document, *(each.document for each in before)]


def _beside(document: DocumentBase, as_of: Moment, after: str = "") -> dict[str, object]:
    """Return what is shown beside a document and is never in it: who names it, and what rests on it."""
    seq = as_of.seq
    if document.kind in KINDS_NAMED:
        named_in = matters_naming(document.id, seq)
        shown: dict[str, object] = {
            "named_in": named_in,
            "without_stage": without_stage([*document.claims, *named_in.claims], seq),
        }
        if isinstance(document, ActorDocument):
            drawn = tuple(islands(network(seq, document.id), document.id))
            shown["subject"] = ActorPage(document, named_in, drawn)
        return shown
    if document.kind == "place":
        others = records_naming(document.id, seq=seq).exclude(object_id=document.id)
        return {"groups": grouped(others, as_of, place=document.slug)}
    if isinstance(document, SourceDocument):
        users = tuple(read_record_card(row) for row in records_naming(document.id, seq=seq).only("kind", "card"))
        return {"source": SourcePage(document, passages_of(document.id, seq, after), users)}
    return {}
