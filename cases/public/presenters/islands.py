"""A network as small islands, each drawn as a tree that fits a phone: no name crosses another, whatever their number.

What most ties of an island meet in comes first; below stand the others, each behind a line whose shape says how firmly
the tie is said. A tie of several is one ◇; in a matter, each stands beside the matter.
"""

import textwrap
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cases.public.labels import word
from cases.public.markup import day, own
from cases.vocabularies import PlaceKind

from .network import Bond, Member, Network
from .replies import ReplyLine, reply_lines

WIDTH, INDENT, MAX_DEPTH = 328, 24, 5
NAME_LEADING, LABEL_LEADING, GAP = 17, 15, 9
# Wide enough for the fonts of all systems at 13 px
CHAR_WIDTH = 8
# In points of the drawing; of what is taller together, the rest is folded
MAX_HEIGHT_OPEN = 2400


@dataclass(frozen=True)
class Line:
    """A line of text in a drawing."""

    y: int
    text: str


@dataclass(frozen=True)
class TieLabel:
    """What a tie is called and since when; it opens the words that back it."""

    lines: list[Line]
    standing: str
    path: str


@dataclass(frozen=True)
class Node:
    """Somebody, a matter, or a tie of several (no member), with its place in the drawing."""

    member: Member | None
    x: int
    y: int
    lines: list[Line]
    labels: list[TieLabel]
    again: bool
    parent: tuple[int, int] | None

    @property
    def text_x(self) -> int:
        return self.x + 12

    @property
    def ties(self) -> list[tuple[int, str]]:
        """Return (height, standing) of each line that leads here: one, unless the ties are said in different ways."""
        standings = {label.standing for label in self.labels}
        if len(standings) == 1:
            return [(self.y, standings.pop())]
        return [(label.lines[0].y - 4, label.standing) for label in self.labels]


@dataclass
class Vertex:
    """What stands in a graph: a member, or a tie of several."""

    key: str
    member: Member | None
    edges: list[tuple[str, Bond]] = field(default_factory=list)


@dataclass(frozen=True)
class Island:
    """Ties that hang together, or lie in the same city, with their drawing."""

    title: str
    bonds: list[Bond]
    nodes: list[Node]
    height: int

    @property
    def said(self) -> list[tuple[str, str]]:
        """Return (standing, who says so) of the ties, each speaker once: “according to A, as told in B; …”."""
        found: dict[str, dict[str, None]] = {}
        for bond in self.bonds:
            for view in bond.claims:
                voices = ", ".join(f"{voice.before} {voice.name}" for voice in view.speaker.voices)
                found.setdefault(bond.standing, {})[voices] = None
        return [(standing, "; ".join(speakers)) for standing, speakers in found.items()]

    @property
    def reply_lines(self) -> list[ReplyLine]:
        """Return the state of the reply of those named, each once."""
        replies = {reply.who.id: reply for bond in self.bonds for view in bond.claims for reply in view.replies}
        return reply_lines(replies.values())


def open_and_folded(found: list[Island]) -> tuple[list[Island], list[Island]]:
    """Return the islands that a page shows open, as tall as some phone screens together, and the others."""
    height, count = 0, 0
    for island in found:
        height += island.height
        if count and height > MAX_HEIGHT_OPEN:
            break
        count += 1
    return found[:count], found[count:]


def islands(network: Network, around: str | None = None) -> list[Island]:
    """Return the islands, those with most ties first; around one subject the drawing begins with it."""
    by_title: dict[str, list[list[Vertex]]] = defaultdict(list)
    graph = _graph(network.bonds)
    for component in _components(graph):
        by_title[_title(_bonds_of(component))].append(component)
    made = [_island(title, components, graph, around) for title, components in by_title.items()]
    return sorted(made, key=lambda island: -len(island.bonds))


def _graph(bonds: list[Bond]) -> dict[str, Vertex]:
    graph: dict[str, Vertex] = {}
    for bond in bonds:
        ends = [graph.setdefault(member.id, Vertex(member.id, member)) for member in bond.members]
        matters = [end for end in ends if end.member and end.member.kind != "actor"]
        if len(ends) == 2:
            middle = ends.pop(0)
        elif len(matters) == 1:
            middle = matters[0]
            ends.remove(middle)
        else:
            middle = graph.setdefault(f"tie-{bond.number}", Vertex(f"tie-{bond.number}", None))
        for end in ends:
            middle.edges.append((end.key, bond))
            end.edges.append((middle.key, bond))
    return graph


def _components(graph: dict[str, Vertex]) -> Iterator[list[Vertex]]:
    seen: set[str] = set()
    for first in graph:
        if first not in seen:
            found = [key for key, _parent in _walk(graph, first)]
            seen.update(found)
            yield [graph[key] for key in found]


def _walk(graph: dict[str, Vertex], first: str) -> Iterator[tuple[str, str | None]]:
    """Yield every vertex that hangs together with the first, nearest first, with the one from which it was reached."""
    parents: dict[str, str | None] = {first: None}
    waiting = deque([first])
    while waiting:
        key = waiting.popleft()
        yield key, parents[key]
        for other, _bond in graph[key].edges:
            if other not in parents:
                parents[other] = key
                waiting.append(other)


def _bonds_of(component: list[Vertex]) -> list[Bond]:
    bonds = {bond.number: bond for vertex in component for _other, bond in vertex.edges}
    return [bonds[number] for number in sorted(bonds)]


def _title(bonds: list[Bond]) -> str:
    """Return the places of the records that tell of these ties."""
    places = {}
    for bond in bonds:
        for view in bond.claims:
            for place in getattr(view.document, "places", ())[:1]:
                if getattr(place, "place_kind", "") != PlaceKind.COUNTRY:
                    places[place.id] = own(place.title)
    return ", ".join(places.values()) or _("No place stated")


def _island(title: str, components: list[list[Vertex]], graph: dict[str, Vertex], around: str | None) -> Island:
    nodes: list[Node] = []
    y = 0
    for component in components:
        first = max(component, key=lambda vertex: (vertex.key == around, len(vertex.edges)))
        drawn, y = _Drawing(graph, dict(_walk(graph, first.key))).draw(first.key, y)
        nodes += drawn
    bonds = [bond for component in components for bond in _bonds_of(component)]
    return Island(title, sorted(bonds, key=lambda bond: bond.number), nodes, y)


@dataclass
class _Drawing:
    """One component being laid out from the top down."""

    graph: dict[str, Vertex]
    parents: dict[str, str | None]
    nodes: list[Node] = field(default_factory=list)

    def draw(self, first: str, y: int) -> tuple[list[Node], int]:
        """Return the nodes, and the height below them."""
        vertex = self.graph[first]
        own_tie = [] if vertex.member else [vertex.edges[0][1]]
        return self.nodes, self._place(first, None, own_tie, y, 0, again=False)

    def _place(self, key: str, parent: Node | None, bonds: list[Bond], y: int, depth: int, *, again: bool) -> int:
        member = self.graph[key].member
        x = 9 + INDENT * min(depth, MAX_DEPTH)
        told = {(_label(bond, member, parent), bond.standing): bond for bond in reversed(bonds)}
        labels = []
        for (text, standing), bond in reversed(told.items()):
            lines, y = _lines(text, x, y, LABEL_LEADING)
            labels.append(TieLabel(lines, standing, bond.claims[0].first_quote.excerpt.path))
        name = own(member.title) if member else _("one tie between several parties")
        lines, below = _lines(name, x, y, NAME_LEADING)
        node = Node(member, x, y + 12, lines, labels, again, (parent.x, parent.y) if parent else None)
        self.nodes.append(node)
        below += GAP
        if again:
            return below
        for other, of_both in self._around(key).items():
            if self.parents[other] == key:
                below = self._place(other, node, of_both, below, depth + 1, again=False)
            elif self.parents[key] != other and other < key:  # closes a circle: named once more
                below = self._place(other, node, of_both, below, depth + 1, again=True)
        return below

    def _around(self, key: str) -> dict[str, list[Bond]]:
        found: dict[str, list[Bond]] = defaultdict(list)
        for other, bond in self.graph[key].edges:
            found[other].append(bond)
        return found


def _lines(text: str, x: int, y: int, leading: int) -> tuple[list[Line], int]:
    wrapped = textwrap.wrap(text, (WIDTH - x - 12) // CHAR_WIDTH)
    return [Line(y + leading * (place + 1) - 1, line) for place, line in enumerate(wrapped)], y + leading * len(wrapped)


def _label(bond: Bond, member: Member | None, parent: Node | None) -> str:
    """Return what the tie is: its own word, or as what somebody stands in it; and since when, once for each tie."""
    above = _parts(bond, parent.member if parent else None)
    relation = word(bond.relation, "tie") if bond.relation else ""
    if member is None:  # a tie of several, reached from one of them
        called = f"{relation} ({above})" if relation and above else relation or above
        return " · ".join(filter(None, [called, _when(bond)]))
    own_parts = _parts(bond, member) or above
    if parent is None or parent.member is None:
        return own_parts
    called = relation if relation and len(bond.members) == 2 else own_parts
    return " · ".join(filter(None, [called, _when(bond)]))


def _parts(bond: Bond, member: Member | None) -> str:
    """Return as what a member stands in a tie; empty for the matter itself."""
    found = [each for each in bond.members if member and each.id == member.id]
    return ", ".join(capacity.label for each in found for capacity in each.capacities)


def _when(bond: Bond) -> str:
    starts = sorted({view.claim.start for view in bond.claims if view.claim.start})
    if not starts:
        in_words_or_disputed = any(view.is_dated or view.conflicts for view in bond.claims)
        return "" if in_words_or_disputed else _("no year in this record")
    ongoing = any(view.claim.ongoing_when_written for view in bond.claims if view.claim.start == starts[0])
    return _("from %(day)s") % {"day": day(starts[0])} if ongoing else day(starts[0])
