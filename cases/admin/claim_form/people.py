"""Who is named in the selected words: by the desk's private index of names, and by the names of their source."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cases.admin import desk_names
from cases.models import Alias, Party, Subject
from cases.search.analysis.tokens import Token, tokenize
from cases.search.analysis.word_lists import stopwords
from cases.vocabularies import ActorKind, AliasKind, Part, SubjectKind, Tie
from sources.quotes import occurrences

from .passage import NameInSource, Passage
from .proposal import Origin

MAX_NAME_WORDS = 10
# Of a long passage the rest is not looked at
MAX_NAMES = 600
KINDS = (SubjectKind.ACTOR, SubjectKind.SYSTEM)
# Behind a name of the source: one of several who are called so (Terdakwa II)
ORDINAL_BEHIND = re.compile(r"\s+(?:[IVX]+|\d+)\b(?!\.)")
SEVERAL_BEFORE = re.compile(r"\b(?:para|kedua|ketiga)\s+$", re.IGNORECASE)
Name = tuple[str, ...]
Bearers = defaultdict[Name, set[uuid.UUID]]


@dataclass(frozen=True)
class Mention:
    """Somebody whom the words name, and where in the passage. `who` is empty where it is not certain."""

    start: int
    end: int
    words: str
    origin: Origin
    who: Subject | None
    about: str = ""
    namesakes: tuple[uuid.UUID, ...] = ()

    @property
    def is_person(self) -> bool:
        return self.who is not None and getattr(self.who, "actor", None) is not None and self._kind == ActorKind.PERSON

    @property
    def is_actor(self) -> bool:
        return self.who is not None and self.who.kind == SubjectKind.ACTOR

    @property
    def _kind(self) -> str:
        return str(self.who.actor.actor_kind) if self.who else ""


def mentions_in(passage: Passage, names: Iterable[NameInSource]) -> list[Mention]:
    """Return who is named in the words, in their order. Four queries, however many are named."""
    of_source = list(_by_the_source(passage.words, list(names)))
    phrases = _phrases(passage)
    keys = desk_names.called([*phrases], KINDS) if phrases else []
    wanted = {*map(uuid.UUID, keys or []), *(name.who.pk for _start, _end, name in of_source)}
    subjects = {each.pk: each for each in Subject.objects.filter(pk__in=wanted).select_related("actor")}
    bearers, initials = _bearers(subjects.values())
    about = _offices(subjects)
    found = [
        _mention(passage.words, start, end, Origin.NAME, [name.who.pk], [], subjects, about)
        for start, end, name in of_source
    ]
    for name, (start, end) in sorted(_longest_first(phrases), key=lambda each: each[1][0] - each[1][1]):
        if any(start < other.end and other.start < end for other in found):
            continue
        sure = bearers.get(name) or bearers.get(_bare(name), set())
        alike = _alike(name, bearers) | initials.get(name, set())
        if sure or alike:
            found.append(_mention(passage.words, start, end, Origin.QUOTATION, sure, alike, subjects, about))
    return sorted(found, key=lambda each: each.start)


def _by_the_source(words: str, names: Sequence[NameInSource]) -> Iterator[tuple[int, int, NameInSource]]:
    """Yield where the words use a name of their source, the longest first; not of one of several called so."""
    taken: list[tuple[int, int]] = []
    for name in sorted(names, key=lambda name: -len(name.words)):
        for start, end in occurrences(words, name.words):
            is_one = not ORDINAL_BEHIND.match(words, end) and not SEVERAL_BEFORE.search(words[:start])
            if is_one and not any(start < other[1] and other[0] < end for other in taken):
                taken.append((start, end))
                yield start, end, name


def _phrases(passage: Passage) -> dict[Name, list[tuple[int, int]]]:
    """Return what may be a name: words side by side of which the first has a capital, and where each stands."""
    found: dict[Name, list[tuple[int, int]]] = defaultdict(list)
    read = passage.tokens
    for first, token in enumerate(read):
        if not passage.words[token.start].isupper() or _is_in_a_code(passage.words, token):
            continue
        for last in range(first, min(first + MAX_NAME_WORDS, len(read))):
            if len(found) < MAX_NAMES and not _is_apart(passage.words, read, first, last):
                name = tuple(each.word for each in read[first : last + 1])
                found[name].append((token.start, _end(passage.words, read[last])))
    return found


def _end(words: str, last: Token) -> int:
    """Return where a name ends whose last word is this one: behind the full stop of a degree (M.M.)."""
    return last.end + (last.word in stopwords().degrees and words.startswith(".", last.end))


def _is_in_a_code(words: str, token: Token) -> bool:
    """Return whether a word is part of a number: 027/118/SP-PID/Diskominfosan/2029."""
    return "/" in (words[token.start - 1 : token.start], words[token.end : token.end + 1])


def _is_apart(words: str, read: Sequence[Token], first: int, last: int) -> bool:
    between = words[read[first].start : read[last].start]
    return any(mark in between for mark in ';:()“”"')


def _longest_first(phrases: Mapping[Name, Sequence[tuple[int, int]]]) -> Iterator[tuple[Name, tuple[int, int]]]:
    for name, places in phrases.items():
        yield from ((name, place) for place in places)


def _bearers(subjects: Iterable[Subject]) -> tuple[Bearers, Bearers]:
    """Return who bears each name, by its words: titles and aliases; and apart from them who has which initials.

    Initials may be anybody's in another source: whom they mean is for the names of that source to say.
    """
    found, initials = Bearers(set), Bearers(set)
    keys = []
    for subject in subjects:
        keys.append(subject.pk)
        for title in (subject.title_id, subject.title_en):
            found[tuple(tokenize(title))].add(subject.pk)
    for key, name, kind in Alias.objects.filter(subject__in=keys).order_by().values_list("subject", "name", "kind"):
        (initials if kind == AliasKind.INITIALS else found)[tuple(tokenize(name))].add(key)
    return found, initials


def _alike(name: Name, bearers: Mapping[Name, set[uuid.UUID]]) -> set[uuid.UUID]:
    """Return who is called so but for degrees and forms of names: namesakes, until somebody looks."""
    bare = _bare(name)
    return {key for other, keys in bearers.items() if len(bare) > 1 and _bare(other) == bare for key in keys}


def _bare(name: Name) -> Name:
    return tuple(word for word in name if word not in stopwords().names and word not in stopwords().degrees)


def _mention(
    words: str,
    start: int,
    end: int,
    origin: Origin,
    sure: Iterable[uuid.UUID],
    alike: Iterable[uuid.UUID],
    subjects: Mapping[uuid.UUID, Subject],
    about: Mapping[uuid.UUID, str],
) -> Mention:
    """Return a mention: of the only one who is called so, and of nobody where several are, or the name is shorter."""
    [*keys] = {*sure}
    everybody = tuple(sorted({*keys, *alike}))
    who = subjects[keys[0]] if len(everybody) == 1 and keys else None
    told = about.get(who.pk, "") if who else " / ".join(about.get(key, "") for key in everybody)
    return Mention(start, end, words[start:end], origin, who, told, () if who else everybody)


def _offices(subjects: Mapping[uuid.UUID, Subject]) -> dict[uuid.UUID, str]:
    """Return what tells each from a namesake: the office that a claim says it holds, else of what kind it is."""
    held = Party.objects.filter(part=Part.HOLDER, who__in=[*subjects], claim__aspect=Tie.HOLDS_OFFICE)
    offices = {party.who_id: str(party.claim) for party in held.select_related("claim").order_by("claim__start")}
    return {key: offices.get(key) or _kind_of(subject) for key, subject in subjects.items()}


def _kind_of(subject: Subject) -> str:
    is_actor = subject.kind == SubjectKind.ACTOR
    return str(subject.actor.get_actor_kind_display() if is_actor else subject.get_kind_display())
