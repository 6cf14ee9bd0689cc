"""Places visited: named sites behind a word of movement or 在, alone or in a list."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

import rjieba

from kg import scenes, settlements, tours
from kg.boundaries import proper
from kg.edges import acts
from kg.locality import RANK
from kg.mentions import Scan
from kg.model import Mention, Place
from kg.offsets import cover, covered
from kg.places import AreaReader, AreaSpan, Setting
from kg.searches import OrganizationSpan
from kg.sitenames import End, anchored, bare_ends, closes, coined, counted, ends_of, generic, led, left_of, listed, unknown, weak_stands

_DOT = "·"
# 7月后 | 项目部
_DATE = re.compile(r"\d+[年月日]")
_LIST = ("、",)
_ANCHORS = ("MovementCue", "LocativeCue")
_NEAR, _FAR = 0.8, 0.65
# 金色家园小区: so many characters of ordinary words name a street or estate; more are what is told of one.
_WORDED = 4
# 县城: the seat of a county, between its name and the town's.
_SEAT = 2


def read(
    scan: Scan, setting: Setting, bodies: Sequence[OrganizationSpan], areas: AreaReader, people: Sequence[tuple[int, int]] = ()
) -> list[Mention]:
    """The sites that an article's people went to or where something was held.

    Firms and schools that were visited are sites too, public bodies are not. A village or community is named without the town
    before it, any other site as printed; the other way to name it is kept beside.
    """
    named = {(s.begin, s.end): s for s in bodies}
    towns = {s.end: s.begin for s in setting.spans if s.full}
    areas_begin = set(towns.values())
    # 督办组先 | 到 | 鹿厂镇, whatever the segmentation says.
    cued = sorted([(b, e) for kind in _ANCHORS for b, e, _ in scan.cues.get(kind, ())])
    # 沈砚秋 | 到 | 濂江大桥, whatever the segmentation makes of 秋到.
    acting = {e for _, e in people}
    # Of 先后来 and 先后来到 the longer.
    # 抵 | 济南, but not 抵边 | 小康村
    moves = {
        e
        for b, e in dict(cued).items()
        if (scan.bounds[b] and (e - b > 1 or scan.bounds[e])) or (e in areas_begin and scan.may_part(b)) or (b in acting and scan.bounds[e])
    }
    seen = [(b, e) for b, e, kind in scan.events if kind.verb and kind.cls == "Inspection" and scan.bounds[b]]
    inside = _covered(scan, bodies) if seen else b""
    looks = {e for b, e in seen if not inside[b]} - moves
    stops = moves | looks
    anchors = sorted(stops)
    # 踏看 | 了 | 旭山北路
    done = {e: b for b, e, _ in scan.cues.get("AspectCue", ()) if b in stops}
    stops.update(done)
    stops.update(e for _, e, _ in scan.cues.get("DesignationCue", ()))
    begins = {b for b, _, _ in scan.sites}
    goals = {e for b, e, _ in scan.cues.get("MovementCue", ()) if scan.bounds[b] or b in acting}
    called = {e for _, e, kind in scan.suffixes if not kind.public}
    found: dict[int, Mention] = {}
    unlisted = {e: b for b, e, kind in scan.sites if kind.town}
    joins = {b: e for b, e, _ in scan.cues.get("ListJoinerCue", ())}
    joined = set(joins.values())
    ends = ends_of(scan, areas, joins)
    stops.update(joins[b] for b in joins.keys() & ends.keys() if ends[b].strong or ends[b].settled)
    gone_to = anchors
    anchors = sorted({*anchors, *scenes.begins(scan, ends, stops, towns)})
    for end, kind in sorted(ends.items()):
        if scan.in_document(kind.begin) or not (end in joins or closes(scan, end, kind.settled and end not in begins)):
            continue
        left = left_of(scan, kind.begin, stops, towns) if led(scan, kind.begin, anchors) else None
        if left is None or not anchored(scan, left, anchors):
            continue
        if kind.ground:
            end, kind = _built(scan, ends, left, end, kind)
        if anchors[bisect_right(anchors, left) - 1] in looks and not listed(scan, end):
            continue
        # 考察 | 了 | 黄龙港
        seen_at = done.get(left, left)
        short = not kind.strong and end - kind.begin == 1
        if short and seen_at not in goals and seen_at not in looks and scan.text[left - 1 : left] not in _LIST:
            continue
        firm = next((b for b in bodies if b.begin == left and left < b.end <= kind.begin and b.end in called and not b.unit), None)
        if firm is not None and not firm.organization.public:
            # 某某有限公司 | 灌装车间: the firm was visited.
            mention: Mention | None = _firm(scan, setting, firm)
        else:
            among = left in joined or left in goals or _LIST[0] in (scan.text[left - 1 : left], scan.text[end : end + 1])
            body = named.get((left, end))
            # 县委党校, but no 环卫中心 of some bureau.
            name = body.organization.name if body is not None and (kind.strong or not body.unit) else None
            mention = _site(scan, setting, areas, left, end, kind, name, among)
        if mention is not None and kind.settled and not _in_town(setting, mention.begin, areas):
            town, mention = settlements.parted(scan, setting, mention, unlisted, kind.begin)
            found.update({town.end: town} if town is not None else {})
        if mention is not None:
            if found and (last := next(reversed(found))) > mention.begin:
                del found[last]
            found[mention.end] = mention
    for mention in settlements.read(scan, setting, ends, _covered(scan, [*bodies, *found.values()]), {b for b, _ in seen}, anchors, joins):
        before = found.get(mention.end)
        if before is None or (mention.begin < before.begin and mention.begin in joins):
            # 和日镇 | 和日村
            found[mention.end] = mention
    taken = _covered(scan, found.values())
    for span in bodies if anchors else ():
        visited = span.end in called and not span.organization.public and not span.unit
        if not visited or span.end in found or scan.in_document(span.begin) or not closes(scan, span.end, False):
            continue
        if taken[span.begin]:
            continue
        behind = (None, span.begin, setting.chain_begin(span.begin, full=True))
        if anchored(scan, span.begin, anchors) and left_of(scan, span.begin, stops, towns) in behind:
            found[span.end] = _firm(scan, setting, span)
            cover(taken, span.begin, span.end)
    if anchors:
        firms = [(s.begin, s.end) for s in bodies if not s.organization.public]
        known = [*((m.begin, m.end) for m in found.values()), *firms]
        taken = _covered(scan, [*bodies, *found.values()])
        for begin, end in people:
            cover(taken, begin, end)
        for mention in tours.read(scan, setting, gone_to, known, taken):
            found.setdefault(mention.end, mention)
    taken = _covered(scan, [*bodies, *found.values()])
    for begin, end in [*people, *((s.begin, s.end) for s in setting.spans)]:
        cover(taken, begin, end)
    for mention in scenes.stops(scan, setting, people, taken):
        found.setdefault(mention.end, mention)
    persons = dict(people)
    # 闻远 | 回村
    gone = {m.end for m in found.values() if m.begin in persons and m.end in ends and ends[m.end].settled and m.end > persons[m.begin]}
    # 归侨 | 沈德泉
    gone.update(e for b, e in people if e in found and found[e].begin <= b)
    return sorted([m for m in found.values() if m.end not in gone], key=lambda m: m.begin)


def _built(scan: Scan, ends: Mapping[int, End], left: int, end: int, kind: End) -> tuple[int, End]:
    """What is built on a site, which is the place where it has a name: 苏山公园 | 建设 | 工地."""
    i = kind.begin
    while i > left:
        built = ends.get(i)
        if built is not None and built.strong and built.begin > left:
            return i, built
        before = scan.word_before(i)
        if before is None or not before[1].startswith(("v", "n")):
            break
        i = before[0]
    return end, kind


def _firm(scan: Scan, setting: Setting, span: OrganizationSpan) -> Mention:
    """A firm, school or hospital as a place."""
    begin = setting.chain_begin(span.begin, full=True)
    forms = (scan.text[begin : span.end],) if begin < span.begin else ()
    place = Place(scan.text[span.begin : span.end], span.organization.area or setting.locality, True, forms)
    return Mention(span.begin, span.end, place, _FAR)


def _covered(scan: Scan, spans: Iterable[Mention | OrganizationSpan]) -> bytearray:
    """Which offsets stand inside one of the spans."""
    return covered(scan.text, [(span.begin, span.end) for span in spans])


def introduced(scan: Scan, setting: Setting, mentions: Iterable[Mention], areas: AreaReader) -> set[int]:
    """Where the areas begin that stand before the names of sites, or inside the names of bodies that were gone to."""
    anchors = sorted({e for b, e, _ in scan.cues.get("MovementCue", ()) if scan.bounds[b]})
    out: set[int] = set()
    for mention in mentions:
        at = mention.begin
        while (before := setting.by_end.get(at)) is not None:
            out.add(before.begin)
            at = before.begin
        at = mention.begin
        while (inside := setting.by_begin.get(at)) is not None and inside.end < mention.end and _inside(setting, inside, areas):
            if inside.full:
                out.add(at)
            at = inside.end
    full = [s.begin for s in setting.spans if s.full and _inside(setting, s, areas)]
    out.update(b for b in full if anchored(scan, b, anchors) and _item_starts(scan, setting, b, anchors))
    return out


def _in_town(setting: Setting, begin: int, areas: AreaReader) -> bool:
    """Whether a town's name, or one that may be a town's, stands right before an offset."""
    before = setting.by_end.get(begin)
    return before is not None and (before.area is None or areas.ranks[before.area] >= RANK["town"])


def _inside(setting: Setting, span: AreaSpan, areas: AreaReader) -> bool:
    """Whether an area is inside the one right before it, or none is there: no 宜兴 | 硅谷电子科技有限公司."""
    before = setting.by_end.get(span.begin)
    return before is None or before.area is None or span.area is None or before.area in areas.chain(span.area)


def _item_starts(scan: Scan, setting: Setting, begin: int, anchors: list[int]) -> bool:
    begin = setting.chain_begin(begin)
    word = scan.word_before(begin)
    return begin in anchors or scan.text[begin - 1 : begin] in _LIST or (word is not None and word[1] == "c")


def _apart(scan: Scan, begin: int, end: int) -> bool:
    """Whether no body of a closed kind stands in a name: a room of 镇政府 | 三楼会议室 is no place of its own."""
    return not any(begin <= b < end and e <= end for b, hits in scan.kinds.items() for e, _ in hits)


def _site(scan: Scan, setting: Setting, areas: AreaReader, left: int, end: int, kind: End, body: str | None, among: bool) -> Mention | None:
    """The site of a name, where it is one; ``body`` is the name of the body that it is too, ``among``: it is listed with others."""
    text = scan.text
    last, core, seat = left, left, setting.locality
    while (area := setting.by_begin.get(core)) is not None and area.end < end and not (kind.settled and area.end >= kind.begin):
        last, core, seat = core, area.end, area.area or seat
        if text[core] == _DOT and core + 1 in setting.by_begin:
            core += 1
    if area is not None and area.end >= end:
        return None
    if (town := setting.by_begin.get(core + _SEAT)) is not None and town.full and text[core] in scan.levels and town.end < kind.begin:
        # 某自治县县城 | 保和镇民族文化广场
        return _site(scan, setting, areas, town.begin, end, kind, body, among)
    bare = core >= kind.begin or generic(scan, core, kind.begin, end)
    printed, rest = text[left:end], text[core:end]
    # 县第二水厂, but no 警务室 of whatever county.
    if body is not None and core == left and body != printed and core < kind.begin:
        return Mention(left, end, Place(body, seat, True, (printed,)), _NEAR)
    if bare and (core == left or kind.settled or not kind.strong):
        return None
    if not kind.strong and not kind.settled and not (weak_stands(scan, core, end, kind) and _apart(scan, left, kind.begin)):
        return None
    word = scan.words.get(core)
    if (
        acts(scan, core, kind.begin)
        or counted(scan, core, kind.begin)
        or _DATE.match(text, core) is not None
        or (core == left and core in bare_ends(scan))
    ):
        return None
    if not kind.settled:
        act = word is not None and word[1] in ("v", "vn") and core + 1 < word[0] < kind.begin and rjieba.has_word(text[core : word[0]])
        # 临颍县休闲食品产业园、…: what is listed with other sites is one.
        act = act and not (core > left and core not in scan.event_verbs and among)
        # 铸造车间, 人才公寓: ordinary words alone name no site.
        own = proper(scan, core, kind.begin) or unknown(scan, core, kind.begin) or coined(scan, core, kind.begin)
        plain = core == left and body is None and not own and not (kind.worded and kind.begin - core <= _WORDED)
        if act or plain:
            return None
    if core == left:
        level = next((w for w in areas.levels if text.startswith(w, left) and word is not None and word[0] == left + len(w)), None)
        meant = areas.level(level, setting, left) if level else None
        if level and kind.settled and generic(scan, left + len(level), kind.begin, end):
            return None
        if level and meant is not None:
            return Mention(left, end, Place(areas.label(meant) + text[left + len(level) : end], meant, True, (printed,)), _NEAR)
        return Mention(left, end, Place(printed, seat, True), _NEAR)
    if kind.settled:
        return Mention(core, end, Place(rest, seat, True, (printed,)), _NEAR)
    # 郧西县安家乡油桐基地 is 安家乡油桐基地 and 油桐基地 too.
    forms = dict.fromkeys(() if bare else (text[last:end], rest))
    return Mention(left, end, Place(printed, seat, True, tuple(f for f in forms if f != printed)), _NEAR)
