"""Sources at the desk: copies are kept as they are, and words are quoted only where they stand."""

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Draft
from sources.models import Capture, Excerpt, ExcerptTranslation, PrivateSpan, Source, SourceStatement
from tests.admin.pages import Form, filled, refusals, save, words
from tests.factories import hide, make_capture, make_case, make_claim, make_excerpt, make_source
from tests.sources.telling import make_statement

pytestmark = pytest.mark.django_db

ADD_CAPTURE = "/admin/sources/capture/add/"
ADD_EXCERPT = "/admin/sources/excerpt/add/"


def add_capture(desk: Any, **fields: Any) -> Any:
    source = fields.pop("source", None) or make_source()
    return save(desk, ADD_CAPTURE, "capture_form", source=source.pk, **fields)


def add_excerpt(desk: Any, capture: Capture, exact: str, **fields: Any) -> Any:
    return save(desk, ADD_EXCERPT, "excerpt_form", capture=capture.pk, exact=exact, **fields)


def text_file(data: bytes, name: str = "naskah.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/plain")


def test_a_source_is_added_with_one_title_and_a_slug(desk):
    response = save(
        desk,
        "/admin/sources/source/add/",
        "source_form",
        source_kind="thesis",
        title="Judul",
        title_given_id="Lain",
        title_given_en="Other",
        slug="s",
    )
    assert "A source has a title of its own, or one given by us in both languages." in words(response)
    save(desk, "/admin/sources/source/add/", "source_form", source_kind="thesis", title="Judul", slug="judul")
    assert Source.objects.get().slug == "judul"


def test_an_uploaded_text_is_kept_untouched(desk):
    data = "Baris satu\r\nbaris dua — “kutip”\n".encode()
    add_capture(desk, upload=text_file(data))
    capture = Capture.objects.get()
    assert capture.text.encode() == data
    assert capture.text_sha256 == hashlib.sha256(data).hexdigest()
    assert (capture.text_length, capture.file_name) == (len(data.decode()), "naskah.txt")


def test_pasted_text_keeps_its_spaces_and_has_plain_line_ends(desk):
    add_capture(desk, text="  Satu.\r\n\r\nDua.  ")
    assert Capture.objects.get().text == "  Satu.\n\nDua.  "


def test_a_text_that_may_not_be_kept_leaves_its_fingerprint(desk):
    add_capture(desk, upload=text_file(b"Rahasia penerbit"), keep=None)
    capture = Capture.objects.get()
    assert (capture.text, capture.text_length) == ("", 16)
    assert capture.text_sha256 == hashlib.sha256(b"Rahasia penerbit").hexdigest()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"ab\0c", "“naskah.txt” holds U+0000 NUL as character 3"),
        (b"ab\xff", "“naskah.txt” is not UTF-8 text: the byte at 2"),
        (b"", "“naskah.txt” is empty"),
        (b"a" * (5 * 1024 * 1024 + 1), "“naskah.txt” has more than 5 MB"),
    ],
)
def test_a_file_that_is_no_plain_text_is_refused_by_name(desk, data, reason):
    response = add_capture(desk, upload=text_file(data))
    assert reason in words(response).replace("The submitted file is empty.", "“naskah.txt” is empty")
    assert not Capture.objects.exists()


def test_a_copy_needs_a_text_or_its_fingerprint(desk):
    assert "Give the text, or its SHA-256 and its length" in words(add_capture(desk))


def test_a_fingerprint_that_does_not_fit_the_text_is_refused(desk):
    assert "The text has another SHA-256" in words(add_capture(desk, text="Satu.", text_sha256="0" * 64))


def test_the_same_text_is_not_held_twice(desk):
    source = make_source()
    add_capture(desk, source=source, text="Satu.")
    assert "This text is a copy of this source already." in words(add_capture(desk, source=source, text="Satu."))
    assert Capture.objects.count() == 1
    add_capture(desk, text="Satu.")
    assert Capture.objects.count() == 2, "another source may have the same text"


def test_a_typed_name_becomes_private_spans_and_is_kept_nowhere(desk):
    capture = make_capture(text="Bu Melati berkata. BU\nMELATI diam. Melatiwati lain.")
    url = reverse("admin:sources_capture_change", args=[capture.pk])
    response = save(desk, url, "capture_form", private_name="bu melati")
    assert [(span.start, span.end) for span in capture.private_spans.all()] == [(0, 9), (19, 28)]
    assert "in 2 places" in words(response)
    kept = [draft.dossier for draft in Draft.objects.all()]
    assert "19-28" in kept[0]
    assert not any("elati" in text for text in kept)


def test_a_name_that_is_not_in_the_text_is_said_to_be_missing(desk):
    url = reverse("admin:sources_capture_change", args=[make_capture().pk])
    assert "This name does not stand in the text" in words(save(desk, url, "capture_form", private_name="Mawar"))


def test_a_new_private_span_points_to_the_excerpts_that_it_touches(desk):
    excerpt = make_excerpt("mengetahui bantuan")
    url = reverse("admin:sources_capture_change", args=[excerpt.capture.pk])
    response = save(desk, url, "capture_form", private_name="Bu Melati")
    assert reverse("admin:sources_excerpt_change", args=[excerpt.pk]) in response.content.decode()


def test_a_span_lies_inside_its_text(desk):
    capture = make_capture(text="Pendek")
    url = reverse("admin:sources_capture_change", args=[capture.pk])
    changes = {"private_spans-TOTAL_FORMS": 1, "private_spans-0-start": 1, "private_spans-0-end": 999}
    assert "The text has only" in words(save(desk, url, "capture_form", **changes))
    assert not PrivateSpan.objects.exists()


def test_nothing_of_a_saved_copy_can_be_edited(desk, above):
    capture, other = make_capture(), make_source()
    url = reverse("admin:sources_capture_change", args=[capture.pk])
    for client in (desk, above):
        page = client.get(url).content.decode()
        assert 'name="text"' not in page
        assert "Pemerintah Kota Contoh" in page
        save(client, url, "capture_form", source=other.pk, text="Lain", file_name="lain.txt")
    kept = Capture.objects.get()
    assert (kept.text, kept.source_id, kept.file_name) == (capture.text, capture.source_id, "")


def test_a_copy_that_is_quoted_cannot_be_deleted(above):
    excerpt = make_excerpt()
    url = reverse("admin:sources_capture_delete", args=[excerpt.capture.pk])
    assert above.post(url, {"post": "yes"}).status_code == 403
    assert Capture.objects.exists()


def test_words_are_found_with_their_place_and_context(desk):
    capture = make_capture(make_source(language="en"))
    add_excerpt(desk, capture, "uang tunai senilai 2.5 milyar", locator_id="hlm. 3", locator_en="p. 3")
    excerpt = Excerpt.objects.get()
    assert capture.text[excerpt.start : excerpt.end] == excerpt.exact
    assert excerpt.prefix.endswith("Adanya ")
    assert excerpt.suffix.startswith(" itu")
    assert (excerpt.locator_id, excerpt.locator_en, excerpt.language) == ("hlm. 3", "p. 3", "en")


def test_words_that_are_not_there_show_the_nearest_and_lose_nothing(desk):
    located = {"locator_id": "hlm. 3", "locator_en": "p. 3"}
    response = add_excerpt(desk, make_capture(), "uang tunai senilai 2,5 miliar", **located)
    page = words(response)
    assert "not in the text. Nearest: “uang tunai senilai 2.5 milyar”" in page
    html = response.content.decode()
    assert "uang tunai senilai 2,5 miliar</textarea>" in html
    assert 'value="hlm. 3"' in html


def test_words_that_stand_twice_show_their_places_until_one_is_meant(desk):
    capture = make_capture()
    page = words(add_excerpt(desk, capture, "uang tunai"))
    assert "These words stand in 2 places" in page
    assert "Adanya" in page
    assert "menerima" in page
    page = words(add_excerpt(desk, capture, "uang tunai", after="mengetahui"))
    assert "Excerpt" in page
    add_excerpt(desk, capture, "uang tunai", after="Calon patron menerima")
    assert Excerpt.objects.last().start == capture.text.rindex("uang tunai")


def test_words_after_something_that_is_not_there_are_not_said_to_be_missing(desk):
    page = words(add_excerpt(desk, make_capture(), "uang tunai", after="Konon"))
    assert "They do not follow these words. They stand at" in page


def test_words_that_touch_a_private_person_are_refused(desk):
    capture = make_capture()
    hide(capture, "Bu Melati")
    page = words(add_excerpt(desk, capture, "Seorang warga, Bu Melati"))
    assert "touch the name of a private person" in page
    assert not Excerpt.objects.exists()


def test_words_that_are_an_excerpt_already_are_linked(desk):
    excerpt = make_excerpt()
    response = add_excerpt(desk, excerpt.capture, excerpt.exact)
    assert reverse("admin:sources_excerpt_change", args=[excerpt.pk]) in response.content.decode()
    assert Excerpt.objects.count() == 1


def test_words_cannot_be_checked_against_a_text_that_is_not_at_hand(desk):
    capture = Capture.objects.create(source=make_source(), text_sha256="1" * 64, text_length=9)
    assert "is not at hand" in words(add_excerpt(desk, capture, "kata"))


def test_words_are_copied_across_the_line_ends_of_their_text(desk):
    capture = make_capture(text="satu\r\ndua tiga")
    add_excerpt(desk, capture, "satu\r\ndua")
    assert Excerpt.objects.get().exact == "satu\r\ndua"


def test_words_in_another_setting_are_kept_as_the_copy_has_them(desk):
    capture = make_capture(text="Ia menye-\nrahkan  uang itu pada hari Jumat.")
    add_excerpt(desk, capture, "uang\nitu pada\u00a0hari")
    assert Excerpt.objects.get().exact == "uang itu pada hari", "white space alone asks for no second look"


def test_words_with_other_signs_are_shown_before_they_are_kept(desk):
    capture = make_capture(text="Pada hari Jum’at ia menye-\nrahkan uang.")
    response = add_excerpt(desk, capture, "hari Jum'at ia menyerahkan uang")
    said = refusals(response)["exact"]
    assert "The copy reads “hari Jum’at ia menye-\nrahkan uang” at 5. Save again" in said
    assert not Excerpt.objects.exists()
    add_excerpt(desk, capture, "hari Jum'at ia menyerahkan uang", shown="5-38")
    excerpt = Excerpt.objects.get()
    assert (excerpt.exact, excerpt.start, excerpt.end) == ("hari Jum’at ia menye-\nrahkan uang", 5, 38)


def test_the_page_that_shows_the_words_keeps_them_when_it_is_saved_again(desk):
    capture = make_capture(text="Pada hari Jum’at ia datang.")
    typed = {"capture": capture.pk, "exact": "hari Jum'at", "language": "en"}
    shown = desk.post(ADD_EXCERPT, filled(desk, ADD_EXCERPT, "excerpt_form", **typed))
    desk.post(ADD_EXCERPT, Form(shown.content.decode(), "excerpt_form").data)
    assert (Excerpt.objects.get().exact, Excerpt.objects.get().language) == ("hari Jum’at", "en")


def test_what_was_shown_of_other_words_is_shown_anew(desk):
    response = add_excerpt(desk, make_capture(text="Hari Jum’at. Hari Jum’at lalu."), "Jum'at lalu", shown="5-11")
    assert "Save again" in refusals(response)["exact"]


def test_words_over_a_page_break_are_kept_as_an_excerpt_for_each_page(desk):
    pages = ("Kop surat\nIa menerima uang\nHalaman 1", "Kop surat\ndari penyedia itu.\nHalaman 2\n")
    capture = make_capture(text="\f".join(pages))
    typed = {"locator_id": "hlm. 1–2", "locator_en": "pp. 1–2"}
    said = refusals(add_excerpt(desk, capture, "menerima uang dari penyedia", **typed))["exact"]
    first, second = (capture.text.index(words) for words in ("menerima uang", "dari penyedia"))
    assert f"“menerima uang” at {first} […] “dari penyedia” at {second}." in said
    shown = f"{first}-{first + 13} {second}-{second + 13}"
    add_excerpt(desk, capture, "menerima uang dari penyedia", shown=shown, **typed)
    assert [(each.exact, each.start, each.locator_id) for each in Excerpt.objects.order_by("start")] == [
        ("menerima uang", first, "hlm. 1–2"),
        ("dari penyedia", second, "hlm. 1–2"),
    ]
    add_excerpt(
        desk, capture, "Ia menerima uang dari penyedia", shown=f"{first - 3}-{first + 13} {second}-{second + 13}"
    )
    assert Excerpt.objects.count() == 3, "the part that is an excerpt already stays one"


@pytest.mark.parametrize("words", ["2.5 mily", "rja sama", "senilai 2.5"])
def test_words_that_cut_a_word_or_a_sum_are_refused(desk, words):
    assert "only inside a longer word or number" in refusals(add_excerpt(desk, make_capture(), words))["exact"]


def test_a_saved_excerpt_is_shown_and_never_edited(desk, above):
    excerpt = make_excerpt()
    url = reverse("admin:sources_excerpt_change", args=[excerpt.pk])
    for client in (desk, above):
        assert 'name="exact"' not in client.get(url).content.decode()
        save(client, url, "excerpt_form", exact="Lain", start=0)
    assert Excerpt.objects.get().exact == excerpt.exact


def test_a_translation_is_added_and_every_dossier_that_quotes_it_gets_a_draft(desk):
    excerpt = make_excerpt()
    claim = make_claim(make_case(), excerpt)
    url = reverse("admin:sources_excerpt_change", args=[excerpt.pk])
    row = {"translations-TOTAL_FORMS": 1, "translations-0-language": "en", "translations-0-by": "curator"}
    save(desk, url, "excerpt_form", **row, **{"translations-0-text": "cash of 2.5 billion"})
    assert ExcerptTranslation.objects.get().text == "cash of 2.5 billion"
    assert "cash of 2.5 billion" in Draft.objects.get(object_id=claim.subject_id).dossier


def test_a_translation_by_the_source_must_stand_in_it(desk):
    excerpt = make_excerpt()
    url = reverse("admin:sources_excerpt_change", args=[excerpt.pk])
    row = {"translations-TOTAL_FORMS": 1, "translations-0-language": "en", "translations-0-by": "source"}
    page = words(save(desk, url, "excerpt_form", **row, **{"translations-0-text": "Seorang warga, Bu Mawar"}))
    assert "not in the source word for word. Nearest: “Seorang warga, Bu Melat" in page


def test_an_excerpt_that_is_cited_cannot_be_deleted_and_another_can(desk):
    cited, free = make_excerpt(), make_excerpt("Calon patron")
    make_claim(make_case(), cited)
    assert desk.post(reverse("admin:sources_excerpt_delete", args=[cited.pk]), {"post": "yes"}).status_code == 403
    desk.post(reverse("admin:sources_excerpt_delete", args=[free.pk]), {"post": "yes"})
    assert not Excerpt.objects.filter(pk=free.pk).exists()
    assert Excerpt.objects.filter(pk=cited.pk).exists()


def test_no_work_is_known_through_itself(desk):
    first, second = make_source(), make_source()
    first.known_through.add(second)
    url = reverse("admin:sources_source_change", args=[second.pk])
    for teller in (first, second):
        assert "A work is not known through itself" in words(save(desk, url, "source_form", known_through=[teller.pk]))
    assert not second.known_through.exists()


def test_what_we_add_to_a_source_stands_in_both_languages(desk):
    url = "/admin/sources/source/add/"
    given = {"source_kind": "thesis", "slug": "s", "title_given_id": "Judul kami"}
    assert "Say it in both languages" in refusals(save(desk, url, "source_form", **given))["title_given_en"]
    refused = refusals(add_excerpt(desk, make_capture(), "Calon patron", locator_id="hlm. 3"))
    assert refused == {"locator_en": "Say it in both languages, or in neither."}
    assert refusals(add_capture(desk, text="Satu.", extent_en="Chapter I"))["extent_id"]
    save(desk, url, "source_form", **given, title_given_en="Our title")
    assert Source.objects.get(slug="s").title_given_en == "Our title"


def change_source(client: Any, source: Source, **fields: Any) -> Any:
    return save(client, reverse("admin:sources_source_change", args=[source.pk]), "source_form", **fields)


def told(**fields: Any) -> dict[str, Any]:
    """The first statement of a source, as its page sends it."""
    given = {"key": "aim", "aspect": "aim", "statement_id": "Menganalisis."} | fields
    return {"statements-TOTAL_FORMS": 1} | {f"statements-0-{name}": value for name, value in given.items()}


def test_what_a_source_tells_of_itself_is_added_on_its_page(desk):
    excerpt, context = make_excerpt(), make_excerpt("Calon patron")
    source = make_source()
    change_source(desk, source, **told(supports=[excerpt.pk], context=[context.pk]))
    statement = SourceStatement.objects.get()
    assert (statement.source, statement.aspect, statement.position, statement.statement_en) == (source, "aim", 0, "")
    assert [(each.excerpt, each.relation) for each in statement.citations.all()] == [
        (excerpt, "supports"),
        (context, "context"),
    ]
    assert "relation: context" in Draft.objects.get(object_id=source.pk).dossier


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"supports": []}, "supports", "This field is required."),
        ({"statement_id": ""}, "statement_id", "It is one sentence, in Indonesian or English"),
        ({"aspect": ""}, "aspect", "This field is required."),
        ({"key": "a key"}, "key", "Enter a valid"),
        ({"context": "same"}, "context", "This excerpt is cited here already."),
    ],
)
def test_a_statement_of_a_source_that_cannot_stand_is_refused_beside_its_field(desk, fields, field, sentence):
    key = make_excerpt().pk
    given = {"supports": [key]} | {name: [key] if value == "same" else value for name, value in fields.items()}
    response = change_source(desk, make_source(), **told(**given))
    assert sentence in refusals(response)[f"statements-0-{field}"]
    assert not SourceStatement.objects.exists()


def test_saving_a_source_unchanged_changes_nothing_of_what_it_tells(desk):
    capture = make_capture()
    late, early = make_excerpt("Calon patron", capture), make_excerpt("bekerja sama", capture)
    statement = make_statement(capture.source, late, early)
    change_source(desk, capture.source)
    change_source(desk, capture.source)
    assert [each.excerpt for each in statement.citations.all()] == [late, early]
    assert Draft.objects.filter(object_id=capture.source.pk).count() == 1


def test_excerpts_of_a_statement_keep_their_order_when_one_comes_and_one_goes(desk):
    capture = make_capture()
    late, early = make_excerpt("Calon patron", capture), make_excerpt("bekerja sama", capture)
    new = make_excerpt("sejak tahun 2017", capture)
    statement = make_statement(capture.source, late, early)
    row = {"statements-0-supports": [new.pk, late.pk, early.pk], "statements-0-context": []}
    change_source(desk, capture.source, **row)
    assert [(each.excerpt, each.relation) for each in statement.citations.all()] == [
        (late, "supports"),
        (early, "supports"),
        (new, "supports"),
    ]
    change_source(desk, capture.source, **{"statements-0-supports": [early.pk]})
    assert [each.excerpt for each in statement.citations.all()] == [early]
    change_source(desk, capture.source, **{"statements-0-DELETE": "on"})
    assert not SourceStatement.objects.exists()


def test_words_that_a_source_tells_of_itself_by_are_not_deleted_and_their_changes_are_noted(desk):
    excerpt = make_excerpt()
    statement = make_statement(make_source(title="Karya yang bercerita"), excerpt)
    url = reverse("admin:sources_excerpt_change", args=[excerpt.pk])
    assert desk.post(reverse("admin:sources_excerpt_delete", args=[excerpt.pk]), {"post": "yes"}).status_code == 403
    page = desk.get(url)
    assert "Karya yang bercerita : Aim 0." in words(page)
    row = {"translations-TOTAL_FORMS": 1, "translations-0-language": "en", "translations-0-by": "curator"}
    save(desk, url, "excerpt_form", **row, **{"translations-0-text": "cash of 2.5 billion"})
    assert "cash of 2.5 billion" in Draft.objects.get(object_id=statement.source.pk).dossier


def test_the_page_of_a_source_says_what_speaks_against_what_it_tells(desk):
    capture = make_capture()
    make_statement(capture.source, make_excerpt(capture=capture), statement_id="Meneliti para terdakwa.")
    page = words(desk.get(reverse("admin:sources_source_change", args=[capture.source.pk])))
    assert "about “Meneliti para terdakwa.” : Nobody's legal status is told here" in page


def test_a_preview_of_a_source_shows_what_it_tells(desk):
    capture = make_capture()
    make_statement(capture.source, make_excerpt(capture=capture))
    url = reverse("admin:sources_source_preview", args=[capture.source.pk])
    assert "Aim 0." in words(desk.get(f"{url}?language=en"))


def test_excerpts_of_a_statement_are_chosen_by_their_words(desk):
    excerpt = make_excerpt("Calon patron menerima")
    html = desk.get(reverse("admin:sources_source_change", args=[make_source().pk])).content.decode()
    assert 'data-model-name="sourcestatementexcerpt" data-field-name="excerpt"' in html
    asked = {"app_label": "sources", "model_name": "sourcestatementexcerpt", "field_name": "excerpt", "term": "patron"}
    found = desk.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [each["id"] for each in found] == [str(excerpt.pk)]
