"""Which body: closed forms behind an area or level word, open names, nested units, standing bodies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import rjieba

from kg.lexicon import Kind, Lexicon
from kg.mentions import Scan
from kg.model import Organization
from kg.places import AreaReader, Setting

LEVELS = ("自治区", "自治州", "自治县", "街道", "省", "市", "县", "区", "州", "盟", "旗", "镇", "乡")
GRASSROOTS = ("街道", "社区", "镇", "乡", "村")
_PARTY_LEVELS = frozenset({"province", "prefecture", "county"})
_STOP_TAGS = frozenset({"p", "u", "uj", "ul", "uv", "uz", "ud", "ug", "r", "y", "e", "o", "df", "t", "tg"})
_NOMINAL = ("n", "j", "b", "x", "eng", "vn", "an", "l", "i", "s", "g", "zg", "f")
_PUNCTUATION = "，。、；：！？,;:!?）)（(《》\n \u3000…"
_EDGES = ("HoldingCue", "MovementCue", "RoleCue", "SpeechCue", "PlanCue", "RelativeDayCue", "SelfReferenceCue", "NameFollowerCue", "RecallCue")
_STOP_CUES = ("HoldingCue", "MovementCue", "RoleCue", "SpeechCue", "PlanCue", "RelativeDayCue", "SelfReferenceCue")
_WINDOW = 18
# Short ends such as 办 or 处 are words as often as bodies: alone they need a title behind them.
_WEAK_END = 1


@dataclass(frozen=True, slots=True)
class OrganizationSpan:
    """A body named in the text; ``base`` is the part of it that is listed when a title follows."""

    begin: int
    end: int
    organization: Organization
    given: bool
    confidence: float = 1.0
    unit: bool = False


class OrganizationReader:
    """Reads the bodies of articles; shared by all."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader) -> None:
        self.lexicon, self.areas = lexicon, areas
        self.frames: dict[str, list[tuple[str, Kind]]] = {}
        for kind in lexicon.kinds.values():
            for pattern in (kind.short, kind.formal):
                prefix, mark, tail = (pattern or "").partition("{area}")
                if prefix and mark and tail:
                    self.frames.setdefault(prefix, []).append((tail, kind))
        for tails in self.frames.values():
            tails.sort(key=lambda item: -len(item[0]))
        self.territorial_kinds = {name for name, kind in lexicon.kinds.items() if kind.levels and (kind.short or "").startswith("{area")}

    # -- names -------------------------------------------------------------------------------

    def territorial(self, kind_name: str, area: str | None, cue: str = "") -> Organization | None:
        """The body of a kind in an area: kind 人民政府 and 410184 → 新郑市政府."""
        kind = self.lexicon.kinds.get(kind_name)
        if kind is None:
            return None
        return self.make(kind, cue, area)

    def make(self, kind: Kind, cue: str, area: str | None, extra: str = "") -> Organization:
        """A body of a closed kind, named after its area; without an area the words stand alone."""
        if area is None:
            return Organization(extra + (cue or kind.name), extra + (cue or kind.name), None, kind.name, None, (), None, kind.public)
        place, shown = self.areas.area(area), self.areas.seat(area)
        stem = cue
        for level in LEVELS:
            if cue.startswith(level) and len(cue) > len(level) and shown.endswith(level):
                # 歙县县委, 滨海新区区委: the level word is said twice where the name is too short or ends with a longer one.
                stem = cue if len(shown) == 2 or (place.suffix not in LEVELS and len(place.suffix) > 1 and place.level == "county") else cue[len(level) :]
                break
        parent = None
        name = shown + stem
        if kind.part_of and place.level in _PARTY_LEVELS and kind.short and "{parent}" in kind.short:
            above = self.lexicon.kinds.get(kind.part_of)
            if above is not None:
                parent = self.make(above, "", area)
                name = kind.short.replace("{parent}", parent.name) if not extra else parent.name + stem
        elif kind.short and "{parent}" not in kind.short and (not stem or self._formal_cue(kind, cue)):
            name = self._fill(kind.short, area)
        elif kind.short and "{area}" in kind.short[1:] and not kind.short.startswith("{area}"):
            name = self._fill(kind.short, area)
        if extra:
            name = shown + extra + stem
        formal = self._fill(kind.formal, area) if kind.formal and "{parent}" not in kind.formal and place.level in _PARTY_LEVELS else None
        forms = [shown + stem, *([place.name + stem] if shown != place.name else [])]
        return Organization(name, self.path(area, name), area, kind.name, formal if formal != name else None,
                            tuple(f for f in dict.fromkeys(forms) if f != name), parent, kind.public)

    @staticmethod
    def _formal_cue(kind: Kind, cue: str) -> bool:
        return bool(kind.formal) and cue not in (kind.short or "") and cue in (kind.formal or "") and len(cue) > 4

    def _fill(self, pattern: str, area: str) -> str:
        place, shown = self.areas.area(area), self.areas.seat(area)
        stem = shown[: -len(place.suffix)] if place.suffix and shown.endswith(place.suffix) else shown
        name = pattern.replace("{area}", shown).replace("{areaStem}", stem)
        if place.suffix == "自治区" and name == place.name + "委":
            return place.name + "党委"
        return name

    def path(self, area: str, name: str) -> str:
        """The IRI path of a body: its seat's code and the name without the seat's."""
        shown = self.areas.seat(area)
        rest = name[len(shown) :] if name.startswith(shown) else name
        if rest.startswith("委"):
            rest = self.areas.level_word(area) + rest
        return f"{area}/{rest or name}"

    def unit(self, parent: Organization, words: str, kind: Kind | None) -> Organization:
        """A unit inside a body."""
        name = parent.name + words
        path = f"{parent.path}{words}"
        return Organization(name, path, parent.area, kind.name if kind else None, None, tuple(f + words for f in parent.forms), parent, parent.public)

    def named(self, name: str, area: str | None, kind: Kind | None, public: bool | None = None) -> Organization:
        """A body with an open name."""
        path = self.path(area, name) if area else name
        return Organization(name, path, area, kind.name if kind else None, None, (), None, kind.public if kind and public is None else bool(public))

    # -- spans -------------------------------------------------------------------------------

    def read(self, scan: Scan, setting: Setting) -> list[OrganizationSpan]:
        """The bodies of an article, in order, none overlapping another."""
        self_words = {e: w for b, e, w in scan.cues.get("SelfReferenceCue", ())}
        starts: list[tuple[int, int, str | None, bool]] = []
        for span in setting.spans:
            starts.append((span.begin, span.end, span.area, True))
        found: list[OrganizationSpan] = []
        taken = bytearray(len(scan.text) + 1)

        def put(span: OrganizationSpan | None) -> None:
            if span is None or any(taken[span.begin : span.end]):
                return
            found.append(span)
            taken[span.begin : span.end] = b"\1" * (span.end - span.begin)

        for begin, end, body in sorted(scan.bodies, key=lambda h: (h[0], -h[1])):
            if scan.bounds[begin] and (scan.bounds[end] or end in scan.titles_by_begin) and begin not in setting.by_end:
                kind = self.lexicon.kinds.get(body.kind)
                org = Organization(body.name, body.name, None, body.kind, body.formal, body.forms, None, kind.public if kind else True)
                put(self._extend(scan, setting, begin, end, org, True))
        for begin, end, area, _ in starts:
            if end in setting.by_begin:
                continue
            span = self._after_area(scan, setting, begin, end, area)
            put(span)
            if span is not None and area is not None:
                put(self._paired(scan, span.end, area))
        for q in sorted(scan.kinds):
            if not taken[q]:
                put(self._bare(scan, setting, q, self_words, found))
        for begin, end, kind in sorted(scan.suffixes, key=lambda s: (s[0], -s[1])):
            if not taken[begin] and not taken[end - 1]:
                put(self._open(scan, setting, begin, end, kind, taken))
        for q in sorted(scan.kinds):
            if not taken[q]:
                put(self._bare_unit(scan, q))
        found.sort(key=lambda s: s.begin)
        return self._siblings(scan, self._stationed(scan, found))

    def _framed(self, scan: Scan, begin: int, end: int, area: str | None) -> OrganizationSpan | None:
        """A body whose name goes around its area's: 共青团 | 辽宁省 | 委, 民建 | 三明市 | 委会."""
        if area is None:
            return None
        for prefix, tails in self.frames.items():
            start = begin - len(prefix)
            if start < 0 or not scan.text.startswith(prefix, start):
                continue
            for tail, kind in tails:
                if scan.text.startswith(tail, end) and scan.bounds[end + len(tail)] | (end + len(tail) in scan.titles_by_begin):
                    return OrganizationSpan(start, end + len(tail), replace(self.make(kind, "", area), forms=(scan.text[start : end + len(tail)],)), True)
        return None

    def _paired(self, scan: Scan, p: int, area: str) -> OrganizationSpan | None:
        """The second body of a pair that shares the area's name: 市委 | 市政府, 旗委 | 政府."""
        if scan.text[p : p + 1] in "、和":
            p += 1
        for end, kind in scan.kinds.get(p, ()):
            cue = scan.text[p:end]
            shared = cue.startswith(self.areas.level_word(area)) and bool(kind.levels)
            if (shared or (kind.short or "").startswith("{area}")) and kind.part_of is None and self._ends(scan, end):
                return OrganizationSpan(p, end, self.make(kind, cue, area), True)
        return None

    def _closed_at(self, scan: Scan, p: int, area: str | None) -> tuple[int, Kind] | None:
        """The longest closed kind right behind an area that ends at ``p``, its level word perhaps shared with it."""
        best: tuple[int, Kind] | None = None
        suffix = self.areas.level_word(area) if area else ""
        for q in dict.fromkeys([p, p - len(suffix) if suffix and scan.text[:p].endswith(suffix) else p]):
            for end, kind in scan.kinds.get(q, ()):
                if end <= p:
                    continue
                if q < p and not scan.text.startswith(suffix, q):
                    continue
                if not self._ends(scan, end):
                    continue
                if best is None or end > best[0]:
                    best = (end, kind)
                    self._start = q
        return best

    _start = 0

    @staticmethod
    def _ends(scan: Scan, end: int) -> bool:
        """Whether a body's name can end here: at a word's end, before a title, or before another body."""
        return bool(scan.bounds[end]) or end in scan.titles_by_begin or end in scan.kinds or end in scan.modifiers_by_begin

    def _after_area(self, scan: Scan, setting: Setting, begin: int, end: int, area: str | None) -> OrganizationSpan | None:
        closed = self._closed_at(scan, end, area)
        framed = self._framed(scan, begin, end, area)
        if framed is not None:
            return framed
        if closed is not None:
            q = self._start
            org = self.make(closed[1], scan.text[q : closed[0]], area)
            printed = scan.text[begin : closed[0]]
            if printed != org.name and printed not in org.forms:
                org = replace(org, forms=(*org.forms, printed))
            return self._extend(scan, setting, begin, closed[0], org, True)
        stop = self._open_end(scan, end)
        if stop is None:
            return None
        e, kind = stop
        words = scan.text[end:e]
        if area is None:
            org = self.named(scan.text[begin:e], None, kind)
        else:
            printed = scan.text[begin:end]
            name = self.areas.seat(area) + words if kind.public or self.areas.area(area).level == "functional" else printed + words
            forms = [printed + words] if printed + words != name else []
            if any(level in words[1:-1] for level in GRASSROOTS):
                forms.append(words)
            org = replace(self.named(name, area, kind), forms=tuple(forms))
        return self._extend(scan, setting, begin, e, org, True)

    def _open_end(self, scan: Scan, p: int, window: int = _WINDOW, minimum: int = 1) -> tuple[int, Kind] | None:
        """The end of an open name that starts at ``p``: the first suffix that closes a word, nothing but name words between."""
        best: tuple[int, Kind] | None = None
        first = -1
        for begin, end, kind in scan.suffixes:
            if begin < p or end > p + window + 4:
                continue
            if begin - p > window or (begin == p and (minimum or end not in scan.titles_by_begin)):
                continue
            if not self._ends(scan, end) or not self._inner(scan, p, begin) or not self._suffix_stands(scan, begin, end, kind):
                continue
            if best is None or end < best[0] or (begin == first and end > best[0]):
                best, first = (end, kind), begin
        for q in range(p + 1, min(p + 10, len(scan.text))):
            for end, kind in scan.kinds.get(q, ()):
                if not kind.levels and not kind.ellipsis and self._ends(scan, end) and (best is None or end < best[0]) and self._inner(scan, p, q):
                    best = (end, kind)
        return best

    @staticmethod
    def _suffix_stands(scan: Scan, begin: int, end: int, kind: Kind) -> bool:
        """Whether a suffix is one: not the end of a verb (举办), and of one character only where its kind may stand alone."""
        if end - begin > 1:
            return True
        if kind.titled_only and end not in scan.titles_by_begin and end not in scan.modifiers_by_begin:
            return False
        word = scan.word_at_end.get(end)
        if word is not None and end - word[0] == 2 and end not in scan.titles_by_begin and rjieba.has_word(scan.text[word[0] : end]):
            return False
        if word is not None and word[1] == "v" and end - word[0] > 1:
            return False
        return not any(e >= end and w.kind in _STOP_CUES for b in range(max(0, begin - 3), begin) for e, w in scan.cue_at.get(b, ()))

    @staticmethod
    def _inner(scan: Scan, begin: int, end: int) -> bool:
        """Whether a span can stand inside a name: no mark, no function word, no reported act."""
        text = scan.text
        i = begin
        for k in range(begin, end):
            if text[k] in _PUNCTUATION or text[k] in "年“”":
                return False
        while i < end:
            word = scan.words.get(i)
            if word is None:
                i += 1
                continue
            stop, tag = word
            if (tag in _STOP_TAGS and stop - i < 3) or (tag == "d" and (stop - i > 1 or scan.words.get(stop, (0, ""))[1].startswith("v"))):
                return False
            if tag == "c" and (stop - i > 1 or i == begin or i in scan.name_ends):
                return False
            for cue_end, cue in scan.cue_at.get(i, ()):
                if cue.kind in _STOP_CUES and cue_end <= end and cue_end >= stop:
                    return False
            if i in scan.titles_by_begin and scan.titles_by_begin[i][0] <= end and scan.titles_by_begin[i][0] - i > 1:
                return False
            i = stop
        return True

    def _extend(self, scan: Scan, setting: Setting, begin: int, end: int, org: Organization, given: bool, confidence: float = 1.0) -> OrganizationSpan:
        """Follow nested units to the right: 公安局 | 交警支队 ; 人武部 | 党委 ; 社治委 | 改革统筹处."""
        is_unit = False
        while True:
            step: tuple[int, Kind] | None = None
            for e, kind in scan.kinds.get(end, ()):
                if (kind.levels and any(scan.text.startswith(level, end) for level in LEVELS)) or (
                        (kind.short or "").startswith("{area}") and org.kind in self.territorial_kinds):
                    continue
                if self._ends(scan, e):
                    step = (e, kind)
                    break
            if step is None:
                near = self._open_end(scan, end, 12, 0)
                if (near is not None and near[0] - end > (1 if near[0] in scan.titles_by_begin else 2) and (near[0] in scan.titles_by_begin or near[0] - end <= (8 if near[1].public else 14))
                        and self._unit_words(scan, end, near[0])):
                    step = near
            if step is None or step[0] <= end:
                return OrganizationSpan(begin, end, org, given, confidence, is_unit)
            org = self.unit(org, scan.text[end : step[0]], step[1])
            end = step[0]
            is_unit = True

    @staticmethod
    def _unit_words(scan: Scan, begin: int, end: int) -> bool:
        """Whether the words behind a body are the name of a unit: an ordinal or nominal start."""
        word = scan.words.get(begin)
        if begin in scan.event_verbs or (word is not None and (word[1] in ("c", "p", "d") or (word[1] == "v" and end not in scan.titles_by_begin))):
            return False
        if scan.cue(begin, "StationedCue") is not None:
            return False
        return word is not None and scan.bounds[begin] == 1 and not any(
            w.kind in _STOP_CUES for b in range(begin, end) for _, w in scan.cue_at.get(b, ()) if scan.bounds[b]
        )

    def _bare(self, scan: Scan, setting: Setting, q: int, selves: dict[int, object], found: list[OrganizationSpan]) -> OrganizationSpan | None:
        """A closed kind without an area's name: 市委, 区财政局, 我市公安局, 组织部."""
        text = scan.text
        for end, kind in scan.kinds[q]:
            if not self._ends(scan, end):
                continue
            cue = text[q:end]
            own = next((level for level in LEVELS if cue.startswith(level) and len(cue) > len(level)), None)
            if own is None:
                own = next((level for prefix in self.frames if cue.startswith(prefix) for level in LEVELS if cue.startswith(level, len(prefix))), None)
                if own is not None and (scan.bounds[q] or self._clean_left(scan, q)):
                    area = self.areas.level(own, setting.locality, scan, setting.spans, q, True) or setting.locality
                    return self._extend(scan, setting, q, end, self.make(kind, cue, area), False)
            if own is None and kind.levels and kind.ellipsis:
                climbed = self._climb(setting.locality, kind)
                if climbed is not None and (scan.bounds[q] or self._clean_left(scan, q)):
                    return self._extend(scan, setting, q, end, self.make(kind, cue, climbed), False)
            if own is not None and kind.levels and (scan.bounds[q] or q in setting.by_end or self._clean_left(scan, q)):
                area = self.areas.level(own, setting.locality, scan, setting.spans, q, True)
                if area is None:
                    return self._unlisted(scan, setting, q, end, kind)
                return self._extend(scan, setting, q, end, self.make(kind, cue, area), False)
            for level in LEVELS:
                b = q - len(level)
                if b >= 0 and text.startswith(level, b) and (scan.bounds[b] or self._clean_left(scan, b)):
                    area = self.areas.level(level, setting.locality, scan, setting.spans, b)
                    begin = b if selves.get(q) is None else b - 1
                    if area is None:
                        return self._unlisted(scan, setting, b, end, kind)
                    return self._extend(scan, setting, begin, end, self.make(kind, cue, area), False)
            if kind.ellipsis and (scan.bounds[q] or self._clean_left(scan, q)):
                area = self._nearest(scan, setting, found, q)
                return self._extend(scan, setting, q, end, self.make(kind, cue, area), False, 0.8)
        return None

    def _climb(self, locality: str | None, kind: Kind) -> str | None:
        """The area of a body whose name carries no level word (行署): the first around the locality that has such bodies."""
        for code in self.areas.chain(locality) if locality else ():
            if self.areas.level_word(code) in kind.levels:
                return code
        return None

    def _unlisted(self, scan: Scan, setting: Setting, b: int, end: int, kind: Kind) -> OrganizationSpan | None:
        """A body of an area that no list has (a new town): the name words before the level word are the area's."""
        left = left_edge(scan, b, 8, setting)
        if left >= b or left in setting.by_begin:
            return None
        return self._extend(scan, setting, left, end, self.named(scan.text[left:end], setting.locality, kind), True, 0.8)

    def _bare_unit(self, scan: Scan, q: int) -> OrganizationSpan | None:
        """A kind before a title that is a unit of a body named elsewhere: 党委 in 党委书记, 机关党委."""
        if not (scan.bounds[q] or self._clean_left(scan, q)):
            return None
        for end, kind in scan.kinds[q]:
            if end in scan.titles_by_begin or end in scan.modifiers_by_begin:
                return OrganizationSpan(q, end, self.named(scan.text[q:end], None, kind), False, 0.7, True)
        return None

    @staticmethod
    def _clean_left(scan: Scan, q: int) -> bool:
        return q == 0 or not "\u4e00" <= scan.text[q - 1] <= "\u9fff"

    def _nearest(self, scan: Scan, setting: Setting, found: Iterable[OrganizationSpan], q: int) -> str | None:
        """The seat of a body named alone: that of a body just before it in the same list, else the locality."""
        sentence = scan.sentence(q)
        before = [s for s in found if sentence[0] <= s.begin < q and s.organization.area]
        if before:
            last = max(before, key=lambda s: s.end)
            between = scan.text[last.end : q]
            if between in ("、", "和", "与") or (last.end in scan.titles_by_begin and "，" not in between and "。" not in between):
                return last.organization.area
        code = setting.locality
        while code is not None and self.areas.area(code).level == "town" and self.areas.area(code).parent is not None:
            code = self.areas.area(code).parent
        return code

    def _open(self, scan: Scan, setting: Setting, begin: int, end: int, kind: Kind, taken: bytearray) -> OrganizationSpan | None:
        """An open name without an area: its left end is where name words stop."""
        if not self._ends(scan, end):
            return None
        text = scan.text
        titled = end in scan.titles_by_begin or end in scan.modifiers_by_begin
        if end - begin <= _WEAK_END and not titled:
            return None
        left = left_edge(scan, begin, _WINDOW, setting, taken)
        level = next((lv for lv in LEVELS if text.startswith(lv, left)), None)
        if left in setting.by_begin:
            return None
        words = text[left:end]
        if len(words) < 4 and not titled:
            return None
        if left == begin:
            return OrganizationSpan(left, end, self.named(words, None, kind), False, 0.6, True) if titled and end - begin > 1 else None
        if level is not None and text.startswith(level, left) and (scan.words.get(left, (0, ""))[0] - left == len(level)):
            area = self.areas.level(level, setting.locality, scan, setting.spans, left)
            if area is not None and left + len(level) < begin + 1:
                name = self.areas.seat(area) + words[len(level) :]
                return self._extend(scan, setting, left, end, self.named(name, area, kind), False, 0.9)
        if titled and kind.inner:
            return OrganizationSpan(left, end, self.named(words, None, kind), False, 0.7, True)
        if not titled and not _proper(scan, left, begin):
            return None
        return self._extend(scan, setting, left, end, self.named(words, None, kind), False, 0.7)

    def _stationed(self, scan: Scan, found: list[OrganizationSpan]) -> list[OrganizationSpan]:
        """县纪委监委 | 驻 | 县财政局纪检监察组 is one body; a second 驻 … belongs to the same sender."""
        links = {e: b for b, e, _ in scan.cues.get("StationedCue", ())}
        if not links:
            return found
        out: list[OrganizationSpan] = []
        sender: Organization | None = None
        for span in found:
            start = links.get(span.begin)
            if start is not None and span.organization.parent is not None:
                begin = start
                if out and out[-1].end == start:
                    sender, begin = out[-1].organization, out.pop().begin
                if sender is not None:
                    words = scan.text[start : span.begin] + scan.text[span.begin : span.end]
                    span = replace(span, begin=begin, organization=replace(self.unit(sender, words, None), kind=span.organization.kind), given=True)
            out.append(span)
        return out

    def _siblings(self, scan: Scan, found: list[OrganizationSpan]) -> list[OrganizationSpan]:
        """市委市政府, 县委、县政府: a body right behind another of the same area keeps that area."""
        out: list[OrganizationSpan] = []
        for span in found:
            if out and not span.given and span.organization.kind is not None:
                last = out[-1]
                between = scan.text[last.end : span.begin]
                kind = self.lexicon.kinds.get(span.organization.kind)
                if between in ("", "、", "和", "与") and last.given and last.organization.area and kind is not None and kind.levels:
                    cue = scan.text[span.begin : span.end]
                    shown = self.areas.seat(last.organization.area)
                    if any(cue.startswith(level) and shown.endswith(level) for level in LEVELS) and not span.unit:
                        span = replace(span, organization=self.make(kind, cue, last.organization.area))
            out.append(span)
        return out


def left_edge(scan: Scan, begin: int, window: int, setting: Setting, taken: bytearray | None = None) -> int:
    """Where an open name that ends with the suffix at ``begin`` starts: leftwards over name words, at most ``window`` characters."""
    text = scan.text
    i = begin
    while i not in scan.words and i > 0:
        i -= 1
    left = i
    while i > 0 and begin - i < window:
        area = setting.by_end.get(i)
        if area is not None:
            return area.begin
        previous = scan.word_at_end.get(i)
        if previous is None:
            break
        b, tag = previous
        word = text[b:i]
        if (taken is not None and taken[b]) or any(c in _PUNCTUATION or c in "“”" for c in word) or (i in scan.titles_by_end and i - scan.titles_by_end[i][0] > 1):
            break
        if any(cue.kind in _EDGES and e >= i for e, cue in scan.cue_at.get(b, ())):
            break
        if tag == "c" and i != begin and _seated(scan, b, setting):
            i = left = b
            continue
        if any(e == i and cue.kind == "RoleNounCue" for q in range(max(0, i - 5), i) for e, cue in scan.cue_at.get(q, ())):
            break
        if not (tag.startswith(_NOMINAL) or (tag == "m" and word.startswith("第")) or (tag in ("a", "v", "vn", "f", "q", "m") and i != begin and _compound(scan, b))):
            break
        i = left = b
        if word in LEVELS:
            break
    return left


def _seated(scan: Scan, end: int, setting: Setting) -> bool:
    """Whether the name words before a 和 go back to an area or level word: 县农牧农村和科技局."""
    i = end
    while end - i < 8:
        previous = scan.word_at_end.get(i)
        if previous is None or not previous[1].startswith((*_NOMINAL, "v", "a")):
            return False
        i = previous[0]
        if scan.text[i : previous[0] + 1] in LEVELS and scan.word_at_end[i + 1][0] == i if (i + 1) in scan.word_at_end else False:
            return True
        if i in setting.by_end:
            return True
    return False


def _compound(scan: Scan, b: int) -> bool:
    before = scan.word_at_end.get(b)
    return before is not None and before[1].startswith(("n", "j", "b", "vn", "x"))


def _proper(scan: Scan, begin: int, end: int) -> bool:
    """Whether a span holds a word that names: a proper noun or one that no dictionary has."""
    i = begin
    while i < end:
        word = scan.words.get(i)
        if word is None:
            return True
        if word[1].startswith(("nr", "ns", "nz", "nt", "x", "eng")) or (word[0] - i == 1 and word[1] in ("g", "zg", "ng", "n", "j")):
            return True
        i = word[0]
    return False
