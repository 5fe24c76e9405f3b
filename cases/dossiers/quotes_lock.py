"""`fixtures/quotes.lock`: what a full check against the documents found, for clones that do not hold them."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sources.quotes import Found

LOCK_NAME = "quotes.lock"


@dataclass(frozen=True)
class Quote:
    """Words of a capture with their place and context."""

    source: str
    text_sha256: str
    exact: str
    found: Found

    @property
    def place(self) -> str:
        return f"{self.found.start}-{self.found.end}"

    @property
    def words_sha256(self) -> str:
        return hashlib.sha256(self.exact.encode()).hexdigest()[:16]


def write(path: Path, quotes: list[Quote]) -> None:
    """Per source: the text's SHA-256, one hash over all its quotes, and the context of each."""
    lock: dict[str, Any] = {}
    for source in sorted({quote.source for quote in quotes}):
        rows = {q.place: q for q in sorted(quotes, key=lambda q: (q.found.start, q.found.end)) if q.source == source}
        lock[source] = {
            "text_sha256": next(iter(rows.values())).text_sha256,
            "quotes_sha256": quotes_sha256(list(rows.values())),
            "quotes": {place: [q.words_sha256, q.found.prefix, q.found.suffix] for place, q in rows.items()},
        }
    path.write_text(json.dumps(lock, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def quotes_sha256(quotes: list[Quote]) -> str:
    """One hash over start, end, exact, prefix and suffix of every quote of a source, in order."""
    rows = sorted([q.found.start, q.found.end, q.exact, q.found.prefix, q.found.suffix] for q in quotes)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


class Lock:
    """The lock as read. Raises OSError or ValueError when it is missing or not of the form that `write` gives it."""

    def __init__(self, path: Path) -> None:
        self.sources: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        rows = self.sources.values() if isinstance(self.sources, dict) else [None]
        if not all(isinstance(row, dict) and isinstance(row.get("quotes"), dict) for row in rows):
            raise ValueError("not a map of sources with their quotes")

    def find(self, source: str, text_sha256: str, exact: str, start: int) -> Found:
        """Return the locked place of these words. Raises ValueError with a sentence when the lock lacks them."""
        locked = self.sources.get(source, {})
        if locked.get("text_sha256") != text_sha256:
            raise ValueError("the text of this source is not the one in quotes.lock.")
        row = locked["quotes"].get(f"{start}-{start + len(exact)}")
        digest = hashlib.sha256(exact.encode()).hexdigest()[:16]
        if row is None or row[0] != digest:
            raise ValueError(
                "these words are not in quotes.lock at this place. "
                "Check them with: manage.py verify --documents DIR --lock"
            )
        return Found(start, start + len(exact), row[1], row[2])

    def differs(self, source: str, quotes: list[Quote]) -> bool:
        """Whether the quotes of a source, taken together, are not those that were checked."""
        return bool(self.sources.get(source, {}).get("quotes_sha256") != quotes_sha256(quotes))
