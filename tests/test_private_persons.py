"""No public byte holds the name of a resident of document 004. The names are read from the document itself."""

import io
import re
from collections.abc import Iterator
from itertools import product, zip_longest
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from cases.documents.kinds import FOLDERS
from cases.dossiers.load import check, dossier_files, save
from cases.models import Draft, Record, RecordClaim, RecordExcerpt, RecordLink, Revision, RevisionBody
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from cases.publication.publish import publish
from sources import quotes
from sources.captures import text_of
from sources.models import Capture, Excerpt, ExcerptTranslation
from tests.doors import routes
from tests.factories import both, make_case, make_claim, make_public

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parent.parent / "fixtures"
FILE = re.compile(r"^004_")


@pytest.fixture
def capture(documents, curator, settings) -> Capture:
    """The copy of document 004 with its private spans, as the dossiers give it."""
    settings.CASEDB_DOCUMENTS = str(documents)
    files = {name: text for name, text in dossier_files(FIXTURES).items() if name.startswith("sources/")}
    save(check(files, documents=documents), by={"desk": curator, "": curator}, origin=Draft.Origin.IMPORT)
    return next(c for c in Capture.objects.all() if FILE.match(c.file_name))


NAME = re.compile(r"(?:Ibu|Bapak|Bu|Pak) ([A-Z][a-z]+)")
"""A resident as the document names one. A hidden stretch may hold more: what would give the person away."""


def names_in(capture: Capture) -> set[str]:
    """Each hidden stretch, and the names of residents in it with and without their honorifics."""
    text = text_of(capture)
    hidden = {text[start:end] for start, end in capture.private}
    named = [match for stretch in hidden for match in NAME.finditer(stretch)]
    return hidden | {match.group() for match in named} | {match.group(1) for match in named}


def excerpts_beside(capture: Capture) -> list[Excerpt]:
    """The words right before and right after every hidden stretch, as close as one may quote."""
    text, made = text_of(capture), []
    for start, end in capture.private:
        for left, right in ((start - 60, start), (end, end + 60)):
            found = quotes.find(text, text[left:right], at=left, private=[])
            if quotes.touches(left, right, capture.private):
                continue
            found = quotes.find(text, text[left:right], at=left, private=capture.private)
            made.append(
                Excerpt.objects.create(
                    capture=capture,
                    exact=text[left:right],
                    start=left,
                    end=right,
                    prefix=found.prefix,
                    suffix=found.suffix,
                )
            )
    return made


def told(response: HttpResponse) -> str:
    """What an answer says: its text; of a picture what it says of itself, for its pixels hold three letters by chance.

    A card draws the sentence of a claim and who says it, which the tables of the record hold.
    """
    if response["Content-Type"] == "image/png":
        return str(Image.open(io.BytesIO(response.getvalue())).info)
    return response.getvalue().decode(errors="replace")  # the SQLite export is no text


def addresses() -> Iterator[str]:
    """Every public route with everything that the record holds in it, in both languages; lists also with documents."""
    known: dict[str, list[str]] = {
        "claim_id": [str(claim) for claim in RecordClaim.objects.values_list("object_id", flat=True)],
        "excerpt_id": [str(excerpt) for excerpt in RecordExcerpt.objects.values_list("object_id", flat=True)],
        "section": ["1"],
        "seq": [str(seq) for seq in Revision.objects.values_list("seq", flat=True)],
        "code": ["cctv"],
        "kind": list(FOLDERS),
        "number": ["1"],
        "version": ["1", "2"],
        "reference": ["00000000-0000-4000-8000-000000000000"],  # a report of nobody
        "token": ["A" * 43],  # of nobody's subscription
        "form": ["txt"],  # the other two hold the same words
    }
    for route in routes():
        folder = route.removeprefix("api/v1/").split("/")[0]
        kind = {folder: kind for kind, folder in FOLDERS.items()}.get(folder)
        slugs = list(Record.objects.filter(kind=kind).values_list("slug", flat=True))
        parameters = re.findall(r"<(?:\w+:)?(\w+)>", route)
        for values in product(*((known | {"slug": slugs, "name": slugs})[name] for name in parameters)):
            parts = zip_longest(re.split(r"<[^>]+>", route), values, fillvalue="")
            filled = "".join(part + value for part, value in parts)
            yield f"/{filled}"
            if not filled.startswith("api/"):
                yield f"/en/{filled}"
            elif kind and not parameters:
                yield f"/{filled}?include=document&limit=50"


def holds(text: str, names: set[str]) -> bool:
    return any(quotes.occurrences(text, name) for name in names)


def test_every_place_of_a_hidden_name_is_hidden(capture):
    text = text_of(capture)
    assert capture.private
    for start, end in capture.private:
        for place in quotes.occurrences(text, text[start:end]):
            assert place in capture.private, "a second place of the same name is not marked"


def test_no_public_byte_holds_the_name_of_a_resident(capture, curator, reviewer):
    names = names_in(capture)
    assert len(names) >= 8
    case = make_case()
    beside = excerpts_beside(capture)
    assert len(beside) >= 6
    for excerpt in beside:
        make_claim(case, excerpt)
    make_public(case, by=curator, reviewer=reviewer)
    assert list(verify()) == []
    for model in (RevisionBody, Revision, Record, RecordClaim, RecordExcerpt, RecordLink):
        for row in model.objects.all():
            for field in row._meta.concrete_fields:
                assert not holds(str(getattr(row, field.attname)), names), f"{model.__name__}.{field.name}"
    client, seen = Client(raise_request_exception=False), 0
    for door in addresses():
        response = client.get(door)
        body = told(response) + str(response.headers)
        assert not holds(body, names), door
        assert response.status_code < 500, door
        seen += response.status_code == 200
    assert seen > 40


def test_the_scan_would_find_a_name_that_slipped_through(capture, curator, reviewer):
    """The control: an excerpt that was made before its span was marked, in every table that quotes it."""
    spans = [(span.start, span.end) for span in capture.private_spans.all()]
    names = names_in(capture)
    capture.private_spans.all().delete()
    text = text_of(capture)
    start = next(start for start, end in spans if NAME.match(text[start:end]))
    found = quotes.find(text, text[start - 20 : start], at=start - 20)
    case = make_case()
    make_claim(
        case,
        Excerpt.objects.create(
            capture=capture,
            exact=text[start - 20 : start],
            start=start - 20,
            end=start,
            prefix=found.prefix,
            suffix=found.suffix,
        ),
    )
    make_public(case, by=curator, reviewer=reviewer)
    assert any(holds(body.document, names) for body in RevisionBody.objects.all())
    for left, right in spans:
        capture.private_spans.create(start=left, end=right)
    assert any("touches a private span" in fault for fault in verify())


@pytest.mark.parametrize("where", ["statement", "translation", "title"])
def test_a_name_in_our_own_words_is_not_published(capture, curator, reviewer, where):
    text = text_of(capture)
    name = text[slice(*capture.private[0])]
    case, excerpt = make_case(), excerpts_beside(capture)[1]
    claim = make_claim(case, excerpt)
    if where == "statement":
        claim.statement_en = f"{name} said so."
        claim.save()
    elif where == "title":
        case.title_id = f"Kasus {name}"
        case.save()
    else:
        ExcerptTranslation.objects.create(excerpt=excerpt, language="en", by="curator", text=f"{name} said so.")
    with pytest.raises(NotPublishableError) as caught:
        make_public(case, by=curator, reviewer=reviewer)
    assert "the name of a private person" in str(caught.value)
    assert not Revision.objects.exists()


def test_the_names_stand_nowhere_in_the_repository(capture):
    names = {name for name in names_in(capture) if " " in name and not re.search(r"\d", name)}
    root = FIXTURES.parent
    paths = [
        path
        for folder in ("fixtures", "tests", "cases", "sources", "casedb", "docs", "templates", "static", "locale")
        for path in (root / folder).rglob("*")
        if path.suffix in (".py", ".yaml", ".lock", ".md", ".html", ".po", ".txt", ".json", ".js", ".css")
    ]
    assert paths
    assert not [path for path in paths if holds(path.read_text(encoding="utf-8"), names)]


def test_publishing_around_the_names_is_possible(capture, curator, reviewer):
    """Otherwise the tests above would show nothing."""
    case = make_case()
    make_claim(case, excerpts_beside(capture)[0])
    assert publish(
        [case, case.claims.first().said_by_source, capture.source], by=curator, reviewer=reviewer, reason=both("Terbit")
    )
