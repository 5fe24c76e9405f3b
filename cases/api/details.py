"""Details: a document as it is stored, a claim or an excerpt with its evidence."""

from collections.abc import Mapping
from typing import NoReturn

import msgspec
from django import forms
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from cases.documents.cards import brief
from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedExcerpt
from cases.documents.kinds import LICENSE
from cases.documents.types import Document, ref
from cases.http.query_parameters import BadParameterError
from cases.record.lookup import document_or_none, find_claim, find_document, find_excerpt, find_version
from cases.record.names import near_slugs
from cases.record.stored_document import NoSuchVersionError, NotInRecordError, StoredDocument
from sources.json_fields import or_none

from . import fields
from .openapi import in_headers, in_path, in_query, responses_of
from .problems import NoSuchResourceError
from .responses import document_response, json_response, link_header, revision_headers, robots_header
from .views import ApiView

# Part of the ETag of what is put together from a document: changes when we put it together otherwise
CLAIM_FORMAT = "2"
REVISION_HEADERS = in_headers(
    CaseDB_Seq="The revision that wrote it.",
    CaseDB_Commitment="SHA-256 of the salt's bytes and the document's, in hexadecimal; also the ETag.",
    CaseDB_Salt="16 random bytes, in hexadecimal.",
    CaseDB_Status="`current`, `superseded`, `withdrawn` or `merged`.",
)


class AsOfForm(forms.Form):
    as_of = fields.AsOfField(help_text="As it stood on this day (its end in Asia/Jakarta) or time.")


class DetailForm(AsOfForm):
    version = fields.WholeField(minimum=1, help_text="This version, current or not.")


# Of most requests for a document; a form takes longer than the query of the database
NO_QUERY: Mapping[str, None] = dict.fromkeys(DetailForm.base_fields)


class DocumentDetail(ApiView):
    """A document: exactly the bytes that were published, evidence included."""

    kind = ""
    parameters = [in_path("name", "The slug, or the id.", **fields.NAME), *in_query(DetailForm), *REVISION_HEADERS]

    def get(self, request: Request, name: str) -> HttpResponse:
        query = fields.clean_query(DetailForm(request.GET)) if request.GET else NO_QUERY
        version, seq = query["version"], query["as_of"]
        if version and seq is not None:
            raise BadParameterError("version", "“version” and “as_of” cannot be given together.")
        try:
            if version:
                found = find_version(self.kind, name, version)
            else:  # one query, unless it moved or is gone
                found = document_or_none(self.kind, name, seq=seq) or find_document(self.kind, name, seq=seq)
        except NoSuchVersionError as none:
            last = "There is 1 version" if none.last == 1 else f"There are {none.last} versions"
            raise NoSuchResourceError(f"{last} of “{name[:60]}”, and none of number {version}.") from none
        except NotInRecordError as missing:
            near = [slug for slug in near_slugs(self.kind, name) if slug != name]
            raise_not_found(request, missing, f"{self.kind} “{name[:60]}”", near)
        return document_response(request, found)


class ClaimDetail(ApiView):
    """A claim with its subject, its excerpts, their sources, what disagrees or is unknown about it, and the replies."""

    operation = "get_claim"
    summary = "One claim with its evidence"
    responses = responses_of("claim_detail", 304, 400, 404, 410)
    parameters = [in_path("claim_id", "The id of the claim.", format="uuid"), *in_query(AsOfForm), *REVISION_HEADERS]

    def get(self, request: Request, claim_id: str) -> HttpResponse:
        query = fields.clean_query(AsOfForm(request.GET))
        try:
            claim, holder = find_claim(claim_id, seq=query["as_of"])
        except NotInRecordError as missing:
            raise_not_found(request, missing, f"claim “{claim_id[:60]}”")
        return json_response(
            request,
            claim_detail(claim, holder),
            etag=f'"{holder.revision.commitment}.claim.{CLAIM_FORMAT}"',
            headers=revision_headers(holder) | link_header(request, claim.path),
        )


class ExcerptDetail(ApiView):
    """The exact words of a source, where they stand in it, and all that rests on them: claims, sides of conflicts,
    names, replies.
    """

    operation = "get_excerpt"
    summary = "One excerpt with its source and all that rests on it"
    responses = responses_of("excerpt_detail", 304, 400, 404, 410)
    parameters = [in_path("excerpt_id", "The id of the excerpt.", format="uuid"), *in_query(AsOfForm)]

    def get(self, request: Request, excerpt_id: str) -> HttpResponse:
        query = fields.clean_query(AsOfForm(request.GET))
        try:
            excerpt, holders, more = find_excerpt(excerpt_id, seq=query["as_of"])
        except NotInRecordError as missing:
            raise_not_found(request, missing, f"excerpt “{excerpt_id[:60]}”")
        headers = link_header(request, excerpt.path) | robots_header(is_current=query["as_of"] is None)
        return json_response(request, excerpt_detail(excerpt, holders, more), headers=headers)


def claim_detail(claim: PublishedClaim, holder: StoredDocument) -> Mapping[str, object]:
    """Return the body of a claim's detail: the claim, and what of its document belongs to it."""
    document, revision = holder.document, holder.revision
    conflicts, unknowns, replies = document.conflicts_of(claim), document.unknowns_of(claim), document.replies_to(claim)
    responses = [each for each in document.responses if claim.id in each.claims or each in replies.values()]
    ids = {citation.excerpt for citation in claim.citations} | {s.excerpt for each in conflicts for s in each.sides}
    ids |= {key for each in responses for key in each.excerpts} | {each.excerpt for each in unknowns if each.excerpt}
    excerpts = [excerpt for excerpt in document.excerpts if excerpt.id in ids]
    slugs = {excerpt.source for excerpt in excerpts} | {or_none(claim.said_by.source), *claim.relayed_by}
    return {
        "claim": claim,
        "subject": ref(document),
        "excerpts": excerpts,
        "sources": [source for source in document.sources if source.slug in slugs],
        "conflicts": conflicts,
        "conflict_families": document.families_of(claim),
        "unknowns": unknowns,
        "responses": responses,
        "replies": {reply.who.slug: reply.state for reply in replies.values()},
        "seq": revision.seq,
        "version": revision.version,
        "commitment": revision.commitment,
        "salt": holder.salt,
        "license": LICENSE,
    }


def excerpt_detail(excerpt: PublishedExcerpt, holders: list[StoredDocument], more: int) -> Mapping[str, object]:
    """Return the body of an excerpt's detail, `more` being how many documents that hold it were left off."""
    documents = [holder.document for holder in holders]
    uses = [excerpt_uses(excerpt.id, document) for document in documents]
    return {
        **msgspec.structs.asdict(excerpt),
        "source": documents[-1].source(excerpt.source),
        **{name: [each for one in uses for each in one[name]] for name in uses[0]},
        "left_off": more,
        "license": LICENSE,
    }


def excerpt_uses(excerpt_id: str, document: Document) -> Mapping[str, list[Mapping[str, object]]]:
    """Return what rests on an excerpt in one document, each with what it is about: as the excerpt's page shows it."""
    uses, subject = document.uses_of_excerpts[excerpt_id], {"subject": ref(document)}
    return {
        "claims": [{**brief(claim, document), "relation": relation, **subject} for claim, relation in uses.claims],
        "conflicts": [
            msgspec.structs.asdict(conflict)
            | {
                "values": [side.value for side in conflict.sides if side.excerpt == excerpt_id],
                "about": brief(document.claim(conflict.claim), document) if conflict.claim else None,
            }
            | subject
            for conflict in uses.conflicts
        ],
        "aliases": [{"name": alias.name, "kind": alias.kind, **subject} for alias in uses.aliases],
        "identifiers": [{"scheme": each.scheme, "value": each.value, **subject} for each in uses.identifiers],
        "responses": [msgspec.structs.asdict(response) | subject for response in uses.responses],
        "unknowns": [msgspec.structs.asdict(unknown) | subject for unknown in uses.unknowns],
        "about": [
            {"key": each.key, "aspect": each.aspect, "statement": each.statement, "relation": relation}
            | {"source": ref(document)}
            for each, relation in uses.about
        ],
    }


def raise_not_found(
    request: HttpRequest, missing: NotInRecordError, name: str, near: list[str] | None = None
) -> NoReturn:
    """Raise NotInRecordError for what is missing; what was erased is not missing but gone, and stays as it is."""
    if type(missing) is not NotInRecordError:
        raise missing
    day = request.GET.get("as_of")
    when = f" as of {day[:60]}" if day else ""
    raise NoSuchResourceError(f"There is no {name} in the record{when}.", near) from missing
