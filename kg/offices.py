"""Offices and units whose body their heads' titles tell: 校长办公室 is in one that has such a head."""

from __future__ import annotations

from collections.abc import Sequence

from kg.boundaries import proper
from kg.chains import Piece
from kg.cues import Title
from kg.mentions import Scan
from kg.model import Organization
from kg.recall import BODILESS, Chain, Recall
from kg.searches import OrganizationSpan

_OFFICE = 0.85


def head(recall: Recall, piece: Piece) -> Title | None:
    """The title right before an office without an area's name: 校长 | 办公室主任."""
    if piece.span is None or piece.span.given or piece.span.organization.area is not None or piece.span.organization.parent is not None:
        return None
    hit = recall.scan.titles_by_end.get(piece.span.begin)
    return hit[1] if hit is not None and not recall.bodies.is_party_unit(piece.span.organization) else None


def seat(
    recall: Recall, piece: Piece, title: Title, found: Sequence[Organization], before: Sequence[Chain]
) -> tuple[Organization | None, float]:
    """The office in the last body that has such a head; none where no such body was named."""
    bodies = [*(body for chain in before for body in chain.organizations), *found]
    several = len({s.organization.path for s in recall.spans if not s.unit and recall.fits(title, s.organization)}) > 1
    # 甲大学与乙大学座谈，| 校长办公室主任某: of either.
    whole = (None if several else recall.matching(title, bodies, strict=True)) or recall.home(piece.begin, title)
    if whole is None or piece.span is None or not recall.fits(title, whole):
        return None, BODILESS
    words = title.title + recall.scan.text[piece.span.begin : piece.span.end]
    kind = recall.lexicon.kinds.get(piece.span.organization.kind or "")
    return recall.part(whole, words, kind), _OFFICE


def unnamed(recall: Recall, span: OrganizationSpan) -> bool:
    """Whether a span is a part of an office without a name of its own: 后勤管理处 | 党总支, but not 青山水库管理处 | 党总支."""
    whole, scan = span.organization.parent, recall.scan
    if whole is None or whole.parent is not None or any(b == span.begin for b, _, _ in scan.bodies):
        # 教育部 | 社会科学司
        return False
    ends = (kind for n in range(len(whole.name)) for kind in recall.lexicon.ends.get(whole.name[n:], ()))
    return any(kind.inner for kind in ends) and not proper(scan, span.begin, span.begin + len(whole.name))


def others(recall: Recall, pieces: Sequence[Piece], body: Organization | None) -> bool:
    """Whether a chain begins with a unit that was taken for another body's: 党委书记、| 校长 is no 党委书记 of the 教育局 before."""
    span = pieces[0].span
    if body is None or span is None or span.given or not span.unit:
        return False
    base = recall.bodies.base(body)
    return any(piece.bare and not piece.group and recall.classes.foreign(piece.concept, base) for piece in pieces[1:])


def ours(scan: Scan, piece: Piece) -> int | None:
    """Where 我院 begins, right before a title; None before any other."""
    selves = scan.cues.get("SelfReferenceCue", ()) if piece.bare else ()
    return next((b for b, e, _ in selves if e == piece.begin and scan.has_cue(b, "OwnBodyCue")), None)


def headless(chain: Chain, title: Title) -> bool:
    """Whether a title's head stands in a chain without a body: of 我院院长甲，| 副院长乙 neither's is known."""
    heads = (t.concept for t in chain.tenures if t.organization is None and t.concept)
    return any(title.name != head and title.name.endswith(head) for head in heads)
