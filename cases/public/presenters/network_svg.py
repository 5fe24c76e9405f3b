"""A network as SVG: whoever is tied on the left, the ties on the right, each tie one node whatever its members.

Colours are attributes, so that the file stands alone and a page may set its own.
"""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from cases.public.labels import word
from cases.public.markup import own, to
from cases.vocabularies import Standing

from .listing import Capacity
from .network import Bond, Member, Network

ROW, TOP = 28, 56
WIDTH, LEFT, RIGHT = 1000, 400, 620
# How a tie of each standing is drawn: told apart by the line itself, not by a colour
LINES = {
    Standing.POTENTIAL: 'stroke-width="2" stroke-dasharray="1 5" stroke-linecap="round"',
    Standing.ALLEGED: 'stroke-width="2" stroke-dasharray="8 5"',
    Standing.STATED: 'stroke-width="1.25"',
    Standing.DECIDED: 'stroke-width="3"',
}
# Of a standing that is not in our list
UNKNOWN_LINE = 'stroke-width="1" stroke-dasharray="2 2"'


def svg(network: Network, title: str, *, root: str = "", as_of: str = "") -> SafeString:
    """Return the drawing as SVG. `root` is put before every link, for a file that is read elsewhere."""
    things, bonds, root = network.things, network.bonds, escape(root)
    bottom = TOP + ROW * max(len(things), len(bonds), 1)
    height = bottom + ROW
    left = {thing.id: _row(place, len(things), bottom) for place, thing in enumerate(things)}
    right = {bond.number: _row(place, len(bonds), bottom) for place, bond in enumerate(bonds)}
    lines = [_line(bond, member, left[member.id], right[bond.number]) for bond in bonds for member in bond.members]
    nodes = [_thing(thing, left[thing.id], root, as_of) for thing in things]
    ties = [_tie(bond, right[bond.number], root, as_of) for bond in bonds]
    note = _("This record finds nobody guilty. Each statement stands with whoever says it.")
    return mark_safe(  # noqa: S308 - each part escapes what it shows
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        ' font-family="sans-serif" font-size="14" color="#000">'
        f"<title>{escape(title)}</title>"
        '<rect class="ground" width="100%" height="100%" fill="#fff"/>'
        f'<g fill="none" stroke="currentColor">{"".join(lines)}</g>'
        f'<g fill="currentColor">{_legend(network)}{"".join(nodes)}{"".join(ties)}'
        f'<text x="12" y="{height - 8}">{escape(note)}</text>'
        "</g></svg>"
    )


def _row(place: int, rows: int, bottom: int) -> float:
    """Return the middle of a row, where the rows of a column share the height."""
    return round(TOP + (place + 0.5) * (bottom - TOP) / rows, 1)


def _line(bond: Bond, member: Member, start: float, end: float) -> str:
    parts = ", ".join(_as_what(capacity) for capacity in member.capacities)
    tooltip = f"{bond.number}: {own(member.title)}{f' ({parts})' if parts else ''}, {word(bond.standing, 'standing')}"
    path = f"M{LEFT} {start}C{LEFT + 110} {start} {RIGHT - 110} {end} {RIGHT} {end}"
    return f'<path d="{path}" {_stroke(bond.standing)}><title>{escape(tooltip)}</title></path>'


def _as_what(capacity: Capacity) -> str:
    """Return the part, with the source's own words for it."""
    stated = "; ".join(capacity.stated).replace("*", "")
    return f"{capacity.label} “{stated}”" if stated else capacity.label


def _thing(member: Member, y: float, root: str, as_of: str) -> str:
    """Return a circle for whoever acts, a square for the matter."""
    circle = f'<circle cx="{LEFT}" cy="{y}" r="4"/>'
    mark = circle if member.kind == "actor" else f'<rect x="{LEFT - 4}" y="{y - 4}" width="8" height="8"/>'
    title = own(member.title)
    label = f'<text x="{LEFT - 12}" y="{y + 5}" text-anchor="end">{escape(Truncator(title).chars(44))}</text>'
    return f'<a href="{root}{to(member.path, as_of)}"><title>{escape(title)}</title>{label}</a>{mark}'


def _tie(bond: Bond, y: float, root: str, as_of: str) -> str:
    """Return a tie, which opens the words that back it."""
    parts = dict.fromkeys(capacity.label for member in bond.members for capacity in member.capacities)
    relation = word(bond.relation, "tie") if bond.relation else ", ".join(parts)
    said = f"{bond.number} · {Truncator(capfirst(relation)).chars(26)} · {word(bond.standing, 'standing')}"
    tooltip = "; ".join(view.attribution for view in bond.claims)
    address = root + to(bond.claims[0].first_quote.excerpt.path, as_of)
    label = f'<text x="{RIGHT + 12}" y="{y + 5}">{escape(said)}</text>'
    mark = f'<path d="M{RIGHT - 5} {y}l5 -5l5 5l-5 5z"/>'
    return f'<a href="{address}"><title>{escape(tooltip)}</title>{label}</a>{mark}'


def _legend(network: Network) -> str:
    used = [bond.standing for bond in network.bonds]
    drawn, x = [], 12
    for standing in (each for each in dict.fromkeys([*Standing.values, *used]) if each in used):
        line = f'<path d="M{x} 20h40" fill="none" stroke="currentColor" {_stroke(standing)}/>'
        label = f'<text x="{x + 48}" y="25">{escape(word(standing, "standing"))}</text>'
        drawn.append(line + label)
        x += 210
    title = _("How firmly it is said")
    return f"<g><title>{escape(title)}</title>{''.join(drawn)}</g>"


def _stroke(standing: str) -> str:
    return LINES[Standing(standing)] if standing in Standing.values else UNKNOWN_LINE
