"""The queries of `make bench-search`, by class, of words of the synthetic record."""

from dataclasses import dataclass

from tests.bench.corpus import Corpus


@dataclass(frozen=True)
class QueryClass:
    """Queries of one kind: what our search must say of the answer to each, and the share of documents it must find."""

    name: str
    queries: tuple[str, ...]
    matched: str = "all"
    found: tuple[float, float] = (0, 1)
    has_budget: bool = True
    # At a million documents too
    has_ratio_budget: bool = False

    @property
    def narrowed(self) -> bool:
        return self.name == "filtered"

    @property
    def relaxed(self) -> bool:
        return self.matched == "most"


def nonsense(count: int) -> str:
    """Return words that the record lacks, each too far from any for a correction, each beginning like many."""
    words = dict.fromkeys(word[:5] for word in Corpus().indonesian[:200] if len(word) > 6)
    return " ".join(f"{word}xqz" for word in list(words)[:count])


CLASSES = (
    QueryClass("rare", ("terowongan",), found=(0, 0.002)),
    QueryClass("medium", ("kamera", "hibah"), found=(0.005, 0.05)),
    QueryClass("very common", ("kota", "proyek", "pengadaan"), found=(0.2, 1), has_ratio_budget=True),
    QueryClass("two words", ("kota proyek", "proyek pengadaan"), found=(0.05, 0.5), has_ratio_budget=True),
    QueryClass("prefix", ("terow*", "kamer*"), found=(0, 0.05)),
    QueryClass("filtered", ("kota", "proyek"), found=(0.001, 0.05)),
    QueryClass("phrase", ('"kota proyek"', '"proyek kota"'), found=(0.001, 0.05), has_ratio_budget=True),
    QueryClass(
        "four to eight words",
        (
            "kota proyek pengadaan diwi",
            "kota proyek pengadaan nuta berdikikan diwi",
            "kota proyek pengadaan nuta pedabikan terkuri berdikikan diwi",
        ),
        found=(1e-7, 0.05),
        has_budget=False,
    ),
    QueryClass(
        "relaxed",
        (
            "kota proyek kamera hibah terowongan",
            "kota proyek pengadaan kamera hibah terowongan",
            "nuta kota proyek pengadaan pedabikan kamera hibah terowongan",
        ),
        matched="most",
        has_budget=False,
    ),
    QueryClass("three misspelt", ("pengdaaan poryek kamrea",), has_budget=False),
    QueryClass("24 unknown words", (nonsense(24),), matched="none", found=(0, 0), has_budget=False),
)
