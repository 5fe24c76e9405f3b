"""Reading YAML in which every scalar is text, and saying exactly where something is wrong."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import yaml
from django.utils.dateparse import parse_datetime
from yaml.composer import Composer
from yaml.constructor import BaseConstructor
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.resolver import BaseResolver

from sources.characters import character_fault, name_of


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a dossier: file, entry, field and reason."""

    file: str
    entry: str
    field: str
    reason: str

    def __str__(self) -> str:
        place = " · ".join(part for part in (self.file, self.entry, self.field) if part)
        return f"{place}: {self.reason}"


class TextConstructor(BaseConstructor):
    """Every scalar is text; a key written twice is an error instead of a silent loss."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _value in node.value]
        if doubled := sorted({str(key) for key in keys if keys.count(key) > 1}):
            raise yaml.MarkedYAMLError(problem=f"“{doubled[0]}” is given twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


class TextLoader(TextConstructor, yaml.BaseLoader):
    """Reads in Python: slow, and exact about what is wrong and where."""


class QuickLoader(Composer, CParser, TextConstructor, BaseResolver):
    """Reads by libyaml, ten times as fast. Nesting is followed in Python, since too much of it would crash in C."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        Composer.__init__(self)
        TextConstructor.__init__(self)
        BaseResolver.__init__(self)


@dataclass
class Entry:
    """One mapping of a dossier. Every key must be asked for by somebody; `done` reports the others."""

    data: dict[str, Any]
    file: str
    name: str
    faults: list[Fault]
    known: set[str] = field(default_factory=set)

    def fault(self, key: str, reason: str) -> None:
        self.faults.append(Fault(self.file, self.name, key, reason))

    def text(self, key: str, *, required: bool = False) -> str:
        self.known.add(key)
        value = self.data.get(key, "")
        if not isinstance(value, str):
            self.fault(key, "is a text, not a list or a map.")
            return ""
        if fault := character_fault(value, key):
            self.fault(key, fault)
            return ""
        if required and not value.strip():
            self.fault(key, "is required.")
        return value

    def number(self, key: str) -> int | None:
        value = self.text(key)
        if value and not re.fullmatch(r"[0-9]{1,9}", value):
            self.fault(key, f"“{value}” is not a whole number.")
            return None
        return int(value) if value else None

    def yes(self, key: str) -> bool:
        value = self.text(key)
        if value not in ("", "yes", "no"):
            self.fault(key, f"“{value}” is neither yes nor no.")
        return value == "yes"

    def map(self, key: str, *, required: bool = False, one_is_enough: bool = False) -> dict[str, str]:
        """Read a language map as its two columns; both languages when there is one, unless one is enough."""
        self.known.add(key)
        value = self.data.get(key)
        both = {"id": "", "en": ""}
        if isinstance(value, dict):
            inner = Entry(value, self.file, self._inside(key), self.faults)
            both = {language: inner.text(language) for language in both}
            missing = [language for language, text in both.items() if not text.strip()]
            if missing and not (one_is_enough and len(missing) == 1):
                for language in missing:
                    self.fault(f"{key}.{language}", "is required.")
            inner.done()
        elif value is not None or required:
            self.fault(key, "is a map like {id: …, en: …}.")
        return {f"{key}_{language}": text for language, text in both.items()}

    def words(self, key: str) -> list[str]:
        self.known.add(key)
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.fault(key, "is a list of words.")
            return []
        for word in sorted(set(value)):
            if not word.strip():
                self.fault(key, "holds an empty word.")
            elif fault := character_fault(word, key):
                self.fault(key, fault)
            elif value.count(word) > 1:
                self.fault(key, f"holds “{word}” twice.")
        return [word for word in dict.fromkeys(value) if word.strip() and not character_fault(word, key)]

    def entry(self, key: str) -> "Entry | None":
        self.known.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(key, "is a map.")
            return None
        return Entry(value, self.file, self._inside(key), self.faults)

    def entries(self, key: str) -> "Iterator[Entry]":
        """Yield the maps of a list, each `done` once it was read."""
        self.known.add(key)
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.fault(key, "is a list of maps.")
            return
        for number, row in enumerate(value, start=1):
            entry = Entry(row, self.file, self._inside(f"{key} {row.get('key') or number}"), self.faults)
            yield entry
            entry.done()

    def _inside(self, key: str) -> str:
        return f"{self.name} › {key}".removeprefix(" › ")

    def done(self) -> None:
        for key in self.data:
            if key not in self.known:
                near = difflib.get_close_matches(str(key), self.known, 1)
                self.fault(str(key), "is not a field here." + (f" Did you mean “{near[0]}”?" if near else ""))


def parse(text: str, file: str, faults: list[Fault]) -> Entry | None:
    """Return the top entry of a dossier, or None with a fault when it is not YAML of the right shape."""
    try:
        data = _read(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line, problem = _problem(error, text)
        faults.append(Fault(file, line, "", f"not readable as YAML: {problem}."))
        return None
    if not isinstance(data, dict):
        faults.append(Fault(file, "", "", "a dossier is a map of fields."))
        return None
    return Entry(data, file, "", faults)


def _read(text: str) -> Any:
    """Nothing but text, lists and maps. What libyaml refuses is read again in Python, which says better why."""
    try:
        return QuickLoader(text).get_single_data()
    except (yaml.YAMLError, ValueError):
        return TextLoader(text).get_single_data()


def _problem(error: Exception, text: str) -> tuple[str, str]:
    """Return the line where reading stopped, and why."""
    if isinstance(error, RecursionError):
        return "", "it is nested too deeply"
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        character = chr(error.character) if isinstance(error.character, int) else ""
        is_byte = not character or "\udc80" <= character <= "\udcff"
        return f"line {line}", "it is not UTF-8" if is_byte else f"it holds {name_of(character)}"
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else "", str(getattr(error, "problem", None) or error)


def moment(entry: Entry, key: str) -> datetime | None:
    """Return a time with its zone, such as 2026-11-01T12:00:00+07:00."""
    text = entry.text(key)
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if text and (moment is None or moment.tzinfo is None):
        entry.fault(key, f"“{text}” is not a time with its zone, like 2026-11-01T12:00:00+07:00.")
        return None
    return moment
