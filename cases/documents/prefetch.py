"""Working rows with all that a document is made of, prefetched: the number of queries does not grow with the rows."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from cases.claim_kinds import DETAILED
from cases.models import (
    Actor,
    Case,
    Claim,
    Collaboration,
    Conflict,
    Party,
    Place,
    Response,
    SourceName,
    SourceSection,
    System,
    Unknown,
)
from sources.models import Capture, Source

from .build import Item

SUBJECT_MODELS = (Case, Collaboration, Actor, System, Place)
MODELS: dict[str, Any] = {"source": Source, **{str(model.KIND): model for model in SUBJECT_MODELS}}


def read_items(items: Iterable[Item]) -> dict[uuid.UUID, Item]:
    """Return the saved rows of these items by id, read now: subjects as their own kind, with all that a document needs.

    What was never saved, or is deleted, is left out.
    """
    ids: dict[str, list[uuid.UUID]] = {}
    for item in items:
        ids.setdefault(item.kind, []).append(item.pk)
    return {key: row for kind, keys in ids.items() for key, row in _rows(kind).in_bulk(keys).items()}


def _rows(kind: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = MODELS[kind].objects.all()
    if kind == "source":
        about = _excerpts("statements__citations__excerpt")
        sections = Prefetch(
            "captures__sections", SourceSection.objects.select_related("said_by_actor", "said_by_source")
        )
        names = Prefetch("names", SourceName.objects.select_related("who"))
        rows = rows.prefetch_related("known_through", "captures__private_spans", "captures__corrects", sections, names)
        return rows.prefetch_related(*_excerpts("names__excerpt"), *about)
    if kind == "place":
        rows = rows.select_related("parent")
    claims = ("said_by_actor", "said_by_source", *DETAILED, "relays__source", "places")
    return rows.prefetch_related(
        "places",
        *_excerpts("aliases__excerpt"),
        *_excerpts("identifiers__excerpt"),
        Prefetch("claims", Claim.objects.order_by("position", "key")),
        *(f"claims__{name}" for name in claims),
        Prefetch("claims__parties", Party.objects.select_related("who")),
        *_excerpts("claims__citations__excerpt"),
        Prefetch("conflicts", Conflict.objects.select_related("claim").order_by("position", "key")),
        *_excerpts("conflicts__sides__excerpt"),
        Prefetch("unknowns", Unknown.objects.select_related("claim").order_by("position", "id")),
        *_excerpts("unknowns__excerpt"),
        Prefetch("responses", Response.objects.select_related("who").order_by("position", "key")),
        "responses__claims",
        *_excerpts("responses__excerpts"),
    )


def _excerpts(path: str) -> tuple["str | Prefetch[str]", ...]:
    copies = Prefetch(f"{path}__capture__source__captures", Capture.objects.only("source", "captured_at"))
    return f"{path}__capture__source", copies, f"{path}__translations", f"{path}__page_check__by"
