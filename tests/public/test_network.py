"""Who is connected with whom: only what statements say, a group as one tie, each standing drawn in its own way."""

import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.claim_kinds.stage import Stage
from cases.documents.claims import CHARGED_PARTS, TRIED_PARTS
from cases.public.presenters.islands import MAX_HEIGHT_OPEN, islands, open_and_folded
from cases.public.presenters.network import network
from tests.factories import make_actor, make_case, make_claim, make_system
from tests.public.conftest import CASE, LANGUAGES, read, text_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def tied(db, published):
    """A case in which five are tied by one hedged statement, two by a flat one, and one is only named."""
    case = make_case("Perkara Contoh", slug="perkara-contoh")
    people = [make_actor(f"Pihak <{number}>", slug=f"pihak-{number}") for number in range(1, 6)]
    group = [("patron", people[0]), *(("client", each) for each in people[1:])]
    make_claim(case, None, group, kind="tie", aspect="patron_client", standing="potential")
    office = [("holder", people[0]), ("body", people[1])]
    make_claim(case, None, office, kind="tie", aspect="holds_office", standing="stated")
    make_claim(case, None, [("named", make_actor("PT Disebut Saja", slug="disebut"))])
    planned = [("partner", people[2]), ("supplier", people[3])]
    make_claim(case, None, planned, kind="plan", aspect="planned")
    published(case)
    return case


def test_a_tie_between_a_group_is_one_and_whoever_is_only_named_is_tied_to_nobody(tied):
    found = network(None)
    assert [(bond.relation, bond.standing, len(bond.members)) for bond in found.bonds] == [
        ("patron_client", "potential", 5),
        ("holds_office", "stated", 2),
    ]
    assert "PT Disebut Saja" not in [thing.title.id for thing in found.things]


@pytest.mark.parametrize("part", [*CHARGED_PARTS, "criticised"])
def test_to_be_accused_or_criticised_ties_nobody_to_anybody(client, published, part):
    case, person, other = make_case(slug="perkara"), make_actor("Si A", slug="a"), make_actor("Si B", slug="b")
    kind = {"kind": "stage", "start": "2023"} if part in TRIED_PARTS else {"kind": "statement", "standing": "alleged"}
    claims = [make_claim(case, None, [(part, person), *more], **kind) for more in ([], [("payer", other)])]
    if part in TRIED_PARTS:
        Stage.objects.bulk_create(Stage(claim=claim, stage="charged") for claim in claims)
    published(case)
    assert network(None).bonds == []
    for path in ("/cases/perkara/", "/actors/a/"):
        assert "No statement in this record mentions a connection here." in read(client, f"/en{path}network/")


@pytest.mark.parametrize("claim", [{"kind": "tie", "aspect": "holds_office"}, {"kind": "role", "aspect": "monitor"}])
def test_a_case_is_never_put_in_as_the_other_side(published, claim):
    case = make_case(slug="perkara")
    make_claim(case, None, [("holder", make_actor("Si A", slug="a"))], **claim)
    published(case)
    assert network(None).bonds == []


def test_whoever_has_a_role_in_a_matter_is_tied_to_it_and_no_other_statement_of_one_is_completed(published):
    work, firm = make_system(slug="aplikasi"), make_actor("PT A", slug="a")
    make_claim(work, None, [("supplier", firm)], kind="role", aspect="supplier", lead=1)
    make_claim(work, None, [("holder", firm)], kind="tie", aspect="holds_office")
    make_claim(work, None, [("authority", firm)], kind="purpose")
    published(work)
    [bond] = network(None).bonds
    assert [(member.kind, bool(member.parts)) for member in bond.members] == [("system", False), ("actor", True)]


def test_a_record_shows_its_own_ties(client, tied):
    page = text_of(read(client, "/en/actors/pihak-3/network/"))
    assert "patron–client relation" in page
    assert "holds office" not in page
    assert "No statement in this record mentions a connection here." in read(client, "/en/actors/disebut/network/")
    assert 'href="/en/actors/pihak-3/network/"' in read(client, "/en/actors/pihak-3/")


def test_each_standing_has_its_own_line_and_is_named_in_the_legend(client, tied):
    root = ET.fromstring(client.get("/en/network.svg").content)
    lines = [
        each.attrib.get("stroke-dasharray") for each in root.iter(f"{SVG}path") if each.find(f"{SVG}title") is not None
    ]
    assert (lines.count("1 5"), lines.count(None)) == (5, 2)
    words = [each.text for each in root.iter(f"{SVG}text")]
    assert {"suggested as possible", "source says"} <= set(words)
    assert "alleged" not in words


def test_the_drawing_escapes_names_and_every_tie_opens_its_words(client, tied):
    page = read(client, "/en/network/")
    assert "Pihak <1>" not in page
    drawing = page[page.index('<svg viewBox="0 0 328') :].partition("</svg>")[0]
    for path in re.findall(r'<a href="([^"]+)"', drawing):
        read(client, path)
    assert len(set(re.findall(r'<a href="(/en/excerpts/[^"]+)', drawing))) == 2


def drawings(page: str) -> list[ET.Element]:
    return [ET.fromstring(each) for each in re.findall(r'<svg viewBox="0 0 328.*?</svg>', page, re.DOTALL)]


def test_a_tie_of_several_is_drawn_as_one_and_everybody_stands_once_behind_a_line_of_its_standing(client, tied):
    [drawing] = drawings(read(client, "/en/network/"))
    assert drawing.get("aria-label") == "No place stated: 2 ties, as a drawing; the list below says the same"
    classes = [each.get("class") for each in drawing.iter("path")]
    assert (classes.count("dia"), classes.count("tie potential"), classes.count("tie stated")) == (1, 5, 1)
    names = [" ".join(span.text for span in text) for text in drawing.iter("text") if text.get("class") == "name"]
    assert (len(names), len(set(names))) == (6, 5), "who closes a circle stands twice, hollow the second time"
    assert [each.get("class") for each in drawing.iter("circle")].count("again") == 1
    labels = [" ".join(span.text for span in text) for text in drawing.iter("text") if text.get("class") == "label"]
    assert "patron–client relation · no year in this record" in labels
    assert labels.count("client") == 4


def test_no_line_of_a_drawing_is_wider_than_a_phone_or_lies_on_another(client, published):
    case = make_case(slug="perkara")
    name = "Badan Layanan Umum Daerah Pengelola Sistem Informasi dan Komunikasi Terpadu Kabupaten Contoh Utara Selatan"
    people = [make_actor(f"{name} {number}", slug=f"b-{number}") for number in range(9)]
    for one, two in itertools.pairwise(people):
        make_claim(case, None, [("owner", one), ("owned", two)], kind="tie", aspect="owns", start="2017")
    published(case)
    for drawing in drawings(read(client, "/network/")):
        height = int(drawing.get("viewBox").split()[3])
        spans = [(int(span.get("x")), int(span.get("y")), span.text) for span in drawing.iter("tspan")]
        assert spans
        assert all(x + 8 * len(text) <= 328 + 8 and y <= height for x, y, text in spans)
        rows = sorted(y for _x, y, _text in spans)
        assert min(b - a for a, b in itertools.pairwise(rows)) >= 13


def test_a_drawing_to_download_has_whole_addresses(client, tied):
    response = client.get("/network.svg")
    assert response.headers["Content-Type"].startswith("image/svg+xml")
    assert 'href="http://testserver/actors/pihak-1/"' in response.content.decode()
    read(client, "/network/?as_of=2026-13-01", 400)
    read(client, "/actors/tidak-ada/network/", 404)


def test_two_hundred_ties_cost_as_many_queries_as_one_and_no_two_names_overlap(client, tied, published):
    with CaptureQueriesContext(connection) as few:
        read(client, "/network/")
    many = make_case("Perkara Besar", slug="perkara-besar", claims=0)
    for number in range(60):
        sides = [
            ("owner", make_actor(f"PT {number}", slug=f"pt-{number}")),
            ("owned", make_actor(f"CV {number}", slug=f"cv-{number}")),
        ]
        make_claim(many, None, sides, kind="tie", aspect="owns", lead=1 if number == 0 else None)
    published(many)
    with CaptureQueriesContext(connection) as more:
        page = read(client, "/network/")
    assert len(more) == len(few) <= 8
    assert len(drawings(page)) == 1
    drawn = client.get("/network.svg").content.decode()
    rows = [float(y) for y in re.findall(r'<text x="388" y="([\d.]+)"', drawn)]
    assert len(rows) == 125
    assert min(b - a for a, b in itertools.pairwise(rows)) >= 20


def test_the_words_of_the_source_stand_beside_the_part_of_every_statement_that_says_it(client, published):
    case, giver, taker = make_case(slug="perkara"), make_actor("Si A", slug="a"), make_actor("Si B", slug="b")
    for words in ("calon *patron*", "aktor penyedia", "SI A"):
        claim = make_claim(case, None, [("patron", giver), ("client", taker)], kind="tie", aspect="patron_client")
        claim.parties.filter(part="patron").update(as_stated=words)
    published(case)
    assert "Si B client Si A patron (calon patron; aktor penyedia) source says" in text_of(read(client, "/en/network/"))
    assert "<q>calon <em>patron</em></q>" in read(client, "/en/network/")
    assert "Si A (patron “calon patron; aktor penyedia”), source says" in client.get("/en/network.svg").content.decode()
    assert "Si B (client), source says" in client.get("/en/network.svg").content.decode()


@pytest.mark.usefixtures("seeded")
def test_a_tie_tells_the_words_of_the_source_where_the_card_has_no_room_and_what_is_disputed(client):
    page = text_of(read(client, f"/en{CASE}network/"))
    assert "Khairur Rijal patron (aktor penyedia)" in page
    assert "Sony Setiadi client (aktor pengusaha)" in page
    assert re.search("Can be read in two ways: .*aktor penyedia.* · .*calon patron", page)


@pytest.mark.usefixtures("seeded")
def test_the_network_of_the_record_opens_in_both_languages(client):
    for language in LANGUAGES:
        page = read(client, f"{language}{CASE}network/")
        assert 'class="tie potential"' in page
        assert page.count('<tr id="tie-') > 1
        read(client, f"{language}/network/")


@pytest.mark.usefixtures("seeded")
def test_what_is_taller_than_some_screens_is_folded_and_no_drawing_is_lost(client):
    found = islands(network(None))
    shown, folded = open_and_folded(found)
    assert shown + folded == found
    assert folded
    assert sum(island.height for island in shown) <= MAX_HEIGHT_OPEN
    page = text_of(read(client, "/en/network/"))
    assert page.index(shown[0].title) < page.index("Elsewhere") < page.rindex(folded[-1].title)
    assert open_and_folded(found[:1]) == (found[:1], [])
