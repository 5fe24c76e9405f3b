"""A person without office of whom nothing firmer is said than an allegation is not offered to search engines."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Actor
from tests.factories import make_actor, make_case, make_claim
from tests.public.conftest import LANGUAGES, read

pytestmark = pytest.mark.django_db
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def person(published):
    """Publish a person with these claims, each a part and the fields of the claim; return their slug."""

    def make(*claims, own=(), **fields) -> str:
        actor = make_actor("Warga Misal", **{"slug": "warga-misal", "actor_kind": "person"} | fields)
        case = make_case()
        for part, claim in claims:
            parties = [] if part == "said_by" else [(part, actor)]
            speaker = {"said_by_actor": actor} if part == "said_by" else {}
            make_claim(case, parties=parties, **{"standing": "alleged"} | claim | speaker)
        for claim in own:
            make_claim(actor, **claim)
        published(case, actor)
        return actor.slug

    return make


def is_listed(client, slug: str) -> bool:
    """Whether search engines may list the page, held together with the sitemap and every address of the page."""
    pages = [f"{language}/actors/{slug}/{page}" for language in LANGUAGES for page in ("", "v/1/", "network/")]
    found = {NOINDEX not in read(client, page) for page in pages}
    sitemap = read(client, "/sitemap.xml")
    found |= {f"<loc>http://testserver{language}/actors/{slug}/</loc>" in sitemap for language in LANGUAGES}
    assert len(found) == 1
    return found.pop()


HINTED = ("payer", {"standing": "potential"})
ALLEGED = ("accused", {"standing": "alleged"})
TOGETHER = ("named", {"standing": "stated", "kind": "tie", "aspect": "named_with"})
OFFICE = ("holder", {"standing": "potential", "kind": "tie", "aspect": "holds_office"})


@pytest.mark.parametrize("claims", [[HINTED], [ALLEGED], [HINTED, ALLEGED], [ALLEGED, TOGETHER]])
def test_whose_every_mention_is_potential_or_alleged_is_not_listed(client, person, claims):
    assert not is_listed(client, person(*claims))


@pytest.mark.parametrize(
    "claims",
    [
        [ALLEGED, OFFICE],
        [ALLEGED, ("named", {"standing": "stated"})],
        [ALLEGED, ("said_by", {"standing": "stated"})],
        [ALLEGED, ("partner", {"standing": "stated", "kind": "role", "aspect": "partner"})],
    ],
    ids=["office", "named firmly", "speaks", "role"],
)
def test_whoever_has_an_office_or_is_firmly_mentioned_is_listed(client, person, claims):
    assert is_listed(client, person(*claims))


def test_what_their_own_record_says_firmly_counts(client, person):
    assert is_listed(client, person(ALLEGED, own=[{"standing": "stated"}]))


def test_an_office_that_somebody_else_holds_lists_nobody(client, person):
    assert not is_listed(client, person(ALLEGED, ("body", OFFICE[1])))


@pytest.mark.parametrize("kind", ["company", "public_body", "ngo"])
def test_only_persons_are_left_out(client, person, kind):
    assert is_listed(client, person(ALLEGED, actor_kind=kind))


def test_a_correction_that_says_it_firmly_lists_them_again(client, person, published):
    slug = person(ALLEGED)
    assert not is_listed(client, slug)
    case = make_case("Lain", claims=0)
    make_claim(case, parties=[("named", Actor.objects.get(slug=slug))], lead=1)
    published(case)
    assert is_listed(client, slug)


def test_whoever_is_not_listed_can_still_report_a_mistake_about_their_page(client, person):
    page = read(client, f"/actors/{person(ALLEGED)}/")
    assert "?about=/actors/warga-misal/" in page.replace("%2F", "/")
    assert "record.jsonld" not in page


def test_many_persons_cost_the_sitemap_as_many_queries_as_one(client, published):
    def accuse(number: int):
        case = make_case(f"Perkara {number}")
        actor = make_actor(f"Warga {number}", slug=f"warga-{number}", actor_kind="person")
        make_claim(case, standing="alleged", parties=[("accused", actor)])
        return case

    published(accuse(0))
    with CaptureQueriesContext(connection) as few:
        read(client, "/sitemap.xml")
    published(*(accuse(number) for number in range(1, 12)))
    with CaptureQueriesContext(connection) as more:
        assert not re.search("/actors/warga-", read(client, "/sitemap.xml"))
    assert len(more) == len(few)
