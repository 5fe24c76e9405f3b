"""Plain database search, for lists and for when there is no index: every word as it is written."""

from django.db.models import Exists, OuterRef, Q

from cases.models import RecordClaim
from cases.publication.projection import fold


def matching(text: str) -> Q:
    """Match records in whose names every word stands, or in one of whose claims every word stands."""
    in_claim = Exists(RecordClaim.objects.filter(words_in(text), record=OuterRef("pk")))
    return words_in(text) | Q(in_claim)


def words_in(text: str) -> Q:
    """Match rows in whose folded text every word stands."""
    condition = Q()
    for word in sorted(set(fold(text).split())):
        condition &= Q(folded__contains=word)
    return condition
