"""What a source tells of itself, published: in its document, on its pages, found, compared, checked, erased."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.documents.build import build_document
from cases.documents.prefetch import read_items
from cases.documents.schemas import validate_document
from cases.documents.types import encode_document, parse_document
from cases.models import RecordExcerpt, RevisionBody
from cases.public.presenters.document_diff import differences
from cases.publication.acts import withdraw
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from cases.publication.ledger import current_document
from cases.publication.plan import PublicationPlan
from cases.publication.publish import publish
from cases.publication.redact import redact
from cases.search.find import SearchRequest, search
from sources.models import Excerpt, ExcerptTranslation, Source, SourceStatementExcerpt
from tests.factories import PUBLISHED, both, hide, make_capture, make_claim, make_excerpt, make_source, make_system
from tests.public.conftest import read, text_of
from tests.sources.telling import AIM, METHOD, OTHER, OTHER_AIM, make_statement, make_study

pytestmark = pytest.mark.django_db
Publish = Callable[..., list[Any]]


@pytest.fixture
def publishing(curator, reviewer) -> Publish:
    def act(*items: Any, **given: Any) -> list[Any]:
        plan = PublicationPlan.completed(items)
        return publish(plan.acts, by=curator, reviewer=reviewer, reason=PUBLISHED, **given)

    return act


def thesis_telling_of_itself() -> tuple[Source, Source, Any]:
    thesis, study, system = make_study()
    capture = thesis.captures.get()
    aim = make_excerpt(AIM, capture)
    make_statement(
        thesis, aim, key="aim", statement_id="Menganalisis kolaborasi.", statement_en="To analyse collaboration."
    )
    make_statement(thesis, make_excerpt(METHOD, capture), aim, key="method", aspect="method", statement_en="")
    return thesis, study, system


def refusal(item: Any, publishing: Publish) -> str:
    with pytest.raises(NotPublishableError) as caught:
        publishing(item)
    return str(caught.value)


def test_a_document_holds_what_a_source_tells_with_its_words_and_where_they_come_from(publishing):
    thesis, study, system = thesis_telling_of_itself()
    publishing(system)
    document = current_document(study.pk)
    [aim] = document.about
    assert (aim.key, aim.aspect, aim.statement.en) == ("aim", "aim", "Aim 0.")
    assert [(document.excerpt(c.excerpt).exact, c.relation) for c in aim.citations] == [
        (OTHER_AIM, "supports"),
        (OTHER, "context"),
    ]
    assert [source.slug for source in document.sources] == [thesis.slug]
    assert document.source_of(aim.supporting_excerpts[0]).title == "Skripsi contoh"
    assert validate_document(document) == []
    stored = RevisionBody.objects.get(revision__object_id=study.pk).document
    assert encode_document(parse_document(stored)) == stored
    assert json.loads(stored)["about"][0]["statement"] == {"id": "Tujuan 0.", "en": "Aim 0."}


def test_a_source_of_version_1_tells_nothing_of_itself():
    [golden, *_more] = sorted(Path("tests/documents/golden").glob("v1-source-*.json"))
    document = parse_document(golden.read_bytes())
    assert (document.about, document.excerpts, document.sources) == ((), (), ())


def test_a_source_does_not_name_itself_among_the_sources_of_its_words(publishing):
    thesis, _study, system = thesis_telling_of_itself()
    publishing(system)
    document = current_document(thesis.pk)
    assert document.sources == ()
    assert document.source_of(document.excerpts[0].id).slug == thesis.slug
    assert [each.aspect for each in document.about] == ["aim", "method"]
    assert document.about[1].statement.en == "", "one language is enough"


def test_a_document_of_a_source_costs_the_same_for_one_statement_as_for_ten():
    capture = make_capture()
    one, ten = capture.source, make_capture().source
    make_statement(one, make_excerpt("bekerja sama", capture))
    for number, word in enumerate(capture.text.split()[:10]):
        start = capture.text.index(word)
        excerpt = Excerpt.objects.create(capture=capture, exact=word, start=start, end=start + len(word))
        ExcerptTranslation.objects.create(excerpt=excerpt, language="en", text=f"word {number}", by="curator")
        make_statement(ten, excerpt, make_excerpt("menerima uang tunai", capture))

    def queries_of(work: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as context:
            work()
        return len(context)

    assert queries_of(lambda: read_items([ten])) == queries_of(lambda: read_items([one]))
    plan = PublicationPlan.of([ten])
    [row] = read_items([ten]).values()
    assert queries_of(lambda: build_document(row, plan.references)) == 0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"statement_id": "Meneliti para tersangka."}, "it takes a claim with its dated stage"),
        ({"statement_en": "It asks who was convicted."}, "it takes a claim with its dated stage"),
        ({"statement_id": "Bertanya kepada Bu Melati."}, "name of a private person"),
        ({"statement_en": "Ask 0812 3456 7890."}, "a telephone number"),
    ],
)
def test_what_must_not_be_said_keeps_a_source_from_going_out(fields, message, publishing):
    thesis, _study, system = thesis_telling_of_itself()
    hide(thesis.captures.get(), "Bu Melati")
    thesis.statements.filter(key="method").update(**fields)
    assert message in refusal(system, publishing)


def test_a_statement_without_an_excerpt_that_supports_it_does_not_go_out(publishing):
    _thesis, study, system = make_study()
    SourceStatementExcerpt.objects.filter(statement__source=study, relation="supports").delete()
    said = refusal(system, publishing)
    assert "about “Tujuan 0.”" in said
    assert "What a source tells of itself needs at least one excerpt that supports it" in said


def test_the_works_whose_words_it_cites_go_out_with_it(curator, reviewer):
    _thesis, study, _system = make_study()
    with pytest.raises(NotPublishableError, match="It names Skripsi contoh, which is not public"):
        publish([study], by=curator, reviewer=reviewer, reason=PUBLISHED)


def test_a_work_is_not_withdrawn_while_another_rests_on_its_words(publishing, curator, reviewer):
    capture = make_capture(make_source(title="Yang dikutip"))
    other = make_source(title="Yang mengutip", slug="yang-mengutip")
    make_capture(other)
    make_statement(other, make_excerpt(capture=capture))
    system = make_system()
    make_claim(system, make_excerpt("bekerja sama", other.captures.get()), lead=1)
    publishing(system)
    with pytest.raises(NotPublishableError, match="still named by Yang mengutip"):
        publish([withdraw(capture.source, "error")], by=curator, reviewer=reviewer, reason=PUBLISHED)


def test_a_work_renamed_is_renamed_where_its_words_are_cited(publishing):
    thesis, study, system = make_study()
    publishing(system)
    thesis.title, thesis.slug = "Skripsi berjudul baru", "skripsi-baru"
    thesis.save()
    publishing(thesis)
    document = current_document(study.pk)
    assert document.version.action == "correct"
    assert {excerpt.source for excerpt in document.excerpts} == {"skripsi-baru"}
    assert document.source("skripsi-baru").title == "Skripsi berjudul baru"
    assert list(verify()) == []


def test_the_page_tells_the_aim_then_the_method_with_their_words(publishing, client):
    thesis, study, system = thesis_telling_of_itself()
    publishing(system)
    page = read(client, f"/en/sources/{thesis.slug}/")
    shown = text_of(page)
    assert shown.index("aim To analyse collaboration.") < shown.index("method Tujuan 1.")
    assert page.index('id="about-method"') < page.index('id="passages"')
    assert 'id="about-aim"' in page
    assert '<span lang="id">Tujuan 1.</span> <span class="faint">(not yet translated)</span>' in page
    assert page.count('<figure class="quote">') == 3
    indonesian = text_of(read(client, f"/sources/{thesis.slug}/"))
    assert "Menganalisis kolaborasi." in indonesian
    assert "Aim 0." in text_of(read(client, f"/en/sources/{study.slug}/"))
    assert f"Tells the aim, method or scope of: {study.title}" in text_of(read(client, f"/en/sources/{thesis.slug}/"))


def test_the_page_of_a_source_does_not_list_it_among_its_users(publishing, client):
    thesis, study, system = thesis_telling_of_itself()
    publishing(system)
    users = read(client, f"/en/sources/{thesis.slug}/").partition('<section id="users">')[2].partition("</section>")[0]
    assert f"/sources/{study.slug}/" in users
    assert f"/sources/{thesis.slug}/" not in users


def test_an_excerpt_that_only_a_source_cites_opens_and_says_what_rests_on_it(publishing, client):
    _thesis, study, system = make_study()
    publishing(system)
    key = Excerpt.objects.get(exact=OTHER_AIM).pk
    page = read(client, f"/en/excerpts/{key}/")
    assert "Aim: Aim 0." in text_of(page)
    assert f'href="/en/sources/{study.slug}/#about-aim"' in page
    assert "Aim: Aim 0. (context)" in text_of(read(client, f"/en/excerpts/{Excerpt.objects.get(exact=OTHER).pk}/"))
    [row] = RecordExcerpt.objects.filter(object_id=key)
    assert (row.record.kind, json.loads(row.card)["about"]) == ("source", 1)
    detail = client.get(f"/api/v1/excerpts/{key}/").json()
    assert [(each["aspect"], each["relation"], each["source"]["slug"]) for each in detail["about"]] == [
        ("aim", "supports", study.slug)
    ]
    assert detail["claims"] == []


def test_the_api_serves_the_document_as_it_is_stored(publishing, client):
    _thesis, study, system = make_study()
    publishing(system)
    served = client.get(f"/api/v1/sources/{study.slug}/")
    assert served.content.decode() == RevisionBody.objects.get(revision__object_id=study.pk).document
    assert served.json()["about"][0]["key"] == "aim"


@pytest.mark.parametrize(
    ("words", "language", "where"),
    [
        ("menganalisis", "id", "statement"),
        ("analyse", "en", "statement"),
        ("deskriptif", "id", "quote"),
        ("collaboration", "id", "statement"),
    ],
)
def test_search_finds_the_statement_and_the_words_of_a_source(words, language, where, publishing):
    thesis, _study, system = thesis_telling_of_itself()
    publishing(system)
    [hit] = [hit for hit in search(SearchRequest(words, language=language)).hits if hit.document.kind == "source"]
    assert hit.document.id == str(thesis.pk)
    assert hit.match.statement or hit.match.excerpt
    assert [reason.field for reason in hit.match.why] == [where]


def test_a_word_of_another_statement_than_the_one_shown_is_a_reason_too(publishing):
    thesis, _study, system = thesis_telling_of_itself()
    thesis.statements.filter(key="method").update(statement_id="Wawancara semata.")
    publishing(system)
    [hit] = search(SearchRequest("menganalisis semata")).hits
    assert [reason.field for reason in hit.match.why] == ["statement", "statement"]


def test_a_hit_shows_the_statement_that_matched_beside_its_quote(publishing, client):
    _thesis, _study, system = thesis_telling_of_itself()
    publishing(system)
    assert "To <mark>analyse</mark> collaboration." in read(client, "/en/search/?q=analyse")
    [hit] = client.get("/api/v1/search/?q=menganalisis&kind=source").json()["results"]
    assert hit["claim"] is None
    assert hit["highlights"]["statement"] == "<mark>Menganalisis</mark> kolaborasi."
    assert hit["excerpt"]["exact"] == AIM
    assert ">To analyse collaboration.</summary>" in read(client, "/en/search/atom.xml?q=analyse")


def test_a_source_is_found_by_the_work_in_whose_words_it_is_told_of(publishing):
    thesis, study, system = make_study()
    publishing(system)
    found = search(SearchRequest(selected={"source": [thesis.slug], "kind": ["source"]})).hits
    assert {hit.document.slug for hit in found} == {thesis.slug, study.slug}


def test_a_comparison_tells_what_changed_in_it(publishing):
    thesis, _study, system = thesis_telling_of_itself()
    publishing(system)
    before = current_document(thesis.pk)
    thesis.statements.filter(key="aim").update(statement_en="To describe collaboration.")
    thesis.statements.filter(key="method").delete()
    make_statement(thesis, make_excerpt(METHOD, thesis.captures.get()), key="scope", aspect="scope")
    publishing(thesis)
    found = {each.label: each for each in differences(before, current_document(thesis.pk)) or []}
    assert {label: each.action for label, each in found.items()} == {
        "Aim": "changed",
        "Method": "removed",
        "Scope": "added",
    }
    assert found["Aim"].fields == [("Statement", "To <del>analyse</del> <ins>describe</ins> collaboration.")]


def test_words_are_erased_from_what_a_source_told(publishing, curator, reviewer):
    thesis, _study, system = thesis_telling_of_itself()
    thesis.statements.filter(key="aim").update(statement_id="Bertanya kepada Bu Kenanga.")
    publishing(system)
    thesis.statements.filter(key="aim").update(statement_id="Bertanya kepada warga.")
    redact(
        "bu kenanga",
        first=[thesis],
        by=curator,
        reviewer=reviewer,
        reason=both("Menyangkut warga"),
        reason_code="private_person",
    )
    assert not any("Kenanga" in text for text in RevisionBody.objects.values_list("document", flat=True))
    assert list(verify()) == []


def test_verify_sees_a_name_hidden_after_it_was_told(publishing):
    thesis, _study, system = thesis_telling_of_itself()
    publishing(system)
    assert list(verify()) == []
    hide(thesis.captures.get(), "deskriptif")
    found = list(verify())
    assert any("public excerpt" in fault and "touches a private span" in fault for fault in found), found
    hide(thesis.captures.get(), "kolaborasi")
    found = list(verify())
    assert any("about.statement.id: it holds the name of a private person" in fault for fault in found), found
