"""Personal data are proposed where they stand, and what only looks like them is not."""

import time
from pathlib import Path

import pytest

from sources.intake.private_data import propose

TEXTS = Path(__file__).parent.parent.parent / "second_corpus" / "texts"


def found(text: str) -> list[str]:
    proposals = propose(text)
    assert all(text[each.start : each.end] == each.words and str(each.reason) for each in proposals)
    return [each.words for each in proposals]


def test_the_ruling_s_own_private_data_are_proposed():
    text = (TEXTS / "01-putusan-12-pid-sus-tpk-2031-pn-mrw.txt").read_text()
    assert found(text) == [
        "Marawangi",
        "52 tahun / 17 Agustus 1978",
        "9971041708780003",
        "Jalan Kenanga Dalam Nomor 14 RT 003/RW 007, Kelurahan Sukatiwang, Kecamatan Marawangi Barat, Kota Marawangi",
        "Islam",
        "XX 1482 MW",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("NIK. 9971 0417 0878 0003, laki-laki", ["9971 0417 0878 0003"]),
        ("NPWP 99.123.456.7-890.000 atas nama X", ["99.123.456.7-890.000"]),
        ("Tempat/Tgl. Lahir : Marawangi, 12 Mei 1975", ["Marawangi, 12 Mei 1975"]),
        ("Tempat dan tanggal lahir: Marawangi / 12-05-1975;", ["Marawangi / 12-05-1975"]),
        ("saksi lahir di Marawangi pada tanggal 12 Mei 1975 dan", ["di Marawangi pada tanggal 12 Mei 1975"]),
        ("Alamat: Jl. Melati No. 3, Marawangi\nPekerjaan: sopir", ["Jl. Melati No. 3, Marawangi"]),
        (
            "Tempat tinggal : Jl. Melati\nNo. 3, Kota\nMarawangi;\nAgama : Islam;",
            ["Jl. Melati\nNo. 3, Kota\nMarawangi", "Islam"],
        ),
        ("bertempat tinggal di Kampung Baru RT 01/02; bekerja", ["Kampung Baru RT 01/02"]),
        ("rumahnya di Jl. Melati No. 3 RT 01 RW 02 digeledah", ["Jl. Melati No. 3 RT 01 RW 02"]),
        ("hubungi 0812-3456-7890 atau +62 812 3456 7890.", ["0812-3456-7890", "+62 812 3456 7890"]),
        ("mobil Nopol. XX 1482 MW dirampas", ["XX 1482 MW"]),
        ("Baskoro Wirasenda, SE, MM (51) ditahan; Budi Contoh (47), berusia 47 tahun", ["51", "47", "47 tahun"]),
        ("telp. (0999) 555-0117, humas@kejari.test.", ["(0999) 555-0117", "humas@kejari.test"]),
    ],
)
def test_each_kind_is_found_in_its_usual_forms(text, words):
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "kerugian sebesar Rp2.148.000.000,00 pada tanggal 8 Juni 2029",
        "Nomor 12/Pid.Sus-TPK/2031/PN Mrw tanggal 12 Maret 2031",
        "NPWP 99*8**2****01**0",
        "nomor 1234567890123456789 dan Rp 1.234.567.890.123.456",
        "nilai 0,8123456789 dan indeks 0.8123",
        "ayat (12) dan pasal (13), 12 (dua belas) papan, 52 tahun kemudian",
        "Kampung Gedong menjadi contoh bagi kota lain",
    ],
)
def test_sums_case_numbers_and_masked_numbers_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize("piece", ["1", "a.", "lahir di ", "Jalan ", "0812 ", "a@", "alamat: ", "RT "])
def test_no_text_takes_long(piece):
    started = time.process_time()
    propose(piece * (500_000 // len(piece)))
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "label",
    ["lahir 1", "lahir di a", "NIK", "alamat", "tempat / tanggal lahir", "telp", "Jl. a", "nomor polisi", "usia"],
)
@pytest.mark.parametrize("gap", [" ", "\n", "\t", " \n"])
def test_a_label_before_very_many_spaces_takes_no_longer(label, gap):
    started = time.process_time()
    propose(label + gap * (500_000 // len(gap)))
    propose((label + gap * 50) * 5_000)
    assert time.process_time() - started < 10
