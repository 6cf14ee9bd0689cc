"""What one word says of where a name can begin and end: it acts, counts, leads to another name, or is the segmentation's guess."""

from __future__ import annotations

import rjieba

from kg.mentions import Scan
from kg.sessions import NUMERALS

PUNCTUATION = frozenset("，。、；：！？,;:!?）)（(《》\n \u3000…+＋")
OUTSIDE = PUNCTUATION | frozenset("“”—【】")
_COUNTS = frozenset(NUMERALS + "两〇零")
_BOTH = "两"
_FIGURES, _NUMBER = frozenset("〇零一二三四五六七八九"), 3
_ASPECTS = frozenset({"ul", "uz", "ug"})
_COMITATIVE = frozenset({"ComitativeCue"})
# 各乡镇 …: level words behind what stands for all of them.
_LEVELLED = 2
# Cues that report an act: none stands inside a name; the last two end a name to their right.
STOP_CUES = frozenset({"HoldingCue", "MovementCue", "RoleCue", "SpeechCue", "PlanCue", "RelatingCue", "RelativeDayCue", "SelfReferenceCue"})
EDGE_CUES = STOP_CUES | {"NameFollowerCue", "RecallCue"}


def cued(scan: Scan, begin: int, kinds: frozenset[str], low: int, high: int | None = None) -> bool:
    """Whether a cue of one of the kinds begins at an offset and ends at ``low`` or later, and at ``high`` at the latest."""
    hits = scan.cue_at.get(begin)
    if hits is not None:
        for _, end, cue in hits:
            if end >= low and cue.kind in kinds and (high is None or end <= high):
                return True
    return False


def done_in(scan: Scan, begin: int, end: int) -> bool:
    """Whether a word of a span says that something is done: 打造, 要."""
    for b in range(begin, end):
        stop = scan.words.get(b, (b, ""))[0]
        if b < stop <= end and scan.text[b:stop] in scan.doings:
            return True
    return False


def done_before(scan: Scan, end: int) -> bool:
    """Whether the word before an offset says that something is done."""
    before = scan.word_before(end)
    return before is not None and scan.text[before[0] : end] in scan.doings


def partners(scan: Scan, begin: int, end: int) -> bool:
    """Whether a word leads to another body: 联合 | 区执法局, 会同 | 某某公司; but 联合 | 执法局 is a name's."""
    if end - begin < 2 or not cued(scan, begin, _COMITATIVE, end, end):
        return False
    stop, tag = scan.words.get(end, (end, ""))
    text = scan.text[end:stop]
    return end in scan.kinds or text in scan.levels or tag.startswith(("ns", "nt", "nz", "nr")) or not rjieba.has_word(text)


def counts(scan: Scan, begin: int, end: int) -> bool:
    """Whether a word counts what follows: 三个, 两家; neither 三 nor 第三."""
    return scan.words.get(begin, (end, ""))[1] == "m" and scan.text[begin] in _COUNTS and scan.text[end - 1] not in _COUNTS


def several(scan: Scan, offset: int) -> bool:
    """Whether what starts at an offset is more than one: 两 | 县农业局, 三家 | 合作社."""
    before = scan.word_before(offset)
    return scan.text[offset - 1 : offset] == _BOTH or (before is not None and counts(scan, before[0], offset))


def of_each(scan: Scan, begin: int, end: int) -> bool:
    """Whether a body is any of its kind and none by itself: 各 | 镇街 | 卫生院, 某某医院 | 各科室."""
    for b, e, _ in scan.cues.get("EachCue", ()):
        near = b < end and e >= begin - _LEVELLED and scan.bounds[b] and (begin < e or scan.levels.issuperset(scan.text[e:begin]))
        # 各 in 赵各庄镇 is no word.
        if near and not any(x < b < y for x, y, _ in scan.areas):
            return True
    return False


def seasonal(scan: Scan, begin: int, end: int) -> bool:
    """Whether a word of time may stand in a name: 乌江 | 春 | 茶业, 春露 | 茶业; but not 今天, 上午."""
    if scan.words[begin][1] not in ("t", "tg"):
        return False
    following = scan.words.get(end, (end, ""))[1]
    return end - begin == 1 or not rjieba.has_word(scan.text[begin:end]) or (following.startswith("n") and not scan.cue_at.get(begin))


def of_a_trade(scan: Scan, begin: int, end: int) -> bool:
    """Whether a title is a trade's word: behind a level word, and no person's name follows (市 | 律师 | 行业党委)."""
    tag, title = scan.words.get(end, (end, ""))[1], scan.titles_by_begin.get(begin)
    if title is not None and title[1].collective:
        # 德清县 | 领导 | 检查某某公司
        return False
    return scan.text.endswith(tuple(scan.levels), 0, begin) and tag.startswith(("n", "vn")) and not tag.startswith("nr")


def of_members(scan: Scan, end: int) -> bool:
    """Whether a body is named for its members: 邀请6名人大 | 代表, but not 县委 | 常委会."""
    title = scan.titles_by_begin.get(end)
    return title is not None and title[1].weak and bool(scan.bounds[title[0]])


def levelled(scan: Scan, offset: int, levels: frozenset[str]) -> bool:
    """Whether a level word ends at an offset."""
    before = scan.word_before(offset)
    return before is not None and scan.text[before[0] : offset] in levels


def leads_on(scan: Scan, begin: int, end: int) -> bool:
    """Whether a verb leads to a body or an area in full, with which another name begins: 聘请 | 宁夏大学, 援建 | 文县人民医院."""
    tag = scan.words.get(end, (end, ""))[1] if end - begin > 1 and scan.words[begin][1] == "v" else ""
    # 城区 and its kind are areas somewhere, and words everywhere.
    led = tag == "nt" or (tag == "ns" and end in scan.full_areas)
    # 江阴市 | 对口支援 | 霍城县工作组
    return led and not any(e == end for _, e, _ in scan.cues.get("StationedCue", ()))


def numbered(scan: Scan, end: int) -> bool:
    """Whether one character for a place follows a number: 八里 | 河, 十里 | 铺."""
    stop, tag = scan.words.get(end, (end, ""))
    return tag == "ns" and stop == end + 1


def digits(scan: Scan, begin: int, end: int) -> bool:
    """Whether a number is a name, said figure by figure: 八五〇 | 农场, 五九七 | 农场."""
    while scan.text[end : end + 1] in _FIGURES:
        end += 1
    while begin > 0 and scan.text[begin - 1] in _FIGURES:
        begin -= 1
    return end - begin >= _NUMBER and _FIGURES.issuperset(scan.text[begin:end])


def miscut(scan: Scan, begin: int, end: int) -> bool:
    """Whether a word that no dictionary has ends in one that reports an act: 宽率 in 孟宪宽率代表团, 拉着."""
    if scan.words[begin][1].startswith("nr") and rjieba.tag(scan.text[end - 1 : end])[0][1] in _ASPECTS:
        return True
    return any(cued(scan, k, EDGE_CUES, end, end) for k in range(begin + 1, end))


def proper(scan: Scan, begin: int, end: int) -> bool:
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


def compound(scan: Scan, b: int) -> bool:
    """Whether a word goes on with the name words before it; a mark may stand there."""
    before = scan.word_before(b)
    return before is not None and before[1].startswith(("n", "j", "b", "vn", "x"))


def does(scan: Scan, b: int, i: int, end: int, taken: bytearray | None) -> bool:
    """Whether a verb at ``b`` says what somebody does with the name whose words stand from ``i`` to ``end``.

    A body or a person stands before it (县教育局 | 引导 | 某某公司, 黄晓晨 | 拜访 | 吕四开发区), or a mark (邀请某某大学).
    """
    tag = scan.words[b][1]
    if tag not in ("v", "vn"):
        return False
    named = proper(scan, i, end)
    if not named and not _has_object(scan, i, end):
        return False
    if taken is not None and taken[b - 1] and not scan.has_cue(b, "StationedCue"):
        # 县委 | 驻 | 下团村 | 帮扶 | 工作队: a place's name is the name's.
        return not scan.text.endswith(tuple(scan.levels), 0, b)
    before = scan.word_before(b)
    if before is None:
        return False
    if before[1].startswith("nr"):
        return named and scan.words.get(i, (0, ""))[1].startswith(("nr", "ns"))
    return tag == "v" and scan.text[b - 1] in OUTSIDE


def _has_object(scan: Scan, begin: int, end: int) -> bool:
    """Whether words between a verb and a name's end are not verbal: 参观 | 阳光 | 小学, but 救助 | 管理 | 站, 前进 | 农场 | 有限公司."""
    if any(b == begin and e == end for b, e, _ in scan.suffixes):
        return False
    return any(not scan.words[k][1].startswith("v") for k in range(begin, end) if k in scan.words)
