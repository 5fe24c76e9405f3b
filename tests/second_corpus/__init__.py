"""An invented matter in the forms that curators hold (rulings, audits, tender pages, news), as a record for tests.

Its facts and the searches that must find them are those of `key.jsonl` and `queries.json`; README.md says how it was
made. It stands beside the record of `fixtures/` or alone, and never goes into it.
"""

import json
import uuid
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cases.dossiers.seed import Seeded, seed
from sources.derived_ids import derived_id

FOLDER = Path(__file__).parent
DOSSIERS = FOLDER / "dossiers"
TEXTS = FOLDER / "texts"


def load() -> Seeded:
    """Publish the dossiers in this database, as `manage.py seed` publishes those of `fixtures/`."""
    return seed(DOSSIERS, documents=TEXTS)


@cache
def facts() -> dict[str, dict[str, Any]]:
    """The facts of the key by their ids."""
    rows = map(json.loads, (FOLDER / "key.jsonl").read_text(encoding="utf-8").splitlines())
    return {row["id"]: row for row in rows}


@cache
def queries() -> list[dict[str, Any]]:
    """The searches, each with the ids of the facts that it must find and of those that it must not."""
    found: list[dict[str, Any]] = json.loads((FOLDER / "queries.json").read_text(encoding="utf-8"))
    return found


def _claim_id(path: str) -> str:
    """The id of the claim that `facts.yaml` names as folder/dossier/key."""
    dossier, _slash, key = path.rpartition("/")
    first_line, _rest = (DOSSIERS / f"{dossier}.yaml").read_text(encoding="utf-8").split("\n", 1)
    return str(derived_id(uuid.UUID(first_line.removeprefix("id: ")), key))


PATHS: dict[str, tuple[str, ...]] = {
    fact: tuple(paths) for fact, paths in yaml.safe_load((FOLDER / "facts.yaml").read_text(encoding="utf-8")).items()
}
"""Fact → its claims, each as folder/dossier/key."""
FACTS: dict[str, tuple[str, ...]] = {fact: tuple(map(_claim_id, paths)) for fact, paths in PATHS.items()}
"""Fact → the ids of its claims, as documents give them."""
