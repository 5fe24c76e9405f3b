"""Amounts and values: one spelling each, never rounded, shown with the separators of the language."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sources.numbers import display, hundredths, validate_decimal

whole = st.integers(-(10**16) + 1, 10**16 - 1)


@st.composite
def canonical(draw: st.DrawFn) -> str:
    number = str(draw(whole))
    fraction = draw(st.text("0123456789", max_size=22)).rstrip("0")
    return f"{number}.{fraction}" if fraction else number


@pytest.mark.parametrize("text", ["0", "7", "2500000000", "64.8", "0.05", "-0.5", "-12", "1409", "9" * 16])
def test_a_canonical_number_is_accepted(text):
    validate_decimal(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2,5 miliar", "2.5 milyar", "1,409", "1.50", "1.0", "007", "-0", "+1", "1e3", "1.", ".5", " 1", "1 ", "1\n"),
        *("", "NaN", "Infinity", "０", "１４０９", "٣", "1_000", "0x1", "--1", "1.2.3", "9" * 17),
    ],
)
def test_any_other_spelling_is_refused(text):
    with pytest.raises(ValidationError):
        validate_decimal(text)


@given(canonical())
def test_canonical_numbers_have_one_spelling_each(text):
    if text.startswith("-0") and not text.strip("-0."):
        return
    validate_decimal(text)
    assert format(Decimal(text), "f") == text


@given(canonical())
def test_hundredths_are_rounded_down_and_fit_the_column(text):
    found = hundredths(text)
    assert -(2**63) <= found < 2**63
    digits, _point, fraction = text.lstrip("-").partition(".")
    exact = int(digits) * 10**22 + int(fraction.ljust(22, "0") or 0)
    assert found == (-exact if text.startswith("-") else exact) // 10**20


def test_no_number_has_no_hundredths():
    assert hundredths("") is None
    assert hundredths(None) is None
    assert hundredths("0") == 0


def test_many_digits_after_the_point_do_not_round_up():
    assert hundredths("0.00" + "9" * 35) == 0
    assert hundredths("9" * 16 + "." + "9" * 22) == 10**18 - 1


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("2500000000", "2.500.000.000", "2,500,000,000"),
        ("1409.5", "1.409,5", "1,409.5"),
        ("-0.5", "-0,5", "-0.5"),
        ("0", "0", "0"),
        ("999", "999", "999"),
    ],
)
def test_a_number_is_shown_with_the_separators_of_the_language(text, indonesian, english):
    assert display(text, "id") == indonesian
    with translation.override("en"):
        assert display(text) == english


@given(canonical())
def test_the_two_languages_show_the_same_digits(text):
    swapped = display(text, "id").translate(str.maketrans(".,", ",."))
    assert swapped == display(text, "en")
    assert swapped.replace(",", "") == text
