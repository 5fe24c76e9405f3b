"""Words that a later version may write into a document are indexed, found and shown like any other; nothing raises."""

import json
from functools import partial

import pytest

from cases.documents.types import parse_document
from cases.models import Record, RevisionBody
from cases.search.highlight import Highlighter, WordForm
from cases.search.index.engine import everything
from cases.search.index.index_document import index_document
from cases.search.matches import Matcher
from cases.search.query.compiled import Group
from tests.factories import make_case, make_claim, make_excerpt, make_transfer

pytestmark = pytest.mark.django_db
CLOSED = ("kind", "aspect", "standing", "part", "relation", "language", "property", "source_kind", "actor_kind")


def with_unknown_words(value, changed, key=""):
    """Return the same JSON with every word under the keys `changed` replaced by one that nobody knows."""
    again = partial(with_unknown_words, changed=changed)
    if isinstance(value, dict):
        return {name: again(each, key=name) for name, each in value.items()}
    if isinstance(value, list):
        return [again(each, key=key) for each in value]
    if key == "topics" or (key in changed and isinstance(value, str)):
        return "zaman-baru"
    return value


@pytest.fixture
def documents(published):
    case = make_case("Perkara lampu")
    make_transfer(case)
    make_claim(case, make_excerpt("bekerja sama dengan PT Misal"), statement_id="Lampu padam.", topics=["cctv"])
    published(case)
    current = Record.objects.current().values("since_seq")
    return [json.loads(text) for text in RevisionBody.objects.filter(pk__in=current).values_list("document", flat=True)]


@pytest.mark.parametrize("changed", [*([word] for word in CLOSED), CLOSED], ids="-".join)
def test_an_unknown_word_is_indexed_and_shown(documents, changed):
    groups = [
        Group(word, everything(), [WordForm((word,), kind) for kind in ("exact", "stem")], 1.0, True, True)
        for word in ("lampu", "bekerja")
    ]
    highlighter = Highlighter([group.forms for group in groups])
    filters = [(name, frozenset(["zaman-baru"])) for name in ("kind", "standing", "place", "topic", "source")]
    titles = []
    for document in documents:
        for excerpt in document.get("excerpts", []):
            excerpt["translation"]["zaman-baru"] = {"text": "Lampu dipateni.", "by": "zaman-baru"}
        later = parse_document(json.dumps(with_unknown_words(document, changed)))
        indexed = index_document(later, 1)
        assert indexed.name
        assert indexed.facets["kind"] == [later.kind]
        for language in ("id", "en"):
            match = Matcher(later, highlighter, groups, language, [*filters, ("year", frozenset(["2022"]))]).match()
            titles.append("".join(fragment.text for fragment in match.title if fragment.marked))
    assert "lampu" in titles
