"""Whom a name may mean: what the boxes of the claim form offer, with what tells namesakes apart."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.admin import desk_names
from cases.models import Party, Subject
from cases.vocabularies import Part, Tie

MAX_OFFERED = 12


def offered(term: str, kinds: Sequence[str]) -> list[dict[str, str]]:
    """Return the best subjects for a name. Three queries."""
    keys = desk_names.best(term, kinds)
    called = Q(title_id__istartswith=term) | Q(title_en__istartswith=term)
    found = Subject.objects.filter(kind__in=kinds).filter(called if keys is None else Q(pk__in=keys[:MAX_OFFERED]))
    rows = found.select_related("actor", "system", "place").annotate(
        claims_there=Count("parties", distinct=True) + Count("claims", distinct=True)
    )[:MAX_OFFERED]
    places = {key: place for place, key in enumerate(keys or [])}
    ordered = sorted(rows, key=lambda row: places.get(str(row.pk), 0))
    offices = _offices(row.pk for row in ordered)
    names = Counter(str(row).casefold() for row in ordered)
    return [
        {
            "id": str(row.pk),
            "title": str(row),
            "about": _about(row, offices.get(row.pk, ""), row.claims_there)
            + (" · " + _("another one is called so") if names[str(row).casefold()] > 1 else ""),
        }
        for row in ordered
    ]


def _offices(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return which office each is said to hold, in the words of the claim that says so last."""
    held = Party.objects.filter(
        who__in=list(keys), part=Part.HOLDER, claim__kind="tie", claim__aspect=Tie.HOLDS_OFFICE
    ).order_by("claim__start")
    return {party.who_id: party.as_stated or str(party.claim) for party in held.select_related("claim") if party.who_id}


def _about(row: Subject, office: str, claims: int) -> str:
    own = row.specific
    kind = own.get_actor_kind_display() if hasattr(own, "get_actor_kind_display") else own._meta.verbose_name
    number = ngettext("%s claim", "%s claims", claims) % claims
    return " · ".join(filter(None, (str(kind), office, number)))
