"""Claims and excerpts in the frames of other sites: never a name without its statement, speaker and standing."""

import json
import re
from urllib.parse import quote

import pytest

from cases.models import Claim, RecordClaim
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from tests.factories import both, make_case, make_claim, make_excerpt
from tests.public.conftest import CASE, LANGUAGES, read, text_of
from tests.public.test_security import POLICY


def oembed(client, address: str, status: int = 200, **query: str) -> dict:
    response = client.get("/oembed/", {"url": address, "format": "json", **query})
    assert response.status_code == status, response.content
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response.json()


@pytest.mark.usefixtures("seeded")
class TestOfTheRecord:
    def paths(self) -> list[str]:
        claims = list(RecordClaim.objects.current().filter(kind="transfer").order_by("sort_key")[:4])
        return [f"/claims/{row.object_id}/" for row in claims]

    def test_a_frame_holds_the_statement_its_speaker_standing_words_and_way_back(self, client):
        for path in self.paths():
            for language in LANGUAGES:
                document = client.get(f"/api/v1{path}").json()
                page = read(client, f"{language}{path}embed/")
                text = text_of(page)
                claim = next(c for c in [document.get("claim", document)])
                assert claim["statement"]["en" if language else "id"] in text
                assert re.search("according to|menurut", text)
                assert '<span class="standing ' in page
                assert "<blockquote" in page
                assert f'href="http://testserver{language}{path}"' in page
                assert "<script" not in page
                assert "<form" not in page

    def test_any_site_may_frame_it_and_nothing_else_of_ours(self, client):
        path = self.paths()[0]
        response = client.get(f"{path}embed/")
        for answer in (response, client.get(f"{path}embed/", headers={"if-none-match": response.headers["ETag"]})):
            assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
            assert "X-Frame-Options" not in answer.headers
        assert answer.status_code == 304
        assert "script-src 'none'" in response.headers["Content-Security-Policy"]
        whole = client.get(path)
        assert whole.headers["Content-Security-Policy"] == POLICY
        assert whole.headers["X-Frame-Options"] == "DENY"
        assert '<meta name="robots" content="noindex">' in response.content.decode()

    def test_the_page_of_a_claim_offers_the_code_and_names_oembed(self, client):
        path = self.paths()[0]
        for language in LANGUAGES:
            page = read(client, language + path)
            code = f"&lt;iframe src=&quot;http://testserver{language}{path}embed/&quot;"
            assert code in page
            address = quote(f"http://testserver{language}{path}", safe="")
            assert (
                f'<link rel="alternate" type="application/json+oembed" href="http://testserver/oembed/?url={address}'
                in page
            )
        assert "oembed" not in read(client, f"{path}?as_of=2099-01-01", 400)

    def test_oembed_tells_of_a_claim_in_the_language_of_its_address(self, client):
        path = self.paths()[0]
        for language, before in (("", "Menurut"), ("/en", "According to")):
            told = oembed(client, f"http://testserver{language}{path}")
            assert (told["type"], told["version"], told["width"]) == ("rich", "1.0", 600)
            assert told["title"].startswith(before)
            assert f'src="http://testserver{language}{path}embed/"' in told["html"]
        small = oembed(client, f"http://testserver{path}", maxwidth="320", maxheight="200", dnt="1")
        assert (small["width"], small["height"]) == (320, 200)
        assert 'width="320" height="200"' in small["html"]
        large = oembed(client, f"http://testserver{path}embed/", maxwidth="9000", maxheight="9000")
        assert (large["width"], large["height"]) == (600, 460)

    def test_oembed_refuses_by_the_status_of_the_specification(self, client):
        path = self.paths()[0]
        oembed(client, f"http://testserver{path}", 501, format="xml")
        for address in (f"http://elsewhere.example{path}", f"http://testserver{CASE}", path, "http://[", "nonsense"):
            oembed(client, address, 404)
        oembed(client, f"http://testserver{path}?as_of=2026-01-01", 404)
        oembed(client, "http://testserver/claims/00000000-0000-4000-8000-000000000000/", 404)
        for wrong in ("0", "-1", "wide", "1e3"):
            assert "maxwidth" in oembed(client, f"http://testserver{path}", 400, maxwidth=wrong)["detail"]
        oembed(client, "", 400)
        assert client.get("/oembed/?url=x&nonsense=1").status_code == 400

    def test_an_excerpt_stands_with_every_claim_it_supports(self, client):
        claim = RecordClaim.objects.current().filter(kind="tie", standing="potential")[0]
        for citation in client.get(f"/api/v1/claims/{claim.object_id}/").json()["claim"]["citations"]:
            page = read(client, f"/en/excerpts/{citation['excerpt']}/embed/")
            assert json.loads(claim.card)["statement"]["en"] in text_of(page)
            assert "according to" in page
            assert 'class="standing potential"' in page
            offered = read(client, f"/en/excerpts/{citation['excerpt']}/")
            assert f"/excerpts/{citation['excerpt']}/embed/" in offered


@pytest.mark.django_db
class TestWhatIsGone:
    def test_a_claim_that_a_correction_took_out_says_so_without_its_words(self, client, published, curator, reviewer):
        case = make_case(slug="perkara")
        excerpt = make_excerpt()
        wrong = make_claim(case, excerpt, statement_id="Si A menerima.", statement_en="A received it.")
        published(case)
        paths = [f"/en/claims/{wrong.pk}/", f"/en/excerpts/{excerpt.pk}/"]
        for path in paths:
            assert "A received it" in read(client, f"{path}embed/")
        Claim.objects.filter(pk=wrong.pk).delete()
        publish([case], by=curator, reviewer=reviewer, reason=both("Keliru"))
        for path in paths:
            response = client.get(f"{path}embed/")
            text = text_of(response.content.decode())
            assert response.status_code == 410
            assert "have been withdrawn" in text.replace("has been", "have been")
            assert "received" not in text
            assert excerpt.exact not in text
            assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
            oembed(client, f"http://testserver{path}", 404)

    def test_a_claim_of_a_withdrawn_case_says_so_without_its_title(self, client, published, curator, reviewer):
        case = make_case("Perkara Memalukan", slug="perkara")
        claim = Claim.objects.get(subject=case)
        published(case)
        publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
        response = client.get(f"/claims/{claim.pk}/embed/")
        assert response.status_code == 410
        assert "Memalukan" not in response.content.decode()
        assert "X-Frame-Options" not in response.headers

    def test_words_on_which_no_claim_rests_are_not_shown(self, client, published):
        case, shown = make_case(slug="perkara"), make_excerpt("menerima uang tunai itu menurut penelitian ini")
        claim = make_claim(case, shown)
        context = make_excerpt()
        claim.citations.create(excerpt=context, relation="context")
        published(case)
        response = client.get(f"/en/excerpts/{context.pk}/embed/")
        text = text_of(response.content.decode())
        assert response.status_code == 404
        assert "No statement of the record rests on these words" in text
        assert context.exact not in text
        assert "oembed" not in read(client, f"/en/excerpts/{context.pk}/")

    def test_what_never_was_answers_404_in_a_frame_too(self, client):
        for sort in ("claims", "excerpts"):
            for name in ("00000000-0000-4000-8000-000000000000", "bukan-id"):
                response = client.get(f"/{sort}/{name}/embed/")
                assert response.status_code == 404
                assert "frame-ancestors *" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_hostile_statement_stays_text(client, published):
    case = make_case(slug="perkara")
    words = '<script>alert("1")</script> & "Si A"'
    claim = make_claim(case, None, statement_id=words, statement_en=words)
    published(case)
    for path in (f"/claims/{claim.pk}/embed/", f"/claims/{claim.pk}/"):
        assert "<script>alert" not in read(client, path)
    assert "<script>" not in oembed(client, f"http://testserver/claims/{claim.pk}/")["html"]
