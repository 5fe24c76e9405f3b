"""Plain database search, for lists and for when there is no index: every word as it is written."""

from django.db.models import Exists, OuterRef, Q

from cases.models import RecordClaim
from cases.publication.projection import fold


def word_filter(text: str) -> Q:
    """Match records in whose names every word stands, or in one of whose claims every word stands."""
    in_claim = Exists(RecordClaim.objects.filter(_text_filter(text), record=OuterRef("pk")))
    return _text_filter(text) | Q(in_claim)


def _text_filter(text: str) -> Q:
    """Match rows in whose folded text every word stands."""
    return Q(*[("folded__contains", word) for word in sorted(set(fold(text).split()))])
