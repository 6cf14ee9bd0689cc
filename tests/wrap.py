"""Prints annotated clean items as a paper would: hard-wrapped pages of two to four items, with furniture, moved bylines, lost headlines.

    python tests/wrap.py OUT [--seed N] [--rounds N]

writes OUT/*.txt and OUT/wrapped.jsonl (the items' annotations with the new spans), for ``kg eval`` or any scorer.
The same seed gives the same pages. Items whose words count from the day of issue close their page's day.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ARTICLES = Path(__file__).resolve().parent / "articles"
META = re.compile(r"(来源|作者|浏览|发布|日期|时间)[：:]|^\d{4}[年-]\d\d?[月-]\d\d?日?　")
BYLINE = re.compile(r"^[（(][^。，]{2,40}[）)]$|^(供稿|文/图|来源|撰稿|作者)[：:]")
OPENING = re.compile(r"^(?:[^\s（(。，]{0,8}讯)?\s*[（(](?:记者|全媒体记者)[^）)]*[）)]")
RELATIVE = re.compile(r"昨日|昨天|今天|今日|前天|明天")
YEAR = re.compile(r"(20\d\d)[-年](\d\d?)[-月](\d\d?)")
NO_START = set("，。、；：！？”’）》」』】,.;:!?)%")
NO_END = set("“‘（《「『【(")
PAPERS = ("江城日报", "双河时报", "青岚晚报", "今日北川", "云岭新闻")
COLUMNS = ("要闻", "综合新闻", "地方新闻", "时政·综合", "民生关注", "要 闻", "基层动态", "本地新闻")
SLOGANS = (
    "牢记嘱托 感恩奋进",
    "学思想 强党性 重实践 建新功",
    "创建全国文明城市",
    "实干争先谱新篇",
    "弘扬劳动精神　争做时代先锋",
    "在希望的田野上",
)
FOOTERS = (
    "责任编辑 黎民　校对 任重",
    "本版责编：柴静之 美编：叶小纹",
    "值班编委 万方  编辑 毛毛",
    "新闻热线：0000-1234567 投稿邮箱：news@example.cn",
    "本报地址：人民路1号 邮编：000000 广告热线：1234567",
    "电话：1234567 零售价：1.00元",
    "编辑：安小宁　版式：白鹭",
)
WEATHER = ("今日天气：多云转晴，12℃—21℃", "市区天气预报 阴有小雨 偏北风3级", "今天白天 晴到多云 最高气温26℃")
ADVERTS = ("遗失声明", "公益广告", "节约用水 从我做起（公益广告）", "讲文明 树新风 公益广告")


@dataclass(frozen=True)
class Item:
    """One clean article: its annotation, headline lines, paragraphs and closing lines."""

    gold: dict[str, object]
    headline: list[str]
    paragraphs: list[str]
    ends: list[str]
    day: tuple[int, int, int] | None = None

    def years(self) -> set[int]:
        """The years that its page may be of: its day's, else those of its events."""
        events = self.gold["events"]
        return {self.day[0]} if self.day else {int(e["date"][:4]) for e in events if re.match(r"\d", e["date"] or "")}  # type: ignore[attr-defined]


@dataclass
class Sheet:
    """A page being printed."""

    lines: list[str] = field(default_factory=list)
    size: int = 0

    def put(self, line: str = "") -> tuple[int, int]:
        begin = self.size
        self.lines.append(line)
        self.size += len(line) + 1
        return begin, begin + len(line)


def items() -> Iterator[Item]:
    """The clean development items: one to a file, a paragraph to a line."""
    for source in sorted(ARTICLES.glob("dev-*.jsonl")):
        golds = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
        for gold in golds:
            if sum(other["page"] == gold["page"] for other in golds) > 1:
                continue
            text = (ARTICLES / gold["page"]).read_text(encoding="utf-8")
            if max(map(len, text.split("\n"))) < 60:
                continue
            lines = [line.strip() for line in text[gold["begin"] : gold["end"]].split("\n") if line.strip()]
            day = YEAR.search(text) if gold["kind"] == "news" else None
            name = re.search(r"_(\d{4})-(\d\d)-(\d\d)", gold["page"])
            head = []
            while lines and len(head) < 3 and not META.search(lines[0]) and len(lines[0]) < 40 and "。" not in lines[0]:
                head.append(lines.pop(0))
            lines = [line for k, line in enumerate(lines) if k or not META.search(line) or len(line) > 60]
            ends: list[str] = []
            while gold["kind"] == "news" and BYLINE.match(lines[-1]):
                ends.insert(0, lines.pop())
            found = name or day
            yield Item(gold, head, lines, ends, tuple(map(int, found.groups())) if found else None)  # type: ignore[arg-type]


def pages(rng: random.Random) -> Iterator[list[Item]]:
    """Two to four items to a page, of one year; an item with relative days comes with earlier ones only."""
    left = list(items())
    rng.shuffle(left)
    while left:
        first = left.pop()
        size = rng.randint(2, 4)
        group = [first]
        for other in list(left):
            if len(group) == size:
                break
            if fits([*group, other]):
                group.append(other)
                left.remove(other)
        rng.shuffle(group)
        yield group


def fits(group: list[Item]) -> bool:
    days = [i.day for i in group if i.day]
    last = max(days, default=None)
    return len(set().union(*(i.years() for i in group))) <= 1 and all(
        i.day == last for i in group if i.day and RELATIVE.search("".join(i.paragraphs))
    )


def wrapped(text: str, width: int, rng: random.Random) -> list[str]:
    """Lines of ``width`` characters at most, punctuation kept off a line's start as printers do (mostly)."""
    out = []
    while len(text) > width:
        cut = width
        if text[cut] in NO_START and rng.random() < 0.95:
            cut -= 1
        while cut > 2 and text[cut - 1] in NO_END:
            cut -= 1
        while cut > 4 and text[cut].isdigit() and text[cut - 1].isdigit() and rng.random() < 0.8:
            cut -= 1
        out.append(text[:cut])
        text = text[cut:]
    return [*out, text] if text else out


def names(reporters: list[str], rng: random.Random) -> str:
    return rng.choice((" ", "　", "  ", "、")).join(reporters)


def restyled(item: Item, rng: random.Random) -> tuple[list[str], list[str], list[str], list[str], bool]:
    """Headline, byline under it, paragraphs, byline behind; and whether the article opens with a dateline."""
    reporters = [str(r) for r in item.gold["reporters"]]  # type: ignore[attr-defined]
    head, body = list(item.headline), list(item.paragraphs)
    dateline = body[0][:6].find("讯") >= 0
    if item.gold["kind"] != "news":
        return head, [], body, list(item.ends), False
    style = rng.choice(
        ("keep", "keep", "line", "inline", "bracket", "bare", "opening", "opening", "square", "under", "said", "photo", "slash")
    )
    kept = all(r in "".join([*body, *item.ends]) for r in reporters)
    if not reporters or (style == "keep" and kept) or (item.ends and not BYLINE.match(item.ends[0])):
        return head, [], body, list(item.ends), dateline
    body[0] = OPENING.sub("", body[0])
    who = names(reporters, rng)
    if style == "line":
        return head, [], body, [f"记者 {who}" + rng.choice(("", " 文/图", " 摄影报道"))], False
    if style == "inline":
        return head, [], [*body[:-1], f"{body[-1]}记者 {who}"], [], False
    if style == "bracket":
        return head, [], body, [f"（{who}）"], False
    if style == "bare":
        return head, [], body, [(" " * rng.choice((0, 4, 8))) + names(reporters, random.Random(0))], False
    if style == "square":
        return head, [rng.choice(("□ ", "□", "□ 本报记者 ", "■ ", "●")) + who], body, [], False
    if style == "under":
        return head, [rng.choice(("本报记者 ", "记者 ", "全媒体记者 ", "通讯员 ", "本报通讯员　")) + who], body, [], False
    if style == "photo":
        return head, [], body, [f"（{who} {rng.choice(('文/图', '摄影报道', '文图'))}）"], False
    if style == "slash":
        return head, [], body, [rng.choice(("文/图：", "文：", "供稿：", "作者：", "撰稿：")) + who], False
    lead = rng.choice(("本报讯", "双河时报讯", "本网讯", "江城融媒讯"))
    if style == "said" and all(len(r) < 5 for r in reporters):
        body[0] = f"{lead} 记者{'、'.join(reporters)}报道 " + body[0]
    else:
        body[0] = lead + rng.choice((" ", "")) + f"（{rng.choice(('记者', '通讯员', '全媒体记者', '本报记者'))} {who}）" + body[0]
    return head, [], body, [], True


def printed(group: list[Item], rng: random.Random) -> tuple[str, list[dict[str, object]], tuple[int, int, int] | None]:
    """The text of a page, the annotations with their spans in it, and the page's day."""
    width = rng.randint(10, 24)
    indent = rng.choice(("", "　　", "  ", "　　"))
    half = rng.random() < 0.2
    spaced = rng.random() < 0.4
    gap = rng.choice((0.0, 0.06, 0.12))
    apart = rng.random() < 0.5 or not indent
    parted = not apart or rng.random() < 0.8
    day = max((i.day for i in group if i.day), default=None)
    sheet, golds = Sheet(), []
    if day and rng.random() < 0.7:
        stamp = f"{day[0]}年{day[1]}月{day[2]}日"
        column = rng.choice(COLUMNS)
        sheet.put(rng.choice((f"{rng.choice(PAPERS)} {stamp} 星期三", f"{stamp}　星期五　{column}　3版", f"2  {column}  {stamp}")))
    elif rng.random() < 0.5:
        sheet.put(rng.choice(PAPERS))
    if rng.random() < 0.4:
        sheet.put()
        sheet.put(rng.choice((*COLUMNS, *SLOGANS)))
    for item in group:
        head, under, body, ends, dateline = restyled(item, rng)
        if dateline and rng.random() < 0.3:
            head = []
        spans = []
        for _ in range(rng.choice((1, 1, 2, 3))):
            sheet.put()
        for k, line in enumerate(h for text in head for h in headline(text, width, rng)):
            spans.append(sheet.put((" " * rng.choice((0, 0, 2)) if k else "") + line))
        if head and rng.random() < 0.5:
            sheet.put()
        for line in under:
            spans.extend(sheet.put(part) for part in wrapped(line, width, rng))
            if rng.random() < 0.5:
                sheet.put()
        for number, paragraph in enumerate(body):
            text = paragraph
            if half:
                text = text.translate(str.maketrans("，：；（）！？", ",:;()!?"))
            if spaced:
                text = re.sub(r"(\d{1,2}月)(\d)", r"\1 \2", text)
            for line in wrapped(indent + text, width, rng):
                spans.append(sheet.put(line))
                if rng.random() < gap:
                    sheet.put()
            if apart and number + 1 < len(body):
                sheet.put()
        for line in ends:
            spans.extend(sheet.put(part) for part in wrapped(line, max(width, 16), rng))
        begin = spans[0][0] + len(sheet_line(sheet, spans[0])) - len(sheet_line(sheet, spans[0]).lstrip())
        golds.append({**item.gold, "begin": begin, "end": spans[-1][1], "headline": item.gold["headline"] if head else None})
        if not parted:
            continue
        sheet.put()
        if rng.random() < 0.3:
            sheet.put(rng.choice((*FOOTERS, *WEATHER, *ADVERTS, *COLUMNS)))
    if rng.random() < 0.6:
        sheet.put()
        sheet.put(rng.choice(FOOTERS))
    return "\n".join(sheet.lines) + "\n", golds, day


def sheet_line(sheet: Sheet, span: tuple[int, int]) -> str:
    return ("\n".join(sheet.lines))[span[0] : span[1]]


def headline(text: str, width: int, rng: random.Random) -> list[str]:
    """A headline over as many lines as its column needs, broken at its space or between words."""
    parts = text.split() if " " in text and (len(text) > width or rng.random() < 0.5) else [text]
    out = []
    for part in parts:
        while len(part) > max(width, 12) + 2:
            cut = len(part) // 2 if len(part) <= 2 * max(width, 12) else max(width, 12)
            out.append(part[:cut])
            part = part[cut:]
        out.append(part)
    return out


def write(out: Path, seed: int, rounds: int) -> Path:
    """Write the pages and their annotations; returns the annotations' path."""
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    kept = []
    for number in range(rounds):
        for k, group in enumerate(pages(rng)):
            text, golds, day = printed(group, rng)
            stamped = day is not None and f"{day[0]}年{day[1]}月{day[2]}日" in text.split("\n")[0]
            name = f"wrap-{number:02d}-{k:02d}" + ("_{:04d}-{:02d}-{:02d}".format(*day) if day and not stamped else "") + ".txt"
            (out / name).write_text(text, encoding="utf-8")
            kept += [{**gold, "id": f"{name[:-4]}-{n + 1}", "page": name, "source": gold["id"]} for n, gold in enumerate(golds)]
    path = out / "wrapped.jsonl"
    path.write_text("".join(json.dumps(gold, ensure_ascii=False) + "\n" for gold in kept), encoding="utf-8")
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=4)
    arguments = parser.parse_args()
    write(arguments.out, arguments.seed, arguments.rounds)
