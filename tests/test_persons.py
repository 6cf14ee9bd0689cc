"""Names of people: by their characters, the words around them, and the article as a whole."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.model import Page
from kg.reader import Reader

READER = Reader(lexicon.load())


def people(text: str) -> list[str]:
    facts = READER.read(Page("page.txt", f"本报讯 {text}"))
    assert facts, "no article was found"
    return [str(m.thing) for f in facts for m in f.persons]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("5月8日，德清县委书记王朔指出，要抓好春耕。", ["王朔"]),
        ("5月8日，德清县副县长欧阳晓东、司马清和陪同调研。", ["欧阳晓东", "司马清和"]),
        ("5月8日，温宿县副县长阿依古丽·买买提出席会议。", ["阿依古丽·买买提"]),
        ("5月8日，理塘县委书记扎西次仁到格木乡调研。", ["扎西次仁"]),
        ("5月8日，德清县财政局局长高峰、水利局局长文静参加。", ["高峰", "文静"]),
        ("5月8日，德清县副县长李 刚、张 岚出席会议。", ["李刚", "张岚"]),
        ("5月8日，德清县监察处处长孙晓蕾参加会议。", ["孙晓蕾"]),
        ("5月8日，德清县副县长谷文和应邀参加会议。", ["谷文和"]),
        ("5月8日，囊谦县人大常委会副主任才仁旺秀、县政协副主席汪秀英参加，县财政局局长何雄列席会议。", ["才仁旺秀", "汪秀英", "何雄"]),
        ("5月8日，德清县委书记沈砚秋率团到长兴县考察。", ["沈砚秋"]),
        ("5月8日，德清县领导陈明、李党生（女）、何雄等出席。", ["陈明", "李党生", "何雄"]),
        ("5月8日，德清县副县长何景明到企业走访。公司总经理林顺发说，订单不少。", ["何景明", "林顺发"]),
        ("5月8日，德清县副县长何景明下村。种粮大户刘必双算起增收账。", ["何景明", "刘必双"]),
        ("5月8日，德清县副县长栗杰握着老人的手嘱咐。", ["栗杰"]),
        ("5月8日，德清县副县长奚小挺陪同客人。老党员奚小挺说起往事。", ["奚小挺"]),
        ("5月8日，德清县团委书记桑璐和志愿者们一起忙碌。桑璐说，活动很好。", ["桑璐"]),
        ("5月8日，称多县副县长昂文旦巴陪同，阿鲁科尔沁旗委书记苏雅拉图参加。", ["昂文旦巴", "苏雅拉图"]),
        ("5月8日，美姑县司法所所长马海拉伍、人民陪审员沙马尔古参加调解。", ["马海拉伍", "沙马尔古"]),
        ("5月8日，疏附县副县长图尔洪·吾布力用拉家常的方式讲了案例。", ["图尔洪·吾布力"]),
    ],
)
def test_names_end_where_they_end(text: str, names: list[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("5月8日，德清县举行技能比赛，选手蔺大鹏夺得第一名，种植户祁连海和妻子王桂兰到场观看。", ["蔺大鹏", "祁连海", "王桂兰"]),
        ("5月8日，63岁的凌贤彬已经在阜溪街道的果园里转了一圈。", ["凌贤彬"]),
        ("5月8日，德清县公示如下：申屠明，男，汉族，1970年8月生。白玉珠，女，汉族，1975年2月生。", ["申屠明", "白玉珠"]),
        ("5月8日，德清县召开会议，职工收入有所增加，群众加油鼓劲，党员和先进工作者参加。", []),
    ],
)
def test_people_without_a_post_are_found_behind_what_they_are(text: str, names: list[str]) -> None:
    assert people(text) == names


def test_a_name_once_known_is_found_again() -> None:
    facts = READER.read(Page("page.txt", "本报讯 5月8日，德清县委书记王朔到阜溪街道调研。王朔强调，要抓好春耕。"))
    assert [s.speaker for f in facts for e in f.events for s in e.statements] == ["王朔"]


@pytest.mark.parametrize(
    "text",
    [
        "5月8日，德清县召开会议，市生态环境局长兴分局作了汇报。",
        "5月8日，德清县召开会议，局长职务按规定办理。",
        "5月8日，德清县召开会议，委员们就茶产业提出意见。",
        "5月8日，双方代表在德清县签约。",
    ],
)
def test_words_behind_titles_are_no_names(text: str) -> None:
    assert people(text) == []
