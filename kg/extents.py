"""How far a body's name goes to the right: ends of open names, units that follow in their body."""

from __future__ import annotations

from bisect import bisect_left

from kg.bodies import Bodies
from kg.boundaries import counts, done_before
from kg.cues import Kind
from kg.edges import acts, barrier, inner, may_end, suffix_stands, titled
from kg.lexicon import Lexicon
from kg.mentions import BRACKETS, Scan
from kg.model import Organization
from kg.searches import OrganizationSpan, Search, behind_former
from kg.sessions import behind_session

# Names of bodies in the development pages have at most 18 characters before their suffix, units inside a body 12.
WINDOW, UNIT_WINDOW = 18, 12
# A firm's name has at most so many characters in brackets, these included: （集团）, （中国）.
BRACKETED = 8
# 有限公司: only a firm's name has an end of so many characters.
_FIRM = 4
# From the begin of an open name to a closed kind that ends it are fewer characters than this.
_CLOSED_WINDOW = 10

# 某某医院·某某医院专科联盟: two bodies.
_DOT = "·"


def _one_end(scan: Scan, begin: int, end: int, kind: Kind, before: tuple[int, Kind]) -> bool:
    """Whether a firm's end goes on right behind another: 宁夏煤业 | 公司, 某某研究院 | 有限公司, but not 某某集团 | 子公司."""
    stop, first = before
    # What was a public body is one no more with the end that only a firm's name has.
    whole = end - begin >= _FIRM or not first.public
    firms = begin == stop and whole and (kind.top == first.top or first.public) and not (kind.public or kind.inner or first.inner)
    cue = scan.cue(begin, "RelatingCue") if firms else None
    return firms and (cue is None or cue[0] < end)


class Extents:
    """Follows names to the right; shared by all articles."""

    def __init__(self, lexicon: Lexicon, bodies: Bodies) -> None:
        self.levels, self.bodies = lexicon.levels, bodies
        self.ends, self.kinds, self.branches = lexicon.ends, lexicon.kinds, tuple(lexicon.of_kind("BranchCue"))
        self.joiners = frozenset(["、", *lexicon.of_kind("ListJoinerCue")])

    def extend(self, search: Search, begin: int, end: int, org: Organization, given: bool, confidence: float = 1.0) -> OrganizationSpan:
        """Follow nested units to the right: 公安局 | 交警支队 ; 人武部 | 党委 ; 社治委 | 改革统筹处."""
        is_unit = False
        longer = self._bracketed(search, end)
        if longer is not None:
            org = self.bodies.named(org.name + search.scan.text[end : longer[0]], org.area, longer[1])
            end = longer[0]
        while True:
            start = behind_former(search.scan, end)
            step = self._unit_step(search, start, org)
            if step is None or step[0] <= start:
                return OrganizationSpan(begin, end, org, given, confidence, is_unit)
            words = search.scan.text[start : step[0]]
            if not is_unit and self._goes_on(search.scan, end, words, org, step[1]):
                org = self.bodies.longer(org, words, step[1])
            else:
                org = self.bodies.unit(org, words, step[1])
                is_unit = True
            end = step[0]

    def _goes_on(self, scan: Scan, end: int, words: str, org: Organization, kind: Kind) -> bool:
        """Whether a firm's name goes on with an end alone: 某某集团 | 有限公司, but not 某某集团 | 分公司."""
        first = self.kinds.get(org.kind or "")
        alone = words in self.ends and first is not None and org.parent is None and not words.startswith(self.branches)
        return alone and first is not None and _one_end(scan, end, end + len(words), kind, (end, first))

    @staticmethod
    def _told(scan: Scan, begin: int) -> bool:
        """Whether an area's name is a subject whose verb follows: 某县 | 是 | 某某学院的联系点."""
        end, tag = scan.words.get(begin, (begin, ""))
        return tag == "v" and end == begin + 1 and scan.text[begin] in scan.followers

    @staticmethod
    def _bracketed(search: Search, end: int) -> tuple[int, Kind] | None:
        """The end of a firm's name that goes on behind brackets: 某某酒厂 | （集团）有限责任公司."""
        mark = BRACKETS.get(search.scan.text[end : end + 1])
        close = search.scan.text.find(mark, end, end + BRACKETED) + 1 if mark else 0
        k = bisect_left(search.suffixes, close)
        if not close or k == len(search.suffixes) or search.suffixes[k] != close:
            return None
        _, stop, kind = search.scan.suffixes[k]
        return None if kind.public or not may_end(search.scan, stop) else (stop, kind)

    def open_end(self, search: Search, p: int, window: int, minimum: int) -> tuple[int, Kind] | None:
        """The end of an open name that starts at ``p``: the first suffix that closes a word, at least ``minimum`` name words between."""
        scan = search.scan
        best: tuple[int, Kind] | None = None
        first = -1
        limit = barrier(scan.text, p, p + window)
        for k in range(bisect_left(search.suffixes, p), len(search.suffixes)):
            if search.suffixes[k] > limit:
                break
            begin, end, kind = scan.suffixes[k]
            if minimum and begin > p and self._told(scan, p):
                break
            if begin == p and not (kind.placed if minimum else end - begin > 2 or end in scan.titles_by_begin):
                continue
            if best is not None and begin == first and end < best[0]:
                # 中心支行, and not the 中心 in it
                continue
            if best is not None and end >= best[0] and not (end > best[0] and (begin == first or _one_end(scan, begin, end, kind, best))):
                continue
            if end - begin > 2 and done_before(scan, begin):
                # 余杭区 | 打造 | 文化馆, but 某县项目推进 | 中心
                break
            if may_end(scan, end) and inner(scan, p, begin) and suffix_stands(scan, begin, end, kind):
                best, first = (end, kind), begin
        limit = min(limit, p + _CLOSED_WINDOW - 1)
        for k in range(bisect_left(search.kinds, p + 1), len(search.kinds)):
            q = search.kinds[k]
            if q > limit:
                break
            if done_before(scan, q):
                break
            for end, kind in scan.kinds[q]:
                if not kind.levels and not kind.ellipsis and (best is None or end < best[0]) and may_end(scan, end) and inner(scan, p, q):
                    best = (end, kind)
        return best

    def closed(self, scan: Scan, p: int, area: str | None) -> tuple[int, int, Kind] | None:
        """The longest closed kind right behind an area that ends at ``p`` (its level word shared, or said twice): begin, end, kind."""
        best: tuple[int, int, Kind] | None = None
        level = self.bodies.areas.level_word(area) if area else ""
        twice = (p + len(level),) if level and scan.text.startswith(level, p) else ()
        for q in (p, p - len(level), *twice) if level else (p,):
            hits = scan.kinds.get(q)
            if hits is None or (q < p and not scan.text.startswith(level, q)):
                continue
            for end, kind in hits:
                # 州党委 is the prefecture's, and not a 党委 inside a body.
                longer = best is None or end > best[1] or (end == best[1] and q < p and best[2].party_unit)
                if end > p and longer and may_end(scan, end):
                    best = (q, end, kind)
        return best

    def owned(self, scan: Scan, p: int, area: str | None) -> tuple[int, int, Kind] | None:
        """The closed kind that somebody heads behind an area that ends at ``p`` and 的: 甲镇、乙乡 | 的 | 党委书记."""
        mark = scan.cue(p, "PossessiveCue")
        closed = self.closed(scan, mark[0], area) if mark is not None else None
        return closed if closed is not None and closed[0] > p and titled(scan, closed[1]) else None

    def branch(self, search: Search, begin: int, end: int) -> OrganizationSpan | None:
        """A branch, behind an area's name, of the one firm named before that it can be of: 中国农业发展银行 … 宁夏 | 分行行长甲."""
        scan, k = search.scan, bisect_left(search.suffixes, end)
        if k == len(search.suffixes) or search.suffixes[k] != end:
            return None
        _, stop, kind = scan.suffixes[k]
        firms = (s.organization for s in search.found if s.end <= begin and not s.unit)
        like = {o.path: o for o in firms if not o.public and o.parent is None and o.name.endswith(scan.text[stop - 1])}
        if kind.public or len(like) != 1 or not may_end(scan, stop):
            return None
        return self.extend(search, begin, stop, self.bodies.unit(next(iter(like.values())), scan.text[begin:stop], kind), True)

    def sibling(self, search: Search, left: int, end: int, kind: Kind, confidence: float) -> OrganizationSpan | None:
        """A unit right behind one of its kind in a list: 某部农田建设管理司、| 种植业管理司."""
        if search.scan.text[left - 1 : left] not in self.joiners:
            return None
        last = next((s.organization for s in search.found if s.end == left - 1 and s.organization.kind == kind.name), None)
        if last is None or last.parent is None:
            return None
        return OrganizationSpan(left, end, self.bodies.unit(last.parent, search.scan.text[left:end], kind), True, confidence, True)

    def _unit_step(self, search: Search, end: int, org: Organization) -> tuple[int, Kind] | None:
        scan = search.scan
        if search.taken[end] or scan.text[end : end + 1] == _DOT:
            return None
        for e, kind in scan.kinds.get(end, ()):
            levelled = kind.levels and scan.text.startswith(self.levels, end)
            # 镇党委 | 政府: no part of the committee, which is the town's.
            towns = org.area is not None and org.parent is None and self.bodies.is_party_unit(org)
            own = org.kind in self.bodies.territorial_kinds or towns
            beside = (kind.short or "").startswith("{area}") and own
            if not levelled and not beside and may_end(scan, e):
                return e, kind
        # An ordinal or nominal start is asked for: the first word is looked at before the way to a suffix.
        word = scan.words.get(end)
        if word is None and (guessed := scan.guessed_end(end)) > end:
            # 生态环境 | 部水 | 生态: what no dictionary has runs across the body's end.
            word = (guessed, "n")
        if word is None or word[1] in ("c", "p", "d") or end in scan.event_verbs or scan.cue(end, "LocativeCue") is not None:
            # 某学院 | 在校图书馆
            return None
        if counts(scan, end, word[0]) or scan.cue(end, "RoleNounCue") is not None:
            # 县委 | 三个巡察组, 管委会 | 有关局室
            return None
        near = self.open_end(search, end, UNIT_WINDOW, 0)
        if near is not None and near[1].inner and near[1].belongs and org.kind not in near[1].belongs:
            # 司 are in ministries alone.
            return None
        title = scan.titles_by_begin.get(end)
        if near is not None and title is not None and title[0] > near[0] and not near[1].party_unit:
            # 董事局主席 and its like are one title.
            return None
        if near is None or not self._unit_words(scan, end, near[0], near[1].inner or word[1] != "v" or end in search.setting.by_begin):
            return None
        size, led = near[0] - end, near[0] in scan.titles_by_begin
        # Untitled units: of public bodies they are short (投资促进处), of companies longer (齿轮压缩机有限公司).
        if led:
            return near if size > 1 else None
        if near[1].public:
            return near if 2 < size <= 8 else None
        if near[1].own_pages and org.public and not self._of_a_whole(search, end, near[0], org):
            # 县水利局 | 指导 | 绿源公司
            return None
        verbs = [k for k in range(end, near[0]) if k in scan.words and scan.words[k][1] == "v"]
        # 分行 at the end is no verb.
        acts = word[1] != "v" and any(scan.words[k][0] < near[0] for k in verbs)
        return near if 2 < size <= 14 and not acts else None

    def _of_a_whole(self, search: Search, begin: int, end: int, org: Organization) -> bool:
        """Whether a firm, school or hospital behind a public body is its own: a branch, or one that has no name by itself."""
        whole = self.kinds.get(org.kind or "")
        if whole is None or whole.own_pages:
            return True
        first = bisect_left(search.suffixes, begin)
        ends = [search.scan.text[search.suffixes[k] : end] for k in range(first, len(search.suffixes)) if search.suffixes[k] < end]
        return any(words.startswith(self.branches) for words in ends) or search.suffixes[first] == begin

    def _unit_words(self, scan: Scan, begin: int, end: int, named: bool) -> bool:
        """Whether the words behind a body are the name of a unit. ``named`` where their start is that of a name also without a title."""
        if (not named and end not in scan.titles_by_begin) or behind_session(scan, begin) > begin:
            return False
        first = scan.words.get(begin)
        if scan.cue(begin, "StationedCue") is not None or (
            # 某县人民法院 | 邀请 | 县人大
            first is not None and first[1] == "v" and scan.text.startswith(self.levels, first[0])
        ):
            return False
        # 县教育局 | 称 | 县 | 水利局
        return not acts(scan, begin, end) and not any(
            scan.text[k : scan.words[k][0]] in scan.levels for k in range(begin, end) if k in scan.words
        )
