"""Partial dates: never more precise than their source, sorted and compared by the days that they may mean."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sources.dates import PartialDate, dates_in, validate_partial_date
from sources.models import Source
from tests.factories import make_source

days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
partial_dates = st.builds(
    lambda day, length: PartialDate.parse(day.isoformat()[:length]), days, st.sampled_from([4, 7, 10])
)


@pytest.mark.parametrize("text", ["2022", "2022-08", "2022-08-14", "0001", "9999-12-31", "2020-02-29"])
def test_a_partial_date_is_read_as_it_stands(text):
    assert PartialDate.parse(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", " 2022", "2022 ", "2022\n", "22", "20222", "2022-8", "2022-13", "2022-00", "2022-02-30", "2022-02-00"),
        *(
            "2021-02-29",
            "0000",
            "2022-",
            "2022/08",
            "14-08-2022",
            "2022-08-14T00:00",
            "-2022",
            "２０２２",
            "२०२२",
            "2022‐08",
        ),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"is not a d.*\.$"):
        PartialDate.parse(text)
    with pytest.raises(ValidationError):
        validate_partial_date(text)


@given(days)
def test_any_day_of_the_calendar_is_a_date_of_one_day(day):
    read = PartialDate.parse(day.isoformat())
    assert read.first_day == read.last_day == day


@given(partial_dates)
def test_a_date_begins_no_later_than_it_ends_and_both_days_lie_in_it(read):
    assert read.first_day <= read.last_day
    assert read.first_day.isoformat().startswith(read)
    assert read.last_day.isoformat().startswith(read)


@given(partial_dates, days)
def test_a_day_lies_in_a_date_exactly_when_it_begins_with_it(read, day):
    assert (read.first_day <= day <= read.last_day) == day.isoformat().startswith(read)


@given(st.lists(partial_dates))
def test_dates_sort_by_their_first_day_and_the_vaguer_first(read):
    assert sorted(read) == sorted(read, key=lambda each: (each.first_day, len(each)))


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("2022", "2022", "2022"),
        ("2022-08", "Agustus 2022", "August 2022"),
        ("2022-08-04", "4 Agustus 2022", "4 August 2022"),
        ("2022-12-31", "31 Desember 2022", "31 December 2022"),
    ],
)
def test_a_date_is_shown_in_the_words_of_the_language(text, indonesian, english):
    assert PartialDate(text).display("id") == indonesian
    assert PartialDate(text).display("en") == english
    with translation.override("en"):
        assert PartialDate(text).display() == english
    with translation.override("id"):
        assert PartialDate(text).display() == indonesian


@given(partial_dates, st.sampled_from(["id", "en"]))
def test_every_date_can_be_shown_and_keeps_its_year(read, language):
    assert read.display(language).endswith(read[:4])


@pytest.mark.django_db
def test_a_date_comes_back_from_the_database_as_a_date():
    make_source(slug="dated", published="2022-08")
    make_source(slug="undated")
    assert Source.objects.get(slug="dated").published.display("en") == "August 2022"
    assert Source.objects.get(slug="undated").published == ""


@pytest.mark.django_db
def test_a_date_that_is_none_is_refused_by_the_model():
    with pytest.raises(ValidationError, match="calendar"):
        make_source(published="2022-13").full_clean()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2020", ("2020", "2020")),
        ("2020-02-14", ("2020-02-14", "2020-02-14")),
        ("Februari 2020", ("2020-02", "2020-02")),
        ("14 February 2020", ("2020-02", "2020-02")),
        ("Juni hingga Agustus 2022", ("2022-06", "2022-08")),
        ("akhir tahun 2020", ("2020", "2020")),
        ("early 2020", ("2020", "2020")),
        ("hingga akhir tahun 2022", ("2022", "2022")),
        ("Desember 2019 sampai Januari 2020", ("2019", "2020")),
        ("setahun sebelum pandemi", None),
        ("1.409 kasus", None),
        ("Februari", None),
    ],
)
def test_a_date_in_words_tells_no_more_than_it_surely_does(text, told):
    assert dates_in(text) == told
