"""The closed list of topics, a versioned data file. Analytical lenses are topics too."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml


class Topic(NamedTuple):
    """A topic of the closed list in `data/topics.yaml`; analytical lenses are topics too."""

    code: str
    label: dict[str, str]
    scope: dict[str, str]


@cache
def topics() -> dict[str, Topic]:
    """Return the closed list of topics by code, in the order of the file."""
    text = (Path(__file__).parent / "data" / "topics.yaml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text
    return {row["code"]: Topic(row["code"], row["label"], row["scope"]) for row in rows}
