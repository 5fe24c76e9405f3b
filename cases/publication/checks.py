"""Why a set may not be published: every reason at once, so that a curator fixes them in one go."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from cases.documents.build import Item, kind_of, ref_of
from cases.documents.canonical import Document, dumps, loads
from cases.models import Draft, Record, RecordClaim, RecordLink, Revision, RevisionBody
from cases.vocabularies import GONE, Action, WithdrawalReason
from sources import quotes
from sources.captures import WrongText, text_of
from sources.models import Capture, Excerpt

from .acts import Act, PublishingSet
from .ledger import batched, current_documents
from .rules import EMAIL, NIK, PHONE, faults, names_a_person, texts

Names = dict[str, set[str]]
"""Names of private persons by the slug of the source that holds them."""


@dataclass(frozen=True)
class Blocker:
    """One reason: what it concerns, where in it, a sentence, and the item that would have to join the set, if any."""

    item: str
    where: str
    message: str
    missing: Item | None = None

    def __str__(self) -> str:
        return f"{self.item} · {self.where}: {self.message}" if self.where else f"{self.item}: {self.message}"


def blockers(members: PublishingSet, *, by: User, reviewer: User | None, reason: str) -> list[Blocker]:
    """Every reason why this set cannot be published now by these people."""
    names = _private_names(members)
    found = list(_of_the_set(members, names, by, reviewer, reason))
    for act in members.acts:
        name = f"{kind_of(act.item)}/{act.item.slug}"
        found += [Blocker(name, where, message) for where, message in _of_act(act, members, names)]
        found += [Blocker(name, "", message, item) for message, item in _missing(act, members)]
    return found


def _of_the_set(
    members: PublishingSet, names: Names, by: User, reviewer: User | None, reason: str
) -> Iterator[Blocker]:
    everything = _("the set")
    if not members.acts:
        yield Blocker(everything, "", _("It is empty."))
    for item_id, count in Counter(act.item.id for act in members.acts).items():
        if count > 1:
            twice = next(act.item for act in members.acts if act.item.id == item_id)
            yield Blocker(everything, "", _("%s stands in it more than once.") % twice)
    if not reason.strip():
        yield Blocker(everything, "reason", _("Say why, for readers."))
    if any(pattern.search(reason) for pattern in (NIK, PHONE, EMAIL)):
        yield Blocker(everything, "reason", _("The public reason holds private data."))
    if any(quotes.occurrences(reason, name) for near in names.values() for name in near):
        yield Blocker(everything, "reason", _("The public reason holds the name of a private person."))
    if not any(names_a_person(document) for document in [*_documents(members), *_following(members)]):
        return
    if reviewer is None:
        yield Blocker(everything, "reviewer", _("It concerns a case or a person: a second person must review it."))
    elif reviewer == by:
        yield Blocker(everything, "reviewer", _("The reviewer must be somebody else than the one who submits."))
    else:
        for act in members.acts:
            if _changed_by(reviewer, act.item):
                yield Blocker(
                    everything,
                    "reviewer",
                    _("The reviewer has changed %s since it was last published.") % act.item,
                )


def _following(members: PublishingSet) -> Iterator[Document]:
    """Public documents outside the set that will be corrected with it, because they embed what it renames."""
    renamed = {
        str(act.item.id)
        for act in members.acts
        if act.action != Action.WITHDRAW
        and (before := members.published(act.item))
        and ref_of(before) != members.ref_after(act)
    }
    seen: set[str] = set()
    while renamed := renamed - seen:
        seen |= renamed
        links = RecordLink.objects.current().filter(target__in=renamed)
        records = Record.objects.current().filter(id__in=links.values("record"))
        following = {str(object_id): object_id for object_id in records.values_list("object_id", flat=True)}
        renamed = set(following)
        documents = current_documents(following[key] for key in renamed - seen)
        yield from (document for document in documents.values() if document)


def _changed_by(user: User, item: Item) -> bool:
    drafts = Draft.objects.filter(object_id=item.id, by=user)
    if last := Revision.objects.filter(object_id=item.id, cause=None).exclude(action=Action.REDACT).last():
        drafts = drafts.filter(at__gt=last.recorded_at)  # what only followed another's title published none of its rows
    return drafts.exists()


def _of_act(act: Act, members: PublishingSet, names: Names) -> Iterator[tuple[str, str]]:
    last = members.last(act.item)
    withdrawn = last is not None and last.action in GONE
    if act.action == Action.WITHDRAW:
        if last is None or withdrawn:
            yield "", _("It is not public, so it cannot be withdrawn.")
        if act.reason_code not in WithdrawalReason.values:
            yield "withdrawal_reason", _("A withdrawal needs a reason from the list.")
        return
    if act.action == Action.MERGE:
        for message in _of_merge(act, members):
            yield "into", message
        return
    if act.action == Action.REINSTATE and not withdrawn:
        yield "", _("It is not withdrawn, so it cannot be reinstated.")
    if act.action == Action.PUBLISH and withdrawn:
        yield "", _("It is withdrawn. Reinstate it.")
    document = members.document(act)
    published = members.published(act.item)
    if published and not withdrawn and content(published) == content(document):
        yield "", _("Nothing has changed since it was last published.")
    if Record.objects.filter(kind=document["kind"], slug=document["slug"]).exclude(object_id=document["id"]).exists():
        yield "slug", _("This slug belongs or belonged to another one; slugs are never reused.")
    yield from faults(document)
    yield from _unfaithful_excerpts(document)
    for where, _name in private_names(document, {name for slug in _slugs(document) for name in names.get(slug, ())}):
        yield where, _("It holds the name of a private person.")
    yield from _stale(act.item)
    yield from _unconfirmed(document, published, act.item)


def _of_merge(act: Act, members: PublishingSet) -> Iterator[str]:
    """Why an item cannot become part of another."""
    published, into = members.published(act.item), act.into
    if published is None:
        yield _("It is not public, so it cannot be merged.")
    if into is None or into.id == act.item.id or kind_of(into) != kind_of(act.item) or kind_of(into) == "source":
        yield _("A subject is merged into another subject of its kind.")
        return
    if not members.is_public(into) or (into.id in {other.item.id for other in members.acts if other.leaves}):
        yield _("What it is to become part of is not public.")
    if act.item.claims.exists():  # type: ignore[union-attr]
        yield _("It still has statements of its own. Write them anew at what it becomes part of, and delete them here.")
    if published and published["claims"] and into.id not in {other.item.id for other in members.acts}:
        yield _("It had statements, so what it becomes part of must go out in the same set.")


def content(document: Document) -> str:
    """A document without its version: what readers would see change."""
    return dumps({key: value for key, value in document.items() if key != "version"})


def _documents(members: PublishingSet) -> list[Document]:
    """What the set would publish, and what readers see of it now."""
    return [d for act in members.acts for d in (members.document(act), members.published(act.item)) if d]


def _private_names(members: PublishingSet) -> Names:
    """The names marked as private in the sources of the set's documents, as far as their texts are at hand."""
    found: Names = {}
    for slugs in batched({slug for document in _documents(members) for slug in _slugs(document)}):
        captures = Capture.objects.filter(source__slug__in=slugs, private_spans__isnull=False).distinct()
        for capture in captures.select_related("source").prefetch_related("private_spans"):
            with suppress(WrongText):  # excerpt_faults says so
                text = text_of(capture) or ""
                words = {text[start:end] for start, end in capture.private if text}
                found.setdefault(capture.source.slug, set()).update(words)
    return found


def _slugs(document: Document) -> list[str]:
    """The sources that a document quotes, or the source that it is."""
    return [source["slug"] for source in document.get("sources", [])] + [document["slug"]]


def private_names(document: Document, names: set[str]) -> Iterator[tuple[str, str]]:
    """Every place of the document where one of the names stands, in any case, as whole words."""
    for where, text in texts(document):
        for name in names:
            if quotes.occurrences(text, name):
                yield where, name


def _unfaithful_excerpts(document: Document) -> Iterator[tuple[str, str]]:
    """Words that are not in the capture, or that touch a private span, in an excerpt, its context or a translation."""
    ids = [excerpt["id"] for excerpt in document.get("excerpts", [])]
    rows = Excerpt.objects.filter(id__in=ids).select_related("capture__source")
    for excerpt in rows.prefetch_related("capture__private_spans", "translations"):
        for message in excerpt_faults(excerpt):
            yield f"excerpt “{excerpt.exact[:40]}”", message


def excerpt_faults(excerpt: Excerpt, text: str | None = None) -> Iterator[str]:
    """What is wrong with one excerpt; `text` is its capture's, read if not given."""
    left, right = excerpt.start - len(excerpt.prefix), excerpt.end + len(excerpt.suffix)
    if quotes.touches(left, right, excerpt.capture.private):
        yield _("The words or their context touch the name of a private person.")
    try:
        text = text if text is not None else text_of(excerpt.capture)
    except WrongText as error:
        yield str(error)
        return
    if text is None:
        return
    if text[excerpt.start : excerpt.end] != excerpt.exact:
        yield _("The words do not stand at this place of the capture.")
    elif (excerpt.prefix, excerpt.suffix) != quotes.context(text, excerpt.start, excerpt.end, excerpt.capture.private):
        yield _("The context differs from the capture.")
    names = {text[start:end] for start, end in excerpt.capture.private}
    for translation in excerpt.translations.all():
        if any(name in translation.text for name in names):
            yield _("The translation holds the name of a private person.")
        if translation.by == "source" and translation.text not in text:
            yield _("A translation by the source must stand in the source word for word.")


def _stale(item: Item) -> Iterator[tuple[str, str]]:
    if kind_of(item) == "source":
        return
    for claim in item.claims.exclude(stale_language=""):  # type: ignore[union-attr]
        yield f"claim “{claim.statement_id[:60]}”", _("One language was changed, the other not yet checked.")


def _unconfirmed(document: Document, published: Document | None, item: Item) -> Iterator[tuple[str, str]]:
    """A value changed while its citation did not: blocked until the curator confirms the citation.

    Compared with the claim as it last stood in public, so that withdrawing and reinstating is no way around.
    """
    before = {claim["id"]: claim for claim in (published or {}).get("claims", [])}
    gone = {claim["id"] for claim in document.get("claims", [])} - set(before)
    last = dict(
        RecordClaim.objects.filter(object_id__in=gone).order_by("since_seq").values_list("object_id", "since_seq")
    )
    for body in RevisionBody.objects.filter(pk__in=set(last.values())).order_by("pk"):
        before |= {claim["id"]: claim for claim in loads(body.document)["claims"] if claim["id"] in gone}
    for claim in document.get("claims", []):
        old = before.get(claim["id"])
        if not old or _supports(old) != _supports(claim) or values(old) == values(claim):
            continue
        code = confirmation(claim)
        rows: Any = item.claims.get(id=claim["id"]).citations.filter(relation="supports")  # type: ignore[union-attr]
        if rows.exclude(confirmed=code).exists():
            yield (
                f"claim “{claim['statement']['id'][:60]}”",
                _("A value changed while its excerpt did not. Read it again; if it still holds, confirm with %s.")
                % code,
            )


def values(claim: Document) -> Document:
    """What a claim asserts, apart from its wording: the values that its excerpts must carry."""
    keys = ("kind", "subkind", "standing", "start", "end", "transfer", "figure", "stage", "said_by")
    asserted = {key: claim.get(key) for key in keys}
    asserted["parties"] = [[p["part"], (p["who"] or {}).get("id"), p["as_stated"]] for p in claim["parties"]]
    if actor := claim["said_by"].get("actor"):
        asserted["said_by"] = actor["id"]
    return asserted


def confirmation(claim: Document) -> str:
    """The short code by which a curator confirms that the excerpts carry the values as they now are."""
    return hashlib.sha256(dumps(values(claim)).encode()).hexdigest()[:8]


def _supports(claim: Document) -> set[str]:
    return {c["excerpt"] for c in claim["citations"] if c["relation"] == "supports"}


def _missing(act: Act, members: PublishingSet) -> Iterator[tuple[str, Item | None]]:
    """What it names that is not public, or, for a withdrawal, what is public and still names it."""
    if act.action == Action.MERGE:
        return  # what names it names the survivor from then on
    if act.action != Action.WITHDRAW:
        members.document(act)
        for item in members.named_but_not_public(act):
            yield _("It names %s, which is not public. Add it to the set.") % item, item
        return
    links = RecordLink.objects.current().filter(target=str(act.item.id)).exclude(record__object_id=act.item.id)
    inside = {str(other.item.id) for other in members.acts}
    for record in Record.objects.current().filter(links__in=links).distinct():
        if str(record.object_id) not in inside:
            yield (
                _("It is still named by %s, which is public. Correct or withdraw that first.") % record.title_id,
                None,
            )
