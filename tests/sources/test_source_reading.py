"""Who speaks where in a source, and whom its names mean: rows, dossiers, history; and nothing of it is public."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from cases.dossiers import drafts
from cases.dossiers.drafts import items_citing
from cases.dossiers.dump import dump, dump_text
from cases.dossiers.load import InvalidDossiersError, check, save
from cases.models import Draft, SourceName, SourceSection, names_of, section_at
from cases.publication.errors import NotPublishableError
from cases.publication.ledger import current_document
from cases.publication.publish import publish
from cases.publication.working_history import erase_working_history
from sources.models import Capture, Excerpt, Source
from tests.factories import both, hide, make_actor, make_capture, make_excerpt, make_source

pytestmark = pytest.mark.django_db

TEXT = (
    "PUTUSAN atas nama Budi Misal, selanjutnya disebut Terdakwa.\n"
    "Setelah mendengar tuntutan Penuntut Umum: pidana penjara 7 tahun;\n"
    "1. Saksi Bu Melati, pada pokoknya menerangkan: ia melihat tas;\n"
    "M E N G A D I L I :\n"
    "Menghukum Terdakwa 5 tahun.\n"
)


def at(words: str) -> int:
    return TEXT.index(words)


def make_section(capture: Capture, words: str, **fields: object) -> SourceSection:
    section = SourceSection(capture=capture, start=capture.text.index(words), title=words, **fields)
    section.full_clean()
    section.save()
    return section


@pytest.fixture
def ruling() -> Capture:
    """A ruling with an actor who demands, a witness without a page, and a court that decides."""
    capture = make_capture(make_source(slug="putusan", source_kind="court_ruling"), TEXT)
    prosecutor = make_actor("Kejaksaan", slug="kejaksaan", actor_kind="public_body")
    make_section(capture, "Setelah mendengar tuntutan", role="demand", said_by_actor=prosecutor, stated_on="2031-02-10")
    make_section(capture, "1. Saksi", role="witness_testimony", speaker_id="seorang saksi", speaker_en="a witness")
    make_section(capture, "M E N G A D I L I :", role="ruling", said_by_source=capture.source)
    accused = make_actor("Budi Misal", slug="budi-misal", actor_kind="person")
    shows = make_excerpt("Budi Misal, selanjutnya disebut Terdakwa", capture)
    SourceName.objects.create(source=capture.source, words="Terdakwa", who=accused, excerpt=shows)
    SourceName.objects.create(source=capture.source, words="Penuntut Umum", who=prosecutor, reason="Tanda tangannya.")
    return Capture.objects.select_related("source").get(pk=capture.pk)


def load(text: str, user: object, slug: str = "putusan") -> None:
    save(check({f"sources/{slug}.yaml": text}), by={"": user}, origin="import")  # type: ignore[dict-item]


def faults(text: str) -> str:
    with pytest.raises(InvalidDossiersError) as raised:
        check({"sources/putusan.yaml": text})
    return str(raised.value)


# --- rows


def test_a_section_runs_to_the_next_one(ruling, django_assert_num_queries):
    assert section_at(ruling, at("PUTUSAN")) is None
    demand = section_at(ruling, at("7 tahun"))
    assert (demand.role, demand.said_by_actor.slug, demand.stated_on) == ("demand", "kejaksaan", "2031-02-10")
    assert section_at(ruling, at("1. Saksi") - 1) == demand
    witness = section_at(ruling, at("1. Saksi"))
    assert (witness.speaker_id, witness.speaker_en, witness.said_by_actor) == ("seorang saksi", "a witness", None)
    with django_assert_num_queries(1):
        assert section_at(ruling, ruling.text_length - 1).said_by_source.slug == "putusan"


def test_the_sections_of_another_copy_say_nothing(ruling):
    assert section_at(make_capture(ruling.source, TEXT + "lagi"), at("7 tahun")) is None


def test_names_come_with_whom_they_mean(ruling, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [(name.words, name.who.slug) for name in names_of(ruling.source)] == [
            ("Terdakwa", "budi-misal"),
            ("Penuntut Umum", "kejaksaan"),
        ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"role": "sermon"}, "not a valid choice"),
        ({"speaker_id": "seorang warga"}, "One speaks there, or nobody"),
        ({"actor": True, "source": True}, "One speaks there, or nobody"),
        ({"actor": True, "speaker_id": "a", "speaker_en": "b"}, "One speaks there, or nobody"),
        ({"role": "comments", "source": True}, "are said by no source"),
        ({"role": "beside", "source": True}, "are said by no source"),
        ({"stated_on": "2031-02-30"}, "2031-02-30"),
    ],
)
def test_a_section_that_cannot_be_is_refused_with_a_sentence(fields, sentence):
    fields, capture = dict(fields), make_capture(text=TEXT)
    actor = make_actor() if fields.pop("actor", False) else None
    source = capture.source if fields.pop("source", False) else None
    given = {"role": "body", "said_by_actor": actor, "said_by_source": source} | fields
    with pytest.raises(ValidationError, match=sentence):
        SourceSection(capture=capture, start=0, **given).full_clean()
    if sentence != "2031-02-30":
        with pytest.raises(IntegrityError), transaction.atomic():
            SourceSection.objects.create(capture=capture, start=0, **given)


@pytest.mark.parametrize("role", ["comments", "beside", "body"])
def test_nobody_need_be_set(role):
    SourceSection(capture=make_capture(), start=0, role=role).full_clean()


def test_two_sections_do_not_begin_at_one_place(ruling):
    with pytest.raises(ValidationError, match="Another section begins there"):
        make_section(ruling, "1. Saksi", role="body")


def test_a_name_needs_words_that_show_it_or_a_reason():
    name = SourceName(source=make_source(), words="BW", who=make_actor())
    with pytest.raises(ValidationError, match="or give a reason"):
        name.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        name.save()
    name.reason = "Nomor perkara sama."
    name.full_clean()
    name.save()
    with pytest.raises(ValidationError, match="said already who is meant"):
        SourceName(source=name.source, words="BW", who=name.who, reason="x").full_clean()


def test_who_is_meant_or_speaks_is_not_deleted_under_it(ruling):
    for name in names_of(ruling.source):
        with pytest.raises(ProtectedError):
            name.who.delete()
    with pytest.raises(ProtectedError):
        Excerpt.objects.get().delete()


def test_sections_go_with_their_copy_and_names_with_their_source(ruling):
    other = make_capture(text=TEXT)
    make_section(other, "1. Saksi", role="body")
    name = SourceName.objects.create(source=other.source, words="T", who=make_actor(), reason="x")
    other.delete()
    assert not SourceSection.objects.filter(capture_id=other.pk).exists()
    name.source.delete()
    assert not SourceName.objects.filter(pk=name.pk).exists()
    assert (SourceSection.objects.count(), SourceName.objects.count()) == (3, 2)


# --- dossiers and history


def test_the_dossier_of_the_source_holds_both(ruling):
    dossier = dump(ruling.source)
    assert dossier["captures"][0]["sections"] == [
        {
            "at": str(at("Setelah")),
            "title": "Setelah mendengar tuntutan",
            "role": "demand",
            "said_by": {"actor": "actors/kejaksaan"},
            "stated_on": "2031-02-10",
        },
        {
            "at": str(at("1. Saksi")),
            "title": "1. Saksi",
            "role": "witness_testimony",
            "said_by": {"speaker": {"id": "seorang saksi", "en": "a witness"}},
        },
        {"at": str(at("M E N")), "title": "M E N G A D I L I :", "role": "ruling", "said_by": {"source": "putusan"}},
    ]
    words = {"source": "putusan", "at": str(at("Budi")), "words": "Budi Misal, selanjutnya disebut Terdakwa"}
    assert dossier["names"] == [
        {"words": "Terdakwa", "who": "actors/budi-misal", "cite": words},
        {"words": "Penuntut Umum", "who": "actors/kejaksaan", "reason": "Tanda tangannya."},
    ]


def test_what_was_dumped_loads_as_it_was(ruling, curator):
    written = dump_text(ruling.source)
    excerpt = Excerpt.objects.get().pk
    load(written, curator)
    assert dump_text(Source.objects.get(pk=ruling.source_id)) == written
    assert Excerpt.objects.get().pk == excerpt
    assert section_at(ruling, at("7 tahun")).said_by_actor.slug == "kejaksaan"


def test_history_says_who_changed_it_and_brings_it_back(ruling, curator, reviewer):
    source = ruling.source
    before = drafts.note(source, by=curator)
    demand = section_at(ruling, at("7 tahun"))
    SourceSection.objects.filter(pk=demand.pk).update(role="ruling")
    source.names.filter(words="Terdakwa").delete()
    after = drafts.note(source, by=reviewer)
    newest, _oldest = drafts.steps([after, before])
    assert newest.draft.by == reviewer
    changed = " ".join(str(line) for line in newest.changes)
    assert "role: demand" in changed
    assert "Terdakwa" in changed
    load(before.dossier, curator)
    assert dump_text(Source.objects.get(pk=source.pk)) == before.dossier
    assert section_at(ruling, at("7 tahun")).role == "demand"
    assert Draft.objects.filter(object_id=source.pk).first().dossier == before.dossier


def test_a_quote_that_only_a_name_cited_goes_when_its_dossier_drops_it(ruling, curator):
    source = ruling.source
    assert list(items_citing(Excerpt.objects.get())) == [source]
    with_names = dump_text(source)
    load(with_names[: with_names.index("names:")], curator)
    assert not SourceName.objects.exists()
    assert not Excerpt.objects.exists()


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("role: demand", "role: sermon", "role: Value 'sermon' is not a valid choice"),
        ("actor: actors/kejaksaan", "actor: actors/tiada", "names actors/tiada, which does not exist"),
        ("title: 1. Saksi", "title: 1. Ahli", "title: differs: at 126 the text reads “1. Saks”"),
        ("at: 126", "at: 99999", "at: lies after the text"),
        ("at: 126", "where: 126", "at: is required: where the section begins"),
        ("words: Terdakwa\n", "words: Pemohon\n", "words: stand nowhere in the text"),
        ("who: actors/budi-misal", "who: budi-misal", "who: is <folder>/<key>"),
        ("who: actors/budi-misal", "note: x", "who: is required"),
        ("reason: Tanda tangannya.", "", "or give a reason"),
        ("role: ruling", "role: comments", "Comments and words beside the text are said by no source"),
    ],
)
def test_a_dossier_with_a_wrong_section_or_name_is_refused(ruling, was, becomes, fault):
    text = dump_text(ruling.source)
    assert was in text
    assert fault in faults(text.replace(was, becomes, 1))


def test_a_title_or_name_that_is_private_is_refused(ruling):
    SourceSection.objects.filter(role="witness_testimony").update(title="1. Saksi Bu Melati")
    hide(ruling, "Bu Melati")
    assert "title: touches the name of a private person" in faults(dump_text(ruling.source))
    SourceSection.objects.update(title="")
    SourceName.objects.create(source=ruling.source, words="Bu Melati", who=make_actor(slug="m"), reason="x")
    assert "words: stand nowhere in the text, or only where it is private" in faults(dump_text(ruling.source))


# --- what may not be read


def test_nothing_of_it_is_in_a_document(ruling, curator, reviewer):
    source = Source.objects.get(pk=ruling.source_id)
    publish([source], by=curator, reviewer=reviewer, reason=both("Terbit"))
    told = str(current_document(source.pk))
    SourceSection.objects.all().delete()
    SourceName.objects.all().delete()
    with pytest.raises(NotPublishableError, match="Nothing has changed"):
        publish([source], by=curator, reviewer=reviewer, reason=both("Lagi"))
    assert not [words for words in ("Terdakwa", "Budi", "witness", "Kejaksaan", "M E N G A") if words in told]


def test_a_redaction_takes_the_words_out_of_sections_and_names(ruling):
    SourceSection.objects.filter(role="witness_testimony").update(
        title="1. Saksi Bu\nMelati", speaker_id="Bu Melati", speaker_en="Mrs Melati"
    )
    melati = make_actor("Orang", slug="orang")
    for words, reason in (("BU MELATI", "x"), ("saksi itu", "Namanya Bu Melati.")):
        SourceName.objects.create(source=ruling.source, words=words, who=melati, reason=reason)
    erase_working_history("Bu Melati", [])
    witness = section_at(ruling, at("1. Saksi"))
    assert (witness.role, witness.title, witness.speaker_id, witness.speaker_en) == ("witness_testimony", "", "", "")
    assert {name.words for name in names_of(ruling.source)} == {"Terdakwa", "Penuntut Umum"}
    assert section_at(ruling, at("7 tahun")).title == "Setelah mendengar tuntutan"


def test_what_a_redacted_person_was_called_in_a_source_goes_too(ruling):
    prosecutor = section_at(ruling, at("7 tahun")).said_by_actor
    erase_working_history("Nama Lain", [prosecutor.pk])
    assert section_at(ruling, at("7 tahun")).said_by_actor is None
    assert [name.words for name in names_of(ruling.source)] == ["Terdakwa"]
