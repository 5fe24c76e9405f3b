"""A published case for each kind with numbers: a claim that states every field, and claims that state each field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.claim_kinds import DETAILED, DetailedKind
from cases.claim_kinds.stage import Stage
from cases.documents.types import Document
from cases.models import Case, Claim
from cases.record.lookup import find_document
from sources.models import Excerpt
from tests.claim_kinds.samples import NUMBERS, Columns, document_of, full_detail, samples_of
from tests.factories import make_capture, make_case, make_claim, make_excerpt, make_public
from tests.shared import taken_back

# What a rule demands beside the numbers of a kind: parties, and the verdict without which no court imposes anything
ASPECTS = {"tie": "owns"}
PARTIES = {"penalty": [("defendant", "seorang pejabat"), ("authority", "pengadilan")]}
# The words that the gravest of transfers, and every number, must stand on
QUOTE = f"suap, gratifikasi dan pungli sebesar {NUMBERS}"


@dataclass(frozen=True)
class World:
    kind: DetailedKind
    case: Case
    # The claim that states every field
    claim: Claim
    # By the name of a field: claims that state it
    stating: dict[str, list[Claim]]

    @property
    def document(self) -> Document:
        return find_document("case", self.case.slug).document

    def read(self, address: str, **query: Any) -> Any:
        """Return the answer of the API or of the site to a visitor."""
        response = Client(SERVER_NAME="localhost").get(address, query)
        content = b"".join(response) if response.streaming else response.content
        assert response.status_code == 200, (address, content[:500])
        return content


@pytest.fixture(scope="module", params=list(DETAILED))
def kind(request: pytest.FixtureRequest) -> DetailedKind:
    return DETAILED[request.param]


@pytest.fixture(scope="module")
def _world(kind: DetailedKind, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with taken_back(django_db_blocker):
        yield make_world(kind)


@pytest.fixture
def world(_world: World, db: None) -> World:
    """The published case. A test may change what it likes: only its own changes are rolled back."""
    return _world


def make_world(kind: DetailedKind) -> World:
    case = make_case()
    excerpt = make_excerpt(QUOTE, make_capture(text=f"Penelitian ini memuat {QUOTE} di kota itu."))
    claims: dict[frozenset[tuple[str, str]], Claim] = {}

    def state(columns: Columns) -> Claim:
        key = frozenset(columns.items())
        claims[key] = claims.get(key) or make_claim_of(kind, case, excerpt, columns)
        return claims[key]

    if kind.name in PARTIES:
        verdict = make_claim(case, excerpt, kind="stage", start="2022", parties=PARTIES[kind.name])
        Stage.objects.create(claim=verdict, stage="verdict", outcome="convicted")
    everything = full_detail(kind, {})
    assert everything, f"no values of every field of a {kind.name} satisfy its constraints"
    claim = state(everything)
    stating = {field.name: [state(columns) for columns in samples_of(kind, field)] for field in kind.fields}
    by, reviewer = (User.objects.create(username=name) for name in ("who-writes", "who-reads"))
    make_public(case, by=by, reviewer=reviewer)
    return World(kind, case, claim, stating)


def make_claim_of(kind: DetailedKind, case: Case, excerpt: Excerpt, columns: Columns) -> Claim:
    """Save a claim with these numbers, and note as unknown whatever else a reader will ask."""
    claim = make_claim(
        case,
        excerpt,
        kind=kind.name,
        start="2022",
        parties=PARTIES.get(kind.name, ()),
        aspect=ASPECTS.get(kind.name, ""),
    )
    detail = kind.model.objects.create(claim=claim, **columns)
    for name in document_of(detail, kind).questions(set()):
        claim.unknowns.create(subject=case, property=name, reason="not_in_source")
    return claim
