"""Whom search engines are asked to leave out: a person without public office of whom nothing firmer is said than that
they might have, or are alleged to have, done something. Their page stays open to whoever has its address.
"""

from collections.abc import Collection

from django.db.models import Q

from cases.claim_kinds.tie import TIE
from cases.documents.base import DocumentBase
from cases.models import RecordClaim, RecordLink
from cases.vocabularies import ActorKind, Part, Standing, SubjectKind, Tie

WEAK = (Standing.POTENTIAL, Standing.ALLEGED)
# As what somebody stands in a claim, or says it
MENTIONS = (*Part.values, "said_by")


def is_unlisted(document: DocumentBase) -> bool:
    """Return whether search engines are asked to leave a page out. Two queries for a person, else none."""
    is_person = document.kind == SubjectKind.ACTOR and document.subkind == ActorKind.PERSON
    return is_person and bool(unlisted([document.id]))


def unlisted(people: Collection[str]) -> set[str]:
    """Return those of these persons who have no public office and whose every mention is potential or alleged.

    Takes and returns ids. Two queries, for any number. To be named together with somebody, in no stated way, is no
    firmer mention: it says nothing of its own.
    """
    if not people:
        return set()
    claims = RecordClaim.objects.current()
    firm = claims.exclude(standing__in=WEAK).exclude(kind=TIE.name, aspect=Tie.NAMED_WITH)
    office = claims.filter(kind=TIE.name, aspect=Tie.HOLDS_OFFICE)
    links = RecordLink.objects.current().filter(target__in=people, part__in=MENTIONS)
    listed = links.filter(
        Q(claim_id__in=firm.values("object_id")) | Q(part=Part.HOLDER, claim_id__in=office.values("object_id"))
    )
    own = firm.filter(record__object_id__in=people).values_list("record__object_id", flat=True)
    return {*people} - set(listed.values_list("target", flat=True)) - {str(key) for key in own}
