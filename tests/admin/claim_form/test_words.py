"""What is read in single passages: numbers, dates, kinds, slips, people; each in a copy of a few words."""

from typing import Any

import pytest

from cases.admin.claim_form.dates import date_in
from cases.admin.claim_form.kinds import kinds_of, triggers, word_named
from cases.admin.claim_form.passage import Passage
from cases.admin.claim_form.propose import propose
from cases.admin.claim_form.slips import slips_of_form
from cases.admin.claim_form.sums import sums_in, terms_in, units
from cases.claim_kinds import ASPECTS, DETAILED, REGISTRY
from cases.claim_kinds.stage import Outcome
from cases.models import Alias
from tests.admin.claim_form.second_corpus_facts import Section
from tests.factories import hide, make_actor, make_capture, make_excerpt

pytestmark = pytest.mark.django_db


def whole(words: str, role: str = "") -> Passage:
    return Passage(words, ((0, len(words)),), role=role)


def slips(words: str, text: str = "", **given: Any) -> str:
    capture = make_capture(text=text or words)
    start = capture.text.index(words)
    return " | ".join(slip.sentence for slip in propose(capture, [(start, start + len(words))], **given).slips)


def test_the_file_of_triggers_names_kinds_and_words_that_there_are():
    for trigger, phrases in triggers():
        kind = REGISTRY[trigger.kind]
        known = set(ASPECTS[kind.name].values) if kind.name in ASPECTS else set()
        known |= DETAILED[kind.name].linked_words if kind.name in DETAILED else set()
        assert {trigger.word, *trigger.over} <= {"", *known}
        assert trigger.outcome in ("", *Outcome.values)
        assert all(phrase and phrase[0] != "…" != phrase[-1] for phrase in phrases)
    assert len(units()) > 10


@pytest.mark.parametrize(
    ("words", "kind", "word"),
    [
        ("Menghukum Terdakwa membayar uang pengganti sebesar Rp10.000.000,00", "penalty", "compensation"),
        ("PT Misal diduga menerima Rp5 juta", "transfer", ""),
        ("Pagu anggaran sebesar Rp7,5 miliar", "contract", "pagu"),
        ("HPS sebesar Rp7,4 miliar", "contract", "hps"),
        ("dinyatakan terbukti secara sah dan meyakinkan bersalah", "stage", "verdict"),
        ("12 unit kamera", "figure", ""),
        ("was found guilty", "stage", "verdict"),
        ("tidak pernah menerima uang", "", ""),
        ("Taman kota itu luas", "", ""),
    ],
)
def test_kinds_by_their_words(words, kind, word):
    passage = whole(words)
    assert kinds_of(passage)[:1] == ((kind,) if kind else ())
    named = word_named(passage, kind) if kind else None
    assert (named.trigger.word if named else "") == word


def test_what_is_not_proven_convicts_nobody():
    named = word_named(whole("tidak terbukti secara sah dan meyakinkan bersalah"), "stage")
    assert named
    assert (named.trigger.word, named.trigger.outcome) == ("verdict", "")


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("Rp684.500.000,00 (enam ratus delapan puluh empat juta lima ratus ribu rupiah)", ["684500000"]),
        ("SGD15,000 (lima belas ribu dolar Singapura)", ["15000"]),
        ("uang tunai senilai 2.5 milyar", ["2500000000"]),
        ("Rp481.200.000,00 (481,20 juta)", ["481200000"]),
        ("Rp 7.98 billion (roughly US$489,000)", ["7980000000", "489000"]),
        ("Rp5 juta dan Rp5.000.000,00", ["5000000"]),
        ("nomor 12 tahun 2029", []),
    ],
)
def test_sums(words, values):
    assert [each.value for each in sums_in(words)] == values


def test_no_currency_is_added():
    assert [each.currency for each in sums_in("uang tunai senilai 2.5 milyar")] == [""]
    assert [each.currency for each in sums_in("uang Rp2 miliar")] == ["IDR"]


def test_figure_and_words_that_differ():
    assert not sums_in("Rp600.000,00 (lima ratus ribu rupiah)")[0].agrees
    assert not terms_in("selama 5 (enam) tahun")[0].agrees
    assert "do not agree" in slips("Denda sebesar Rp600.000,00 (lima ratus ribu rupiah).")


@pytest.mark.parametrize(("words", "months"), [("5 (lima) tahun dan 6 (enam) bulan", "66"), ("18 months", "18")])
def test_terms(words, months):
    assert [each.value for each in terms_in(words)] == [months]


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("pada tanggal 14 Maret 2031", "2031-03-14"),
        ("On 27 June 2031 the court", "2031-06-27"),
        ("on June 27, 2031", "2031-06-27"),
        ("Kamis (8/8/2030)", "2030-08-08"),
        ("tanggal 21-05-2029", "2029-05-21"),
        ("sejak Mei 2029", "2029-05"),
        ("pada tahun 2029", "2029"),
        ("Undang-Undang Nomor 31 Tahun 1999", ""),
        ("tanggal 31 Februari 2029", ""),
        ("8 Agustus 2030 dan 9 September 2030", ""),
    ],
)
def test_dates(words, date):
    found = date_in(words)
    assert (str(found[0]) if found else "") == date


def test_the_ends_of_a_period():
    assert date_in("sejak tanggal 8 Agustus 2030 sampai dengan tanggal 27 Agustus 2030")[:2] == (
        "2030-08-08",
        "2030-08-27",
    )


def test_a_difference_or_a_bound_is_no_amount():
    for words in ("nilai kontrak naik sebesar Rp694.260.000,00", "nilai kontrak lebih dari Rp5 miliar"):
        capture = make_capture(text=words)
        values = propose(capture, [(0, len(words))], kind="contract").values
        assert "amount" not in [value.field for value in values]


def test_slips_of_the_choice_of_words():
    assert "inside a word or a number" in slips("684.500", "sebesar Rp684.500.000,00")
    assert "“tidak” stands just before" in slips("menerima uang itu", "Saksi tidak menerima uang itu.")
    assert "at most 600" in slips("kata " * 130 + "akhir")
    assert "Private data" in slips("hubungi 0812-3456-7890 segera")
    capture = make_capture(text="Seorang warga, Bu Melati, melihatnya.")
    hide(capture, "Bu Melati")
    proposal = propose(type(capture).objects.get(pk=capture.pk), [(0, 30)])
    assert [slip.blocks for slip in proposal.slips if "private person" in slip.sentence] == [True]
    assert proposal.statement_id == ""


def test_slips_of_a_form():
    capture = make_capture(text="Menuntut agar Terdakwa membayar uang pengganti sebesar Rp834.500.000,00;")
    capture.source.published = "2031-03-14"
    demand = Section(0, "demand", stated_on="2031-02-10")
    passage = whole(capture.text, "demand")
    given = {"start": "2031-03-14", "statement_id": "Ia koruptor yang mengambil Rp900 juta.", "standing": "stated"}
    given["speaker_id"] = "seorang jaksa"
    found = [*slips_of_form(passage, "penalty", given, demand, capture.source, parts=["accused"])]
    assert [(slip.field, slip.blocks) for slip in found] == [
        ("kind", True), ("start", False), ("standing", True), ("statement_id", False), ("statement_id", False),
    ]  # fmt: skip


def test_one_of_two_namesakes_is_never_chosen():
    one, other = make_actor(title_id="Budi Santoso"), make_actor(title_id="Budi Santoso, S.T.")
    capture = make_capture(text="Uang diserahkan kepada Budi Santoso kemarin.")
    [party] = propose(capture, [(0, len(capture.text))]).parties
    assert (party.who, {*party.namesakes}) == (None, {one.pk, other.pk})


def test_an_alias_names_and_initials_do_not():
    actor = make_actor(title_id="Dinas Contoh Besar")
    excerpt = make_excerpt()
    Alias.objects.create(subject=actor, name="Dincobes", kind="acronym", excerpt=excerpt)
    Alias.objects.create(subject=actor, name="DCB", kind="initials", excerpt=excerpt)
    capture = make_capture(text="Kemarin Dincobes membayar; DCB tidak.")
    [first] = propose(capture, [(0, 25)]).parties
    [second] = propose(capture, [(27, 36)]).parties
    assert (first.who, second.who, second.namesakes) == (actor.pk, None, (actor.pk,))


def test_pages_are_told_in_both_languages():
    capture = make_capture(text="satu dua\ftiga empat", page_map=[0, 9])
    assert (propose(capture, [(0, 4)]).locator_id, propose(capture, [(0, 4)]).locator_en) == ("hlm. 1", "p. 1")
    both = propose(capture, [(5, 8), (9, 13)])
    assert (both.locator_id, both.locator_en) == ("hlm. 1–2", "pp. 1–2")


def test_whoever_speaks_in_quotation_marks_is_for_the_curator_to_name():
    text = "Kuasa hukum berkata: “Uang itu pinjaman pribadi,” katanya."
    assert "say who" in slips("Uang itu pinjaman pribadi", text)
    assert "say who" not in slips("Kuasa hukum berkata", text)


def test_words_beside_the_text_are_nobodys():
    capture = make_capture(text="katanya walikota juga kebagian 1 M")
    proposal = propose(capture, [(0, 34)], section=Section(0, "comments"))
    assert any(slip.blocks for slip in proposal.slips)
    assert not [value for value in proposal.values if value.field.startswith(("said_by", "speaker"))]


def test_a_passage_that_says_it_flatly_makes_no_sentence_of_an_accusation():
    capture = make_capture(text="Budi menerima uang Rp5 juta dari PT Misal.")
    capture.source.source_kind = "news"
    assert propose(capture, [(0, 42)]).statement_id == ""


def test_a_sentence_keeps_the_words():
    text = "PPK hanya menggunakan satu brosur harga.\nYang lain."
    capture = make_capture(text=text)
    assert propose(capture, [(0, 40)]).statement_id == "PPK hanya menggunakan satu brosur harga."
    assert propose(capture, [(4, 40)]).statement_id == ""  # the subject is missing


def test_hostile_words_are_read_in_time():
    words = ("Rp1.000 (satu (dua " + "A B C. " * 40 + "((((" + "me" * 100)[:600]
    capture = make_capture(text=words)
    assert propose(capture, [(0, len(words))], names=[]).kind
