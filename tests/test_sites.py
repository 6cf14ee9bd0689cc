"""Which sites and areas an article's people went to."""

from functools import cache

import pytest

from kg.lexicon import load
from kg.model import Page, Place
from kg.reader import Reader


@cache
def reader() -> Reader:
    return Reader(load())


def places(text: str) -> list[str]:
    """The names of the places of a page with one article."""
    (facts,) = reader().read(Page("page", text + "\n"))
    return [m.thing.name for m in facts.places if isinstance(m.thing, Place)]


LEAD = "本报讯 3月5日，青川县委书记柏云舟调研乡村振兴工作。"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("柏云舟先后到金鱼村、望江社区等地，察看产业发展。", ["金鱼村", "望江社区"]),
        ("柏云舟一行来到乔庄镇金鱼村，同村民交谈。", ["乔庄镇", "金鱼村"]),
        ("柏云舟深入竹溪产业园、月亮湾景区和乔庄镇污水处理厂，了解建设情况。", ["竹溪产业园", "月亮湾景区", "乔庄镇污水处理厂"]),
        ("在金鱼村、望江社区，柏云舟听取汇报。", ["金鱼村", "望江社区"]),
        ("柏云舟参观了青川县博物馆和竹溪产业园。", ["青川县博物馆", "竹溪产业园"]),
        ("柏云舟来到望江社区党群服务中心，听取汇报。", ["望江社区党群服务中心"]),
        ("柏云舟来到乔庄镇阔步村苹果园，察看长势。", ["阔步村", "乔庄镇阔步村苹果园"]),
        ("柏云舟来到乔庄镇红日村老党员家。", ["红日村"]),
        ("协商会在乔庄镇三山井村召开。", ["三山井村"]),
        ("柏云舟走进县革命烈士纪念馆，敬献花篮。", ["青川县革命烈士纪念馆"]),
        ("随后他登上29米高的龙头山瞭望塔，看望瞭望员。", ["龙头山瞭望塔"]),
        ("柏云舟实地考察了黄龙港、青川县休闲食品产业园。", ["黄龙港", "青川县休闲食品产业园"]),
        ("在竹溪产业园服装车间，柏云舟听取汇报。", ["竹溪产业园"]),
        ("柏云舟先后来到云台瞭望塔、西山防火检查站和新盈中心渔港。", ["云台瞭望塔", "西山防火检查站", "新盈中心渔港"]),
        ("柏云舟登上白草坪水库大坝，查看溢洪道。", ["白草坪水库"]),
        ("柏云舟考察了青川县石韵食品有限公司和青川县综合客运物流中心。", ["青川县石韵食品有限公司", "青川县综合客运物流中心"]),
        ("乔庄镇金鱼村村南的沙荒地里，柏云舟扶苗培土。", ["金鱼村"]),
        ("柏云舟来到青溪茶旅小镇、月坝观光园、白水国有林场。", ["青溪茶旅小镇", "月坝观光园", "白水国有林场"]),
    ],
)
def test_each_site_of_a_list_is_found_from_its_first_character(sentence: str, expected: list[str]) -> None:
    assert set(expected) <= set(places(LEAD + sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "柏云舟先后到各社区、老旧小区、中小学和建筑工地检查。",
        "柏云舟深入农村，走进网格社区。",
        "三年内将在全县增设十二处骑行驿站。",
        "柏云舟要求加快金鱼村建设。",
        "工友们在一家木器厂打工，柏云舟前去看望。",
        "柏云舟先后来到铸造车间、人才公寓和临时安置点。",
        "柏云舟到建设冰雪研学基地调研。",
        "会议学习了《竹溪产业园管理办法》。",
    ],
)
def test_common_nouns_and_places_only_spoken_of_are_no_sites(sentence: str) -> None:
    assert set(places(LEAD + sentence)) <= {"青川县"}


def test_a_village_can_be_found_with_its_town_too() -> None:
    (facts,) = reader().read(Page("page", LEAD + "柏云舟来到乔庄镇金鱼村，同村民交谈。\n"))
    village = next(m.thing for m in facts.places if isinstance(m.thing, Place) and m.thing.site)
    assert (village.name, village.forms) == ("金鱼村", ("乔庄镇金鱼村",))


def test_a_village_behind_its_town_is_a_place_wherever_it_is_named() -> None:
    found = places(LEAD + "清晨，乔庄镇金鱼村的打谷场上人声鼎沸。乔庄镇调研村级工作，乔庄镇望江村党支部书记闻远表示感谢。")
    assert "金鱼村" in found
    assert not {"调研村", "望江村"} & set(found)


def test_a_list_of_villages_is_parted_at_its_conjunction() -> None:
    found = places(LEAD + "调研组一行来到乔庄镇深垟村和沙州镇东弄村，察看灾情。")
    assert {"深垟村", "东弄村"} <= set(found)
    assert {"三官村", "柏家社区"} <= set(places(LEAD + "柏云舟走进北宋庄村、三官村和柏家社区，了解情况。"))


def test_the_zone_of_a_county_is_not_its_citys() -> None:
    found = places("本报讯 7月3日，襄阳市委书记柏云舟来到宜城市经济开发区，走进企业车间。")
    assert "襄阳经开区" not in found


def test_a_firm_that_was_visited_is_a_site_and_a_bureau_is_not() -> None:
    found = places(LEAD + "柏云舟先后来到青川县山珍食品有限公司、县财政局，了解情况。")
    assert "青川县山珍食品有限公司" in found
    assert "青川县财政局" not in found


def test_an_area_inside_the_name_of_a_body_that_was_gone_to_is_a_place() -> None:
    assert "乔庄镇" in places(LEAD + "柏云舟来到乔庄镇武装部，翻看台账。")
    assert "乔庄镇" not in places(LEAD + "乔庄镇武装部负责人参加调研。")


def test_an_area_that_is_a_persons_name_is_no_place() -> None:
    assert places(LEAD + "副县长高平安、县水利局局长方正明参加调研。") == ["青川县"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("柏云舟来到乔庄镇三山井村养殖园区，听取汇报。", ["乔庄镇", "三山井村"]),
        ("巡回法庭在乔庄镇清溪村便民服务中心开庭。", ["清溪村"]),
    ],
)
def test_a_village_is_a_place_also_inside_the_name_of_a_site(sentence: str, expected: list[str]) -> None:
    assert set(expected) <= set(places(LEAD + sentence))


def test_workshops_and_flats_without_a_name_are_no_places() -> None:
    found = places(LEAD + "柏云舟来到米粉加工车间、人才公寓和灌装生产线，听取汇报。")
    assert not [name for name in found if name.endswith(("车间", "公寓", "生产线"))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("柏云舟来到青川县山珍食品有限公司灌装车间，听取汇报。", "青川县山珍食品有限公司"),
        ("柏云舟来到县第二水厂建设工地，了解进度。", "青川县第二水厂"),
        ("柏云舟先后来到姚家化工园、青溪国际商贸城，听取汇报。", "姚家化工园"),
        ("7月4日，第三届运动会在县体育公园隆重开幕。", "青川县体育公园"),
        ("7月4日，一起纠纷案在乔庄镇清溪村文化礼堂公开审理。", "乔庄镇清溪村文化礼堂"),
    ],
)
def test_what_is_built_or_whose_workshop_was_seen_is_the_place(sentence: str, expected: str) -> None:
    assert expected in places(LEAD + sentence)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("志愿者到学校行政楼会议室座谈。", "学校"),
        ("该行将在年内实现全县村庄服务点全覆盖，帮助医院建成三大中心。", "实现"),
        ("调研组走进乔庄镇所属31个村，了解情况。", "31个村"),
        ("大家感言：服务在身边——清溪社区这场活动有味道。", "——"),
        ("柏云舟说，要打造“柳河”品牌。", "柳河"),
    ],
)
def test_what_tells_or_counts_is_in_no_places_name(sentence: str, word: str) -> None:
    assert not [name for name in places(LEAD + sentence) if word in name]


def test_a_town_behind_the_level_word_is_found_whatever_the_segmentation_says() -> None:
    assert "整董镇" in places("本报讯 9月5日，江城县委书记柏云舟到县整董镇走访。")


def test_a_room_of_a_body_is_no_place_of_its_own() -> None:
    assert not [p for p in places(LEAD + "座谈会在乔庄镇政府三楼会议室召开。") if p.endswith("会议室")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("柏云舟先后来到乔庄镇金鱼村、老虎口和青土湖，察看治沙。", ["金鱼村", "老虎口", "青土湖"]),
        ("柏云舟先后到竹溪产业园、民营经济展示馆和月坝新城，听取介绍。", ["竹溪产业园", "民营经济展示馆", "月坝新城"]),
        ("柏云舟实地考察了双溪口、莲花圩等地。", ["双溪口"]),
        ("柏云舟察看了竹溪产业园、国际羊绒及绒毛小镇、月亮湾景区。", ["国际羊绒及绒毛小镇"]),
        ("柏云舟查看了石桥枢纽、金鱼分洪闸和青溪联圩，了解水情。", ["石桥枢纽", "金鱼分洪闸", "青溪联圩"]),
        ("柏云舟现场踏看了旭山北路、竹溪产业园。", ["旭山北路"]),
    ],
)
def test_what_is_listed_beside_a_site_was_gone_to_whatever_its_last_word(sentence: str, expected: list[str]) -> None:
    assert set(expected) <= set(places(LEAD + sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "柏云舟到金鱼村、望江社区为六名残疾人、老年人上门服务。",
        "柏云舟走进竹溪产业园、月亮湾景区，察看田间地头、职工食堂和候鸟。",
        "柏云舟来到望江社区，走进警务室、卫生室、活动室等地。",
        "柏云舟一行走进乔庄镇、沙州镇的9个村，与村民交谈。",
        "柏云舟调研青川县产业集聚区和乡村振兴工作。",
        "学校与青川县共谋乡村振兴新路。",
        "2013年，在外经商的闻远山回村办起竹器厂。",
    ],
)
def test_ordinary_words_in_a_list_are_no_stops(sentence: str) -> None:
    known = {"青川县", "金鱼村", "望江社区", "竹溪产业园", "月亮湾景区", "乔庄镇", "沙州镇"}
    assert {p for p in places(LEAD + sentence) if "集聚区" not in p} <= known


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("傍晚，乔庄镇溪尾村口的便桥被山洪冲垮。", "溪尾村"),
        ("乔庄镇乔庄社区背后有一处隐患点。", "乔庄社区"),
        ("在青川县余东村，柏云舟走进农户家中。", "余东村"),
        ("乔庄镇中村村的桃园里笑声不断。", "中村村"),
        ("柏云舟来到青石沟镇柳湾村，察看灾情。", "青石沟镇"),
        ("柏云舟来到青石沟镇柳湾村，察看灾情。", "柳湾村"),
        ("在青川县青石沟镇防火隔离带，柏云舟走了一圈。", "青石沟镇"),
    ],
)
def test_villages_behind_their_town_and_towns_that_no_list_has_are_places(sentence: str, expected: str) -> None:
    assert expected in places(LEAD + sentence)


def test_who_lives_in_a_town_makes_no_village() -> None:
    found = places(LEAD + "乔庄镇受灾村民陆续返家，乔庄镇友谊村村民捐款。")
    assert not [p for p in found if p.endswith("村") and p != "友谊村"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("柏云舟来到人民路，察看道路改造。", "人民路"),
        ("柏云舟来到解放大道，察看道路改造。", "解放大道"),
        ("柏云舟来到金色家园小区，同居民交谈。", "金色家园小区"),
        ("柏云舟来到水泥路，察看路况。", None),
        ("柏云舟来到老旧小区，同居民交谈。", None),
        ("柏云舟来到休闲广场，同居民交谈。", None),
    ],
)
def test_streets_and_estates_are_named_by_words_that_are_not_generic(sentence: str, expected: str | None) -> None:
    assert set(places(LEAD + sentence)) == {"青川县", *([expected] if expected else [])}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("柏云舟先后来乔庄镇金鱼村、望江社区，走访群众。", ["金鱼村", "望江社区"]),
        ("柏云舟来到青川县乔庄镇四川知春茶业有限公司，听取汇报。", ["四川知春茶业有限公司"]),
        ("柏云舟先后来到老虎口、西津渡和竹溪产业园，听取汇报。", ["老虎口", "西津渡", "竹溪产业园"]),
    ],
)
def test_whatever_word_of_movement_leads_to_a_site(sentence: str, expected: list[str]) -> None:
    assert set(expected) <= set(places(LEAD + sentence))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("竹溪产业园里，一条新生产线正在调试。", "竹溪产业园"),
        ("柏云舟先后到多地调研。在岔路寨，柏云舟走进群众家中。", "岔路寨"),
        ("柏云舟来到国家4A级景区青溪古城纪念馆，听取汇报。", "青溪古城纪念馆"),
        ("群众来到青川县县城乔庄镇文化广场，观看演出。", "乔庄镇文化广场"),
    ],
)
def test_a_site_where_something_goes_on_is_a_place_by_its_name_alone(sentence: str, expected: str) -> None:
    assert expected in places(LEAD + sentence)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("柏云舟要求做好古镇古村文化旅游资源保护，到古镇古村调研。", "古镇"),
        ("柏云舟来到县综合执法局环卫中心，看望环卫工人。", "环卫中心"),
        ("在会议室，柏云舟听取汇报。在田间，柏云舟察看墒情。", "会议室"),
    ],
)
def test_rooms_units_and_any_old_village_are_no_places(sentence: str, word: str) -> None:
    assert not [name for name in places(LEAD + sentence) if word in name]


def test_an_area_that_only_a_firms_name_has_is_no_place() -> None:
    assert "硅谷" not in places("本报讯 3月5日，柏云舟一行赴宜兴硅谷电子科技有限公司调研。")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("代表团先后对乔庄镇中心卫生院、望江小学进行了实地视察。", ["乔庄镇中心卫生院", "望江小学"]),
        ("柏云舟来到乔庄镇国庆村的义务植树现场。", ["国庆村"]),
    ],
)
def test_what_a_visit_was_to_is_a_place_whatever_its_first_word(sentence: str, expected: list[str]) -> None:
    assert set(expected) <= set(places(LEAD + sentence))


def test_a_place_is_listed_once_by_its_longest_name() -> None:
    found = places(LEAD + "柏云舟走访青川县浙江商会。在浙江商会，柏云舟同会员交谈。")
    assert [name for name in found if name.endswith("浙江商会")] == ["青川县浙江商会"]


def test_a_hotels_brand_and_a_hill_are_no_areas() -> None:
    assert "开元区" not in places("本报讯 3月5日，会议在绍兴开元名都大酒店召开。")
    assert "马鞍山市" not in places(LEAD + "柏云舟到北马鞍山开展巡林工作。")


def test_a_site_is_one_behind_a_name_that_the_segmentation_joins_with_the_verb() -> None:
    assert "濂江大桥" in places("本报讯 3月5日，青川县委书记沈砚秋到濂江大桥调研，实地察看工程进展。")


def test_regiments_of_the_corps_to_which_people_went_are_places() -> None:
    found = places("本报讯 3月5日，第九师白杨市党委常委柏云舟到一六一团督导春耕。在一六一团三连，柏云舟察看苗情，走进连队食堂。")
    assert {"一六一团", "一六一团三连"} <= set(found)
    assert "一六一团" not in places(LEAD + "柏云舟到一六一团督导春耕。")


def test_a_town_that_no_list_has_is_apart_from_its_village_behind_a_county_too() -> None:
    found = places(LEAD + "柏云舟视察了青川县建武镇四垱村的蔬菜产业。")
    assert {"建武镇", "四垱村"} <= set(found)


def test_a_site_s_name_goes_on_over_what_looks_like_a_conjunction() -> None:
    found = places("本报讯 3月5日，青川县委书记柏云舟来到乔庄镇佳和购物广场、水岸明珠小区，检查消防安全工作。")
    assert "购物广场" not in found
    assert any(name.endswith("佳和购物广场") for name in found)


def test_a_county_s_zone_is_not_its_city_s() -> None:
    found = places("本报讯 3月5日，寿阳县委书记柏云舟讲话。晋中市委要求，要发展特色产业。柏云舟说，要支持县经济技术开发区建设。")
    assert all("晋中" not in name or name == "晋中市" for name in found)


def test_somebody_whose_name_ends_as_a_spring_s_does_is_no_place() -> None:
    assert not [name for name in places(LEAD + "柏云舟看望归侨沈德泉、归侨苗德泉。") if "德泉" in name]


def test_villages_with_numerals_and_new_names() -> None:
    found = places(LEAD + "柏云舟先后来到乔庄镇四各庄村、抵边小康村，察看苗情。")
    assert any(name.endswith("四各庄村") for name in found)
