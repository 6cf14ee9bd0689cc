"""What an article is about, and which areas its words name."""

from functools import cache

import pytest

from kg.lexicon import load
from kg.model import Page, Place
from kg.reader import Reader


@cache
def reader() -> Reader:
    return Reader(load())


def about(text: str) -> list[str | None]:
    """What each article of a page is about."""
    found = reader()
    return [found.areas.label(f.locality) if f.locality else None for f in found.read(Page("page", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Elliptic words alone say the level; the source line says which county.
        (
            "县政协开展专题视察\n2023-11-16　来源：青川县融媒体中心\n11月15日，县政协主席柏云舟率部分县政协委员视察农田水利工作。\n",
            "青川县",
        ),
        # The prefecture's committee visits a county: its own words are elliptic.
        (
            "本报讯 7月3日，市委书记柏云舟到青川县、剑阁县调研。市委秘书长闻远、市政府副市长司马清、市财政局局长江一帆参加。\n广元日报\n",
            "广元市",
        ),
        # A town's own news.
        ("乔庄镇召开防汛工作会\n7月3日，青川县乔庄镇召开防汛工作会。镇党委书记柏云舟主持，镇长闻远、镇人大主席司马清参加。\n", "乔庄镇"),
        # A town where the county's people went.
        ("7月3日，县委书记柏云舟到乔庄镇调研，县委办主任闻远、县财政局局长司马清参加。青川县委宣传部供稿。\n", "青川县"),
        # A provincial story.
        (
            "本报讯 7月3日，四川省总工会、共青团四川省委联合主办的技能大赛在成都市启动。省总工会副主席柏云舟、团省委副书记闻远出席。\n",
            "四川省",
        ),
        # Guests are not the hosts.
        (
            "广元日报\n\n安康市党政代表团来我市考察\n"
            "本报讯 7月3日，由陕西省安康市委书记柏云舟率领的安康市党政代表团来我市考察。市委书记闻远陪同。\n",
            "广元市",
        ),
        ("本报讯 7月3日，全体同志参加学习，会议认为，工作要走在前列。\n", None),
    ],
)
def test_what_an_article_is_about(text: str, expected: str | None) -> None:
    assert about(text)[-1] == expected


def test_an_article_without_a_place_is_about_what_its_page_is_about() -> None:
    first = "本报讯 7月3日，青川县召开防汛工作会。县委书记柏云舟出席并讲话。县长闻远主持。\n记者 江一帆\n"
    second = "\n本报讯 7月4日，全县教育工作会召开。县委副书记司马清出席并讲话。\n记者 江一帆\n"
    assert about(first + second) == ["青川县", "青川县"]


def test_two_districts_of_one_name_are_told_apart_by_the_city() -> None:
    found = reader()
    for city, code in (("北京市", "110105"), ("长春市", "220104")):
        (facts,) = found.read(Page("page", f"本报讯 7月3日，{city}朝阳区召开防汛工作会。区委书记柏云舟出席并讲话。\n"))
        assert facts.locality == code


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("参观者沿河乡镇走访", "沿河土家族自治县"),
        ("推动通道经济发展", "通道侗族自治县"),
    ],
)
def test_an_ordinary_word_is_no_county(words: str, place: str) -> None:
    found = reader()
    (facts,) = found.read(Page("page", f"本报讯 7月3日，青川县召开工作会，{words}。县委书记柏云舟出席并讲话。\n"))
    assert place not in [getattr(m.thing, "name", m.thing) for m in facts.places]


def test_a_new_district_is_of_the_level_of_a_district() -> None:
    areas = reader().areas
    assert areas.level_word("310115") == "区"
    assert areas.has_level("310115", "区")


def test_towns_of_common_names_together_say_the_county() -> None:
    text = "本报讯 7月16日，县委书记柏云舟前往双江街道、人和街道和凤鸣镇，检查防汛工作。县委常委闻远参加。\n"
    assert about(text) == ["云阳县"]


def test_a_conjunction_is_no_county() -> None:
    (facts,) = reader().read(Page("page.txt", "本报讯 5月8日，县人大常委会组织驻县省人大代表和县人大代表视察，县水务局局长陈一鸣汇报。\n"))
    assert facts.locality is None


def test_a_name_that_is_no_more_means_the_last_area_of_that_name() -> None:
    assert about("沙县召开防汛工作会\n本报讯 2018年7月3日，沙县召开防汛工作会，沙县副县长柏云舟出席并讲话。\n") == ["沙县"]


def test_an_acting_head_is_no_county() -> None:
    (facts,) = reader().read(Page("page", "本报讯 7月3日，青川县委书记柏云舟，县委副书记、代县长闻远出席会议。\n"))
    assert [m.thing.name for m in facts.places if isinstance(m.thing, Place)] == ["青川县"]


def test_a_body_that_only_prefectures_have_says_that_the_city_is_one() -> None:
    text = (
        "市人大常委会举行主任会议\n本报讯 7月3日，市人大常委会举行主任会议。市人大常委会主任柏云舟主持会议。"
        "市中级人民法院院长闻远列席会议。靖江市、姜堰区人大常委会负责人列席。\n"
    )
    assert about(text) == ["泰州市"]
    (facts,) = reader().read(Page("page", "本报讯 7月3日，靖江市召开会议，市中级人民法院院长闻远到会。\n"))
    assert [t.organization.name for t in facts.tenures if t.organization] == ["泰州市中级人民法院"]


def test_a_masthead_with_an_ordinary_word_names_no_county() -> None:
    assert about("三江农垦新闻\n\n本报讯 7月3日，水稻现场会召开，与会人员参加学习。\n") == [None]


def test_a_city_that_the_citys_leaders_visit_is_not_theirs() -> None:
    text = "市领导到襄州调研\n襄阳日报讯 11月3日，市委常委、常务副市长柏云舟到襄州区、宜城市调研工业。"
    assert about(text + "宜城市委书记闻远参加。\n") == ["襄阳市"]
    (facts,) = reader().read(Page("page", "10月9日，市委常委、市纪委书记柏云舟到霸州市督导工作。霸州市委书记闻远陪同。\n"))
    assert {t.organization.name for t in facts.tenures if t.organization} == {"廊坊市委", "廊坊市纪委", "霸州市委"}


def test_a_short_name_is_of_the_level_of_the_body_behind_it() -> None:
    (facts,) = reader().read(Page("page", "本报讯 1月20日，阿克苏地委副书记柏云舟到库车市调研，库车市委书记闻远陪同。\n"))
    assert {t.organization.name for t in facts.tenures if t.organization} == {"阿克苏地委", "库车市委"}


def test_a_city_to_which_others_go_is_not_where_they_are_from() -> None:
    assert about("本报讯 5月22日，市政协副主席柏云舟率队赴江苏苏州、无锡等市考察，市政协秘书长方正明参加。\n") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "3月8日，县委书记柏云舟到沁源中学调研，副县长苗一禾陪同。\n柏云舟强调，要办好人民满意的教育。\n",
        "3月8日，县委书记柏云舟到县融媒体中心调研。\n柏云舟强调，要讲好沁源故事，为沁源高质量发展鼓劲。\n",
    ],
)
def test_a_county_that_is_named_inside_other_names_only_is_the_article_s(text: str) -> None:
    assert about(text) == ["沁源县"]


def test_a_county_that_others_learn_from_once_is_not_theirs() -> None:
    assert about("3月8日，县委书记柏云舟主持召开县委常委会会议，要求学习沁源经验。\n") == [None]


@pytest.mark.parametrize(("words", "code"), [("在甬调研人大工作", "3302"), ("赴沪招商", "31"), ("来渝考察", "50"), ("到川学习", "51")])
def test_a_place_by_one_character_behind_a_word_of_place(words: str, code: str) -> None:
    (facts,) = reader().read(Page("page.txt", f"调研组{words}\n6月8日，由李步星带领的调研组{words}，并召开座谈会。\n"))
    assert code in {place.thing.area for place in facts.places if isinstance(place.thing, Place)}


def test_one_character_that_is_a_word_is_no_place() -> None:
    (facts,) = reader().read(Page("page.txt", "青川县召开会议\n6月8日，青川县召开座谈会，要在新的起点上开好局，到港的货船增多。\n"))
    assert {place.thing.area for place in facts.places if isinstance(place.thing, Place)} == {"510822"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 我市 before a county is the city that contains it.
        ("本报讯 7月3日，自治区党委常委柏云舟到我市龙州县、凭祥市走访慰问，在凭祥市友谊镇看望护边员。市委书记闻远参加。\n", "崇左市"),
        # So is the city in whose committee the county's secretary sits.
        (
            "本报讯 7月3日，柏云舟到龙州县、凭祥市走访。"
            "市委书记闻远，市委常委、凭祥市委书记司马清，市政协副主席、龙州县委书记江一帆参加。\n",
            "崇左市",
        ),
        # A zone's secretary who heads the district is the district's.
        (
            "本报讯 7月3日，全区安全生产会议召开。区委副书记、区长、长寿经开区党工委书记柏云舟讲话，区委常委闻远主持。"
            "长寿经开区领导司马清参加，区水利局局长江一帆发言。\n",
            "长寿区",
        ),
        # Its own union went to its own hospital.
        (
            "余姚市总工会走访慰问困难职工\n本报讯 7月3日，余姚市总工会开展慰问活动。市人大常委会副主任柏云舟，市总工会副主席闻远"
            "到余姚市人民医院看望医护人员。\n",
            "余姚市",
        ),
        # Who goes to another province is at home in the paper's.
        (
            "市政协考察团赴山东学习考察\n应潍坊市政协邀请，5月21日至25日，市政协主席柏云舟率考察团赴山东学习考察。市政协副主席闻远参加。"
            "在潍坊市，潍坊市政协主席司马清介绍了情况，诸城市政协主席江一帆陪同。\n萍乡日报社出版　邮编：337000\n",
            "萍乡市",
        ),
        # A county of one character, where a clause begins with it.
        ("本报讯 7月3日，文县召开防汛会议，县长柏云舟讲话。\n", "文县"),
    ],
)
def test_what_stands_above_or_beside_says_whose_report_it_is(text: str, expected: str) -> None:
    assert about(text) == [expected]


@pytest.mark.parametrize(("masthead", "county"), [("威县新闻", "威县"), ("今日景县", None), ("矿区新闻", None)])
def test_a_masthead_that_begins_with_a_county_s_full_name_names_it(masthead: str, county: str | None) -> None:
    page = f"{masthead}\n2017年11月8日　星期三\n\n检察院召开听证会\n　　本报讯 11月3日，县检察院召开听证会。县检察院检察长甄世伟主持。\n"
    assert about(page) == [county]


def labels(text: str) -> list[str]:
    """The names of the places of a page with one article."""
    (facts,) = reader().read(Page("page", text + "\n"))
    return [m.thing.name for m in facts.places if isinstance(m.thing, Place)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("本报讯 6月4日，驻马店市市长柏云舟来到天中广场、丰泽路，察看绿化。", "丰泽区"),
        ("本报讯 6月4日，建德市委书记柏云舟到三都镇调研。在三都渔村，柏云舟听取汇报。", "三都水族自治县"),
    ],
)
def test_a_street_or_a_towns_own_name_is_no_county(text: str, wrong: str) -> None:
    assert wrong not in labels(text)


def test_ethnic_townships_are_known_by_their_full_name() -> None:
    assert "四排赫哲族乡" in labels("本报讯 6月4日，饶河县委书记柏云舟来到四排赫哲族乡，检查防汛。")


def test_a_town_is_found_under_the_district_that_its_county_has_become() -> None:
    assert "凤岗街道" in labels("本报讯 6月4日，抢修人员赶赴沙县凤岗街道，立杆架线。")


@pytest.mark.parametrize(
    ("area", "level", "posts"),
    [
        ("鼓楼区", "区", {"鼓楼区委", "鼓楼区财政局"}),
        ("天河区", "区", {"天河区委", "天河区财政局"}),
        ("城关镇", "镇", {"城关镇党委"}),
    ],
)
def test_a_place_of_one_of_several_cities_is_its_articles_own(area: str, level: str, posts: set[str]) -> None:
    head = "区委书记王建国讲话，区财政局局长李晓燕参加。" if level == "区" else "镇党委书记王建国讲话。"
    (facts,) = Reader(load()).read(Page("page", f"本报讯 5月8日，{area}召开全{level}经济工作会议，{head}\n"))
    assert {tenure.organization.name for tenure in facts.tenures if tenure.organization is not None} == posts
    assert area in {mention.thing.name for mention in facts.places if isinstance(mention.thing, Place)}


def test_counties_of_one_character_are_named_in_a_list() -> None:
    (facts,) = reader().read(Page("page", "本报讯 7月3日，柏云舟来到山西吕梁山区的岚县、兴县和临县，察看墒情。\n"))
    assert {"岚县", "兴县", "临县"} <= {m.thing.name for m in facts.places if isinstance(m.thing, Place)}


def test_what_a_list_calls_towns_is_no_city() -> None:
    (facts,) = reader().read(Page("page", "本报讯 7月3日，柏云舟先后来到麦积区花牛、甘泉、渭南和石佛等乡镇，察看墒情。\n"))
    assert "渭南市" not in {m.thing.name for m in facts.places if isinstance(m.thing, Place)}
