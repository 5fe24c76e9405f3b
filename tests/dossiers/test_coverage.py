"""Coverage: every sentence is quoted, or left out for a reason, or told to be unexplained."""

import pytest

from cases.dossiers.coverage import coverage, left_out, sentences

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
