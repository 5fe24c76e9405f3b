"""The desk says who speaks where in a copy, and whom the names in a source mean."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Draft, SourceName, SourceSection, names_of, section_at
from sources.models import Capture
from tests.admin.conftest import at_the_desk
from tests.admin.pages import filled, refusals, save, words
from tests.factories import hide, make_actor, make_capture, make_excerpt, make_source
from tests.sources.test_source_reading import TEXT, at, ruling  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def page_of(capture: Capture) -> str:
    return reverse("admin:sources_capture_change", args=[capture.pk])


def source_page(capture: Capture) -> str:
    return reverse("admin:sources_source_change", args=[capture.source_id])


def section_fields(number: int, **fields: Any) -> dict[str, Any]:
    given = {"title": "", "after": "", "role": "body", "stated_on": "", "said_by_actor": "", "said_by_source": ""}
    given |= {"speaker_id": "", "speaker_en": ""} | fields
    return {f"sections-{number}-{name}": value for name, value in given.items()}


def add_section(desk: Client, capture: Capture, **fields: Any) -> Any:
    number = capture.sections.count()
    changes = section_fields(number, **fields) | {"sections-TOTAL_FORMS": number + 1}
    return save(desk, page_of(capture), "capture_form", **changes)


def add_name(desk: Client, capture: Capture, **fields: Any) -> Any:
    number = capture.source.names.count()
    given = {"words": "", "who": "", "excerpt": "", "reason": ""} | fields
    changes = {f"names-{number}-{name}": value for name, value in given.items()}
    return save(desk, source_page(capture), "source_form", **changes, **{"names-TOTAL_FORMS": number + 1})


def test_a_section_is_entered_by_its_first_words_and_stored_as_the_text_has_them(desk, curator):
    capture, actor = make_capture(text=TEXT), make_actor()
    add_section(desk, capture, title="MENGADILI :", role="ruling", said_by_source=capture.source_id)
    section = capture.sections.get()
    assert (section.start, section.title, section.said_by_source) == (
        at("M E N"),
        "M E N G A D I L I :",
        capture.source,
    )
    add_section(desk, capture, title="setelah  mendengar\ntuntutan", role="demand", said_by_actor=actor.pk)
    assert section_at(capture, at("7 tahun")) is None, "the words are those of the text, also their capitals"
    add_section(
        desk,
        capture,
        title="Setelah  mendengar tuntutan",
        role="demand",
        said_by_actor=actor.pk,
        stated_on="2031-02-10",
    )
    demand = section_at(capture, at("7 tahun"))
    assert (demand.said_by_actor, demand.stated_on) == (actor, "2031-02-10")
    draft = Draft.objects.filter(object_id=capture.source_id).first()
    assert draft.by == curator
    assert "role: demand" in draft.dossier
    assert f"actor: actors/{actor.slug}" in draft.dossier


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"title": "Kata yang tidak ada"}, "title", "These words are not in the text."),
        ({"title": "Terdakwa"}, "title", "These words stand in 2 places"),
        ({"title": "Terdakwa", "after": "tidak ada"}, "title", "They do not follow these words."),
        ({"title": "", "role": "body"}, "title", "Say with which words it begins."),
        ({"title": "Bu Melati"}, "title", "touch the name of a private person"),
        ({"title": "1. Saksi", "role": ""}, "role", "This field is required."),
        ({"title": "1. Saksi", "speaker_id": "seorang saksi"}, "speaker_en", "Say it in both languages"),
        ({"title": "1. Saksi", "role": "comments", "said_by_source": True}, "said_by_source", "said by no source"),
        ({"title": "1. Saksi", "stated_on": "kemarin"}, "stated_on", "kemarin"),
    ],
)
def test_a_section_that_cannot_be_is_refused_beside_its_field(desk, fields, field, sentence):
    capture = make_capture(text=TEXT)
    hide(capture, "Bu Melati")
    given = dict(fields) | ({"said_by_source": capture.source_id} if "said_by_source" in fields else {})
    if not given["title"]:
        given["speaker_id"], given["speaker_en"] = "a", "b"
    response = add_section(desk, capture, **given)
    assert sentence in refusals(response)[f"sections-0-{field}"]
    assert not capture.sections.exists()


def test_the_words_before_say_which_place_is_meant(desk):
    capture = make_capture(text=TEXT)
    add_section(desk, capture, title="Terdakwa", after="Menghukum")
    assert capture.sections.get().start == TEXT.rindex("Terdakwa")


def test_two_sections_do_not_begin_at_one_place(desk, ruling):  # noqa: F811
    response = add_section(desk, ruling, title="1. Saksi Bu Melati")
    assert refusals(response)["sections-3-title"] == "Another section begins there already."
    moved = save(desk, page_of(ruling), "capture_form", **{"sections-0-title": "1. Saksi Bu"})
    assert refusals(moved)["sections-0-title"] == "Another section begins there already."
    assert ruling.sections.count() == 3


def test_a_section_is_changed_and_removed(desk, ruling):  # noqa: F811
    page = desk.get(page_of(ruling))
    assert f"character {at('Setelah')}" in words(page)
    assert f"?at={at('Setelah')}-{at(' Penuntut Umum:')}#at" in page.content.decode()
    save(desk, page_of(ruling), "capture_form", **{"sections-0-role": "charge"})
    assert section_at(ruling, at("7 tahun")).role == "charge"
    save(desk, page_of(ruling), "capture_form", **{"sections-0-title": "pidana penjara"})
    assert section_at(ruling, at("7 tahun")).start == at("pidana penjara")
    save(desk, page_of(ruling), "capture_form", **{"sections-0-DELETE": "on"})
    assert section_at(ruling, at("7 tahun")) is None
    assert Draft.objects.filter(object_id=ruling.source_id).count() == 3


def test_of_two_editors_the_second_sees_both_texts(desk, review, ruling):  # noqa: F811
    url = page_of(ruling)
    mine = filled(desk, url, "capture_form", **{"sections-0-role": "charge"})
    save(review, url, "capture_form", **{"sections-0-role": "defence"})
    response = desk.post(url, mine, follow=True)
    assert "Somebody changed this while you had it open" in words(response)
    assert section_at(ruling, at("7 tahun")).role == "defence"


def test_what_is_typed_is_kept_on_the_server(desk, ruling):  # noqa: F811
    url = page_of(ruling)
    desk.post(url, filled(desk, url, "capture_form", **{"sections-0-role": "charge"}) | {"_keep": "1"})
    taken = desk.post(url, {"_take_up": "1"})
    assert '<option value="charge" selected>' in taken.content.decode()
    assert section_at(ruling, at("7 tahun")).role == "demand"


def test_a_text_that_is_not_kept_has_no_places(desk):
    capture = Capture(source=make_source(), text_sha256="0" * 64, text_length=100)
    capture.save()
    response = add_section(desk, capture, title="Mengadili")
    assert "The text is not kept here" in refusals(response)["sections-0-title"]


def test_words_that_become_private_leave_sections_and_names(desk):
    capture = make_capture(text=TEXT)
    SourceSection.objects.create(capture=capture, start=at("1. Saksi"), title="1. Saksi Bu Melati", role="body")
    SourceName.objects.create(source=capture.source, words="Melati", who=make_actor(), reason="x")
    SourceName.objects.create(source=capture.source, words="Terdakwa", who=make_actor(), reason="x")
    response = save(desk, page_of(capture), "capture_form", private_name="Bu Melati")
    assert "2 sections or names of this source held private words" in words(response)
    assert capture.sections.get().title == ""
    assert [name.words for name in names_of(capture.source)] == ["Terdakwa"]
    assert "Melati" not in Draft.objects.filter(object_id=capture.source_id).first().dossier
    save(desk, page_of(capture), "capture_form", **{"sections-0-role": "witness_testimony"})
    assert capture.sections.get().role == "witness_testimony", "it keeps its place without its words"


def test_a_new_copy_has_no_sections_yet(desk):
    assert "sections-TOTAL_FORMS" not in desk.get("/admin/sources/capture/add/").content.decode()


def test_a_name_is_joined_to_somebody_by_words_that_show_it(desk):
    capture, who = make_capture(text=TEXT), make_actor("Budi Misal")
    excerpt = make_excerpt("Budi Misal, selanjutnya disebut Terdakwa", capture)
    response = add_name(desk, capture, words="Terdakwa", who=who.pk)
    assert "choose the words that show it, or give a reason" in refusals(response)["names-0-excerpt"]
    assert not SourceName.objects.exists()
    add_name(desk, capture, words="Terdakwa", who=who.pk, excerpt=excerpt.pk)
    [name] = names_of(capture.source)
    assert (name.words, name.who.pk, name.excerpt) == ("Terdakwa", who.pk, excerpt)
    assert "names:" in Draft.objects.filter(object_id=capture.source_id).first().dossier
    again = add_name(desk, capture, words="Terdakwa", who=who.pk, reason="Sama.")
    assert "Please correct the duplicate" in words(again)
    page = desk.get(reverse("admin:sources_excerpt_delete", args=[excerpt.pk]))
    assert page.status_code == 403, "the words that show it stay"


@pytest.mark.parametrize("named", ["Pemohon", "Bu Melati", "Terdak"])
def test_a_name_stands_in_the_source_and_not_only_where_it_is_private(desk, named):
    capture = make_capture(text=TEXT)
    hide(capture, "Bu Melati")
    response = add_name(desk, capture, words=named, who=make_actor().pk, reason="x")
    assert "stand nowhere in the text, or only where it is private" in refusals(response)["names-0-words"]
    assert not SourceName.objects.exists()


def test_a_name_is_removed(desk, ruling):  # noqa: F811
    save(desk, source_page(ruling), "source_form", **{"names-0-DELETE": "on"})
    assert [name.words for name in names_of(ruling.source)] == ["Penuntut Umum"]


def test_who_may_not_edit_sources_sees_none_of_it(django_user_model, ruling):  # noqa: F811
    client = at_the_desk(django_user_model.objects.create_user("nobody", is_staff=True))
    for url in (page_of(ruling), source_page(ruling)):
        assert client.get(url).status_code == 403
        assert client.post(url, {"sections-0-role": "charge"}).status_code == 403
    assert section_at(ruling, at("7 tahun")).role == "demand"
