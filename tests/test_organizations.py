"""Which bodies a reader gets: names in full, elliptic ones resolved to the place that the article is about."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.model import Organization, Page
from kg.reader import Reader

READER = Reader(lexicon.load())


def bodies(text: str) -> dict[str, Organization]:
    """The bodies of a report, by name."""
    facts = READER.read(Page("page.txt", f"本报讯 {text}"))
    assert facts, "no article was found"
    return {m.thing.name: m.thing for f in facts for m in f.organizations if isinstance(m.thing, Organization)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("5月8日，德清县委召开常委会会议，研究乡村振兴工作。", {"德清县委"}),
        ("5月8日，中共德清县委员会召开全体会议，研究乡村振兴工作。", {"德清县委"}),
        ("5月8日，德清县人民政府举行新闻发布会，介绍防汛工作。", {"德清县政府"}),
        ("5月8日，长兴县政协组织委员开展视察，县财政局、县水利局负责人参加。", {"长兴县政协", "长兴县财政局", "长兴县水利局"}),
        ("5月8日，共青团辽宁省委举办青年论坛，代表踊跃发言。", {"共青团辽宁省委"}),
        ("5月8日，阿里地区召开会议，地委书记何景明讲话。", {"阿里地委"}),
        ("5月8日，歙县县委召开会议，研究茶产业工作。", {"歙县县委"}),
        ("5月8日，甘孜州总工会举办培训班，州内职工参加。", {"甘孜州总工会"}),
        ("5月8日，广西三江侗族自治县妇联开展慰问活动，群众反响热烈。", {"三江县妇联"}),
    ],
)
def test_names_are_short_and_in_full(text: str, names: set[str]) -> None:
    assert names <= set(bodies(text))


def test_the_formal_name_and_the_printed_form_are_kept() -> None:
    found = bodies("5月8日，中共德清县委员会召开全体会议，研究乡村振兴工作。")["德清县委"]
    assert found.formal == "中共德清县委员会"
    assert found.path == "330521/县委"
    assert found.kind == "地方党委"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("5月8日，湖州市总工会到德清县调研，随后市总工会召开座谈会。", "湖州市总工会"),
        ("5月8日，德清县召开会议，县委组织部、县委宣传部负责人参加。", "德清县委组织部"),
        ("5月8日，德清县阜溪街道召开会议，街道党工委书记陈一鸣讲话。", "阜溪街道党工委"),
    ],
)
def test_elliptic_bodies_are_resolved(text: str, name: str) -> None:
    assert name in bodies(text)


def test_companies_keep_the_name_they_print() -> None:
    found = bodies("5月8日，德清县举行签约仪式，浙江青瓷实业有限公司董事长陈一鸣出席。")
    assert "浙江青瓷实业有限公司" in found
    assert not found["浙江青瓷实业有限公司"].public


def test_a_list_says_what_its_items_are() -> None:
    assert {"华晨", "瑞泰", "东岭"} <= set(bodies("5月8日，代表团到德清县考察，走访了华晨、瑞泰、东岭等企业。"))


@pytest.mark.parametrize("text", ["5月8日，德清县举办丰收节，公共场所人潮涌动。", "5月8日，德清县召开会议，学习《浙江省统计局工作规则》。"])
def test_words_and_documents_make_no_bodies(text: str) -> None:
    assert not bodies(text)
