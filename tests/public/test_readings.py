"""What disagrees is told by its family and its readings: news at the statement, notes lower, never one word for all."""

import re

import pytest

from cases.claim_kinds.transfer import Transfer
from cases.models import RevisionBody
from cases.publication.replay import replay
from cases.vocabularies import FAMILIES, ConflictFamily, ConflictKind
from tests.factories import (
    make_capture,
    make_case,
    make_claim,
    make_excerpt,
    make_figure,
    make_source,
    make_transfer,
)
from tests.public.conftest import read, text_of
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db
ALARM = re.compile(r"disput|disagree|sengketa|dipertentangkan", re.IGNORECASE)
# Our own note on the notes says that they are none
DENIAL = "They are no dispute between anybody."


def conflict(subject, claim, kind: str, name: str, *sides, key: str = "c"):
    """A conflict whose sides are (value, excerpt)."""
    words = {"explanation_id": "Begini.", "explanation_en": "Thus."}
    made = subject.conflicts.create(key=key, claim=claim, kind=kind, property=name, **words)
    for position, (value, excerpt) in enumerate(sides):
        made.sides.create(value=value, excerpt=excerpt, position=position)
    return made


@pytest.fixture
def texts():
    """Excerpts of one source in two languages, and one of another source."""
    source = make_source(slug="skripsi", title="Skripsi", authors="A. Penulis", published="2017")
    indonesian = make_excerpt("uang tunai senilai 2.5 milyar", make_capture(source))
    english = make_excerpt("cash bribes", make_capture(source, text="They took cash bribes then."), language="en")
    other = make_source(slug="laporan", title="Laporan", authors="B. Penulis", published="2018")
    return indonesian, english, make_excerpt("Bu Melati", make_capture(other))


def doors(case, claim) -> list[str]:
    excerpt = claim.citations.first().excerpt_id
    paths = [f"/cases/{case.slug}/", f"/claims/{claim.id}/", f"/cases/{case.slug}/v/1/sheet/", f"/excerpts/{excerpt}/"]
    return [f"/en{path}" for path in (*paths, f"/claims/{claim.id}/cite.txt", "/search/?q=Statement", "/cases/")]


def test_two_versions_of_a_text_are_told_apart_by_their_language(client, published, texts):
    case, (indonesian, english, _other) = make_case(claims=0), texts
    claim = make_claim(case, indonesian, lead=1)
    sides = [("teks Indonesia: “uang tunai”", indonesian), ("English text: “cash bribes”", english)]
    conflict(case, claim, "between_languages", "wording", *sides)
    published(case)
    told = "The source is inconsistent: Indonesian text: “uang tunai” · English text: “cash bribes”"
    for path in doors(case, claim)[:4]:
        if path.endswith("/sheet/"):  # both sides stand there under each other
            sheet = text_of(read(client, path))
            assert sheet.index("Indonesian text") < sheet.index("English text") < sheet.index("cash bribes")
            assert "The source is inconsistent. We do not choose between the two." in sheet
        else:
            assert told in text_of(read(client, path)) or "/claims/" in path, path
    page = read(client, f"/en/claims/{claim.id}/")
    assert 'Indonesian text: <span lang="id">“uang tunai”</span>' in page
    assert 'English text: <span lang="en">“cash bribes”</span>' in page
    assert "wording" not in text_of(page), "the readings, not the property"


def test_two_sources_are_told_apart_by_their_names_and_it_is_news_at_the_claim(client, published, texts):
    case, (one, _english, two) = make_case(claims=0), texts
    claim = make_claim(case, one, lead=1)
    conflict(case, claim, "between_sources", "recipient", ("uang tunai", one), ("Bu Melati", two))
    published(case)
    told = "Sources differ: A. Penulis, 2017: “uang tunai” · B. Penulis, 2018: “Bu Melati”"
    for path in (f"/en/cases/{case.slug}/", f"/en/claims/{claim.id}/", f"/en/cases/{case.slug}/v/1/sheet/"):
        assert told in text_of(read(client, path)), path
    page = read(client, f"/en/cases/{case.slug}/")
    article = page.split(f'id="claim-{claim.id}"')[1].split("</article>")[0]
    assert text_of(article.split("<details")[0]).count("Sources differ:") == 1, (
        "at the claim, before its words are opened"
    )
    assert '<section id="differ">' in page
    assert '<section id="notes">' not in page
    assert "· sources differ" in text_of(read(client, "/en/cases/"))


@pytest.mark.parametrize("kind", [kind for kind in ConflictKind.values if FAMILIES[kind] != "sources_differ"])
def test_a_note_on_reading_stands_lower_and_without_alarm(client, published, texts, kind):
    case, (one, english, _two) = make_case(claims=0), texts
    claim = make_claim(case, one, lead=1)
    conflict(case, claim, kind, "wording", ("satu bacaan", one), ("bacaan lain", english))
    published(case)
    label = str(ConflictFamily(FAMILIES[kind]).label)
    family = label[:1].upper() + label[1:]
    page = read(client, f"/en/cases/{case.slug}/")
    article = page.split(f'id="claim-{claim.id}"')[1].split("</article>")[0]
    above, _details, below = article.partition("<details")
    assert family not in text_of(above)
    assert f"{family}: " in text_of(f"<details{below}")
    assert page.index('<section id="notes">') > page.index("</article>")
    assert '<section id="differ">' not in page
    for path in doors(case, claim):
        assert not ALARM.search(text_of(read(client, path)).replace(DENIAL, "")), path
    assert label not in text_of(read(client, "/en/cases/"))
    cited = read(client, f"/en/claims/{claim.id}/cite.txt")
    assert (f"(source says; {label})" in cited) == (FAMILIES[kind] != "identity"), "that names are one is no caveat"


def test_no_family_of_ours_is_ever_told_as_denied(client, published, texts):
    case, (one, english, two) = make_case(claims=0), texts
    claim = make_claim(case, one, lead=1)
    for number, kind in enumerate(ConflictKind.values):
        other = two if kind == "between_sources" else english
        conflict(case, claim, kind, "wording", ("a", one), ("b", other), key=f"c{number}")
    published(case)
    for path in doors(case, claim):
        assert "denied" not in text_of(read(client, path)).casefold(), path


def test_only_words_of_the_source_stand_between_quotation_marks(client, published, texts):
    case, (one, _english, two) = make_case(claims=0), texts
    claim = make_claim(case, one, lead=1)
    conflict(case, claim, "between_sources", "wording", ("uang", one), ("tidak menyebut uang", two))
    conflict(case, claim, "between_sources", "wording", ("mil", one), ("Melati", two), key="d")
    published(case)
    page = text_of(read(client, f"/en/claims/{claim.id}/"))
    assert "A. Penulis, 2017: “uang” · B. Penulis, 2018: tidak menyebut uang" in page
    assert "A. Penulis, 2017: mil · B. Penulis, 2018: “Melati”" in page, "a part of a word is no word"


def test_a_date_is_shown_in_words(client, published, texts):
    case, (one, _english, two) = make_case(claims=0), texts
    claim = make_claim(case, one, lead=1)
    conflict(case, claim, "between_sources", "start", ("2020-02", one), ("akhir tahun 2020", two))
    conflict(case, claim, "between_sources", "end", ("2020-13", one), ("2021", two), key="d")
    published(case)
    told = "A. Penulis, 2017: February 2020 · B. Penulis, 2018: akhir tahun 2020"
    assert told in text_of(read(client, f"/en/claims/{claim.id}/"))
    assert "A. Penulis, 2017: 2020-13" in text_of(read(client, f"/claims/{claim.id}/")), "what is no date stays"
    assert "A. Penulis, 2017: Februari 2020" in text_of(read(client, f"/claims/{claim.id}/"))


class TestNumbers:
    def test_an_amount_on_which_sides_differ_is_shown_as_its_sides_with_its_currency(self, client, published, texts):
        case, (one, _english, two) = make_case(), texts
        claim = make_transfer(case, amount="")
        sides = [("2795000000", one), ("27950000000", two)]
        conflict(case, claim, "between_sources", "transfer.amount", *sides)
        claim.unknowns.all().delete()
        published(case)
        table = text_of(read(client, f"/en/cases/{case.slug}/").split('id="money"')[1].split("</table>")[0])
        told = "A. Penulis, 2017: 2,795,000,000 · B. Penulis, 2018: 27,950,000,000 (sources differ)"
        assert told in table
        assert "not stated" not in table.replace("nature not stated", "")
        facts = read(client, f"/en/claims/{claim.id}/").split("<dt>Amount</dt>")[1].split("</dd>")[0]
        assert told in text_of(facts)
        assert "A. Penulis, 2017: 2.795.000.000" in text_of(read(client, f"/claims/{claim.id}/"))

    def test_the_currency_on_which_they_do_not_differ_stays(self, client, published, texts):
        case, (one, _english, two) = make_case(), texts
        claim = make_transfer(case, amount="")
        conflict(case, claim, "between_sources", "transfer.amount", ("2795000000", one), ("27950000000", two))
        claim.unknowns.all().delete()
        published(case)
        with triggers_off():
            for body in RevisionBody.objects.filter(revision__object_id=case.pk):
                RevisionBody.objects.filter(pk=body.pk).update(
                    document=body.document.replace('"currency":null', '"currency":"IDR"')
                )
        replay()
        page = text_of(read(client, f"/en/cases/{case.slug}/").split('id="money"')[1].split("</table>")[0])
        assert "A. Penulis, 2017: IDR 2,795,000,000 · B. Penulis, 2018: IDR 27,950,000,000" in page
        facts = read(client, f"/en/claims/{claim.id}/").split("<dt>Amount</dt>")[1].split("</dd>")[0]
        assert text_of(facts).startswith("A. Penulis, 2017: IDR 2,795,000,000")

    def test_a_figure_on_which_sides_differ_is_shown_as_its_sides(self, client, published, texts):
        case, (one, _english, two) = make_case(), texts
        claim = make_figure(case, value="")
        conflict(case, claim, "between_sources", "figure.value", ("1409", one), ("1500", two))
        published(case)
        facts = text_of(read(client, f"/en/claims/{claim.id}/").split("<dt>Figure</dt>")[1].split("</dd>")[0])
        assert facts == "Complaints: A. Penulis, 2017: 1,409 · B. Penulis, 2018: 1,500 (sources differ) complaints"

    def test_an_amount_that_we_could_not_know_is_not_called_unstated(self, client, published):
        case, held_in_part = make_case(), make_excerpt(capture=make_capture(extent_id="Bab I saja", extent_en="Ch. I"))
        claim = make_claim(case, held_in_part, kind="transfer", parties=[("recipient", "calon patron")])
        Transfer.objects.create(claim=claim, kind="payment")
        for name in ("amount", "payer", "start"):
            claim.unknowns.create(subject=case, property=name, reason="not_in_our_copy")
        published(case)
        table = text_of(read(client, f"/en/cases/{case.slug}/").split('id="money"')[1].split("</table>")[0])
        assert "not in the part we hold" in table
        assert "not stated" not in table


class TestUnknowns:
    def unknown(self, client, published, reason: str, name: str = "amount", **fields) -> str:
        case = make_case()
        claim = case.claims.get()
        claim.unknowns.create(subject=case, property=name, reason=reason, **fields)
        published(case)
        return read(client, f"/en/claims/{claim.id}/")

    def test_what_we_have_not_looked_for_says_what_not_to_conclude(self, client, published):
        page = text_of(self.unknown(client, published, "not_searched"))
        assert "We have not looked; do not conclude that there is none: amount" in page

    def test_a_search_says_where_and_when(self, client, published):
        note = {"note_id": "LPSE Kota Contoh", "note_en": "the procurement site of Kota Contoh"}
        page = text_of(self.unknown(client, published, "searched_not_found", searched_on="2026-11-02", **note))
        assert "Searched for, not found: amount (the procurement site of Kota Contoh, 2 November 2026)" in page

    @pytest.mark.parametrize("reason", ["refused", "asked_no_answer", "none_exists"])
    def test_what_rests_on_words_opens_them(self, client, published, reason):
        excerpt = make_excerpt("Bu Melati")
        page = self.unknown(client, published, reason, excerpt=excerpt)
        assert f'amount (<a href="/en/excerpts/{excerpt.id}/">the exact words</a>)' in page
        used = text_of(read(client, f"/en/excerpts/{excerpt.id}/")).split("What rests on it")[1]
        assert re.search(": amount", used.split("How to check")[0])

    def test_whoever_is_accused_criticised_or_measuring_is_asked_for_in_a_sentence(self, client, published):
        for name, said in (
            ("accused", "who is said to have done this"),
            ("criticised", "who is criticised"),
            ("measurer", "who measured it"),
            ("recipient", "recipient"),
        ):
            assert f"The source does not say: {said}" in text_of(self.unknown(client, published, "not_in_source", name))
