"""Coverage: every sentence is quoted, or left out for a reason, or told to be unexplained."""

from io import StringIO

import pytest
from django.core.management import call_command

from cases.dossiers.coverage import coverage, left_out, sentences, untold
from tests.factories import make_actor, make_capture, make_case, make_claim, make_excerpt, make_transfer

TEXT = "BAB I\n\nSatu kalimat. Dua kalimat (Sumber, 2020). Tiga!\n\n1. Butir satu;\n\n...\n"


def test_a_text_falls_into_its_sentences():
    found = sentences(TEXT)
    assert [s.text for s in found] == [
        "BAB I",
        "Satu kalimat.",
        "Dua kalimat (Sumber, 2020).",
        "Tiga!",
        "Butir satu;",
    ]
    assert all(TEXT[s.start : s.end].strip() == s.text for s in found)


def test_a_sentence_is_quoted_left_out_or_unexplained():
    first, second = TEXT.index("Satu"), TEXT.index("Dua")
    report = coverage(
        "s", TEXT, [(first + 2, first + 5)], [((0, 7), "front_matter"), ((second, second + 27), "theory")]
    )
    assert report.touched == 1
    assert dict(report.left_out) == {"front_matter": 1, "theory": 1}
    assert [s.text for s in report.unexplained] == ["Tiga!", "Butir satu;"]


def test_a_reason_that_nobody_knows_is_refused_by_row(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text("- {from: 0, to: 7, why: front_matter}\n- {from: 7, to: 9, why: boring}\n")
    with pytest.raises(ValueError, match="row 2"):
        left_out(path)


@pytest.mark.parametrize(
    ("quoted", "told", "missing"),
    [
        ("Ada 1.409 keluhan.", "There were 1,409 complaints.", []),
        ("Ada 1.409 keluhan.", "There were many complaints.", ["1.409"]),
        ("Naik 52,09 persen dari 7 ribu, lalu 7 lagi.", "Naik.", ["52,09", "7"]),
        ("Mereka memakai Sorot dan Icon Plus di Balai Kota.", "Icon PLUS di balai kota.", ["Sorot"]),
        ("Warga melapor. Dinas diam. “Baik”, kata Wali Kota.", "Wali kota: baik.", []),
        ("Menurut Ferawaty (2020), benar.", "Benar.", ["2020", "Ferawaty"]),
    ],
)
def test_numbers_and_names_of_a_quote_that_nobody_is_told(quoted, told, missing):
    assert untold(quoted, told) == missing


@pytest.mark.django_db
def test_the_command_lists_what_is_cited_and_told_nowhere_and_does_not_fail():
    capture = make_capture(text="Pada 2017 Kota Contoh dan PT Misal memasang 12 pompa di Kampung Tengah.")
    excerpt, case = make_excerpt(capture.text[:71], capture), make_case()
    claim = make_claim(case, excerpt, statement_id="Pompa dipasang.", parties=[("partner", make_actor("PT Misal"))])
    make_transfer(case)

    def listed() -> str:
        out = StringIO()
        call_command("coverage", "--facts", stdout=out)
        return "".join(line for line in out.getvalue().splitlines(True) if line.startswith(capture.source.slug))

    assert listed() == f"{capture.source.slug} 0-71  cited, told nowhere: 2017; 12; Kampung Tengah\n"
    claim.statement_en = "Twelve (12) pumps were installed in Kampung Tengah."
    claim.save()
    assert listed() == f"{capture.source.slug} 0-71  cited, told nowhere: 2017\n"
    make_claim(case, excerpt, start="2017")
    assert listed() == "", "another claim of the same quote tells it"
