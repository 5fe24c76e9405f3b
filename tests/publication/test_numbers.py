"""A number is published only as its source's words mean it, or with the reason why they do not show it."""

import json

import pytest

from cases.claim_kinds import DETAILED
from cases.claim_kinds.figure import Figure
from cases.claim_kinds.transfer import Transfer
from cases.models import RevisionBody
from cases.models.ledger import commitment
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from cases.publication.ledger import current_document
from tests.claim_kinds.samples import document_of
from tests.factories import make_capture, make_case, make_claim, make_excerpt, make_public
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db


def stated(words, *, kind="figure", quote=None, **numbers):
    """Return a case with a claim whose detail row gives these words, quoted in a sentence."""
    case, quote = make_case(claims=0), quote or f"Menurut laporan itu {words} tercatat"
    excerpt = make_excerpt(quote, make_capture(text=f"{quote} di sana."))
    claim = make_claim(case, excerpt, kind=kind, start="2020", lead=1)
    if kind == "figure":
        given = {"indicator_id": "Nilai", "indicator_en": "Value", "unit_id": "unit", "unit_en": "units"}
        Figure.objects.create(claim=claim, as_stated=words, **given | numbers)
    else:
        Transfer.objects.create(claim=claim, as_stated=words, **numbers)
    for name in document_of(claim.detail, DETAILED[kind]).questions(set()):
        claim.unknowns.create(subject=case, property=name, reason="not_in_source")
    return case


def refusal(case, curator, reviewer):
    """Return why the case cannot be published; empty where it was."""
    try:
        make_public(case, by=curator, reviewer=reviewer)
    except NotPublishableError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("sekitar 1.409", {"value": "1409"}),
        ("1.409 persen", {"value": "1.409"}),
        ("52,09%", {"value": "52.09"}),
        ("lebih dari satu juta", {"value": "1000000"}),
        ("dua koma lima miliar", {"value": "2500000000"}),
        ("antara 100.000-500.000 jiwa", {"value": "100000", "value_to": "500000", "bound": "range"}),
        ("2-3 miliar", {"value": "2000000000", "value_to": "3000000000", "bound": "range"}),
        ("turun minus 0,5 persen", {"value": "-0.5"}),
        ("3,32%", {}),
        ("Rp2.795.000.000,00", {"kind": "transfer", "amount": "2795000000"}),
        ("1000 titik *Wifi*", {"kind": "transfer", "quantity": "1000"}),
        ("sebuah mobil", {"kind": "transfer"}),
        ("urutan ke-36", {"value": "36", "number_reason": "in_words"}),
        ("dua pertiganya", {"value": "66.67", "number_reason": "computed"}),
        ("jumlah keduanya", {"value": "7", "number_reason": "computed", "quote": "3 dan 4 unit"}),
    ],
)
def test_a_number_that_its_words_mean_is_published(curator, reviewer, words, numbers):
    assert refusal(stated(words, **numbers), curator, reviewer) == ""


@pytest.mark.parametrize(
    ("words", "numbers", "sentence"),
    [
        (
            "Rp2.795.000.000,00",
            {"kind": "transfer", "amount": "27950000000"},
            "“27950000000” is no reading of a number",
        ),
        ("Rp2.795.000.000,00", {"value": "27950000000", "number_reason": "in_words"}, "“27950000000” is no reading"),
        ("924,6 juta", {"value": "924.6"}, "“924.6” is no reading"),
        ("antara 2 dan 3 juta", {"value": "2000000", "value_to": "30", "bound": "range"}, "“30” is no reading"),
        ("urutan ke-36", {"value": "36"}, "“36” is no reading"),
        ("beberapa", {"value": "7"}, "“7” is no reading"),
        ("2,5", {"value": "2.5", "quote": "senilai 2,5 miliar"}, "“2.5” is no reading"),
        ("1.409", {"value": "1409", "quote": "Tercatat 1409 kasus"}, "No supporting excerpt has the words “1.409”"),
        ("sebuah mobil", {"kind": "transfer", "quote": "sebuah motor"}, "No supporting excerpt has the words"),
        ("tiga puluhan", {"value": "30", "number_reason": "in_words", "quote": "puluhan"}, "No supporting excerpt"),
    ],
)
def test_a_number_that_its_words_do_not_mean_is_refused(curator, reviewer, words, numbers, sentence):
    assert sentence in refusal(stated(words, **numbers), curator, reviewer)


def test_line_ends_in_the_quote_are_no_fault(curator, reviewer):
    case = stated(
        "dua miliar lima ratus juta", value="2500000000", quote="senilai dua mi-\nliar lima ratus\njuta rupiah"
    )
    assert refusal(case, curator, reviewer) == ""


def test_words_that_only_help_to_read_carry_no_number(curator, reviewer):
    case = stated("1.409", value="1409")
    claim = case.claims.get()
    claim.citations.update(relation="context")
    excerpt = make_excerpt("Tercatat banyak", make_capture(text="Tercatat banyak kasus."))
    claim.citations.create(excerpt=excerpt, relation="supports", position=1)
    assert "“1409” is no reading" in refusal(case, curator, reviewer)


def test_the_reason_stands_in_the_document_and_is_null_without_one(curator, reviewer):
    with_reason, without = stated("keduanya", value="7", number_reason="computed"), stated("7 unit", value="7")
    make_public(with_reason, without, by=curator, reviewer=reviewer)
    found = [current_document(case.pk).claims[0].figure.number_reason for case in (with_reason, without)]
    assert found == ["computed", None]
    assert '"number_reason":null' in RevisionBody.objects.get(revision__object_id=without.pk).document


def test_verify_finds_a_sum_ten_times_off_where_it_stands(curator, reviewer):
    case = stated("Rp2.795.000.000,00", value="2795000000")
    make_public(case, by=curator, reviewer=reviewer)
    assert list(verify()) == []
    body = RevisionBody.objects.select_related("revision").get(revision__object_id=case.pk)
    document = json.loads(body.document)
    document["claims"][0]["figure"]["value"] = "27950000000"
    body.document = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    with triggers_off():
        body.save()
        body.revision.commitment = commitment(body.salt, body.document)
        body.revision.save()
    found = [fault for fault in verify() if "is no reading" in fault]
    assert found == [
        f"case/{case.slug}: claim “{case.claims.get().statement_id}”: “27950000000” is no reading of a number in "
        "“Rp2.795.000.000,00” and in a supporting excerpt."
    ]
