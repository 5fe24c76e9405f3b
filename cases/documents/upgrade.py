"""Read documents of schema version 1 as those of version 2. What version 1 did not say is empty, never guessed."""

from typing import Any

from cases.vocabularies import FAMILIES, ConflictFamily, ReplyState

# JSON of version 1, of any kind of document
StoredJson = dict[str, Any]


def upgrade(document: StoredJson) -> StoredJson:
    """Return a document of version 1 in the form of version 2; its sentences, ids and places stay as they are."""
    new = _titled(document) | {"$schema": document["$schema"].replace("/1.json", "/2.json")}
    if document["$schema"] == "/schemas/source/1.json":
        new |= {"about": [], "excerpts": [], "sources": []}
    if "version" in document:
        new["version"] = document["version"] | {"reason": _in_one_language(document["version"]["reason"])}
    for name, upgrade_part in PARTS.items():
        if name in document:
            new[name] = [upgrade_part(part) for part in document[name]]
    return new


def _in_one_language(text: str | None) -> dict[str, str] | None:
    return {"id": text, "en": ""} if text else None


def _titled(named: StoredJson) -> StoredJson:
    """Return a source, or what names one, with a title of its own or one that was given."""
    through = {name: [_titled(other) for other in named[name]] for name in ("known_through",) if name in named}
    if "title_given" not in named:
        return named | through
    given = named["title_given"]
    own, ours = (None, _in_one_language(named["title"])) if given else (named["title"], None)
    return named | through | {"title": own, "title_given": ours}


def _claim(claim: StoredJson) -> StoredJson:
    new = {name: value for name, value in claim.items() if name != "subkind"} | {"aspect": claim["subkind"]}
    for name in ("transfer", "figure"):
        if isinstance(claim.get(name), dict):
            new[name] = claim[name] | {"number_reason": None}
    return new


def _excerpt(excerpt: StoredJson) -> StoredJson:
    return excerpt | {"locator": _in_one_language(excerpt["locator"])}


def _conflict(conflict: StoredJson) -> StoredJson:
    sides = [side | {"reading": None} for side in conflict["sides"]]
    return conflict | {"sides": sides, "family": FAMILIES.get(conflict["kind"], ConflictFamily.UNCLEAR).value}


def _unknown(unknown: StoredJson) -> StoredJson:
    return unknown | {"excerpt": None, "searched_on": None}


def _response(response: StoredJson) -> StoredJson:
    state = ReplyState.ASKED
    if response["declined"]:
        state = ReplyState.DECLINED
    elif response["answered"]:
        state = ReplyState.ANSWERED
    new = {name: value for name, value in response.items() if name != "declined"}
    return new | {"state": state.value, "not_asked_because": None, "deadline": None, "denies": False, "note": None}


PARTS = {
    "claims": _claim,
    "excerpts": _excerpt,
    "sources": _titled,
    "conflicts": _conflict,
    "unknowns": _unknown,
    "responses": _response,
}
