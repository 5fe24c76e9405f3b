"""One language at a time: what is not there in that of the page is shown in the other one, and says so."""

import re

import pytest

from cases.models import Citation, Record, RevisionBody
from cases.publication.replay import replay
from sources.json_fields import LanguageMap
from tests.factories import both, make_actor, make_capture, make_case, make_claim, make_excerpt, make_source
from tests.public.conftest import read, text_of
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db
REASON = LanguageMap(id="Jumlah kamera diperbaiki", en="Number of cameras corrected")


class TestReasons:
    def test_a_reason_stands_in_the_language_of_the_page_alone(self, client, published):
        case = make_case(slug="perkara")
        published(case, reason=REASON)
        paths = ["/cases/perkara/", "/cases/perkara/history/", "/changes/", "/changes/1/", "/changes/atom.xml"]
        paths += ["/cases/perkara/atom.xml", "/cases/perkara/v/1/"]
        for path in paths:
            indonesian, english = read(client, path), read(client, f"/en{path}")
            assert REASON.id in indonesian, path
            assert REASON.en in english, path
            assert REASON.en not in indonesian, path
            assert REASON.id not in english, path
            assert "LanguageMap" not in indonesian + english, path

    def test_a_reason_of_the_first_version_of_documents_says_that_it_is_not_translated(self, client, published):
        published(make_case(slug="perkara"), reason=both("Terbit perdana"))
        in_one_language("reason")
        page = read(client, "/en/cases/perkara/history/")
        assert '<span lang="id">Terbit perdana</span> <span class="faint">(not yet translated)</span>' in page
        assert "lang=" not in read(client, "/cases/perkara/history/").split("Terbit perdana")[0][-20:]


def in_one_language(key: str) -> None:
    """Take the English out of these language maps of every stored document, as documents of version 1 have none."""
    with triggers_off():
        for body in RevisionBody.objects.all():
            document = re.sub(rf'("{key}":{{"en":)"[^"]*"', r'\1""', body.document)
            RevisionBody.objects.filter(pk=body.pk).update(document=document)
    replay()


class TestStatements:
    @pytest.fixture
    def case(self, published):
        person, case = make_actor("Si Anu", slug="si-anu"), make_case(slug="perkara", claims=0)
        fields = {"statement_id": "Kota membeli kamera.", "statement_en": "", "start": "2020"}
        make_claim(case, None, [("named", person)], lead=1, **fields)
        make_claim(case, start="2021", kind="event")
        published(case)
        return case

    MARKED = '<span lang="id">Kota membeli kamera.</span> <span class="faint">(not yet translated)</span>'

    def test_it_is_shown_in_the_other_language_with_lang_and_a_word(self, client, case):
        claim = case.claims.get(statement_en="")
        excerpt = claim.citations.get().excerpt
        paths = ["/cases/perkara/", f"/claims/{claim.id}/", "/actors/si-anu/", f"/excerpts/{excerpt.id}/", "/cases/"]
        paths += ["/cases/perkara/v/1/sheet/", f"/sources/{excerpt.capture.source.slug}/", "/"]
        for path in paths:
            assert self.MARKED in read(client, f"/en{path}"), path
            assert "belum diterjemahkan" not in read(client, path), path
        hit = read(client, "/en/search/?q=kamera").split('<p class="said">')[1].split("</p>")[0]
        assert 'lang="id"' in hit
        assert "not yet translated" in hit

    def test_it_is_cited_as_not_yet_translated(self, client, case):
        claim = case.claims.get(statement_en="")
        cited = read(client, f"/en/claims/{claim.id}/cite.txt")
        assert "Kota membeli kamera (source says; not yet translated)." in cited
        assert "not yet translated" not in read(client, f"/claims/{claim.id}/cite.txt").split("CaseDB")[0]


class TestSources:
    @pytest.fixture
    def excerpt(self, published):
        given = {"title": "", "title_given_id": "Ringkasan penelitian", "title_given_en": "Summary of a study"}
        source = make_source(slug="ringkasan", authors="", **given)
        places = {"locator_id": "Ringkasan, paragraf 1", "locator_en": "Summary, paragraph 1"}
        excerpt = make_excerpt("uang tunai senilai 2.5 milyar", make_capture(source), **places)
        case = make_case(slug="perkara", claims=0)
        make_claim(case, excerpt, lead=1)
        published(case)
        return excerpt

    def test_a_locator_and_a_title_given_by_us_stand_in_the_language_of_the_page(self, client, excerpt):
        claim = Citation.objects.get(excerpt=excerpt).claim_id
        paths = ["/cases/perkara/", f"/excerpts/{excerpt.id}/", "/sources/ringkasan/", f"/claims/{claim}/"]
        for path in paths:
            indonesian, english = read(client, path), read(client, f"/en{path}")
            assert "Ringkasan, paragraf 1" in indonesian, path
            assert "Summary, paragraph 1" in english, path
            assert "[Ringkasan penelitian]" in indonesian, path
            assert "[Summary of a study]" in english, path
            # a citation stands in both languages, side by side
            main = english.split('<section class="cite"')[0]
            assert "Ringkasan, paragraf 1" not in main, path
            assert "[Ringkasan penelitian]" not in main, path

    def test_a_citation_is_in_one_language(self, client, excerpt):
        for path in (f"/excerpts/{excerpt.id}/cite.txt", "/sources/ringkasan/v/1/cite.txt"):
            assert "[Ringkasan penelitian]" in read(client, path)
            assert "Summary" not in read(client, path)
            assert "[Summary of a study]" in read(client, f"/en{path}")
            assert "Ringkasan" not in read(client, f"/en{path}")
        assert "Summary, paragraph 1" in read(client, f"/en/excerpts/{excerpt.id}/cite.txt")

    def test_what_machines_are_told_of_a_source_is_its_title_in_the_language(self, client, excerpt):
        assert '"name": "[Summary of a study]"' in read(client, "/en/sources/ringkasan/record.jsonld")
        assert '"name": "[Ringkasan penelitian]"' in read(client, "/cases/perkara/record.jsonld")

    def test_a_locator_that_stands_in_one_language_says_which(self, client, excerpt):
        in_one_language("locator")
        assert '<span lang="id">Ringkasan, paragraf 1</span>' in read(client, f"/en/excerpts/{excerpt.id}/")


@pytest.mark.usefixtures("seeded")
def test_no_page_of_the_record_shows_a_language_map_as_code(client):
    for row in Record.objects.current().filter(kind__in=["case", "collaboration", "source"]):
        folder = {"case": "cases", "collaboration": "collaborations", "source": "sources"}[row.kind]
        for prefix in ("", "/en"):
            page = text_of(read(client, f"{prefix}/{folder}/{row.slug}/"))
            assert "LanguageMap(" not in page
            assert "{'id'" not in page
