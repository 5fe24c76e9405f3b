"""What was probably meant by an unknown word: a word of the record, found without looking through them all."""

import random
from pathlib import Path
from typing import Any

import pytest

from cases.publication.acts import withdraw
from cases.publication.publish import publish
from cases.publication.redact import redact
from cases.search.index import index_files, sync
from cases.search.index.word_index import FOLDER, MAX_CANDIDATES, WordIndex, is_word
from tests.factories import both, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(settings, tmp_path) -> Path:
    settings.CASEDB_SEARCH_DIR = tmp_path / "search"
    return tmp_path / "search"


def near(word: str, limit: int = 3) -> list[str]:
    reader = sync.searchable_index().reader
    assert reader
    return reader.nearest_words(word, limit)


def rename(case: Any, title: str) -> Any:
    case.title_id = case.title_en = title
    case.save()
    return case


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gratifikazi", "gratifikasi"),
        ("ratifikasi", "gratifikasi"),  # the first letter is missing
        ("kratifikasi", "gratifikasi"),  # or another
        ("gratifiaksi", "gratifikasi"),  # two letters swapped are one difference
        ("grtifikas", "gratifikasi"),  # two differences, in a long word
        ("wicksana", "wicaksana"),
        ("wijaa", "wijaya"),
    ],
)
def test_a_mistyped_word_leads_to_the_word_of_the_record(root, published, typed, meant):
    published(make_case("Gratifikasi Wicaksana Wijaya"))
    assert near(typed)[0] == meant


@pytest.mark.parametrize(
    "typed", ["waiaa", "ewo", "gra", "gratifikasi", "kamera2", "2019", "", "g" * 300, "gr*", "🙂🙂🙂🙂🙂"]
)
def test_what_is_too_short_too_far_no_word_or_right_already_leads_nowhere(root, published, typed):
    published(make_case("Gratifikasi Wicaksana Wijaya ewe"))
    assert near(typed) == []


def test_the_nearest_come_first_then_those_with_the_same_first_letter_then_the_most_frequent(tmp_path):
    words = WordIndex(tmp_path / "words")
    at_one = {"xengadaan": 9000, "pengadaax": 1, "pengadaay": 7}
    at_two = {"xengadaxn": 9000, "pengadaxx": 5, "pengadaxy": 800}
    words.add(at_one | at_two | {"pengadilan": 3})
    order = ["pengadaay", "pengadaax", "xengadaan", "pengadaxy", "pengadaxx", "pengadilan", "xengadaxn"]
    assert words.nearest("pengadaan", lambda word: True, 10) == order
    assert words.nearest("pengadaan", lambda word: word not in ("pengadaay", "pengadaxy"), 3) == [
        "pengadaax",
        "xengadaan",
        "pengadaxx",
    ]


def test_a_word_that_is_there_is_not_added_again(tmp_path):
    words = WordIndex(tmp_path / "words")
    words.add({"korupsi": 4})
    words.add({"korupsi": 5, "suap": 1, "2019": 3, "ini": 9})
    assert words._searcher.num_docs == 2


def test_words_of_names_statements_and_quotes_are_known_and_numbers_are_not(seeded, root):
    sync.rebuild()
    reader = sync.searchable_index().reader
    assert reader
    words = reader.word_frequencies()
    held = WordIndex(root / str(index_files.current_state().folder) / FOLDER)
    assert {word for word in words if is_word(word)} == {
        word for word in words if held._searcher.doc_freq("word", word)
    }
    assert held._searcher.num_docs == sum(map(is_word, words)) > 1000


def test_a_word_that_was_published_since_is_offered_and_one_that_went_is_not(root, published, curator, reviewer):
    other = make_case("Perkara hadiningrat")
    published(make_case("Perkara wicaksana"))
    assert near("wicksana") == ["wicaksana"]
    published(other)
    assert near("hadinigrat") == ["hadiningrat"]
    published(rename(other, "Perkara kusumawardhani"))
    assert (near("hadinigrat"), near("kusumawardani")) == ([], ["kusumawardhani"])
    publish([withdraw(other, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    assert near("kusumawardani") == []
    assert near("wicksana") == ["wicaksana"]


def test_an_erased_word_is_not_among_the_words_any_more(root, published, curator, reviewer):
    case = make_case("Perkara wicaksana")
    published(case)
    assert near("wicksana") == ["wicaksana"]
    people = {"by": curator, "reviewer": reviewer, "reason": both("Putusan pengadilan")}
    redact("wicaksana", first=[rename(case, "Perkara tanpa nama")], reason_code="court_order", **people)
    assert near("wicksana") == []
    held = [WordIndex(folder)._searcher for folder in root.glob(f"*/{FOLDER}")]
    assert [(words.doc_freq("word", "wicaksana"), words.doc_freq("word", "tanpa")) for words in held] == [(0, 1)]


class Counting:
    """An engine's searcher that counts what it is asked."""

    def __init__(self, searcher: Any) -> None:
        self.searcher, self.queries = searcher, 0

    def search(self, *given: Any, **more: Any) -> Any:
        self.queries += 1
        return self.searcher.search(*given, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.searcher, name)


@pytest.mark.parametrize("size", [100, 20_000])
def test_a_lookup_costs_two_queries_whatever_the_size_of_the_vocabulary(tmp_path, size):
    chance = random.Random(size)
    words = WordIndex(tmp_path / "words")
    words.add({"pengad" + "".join(chance.choices("aeilnr", k=6)): 1 for _number in range(size)})
    words._searcher = counting = Counting(words._searcher)
    looked_up: list[str] = []
    for typed in ("pengadaralan", "xyzwvutsr"):
        counting.queries = 0
        looked_up.clear()
        words.nearest(typed, lambda word: bool(looked_up.append(word)), 3)
        assert counting.queries == 2
        assert len(looked_up) <= 2 * MAX_CANDIDATES
    words.nearest("peng", lambda word: False, 3)
    assert counting.queries == 3
