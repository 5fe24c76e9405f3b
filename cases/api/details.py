"""One thing at its address: a document as it is stored, a claim or an excerpt with what stands around it."""

from typing import Any

import msgspec
from django import forms
from django.http import HttpRequest, HttpResponse

from cases.documents.build import LICENSE, ref_of
from cases.documents.canonical import Document
from cases.documents.cards import brief, uses_of
from cases.http.query_parameters import BadParameter
from cases.record.lookup import (
    Found,
    Missing,
    NoVersion,
    find,
    find_claim,
    find_excerpt,
    find_version,
    stands,
    statuses,
)
from cases.record.names import near_slugs

from . import fields
from .openapi import answers, in_headers, in_path, in_query
from .problems import NotHere
from .responses import View, answer, changed, links, not_indexed, stored

SHAPE = "1"
"""Part of the ETag of what is put together from a document: changes when we put it together otherwise."""
OF_REVISION = in_headers(
    CaseDB_Seq="The revision that wrote it.",
    CaseDB_Commitment="SHA-256 of the salt's bytes and the document's, in hexadecimal; also the ETag.",
    CaseDB_Salt="16 random bytes, in hexadecimal.",
    CaseDB_Status="`current`, `superseded`, `withdrawn` or `merged`.",
)


class AsOfForm(forms.Form):
    as_of = fields.AsOfField(help_text="As it stood on this day (its end in Asia/Jakarta) or time.")


class DetailForm(AsOfForm):
    version = fields.WholeField(minimum=1, help_text="This version, current or not.")


PLAIN: dict[str, Any] = dict.fromkeys(DetailForm.base_fields)
"""Nothing asked: the document as it stands now."""


class Detail(View):
    """A document: exactly the bytes that were published, evidence included."""

    kind = ""
    parameters = [in_path("name", "The slug, or the id.", **fields.NAME), *in_query(DetailForm), *OF_REVISION]

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        asks = request.META.get("QUERY_STRING")  # a form costs more than a query of the database
        asked = fields.asked(DetailForm(request.GET)) if asks else PLAIN
        if asked["version"] and asked["as_of"] is not None:
            raise BadParameter("version", "“version” and “as_of” cannot be given together.")
        try:
            if asked["version"]:
                return self.of_version(request, name, asked["version"])
            return self.standing(request, name, asked["as_of"])
        except NoVersion as none:
            last = "There is 1 version" if none.last == 1 else f"There are {none.last} versions"
            raise NotHere(f"{last} of “{name[:60]}”, and none of number {asked['version']}.") from none
        except Missing as missing:
            raise_redacted(missing)
            near = [slug for slug in near_slugs(self.kind, name) if slug != name]
            raise NotHere(f"There is no {self.kind} “{name[:60]}” in the record{when(request)}.", near) from missing

    def standing(self, request: HttpRequest, name: str, seq: int | None) -> HttpResponse:
        """One indexed query, whether the client holds it already or not."""
        one = stands(self.kind, name, seq=seq) or find(self.kind, name, seq=seq)  # which says where it went
        status = "current" if one.current else status_of(one.revision.seq)
        return stored(request, one, canonical=one.path, status=status)

    def of_version(self, request: HttpRequest, name: str, version: int) -> HttpResponse:
        one = find_version(self.kind, name, version)
        status = status_of(one.revision.seq)
        return stored(request, one, canonical=one.path, status=status)


class ClaimDetail(View):
    """A claim with its subject, its excerpts, their sources, and what is disputed or unknown about it."""

    operation = "get_claim"
    summary = "One claim with its evidence"
    answers = answers("claim_detail", 304, 400, 404, 410)
    parameters = [in_path("claim_id", "The id of the claim.", format="uuid"), *in_query(AsOfForm), *OF_REVISION]

    def get(self, request: HttpRequest, claim_id: str) -> HttpResponse:
        asked = fields.asked(AsOfForm(request.GET))
        try:
            claim, holder = find_claim(claim_id, seq=asked["as_of"])
        except Missing as missing:
            raise_redacted(missing)
            raise NotHere(f"There is no claim “{claim_id[:60]}” in the record{when(request)}.") from missing
        revision = holder.revision
        status = "current" if holder.current else status_of(revision.seq)
        return answer(
            request,
            compact(claim_detail(claim, holder)),
            etag=f'"{revision.commitment}.claim.{SHAPE}"',
            CaseDB_Seq=str(revision.seq),
            CaseDB_Commitment=revision.commitment,
            CaseDB_Salt=holder.salt,
            CaseDB_Status=status,
            Last_Modified=changed(revision),
            Link=links(claim["path"]),
            **not_indexed(status == "current"),
        )


class ExcerptDetail(View):
    """The exact words of a source, where they stand in it, and all that rests on them: claims, sides of conflicts,
    names, replies.
    """

    operation = "get_excerpt"
    summary = "One excerpt with its source and all that rests on it"
    answers = answers("excerpt_detail", 304, 400, 404, 410)
    parameters = [in_path("excerpt_id", "The id of the excerpt.", format="uuid"), *in_query(AsOfForm)]

    def get(self, request: HttpRequest, excerpt_id: str) -> HttpResponse:
        asked = fields.asked(AsOfForm(request.GET))
        try:
            excerpt, holders, more = find_excerpt(excerpt_id, seq=asked["as_of"])
        except Missing as missing:
            raise_redacted(missing)
            raise NotHere(f"There is no excerpt “{excerpt_id[:60]}” in the record{when(request)}.") from missing
        detail = compact(excerpt_detail(excerpt, holders, more))
        return answer(request, detail, Link=links(excerpt["path"]), **not_indexed(asked["as_of"] is None))


def claim_detail(claim: Document, holder: Found) -> Document:
    document, revision = holder.document, holder.revision
    conflicts = [conflict for conflict in document["conflicts"] if conflict["claim"] == claim["id"]]
    ids = {c["excerpt"] for c in claim["citations"]} | {s["excerpt"] for c in conflicts for s in c["sides"]}
    excerpts = [excerpt for excerpt in document["excerpts"] if excerpt["id"] in ids]
    slugs = {excerpt["source"] for excerpt in excerpts} | {claim["said_by"].get("source"), *claim["relayed_by"]}
    return {
        "claim": claim,
        "subject": ref_of(document),
        "excerpts": excerpts,
        "sources": [source for source in document["sources"] if source["slug"] in slugs],
        "conflicts": conflicts,
        "unknowns": [unknown for unknown in document["unknowns"] if unknown["claim"] == claim["id"]],
        "responses": [response for response in document["responses"] if claim["id"] in response["claims"]],
        "seq": revision.seq,
        "version": revision.version,
        "commitment": revision.commitment,
        "salt": holder.salt,
        "license": LICENSE,
    }


def excerpt_detail(excerpt: Document, holders: list[Found], more: int) -> Document:
    documents = [holder.document for holder in holders]
    sources = documents[-1]["sources"]
    resting = [resting_on(excerpt["id"], document) for document in documents]
    return {
        **excerpt,
        "source": next(source for source in sources if source["slug"] == excerpt["source"]),
        **{name: [each for uses in resting for each in uses[name]] for name in resting[0]},
        "left_off": more,
        "license": LICENSE,
    }


def resting_on(excerpt_id: str, document: Document) -> dict[str, list[Document]]:
    """What rests on an excerpt in one document, each with what it is about: what the page of the excerpt tells too."""
    uses, subject = uses_of(document)[excerpt_id], {"subject": ref_of(document)}
    claims = {claim["id"]: claim for claim in document["claims"]}
    return {
        "claims": [brief(claim) | {"relation": claim["relation"]} | subject for claim in uses["claims"]],
        "conflicts": [
            conflict
            | {
                "values": [side["value"] for side in conflict["sides"] if side["excerpt"] == excerpt_id],
                "disputed": brief(claims[conflict["claim"]]) if conflict["claim"] else None,
            }
            | subject
            for conflict in uses["conflicts"]
        ],
        "aliases": [{"name": alias["name"], "kind": alias["kind"]} | subject for alias in uses["aliases"]],
        "responses": [response | subject for response in uses["responses"]],
    }


def status_of(seq: int) -> str:
    return statuses([seq])[seq]


def raise_redacted(missing: Missing) -> None:
    """Erased words are not missing: they are gone, and the answer says so."""
    if type(missing) is not Missing:
        raise missing


def when(request: HttpRequest) -> str:
    day = request.GET.get("as_of")
    return f" as of {day[:60]}" if day else ""


def compact(value: Document) -> str:
    return msgspec.json.encode(value, enc_hook=lambda text: "" + str(text)).decode()
