"""The picture of a shared link: one statement with its speaker and standing, whole, or a card that names nobody."""

import io
import re
import time
from dataclasses import replace

import pytest
from django.conf import settings
from PIL import Image

from cases.claim_kinds.stage import Stage
from cases.public.presenters.claim_view import ClaimView
from cases.public.share_card import card_files
from cases.public.share_card.card_text import card_of_claim, card_of_record
from cases.public.share_card.drawing import CardText, DoesNotFitError, draw_card, draw_neutral_card
from cases.publication import hooks
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from cases.record.lookup import find_claim, find_document
from tests.factories import both, make_actor, make_case, make_claim
from tests.public.conftest import CASE, LANGUAGES, read

TEXT = CardText(
    crumb="Case · A matter",
    steps=(),
    statement="A is said to have received money.",
    quote="“uang”",
    standing="alleged",
    mark="alleged",
    speaker="according to Fitri, 2017",
    caveats="We have not yet asked for a reply",
)
ARABIC, EMOJI = "قال إنه استلم", "menerima 💰 itu"


@pytest.fixture(autouse=True)
def _cards_of_this_test(settings, tmp_path):
    settings.CASEDB_CARDS_DIR = tmp_path / "cards"


def picture(drawn: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(drawn))
    image.load()
    return image


def test_a_card_has_its_size_and_is_small_and_quickly_drawn():
    draw_card(TEXT)
    began = time.process_time()
    drawn = draw_card(TEXT)
    assert time.process_time() - began < 0.3
    assert (picture(drawn).size, picture(drawn).format) == ((1200, 630), "PNG")
    assert len(drawn) < 60_000


@pytest.mark.parametrize("field", ["crumb", "statement", "mark", "speaker", "caveats"])
@pytest.mark.parametrize("words", [ARABIC, EMOJI, "a\u202eb", "x" * 120, "kata " * 400])
def test_what_cannot_be_drawn_whole_is_not_drawn(field, words):
    with pytest.raises(DoesNotFitError):
        draw_card(replace(TEXT, **{field: words}))


def test_a_name_of_120_characters_and_a_headline_of_200_fit():
    name = (
        "Badan Layanan Umum Daerah Pengelola Sistem Informasi dan Komunikasi Terpadu "
        + "Kabupaten Contoh Utara Bagian Selatan"
    )
    draw_card(replace(TEXT, crumb=f"Kasus · {name}", statement=("Pernyataan yang panjang sekali " * 7)[:200]))


def test_words_of_a_source_are_drawn_whole_or_left_out():
    bare = draw_card(replace(TEXT, quote=""))
    assert draw_card(TEXT) != bare
    for words in (ARABIC, EMOJI, "kata " * 130):
        assert draw_card(replace(TEXT, quote=words)) == bare


def test_each_standing_is_drawn_in_its_own_way():
    drawn = {draw_card(replace(TEXT, standing=each)) for each in ("potential", "alleged", "stated", "decided")}
    assert len(drawn) == 4


@pytest.mark.usefixtures("seeded")
class TestOfTheRecord:
    def test_a_page_names_its_card_with_the_version_and_the_same_in_words(self, client):
        for language in LANGUAGES:
            page = read(client, language + CASE)
            [address] = re.findall(r'property="og:image" content="([^"]+)"', page)
            assert address == f"http://testserver{language}{CASE}card.1.png"
            [alt] = re.findall(r'property="og:image:alt" content="([^"]+)"', page)
            assert re.match("According to .*suggested as possible" if language else "Menurut .*kemungkinan", alt)
            answer = client.get(address)
            assert answer.headers["Content-Type"] == "image/png"
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert not answer.cookies
        assert client.get(f"{CASE}card.1.png").content != client.get(f"/en{CASE}card.1.png").content
        assert client.get(f"{CASE}card.2.png").status_code == 404
        assert "og:image" not in read(client, f"{CASE}history/")

    def test_it_holds_statement_speaker_standing_and_reply(self):
        document = find_document("case", CASE.split("/")[2]).document
        view = ClaimView(document.lead_claims[0], document)
        text = card_of_claim(view)
        assert text == card_of_record(view.document)
        assert text.statement == view.claim.statement.en
        assert (text.standing, text.mark) == ("potential", "suggested as possible")
        assert text.speaker.startswith("according to [")

    def test_an_actor_without_a_statement_of_its_own_is_not_named(self, client):
        for path in ("/actors/yana-mulyana/", "/places/bandung/", "/sources/urban-tekno-politik-jaki-bst/"):
            assert client.get(f"/en{path}card.1.png").content == draw_neutral_card()


@pytest.mark.django_db
class TestWhatChanges:
    def test_an_old_address_answers_a_neutral_card_and_the_file_goes(self, client, published, curator, reviewer):
        case = make_case(slug="perkara")
        claim = make_claim(case)
        published(case)
        paths = ["/en/cases/perkara/card.1.png", f"/en/claims/{claim.pk}/card.1.png"]
        shown = [client.get(path).content for path in paths]
        assert draw_neutral_card() not in shown
        assert len(list(settings.CASEDB_CARDS_DIR.glob("*.png"))) >= 2
        case.title_en = "Another name"
        case.save()
        publish([case], by=curator, reviewer=reviewer, reason=both("Diperbaiki"))
        assert card_files.drop_stale_cards in hooks.after_commit
        card_files.drop_stale_cards()
        assert list(settings.CASEDB_CARDS_DIR.glob("*.png")) == []
        for path in paths:
            answer = client.get(path)
            assert (answer.status_code, answer.content) == (200, draw_neutral_card())
            assert "immutable" not in answer.headers["Cache-Control"]
            assert client.get(path.replace("card.1", "card.2")).content != draw_neutral_card()
        publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
        for path in [*paths, *(path.replace("card.1", "card.2") for path in paths)]:
            assert client.get(path).content == draw_neutral_card()

    def test_the_latest_step_stands_before_an_allegation(self, published):
        person = make_actor("Budi", slug="budi", actor_kind="person")
        case = make_case(slug="perkara", claims=0)
        claim = make_claim(case, None, [("accused", person)], lead=1, standing="alleged")
        told = make_claim(case, kind="stage", start="2031-03-14", parties=[("defendant", person)])
        Stage.objects.create(claim=told, stage="verdict", outcome="acquitted")
        published(case)
        found, holder = find_claim(str(claim.pk))
        text = card_of_claim(ClaimView(found, holder.document))
        assert text.steps == ("Latest step known here: Budi: verdict: acquitted (14 March 2031).",)
        assert draw_card(text) != draw_card(replace(text, steps=()))

    def test_the_disk_is_bounded(self, client, published, monkeypatch):
        cases = [make_case(slug=f"perkara-{number}") for number in range(6)]
        published(*cases)
        card_files.drop_stale_cards()
        monkeypatch.setattr(card_files, "MAX_CARDS_KEPT", 4)
        for case in cases:
            client.get(f"/cases/{case.slug}/card.1.png")
            client.get(f"/cases/{case.slug}/card.1.png")
        assert 0 < len(list(settings.CASEDB_CARDS_DIR.glob("*"))) <= 4
