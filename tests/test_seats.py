"""In which body a post is where the page says it in few words: names before titles, a school's own committee, a firm that no list has."""

from __future__ import annotations

import pytest
from test_posts import posts, tenures

Posts = set[tuple[str, str | None, str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5月8日，德清县教育局周明局长、何景明副局长参加座谈。",
            {("周明", "德清县教育局", "局长"), ("何景明", "德清县教育局", "副局长")},
        ),
        ("5月8日，德清县公安局高峰局长参加座谈。", {("高峰", "德清县公安局", "局长")}),
        ("5月8日，德清县财政局周转主任参加座谈。", set()),
    ],
)
def test_a_name_of_two_characters_may_stand_between_its_body_and_its_title(text: str, expected: Posts) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize("title", ["片区长", "防区长", "小区长"])
def test_the_head_of_an_area_is_not_read_out_of_another_word(title: str) -> None:
    assert ("何景明", "余杭区政府", "区长") not in posts(f"5月8日，余杭区召开会议，{title}何景明介绍情况。")


@pytest.mark.parametrize("title", ["该区区长", "代区长", "余杭区区长"])
def test_the_head_of_an_area_is_read_behind_what_stands_before_titles(title: str) -> None:
    assert "何景明" in {person for person, body, _ in posts(f"5月8日，余杭区召开会议，{title}何景明介绍情况。") if body == "余杭区政府"}


@pytest.mark.parametrize(
    ("place", "title"), [("永泰县", "永泰县长"), ("镜湖区", "镜湖区长"), ("启东市", "启东市长"), ("合肥市", "合肥市长")]
)
def test_an_area_and_its_head_may_share_the_level_word(place: str, title: str) -> None:
    assert ("何景明", f"{place}政府", title[-2:]) in posts(f"5月8日，{place}召开会议，{title}何景明介绍情况。")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("自治县县长何景明", ("三江县政府", "县长")),
        ("自治县副县长何景明", ("三江县政府", "副县长")),
        ("自治县人大常委会主任何景明", ("三江县人大常委会", "主任")),
        ("自治县教育局局长何景明", ("三江县教育局", "局长")),
        ("县政协主席何景明", ("三江县政协", "主席")),
    ],
)
def test_an_autonomous_county_calls_its_bodies_so_or_by_the_county(printed: str, expected: tuple[str, str]) -> None:
    assert ("何景明", *expected) in posts(f"5月8日，三江侗族自治县召开会议，{printed}介绍情况。")


def test_an_autonomous_prefecture_calls_its_bodies_so() -> None:
    text = "5月8日，大理白族自治州召开会议，自治州州长何景明、自治州人大常委会主任章予安参加。"
    assert posts(text) == {("何景明", "大理州政府", "州长"), ("章予安", "大理州人大常委会", "主任")}


def test_the_committee_of_an_autonomous_county_has_two_names() -> None:
    [body] = {t.organization for t in tenures("5月8日，三江侗族自治县召开会议，自治县党委书记何景明参加。")}
    assert body is not None
    assert (body.name, body.formal) == ("三江县委", "中共三江县委员会")


@pytest.mark.parametrize("county", ["礼县", "成县", "宁县", "文县", "泗县"])
def test_a_county_of_one_character_is_named_before_its_committee(county: str) -> None:
    found = posts(f"5月8日，{county}委副书记、县长何景明到德清县考察。")
    assert found == {("何景明", f"{county}县委", "副书记"), ("何景明", f"{county}政府", "县长")}


@pytest.mark.parametrize("area", ["城关区", "江北区", "富裕县", "会同县"])
def test_a_county_whose_name_is_words_is_one_before_its_head(area: str) -> None:
    title = f"副{area[-1]}长"
    assert ("何景明", f"{area}政府", title) in posts(f"5月8日，全国现场会召开，{area}{title}何景明参加。")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("永丰副县长", ("永丰县政府", "副县长")),
        ("永丰代县长", ("永丰县政府", "代县长")),
        ("永丰县科技副县长", ("永丰县政府", "科技副县长")),
        ("永丰县委常委（主持县政府日常工作）", ("永丰县委", "常委")),
    ],
)
def test_a_county_is_named_before_its_heads_whatever_words_it_is_called(printed: str, expected: tuple[str, str]) -> None:
    assert posts(f"5月8日，全国现场会召开，{printed}何景明参加。") == {("何景明", *expected)}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("高桥村村主任", ("高桥村村委会", "主任")),
        ("高桥村主任", ("高桥村村委会", "主任")),
        ("东门社区主任", ("东门社区居委会", "主任")),
        ("东门社区书记", ("东门社区", "书记")),
        ("驻高桥村工作队队长", ("驻高桥村工作队", "队长")),
    ],
)
def test_the_heads_of_villages_communities_and_of_teams_in_them(printed: str, expected: tuple[str, str]) -> None:
    text = f"5月8日，德清县委书记沈砚秋到高桥村、东门社区调研。“大家很有信心。”{printed}何景明说。"
    assert ("何景明", *expected) in posts(text)
    assert {person for person, _, _ in posts(text)} == {"沈砚秋", "何景明"}


@pytest.mark.parametrize("town", ["武康镇", "红岩镇", "白马岭乡"])
def test_a_town_that_no_list_has_lends_nobody_the_town_at_hand(town: str) -> None:
    found = posts(f"5月8日，德清县委书记沈砚秋到乾元镇调研，县委办主任关立群、{town}党委书记何景明参加。")
    assert ("何景明", f"{town}党委", "书记") in found


def test_who_heads_the_corps_its_regiments_and_companies() -> None:
    text = (
        "5月8日，第三师图木舒克市五十团召开会议。兵团党委常委何景明讲话，五十团党委书记、政委章予安主持，"
        "五连党支部书记、连长沈砚秋，五十团八连连管会主任关立群参加。"
    )
    assert posts(text) == {
        ("何景明", "新疆生产建设兵团党委", "常委"),
        ("章予安", "五十团党委", "书记"),
        ("章予安", "五十团", "政委"),
        ("沈砚秋", "五连党支部", "书记"),
        ("沈砚秋", "五连", "连长"),
        ("关立群", "五十团八连连管会", "主任"),
    }


def test_the_party_group_of_a_government_s_office_has_members() -> None:
    assert posts("5月8日，德清县政府办党组成员何景明参加会议。") == {("何景明", "德清县政府办党组", "成员")}


def test_a_firm_that_no_list_has_gets_no_other_s_posts() -> None:
    text = (
        "何景明拜会德清县交通局党委书记、局长关立群\n5月8日，国投高新党委书记、董事长何景明拜会德清县交通局党委书记、局长关立群。"
        "德清县交通局副局长章予安，神州高铁董事长、总经理沈砚秋参加。"
    )
    assert {(body, title) for person, body, title in posts(text) if person == "何景明"} == {
        ("国投高新党委", "书记"),
        ("国投高新", "董事长"),
    }
    assert {body for person, body, _ in posts(text) if person == "沈砚秋"} == {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5月8日，湖州学院召开会议。学校党委委员、宣传部部长何景明，党委组织部副部长、党校常务副校长关立群参加。",
            {
                ("何景明", "湖州学院党委", "委员"),
                ("何景明", "湖州学院宣传部", "部长"),
                ("关立群", "湖州学院党委组织部", "副部长"),
                ("关立群", "湖州学院党校", "常务副校长"),
            },
        ),
        (
            "5月8日，德清县人民医院召开会议总结全年工作。党委办公室主任何景明，党委宣传部部长关立群、医务科科长章予安参加。",
            {
                ("何景明", "德清县人民医院党委办公室", "主任"),
                ("关立群", "德清县人民医院党委宣传部", "部长"),
                ("章予安", "德清县人民医院医务科", "科长"),
            },
        ),
        ("湖州学院召开会议\n5月8日，校党委宣传部部长何景明主持会议。", {("何景明", "湖州学院党委宣传部", "部长")}),
        ("5月8日，湖州市召开会议，党委宣传部部长何景明参加。", {("何景明", None, "部长")}),
    ],
)
def test_departments_of_a_committee_inside_a_body_are_no_county_s(text: str, expected: Posts) -> None:
    assert posts(text) == expected


def test_a_committee_s_department_is_known_by_the_committee_s_name_too() -> None:
    text = "5月8日，湖州学院召开会议。学校党委委员、宣传部部长何景明参加。"
    department = next(t.organization for t in tenures(text) if t.title == "部长")
    assert department is not None
    assert "湖州学院党委宣传部" in department.forms


def test_who_has_both_a_university_and_a_faculty_called_so_means_the_faculty() -> None:
    text = "5月8日，湖州学院党委书记何景明为师生讲授党课，由地信学院党委书记章予安主持。何景明在学院院长关立群陪同下察看了实验室。"
    assert ("关立群", "湖州学院地信学院", "院长") in posts(text)


@pytest.mark.parametrize("farm", ["红旗四场", "红旗二场"])
def test_a_farm_with_a_numeral_is_no_other_farm(farm: str) -> None:
    text = f"5月8日，青山农场副场长何景明作表态发言，{farm}党委书记、场长关立群参加检查。"
    assert {(body, title) for person, body, title in posts(text) if person == "关立群"} == {(f"{farm}党委", "书记"), (farm, "场长")}


def test_a_prison_s_posts() -> None:
    text = "5月8日，检查组到青山监狱检查。监狱党委书记、监狱长何景明，一监区监区长关立群参加座谈。"
    assert {("何景明", "青山监狱党委", "书记"), ("何景明", "青山监狱", "监狱长")} < posts(text)
    assert {title for person, _, title in posts(text) if person == "关立群"} == {"监区长"}


def test_the_administration_of_prisons_has_a_committee_of_its_own() -> None:
    text = "5月8日，贵州省司法厅副厅长、省监狱局党委书记、局长何景明主持会议。"
    assert posts(text) == {
        ("何景明", "贵州省司法厅", "副厅长"),
        ("何景明", "贵州省监狱局党委", "书记"),
        ("何景明", "贵州省监狱局", "局长"),
    }


def test_the_deputy_of_a_firm_is_of_the_firm_that_was_just_named() -> None:
    text = "5月8日，何景明走进青岚铝材有限公司，公司总经理关立群介绍情况。在青岚乳业有限公司，副总经理章予安带大家参观。"
    assert ("章予安", "青岚乳业有限公司", "副总经理") in posts(text)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("5月8日，长阳自治县县长何景明到会讲话。", "长阳县政府"),
        ("5月8日，恩施自治州州长何景明到会讲话。", "恩施州政府"),
        ("5月8日，广西自治区政府副主席何景明到会讲话。", "广西壮族自治区政府"),
    ],
)
def test_autonomous_areas_without_their_peoples_names(text: str, body: str) -> None:
    assert {body for _, body, _ in posts(text)} == {body}


def test_a_prefecture_s_committee_has_two_names() -> None:
    text = "5月8日，伊犁州党委常委、统战部部长何景明，昌吉州委书记关立群参加座谈。"
    assert posts(text) == {("何景明", "伊犁州委", "常委"), ("何景明", "伊犁州委统战部", "部长"), ("关立群", "昌吉州委", "书记")}
    forms = {form for t in tenures(text) if t.organization is not None for form in t.organization.forms}
    assert {"伊犁州党委", "伊犁州党委统战部"} <= forms


def test_leaders_of_a_division_and_its_city_are_those_of_both() -> None:
    text = "5月8日，第十三师新星市召开会议，师市领导何景明、关立群参加。"
    assert posts(text) == {("何景明", "第十三师新星市", "领导"), ("关立群", "第十三师新星市", "领导")}


@pytest.mark.parametrize(
    ("text", "person", "body"),
    [
        (
            "市委书记何景明率队拜会中国铁路成都局集团有限公司\n5月8日，雅安市委书记何景明率队拜会中国铁路成都局集团有限公司。副市长关立群参加会谈。",
            "关立群",
            "雅安市政府",
        ),
        (
            "白朗县召开济南市援藏干部座谈会\n5月8日，白朗县召开济南市援藏干部座谈会。县委书记何景明讲话。"
            "会前，关立群在县委常委、副县长章予安陪同下，来到白朗县国家现代农业产业园。",
            "何景明",
            "白朗县委",
        ),
        (
            "何景明会见友好代表团\n5月8日，市长何景明在磁湖山庄会见友好代表团。他说，黄石正在转型，希望以代表团来访为新起点，黄石矿冶文化源远流长。"
            "代表团还参观了黄石国家矿山公园和大冶市中医医院。",
            "何景明",
            "黄石市政府",
        ),
    ],
)
def test_whose_report_it_is(text: str, person: str, body: str) -> None:
    assert body in {b for p, b, _ in posts(text) if p == person}


def test_an_old_secretary_is_of_no_body_that_others_are_of() -> None:
    text = "5月8日，施甸县邦迈村党总支书记何景明说，这片林子是老书记关立群带着大家种下来的。老县长章予安来到现场。"
    assert {body for person, body, _ in posts(text) if person == "关立群"} == {None}
    assert {(t.person, t.former) for t in tenures(text) if t.person == "章予安"} == {("章予安", True)}


@pytest.mark.parametrize("title", ["主管技师", "副主任技师", "副主任中医师", "高级会计师", "正高级教师", "助理工程师"])
def test_professional_titles(title: str) -> None:
    assert ("何景明", "德清县人民医院", title) in posts(f"5月8日，德清县人民医院{title}何景明作了讲解。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月8日，德清县浙商商会第一届理事会会长何景明主持会议。", ("何景明", "德清县浙商商会", "会长")),
        ("5月8日，滨海新区召开会议。区委书记何景明讲话。", ("何景明", "滨海新区区委", "书记")),
        ("5月8日，天津市公安东丽分局局长何景明参加会议。", ("何景明", "天津市公安东丽分局", "局长")),
        ("5月8日，德清县关工委副主任何景明到新市镇关工委指导工作，镇关工委主任关立群汇报。", ("关立群", "新市镇关工委", "主任")),
    ],
)
def test_the_body_in_front_of_a_title(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in posts(text)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("10月28日，渠县召开座谈会。校长关立群致欢迎辞，四川大学教授何景明发言。", "关立群"),
        ("10月28日，渠县召开座谈会。董事长关立群致欢迎辞，成都青岚科技有限公司总经理何景明发言。", "关立群"),
    ],
)
def test_nobody_gets_the_body_that_somebody_else_is_said_to_be_of_behind(text: str, person: str) -> None:
    assert {body for name, body, _ in posts(text) if name == person} == {None}


def test_a_body_named_again_without_its_city_is_the_same() -> None:
    text = "5月8日，座谈会召开。宜昌港区海事处党委书记江一帆、港区海事处副处长何景明参加。"
    assert {body for person, body, _ in posts(text) if person == "何景明"} == {"宜昌港区海事处"}


def test_a_principal_is_of_no_bureau() -> None:
    assert {body for _, body, title in posts("5月8日，德清县教育局党委委员、校长何景明作交流发言。") if title == "校长"} == {None}
