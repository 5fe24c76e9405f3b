"""Two sources may hold equal texts: each has its copy, its quotes and its private spans to itself."""

from copy import deepcopy

import pytest

from cases.dossiers.seed import seed
from cases.models import RecordExcerpt
from cases.publication.audit.verify import verify
from cases.publication.ledger import current_document
from sources.models import Capture, Excerpt
from tests.dossiers.samples import claim, make_dossiers, make_folder, people, put, title
from tests.factories import hide, make_capture, make_case, make_claim, make_excerpt, make_public, make_source
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db
SOURCE, TWIN = "sources/skripsi-contoh", "sources/salinan-skripsi"
WORDS = "bekerja sama dengan PT Misal"


def make_twins() -> tuple[Capture, Capture]:
    first = make_capture()
    second = Capture(source=make_source(), text=first.text)
    second.full_clean()
    second.save()
    return first, second


def test_equal_words_of_two_sources_are_two_excerpts_in_public_too(curator, reviewer):
    first, second = make_twins()
    case = make_case()
    one, two = make_excerpt(WORDS, first), make_excerpt(WORDS, second)
    make_claim(case, one), make_claim(case, two)
    make_public(case, by=curator, reviewer=reviewer)
    assert first.id != second.id
    document = current_document(case.id)
    assert {document.source_of(str(each.id)).slug for each in (one, two)} == {first.source.slug, second.source.slug}
    assert RecordExcerpt.objects.filter(object_id__in=[one.id, two.id]).count() == 2
    assert set(RecordExcerpt.objects.values_list("source_id", flat=True)) >= {first.source_id, second.source_id}
    assert list(verify()) == []


def test_a_private_span_of_one_source_is_none_of_the_other(curator, reviewer):
    first, second = make_twins()
    case = make_case()
    make_claim(case, make_excerpt("bantuan dari tetangga", second))
    hide(first, "tetangga")
    make_public(case, by=curator, reviewer=reviewer)
    assert list(verify()) == [], "what publication lets pass, the audit does too"
    hide(second, "tetangga")
    assert any("touches a private span" in fault for fault in verify())


def test_a_copy_of_another_source_does_not_vouch_for_this_one(curator, reviewer):
    first, _second = make_twins()
    case = make_case()
    make_claim(case, make_excerpt(WORDS, first))
    make_public(case, by=curator, reviewer=reviewer)
    with triggers_off():
        Capture.objects.filter(pk=first.pk).update(source=make_source())
    assert any("no copy has the text that it names" in fault for fault in verify())


def test_dossiers_and_their_lock_keep_equal_texts_apart(tmp_path):
    dossiers = make_dossiers()
    dossiers[TWIN] = deepcopy(dossiers[SOURCE]) | {
        "title_given": title("Salinan"),
        "id": "6d1fd2a2-5f0c-4c35-9c0b-2f6f7c3b6f55",
    }
    dossiers[TWIN]["captures"][0]["private"] = []
    at = str(dossiers["cases/cctv-contoh"]["claims"][0]["cites"][0]["at"])
    cite = {"source": "salinan-skripsi", "at": at, "words": "uang tunai senilai 2,5 miliar"}
    said = claim("twin", cite, said_by={"source": "salinan-skripsi"})
    dossiers["systems/kembar"] = people(title=title("Kembar"), system_kind="app", lead=["twin"], claims=[said])
    folder = make_folder(tmp_path, dossiers)
    seed(folder)
    assert Capture.objects.values("text_sha256").distinct().count() == 1
    assert Excerpt.objects.filter(exact="uang tunai senilai 2,5 miliar").count() == 2
    assert list(verify(tmp_path / "documents")) == []
    put(folder, {TWIN: dossiers[TWIN] | {"licence": "CC BY"}})
    assert seed(folder).loaded == [TWIN]
