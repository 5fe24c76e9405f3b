"""What a reader takes along: citations, links, a sheet, a code; and what a history tells."""

import html
import json
import re
from urllib.parse import unquote

import pytest

from cases.claim_kinds.stage import Stage
from cases.models import RecordClaim, Response
from cases.public.presenters.document_diff import marked_changes
from cases.publication.acts import merge, withdraw
from cases.publication.publish import publish
from cases.vocabularies import ConflictFamily, Standing
from tests.factories import both, make_actor, make_case, make_claim, make_transfer
from tests.public.conftest import CASE, read, text_of


@pytest.mark.usefixtures("seeded")
class TestCitations:
    def test_a_record_is_cited_in_both_languages_with_its_version(self, client):
        indonesian = read(client, f"{CASE}v/1/cite.txt")
        assert indonesian.startswith("CCTV dan jasa internet Bandung Smart City. CaseDB, versi 1, ")
        assert f" http://testserver{CASE}v/1/ (CC BY 4.0)" in indonesian
        english = read(client, f"/en{CASE}v/1/cite.txt")
        assert "CaseDB, version 1, " in english
        assert f"http://testserver/en{CASE}v/1/" in english
        page = text_of(read(client, CASE))
        assert indonesian.strip() in page
        assert english.strip() in page

    def test_each_form_has_its_media_type_and_a_name(self, client):
        types = {"txt": "text/plain", "bib": "application/x-bibtex", "json": "application/vnd.citationstyles.csl+json"}
        types["ris"] = "application/x-research-info-systems"
        for form, media_type in types.items():
            response = client.get(f"{CASE}v/1/cite.{form}")
            assert response.headers["Content-Type"].split(";")[0] == media_type
            assert response.headers["Content-Disposition"].endswith(f'-v1.{form}"')
        assert client.get(f"{CASE}v/1/cite.pdf").status_code == 404

    def test_a_source_is_cited_as_the_work_that_it_is(self, client):
        path = "/sources/urban-tekno-politik-jaki-bst/v/1/"
        item = json.loads(read(client, f"{path}cite.json"))[0]
        assert item["type"] == "article-journal"
        assert item["author"] == [{"literal": "Hendry Joveto"}, {"literal": "Irwansyah"}]
        assert item["archive_location"] == f"http://testserver{path}"
        assert "{Hendry Joveto} and {Irwansyah}" in read(client, f"{path}cite.bib")

    def test_a_statement_keeps_who_says_it_and_how_firmly(self, client):
        claim = re.search(r'href="(/claims/[^"#]+)', read(client, CASE))[1]
        text = read(client, f"{claim}cite.txt")
        assert text.startswith("Menurut [Ringkasan penelitian")
        assert " (disebut sebagai kemungkinan" in text, "how firmly"
        assert "/v/1/#claim-" in text

    def test_a_citation_of_a_statement_has_no_stop_before_its_bracket_and_names_the_families(self, client):
        rows = [json.loads(row.card) for row in RecordClaim.objects.current()]
        for families in ([], ["identity"], ["inconsistent"], ["unclear"], ["sources_differ"]):
            for row in [row for row in rows if row["conflict_families"] == families and not row["replies"]][:1]:
                labels = [ConflictFamily(family).label for family in families if family != "identity"]
                said = "; ".join(map(str, [Standing(row["standing"]).label, *labels]))
                assert re.search(rf"[^.] \({said}\)\. CaseDB", read(client, f"/en{row['path']}cite.txt")), families

    def test_an_excerpt_is_cited_as_its_source_and_not_as_ours(self, client):
        excerpt = re.search(r'href="(/excerpts/[^"]+)"', read(client, CASE))[1]
        text = read(client, f"{excerpt}cite.txt")
        assert text.startswith("“")
        assert f"http://testserver{excerpt}" in text
        assert "CC BY" not in text

    def test_the_link_for_whatsapp_says_who_says_it(self, client):
        link = re.search(r'href="(https://wa\.me/[^"]+)"', read(client, CASE))[1]
        message = unquote(link.split("text=")[1])
        assert message.startswith("CCTV dan jasa internet Bandung Smart City (menurut [Ringkasan penelitian")
        assert message.endswith(f"\nhttp://testserver{CASE}")

    def test_a_code_is_an_image_of_the_versioned_address(self, client):
        response = client.get(f"{CASE}v/1/qr.svg")
        assert response.headers["Content-Type"] == "image/svg+xml"
        assert b"viewBox" in response.content
        assert response.content != client.get(f"/en{CASE}v/1/qr.svg").content


@pytest.mark.django_db
class TestHistory:
    def test_it_shows_what_a_version_changed_word_by_word(self, client, published, curator, reviewer):
        case = make_case()
        claim = case.claims.get()
        published(case)
        claim.statement_en = claim.statement_en.replace("took", "received") + " <b>Twice.</b>"
        claim.save()
        Response.objects.filter(subject=case).delete()
        publish([case], by=curator, reviewer=reviewer, reason=both("Lebih tepat"))
        page = read(client, f"/en/cases/{case.slug}/history/")
        assert "<ins> &lt;b&gt;Twice.&lt;/b&gt;</ins>" in page.replace("<ins>&lt;", "<ins> &lt;")
        assert "<b>" not in page
        assert "Lebih tepat" in page
        assert page.index('id="v2"') < page.index('id="v1"')

    def test_it_stays_when_the_record_is_withdrawn(self, client, published, curator, reviewer):
        case = make_case()
        published(case)
        publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru sekali"))
        assert "Keliru sekali" in read(client, f"/cases/{case.slug}/history/")
        sheet = text_of(read(client, f"/en/cases/{case.slug}/v/1/sheet/"))
        assert "Withdrawn from the record" in sheet

    def test_older_versions_are_reached_and_odd_numbers_refused(self, client, published):
        case = make_case()
        published(case)
        path = f"/cases/{case.slug}/history/"
        assert client.get(f"{path}?before=1").status_code == 404
        for odd in ("0x1", "-1", "²", "9999999999"):
            assert client.get(f"{path}?before={odd}").status_code == 400, odd

    def test_words_are_compared_whole(self):
        assert marked_changes("dua juta rupiah", "tiga juta rupiah") == "<del>dua</del> <ins>tiga</ins> juta rupiah"
        assert marked_changes("", "a < b") == "<ins>a &lt; b</ins>"


@pytest.mark.django_db
class TestWhatIsKnown:
    def test_the_reply_of_each_accused_is_told(self, client, published):
        case, accused, asked = make_case(), make_actor("Si Anu"), make_actor("Si Polan")
        for actor in (accused, asked):
            make_claim(case, standing="alleged", parties=[("accused", actor)])
        Response.objects.create(subject=case, who=asked, state="asked", asked="2026-10-01", key="r")
        published(case)
        page = text_of(read(client, f"/en/cases/{case.slug}/")).split("Replies")[-1]
        assert "Si Anu Reply here We have not yet asked for a reply." in page
        assert "Si Polan Reply here We asked for a reply on 1 October 2026. No reply so far." in page

    def test_the_page_of_the_accused_tells_it_too_and_that_of_others_does_not(self, client, published):
        case, accused, asked = make_case(), make_actor("Si Anu"), make_actor("Si Polan")
        partner = make_actor("Si Badu")
        for part, actor in (("accused", accused), ("accused", asked), ("partner", partner)):
            make_claim(case, standing="alleged", parties=[(part, actor)])
        Response.objects.create(subject=case, who=asked, state="asked", asked="2026-10-01", key="r")
        published(case)
        page = text_of(read(client, f"/en/actors/{accused.slug}/"))
        assert "Right of reply: Si Anu. We have not yet asked for a reply." in page
        page = text_of(read(client, f"/en/actors/{asked.slug}/"))
        assert "Right of reply: Si Polan. We asked for a reply on 1 October 2026. No reply so far." in page
        assert "Right of reply" not in text_of(read(client, f"/en/actors/{partner.slug}/"))

    def test_what_was_merged_into_a_thing_is_named_on_its_page(self, client, published, curator, reviewer):
        old, new = make_actor("PT Lama", slug="pt-lama"), make_actor("PT Baru", slug="pt-baru")
        published(old, new)
        publish([merge(old, into=new)], by=curator, reviewer=reviewer, reason=both("Satu badan"))
        assert "PT Lama (pt-lama)" in text_of(read(client, "/en/actors/pt-baru/")).split("Merged into this")[1]
        assert client.get("/actors/pt-lama/").status_code == 308

    def test_nobody_is_said_to_be_unasked_who_is_not_accused(self, client, published):
        case = make_case()
        make_claim(case, parties=[("partner", make_actor("Si Anu"))])
        published(case)
        assert "asked for a reply" not in read(client, f"/en/cases/{case.slug}/")

    def test_the_last_word_is_the_latest_date_and_no_plan(self, client, published):
        case = make_case()
        make_claim(case, kind="event", start="2019-03")
        make_claim(case, kind="plan", aspect="planned", start="2024")
        published(case)
        page = text_of(read(client, f"/en/cases/{case.slug}/"))
        assert "The latest date that our sources give here is March 2019." in page
        assert "We record nothing later." in page

    def test_a_page_without_dates_says_so(self, client, published):
        case = make_case()
        published(case)
        assert "Nothing that our sources say here is dated." in text_of(read(client, f"/en/cases/{case.slug}/"))

    def test_a_page_whose_dates_are_disputed_is_not_called_undated(self, client, published):
        case = make_case()
        make_claim(case, date_as_stated="akhir tahun 2020")
        hoped = make_case("Rencana")
        make_claim(hoped, kind="plan", aspect="planned", start="2030", date_as_stated="2030")
        make_claim(hoped, kind="plan", aspect="hoped", date_as_stated="kelak")
        published(case, hoped)
        page = text_of(read(client, f"/en/cases/{case.slug}/"))
        assert "in words only, or do not agree" in page
        assert "is dated" not in page
        page = text_of(read(client, f"/en/cases/{hoped.slug}/"))
        assert "Nothing that our sources say here is dated." in page, "a plan dates nothing that happened"

    def test_money_is_listed_as_stated_with_its_standing(self, client, published):
        case = make_case()
        make_transfer(case)
        published(case)
        table = read(client, f"/en/cases/{case.slug}/").split('id="money"')[1].split("</table>")[0]
        assert "2,500,000,000" in table
        assert 'class="standing' in table

    def test_a_stage_stands_before_everything_else_that_is_not_the_lead(self, client, published):
        case, actor = make_case(), make_actor("Si Anu", actor_kind="person")
        stage = make_claim(case, kind="stage", start="2023", parties=[("defendant", actor)])
        Stage.objects.create(claim=stage, stage="charged")
        make_claim(case, kind="description")
        published(case)
        page = read(client, f"/en/cases/{case.slug}/")
        assert page.index('id="stage"') < page.index('id="description"')


def test_the_words_to_copy_say_who_says_it_how_firmly_and_where_and_stay_with_the_version(client, published):
    case = make_case("Perkara Contoh")
    claim = case.claims.get()
    published(case)
    claim.statement_en = "Another sentence."
    claim.save()
    published(case)

    def copied(address: str) -> str:
        found = re.search(r'<pre class="copy">(.*?)</pre>', read(client, address), re.DOTALL)
        assert found
        return html.unescape(found[1])

    now = copied(f"/en/cases/{case.slug}/")
    assert now == copied(f"/en/claims/{claim.id}/")
    assert re.fullmatch(rf"According to .+: Another sentence \(.+\)\nhttp://testserver/en/claims/{claim.id}/", now)
    first = copied(f"/en/cases/{case.slug}/v/1/")
    assert "Another" not in first
    assert first.endswith(f"\nhttp://testserver/en/cases/{case.slug}/v/1/#claim-{claim.id}")
