"""What is typed and not saved is kept for whoever typed it, offered again, and gone when it is saved or erased."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Claim, UnsavedText
from cases.publication.working_history import erase_working_history
from tests.admin.pages import Form, filled, save, words
from tests.admin.test_safe_editing import address, claim_of, claim_with_parties, opened
from tests.factories import make_capture, make_case

pytestmark = pytest.mark.django_db


def typed(client: Any, row: Any, **changes: Any) -> Any:
    """Type into a form without saving it, as the script posts it."""
    return client.post(address(row), opened(client, row, **changes) | {"_keep": "1"})


def test_it_is_offered_and_taken_up(desk):
    claim = claim_with_parties()
    assert typed(desk, claim, statement_id="Setengah kal", **{"parties-1-as_stated": "punyaku"}).status_code == 204
    assert Claim.objects.get().statement_id != "Setengah kal"
    page = desk.get(address(claim))
    assert "You have unsaved text of" in words(page)
    assert "Setengah kal" not in words(page)
    taken = desk.post(address(claim), {"_take_up": "1"})
    assert "It is not saved yet" in words(taken)
    form = Form(taken.content.decode(), "claim_form").data
    assert form["statement_id"] == ["Setengah kal"]
    assert form["parties-1-as_stated"] == ["punyaku"]
    assert desk.post(address(claim), form).status_code == 302
    assert Claim.objects.get().statement_id == "Setengah kal"
    assert not UnsavedText.objects.exists()


def test_of_a_new_row_it_is_offered_too(desk):
    url = "/admin/sources/source/add/"
    form = filled(desk, url, "source_form", source_kind="news", title="Judul", slug="judul")
    desk.post(url, form | {"_keep": "1"})
    taken = desk.post(url, {"_take_up": "1"})
    assert Form(taken.content.decode(), "source_form").data["title"] == ["Judul"]


def test_what_somebody_saved_since_is_shown_beside_it(desk, review):
    claim = claim_of(make_case())
    typed(desk, claim, statement_id="Kalimat saya.")
    save(review, address(claim), "claim_form", statement_id="Kalimat rekan.")
    taken = words(desk.post(address(claim), {"_take_up": "1"}))
    assert "Yours: Kalimat saya." in taken
    assert "What stands now: Kalimat rekan." in taken


def test_it_is_discarded(desk):
    claim = claim_of(make_case())
    typed(desk, claim, statement_id="Setengah")
    desk.post(address(claim), {"_discard": "1"})
    assert "unsaved text" not in words(desk.get(address(claim)))
    assert not UnsavedText.objects.exists()


def test_nobody_else_is_offered_it(desk, review):
    claim = claim_of(make_case())
    typed(desk, claim, statement_id="Setengah")
    assert "unsaved text" not in words(review.get(address(claim)))
    assert "Setengah" not in review.post(address(claim), {"_take_up": "1"}).content.decode()


def test_after_fourteen_days_it_is_gone(desk):
    claim, other = claim_of(make_case()), claim_of(make_case())
    typed(desk, claim, statement_id="Setengah")
    UnsavedText.objects.update(at=timezone.now() - timedelta(days=14, minutes=1))
    assert "unsaved text" not in words(desk.get(address(claim)))
    typed(desk, other, statement_id="Lain")
    assert [kept.path for kept in UnsavedText.objects.all()] == [address(other)]


def test_more_than_we_keep_is_refused_and_a_visitor_keeps_nothing(desk, client):
    claim = claim_of(make_case())
    assert typed(desk, claim, statement_id="x" * UnsavedText.MAX_CHARS).status_code == 413
    assert client.post(address(claim), {"_keep": "1", "statement_id": "x"}).status_code == 302
    assert not UnsavedText.objects.exists()


def test_a_name_to_be_hidden_is_not_kept(desk):
    capture = make_capture()
    typed(desk, capture, private_name="Bu Kenanga")
    assert "Kenanga" not in UnsavedText.objects.get().values


@pytest.mark.parametrize("text", ["Kata Bu Kenanga.", "Kata Bu\nKenanga."])
def test_a_redaction_reaches_it(desk, text):
    claim, other = claim_of(make_case()), claim_of(make_case())
    typed(desk, claim, date_as_stated=text)
    typed(desk, other, statement_id="Lain")
    erase_working_history("Bu Kenanga", [])
    assert [kept.path for kept in UnsavedText.objects.all()] == [address(other)]
    erase_working_history("tidak ada", [other.pk])
    assert not UnsavedText.objects.exists()
