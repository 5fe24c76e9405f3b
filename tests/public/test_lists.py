"""Lists: what is asked for, and nothing else. The search has tests of its own."""

import pytest

from tests.public.conftest import read


@pytest.mark.usefixtures("seeded")
class TestFilters:
    def test_a_place_narrows_the_list(self, client):
        page = read(client, "/collaborations/?place=bekasi")
        assert "bekasi-telkom-smart-city" in page
        assert "bekasi-telkom-smart-city" not in read(client, "/collaborations/?place=bandung")

    def test_a_topic_narrows_the_list(self, client):
        assert "cctv-dan-jasa-internet" in read(client, "/cases/?topic=cctv")
        assert "cctv-dan-jasa-internet" not in read(client, "/cases/?topic=covid-19")

    def test_places_can_be_narrowed_to_those_that_lie_in_another(self, client):
        page = read(client, "/places/?place=jawa-barat")
        assert 'href="/places/bandung/"' in page
        assert 'href="/places/indonesia/"' not in page

    def test_words_are_looked_for_in_names_and_statements(self, client):
        assert "pt-telkom" in read(client, "/actors/?q=TELEKOMUNIKASI")
        assert "cctv-dan-jasa" in read(client, "/cases/?q=thailand")
        assert "cctv-dan-jasa" not in read(client, "/cases/?q=thailand+zzz")

    def test_the_form_keeps_what_was_asked(self, client):
        page = read(client, "/cases/?place=bandung&q=uang")
        assert 'value="uang"' in page
        assert '<option value="bandung" selected>' in page

    def test_a_percent_sign_is_a_character_and_not_a_wildcard(self, client):
        assert "Nothing in the record fits" in read(client, "/en/actors/?q=zz%25")
