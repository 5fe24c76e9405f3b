"""A synthetic record of any size, the same for the same seed: documents of about 4 kB in the shape of published ones.

Word frequencies follow Zipf's law over Indonesian-looking and English-looking words; a few real words are planted at
known frequencies, so that rare, medium and very common searches mean the same at every size.
"""

import json
import random
import uuid
from collections.abc import Iterator
from itertools import islice
from typing import Any

SYLLABLES = [c + v for c in "bdgjklmnprstw" for v in "aiu"] + ["an", "me", "nya"]
PREFIXES, SUFFIXES = ("", "", "", "me", "di", "ber", "pe", "ter"), ("", "", "", "kan", "an", "i", "nya")
ENGLISH = ["er", "ing", "ed", "ion", "ment", "al", "ly", "ness", "ous", "ive"]
PLANTED = {"kota": 0.6, "proyek": 0.3, "pengadaan": 0.22, "kamera": 0.02, "hibah": 0.01, "terowongan": 0.0003}
"""Real words and the share of documents that hold each."""
STANDINGS = ("stated", "stated", "stated", "alleged", "potential", "decided")
KINDS = ("case", "collaboration", "actor", "system")
PLACES, TOPICS, SOURCES = 60, 30, 500
NAMESPACE = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")


class Corpus:
    """`documents(n)` yields the documents numbered from 0; the same for every run."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.indonesian = [self._word("id") for _ in range(30_000)]
        self.english = [self._word("en") for _ in range(20_000)]
        self.weights = [1 / (rank + 10) for rank in range(30_000)]
        self._drawn = {language: self._draw(language) for language in ("id", "en")}

    def _word(self, language: str) -> str:
        root = "".join(self.chance.choices(SYLLABLES, k=self.chance.choice((2, 2, 3))))
        if language == "en":
            return root + self.chance.choice(ENGLISH)
        return self.chance.choice(PREFIXES) + root + self.chance.choice(SUFFIXES)

    def _draw(self, language: str) -> Iterator[str]:
        """Words of the language without end; drawn in bulk, because drawing one by one would take most of the time."""
        words = self.indonesian if language == "id" else self.english
        while True:
            yield from self.chance.choices(words, self.weights[: len(words)], k=200_000)

    def _words(self, language: str, count: int) -> list[str]:
        return list(islice(self._drawn[language], count))

    def documents(self, count: int) -> Iterator[dict[str, Any]]:
        for number in range(count):
            yield self._document(number)

    def _document(self, number: int) -> dict[str, Any]:
        chance = self.chance
        kind = KINDS[number % len(KINDS)]
        key = str(uuid.uuid5(NAMESPACE, f"{kind}/{number}"))
        place = {"id": str(uuid.uuid5(NAMESPACE, f"place/{number % PLACES}")), "slug": f"kota-{number % PLACES}"}
        place |= {
            "kind": "place",
            "path": f"/places/{place['slug']}/",
            "title": {"id": place["slug"], "en": place["slug"]},
        }
        source_slug = f"sumber-{chance.randrange(SOURCES)}"
        planted = [word for word, share in PLANTED.items() if chance.random() < share]
        claims, excerpts = [], []
        for position in range(3):
            claim_id = str(uuid.uuid5(NAMESPACE, f"claim/{number}/{position}"))
            excerpt_id = str(uuid.uuid5(NAMESPACE, f"excerpt/{number}/{position}"))
            said = self._words("id", 14) + (planted if position == 0 else [])
            chance.shuffle(said)
            exact = " ".join([*said[:9], *self._words("id", 14)])
            claims.append(
                {
                    "id": claim_id,
                    "path": f"/claims/{claim_id}/",
                    "kind": "description",
                    "aspect": None,
                    "standing": chance.choice(STANDINGS),
                    "statement": {
                        "id": " ".join(said).capitalize() + ".",
                        "en": " ".join(self._words("en", 16)).capitalize() + ".",
                    },
                    "said_by": {"source": source_slug},
                    "relayed_by": [],
                    "parties": [{"part": "named", "who": None, "as_stated": said[0]}],
                    "places": [place],
                    "topics": [f"topic-{chance.randrange(TOPICS)}"],
                    "start": str(2000 + chance.randrange(26)) if position == 0 else None,
                    "end": None,
                    "date_as_stated": None,
                    "ongoing_when_written": False,
                    "citations": [{"excerpt": excerpt_id, "relation": "supports"}],
                    "conflicts": [],
                    "unknowns": [],
                }
            )
            excerpts.append(
                {
                    "id": excerpt_id,
                    "path": f"/excerpts/{excerpt_id}/",
                    "source": source_slug,
                    "text_sha256": "0" * 64,
                    "exact": exact,
                    "start": position * 400,
                    "end": position * 400 + len(exact),
                    "prefix": "",
                    "suffix": "",
                    "language": "id",
                    "translation": {},
                    "locator": {"id": f"hlm. {position + 1}", "en": f"p. {position + 1}"},
                }
            )
        title = " ".join(self._words("id", 4)).capitalize()
        slug = f"{kind}-{number}"
        sort = {"actor": {"actor_kind": "company"}, "system": {"system_kind": "app"}}.get(kind, {})
        return sort | {
            "$schema": f"/schemas/{kind}/2.json",
            "kind": kind,
            "id": key,
            "slug": slug,
            "path": f"/{kind}s/{slug}/",
            "title": {"id": f"{title} {number}", "en": f"{title} {number}"},
            "lead": [claims[0]["id"]],
            "aliases": [],
            "places": [place],
            "topics": [f"topic-{chance.randrange(TOPICS)}"],
            "period": {"start": None, "end": None},
            "claims": claims,
            "excerpts": excerpts,
            "sources": [
                {
                    "id": str(uuid.uuid5(NAMESPACE, f"source/{source_slug}")),
                    "kind": "source",
                    "slug": source_slug,
                    "path": f"/sources/{source_slug}/",
                    "title": f"Laporan {source_slug}",
                    "title_given": None,
                    "source_kind": "thesis",
                    "authors": ["Penulis"],
                    "institution": None,
                    "publisher": None,
                    "published": "2022",
                    "language": "id",
                    "url": None,
                    "extent": None,
                    "known_through": [],
                }
            ],
            "conflicts": [],
            "unknowns": [],
            "responses": [],
            "version": {
                "number": 1,
                "recorded_at": "2026-11-01T00:00:00.000000Z",
                "action": "publish",
                "reason": {"id": "Terbit", "en": "Published"},
                "reason_code": None,
            },
            "license": "CC-BY-4.0",
        }


def compact(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
