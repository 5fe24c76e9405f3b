"""What is read comes back as it was written: load(dump(x)) is x, and a scalar stays the text that stood there."""

import pytest
import yaml
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from cases.dossiers.dump import PlainDumper, dump, dump_text
from cases.dossiers.load import check, save
from cases.dossiers.reader import TextLoader, parse
from cases.models import Claim, Subject
from cases.publication.plan import PublicationPlan
from sources.models import Excerpt, Source
from tests.dossiers.samples import as_files, make_documents, make_dossiers

pytestmark = pytest.mark.django_db
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=40)
trees = st.recursive(texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=12)


@pytest.fixture
def documents(tmp_path):
    return make_documents(tmp_path)


def load(files: dict[str, str], documents, user: User) -> None:
    save(check(files, documents=documents), by={"desk": user, "": user}, origin="import")


def everything() -> list:
    return [*Source.objects.all(), *(subject.specific for subject in Subject.objects.all())]


def documents_of_everything() -> dict:
    return {str(key): document for key, document in PublicationPlan.of(everything()).documents.items()}


def dumped() -> dict[str, str]:
    folders = {"case": "cases", "source": "sources"}
    kinds = [(item, item.kind) for item in everything()]
    return {f"{folders.get(kind, f'{kind}s')}/{item.slug}.yaml": dump_text(item) for item, kind in kinds}


def test_what_is_loaded_dumps_as_it_was_written(documents, curator):
    load(as_files(make_dossiers()), documents, curator)
    for name, dossier in make_dossiers().items():
        item = next(i for i in everything() if i.slug == name.split("/")[1])
        kept = {key: value for key, value in dossier.items() if key not in ("extracted_by", "reviewed_by")}
        assert dump(item) == kept


def test_loading_what_was_dumped_gives_the_same_documents(documents, curator):
    load(as_files(make_dossiers()), documents, curator)
    before, excerpts = documents_of_everything(), set(Excerpt.objects.values_list("id", flat=True))
    files = dumped()
    load(files, documents, curator)
    assert documents_of_everything() == before
    assert set(Excerpt.objects.values_list("id", flat=True)) == excerpts
    assert dumped() == files


def test_one_dossier_alone_can_be_loaded_again(documents, curator):
    load(as_files(make_dossiers()), documents, curator)
    before = documents_of_everything()
    for name, text in dumped().items():
        load({name: text}, documents, curator)
        assert documents_of_everything() == before, name


def test_numbers_dates_and_words_like_no_stay_text(documents, curator):
    load(as_files(make_dossiers()), documents, curator)
    complaints = Claim.objects.get(key="complaints")
    assert (complaints.date_as_stated, complaints.figure.as_stated, complaints.figure.value) == (
        "12:30",
        "1.409",
        "1409",
    )
    assert Source.objects.get(slug="skripsi-contoh").published == "2020"


@pytest.mark.parametrize(
    "word", ["1.409", "2020", "no", "yes", "12:30", "1e3", "0x1F", "null", "~", "2022-08-14", "007", ".5"]
)
def test_a_scalar_is_read_as_the_text_that_stands_there(word):
    assert parse(f"a: {word}", "x.yaml", []).text("a") == word
    assert yaml.load(yaml.dump({"a": word}, Dumper=PlainDumper), Loader=TextLoader) == {"a": word}


@given(st.dictionaries(texts, trees))
def test_any_text_survives_the_way_through_yaml(data):
    written = yaml.dump(
        data, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=False
    )
    assert yaml.load(written, Loader=TextLoader) == data


def test_a_dossier_under_a_new_slug_keeps_its_id(documents, curator):
    load(as_files(make_dossiers()), documents, curator)
    actor = Subject.objects.get(slug="pt-misal").specific
    before = documents_of_everything()[str(actor.id)]
    actor.slug = "pt-misal-baru"
    actor.save()
    text = dump_text(actor)
    assert f"id: {actor.id}" in text
    load({"actors/pt-misal-baru.yaml": text}, documents, curator)
    after = documents_of_everything()[str(actor.id)]
    assert after.slug == "pt-misal-baru"
    assert after.aliases == before.aliases


def test_a_place_keeps_its_parent_when_it_is_loaded_alone(documents, curator):
    load(as_files(make_dossiers()), documents, curator)
    load({"places/contoh.yaml": as_files(make_dossiers())["places/contoh.yaml"]}, documents, curator)
    assert dump(Subject.objects.get(slug="contoh").specific)["parent"] == "provinsi-contoh"


def test_an_import_leaves_what_the_desk_has_not_cited_yet(documents, curator):
    load(as_files(make_dossiers()), documents, curator)
    held = Excerpt.objects.first()
    waiting = Excerpt.objects.create(capture=held.capture, exact="PT", start=42, end=44, language="id")
    load(dumped(), documents, curator)
    assert Excerpt.objects.filter(pk=waiting.pk).exists()


def test_a_quote_that_its_dossier_drops_goes_unless_others_cite_it(documents, curator):
    load(as_files(make_dossiers()), documents, curator)
    dossiers = make_dossiers()
    dossiers["cases/cctv-contoh"]["claims"][2]["cites"] = dossiers["cases/cctv-contoh"]["claims"][0]["cites"]
    dossiers["cases/cctv-contoh"]["responses"] = []
    del dossiers["cases/cctv-contoh"]["unknowns"][3]
    load(as_files(dossiers), documents, curator)
    assert not Excerpt.objects.filter(exact="itu tidak benar").exists()
    assert not Excerpt.objects.filter(exact="PT Misal (PTM) menjawab: itu tidak benar").exists()
    assert Excerpt.objects.filter(exact="PT Misal (PTM)").exists()
