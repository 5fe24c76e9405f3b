"""What the desk's private indexes share: a folder that several processes use, of which one writes at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cases.search.index.index_document import IndexDocument


@contextmanager
def writer_lock(folder: Path, flags: int = 0) -> Iterator[None]:
    """Be the one writer, waiting for another or, by LOCK_NB, refusing with an OSError. The system frees it at exit."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | flags)
        yield


def document(key: str, exact: list[str], facets: dict[str, list[str]], **words: str) -> IndexDocument:
    """Return a row with these words by field, and nothing in the others."""
    nothing = dict.fromkeys(("name", "said", "quote", "cited", "author", "party", "head", "body"), "")
    return IndexDocument(id=key, seq=0, date=0, exact=exact, facets=facets, **nothing | words)
