"""An opened document in the order in which a reader asks: what in short, what money, who, when, what is not known.

Pure functions of the document; the templates only set them out.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.documents.canonical import Document
from cases.vocabularies import FindingAspect, Standing
from sources.dates import PartialDate

OPEN_UP_TO = 24
"""A page with more statements than this shows its groups closed, each with the number of what it holds."""
TITLES: dict[str, Any] = {
    "stage": gettext_lazy("Steps of proceedings"),
    "transfer": gettext_lazy("Money, goods and projects"),
    "tie": gettext_lazy("Ties"),
    "role": gettext_lazy("Roles"),
    "figure": gettext_lazy("Figures"),
    "legal_basis": gettext_lazy("Legal bases"),
    "plan": gettext_lazy("Plans"),
    "feature": gettext_lazy("Features"),
    "event": gettext_lazy("Events"),
    "statement": gettext_lazy("What was said"),
    FindingAspect.BARRIER: gettext_lazy("Findings: barriers"),
    FindingAspect.ENABLER: gettext_lazy("Findings: enablers"),
    FindingAspect.OUTCOME: gettext_lazy("Findings: results, as the sources tell them"),
    FindingAspect.IMPACT: gettext_lazy("Findings: impact, as the sources tell it"),
    FindingAspect.SHORTCOMING: gettext_lazy("Findings: shortcomings"),
    FindingAspect.EXPLANATION: gettext_lazy("Findings: explanations"),
    FindingAspect.OBSERVATION: gettext_lazy("Findings: observations"),
    FindingAspect.RECOMMENDATION: gettext_lazy("Findings: what the studies advise"),
    "finding": gettext_lazy("Findings"),
    "purpose": gettext_lazy("Purposes"),
    "description": gettext_lazy("Description"),
}
"""The groups of statements in the order of the page; findings by their aspect."""
SAID_BESIDE = {"tie", "role", "plan"}
"""Kinds whose subkind stands beside each statement of their group: a plan must say how firm it is."""
CHARGED_PARTS = ("accused", "defendant")
NOT_YET = {"plan", "legal_basis"}
"""Kinds whose dates are no date of something that is said to have happened."""


@dataclass(frozen=True)
class Group:
    """Statements of one sort. `code` is the anchor on the page."""

    code: str
    title: str
    claims: list[Document]


def arranged(document: Document) -> Document:
    """What a page of a subject shows beside the document's own fields."""
    claims = list(document["open_claims"].values())
    lead = [document["open_claims"][key] | {"in_lead": True} for key in document["lead"]]
    rest = [claim for claim in claims if claim["id"] not in document["lead"]]
    parts: dict[str, Any] = {
        "lead_claims": lead,
        "claim_groups": groups(rest),
        "closed": len(claims) > OPEN_UP_TO,
        "money": [claim for claim in claims if claim["detail"] == "transfer"],
        "timeline": timeline(claims),
        "speakers": speakers(claims),
        "standings": standings(claims),
        "named": named(claims, document),
        "replies": replies(claims, document),
        "last_word": last_word(claims, document),
        "claim_unknowns": sum(1 for unknown in document["unknowns"] if unknown["claim"]),
    }
    return parts | {"contents": contents(document | parts)}


def groups(claims: list[Document]) -> list[Group]:
    by_code: dict[str, list[Document]] = {}
    for claim in claims:
        aspect = claim["subkind"] if claim["kind"] == "finding" else None
        beside = claim | {"beside": claim["subkind"] if claim["kind"] in SAID_BESIDE else None}
        by_code.setdefault(aspect or claim["kind"], []).append(beside)
    known = [code for code in TITLES if code in by_code]
    others = [code for code in by_code if code not in TITLES]  # a word of a newer or older list
    return [Group(code, str(TITLES.get(code, code)), by_code[code]) for code in known + others]


def timeline(claims: list[Document]) -> list[Document]:
    """The dated claims by their dates, when there is more than one."""
    dated = [claim for claim in claims if claim["start"] or claim["end"]]
    if len(dated) < 2:
        return []
    return sorted(dated, key=lambda claim: PartialDate(claim["start"] or claim["end"]).first_day)


def speakers(claims: list[Document]) -> list[Document]:
    """Everyone who says something here, by how much they say, as the first of their claims names them."""
    first: dict[str, Document] = {}
    counts: Counter[str] = Counter()
    for claim in claims:
        said_by = claim["said_by"]
        key = said_by.get("source") or str((said_by.get("actor") or {}).get("id") or said_by.get("speaker"))
        first.setdefault(key, claim)
        counts[key] += 1
    return [first[key] for key, _count in counts.most_common()]


def standings(claims: list[Document]) -> list[tuple[str, int]]:
    """How many claims have each standing, weakest first."""
    counts = Counter(claim["standing"] for claim in claims)
    return [(word, counts[word]) for word in Standing.values if counts[word]]


def named(claims: list[Document], document: Document) -> list[Document]:
    """Every subject that a statement names, once, by kind and name."""
    found = {p["who"]["id"]: p["who"] for claim in claims for p in claim["parties"] if p["who"]}
    found.pop(document["id"], None)
    return sorted(found.values(), key=lambda who: (who["kind"], who["title"]["id"].casefold()))


def replies(claims: list[Document], document: Document) -> list[Document]:
    """The state of the reply: of everyone accused, and of whoever else was asked or answered."""
    accused = {
        p["who"]["id"]: p["who"]
        for claim in claims
        for p in claim["parties"]
        if p["who"] and p["part"] in CHARGED_PARTS
    }
    given = document["open_responses"]
    heard = {response["who"]["id"] for response in given}
    return [*given, *({"who": who, "not_asked": True} for key, who in accused.items() if key not in heard)]


def last_word(claims: list[Document], document: Document) -> Document:
    """The latest date of what our sources say, and of the sources themselves, as far as either is dated."""
    told = [claim["end"] or claim["start"] for claim in claims if claim["kind"] not in NOT_YET]
    recorded = document["version"]["recorded_at"][:10]
    dates = [PartialDate(day) for day in told if day and day <= recorded]
    quoted = {excerpt["source"] for excerpt in document["excerpts"]}
    sources = [source for source in document["sources"] if source["slug"] in quoted]
    published = [PartialDate(source["published"]) for source in sources if source["published"]]
    return {
        "date": max(dates, key=lambda day: day.last_day, default=None),
        "published": max(published, key=lambda day: day.last_day, default=None),
        "undated": sum(1 for source in sources if not source["published"]),
        "in_words": any(
            c["date_as_stated"] and not c["start"] and not c["end"] for c in claims if c["kind"] not in NOT_YET
        ),
    }


def contents(document: Document) -> list[tuple[str, str, int | None]]:
    """(anchor, title, how many) of the parts of the page, in their order."""
    replied = sum(1 for reply in document["replies"] if not reply.get("not_asked"))
    parts: list[tuple[str, str, int | None, Any]] = [
        ("lead", _("In short"), len(document["lead_claims"]), document["lead_claims"]),
        ("money", _("Money at a glance"), len(document["money"]), document["money"]),
        ("timeline", _("Dated statements"), len(document["timeline"]), document["timeline"]),
        *((group.code, group.title, len(group.claims), True) for group in document["claim_groups"]),
        ("disputed", _("What the sources disagree on"), len(document["conflicts"]), document["conflicts"]),
        ("unknown", _("What is not known"), len(document["unknowns"]), document["unknowns"]),
        ("replies", _("Replies"), replied, document["replies"]),
        ("sources", _("Sources of this page"), len(document["sources"]), document["sources"]),
        ("history", _("History"), document["version"]["number"], True),
        ("cite", _("Cite, share, print"), None, True),
    ]
    return [(anchor, title, count) for anchor, title, count, there in parts if there]
