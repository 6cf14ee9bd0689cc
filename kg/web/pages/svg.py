"""Pictures as inline SVG: timelines, the calendar of months, networks.

Colours come from the style sheet by class, so they follow light and dark; every text and address is escaped here (by hand: a tenth of what
Markup.format takes, which was a third of a page's time). Whatever a picture shows, the page
also says in a table or list.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from markupsafe import Markup, escape

_DAYS: Final = 365.25


@dataclass(frozen=True, slots=True)
class Dot:
    """A day on a row of a timeline, with the address of its source and the words that say what it is."""

    day: date
    label: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a network."""

    key: str
    label: str
    path: str = ""
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that a timeline spans, with its marks: where, in percent, and what stands there."""

    first: date
    last: date
    marks: tuple[tuple[float, str], ...]

    def at(self, day: date) -> float:
        """Where a day stands, in percent of the width; a margin on both sides keeps dots whole."""
        span = max((self.last - self.first).days, 1)
        return round(2 + 96 * (day - self.first).days / span, 2)


def parsed(text: str) -> date | None:
    """A day; the middle of a month or year that is known only so far; nothing for a date without a year."""
    parts = text[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        return date(*(numbers + [6, 15][len(numbers) - 1 :])[:3]) if text[:1].isdigit() else None
    except ValueError:
        return None


def axis(days: Iterable[date]) -> Axis | None:
    """The axis for some days: marked by years, by months where it spans less than two years."""
    known = sorted(days)
    if not known:
        return None
    first, last = known[0], known[-1]
    if (last - first).days < 60:
        first, last = first - timedelta(days=30), last + timedelta(days=30)
    years = (last - first).days / _DAYS
    marks: list[tuple[float, str]] = []
    blank = Axis(first, last, ())
    if years < 2:
        every = 1 if years < 0.7 else 3
        for index in range(first.year * 12 + first.month, last.year * 12 + last.month):
            year, month = divmod(index, 12)
            if month % every == 0:
                marks.append((blank.at(date(year, month + 1, 1)), f"{year}-{month + 1:02}"))
    else:
        every = max(1, math.ceil(years / 8))
        for year in range(first.year + 1, last.year + 1):
            if year % every == 0:
                marks.append((blank.at(date(year, 1, 1)), str(year)))
    return Axis(first, last, tuple(marks))


def ruler(scale: Axis) -> Markup:
    """The marks of an axis, as a picture of their own above the rows."""
    # At the edge a text would be cut.
    texts = "".join(f'<text x="{x}%" y="13" class="tick">{escape(label)}</text>' for x, label in scale.marks if 4 <= x <= 94)
    return Markup(f'<svg class="ruler" width="100%" height="18" aria-hidden="true" focusable="false">{texts}</svg>')


def row(scale: Axis, dots: Sequence[Dot], title: str, start: date | None = None, end: date | None = None) -> Markup:
    """One row: a bar from the first to the last day, thick where a start and an end are stated, and the days as dots."""
    parts = [f'<line x1="{x}%" x2="{x}%" y1="0" y2="26" class="grid"/>' for x, _ in scale.marks]
    days = [dot.day for dot in dots] + [d for d in (start, end) if d]
    if days:
        left, right = scale.at(min(days)), scale.at(max(days))
        parts.append(f'<rect x="{left}%" y="11.5" width="{round(right - left, 2)}%" height="3" class="bar"/>')
    for stated, name in ((start, "from"), (end, "until")):
        if stated:
            parts.append(f'<rect x="{scale.at(stated)}%" y="5" width="2.5" height="16" class="stated {name}"/>')
    for dot in dots:
        label = escape(dot.label)
        circle = f'<circle cx="{scale.at(dot.day)}%" cy="13" r="5" class="dot"><title>{label}</title></circle>'
        parts.append(_link(dot.path, label, circle) if dot.path else circle)
    name = escape(title)
    return Markup(f'<svg class="row" width="100%" height="26" role="group" aria-label="{name}"><title>{name}</title>{"".join(parts)}</svg>')


def months(counts: Mapping[str, int], title: str, description: str, label: str, paths: Mapping[str, str]) -> Markup:
    """A calendar: a line for each year, a cell for each month, darker where more happened. ``label`` has {month} and {n}."""
    years = sorted({int(month[:4]) for month in counts}, reverse=True)
    if not years:
        return Markup()
    most = max(counts.values())
    cell, left, top = 30, 48, 22
    parts = [f'<text x="{left + cell * m + cell // 2}" y="14" class="tick mid">{m + 1}</text>' for m in range(12)]
    for line, year in enumerate(years):
        y = top + line * cell
        parts.append(f'<text x="0" y="{y + 19}" class="tick">{year}</text>')
        for m in range(12):
            month = f"{year}-{m + 1:02}"
            n = counts.get(month, 0)
            step = 0 if not n else 1 + min(4, int(5 * (n - 1) / max(most, 1)))
            x = left + cell * m
            box = f'<rect x="{x + 1}" y="{y + 1}" width="{cell - 2}" height="{cell - 2}" rx="2" class="heat h{step}"/>'
            if n:
                number = f'<text x="{x + cell // 2}" y="{y + 19}" class="number h{step}">{n}</text>'
                box = _link(paths.get(month, ""), escape(label.format(month=month, n=n)), box + number)
            parts.append(box)
    width, height = left + cell * 12, top + cell * len(years)
    return _picture("months", width, height, title, description, parts)


def network(nodes: Sequence[Node], edges: Sequence[tuple[str, str, int]], title: str, description: str, center: str = "") -> Markup:
    """Nodes on an ellipse, around one in the middle if there is one; edges as thick as their numbers say.

    Each node of a side has a height of its own, so that no label lies over another.
    """
    around = [node for node in nodes if node.key != center]
    right, left = around[::2], around[1::2]
    width, height = 620, max(300, 30 * len(right) + 40)
    places: dict[str, tuple[float, float]] = {center: (width / 2, height / 2)} if center else {}
    for side, sign in ((right, 1), (left, -1)):
        for index, node in enumerate(side):
            share = (2 * index + 1) / len(side) - 1
            places[node.key] = (width / 2 + sign * 205 * math.sqrt(1 - (0.93 * share) ** 2), height / 2 + share * (height / 2 - 12))
    most = max((n for _, _, n in edges), default=1)
    parts = []
    for one, other, n in edges:
        if one in places and other in places:
            (x1, y1), (x2, y2) = places[one], places[other]
            kind = "edge" if center in (one, other) else "edge far"
            ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
            parts.append(f'<line {ends} class="{kind}" stroke-width="{0.8 + 4 * n / most:.1f}"/>')
    parts += [_node(node, *places[node.key], middle=node.key == center, width=width) for node in nodes]
    return _picture("network", width, height, title, description, parts)


def _node(node: Node, x: float, y: float, *, middle: bool, width: int) -> str:
    side = "mid" if middle else "end" if x < width / 2 else "start"
    offset, below = {"mid": (0, 28), "end": (-11, 5), "start": (11, 5)}[side]
    label = node.label if len(node.label) <= 5 else node.label[:4] + "\u2026"
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{9 if middle else 6.5}" class="node {escape(node.kind)}"/>'
    text = f'<text x="{x + offset:.1f}" y="{y + below:.1f}" class="label {side}">{escape(label)}</text>'
    name = escape(node.label)
    inner = f"<title>{name}</title>{circle}{text}"
    return _link(node.path, name, inner) if node.path else f"<g>{inner}</g>"


def _link(path: str, label: Markup, inner: str) -> str:
    return f'<a href="{escape(path)}" aria-label="{label}">{inner}</a>'


def _picture(name: str, width: int, height: int, title: str, description: str, parts: Sequence[str]) -> Markup:
    head = (
        f'<svg class="{name}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-label="{escape(title)}">'
    )
    return Markup(f"{head}<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>")
