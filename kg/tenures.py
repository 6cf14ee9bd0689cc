"""Who holds what: each post of a chain for each of its names, or one post each where as many areas are listed as names."""

from __future__ import annotations

from collections.abc import Sequence

from kg.bodies import Bodies
from kg.chains import MEMBERS, Context, Piece
from kg.model import Organization, Tenure
from kg.names import Name

_Seat = tuple[Organization | None, float]


def held(
    context: Context, bodies: Bodies, pieces: Sequence[Piece], seats: Sequence[_Seat], names: Sequence[Name], started: bool, ended: bool
) -> list[Tenure]:
    """The tenures of a chain, piece by piece; ``seats`` are the pieces' bodies and how sure they are."""
    end = max(pieces[-1].end, *(n.end for n in names))
    out: list[Tenure] = []
    for piece, (organization, confidence) in zip(pieces, seats, strict=True):
        if organization is None and piece.concept.weak and piece.concept.rank >= MEMBERS:
            # 建设者代表甲: of no body, it is no post.
            continue
        own = _each(context, bodies, piece, organization, len(names)) if len(pieces) == 1 and len(names) > 1 else None
        for k, name in enumerate(names):
            # A name of likelihood 7 and more is as sure as it gets.
            surely = round(min(confidence, 0.5 + name.score / 14), 2)
            body = own[k] if own else organization
            out.append(Tenure(name.name, body, piece.title, piece.begin, end, piece.concept.name, surely, piece.former, started, ended))
    return out


def _each(context: Context, bodies: Bodies, piece: Piece, organization: Organization | None, count: int) -> list[Organization] | None:
    """The bodies of 甲镇、乙镇、丙乡党委书记 with three names, one each; None where not as many areas of a level are listed."""
    at = piece.span.begin if piece.span is not None else piece.begin
    if organization is None or organization.area is None or not (piece.area is not None or (piece.span is not None and piece.span.given)):
        return None
    level = bodies.areas.ranks[organization.area]
    codes = [organization.area]
    while context.scan.text[at - 1 : at] == "、" and (before := context.setting.by_end.get(at - 1)) is not None:
        if before.area is None or bodies.areas.ranks[before.area] != level:
            break
        codes.insert(0, before.area)
        at = before.begin
    return [bodies.reseat(organization, code) for code in codes] if len(codes) == count else None
