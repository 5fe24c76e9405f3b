"""What a new version says that the one before did not, in sentences that may leave the site: for feeds and mails.

Each sentence has its speaker and its standing, and is told as the record says it now: with every denial, reply and
latest step that came since. What is no longer said of a person is not told again.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Max
from django.utils.translation import gettext as _

from cases.documents.base import DocumentBase
from cases.documents.claims import CHARGED_PARTS, PublishedClaim
from cases.documents.types import Document, parse_document
from cases.models import Revision, RevisionBody
from cases.public.language_urls import page_language
from cases.vocabularies import ActorKind, WithdrawalReason

from .claim_view import ClaimView

# What went for one of these reasons is told nowhere again, whomever it named
NEVER_REPEATED = (
    WithdrawalReason.ERROR,
    WithdrawalReason.COURT_ORDER,
    WithdrawalReason.PRIVATE_PERSON,
    WithdrawalReason.RIGHT_OF_REPLY_UPHELD,
)
# Sentences of one entry; of others it says how many there are
MAX_SENTENCES = 5


def news_of(revisions: Iterable[Revision]) -> dict[int, list[str]]:
    """Return by seq what each revision brought. Three queries for any number."""
    rows = list(revisions)
    earlier = Revision.objects.filter(
        object_id__in=[row.object_id for row in rows], version__in=[row.version - 1 for row in rows]
    )
    before = {(each.object_id, each.version): each.seq for each in earlier}
    return _news(rows, {row.seq: before.get((row.object_id, row.version - 1)) for row in rows})


def news_since(seq: int, revisions: Iterable[Revision]) -> dict[int, list[str]]:
    """Return by seq what each revision, the latest of its record, brought since an earlier seq. Three queries."""
    rows = list(revisions)
    bodies = RevisionBody.objects.filter(revision__object_id__in=[row.object_id for row in rows], pk__lte=seq)
    before = dict(bodies.order_by().values_list("revision__object_id").annotate(newest=Max("pk")))
    return _news(rows, {row.seq: before.get(row.object_id) for row in rows})


def _news(rows: list[Revision], before: dict[int, int | None]) -> dict[int, list[str]]:
    # The newest words that are left: of what was withdrawn, the withdrawal with its reason
    kept = RevisionBody.objects.filter(revision__object_id__in=[row.object_id for row in rows]).order_by()
    now = dict(kept.values_list("revision__object_id").annotate(newest=Max("pk")))
    wanted = {*(row.seq for row in rows), *filter(None, before.values()), *now.values()}
    bodies = RevisionBody.objects.filter(pk__in=wanted)
    documents: dict[int | None, Document] = {body.pk: parse_document(body.document) for body in bodies}
    told = {}
    for row in rows:
        was, new = documents.get(before[row.seq]), documents.get(row.seq)
        told[row.seq] = news(was, new, documents.get(now.get(row.object_id))) if new else []
    return told


def news(old: DocumentBase | None, new: DocumentBase, now: DocumentBase | None) -> list[str]:
    """Return the sentences that came with `new` and those that went, as far as they may be told; `now` is current."""
    if not new.stands or now is None:
        return []
    old_claims = old.claims_by_id if old and old.stands else {}
    came = [claim for claim in _leads_first(new) if _differs(claim, new, old_claims.get(claim.id), old)]
    lines = [line for claim in came if (line := _sentence(claim, new, now))]
    unshown = len(lines) - MAX_SENTENCES
    lines = lines[:MAX_SENTENCES] + ([_("and %d more") % unshown] if unshown > 0 else [])
    return [*lines, *(_gone(list(old_claims.values()), old, new) if old else [])]


def _leads_first(document: DocumentBase) -> Iterator[PublishedClaim]:
    yield from document.lead_claims
    yield from (claim for claim in document.claims if claim.id not in document.lead)


def _differs(
    claim: PublishedClaim, document: DocumentBase, was: PublishedClaim | None, old: DocumentBase | None
) -> bool:
    """Return whether readers would be told something else of a claim: another sentence, step, reply or denial."""
    if was is None or old is None:
        return True
    return ClaimView(claim, document).brief_attribution != ClaimView(was, old).brief_attribution


def _sentence(claim: PublishedClaim, document: DocumentBase, now: DocumentBase) -> str:
    """Return a claim as it is said now; what is said no more, only where it may be repeated; else an empty text."""
    current = now.claims_by_id.get(claim.id)
    if now.stands and current and current.statement == claim.statement:
        return ClaimView(current, now).brief_attribution
    return ClaimView(claim, document).brief_attribution if _may_be_repeated(claim, document, now) else ""


def _gone(claims: list[PublishedClaim], old: DocumentBase, new: DocumentBase) -> Iterator[str]:
    """Yield the sentences that are said no more, or that there are such where they may not be repeated."""
    by_id = new.claims_by_id
    gone = [claim for claim in claims if claim.id not in by_id or _said(by_id[claim.id]) != _said(claim)]
    told = [claim for claim in gone if _may_be_repeated(claim, old, new)]
    for claim in told[:MAX_SENTENCES]:
        yield _("No longer said here: %s") % ClaimView(claim, old).brief_attribution
    if len(gone) > len(told[:MAX_SENTENCES]):
        yield _("Something that stood here before was taken out or replaced. It is not repeated.")


def _said(claim: PublishedClaim) -> str:
    return claim.statement.choose(page_language())


def _may_be_repeated(claim: PublishedClaim, document: DocumentBase, now: DocumentBase) -> bool:
    """Return whether what is no longer said may be told: only where it is about nobody, not even one described."""
    is_of_person = document.subkind == ActorKind.PERSON or claim.names_person or claim.parties_in(*CHARGED_PARTS)
    described = any(party.who is None for party in claim.parties)
    return not (is_of_person or described or now.version.reason_code in NEVER_REPEATED)
