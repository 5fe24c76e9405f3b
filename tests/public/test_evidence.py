"""Every statement opens the words that back it, says who says it and how firmly, and what is not known."""

import html
import json
import re

import pytest

from cases.models import Conflict, Record, RecordClaim, RecordExcerpt, RevisionBody
from cases.vocabularies import ConflictFamily, ReplyState, Standing
from tests.factories import make_case, make_excerpt, make_transfer
from tests.public.conftest import CASE, plain, read, text_of


def documents() -> list[dict]:
    seqs = Record.objects.current().exclude(kind="source").values_list("since_seq", flat=True)
    return [json.loads(body.document) for body in RevisionBody.objects.filter(pk__in=list(seqs))]


@pytest.mark.usefixtures("seeded")
def test_every_statement_shows_its_words_its_speaker_and_its_standing(client):
    for document in documents():
        excerpts = {excerpt["id"]: excerpt for excerpt in document["excerpts"]}
        for prefix, language in (("", "id"), ("/en", "en")):
            page = text_of(read(client, prefix + document["path"]))
            for claim in document["claims"]:
                assert plain(claim["statement"][language]) in page
                for citation in claim["citations"]:
                    excerpt = excerpts[citation["excerpt"]]
                    assert plain(excerpt["prefix"] + excerpt["exact"] + excerpt["suffix"]) in page
                for source in document["sources"]:
                    given = source["title_given"] or {}
                    assert plain(source["title"] or f"[{given.get(language)}]") in page


@pytest.mark.usefixtures("seeded")
def test_where_somebody_is_named_is_called_by_its_title_even_when_its_card_had_no_room_for_it(client):
    cards = [json.loads(row.card) for row in RecordClaim.objects.current()]
    untitled = {card["id"] for card in cards if "title" not in card["subject"]}
    shown = 0
    for document in documents():
        claims = [claim for claim in document["claims"] if claim["id"] in untitled]
        named = {party["who"]["path"] for claim in claims for party in claim["parties"] if party["who"]}
        for path in named - {document["path"]}:
            heading = f'<a href="/en{document["path"]}">{html.escape(document["title"]["en"])}</a>'
            if 'id="named-in"' in (page := read(client, f"/en{path}")):
                assert heading in page
                shown += 1
    assert shown


@pytest.mark.usefixtures("seeded")
def test_every_disagreement_shows_each_side_in_its_words(client):
    for document in documents():
        excerpts = {excerpt["id"]: excerpt for excerpt in document["excerpts"]}
        page = text_of(read(client, document["path"]))
        for conflict in document["conflicts"]:
            assert plain(conflict["explanation"]["id"]) in page
            for side in conflict["sides"]:
                assert plain(excerpts[side["excerpt"]]["exact"]) in page


@pytest.mark.usefixtures("seeded")
def test_every_claim_and_excerpt_has_a_page_of_its_own(client):
    for row in RecordClaim.objects.current():
        card = json.loads(row.card)
        page = text_of(read(client, f"/en{card['path']}"))
        said = plain(card["statement"]["en"]).removesuffix(".")
        told = [ConflictFamily(family).label for family in card["conflict_families"] if family != "identity"]
        states = {ReplyState(state).label for state in card["replies"].values()}
        caveats = "; ".join(map(str, [Standing(card["standing"]).label, *told, *(states if len(states) == 1 else ())]))
        assert f"{said} ({caveats}" in page
        assert "disputed" not in page
        assert "According to" in page
    for row in RecordExcerpt.objects.current():
        card = json.loads(row.card)
        page = read(client, card["path"])
        assert plain(card["exact"]) in text_of(page)
        assert f"[{card['start']}:{card['end']}]" in text_of(page)


@pytest.mark.usefixtures("seeded")
def test_what_is_not_known_is_said_out_loud(client):
    page = text_of(read(client, CASE))
    assert re.search("Tidak ada dalam bagian yang kami simpan: .*siapa penerima", page)
    english = text_of(read(client, f"/en{CASE}"))
    assert re.search("Not in the part we hold: .*who the recipient is", english)


@pytest.mark.usefixtures("seeded")
def test_a_number_stands_beside_what_the_source_wrote(client):
    page = text_of(read(client, CASE))
    assert "2.500.000.000" in page
    assert "2.5 milyar" in page
    assert "2,500,000,000" in text_of(read(client, f"/en{CASE}"))


@pytest.mark.usefixtures("seeded")
def test_a_translation_is_labelled_and_never_stands_alone(client):
    page = text_of(read(client, f"/en{CASE}"))
    assert "translation by the source itself (English)" in page
    assert "prospective patrons, namely receiving cash bribes worth 2.5 billion" in page


@pytest.mark.usefixtures("seeded")
def test_a_work_that_another_tells_of_is_named_with_its_route(client):
    page = text_of(read(client, "/en/systems/bekasi-smart-city/"))
    given = json.loads(Record.objects.current().get(kind="source", slug="putra-2018").card)["title_given"]
    assert f"[{given['en']}]" in page
    assert f"[{given['id']}]" in text_of(read(client, "/systems/bekasi-smart-city/"))
    assert "we hold no copy of this work" in page
    assert "as told in" in page


def pages_of(client, path: str) -> list[str]:
    """The page of a source and those that follow it."""
    found, address = [], path
    while address:
        found.append(read(client, address))
        following = re.search(r'<a href="([^"]+)" rel="next">', found[-1])
        address = html.unescape(following[1]) if following else None
    return found


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("slug", ["ringkasan-relasi-kuasa-bisnis-bandung-smart-city", "urban-tekno-politik-jaki-bst"])
def test_the_pages_of_a_source_show_each_excerpt_once_in_its_order(client, slug):
    rows = RecordExcerpt.objects.current().filter(sort_key__startswith=f"{slug}:")
    expected = [key for _place, key in sorted({(row.sort_key, str(row.object_id)) for row in rows})]
    pages = pages_of(client, f"/sources/{slug}/")
    passages = [key for page in pages for key in re.findall(r'<li id="excerpt-([^"]+)"', page)]
    assert passages == [key for key in expected if key in passages]
    assert 10 < len(passages) < len(expected)
    linked = "".join(page[page.index('id="passages"') : page.index('class="foot-folds"')] for page in pages)
    assert all(linked.count(f"/excerpts/{key}/") in (1, 2) for key in expected)
    for odd in ("nonsense", CASE, "060901ed-1914-56aa-a033-161c9542aff3"):
        assert client.get(f"/sources/{slug}/", {"after": odd}).status_code == 400
    assert client.get(CASE, {"after": expected[0]}).status_code == 400


@pytest.mark.usefixtures("seeded")
def test_the_ways_back_and_on_lead_over_the_same_pages(client):
    pages = pages_of(client, "/sources/urban-tekno-politik-jaki-bst/")
    found, page = [pages[-1]], pages[-1]
    while previous := re.search(r'<a href="([^"]+)#passages" rel="prev">', page):
        page = read(client, html.unescape(previous[1]))
        found.append(page)
    assert [re.findall(r'<li id="excerpt-([^"]+)"', page) for page in reversed(found)] == [
        re.findall(r'<li id="excerpt-([^"]+)"', page) for page in pages
    ]


@pytest.mark.usefixtures("seeded")
def test_a_source_says_where_it_can_be_read_or_whom_to_ask(client):
    shown = text_of(read(client, "/en/sources/urban-tekno-politik-jaki-bst/"))
    assert "we know of no place where everybody can read it; ask us" in shown
    assert "What we hold : the whole of it" in shown.replace("hold:", "hold :")
    known = text_of(read(client, "/en/sources/mursalim-2017/"))
    assert "no copy; we know it through" in known


@pytest.mark.usefixtures("seeded")
def test_an_actor_page_shows_where_the_actor_is_named_and_as_what(client):
    page = text_of(read(client, "/actors/yana-mulyana/"))
    assert "CCTV dan jasa internet Bandung Smart City" in page
    assert re.search("(di sini|here): patron", page)


@pytest.mark.usefixtures("seeded")
def test_italics_of_the_source_are_shown_and_its_asterisks_kept_where_words_are_checked(client):
    cards = (json.loads(row.card) for row in RecordExcerpt.objects.current())
    page = read(client, next(card["path"] for card in cards if "*Smart City*" in card["exact"]))
    assert "<em>Smart City</em>" in page
    assert "*Smart City*" in page


@pytest.mark.django_db
def test_a_field_that_can_be_read_in_two_ways_is_shown_with_the_word_of_each_side(client, published):
    case = make_case()
    excerpt = case.claims.get().citations.get().excerpt
    claim = make_transfer(case, kind="")
    other = make_excerpt("PT Misal", excerpt.capture)
    given = {"key": "c", "kind": "between_languages", "property": "transfer.kind"}
    explanation = {"explanation_id": "Beda.", "explanation_en": "They differ."}
    conflict = Conflict.objects.create(subject=case, claim=claim, **given, **explanation)
    conflict.sides.create(value="bribe", excerpt=excerpt)
    conflict.sides.create(value="money_unspecified", excerpt=other, position=1)
    published(case)
    page = text_of(read(client, f"/en/cases/{case.slug}/"))
    assert "The source is inconsistent: bribe · money, nature not stated" in page
    assert "suap · uang, sifat tak disebut" in text_of(read(client, f"/cases/{case.slug}/"))


@pytest.mark.django_db
def test_amounts_are_never_added_up(client, published):
    case = make_case()
    make_transfer(case)
    make_transfer(case)
    published(case)
    assert "5.000.000.000" not in read(client, f"/cases/{case.slug}/")


@pytest.mark.django_db
def test_somebody_described_is_not_said_to_be_left_out_altogether(client, published):
    case = make_case()
    claim = make_transfer(case)
    for name in ("recipient", "start"):
        claim.unknowns.create(subject=case, property=name, reason="not_in_source")
    published(case)
    page = text_of(read(client, f"/en/claims/{claim.id}/"))
    assert "who the recipient is" in page
    assert "who the start is" not in page
