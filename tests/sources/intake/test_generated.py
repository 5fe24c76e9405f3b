"""PDFs made up by a seed: real sentences are true, and no words that no page holds are."""

from collections import Counter

import pytest

from sources.intake.pdf import extract

from .finding import Text
from .generated import make


def count(seeds: range) -> tuple[Counter[str], Counter[str], list[str]]:
    """States of sentences and of table rows, and the wrong words that were accepted as true."""
    sentences, rows, accepted, tried = Counter(), Counter(), [], 0
    for seed in seeds:
        made = make(seed)
        text = Text(extract(made.data))
        sentences.update(map(text.best, made.sentences))
        rows.update(map(text.best, made.table_rows))
        accepted += [f"{seed}: {words}" for words in made.wrong if text.best(words) == "true"]
        tried += len(made.wrong)
    print(f"\nsentences {dict(sentences)}; table rows {dict(rows)}; wrong words {len(accepted)} of {tried} true")
    return sentences, rows, accepted


def test_thirty_made_up_pdfs_say_what_they_hold():
    sentences, rows, accepted = count(range(1, 31))
    assert not accepted
    assert sentences["true"] >= 0.98 * sentences.total()
    assert rows["true"] <= 0.02 * rows.total()


@pytest.mark.drill
def test_five_hundred_made_up_pdfs_say_what_they_hold():
    sentences, rows, accepted = count(range(1, 501))
    assert not accepted
    assert sentences["true"] >= 0.98 * sentences.total()
    assert rows["true"] <= 0.02 * rows.total()
