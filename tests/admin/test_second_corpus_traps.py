"""The fifteen traps of the second corpus at the claim form: what tempts is told in a sentence, what is right is saved.

The ruling and the audit report are read in their parts, as a curator sets them once. Warnings and blockers never
keep a draft from being saved; what a reviewer sees of it stands in the last lines of a trap.
"""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Actor, Claim, Subject
from cases.models.source_reading import SourceSection
from sources.captures import text_of
from sources.intake import queue
from sources.intake.forms import KeepForm
from sources.models import Capture, Source
from tests import second_corpus
from tests.admin.claim_form.second_corpus_facts import FILES, sections_of
from tests.admin.conftest import at_the_desk
from tests.admin.pages import Form, words
from tests.factories import make_source
from tests.shared import taken_back

CORPUS_FILES = Path(second_corpus.FOLDER) / "files"
PRIMARY = (
    "terbukti secara sah dan meyakinkan bersalah melakukan tindak pidana sebagaimana didakwakan dalam dakwaan Primair"
)
ALLEGED_BAG = "MT diduga menyerahkan uang Rp250 juta kepada BW di sebuah rumah makan pada 11 Juni 2029."
FLAT_LOSS = "Ia mengorupsi proyek papan LED dan merugikan negara Rp 21,4 Miliar."
DEMAND_IS_NONE = "What was demanded is the step “sentence demanded”, and no penalty"
ONLY_DRIVER = (
    "saksi melihat saksi Marlina menyerahkan tas kertas berwarna cokelat kepada Terdakwa, dan bahwa di dalam mobil "
    "Terdakwa menghitung isinya sejumlah Rp250.000.000,00"
)


def read_in_parts(name: str) -> Capture:
    """The copy of a document, with who speaks in which part of it."""
    capture = Capture.objects.get(file_name__startswith=FILES[name])
    for each in sections_of(capture):
        fields = vars(each) | {"said_by_source": None if each.said_by_actor or each.speaker_id else capture.source}
        SourceSection.objects.create(capture=capture, **fields)
    return capture


@pytest.fixture(scope="module")
def record(django_db_setup: None, django_db_blocker: Any) -> Any:
    with taken_back(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(configured, "CASEDB_DOCUMENTS", second_corpus.TEXTS)
        second_corpus.load()
        ruling, _report = read_in_parts("01"), read_in_parts("02")
        who = Subject.objects.get(slug="baskoro-wirasenda")
        ruling.source.names.create(words="Terdakwa", who=who, reason="Identitas Terdakwa pada halaman 1")
        yield


class Desk:
    """A curator who writes claims of the matter: what the form says of what is typed, and what a save leaves."""

    def __init__(self, user: Any) -> None:
        self.user, self.client = user, at_the_desk(user)
        self.case = Subject.objects.get(slug="papan-informasi-digital-marawangi")

    def address(self, capture: Capture, page: str = "claim") -> str:
        return reverse(f"admin:sources_capture_{page}", args=[capture.pk])

    def opened(self, where: Any, quote: str, kind: str, **typed: Any) -> tuple[Capture, dict[str, Any]]:
        """What a browser would send of the form on some words, with what was typed into it."""
        capture = where if isinstance(where, Capture) else Capture.objects.get(file_name=f"{FILES[where]}.txt")
        spans = []
        text, after = text_of(capture) or "", 0
        for part in quote.split("[…]"):
            after = text.index(part, after)
            spans.append((after, after + len(part)))
        starts, ends = zip(*spans, strict=True)
        response = self.client.get(self.address(capture), {"start": starts, "end": ends, "kind": kind})
        assert response.status_code == 200
        data = Form(response.content.decode(), "claim_form").data
        parties = typed.pop("parties", None)
        data |= {"subject": str(self.case.pk), "seen_on_page": "on", "statement_id": "Kalimat."}
        if parties is not None:
            data = {name: given for name, given in data.items() if not re.match(r"party-\d", name)}
            for row, (part, who, as_stated) in enumerate(parties):
                key = {"who": str(Subject.objects.get(slug=who).pk)} if who else {}
                values = {"part": part, "as_stated": as_stated, "new": "", **key}
                data |= {f"party-{row}-{name}": value for name, value in values.items()}
            data["party-TOTAL_FORMS"] = len(parties)
        return capture, data | {name.replace("__", "-"): value for name, value in typed.items()}

    def says(self, where: Any, quote: str, kind: str, **typed: Any) -> str:
        """What stands beside the form while it is typed."""
        capture, data = self.opened(where, quote, kind, **typed)
        return words(self.client.post(self.address(capture, "check"), data))

    def saves(self, where: Any, quote: str, kind: str, **typed: Any) -> Claim:
        capture, data = self.opened(where, quote, kind, **typed)
        before = set(Claim.objects.values_list("pk", flat=True))
        response = self.client.post(self.address(capture), data)
        assert response.status_code == 302, words(response)[-3000:]
        return Claim.objects.exclude(pk__in=before).get()

    def refuses(self, where: Any, quote: str) -> str:
        """Why no form opens on some words, typed or pasted."""
        capture = where if isinstance(where, Capture) else Capture.objects.get(file_name=f"{FILES[where]}.txt")
        html = self.client.get(self.address(capture), {"words": quote}).content.decode()
        assert 'id="claim_form"' not in html
        return unescape(" ".join(re.findall(r'class="errornote"[^>]*>(.*?)</p>', html, re.DOTALL)))

    def brings_in(self, name: str, source: Source, reading: str = "") -> Capture:
        [path] = CORPUS_FILES.glob(f"{name}-*")
        incoming = queue.bring_in(SimpleUploadedFile(path.name, path.read_bytes()), self.user)
        queue.read(incoming)
        incoming.refresh_from_db()
        readings = KeepForm(incoming).readings
        return queue.keep(incoming, source, next(each for each in readings if reading in each.extractor), [])


@pytest.fixture
def desk(record: None, curator: Any, settings: Any, tmp_path: Path) -> Desk:
    settings.CASEDB_DOCUMENTS = second_corpus.TEXTS
    settings.CASEDB_FILES_DIR = tmp_path / "files"
    return Desk(curator)


def test_trap_1_two_outcomes_of_one_accused(desk):
    """1. He is neither acquitted nor convicted of everything: each outcome has its charge."""
    said = desk.says("01", PRIMARY, "stage", n__outcome="convicted")
    assert "“tidak terbukti” stands in the words, and the form says convicted." in said
    assert "“tidak” stands just before these words and changes what they say." in said
    item = "Membebaskan Terdakwa oleh karena itu dari dakwaan Primair tersebut;"
    assert "Say of which charge: one ruling may convict of one and acquit of another." in desk.says("01", item, "stage")
    cut = "BASKORO WIRASENDA, S.E., M.M. alias BAS bin SUKARMO terbukti secara sah"
    assert "not in the text" in desk.refuses("01", cut), "the word “tidak” is left out"
    both = {}
    for quote, outcome, charge in (
        (f"tidak {PRIMARY}", "acquitted", "dakwaan Primair"),
        ("Menyatakan Terdakwa terbukti secara sah dan meyakinkan bersalah melakukan tindak pidana “Korupsi secara "
         "bersama-sama” sebagaimana dakwaan Subsidair;", "convicted", "dakwaan Subsidair"),
    ):  # fmt: skip
        typed = {"n__stage": "verdict", "n__outcome": outcome, "n__charge": charge}
        said = desk.says("01", quote, "stage", **typed)
        assert "Say of which charge" not in said
        assert "the form says" not in said
        both[charge] = desk.saves("01", quote, "stage", **typed).stage.outcome
    assert both == {"dakwaan Primair": "acquitted", "dakwaan Subsidair": "convicted"}


def test_trap_2_alleged_then_decided_then_changed(desk):
    """2. Each keeps its own standing; an appeal that somebody tells of is stated; nothing is final before it is."""
    flat = {"standing": "stated", "statement_id": "MT menyerahkan uang Rp250 juta kepada BW."}
    said = desk.says("04a", ALLEGED_BAG, "transfer", **flat)
    assert "“diduga” stands with these words: of two strengths, the weaker stands." in said
    assert "“diduga” stands in the words, and the sentence says it flatly." in said
    right = {"standing": "alleged", "statement_id": "MT diduga menyerahkan uang Rp250 juta kepada BW."}
    assert "“diduga” stands" not in desk.says("04a", ALLEGED_BAG, "transfer", **right)
    assert desk.saves("04a", ALLEGED_BAG, "transfer", **right).standing == "alleged"
    appeal = (
        "On 27 June 2031 the High Court reduced the prison term to four years but raised the fine to Rp 400 million."
    )
    decided = desk.says("08", appeal, "stage", standing="decided")
    assert "Decided needs an excerpt of the ruling, regulation or contract itself." in decided
    assert desk.saves("08", appeal, "stage").standing == "stated"
    said = desk.says("08", appeal, "stage", statement_id="Hukuman terpidana dikurangi.")
    assert "“terpidana” is said once a verdict is final: no such step is here." in said


def test_trap_3_ten_times_off(desk):
    """3. A figure with another number of zeros is kept, and a conflict is offered; nothing is corrected."""
    figure = {"n__indicator_id": "kerugian negara", "n__indicator_en": "state loss"}
    said = desk.says("04b", FLAT_LOSS, "figure", **figure, statement_id="KabarKencana menulis kerugian Rp2,14 miliar.")
    assert "“Rp2,14 miliar” stands in the sentence, and not in the selected words." in said
    assert "nearly the same digits, but another number of zeros The court fixed the state loss" in said
    assert "Note that sources differ" in said
    saved = desk.saves(
        "04b", FLAT_LOSS, "figure", **figure, statement_id="KabarKencana menulis kerugian Rp21,4 miliar."
    )
    assert saved.figure.value == "21400000000"
    said = desk.says("07b", "Rp728.694.000,00", "contract", n__step="contract_value")
    assert "the same digits, but another number of zeros Original contract value of Rp7,286,940,000." in said
    assert desk.saves("07b", "Rp728.694.000,00", "contract", n__step="contract_value").contract.amount == "728694000"


def test_trap_4_the_total_that_does_not_add_up(desk):
    """4. The printed total is kept as it is; the sum that its rows give is offered beside it, to note a conflict."""
    total = {
        "n__value": "2.184.317.450,00",
        "n__indicator_id": "kelebihan pembayaran",
        "n__indicator_en": "overpayment",
    }
    money = {"n__unit_id": "rupiah", "n__unit_en": "rupiah", "n__bound": "exact"}
    corrected = desk.says("02", "2.184.317.450,00", "figure", **total | money | {"n__value": "2.148.317.450,00"})
    assert "As stated: This field is required." in corrected, "no words of the quotation state that number"
    said = desk.says("02", "2.184.317.450,00", "figure", **total | money)
    assert re.search(r"nearly the same number [^.]*2,148,317,450", said)
    assert "Note that sources differ" in said
    saved = desk.saves("02", "2.184.317.450,00", "figure", **total | money)
    assert (saved.figure.value, saved.figure.as_stated) == ("2184317450", "2.184.317.450,00")


def test_trap_5_a_sum_is_not_a_payment(desk):
    """5. The total and the rest are told as such: as payments or penalties they would double the money."""
    total = "Terdakwa telah memperoleh uang seluruhnya sebesar Rp684.500.000,00"
    assert "“seluruhnya”: a sum of several payments is a figure." in desk.says("01", total, "transfer")
    rest = "sisa yang harus dibayar Rp534.500.000,00"
    said = desk.says("01", rest, "penalty", n__kind="compensation")
    assert "“sisa”: a part of another sum is a figure, and no second sum." in said
    for quote, value in ((total, "684500000"), (rest, "534500000")):
        figure = {"n__indicator_id": "uang", "n__indicator_en": "money"}
        said = desk.says("01", quote, "figure", **figure)
        assert "“seluruhnya”" not in said
        assert "“sisa”" not in said
        assert desk.saves("01", quote, "figure", **figure).figure.value == value


def test_trap_6_a_demand_is_no_verdict(desk):
    """6. What was asked for is never a penalty: not in the demand, nor in a sentence or table that has both."""
    penalty = {"n__kind": "fine", "statement_id": "Denda Rp500.000.000."}
    assert DEMAND_IS_NONE in desk.says("01", "denda sebesar Rp500.000.000,00", "penalty", **penalty)
    assert DEMAND_IS_NONE in desk.says("05", "denda Rp500 juta", "penalty", **penalty)
    assert DEMAND_IS_NONE in desk.says("05", "Rp500.000.000", "penalty", **penalty)
    assert "These words state several sums" in desk.says("05", "Rp500.000.000 | Rp300.000.000", "penalty", **penalty)
    imposed = {"n__kind": "fine", "n__amount": "Rp300.000.000", "n__currency": "IDR"}
    assert DEMAND_IS_NONE not in desk.says("05", "Rp300.000.000", "penalty", **imposed)
    assert desk.saves("05", "Rp300.000.000", "penalty", **imposed).penalty.amount == "300000000"
    asked = desk.saves("01", "denda sebesar Rp500.000.000,00", "stage")
    assert (asked.stage.stage, asked.start, asked.standing) == ("sentence_demanded", "2031-02-10", "alleged")


def test_trap_7_not_proven_is_not_nothing(desk):
    """7. The sum that one witness tells of is held not proven elsewhere, and says so; it is fifteen thousand."""
    quote = "mengambil amplop berisi SGD15,000 (lima belas ribu dolar Singapura)"
    said = desk.says("01", quote, "transfer", n__amount="15", n__currency="SGD")
    assert "“15” is no reading of a number in “SGD15,000”" in said
    assert (
        "This source says of “SGD15,000” in another place: “tidak dapat dinyatakan terbukti”. Claim that too." in said
    )
    claim = desk.saves("01", quote, "transfer")
    assert (claim.transfer.amount, claim.transfer.currency, claim.standing) == ("15000", "SGD", "alleged")
    held = "hanya diterangkan oleh satu orang saksi, tidak didukung alat bukti lain, sehingga tidak dapat dinyatakan"
    held += " terbukti"
    assert desk.saves("01", held, "finding", aspect="observation").standing == "decided"


def test_trap_8_one_name_two_men(desk):
    """8. The driver saw the bag. The chairman of the same name is taken for nobody, nor let speak in his part."""
    chairman = Actor.objects.get(slug="ahmad-fauzan-ketua-pokja-iii")
    said = desk.says("01", ONLY_DRIVER, "transfer", said_by_actor=str(chairman.pk), speaker_id="", speaker_en="")
    assert "In this part of the source speaks “saksi, pengemudi pada dinas”; the form says somebody else." in said
    returned = "dikembalikan kepada saksi Ahmad Fauzan (pengemudi);"
    wrong = {"party-TOTAL_FORMS": 1, "party-0-part": "named", "party-0-who_name": "Ahmad Fauzan"}
    assert "Nobody here is called “Ahmad Fauzan”." in desk.says("01", returned, "event", parties=[], **wrong)
    Actor.objects.create(
        slug="ahmad-fauzan-pengemudi", title_id="Ahmad Fauzan", title_en="Ahmad Fauzan", actor_kind="person"
    )
    Actor.objects.create(
        slug="ahmad-fauzan-lain", title_id="Ahmad Fauzan", title_en="Ahmad Fauzan", actor_kind="person"
    )
    assert "Several are called “Ahmad Fauzan”" in desk.says("01", returned, "event", parties=[], **wrong)
    claim = desk.saves("01", ONLY_DRIVER, "transfer")
    assert (claim.said_by_actor, claim.speaker_id) == (None, "saksi, pengemudi pada dinas")
    claim = desk.saves("01", returned, "event", parties=[("named", "", "saksi Ahmad Fauzan (pengemudi)")])
    assert claim.parties.get().who is None


def test_trap_9_initials(desk):
    """9. Initials are joined to nobody by the software, and by a curator only in the names of the source."""
    joined = [("payer", "marlina-tjokrowati", "MT"), ("recipient", "baskoro-wirasenda", "BW")]
    said = desk.says("04a", ALLEGED_BAG, "transfer", parties=joined)
    for letters, who in (("MT", "Marlina Tjokrowati"), ("BW", "Baskoro Wirasenda")):
        assert f"“{letters}” are initials: that they mean {who} is for this source's names to say." in said
    one_brochure = "PPK hanya menggunakan satu brosur harga milik PT LDN tanggal 5 Maret 2029."
    firm = [("named", "pt-lintang-digital-nusakarya", "PT LDN")]
    assert "“LDN” are initials" in desk.says("02", one_brochure, "finding", parties=firm)
    source = Source.objects.get(captures__file_name=f"{FILES['02']}.txt")
    company = Subject.objects.get(slug="pt-lintang-digital-nusakarya")
    source.names.create(words="PT LDN", who=company, reason="Nomor perjanjian, sama dengan yang ada dalam putusan")
    assert "are initials" not in desk.says("02", one_brochure, "finding", parties=firm)
    as_stated = [("payer", "", "MT"), ("recipient", "", "BW")]
    assert "are initials" not in desk.says("04a", ALLEGED_BAG, "transfer", parties=as_stated)
    claim = desk.saves("04a", ALLEGED_BAG, "transfer", parties=as_stated)
    assert {(each.who, each.as_stated) for each in claim.parties.all()} == {(None, "MT"), (None, "BW")}


def test_trap_10_witness_not_accused(desk):
    """10. Nobody is accused for being heard, for holding a share or an office, or for kinship."""
    heard = "Wali Kota Marawangi H. DARWANTO KUSUMAREDJA hanya didengar sebagai saksi"
    accused = [("accused", "wali-kota-marawangi", "Wali Kota Marawangi")]
    said = desk.says("01", heard, "finding", parties=accused, aspect="observation")
    assert "“saksi” stands in the words: whoever is heard as a witness is not accused." in said
    named = [("named", "wali-kota-marawangi", "Wali Kota Marawangi")]
    assert "is not accused" not in desk.says("01", heard, "finding", parties=named, aspect="observation")
    assert desk.saves("01", heard, "finding", parties=named, aspect="observation").parties.get().part == "named"
    brother = "GALIH WIRASENDA, adik kandung Terdakwa, menjabat Komisaris CV Arta Semesta Layar"
    said = desk.says("01", brother, "tie", parties=[("accused", "galih-wirasenda", "")], aspect="holds_office")
    assert "An office, a share or kinship is no act: nobody is accused by it." in said
    tie = [("holder", "galih-wirasenda", "GALIH WIRASENDA"), ("body", "cv-arta-semesta-layar", "")]
    assert "nobody is accused" not in desk.says("01", brother, "tie", parties=tie, aspect="holds_office")
    assert desk.saves("01", brother, "tie", parties=tie, aspect="holds_office").aspect == "holds_office"


def test_trap_11_private_data(desk):
    """11. What is private is proposed at intake, in no quotation and no sentence; a private person is a role."""
    for name, private in (("01", "NIK: 9971041708780003"), ("01", "Umur/tgl. lahir: 52 tahun"), ("01", "Agama: Islam"),
                          ("01", "Nomor Polisi XX 1482 MW"), ("05", "telp. (0999) 555-0117"),
                          ("05", "humas@kejari-marawangi.test"), ("04b", "SE, MM (51) resmi ditahan")):  # fmt: skip
        assert re.search("private person|not in the text", desk.refuses(name, private)), private
    fresh = desk.brings_in("04b", make_source(source_kind="news", title="Berita"), "trafilatura")
    detained = "SE, MM (51) resmi ditahan jaksa"
    assert "Private data may stand in these words (age: a date of birth in disguise)." in desk.says(
        fresh, detained, "event"
    )
    car = "dirampas untuk negara dan diperhitungkan sebagai pembayaran uang pengganti;"
    typed = {"n__kind": "confiscation"}
    said = desk.says("01", car, "penalty", **typed, statement_id="Mobil Nomor Polisi XX 1482 MW dirampas.")
    assert "Private data may stand in the sentence (number plate)." in said
    assert "Private data" not in desk.says("01", car, "penalty", **typed, statement_id="Satu minibus dirampas.")
    assert (
        desk.saves("01", car, "penalty", **typed, statement_id="Satu minibus dirampas.").penalty.kind == "confiscation"
    )
    resident = desk.saves("04b", "papan di depan kantornya tidak pernah menyala", "description", said_by_source="",
                          speaker_id="seorang warga", speaker_en="a resident")  # fmt: skip
    assert resident.speaker_en == "a resident"


def test_trap_12_guilt_words(desk):
    """12. A newspaper's flat accusation is alleged, and its words of guilt are not ours."""
    flat = {"standing": "stated", "statement_id": "Baskoro Wirasenda mengorupsi proyek papan LED."}
    said = desk.says("04b", "Ia mengorupsi proyek papan LED", "event", **flat)
    assert "“mengorupsi” calls somebody guilty: it needs a dated legal stage of the same person." in said
    assert "“mengorupsi” stands with these words: of two strengths, the weaker stands." in said
    right = {"statement_id": "KabarKencana menulis bahwa kepala dinas merugikan negara dalam proyek papan LED."}
    said = desk.says("04b", "Ia mengorupsi proyek papan LED", "event", **right)
    assert "calls somebody guilty" not in said
    assert "weaker stands" not in said
    assert desk.saves("04b", "Ia mengorupsi proyek papan LED", "event", **right).standing == "alleged"


def test_trap_13_words_beside_the_article(desk):
    """13. Comments, related links and headlines are in the file; none is quoted as the article's own."""
    source = make_source(source_kind="news", title="Kadis Korupsi Papan LED, Uang Mengalir ke Istri")
    fresh = desk.brings_in("04b", source, "visible-text")
    comment = "katanya walikota juga kebagian 1 M"
    assert "These words seem to stand beside the article, at “Komentar (2)”" in desk.says(fresh, comment, "statement")
    assert "beside the article" in desk.says(fresh, "Kades Lembayung Dipanggil KPK", "statement")
    assert "A headline may say more than the text below it" in desk.says(fresh, "Uang Mengalir ke Istri", "statement")
    SourceSection.objects.create(capture=fresh, start=text_of(fresh).index("Komentar (2)"), role="comments")
    assert "These words stand beside the text: they are not the source's own." in desk.says(fresh, comment, "statement")
    linking = desk.brings_in("04a", make_source(source_kind="news", title="Kejari tahan"), "trafilatura")
    said = desk.says(linking, "Lurah Terbukti Pungli, Divonis 1 Tahun", "statement")
    assert "beside the article, at “Baca juga”" in said
    own = "BW langsung ditahan untuk 20 hari pertama."
    assert "beside the article" not in desk.says(linking, own, "event")
    assert desk.saves(linking, own, "event").citations.get().excerpt.exact == own


def test_trap_14_two_columns(desk):
    """14. Sentences that two columns make together are nowhere; the finding does not swallow the answer to it."""
    fresh = desk.brings_in("02", make_source(source_kind="report", title="LHP"))
    for mixed in ("PPK tidak melakukan Tanggapan Kepala Dinas. Kepala Diskominfosan",
                  "Penawaran yang digugurkan kontrak.",
                  "papan yang belum menyala disebab\ufffeElektra karena tidak melampirkan surat dukungan"):  # fmt: skip
        assert "not in the text" in desk.refuses(fresh, mixed)
    both = "Penawaran yang digugurkan lebih rendah Rp768.665.000,00 daripada penawaran pemenang."
    denial = "Kepala Diskominfosan menyatakan tidak sependapat dengan temuan ini."
    text = text_of(Capture.objects.get(file_name=f"{FILES['02']}.txt")) or ""
    whole = text[text.index(both) : text.index(denial) + len(denial)]
    assert "The words run from one part of the source into another" in desk.says("02", whole, "finding")
    audit = Subject.objects.get(slug="bpk-perwakilan-nusa-kencana")
    said = desk.says("02", denial, "statement", said_by_actor=str(audit.pk))
    assert "the form says somebody else" in said
    claim = desk.saves("02", denial, "statement")
    assert claim.said_by_actor.slug == "kepala-diskominfosan-kota-marawangi"
    assert "run from one part" not in desk.says("02", both, "figure")


def test_trap_15_which_number_is_the_contract(desk):
    """15. Five numbers are five steps: the words or the head of the column say which; near ones are shown, as such."""
    pagu = "pagu anggaran pekerjaan tersebut sebesar Rp7.500.000.000,00"
    said = desk.says("01", pagu, "contract", n__step="contract_value")
    assert "The source says “pagu”; the form says “contract value”." in said
    assert desk.saves("01", pagu, "contract").contract.step == "pagu"
    cell = desk.says("07b", "Rp7.412.350.000,00", "contract", n__step="contract_value")
    assert "The source says “HPS”; the form says “contract value”." in cell
    row = "Rp7.500.000.000,00;Rp7.412.350.000,00;Rp728.694.000,00;Rp7.981.200.000,00"
    assert "none is filled in. Choose one." in desk.says("07b", row, "contract")
    said = desk.says("04a", "senilai Rp7,28 miliar", "contract", n__step="contract_value")
    assert "nearly the same number Original contract value of Rp7,286,940,000." in said
    assert "Owner's estimate" not in said, "another step is another thing, and no conflict"
    saved = desk.saves("04a", "senilai Rp7,28 miliar", "contract", n__step="contract_value")
    assert (saved.contract.amount, saved.contract.as_stated) == ("7280000000", "Rp7,28 miliar")
    detained = "resmi ditahan jaksa, Jumat (9/8/2030) dini hari"
    fresh = desk.brings_in("04b", make_source(source_kind="news", title="Berita"), "trafilatura")
    party = [("defendant", "baskoro-wirasenda", "Baskoro Wirasenda")]
    said = desk.says(fresh, detained, "stage", parties=party)
    assert "the same step of the same person, another date" in said


def test_every_trap_of_the_key_is_walked():
    tests = [name for name in globals() if name.startswith("test_trap_")]
    assert sorted(int(name.split("_")[2]) for name in tests) == [*range(1, 16)]
    assert all((globals()[name].__doc__ or "").startswith(f"{name.split('_')[2]}. ") for name in tests)
