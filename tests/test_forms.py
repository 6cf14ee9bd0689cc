"""The plainest sentences of local news with names of every make: whoever is named is found, and holds the post that is printed."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.model import Page
from kg.reader import Reader

READER = Reader(lexicon.load())
# Names that end with what words begin or end with, of one and of two given characters, of frequent and of rare surnames.
# fmt: off
NAMES = (
    "沈添华", "何立民", "闻伟", "柏云和", "褚定强", "骆欣", "章会成", "尹志远", "俞一平", "戚啸", "何万军", "沈发", "何同庆",
    "滕主生", "翁长征", "柯因", "郎建新", "何平", "汤勇", "陶向东", "宋朝阳", "何光明", "庄大为", "鲍先进", "梅来", "章开",
    "项升", "何明", "葛以宁", "顾从军", "池调元", "袁就", "毕于海", "桑对", "荆不凡", "全胜利", "都兴", "来顺", "党生",
    "展鹏飞", "左到", "雷鸣", "白雪", "黎明", "和顺",
)
# fmt: on
FRAMES = (
    "会议由县委书记{}主持。",
    "县委书记{}到产业园区调研项目建设。",
    "县委书记{}赴企业调研项目建设。",
    "县委书记{}参加会议，县委副书记沈砚秋主持。",
    "县委书记{}强调，要抓好落实。",
    "县委书记{}要求，各部门要抓好落实。",
    "县委书记{}指出，要抓好落实。",
    "县委书记{}先后来到企业、学校检查。",
    "县委书记{}与来访的客商座谈。",
    "县委书记{}和县长沈砚秋出席会议。",
    "县长沈砚秋和县委书记{}出席会议。",
    "县委书记{}、县长沈砚秋出席会议。",
    "县委书记{}（女）出席会议。",
    "县委书记{}一行实地察看项目。",
    "县委书记{}上午调研项目。",
    "县领导沈砚秋、{}、关立群出席会议。",
    "沈砚秋、{}、关立群等县领导参加会议。",
    "会议任命{}为德清县财政局局长。",
)


def held(sentence: str) -> set[str]:
    page = Page("page.txt", f"本报讯 5月8日，德清县召开项目建设推进会，各乡镇负责人参加会议。当天，{sentence}")
    return {t.person for facts in READER.read(page) for t in facts.tenures if t.organization is not None}


@pytest.mark.parametrize("frame", FRAMES)
def test_whoever_is_named_in_a_plain_sentence_holds_the_post(frame: str) -> None:
    others = {name for name in ("沈砚秋", "关立群") if name in frame}
    assert {name for name in NAMES if held(frame.format(name)) != {name, *others}} == set()
