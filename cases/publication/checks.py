"""What may go out: every reason why a set may not be published, at once, so that a curator fixes them in one go."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress

import msgspec
from django.utils.translation import gettext as _

from cases.claim_kinds import DETAILED
from cases.documents.base import DocumentBase, Json
from cases.documents.build import Item
from cases.documents.claims import PublishedClaim
from cases.documents.types import Document, canonical_json, parse_document
from cases.models import Citation, Claim, Record, RecordClaim, RecordLink, RevisionBody
from cases.vocabularies import GONE, Action, Relation, WithdrawalReason
from sources import quotes
from sources.captures import WrongTextError, text_of
from sources.json_fields import LanguageMap
from sources.models import Capture, Excerpt, Source
from sources.page_checks import check_of

from .acts import Act
from .errors import Blocker
from .fault_places import Faults, claim_name, texts
from .ledger import batched, last_documents
from .plan import PublicationPlan
from .retired_slugs import is_retired
from .rules import EMAIL, NIK, PHONE, faults

# Names of private persons by the slug of the source that holds them
Names = dict[str, set[str]]


def blockers(plan: PublicationPlan, *, reason: LanguageMap) -> list[Blocker]:
    """Return every reason why this set cannot be published now, whoever publishes it."""
    names = _private_names(plan)
    found = [Blocker(_("the set"), where, message) for where, message in _of_set(plan, names, reason)]
    for act in plan.acts:
        found += [Blocker(act.name, where, message) for where, message in _of_act(act, plan, names)]
        found += [Blocker(act.name, "", message, item) for message, item in _missing(act, plan)]
    return found


def claim_faults(claim: Claim) -> list[str]:
    """Return what speaks against publishing one claim of the working copy, beside all else that its subject says."""
    plan = PublicationPlan.of([claim.subject.specific])
    whole = plan.documents[claim.subject_id]
    key = str(claim.pk)
    cited = {each.excerpt for each in whole.claims_by_id[key].citations}
    alone = msgspec.structs.replace(
        whole,
        claims=tuple(each for each in whole.claims if each.id == key),
        conflicts=tuple(each for each in whole.conflicts if each.claim == key),
        unknowns=tuple(each for each in whole.unknowns if each.claim == key),
        excerpts=tuple(each for each in whole.excerpts if each.id in cited),
        responses=(),
        lead=(),
    )
    of_all = set(faults(whole))
    found = [message for where, message in faults(alone) if (where, message) in of_all and where != "lead"]
    for excerpt in Excerpt.objects.filter(id__in=cited).select_related("capture__source"):
        found += excerpt_faults(excerpt)
    names = {name for near in _private_names(plan).values() for name in near}
    found += [_("It holds the name of a private person.") for _place in private_names(alone, names)]
    return list(dict.fromkeys(found))


def _of_set(plan: PublicationPlan, names: Names, reason: LanguageMap) -> Faults:
    if not plan.acts:
        yield "", _("It is empty.")
    items = {act.key: act.item for act in plan.acts}
    for key, count in Counter(act.key for act in plan.acts).items():
        if count > 1:
            yield "", _("%s stands in it more than once.") % items[key]
    if not (reason.id.strip() and reason.en.strip()):
        yield "reason", _("Say why, for readers, in Indonesian and in English.")
    both = f"{reason.id}\n{reason.en}"
    if any(pattern.search(both) for pattern in (NIK, PHONE, EMAIL)):
        yield "reason", _("The public reason holds private data.")
    if any(quotes.occurrences(both, name) for near in names.values() for name in near):
        yield "reason", _("The public reason holds the name of a private person.")


def _of_act(act: Act, plan: PublicationPlan, names: Names) -> Faults:
    last = plan.last_revisions.get(act.key)
    is_gone = last is not None and last.action in GONE
    if act.action == Action.WITHDRAW:
        if last is None or is_gone:
            yield "", _("It is not public, so it cannot be withdrawn.")
        if act.reason_code not in WithdrawalReason.values:
            yield "withdrawal_reason", _("A withdrawal needs a reason from the list.")
    elif act.action == Action.MERGE:
        yield from (("into", message) for message in _of_merge(act, plan))
    else:
        if act.action == Action.REINSTATE and not is_gone:
            yield "", _("It is not withdrawn, so it cannot be reinstated.")
        if act.action == Action.PUBLISH and is_gone:
            yield "", _("It is withdrawn. Reinstate it.")
        if not is_gone and not plan.has_changed(act):
            yield "", _("Nothing has changed since it was last published.")
        yield from _of_document(plan.documents[act.key], names)
        yield from _stale(act.item)
        yield from _unconfirmed(plan.documents[act.key], plan.published.get(act.key))


def _of_document(document: Document, names: Names) -> Faults:
    if _slug_is_taken(document):
        yield "slug", _("This slug belongs or belonged to another one; slugs are never reused.")
    yield from faults(document)
    yield from _unfaithful_excerpts(document)
    for where, _name in private_names(document, {name for slug in _slugs(document) for name in names.get(slug, ())}):
        yield where, _("It holds the name of a private person.")


def _slug_is_taken(document: DocumentBase) -> bool:
    """Return whether another one has or had the slug, or it was erased, and not from what this one is called now."""
    if Record.objects.filter(kind=document.kind, slug=document.slug).exclude(object_id=document.id).exists():
        return True
    if not is_retired(document.kind, document.slug):
        return False
    key = uuid.UUID(document.id)
    last = last_documents([key]).get(key)
    return last is None or last.slug != document.slug


def _of_merge(act: Act, plan: PublicationPlan) -> Iterator[str]:
    """Yield why an item cannot become part of another."""
    published, into = plan.published.get(act.key), act.into
    if published is None:
        yield _("It is not public, so it cannot be merged.")
    item = act.item
    if into is None or into.pk == item.pk or into.kind != item.kind or isinstance(item, Source):
        yield _("A subject is merged into another subject of its kind.")
        return
    if into.pk not in plan.readable_targets:
        yield _("What it is to become part of is not public.")
    if item.claims.exists():
        yield _("It still has statements of its own. Write them anew at what it becomes part of, and delete them here.")
    if published and published.claims and into.pk not in plan.documents:
        yield _("It had statements, so what it becomes part of must go out in the same set.")


def _private_names(plan: PublicationPlan) -> Names:
    """Return the names marked as private in the sources of the set's documents, as far as their texts are at hand."""
    found: Names = {}
    for slugs in batched({slug for document in plan.readable_documents for slug in _slugs(document)}):
        captures = Capture.objects.filter(source__slug__in=slugs, private_spans__isnull=False).distinct()
        for capture in captures.select_related("source").prefetch_related("private_spans"):
            with suppress(WrongTextError):  # excerpt_faults says so
                text = text_of(capture) or ""
                words = {text[start:end] for start, end in capture.private if text}
                found.setdefault(capture.source.slug, set()).update(words)
    return found


def _slugs(document: DocumentBase) -> list[str]:
    """Return the slugs of the sources that a document quotes, or of the source that it is."""
    return [*(source.slug for source in document.sources), document.slug]


def private_names(document: DocumentBase, names: Iterable[str]) -> Faults:
    """Yield every place of the document where one of the names stands, in any case, as whole words."""
    for where, text in texts(document):
        for name in names:
            if quotes.occurrences(text, name):
                yield where, name


def _unfaithful_excerpts(document: DocumentBase) -> Faults:
    """Yield words of an excerpt, its context or translation that are not in the capture or touch a private span,
    and words of which nobody knows whether they stand so on the page."""
    rows = Excerpt.objects.filter(id__in=list(document.excerpts_by_id)).select_related("capture__source", "page_check")
    for excerpt in rows.defer("capture__layout").prefetch_related("capture__private_spans", "translations"):
        for message in (*excerpt_faults(excerpt), *page_faults(excerpt)):
            yield f"excerpt “{excerpt.exact[:40]}”", message


def excerpt_faults(excerpt: Excerpt, text: str | None = None) -> Iterator[str]:
    """Yield what is wrong with one excerpt; `text` is its capture's, read if not given."""
    left, right = excerpt.start - len(excerpt.prefix), excerpt.end + len(excerpt.suffix)
    if quotes.touches(left, right, excerpt.capture.private):
        yield _("The words or their context touch the name of a private person.")
    try:
        text = text if text is not None else text_of(excerpt.capture)
    except WrongTextError as error:
        yield str(error)
        return
    if text is None:
        return
    if text[excerpt.start : excerpt.end] != excerpt.exact:
        yield _("The words do not stand at this place of the capture.")
    elif text[max(0, left) : right] != excerpt.prefix + excerpt.exact + excerpt.suffix:
        yield _("The context differs from the capture.")
    names = {text[start:end] for start, end in excerpt.capture.private}
    for translation in excerpt.translations.all():
        if any(name in translation.text for name in names):
            yield _("The translation holds the name of a private person.")
        if translation.by == "source" and translation.text not in text:
            yield _("A translation by the source must stand in the source word for word.")


def page_faults(excerpt: Excerpt) -> Iterator[str]:
    """Yield why an excerpt needs somebody's eye on its page, or cannot be used at all."""
    check = check_of(excerpt)
    if check is None:
        return
    if check.state == "stitched":
        yield _("The words do not follow each other on the page. Quote them anew.")
    elif check.waits:
        reasons = " ".join(check.reasons)
        yield _("Nobody has compared the words with the page, where their order is doubtful. %s") % reasons


def _stale(item: Item) -> Faults:
    if isinstance(item, Source):
        return
    for claim in item.claims.exclude(stale_language=""):
        yield (
            claim_name(claim.statement_id or claim.statement_en),
            _("One language was changed, the other not yet checked."),
        )


def _unconfirmed(document: DocumentBase, published: DocumentBase | None) -> Faults:
    """Yield each claim of which a value changed while its citation did not, until the curator confirms the citation.

    Compared with the claim as it was last public, so that withdrawing and reinstating is no way around.
    """
    before = {claim.id: claim for claim in published.claims} if published else {}
    before |= _claims_last_public(claim.id for claim in document.claims if claim.id not in before)
    for claim in document.claims:
        old = before.get(claim.id)
        if not old or set(old.supporting_excerpts) != set(claim.supporting_excerpts) or values(old) == values(claim):
            continue
        code = confirmation(claim)
        citations = Citation.objects.filter(claim_id=uuid.UUID(claim.id), relation=Relation.SUPPORTS)
        if citations.exclude(confirmed=code).exists():
            message = _("A value changed while its excerpt did not. Read it again; if it still holds, confirm with %s.")
            yield claim_name(claim.statement.choose("id")), message % code


def _claims_last_public(ids: Iterable[str]) -> dict[str, PublishedClaim]:
    """Return claims as they were last public, by id; nothing for what never was."""
    rows = RecordClaim.objects.filter(object_id__in=set(ids)).order_by("since_seq")
    seqs = {str(key): seq for key, seq in rows.values_list("object_id", "since_seq")}
    bodies = RevisionBody.objects.filter(pk__in=set(seqs.values()))
    documents = {body.pk: parse_document(body.document) for body in bodies}
    return {key: documents[seq].claim(key) for key, seq in seqs.items() if seq in documents}


def values(claim: PublishedClaim) -> dict[str, Json]:
    """Return what a claim asserts, apart from its wording: the values that its excerpts must carry."""
    speaker = claim.said_by.actor.id if claim.said_by.actor else msgspec.to_builtins(claim.said_by)
    numbers: dict[str, Json] = {name: None for name, kind in DETAILED.items() if kind.null_in_codes}
    if claim.detail is not None:
        later = {field.name for field in msgspec.structs.fields(claim.detail) if not field.required}
        asserted: dict[str, Json] = msgspec.to_builtins(claim.detail)
        # null in a field that came later is left out: a code that stands in a dossier stays
        numbers[claim.kind] = {name: value for name, value in asserted.items() if value or name not in later}
    return numbers | {
        "kind": claim.kind,
        "aspect": claim.aspect,
        "standing": claim.standing,
        "start": claim.start,
        "end": claim.end,
        "said_by": speaker,
        "parties": [[party.part, party.who.id if party.who else None, party.as_stated] for party in claim.parties],
    }


def confirmation(claim: PublishedClaim) -> str:
    """Return the short code by which a curator confirms that the excerpts carry the values as they now are."""
    return hashlib.sha256(canonical_json(values(claim)).encode()).hexdigest()[:8]


def _missing(act: Act, plan: PublicationPlan) -> Iterator[tuple[str, Item | None]]:
    """Yield what it names that is not public, or, for a withdrawal, what is public and still names it."""
    if act.action == Action.MERGE:
        return  # what names it names the survivor from then on
    if act.action != Action.WITHDRAW:
        for item in plan.not_public[act.key]:
            yield _("It names %s, which is not public. Add it to the set.") % item, item
        return
    links = RecordLink.objects.current().filter(target=str(act.key)).exclude(record__object_id=act.key)
    message = _("It is still named by %s, which is public. Correct or withdraw that first.")
    for record in Record.objects.current().filter(links__in=links).exclude(object_id__in=plan.documents).distinct():
        yield message % record.title_id, None
