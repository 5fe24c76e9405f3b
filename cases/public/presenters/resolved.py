"""A stored document opened for reading: its own references (excerpts, sources, conflicts, unknowns) put in their place.

Nothing is computed that the document does not hold, and nothing is fetched.
"""

from collections import defaultdict
from typing import Any

from cases.claim_kinds.stage import RULINGS, StageWord
from cases.documents.canonical import Document

from .subject_page import CHARGED_PARTS, arranged, replies

DETAILS = ("transfer", "figure", "stage")


class Opened:
    """The references of one document by name, so that each is looked up once however often it is used."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sources: dict[str, Document] = {source["slug"]: source for source in document.get("sources", [])}
        self.excerpts = {e["id"]: e | {"from": self.sources[e["source"]]} for e in document.get("excerpts", [])}
        self.parties = {claim["id"]: claim["parties"] for claim in document.get("claims", [])}
        self.conflicts = [self._conflict(conflict) for conflict in document.get("conflicts", [])]
        self.disputes = _by_claim(self.conflicts)
        self.silences = _by_claim([self._silence(unknown) for unknown in document.get("unknowns", [])])

    def _silence(self, unknown: Document) -> Document:
        """Whether what is not known is only who somebody is, whom the claim does describe (“calon patron”)."""
        parties = self.parties.get(unknown["claim"], [])
        described = any(p["part"] == unknown["property"] and p["as_stated"] and not p["who"] for p in parties)
        return unknown | {"described": described}

    def claim(self, claim: Document) -> Document:
        detail = next((name for name in DETAILS if claim.get(name)), None)
        dated = any(claim[name] for name in ("start", "end", "date_as_stated", "ongoing_when_written"))
        return claim | {
            "detail": detail,
            "dated": dated,
            "has_facts": dated or bool(detail or claim["parties"]),
            "speaker_source": self.sources.get(claim["said_by"].get("source")),
            "relays": [self.sources[slug] for slug in claim["relayed_by"]],
            "sides": _by_part(claim["parties"]),
            "quotes": [self.excerpts[c["excerpt"]] | {"relation": c["relation"]} for c in claim["citations"]],
            "disputes": self.disputes[claim["id"]],
            "silences": self.silences[claim["id"]],
            "not_final": detail == "stage" and _not_final(claim, self.document),
        }

    def _conflict(self, conflict: Document) -> Document:
        sides = [side | {"quote": self.excerpts[side["excerpt"]]} for side in conflict["sides"]]
        return conflict | {"sides": sides}

    def response(self, response: Document, claims: dict[str, Document]) -> Document:
        return response | {
            "quotes": [self.excerpts[excerpt] for excerpt in response["excerpts"]],
            "answers": [claims[claim] for claim in response["claims"]],
        }


def opened(document: Document) -> Document:
    """The document with its claims opened and arranged in the order in which a reader asks."""
    references = Opened(document)
    claims = {claim["id"]: references.claim(claim) for claim in document.get("claims", [])}
    whole = document | {
        "open_claims": claims,
        "open_conflicts": [c | {"of": claims.get(c["claim"])} for c in references.conflicts],
        "own_unknowns": references.silences[None],
        "open_aliases": [a | {"quote": references.excerpts[a["excerpt"]]} for a in document.get("aliases", [])],
        "open_responses": [references.response(each, claims) for each in document.get("responses", [])],
    }
    return whole | arranged(whole) if "claims" in document else whole  # neither a source nor a withdrawal has any


def find_claim(document: Document, claim_id: str) -> Document:
    """One claim of a document, opened."""
    return Opened(document).claim(next(claim for claim in document["claims"] if claim["id"] == claim_id))


def replies_to(claim: Document, document: Document) -> list[Document]:
    """The state of the reply of everyone whom one opened claim accuses."""
    charged = _charged(claim)
    if not charged:
        return []
    given = [reply for reply in document["responses"] if reply["who"]["id"] in charged]
    return replies([claim], {"open_responses": given})


def quote(excerpt_id: str, document: Document) -> Document:
    """An excerpt with the source that it was taken from."""
    return Opened(document).excerpts[excerpt_id]


def _not_final(claim: Document, document: Document) -> bool:
    """A ruling with an outcome, while the record holds no final one about the same people: *belum inkracht*."""
    stage = claim["stage"]
    if stage["stage"] not in RULINGS or stage["stage"] == StageWord.FINAL or not stage["outcome"]:
        return False
    finals = [c for c in document["claims"] if (c.get("stage") or {}).get("stage") == StageWord.FINAL]
    return not any(_charged(claim) & _charged(final) for final in finals)


def _charged(claim: Document) -> set[str]:
    return {p["who"]["id"] for p in claim["parties"] if p["who"] and p["part"] in CHARGED_PARTS}


def _by_claim(rows: list[Document]) -> dict[str | None, list[Document]]:
    found: dict[str | None, list[Document]] = defaultdict(list)
    for row in rows:
        found[row["claim"]].append(row)
    return found


def _by_part(parties: list[Document]) -> list[Document]:
    """Parties under their parts, in the order of the document."""
    sides: dict[str, Any] = {}
    for party in parties:
        sides.setdefault(party["part"], []).append(party)
    return [{"part": part, "members": members} for part, members in sides.items()]
