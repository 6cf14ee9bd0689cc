"""Where open names end and begin: the words that may stand inside a body's or site's name."""

from __future__ import annotations

import re

import rjieba

from kg.boundaries import (
    EDGE_CUES,
    OUTSIDE,
    STOP_CUES,
    compound,
    counts,
    cued,
    digits,
    does,
    done_in,
    leads_on,
    levelled,
    miscut,
    numbered,
    of_a_trade,
    partners,
    proper,
    seasonal,
)
from kg.conjoined import BEHIND_NAMES, NOMINAL, STANDING, coordinate, joins, seated
from kg.cues import Kind
from kg.mentions import Scan, han
from kg.places import Setting
from kg.sessions import NUMERALS, behind_session

_BARRIER = re.compile("[" + re.escape("".join(sorted(OUTSIDE))) + "年]")
_STOP_TAGS = frozenset({"p", "u", "uj", "ul", "uv", "uz", "ud", "ug", "r", "y", "e", "o", "df", "t", "tg"})
_SESSIONS, _GOING = frozenset({"SessionCue"}), frozenset({"MovementCue"})
# What a verb that leads to somebody ends with: 交到, 送给.
_DIRECTIONS = frozenset({"MovementCue", "RecipientCue"})
_COUNTED = frozenset({"CountedCue"})
# A standing body's name of so many characters may begin and end inside what no dictionary has.
_STANDING = 4


def acts(scan: Scan, begin: int, end: int) -> bool:
    """Whether a word of a span reports an act."""
    return any(cued(scan, b, STOP_CUES, scan.words[b][0]) for b in range(begin, end) if b in scan.words) or done_in(scan, begin, end - 1)


def clean_left(scan: Scan, offset: int) -> bool:
    """Whether nothing Chinese stands just before an offset."""
    return not han(scan.text, offset - 1)


def titled(scan: Scan, end: int) -> bool:
    """Whether a title, perhaps with its modifier or a body's term before it, begins at an offset, or somebody's name before it."""
    if end in scan.titles_by_begin or end in scan.modifiers_by_begin or end in scan.addressed or end in scan.shared:
        return True
    return scan.has_cue(end, "SessionCue") and behind_session(scan, end) in scan.titles_by_begin


def may_end(scan: Scan, end: int) -> bool:
    """Whether a body's name can end here: at a word's end, before a title, or before another body."""
    return bool(scan.bounds[end]) or titled(scan, end) or end in scan.kinds


def stands_apart(scan: Scan, begin: int, end: int) -> bool:
    """Whether words part at both ends of a standing body's name: 原 | 银保监会 | 某地监管局, whatever the segmentation makes of it."""
    long = end - begin >= _STANDING
    return (bool(scan.bounds[begin]) or (long and scan.may_part(begin))) and (may_end(scan, end) or (long and scan.may_part(end)))


def suffix_stands(scan: Scan, begin: int, end: int, kind: Kind) -> bool:
    """Whether a suffix is one: not the end of a word (举办, 场所), and of one character only where its kind may stand alone."""
    if end - begin > 1:
        return True
    if not titled(scan, end) and (kind.titled_only or scan.text[begin - 1 : begin].isascii()):
        return False
    word = scan.word_before(end)
    if word is not None and end - word[0] > 1:
        # 骨科 | 副主任, but no 司 in 公司 | 党委书记.
        led = titled(scan, end) and not scan.kinds.get(end)
        listed = end - word[0] == 2 and not led and rjieba.has_word(scan.text[word[0] : end])
        # 第一站来到某地
        if word[1] in ("v", "d") or listed or (word[1] == "m" and not led):
            return False
    if any(cued(scan, b, STOP_CUES, end) for b in range(max(0, begin - 3), begin)):
        return False
    # 报告厅, 收费站: where something is held or stands, and no body that somebody heads.
    led = titled(scan, end) or begin in scan.titles_by_begin
    return not kind.public or led or not any(e == end and b < begin for b, e, _ in scan.sites)


def barrier(text: str, begin: int, end: int) -> int:
    """The first offset of a span at which no name goes on (a mark, a year), or the span's end."""
    mark = _BARRIER.search(text, begin, end)
    return mark.start() if mark is not None else end


def inner(scan: Scan, begin: int, end: int) -> bool:
    """Whether the words of a span without barriers can stand inside a name: no function word, no reported act."""
    words, titles, kinds = scan.words, scan.titles_by_begin, scan.kinds
    i = begin
    while i < end:
        word = words.get(i)
        if word is None:
            i += 1
            continue
        stop, tag = word
        joining = tag == "p" and i > begin and i not in scan.name_ends and joins(scan, i, stop)
        if tag in _STOP_TAGS and stop - i < 3 and not joining and not seasonal(scan, i, stop):
            return False
        if stop < end and scan.text[i:stop] in scan.doings:
            # 余杭区 | 建成 | 社区养老服务中心
            return False
        if tag == "m" and scan.text[i] != "第" and scan.words.get(stop, (0, ""))[1] == "q":
            # 某县东南 | 40公里处
            return False
        if tag == "d":
            after, what = words.get(stop, (0, ""))
            # 马关县 | 都 | 龙 | 锡业, 湖南 | 瑶 | 都 | 电机: characters of a name that no dictionary has.
            second = i == begin + 1 and stop == i + 1 and begin in words
            if (what.startswith("v") and not (second and what == "vn")) or (
                scan.text[i:stop] in scan.followers and not (second or (i == begin and after == stop + 1))
            ):
                return False
        if tag == "c" and (
            rjieba.has_word(scan.text[i:stop]) if stop - i > 1 else i == begin or i in scan.name_ends or i in scan.role_nouns
        ):
            # 渔政部门 | 和 | 航海保障中心
            return False
        if tag in ("c", "p") and stop in scan.full_areas:
            # 绍兴二院与 | 越城区某镇卫生院
            return False
        if i > begin and stop in kinds and former(scan, stop) == i and (i - 1, stop) not in [(b, e) for b, e, _ in scan.areas]:
            # 士林村 | 原 | 党支部书记, but 公安局 | 站前派出所
            return False
        if leads_on(scan, i, stop) or (i == begin and i in scan.event_verbs and (stop in kinds or proper(scan, stop, end))):
            # 到沙河、内丘 | 调研 | 人民法庭: who went there called on it.
            return False
        if cued(scan, i, STOP_CUES, stop, end) or partners(scan, i, stop):
            return False
        if i in kinds:
            for cue_end, kind in kinds[i]:
                if kind.levels and cue_end <= end:
                    return False
        title = titles.get(i)
        if title is not None and i + 1 < title[0] <= end and not (i == begin and of_a_trade(scan, i, title[0])):
            return False
        i = stop
    return True


def former(scan: Scan, end: int) -> int:
    """Where a word begins that says that what follows at an offset was somebody's before (原), or the offset."""
    return next((begin for begin, modifier in scan.modifiers.get(end, ()) if modifier.status == "former" and scan.bounds[begin]), end)


def left_edge(
    scan: Scan,
    begin: int,
    window: int,
    setting: Setting,
    levels: frozenset[str] = frozenset(),
    taken: bytearray | None = None,
    closed: bool = False,
) -> int:
    """Where an open name that ends with the suffix at ``begin`` starts: leftwards over name words, at most ``window`` characters.

    ``closed`` where the word at ``begin`` is a body's by itself, which a conjunction may join to its own first words.
    """
    text = scan.text
    i = begin
    while i not in scan.words and i > 0:
        i -= 1
    left = i
    while i > 0 and begin - i < window:
        area = setting.by_end.get(i)
        if area is not None:
            return area.begin
        previous = scan.word_before(i)
        if previous is None:
            break
        b, tag = previous
        word = text[b:i]
        if tag in ("c", "p") and i - b > 1 and b in setting.by_end and not rjieba.has_word(word):
            # 上海 | 世和 | 时装有限公司: a guess of the segmentation.
            tag = "n"
        if (taken is not None and taken[b]) or not OUTSIDE.isdisjoint(word):
            break
        if tag == "c" and (closed or i != begin) and seated(scan, b, setting, levels):
            i = left = b
            continue
        if tag in ("c", "p") and i <= begin and not closed and joins(scan, b, i):
            first = coordinate(scan, b, taken)
            if first < b and begin - first < window:
                left = first
            break
        title = scan.titles_by_end.get(i)
        traded = title is not None and of_a_trade(scan, title[0], i)
        if cued(scan, i - 1, _SESSIONS, i, i):
            # 选举产生新一届 | 某局党委
            break
        if word in scan.followers or (word in scan.doings and i < begin) or (title is not None and i - title[0] > 1 and not traded):
            break
        if tag not in ("c", "p") and joins(scan, b, i):
            # 园区经理、兼党支部书记; 签约暨某某研究院
            break
        if tag == "v" and i - b > 1 and (cued(scan, i - 1, _DIRECTIONS, i, i) or cued(scan, b, STANDING, b + 1, b + 1)):
            # 现金交到 | 石壁小学, 奖牌颁给 | 某某公司; 文学院在校 | 图书馆
            break
        # 县 | 重点 | 工程管理中心: behind a level word it is the name's.
        if (
            cued(scan, b, STOP_CUES, i)
            or (cued(scan, b, EDGE_CUES, i) and not levelled(scan, b, levels))
            or partners(scan, b, i)
            or (text[b] == "年" and text[b - 1 : b].isdigit())
        ):
            break
        if b in scan.event_verbs and i < begin and proper(scan, i, begin):
            break
        # 市 | 律师 | 行业党委: behind a level word it is the name's.
        if i in scan.role_nouns and not all(levelled(scan, k, levels) for k in scan.role_nouns[i]):
            break
        if (i - b > 1 and not rjieba.has_word(word) and miscut(scan, b, i)) or leads_on(scan, b, i):
            break
        if (counts(scan, b, i) and not numbered(scan, i)) or (tag == "b" and text[b] in NUMERALS):
            # 三家 | 医院, 二级 | 学院
            break
        if i < begin and does(scan, b, i, begin, taken):
            break
        joined = (tag in ("a", "v", "q", "m") or seasonal(scan, b, i)) and compound(scan, b)
        if not (joined or tag.startswith(NOMINAL) or (tag == "m" and (word[0] == "第" or digits(scan, b, i)))):
            break
        i = left = b
        if word in levels:
            break
    return _behind_others(scan, left, begin, levels)


def _behind_others(scan: Scan, left: int, begin: int, levels: frozenset[str]) -> int:
    """Where a name starts whose leftmost words are none of its own: a person's behind a title (副主任张三率), 12支, 由镇."""
    if left == begin:
        return left
    if cued(scan, left, _GOING, left + 1, left + 1) and not rjieba.has_word(scan.text[left : scan.words.get(left, (left, ""))[0]]):
        # 先后 | 赴力 | 嘉 | 国际集团: what the segmentation makes of 赴 and a name.
        return left + 1
    if left in scan.titles_by_end:
        for k in range(left + 2, min(left + 5, begin)):
            for _, end, cue in scan.cue_at.get(k, ()):
                if cue.kind in BEHIND_NAMES and end <= begin:
                    return end
    stop = scan.words.get(left, (left, ""))[0]
    second = scan.words.get(stop)
    if second is not None and (second[1] == "q" or second[0] == stop + 1) and stop < begin and scan.text[left:stop].isascii():
        # 12支 | 代表队
        return second[0]
    if scan.text[left - 1 : left].isdigit() and cued(scan, left, _COUNTED, left + 1, left + 1):
        # 25名 | 村党支部书记
        return left + 1
    if stop - left > 1 and scan.text[left] in scan.followers and scan.text[left + 1 : stop] in levels:
        return left + 1
    if stop - left > 1 and _asks(scan, left, stop):
        return left + 1
    return left


def _asks(scan: Scan, begin: int, end: int) -> bool:
    """Whether a verb was joined to an area's name by the segmentation: 请 | 乐东某某合作社理事长."""
    if (
        rjieba.has_word(scan.text[begin:end])
        or scan.has_cue(begin, "StationedCue")
        or not any(b == begin + 1 and e - b > 1 for b, e, _ in scan.areas)
    ):
        return False
    tag: str = rjieba.tag(scan.text[begin])[0][1]
    return tag == "v"
