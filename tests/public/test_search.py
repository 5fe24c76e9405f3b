"""The results page: what was found, why, how to narrow it, and a way on where nothing was."""

import re

import pytest

from tests.public.conftest import read, text_of

pytestmark = pytest.mark.usefixtures("seeded")


def test_a_hit_shows_statement_standing_speaker_quote_and_why(client):
    page = read(client, "/en/search/?q=thailand")
    assert "<mark>Thailand</mark>" in page
    assert re.search(r"to Thailand\. “[^”]*” suggested as possible · according to \[", text_of(page))
    assert "“gratifikasi berupa liburan ke Thailand”" in text_of(page) or "liburan ke Thailand”" in text_of(page)
    assert "“Thailand” in a statement" in text_of(page)


def test_a_translated_match_says_so(client):
    assert "by its translation" in text_of(read(client, "/en/search/?q=suap"))


def test_the_other_side_of_a_dispute_never_stands_as_evidence(client):
    """The claim says that cash was arranged; only the English summary calls it a bribe."""
    page = text_of(read(client, "/en/search/?q=suap"))
    assert "The source is inconsistent: Indonesian text: " in page
    assert re.search(r"the source is inconsistent \(one reading: .*\):\s*“cash bribes worth 2.5 billion”", page)
    assert "disagreement" not in page


def test_a_name_and_a_word_of_another_statement_are_told_apart(client):
    """The statement shown names a person; the word stands in the words of another, which name nobody."""
    page = text_of(read(client, "/en/search/?q=yana+mulyana+suap"))
    told, _caveat, other = page.partition("from elsewhere in this record, not about the statement above:")
    assert "“Yana” in a statement · “Mulyana” in a statement" in told
    assert "bribes" not in told
    assert "“bribes” in" in other


def test_a_hit_shows_through_whom_it_reached_us_and_what_is_in_dispute(client):
    page = text_of(read(client, "/en/search/?q=1409"))
    assert "according to Koalisi Reformasi Perlindungan Sosial, as told in R. Haryanti, 2021, as told in" in page
    assert re.search(r"The source is inconsistent: .*February 2020.* · .*2020", page)
    assert "disputed" not in page
    feed = client.get("/en/search/atom.xml?q=1409").content.decode()
    assert "as told in R. Haryanti" in feed
    assert "(alleged; the source is inconsistent)." in feed
    assert "disputed" not in feed


def test_facets_are_links_that_narrow_and_take_back(client):
    page = read(client, "/en/search/?q=telkom")
    link = re.search(
        r'href="(/en/search/\?kind=collaboration&amp;q=telkom)"[^>]*>collaboration</a> <span[^>]*>(\d+)<', page
    )
    narrowed = read(client, link[1].replace("&amp;", "&"))
    assert f"{link[2]} result" in narrowed
    assert '<a href="/en/search/?q=telkom" rel="nofollow" aria-current="true">collaboration</a>' in narrowed
    assert '<input type="hidden" name="kind" value="collaboration">' in narrowed


def test_a_statement_that_does_not_itself_fit_what_was_chosen_says_so(client):
    page = text_of(read(client, "/en/search/?q=suap&standing=stated"))
    assert "Counts are of records that hold such statements, not of the statements found." in page
    said = "What was chosen (how firmly it is said) is met by other parts of this record, not by this statement."
    assert said in page
    assert "What was chosen" not in text_of(read(client, "/en/search/?q=suap&standing=potential"))
    assert "Yang dipilih (tempat) dipenuhi oleh bagian lain" in text_of(
        read(client, "/search/?q=korupsi&place=bandung")
    )


def test_several_values_and_the_order_stay_in_the_address_in_both_languages(client):
    page = read(client, "/search/?kind=actor&kind=system&q=bekasi&sort=date")
    assert 'href="/en/search/?kind=actor&amp;kind=system&amp;q=bekasi&amp;sort=date"' in page
    assert 'name="sort" value="date"' in page


def test_pages_follow_each_other(client):
    page = read(client, "/en/search/?q=kota")
    assert 'rel="next" href="/en/search/?page=2&amp;q=kota"' in page
    assert 'start="13"' in read(client, "/en/search/?q=kota&page=2")


def test_nothing_found_offers_ways_on(client):
    page = text_of(read(client, "/en/search/?q=bandung+jaki&match=all"))
    assert "No record holds all of these words." in page
    assert "without bandung" in page
    page = text_of(read(client, "/en/search/?q=zzzzz+xxxxx"))
    assert "In no record: zzzzz, xxxxx." in page


def test_a_relaxed_answer_says_so_first_and_each_hit_what_it_lacks(client):
    page = text_of(read(client, "/en/search/?q=yana+naik+helikopter+ke+thailand"))
    assert "No record holds all four words. These hold two. In no record: helikopter." in page
    assert "Not in this record: naik, helikopter" in page
    assert "Not in this record" not in text_of(read(client, "/en/search/?q=thailand"))
    page = text_of(read(client, "/search/?q=yana+naik+helikopter+ke+thailand"))
    assert (
        "Tidak ada catatan yang memuat keempat kata. Yang ini memuat dua. Tidak ada di catatan mana pun: helikopter."
        in page
    )


def test_nobody_is_shown_for_a_word_of_guilt_that_no_record_has(client):
    page = text_of(read(client, "/en/search/?q=yana+mulyana+koruptor"))
    assert "0 results for" in page
    assert "words that call somebody guilty. In this one: koruptor." in page
    assert "Wali Kota" not in page.partition("0 results for")[2].partition("How to search")[0]


def test_a_correction_is_told(client):
    page = text_of(read(client, "/en/search/?q=liburan+tailand"))
    assert "No record holds “liburan tailand”. Shown is what holds “liburan thailand”." in page


def test_a_near_word_is_never_passed_off_as_the_one_typed(client):
    page = text_of(read(client, "/en/search/?q=amplop+bandung"))
    assert "No statement or quotation here uses the word “amplop”; what is shown uses words near to it." in page
    assert "a word near to it (not “amplop”)" in page


def test_a_hit_leads_to_its_statement_on_the_page_of_its_record(client):
    page = read(client, "/search/?q=thailand")
    address = re.search(r'class="said"><a href="(/cases/[^"#]+)#(claim-[^":]+):~:text=([^"]+)"', page)
    assert f'id="{address[2]}"' in read(client, address[1])
    assert "gratifikasi" in address[3]


def test_results_are_not_indexed_and_the_empty_form_is(client):
    assert "noindex" in read(client, "/search/?q=telkom")
    assert "noindex" not in read(client, "/search/")


@pytest.mark.parametrize(
    "query", ["as_of=2026-01-01", "page=99", "place=nowhere", "year=1", "q=*", "q=" + "x" * 400, "sort=fame"]
)
def test_what_is_not_understood_is_refused(client, query):
    read(client, f"/search/?{query}", 400)


def test_a_search_can_be_followed(client):
    page = read(client, "/en/search/?q=telkom&kind=actor")
    address = re.search(r'type="application/atom\+xml"[^>]* href="([^"]+)"', page)[1].replace("&amp;", "&")
    response = client.get(address)
    feed = response.content.decode()
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert "<id>urn:uuid:" in feed
    assert "/en/actors/pt-telkom/" in feed
    assert client.get(address).content == response.content
