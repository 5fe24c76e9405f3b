"""Every box of the claim form, given what no curator would type: a sentence or a saved text, never an error of ours."""

import pytest

from tests.admin.test_claim_form import MONEY, TEXT, claim_url, filled
from tests.factories import make_capture, make_case

pytestmark = pytest.mark.django_db
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "template": "{{ settings.SECRET_KEY }}{% load x %}",
    "formula": "=HYPERLINK(1)",
    "turned": "aman\u202egnabec",
    "nothing": "a\x00b",
    "a number": "9" * 5_000,
}
BOXES = ("statement_id", "statement_en", "start", "end", "date_as_stated", "speaker_id", "speaker_en", "locator_id")
BOXES += ("subject", "said_by_actor", "said_by_source", "standing", "kind", "aspect", "proposed", "more_place")
BOXES += ("n-amount", "n-currency", "n-as_stated", "n-in_kind_id", "n-quantity", "party-0-who", "party-0-new")
BOXES += ("party-0-as_stated", "party-0-part", "party-TOTAL_FORMS", "gap-amount", "start_at", "end_at", "_form")


@pytest.mark.parametrize("words", [HOSTILE["script"], HOSTILE["nothing"]], ids=["script", "nothing"])
def test_no_box_breaks_the_form(desk, words):
    capture, case = make_capture(text=TEXT), make_case("Papan digital")
    data = filled(desk, capture, case, MONEY)
    for box in BOXES:
        response = desk.post(claim_url(capture), data | {box: words})
        assert response.status_code in (200, 302, 400, 422), (box, response.status_code)
        assert b"<script>alert(1)</script>" not in response.content, box


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_words_in_all_boxes_break_the_form(desk, words):
    capture, case = make_capture(text=TEXT), make_case("Papan digital")
    free = dict.fromkeys([box for box in BOXES if not box.endswith(("_FORMS", "_at", "kind"))], words)
    data = filled(desk, capture, case, MONEY) | free
    for page in ("claim", "check"):
        response = desk.post(claim_url(capture, page), data)
        assert response.status_code in (200, 400, 422), (page, response.status_code)
        assert b"<script>alert(1)</script>" not in response.content, page


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_address_breaks_the_reader(desk, words):
    capture = make_capture(text=TEXT)
    short = words[:3_000]  # a server refuses longer addresses
    for name in ("start", "end", "kind", "words", "after", "at", "page", "term"):
        for page in ("claim", "read"):
            response = desk.get(claim_url(capture, page), {"start": "0", "end": "12"} | {name: short})
            assert response.status_code in (200, 302, 400, 404, 414), (name, page, response.status_code)
            assert b"<script>alert(1)</script>" not in response.content, (name, page)


@pytest.mark.parametrize("box", ["statement_id", "n-amount", "party-0-as_stated", "start_at"])
def test_five_megabytes_are_refused(desk, box):
    capture, case = make_capture(text=TEXT), make_case("Papan digital")
    data = filled(desk, capture, case, MONEY) | {box: "x" * 5_000_000}
    for page in ("claim", "check"):
        assert desk.post(claim_url(capture, page), data).status_code in (200, 400, 413, 422)
    assert not capture.excerpts.exists()
