"""Penalties and contracts: numbers as their words mean them, told beside the verdict, found by their ranges."""

import pytest
from django.test import Client

from cases.claim_kinds.contract import Contract
from cases.claim_kinds.penalty import Penalty, months_in
from cases.claim_kinds.stage import Stage
from cases.publication.errors import NotPublishableError
from tests.factories import make_actor, make_capture, make_case, make_claim, make_excerpt, make_public

TERM = "menjatuhkan pidana penjara selama 5 (lima) tahun dan 6 (enam) bulan"
FINE = "menghukum Terdakwa membayar denda sebesar Rp300.000.000,00 (tiga ratus juta rupiah)"
DETENTION = "diganti dengan pidana kurungan selama 4 (empat) bulan"
CEILING = "Nilai pagu paket Rp7.500.000.000,00 untuk 40 unit papan"


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("5 (lima) tahun dan 6 (enam) bulan", [66]),
        ("5 tahun 6 bulan", [66]),
        ("2 (dua) tahun", [24]),
        ("selama 4 (empat)\nbulan kurungan", [4]),
        ("5 years and 6 months", [66]),
        ("18 months", [18]),
        ("lima tahun", []),
        ("tahun 2031, bulan 6", []),
        ("Rp300.000 tahun itu", []),
        ("3 tahun penjara dan 6 bulan kurungan", [36, 6]),
    ],
)
def test_a_term_in_years_and_months_is_read_in_months(words, terms):
    assert months_in(words) == terms


def verdict_of(case, person, outcome="convicted", **fields):
    court = make_actor("Pengadilan Contoh", slug="pengadilan-contoh", actor_kind="public_body")
    parties = [("defendant", person), ("authority", court)]
    given = {"kind": "stage", "start": "2031-03-14", "parties": parties}
    Stage.objects.create(claim=make_claim(case, **given | fields), stage="verdict", outcome=outcome)
    return parties


def imposed(case, parties, words, **numbers):
    excerpt = make_excerpt(words, make_capture(text=f"Mengadili: {words}."))
    claim = make_claim(case, excerpt, kind="penalty", start="2031-03-14", parties=parties)
    Penalty.objects.create(claim=claim, **numbers)
    return claim


def bought(case, parties, words, **numbers):
    excerpt = make_excerpt(words, make_capture(text=f"Pengumuman: {words}."))
    claim = make_claim(case, excerpt, kind="contract", start="2029-04-02", parties=parties)
    Contract.objects.create(claim=claim, currency="IDR", **numbers)
    return claim


@pytest.fixture
def case(db):
    """A case with a verdict, what it imposed, and what was bought."""
    case, person = make_case("Papan Kota Contoh", slug="papan"), make_actor("Si A", slug="si-a", actor_kind="person")
    buyer = make_actor("Dinas Contoh", slug="dinas-contoh", actor_kind="public_body")
    supplier = make_actor("PT Papan", slug="pt-papan")
    parties = verdict_of(case, person)
    imposed(case, parties, TERM, kind="prison", months="66", as_stated="5 (lima) tahun dan 6 (enam) bulan")
    imposed(case, parties, FINE, kind="fine", amount="300000000", currency="IDR", as_stated="Rp300.000.000,00")
    imposed(case, parties, DETENTION, kind="subsidiary_detention", months="4", as_stated="4 (empat) bulan")
    pagu = {"amount": "7500000000", "as_stated": "Rp7.500.000.000,00 untuk 40 unit", "quantity": "40"}
    bought(case, [("buyer", buyer)], CEILING, step="pagu", unit_id="unit", unit_en="units", **pagu)
    value = {"amount": "7286940000", "as_stated": "Rp7.286.940.000,00"}
    bought(case, [("buyer", buyer), ("supplier", supplier)], "nilai Rp7.286.940.000,00", step="contract_value", **value)
    return case


def read(address, **query):
    response = Client(SERVER_NAME="localhost").get(address, query)
    assert response.status_code == 200, response.content[:300]
    return response


@pytest.mark.parametrize(
    ("months", "as_stated"),
    [("6", "5 (lima) tahun dan 6 (enam) bulan"), ("5", "5 (lima) tahun dan 6 (enam) bulan"), ("65", "5 (lima) tahun")],
)
def test_a_term_that_the_words_do_not_mean_is_refused(case, curator, reviewer, months, as_stated):
    Penalty.objects.filter(kind="prison").update(months=months, as_stated=as_stated)
    with pytest.raises(NotPublishableError, match="is no reading of a number"):
        make_public(case, by=curator, reviewer=reviewer)


def test_penalties_and_contracts_are_found_by_their_numbers(case, curator, reviewer):
    make_public(case, by=curator, reviewer=reviewer)

    def found(**query):
        results = read("/api/v1/claims/", **query).json()["results"]
        details = [card.get("penalty") or card.get("contract") for card in results]
        return {detail.get("kind") or detail.get("step") for detail in details}

    assert found(kind="penalty") == {"prison", "fine", "subsidiary_detention"}
    assert found(penalty_kind="prison", months_min="60") == {"prison"}
    assert found(months_max="12") == {"subsidiary_detention"}
    assert found(currency="IDR", amount_min="300000000", amount_max="7286940000") == {"fine", "contract_value"}
    assert found(contract_step=["pagu", "hps"]) == {"pagu"}
    assert found(currency="not_stated") == set(), "a term is no sum whose currency is not stated"
    answer = read("/api/v1/claims/", currency="IDR", amount_min="1").json()
    assert (len(answer["results"]), answer["not_compared"]) == (3, 0)
    assert [card["slug"] for card in read("/api/v1/cases/", penalty_kind="fine").json()["results"]] == ["papan"]
    assert Client().get("/api/v1/claims/", {"months_min": "9", "months_max": "1"}).status_code == 400


def test_the_page_of_the_case_tells_steps_before_penalties_and_sums_among_the_money(case, curator, reviewer):
    make_public(case, by=curator, reviewer=reviewer)
    page = read("/en/cases/papan/").content.decode()
    money = page[page.index('id="money"') : page.index("</table>", page.index('id="money"'))]
    assert all(text in money for text in ("Fine", "300,000,000", "Budget ceiling", "7,500,000,000"))
    assert "Imprisonment" not in money
    assert page.index("Steps of proceedings") < page.index(">Penalties")


def test_a_penalty_is_not_final_until_a_final_step_of_the_same_person_is_told(case, curator, reviewer):
    prison = case.claims.get(penalty__kind="prison")
    make_public(case, by=curator, reviewer=reviewer)
    page = read(f"/en/claims/{prison.pk}/").content.decode()
    assert "not yet final" in page
    assert "On whom it is imposed" in page
    person = prison.parties.get(part="defendant").who
    final = make_claim(case, kind="stage", start="2032", parties=[("defendant", person)])
    Stage.objects.create(claim=final, stage="final", outcome="upheld")
    make_public(case, by=curator, reviewer=reviewer)
    assert "not yet final" not in read(f"/en/claims/{prison.pk}/").content.decode()


def test_followthemoney_links_who_buys_and_sells_and_who_imposes_without_a_word_of_guilt(case, curator, reviewer):
    make_public(case, by=curator, reviewer=reviewer)
    lines = b"".join(read("/api/v1/export/entities.ftm.json").streaming_content).decode().splitlines()
    links = [line for line in lines if '"schema": "UnknownLink"' in line]
    assert sum("contract: contract value" in line for line in links) == 1
    assert sum("penalty: fine" in line for line in links) == 1
    assert not any('"topics"' in line for line in lines)
