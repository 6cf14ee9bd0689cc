"""Title chains taken apart: who holds which post in which body."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.model import Page, Tenure
from kg.reader import Reader

READER = Reader(lexicon.load())


def tenures(text: str) -> list[Tenure]:
    facts = READER.read(Page("page.txt", f"本报讯 {text}"))
    assert facts, "no article was found"
    return [t for f in facts for t in f.tenures]


def posts(text: str) -> set[tuple[str, str | None, str]]:
    """(person, body, title) of a report."""
    return {(t.person, t.organization.name if t.organization else None, t.title) for t in tenures(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5月8日，德清县委常委、组织部部长、县委党校校长凌霄出席会议。",
            {("凌霄", "德清县委", "常委"), ("凌霄", "德清县委组织部", "部长"), ("凌霄", "德清县委党校", "校长")},
        ),
        (
            "5月8日，湖州市副市长、德清县委书记沈砚秋主持召开会议。",
            {("沈砚秋", "湖州市政府", "副市长"), ("沈砚秋", "德清县委", "书记")},
        ),
        (
            "5月8日，德清县财政局党组书记、局长章予安出席会议。",
            {("章予安", "德清县财政局党组", "书记"), ("章予安", "德清县财政局", "局长")},
        ),
        (
            "5月8日，德清县副县长何景明、关立群出席会议。",
            {("何景明", "德清县政府", "副县长"), ("关立群", "德清县政府", "副县长")},
        ),
        ("5月8日，德清县召开会议，县领导何景明、关立群参加。", {("何景明", "德清县", "领导"), ("关立群", "德清县", "领导")}),
        (
            "5月8日，德清县召开会议，县委副书记、代县长沈砚秋讲话。",
            {("沈砚秋", "德清县委", "副书记"), ("沈砚秋", "德清县政府", "代县长")},
        ),
        (
            "5月8日，德清县人大常委会主任何景明主持会议，副主任关立群、章予安参加。",
            {("何景明", "德清县人大常委会", "主任"), ("关立群", "德清县人大常委会", "副主任"), ("章予安", "德清县人大常委会", "副主任")},
        ),
        (
            "5月8日，浙江青瓷集团党委书记、董事长何景明到德清县考察。",
            {("何景明", "浙江青瓷集团党委", "书记"), ("何景明", "浙江青瓷集团", "董事长")},
        ),
        (
            "5月8日，德清县总工会党组成员、副主席，县委编办主任何景明出席会议。",
            {("何景明", "德清县总工会党组", "成员"), ("何景明", "德清县总工会", "副主席"), ("何景明", "德清县委编办", "主任")},
        ),
        (
            "5月8日，德清县人民法院院长沈砚秋，审判委员会专职委员何景明参加会议。",
            {("沈砚秋", "德清县法院", "院长"), ("何景明", "德清县法院审判委员会", "专职委员")},
        ),
        (
            "5月8日，湖州师范学院到德清县举行仪式，仪式由校党委委员、科研处处长何景明主持。",
            {("何景明", "湖州师范学院党委", "委员"), ("何景明", "湖州师范学院科研处", "处长")},
        ),
        ("5月8日，德清县人武部上校部长何景明出席会议。", {("何景明", "德清县人武部", "部长")}),
        ("5月8日，德清县副县长（挂职）何景明出席会议。", {("何景明", "德清县政府", "副县长")}),
    ],
)
def test_chains_are_taken_apart(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert posts(text) == expected


def test_an_appointment_says_that_a_post_begins_and_ends() -> None:
    found = tenures("5月8日，德清县人大常委会举行会议，免去何景明的德清县水利局局长职务，任命关立群为德清县水利局局长。")
    assert {(t.person, t.title, t.started, t.ended) for t in found} == {("何景明", "局长", False, True), ("关立群", "局长", True, False)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议接受了何景明辞去县人大常委会委员职务的请求。", {("何景明", "德清县人大常委会", "委员")}),
        (
            "会议免去何景明的德清县人民法院民事审判第一庭副庭长、审判员职务。",
            {("何景明", "德清县法院民事审判第一庭", "副庭长"), ("何景明", "德清县法院", "审判员")},
        ),
    ],
)
def test_a_resignation_ends_posts_in_the_body_that_has_them(text: str, expected: set[tuple[str, str, str]]) -> None:
    found = tenures(f"5月8日，德清县人大常委会举行会议。{text}")
    assert {(t.person, t.organization.name if t.organization else "", t.title) for t in found if t.ended} == expected


def test_his_old_post_ends_where_the_new_one_is_said() -> None:
    found = tenures("5月8日，德清县领导干部大会召开。会议决定：柏云舟同志任德清县委书记，免去其安吉县委副书记职务。")
    assert {(t.person, t.organization.name if t.organization else None, t.title, t.ended) for t in found} == {
        ("柏云舟", "德清县委", "书记", False),
        ("柏云舟", "安吉县委", "副书记", True),
    }


def test_an_article_may_begin_with_an_appointment() -> None:
    assert [f.tenures for f in READER.read(Page("page.txt", "任县长后他下乡\n5月8日，村民们在德清县谈起往事。\n"))] == [()]


def test_what_somebody_was_before_is_an_ended_post() -> None:
    found = tenures("5月8日，柏云舟同志已任湖州市政府党组成员。苗一禾同志此前担任安吉县委常委。")
    assert {(t.person, t.title, t.ended) for t in found} == {("柏云舟", "成员", False), ("苗一禾", "常委", True)}


def test_a_former_post_is_marked() -> None:
    found = tenures("5月8日，德清县召开座谈会，原德清县委书记何景明回忆了当年的情况。")
    assert [(t.person, t.title, t.former) for t in found] == [("何景明", "书记", True)]


def test_the_visitors_office_is_the_visitors_place() -> None:
    found = posts("5月8日，广德市委副书记、市长宣景明率团到德清县考察，德清县委书记沈砚秋陪同。")
    assert ("宣景明", "广德市政府", "市长") in found
    assert ("沈砚秋", "德清县委", "书记") in found


def test_visitors_that_are_listed_stay_in_their_place() -> None:
    found = posts(
        "5月8日，德清县委书记沈砚秋陪同安吉县党政代表团考察德清县。安吉县人大常委会主任章予安、县政协主席凌霄，县领导韩立新参加。"
    )
    assert ("凌霄", "安吉县政协", "主席") in found
    assert ("韩立新", "安吉县", "领导") in found
    found = posts("1月20日，库车市委书记沈砚秋，宁波市援疆指挥部指挥长章予安，市委常委凌霄陪同浙江客人考察库车市。")
    assert ("凌霄", "库车市委", "常委") in found


def test_the_committee_of_an_unnamed_county_is_no_part_of_a_visitors_body() -> None:
    found = posts("4月2日，丽水学院党委书记沈砚秋一行来我县对接校地合作。县委书记凌霄、县长章予安参加座谈。")
    assert {body for person, body, _ in found if person == "凌霄"} == {None}


def test_a_body_that_was_not_understood_lends_no_other() -> None:
    found = posts("5月8日，德清县委书记沈砚秋出席会议，县葛坪鸢主任何景明参加。")
    assert not any(person == "何景明" and body == "德清县委" for person, body, _ in found)


def test_beside_a_post_in_an_unknown_district_stands_none_of_the_visitors() -> None:
    found = posts("德清县政协主席凌霄一行来丰考察学习。区政协副主席章予安、沈砚秋，秘书长白露参加活动。")
    assert {p for p in found if p[1]} == {("凌霄", "德清县政协", "主席")}


def test_doubt_is_said() -> None:
    sure = tenures("5月8日，德清县委书记沈砚秋主持召开会议。")[0]
    less = tenures("5月8日，德清县召开会议，财政局局长章予安发言。")[0]
    assert 0 < less.confidence < sure.confidence <= 1


def test_an_appointment_list_says_each_post() -> None:
    text = """德清县人大常委会任免名单
5月8日，德清县人大常委会会议通过，任命：
章予安（女）为德清县财政局局长；
任命凌霄为县教育局局长。
免去：
闵知行的德清县财政局局长职务；
鲍文澜的德清县水利局局长职务。
"""
    facts = READER.read(Page("page.txt", text))
    found = {(t.person, t.organization.name if t.organization else None, t.title, t.ended) for f in facts for t in f.tenures}
    assert found == {
        ("章予安", "德清县财政局", "局长", False),
        ("凌霄", "德清县教育局", "局长", False),
        ("闵知行", "德清县财政局", "局长", True),
        ("鲍文澜", "德清县水利局", "局长", True),
    }


def test_a_notice_says_the_post_that_is_held() -> None:
    text = "德清县公示如下：\n申屠明，男，汉族，1970年8月生，中共党员，现任德清县水利局副局长，拟任县直单位正职。"
    assert ("申屠明", "德清县水利局", "副局长") in posts(text)


def test_a_body_behind_a_name_in_a_list_is_no_person() -> None:
    found = tenures("5月8日，德清县召开座谈会，德清县供电公司副总经理章予安、青岚科技有限公司董事长陈一鸣参加。")
    assert {(t.person, t.organization.name) for t in found if t.organization} == {
        ("章予安", "德清县供电公司"),
        ("陈一鸣", "青岚科技有限公司"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5月8日，浙江省市场监管局在德清县举办培训班，省局网络交易处处长章予安授课。",
            ("章予安", "浙江省市场监管局网络交易处", "处长"),
        ),
        ("5月8日，德清县税务局召开座谈会，该局副局长何景明主持，县局法制股股长章予安讲解。", ("章予安", "德清县税务局法制股", "股长")),
        ("5月8日，德清县人民法院召开发布会。党组副书记、副院长章予安通报情况。", ("章予安", "德清县法院党组", "副书记")),
        ("5月8日，青岚科技有限公司召开表彰大会。大会由公司党委副书记章予安主持。", ("章予安", "青岚科技有限公司党委", "副书记")),
        (
            "5月22日，重庆市举行颁奖典礼。学校举行表彰活动，校长章予安颁发奖状。\n忠县拔山中学校供稿",
            ("章予安", "忠县拔山中学校", "校长"),
        ),
        (
            "4月15日，校党委书记何景明率队出席龙岩学院与长汀县的签约仪式。",
            ("何景明", "龙岩学院党委", "书记"),
        ),
        (
            "4月15日，龙岩学院与长汀县举行签约仪式。外国语学院院长章予安参加。",
            ("章予安", "龙岩学院外国语学院", "院长"),
        ),
        (
            "4月15日，德清县委常委、县委巡察工作领导小组组长章予安出席会议。",
            ("章予安", "德清县委巡察工作领导小组", "组长"),
        ),
        (
            "4月15日，建三江管理局现场会在富锦市召开。管理局农业局局长章予安主持会议。",
            ("章予安", "建三江管理局农业局", "局长"),
        ),
        ("5月8日，恒通公司在德清县召开大会。公司工会主席何景明主持，恒通公司总经理章予安讲话。", ("何景明", "恒通公司工会", "主席")),
        ("5月8日，青岚科技有限公司在德清县召开表彰大会。公司领导章予安、何景明参加。", ("何景明", "青岚科技有限公司", "领导")),
        (
            "5月8日，湖州市第一医院心内科主任何景明、青岚医科大学附属医院急诊科护士长章秀琴到德清县义诊。",
            ("章秀琴", "青岚医科大学附属医院急诊科", "护士长"),
        ),
    ],
)
def test_a_post_in_a_body_named_by_its_end(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in posts(text)


def test_leaders_of_a_body_that_nothing_names_are_not_those_of_the_place() -> None:
    assert {body for person, body, _ in posts("5月8日，德清县召开会议，校领导章予安、何景明参加。") if person == "何景明"} == {None}


@pytest.mark.parametrize(
    ("second", "body"),
    [
        ("5月8日，德清县乾元镇召开会议。德清县副县长章予安出席会议。", "德清县政府"),
        ("5月8日，沁源县郭道镇召开会议。沁源县副县长章予安出席会议。", None),
    ],
)
def test_the_other_articles_say_which_county_where_most_are_about_one(second: str, body: str | None) -> None:
    """A page of one county's paper; a page put together from several counties says nothing."""
    page = f"""本报讯 5月8日，德清县阜溪街道召开会议。德清县副县长凌霄出席会议。

本报讯 {second}

本报讯 5月8日，全县农村工作会议召开。副县长何景明出席会议并讲话。
"""
    tenures = [t for f in READER.read(Page("page.txt", page)) for t in f.tenures if t.person == "何景明"]
    assert {t.organization.name if t.organization else None for t in tenures} == {body}


def test_a_committee_does_not_get_a_post_that_it_has_not() -> None:
    found = posts("8月23日，德清县委常委、副主席何景明出席会议，德清县人大代表开展集中视察。")
    assert ("何景明", "德清县委", "常委") in found
    assert ("何景明", "德清县委", "副主席") not in found
    assert "开展" not in {person for person, _, _ in found}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("团青川县委书记柏云舟到乔庄镇调研。", "共青团青川县委"),
        ("青川县委副书记温知秋，团广元市委副书记柏云舟到乔庄镇调研。", "共青团广元市委"),
        ("共青团广西区委副书记柏云舟到青川县调研。", "共青团广西壮族自治区委"),
    ],
)
def test_the_league_s_committee_is_not_the_party_s(text: str, body: str) -> None:
    assert {b for p, b, _ in posts(f"6月8日，{text}") if p == "柏云舟"} == {body}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青田县召开会议，鹿湖水库管理局局长何景明参加。", {("何景明", "鹿湖水库管理局", "局长")}),
        ("青田县召开会议，坪洋乡党委书记何景明参加。", {("何景明", "坪洋乡党委", "书记")}),
        ("德清县县长凌霄到会，碧岚农业发展有限公司经理何景明参加。", {("何景明", "碧岚农业发展有限公司", "经理")}),
        ("中共浙江省委党校教授何景明到德清县授课。", {("何景明", "浙江省委党校", "教授")}),
        ("浙江省高级人民法院湖州分院院长何景明到会。", {("何景明", "浙江省高级人民法院湖州分院", "院长")}),
        ("民革浙江省委会社会服务处处长何景明到德清县调研。", {("何景明", "民革浙江省委社会服务处", "处长")}),
        ("德清县人民法院邀请县人大代表何景明旁听。", {("何景明", "德清县人大", "代表")}),
    ],
)
def test_a_body_is_not_cut_off_its_own_first_words(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert {(p, b, t) for p, b, t in posts(f"5月8日，{text}") if p != "凌霄"} == expected


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("浙江青瓷医院党委副书记、纪委书记何景明到会。", "浙江青瓷医院纪委"),
        ("德清县公安局党委副书记、纪委书记何景明到会。", "德清县公安局纪委"),
        ("德清县委常委、纪委书记何景明到会。", "德清县纪委"),
    ],
)
def test_the_commission_is_that_of_the_body_that_the_chain_names(text: str, body: str) -> None:
    assert ("何景明", body, "书记") in posts(f"5月8日，{text}")


def test_no_county_no_body_of_it() -> None:
    """A short form whose county nothing names stays without a body; the last body named is not borrowed."""
    found = posts("昨日，县委书记何景明，县人大主任关立群，县委常委、宣传部部长凌霄，县政府党组成员章予安参加会议。")
    assert {body for _, body, _ in found} == {None}


def test_a_department_with_its_head_behind_it_is_no_person() -> None:
    found = posts("5月8日，德清县委组织部部长何景明、科技处处长关立群参加。")
    assert {person for person, _, _ in found} == {"何景明", "关立群"}


def test_our_hospital_is_not_the_one_that_came_to_it() -> None:
    text = "5月8日，庆元县中医院院长何景明一行来我院参观交流。我院关立群院长参加了交流会。"
    assert posts(text) == {("何景明", "庆元县中医院", "院长"), ("关立群", None, "院长")}


def test_our_hospital_is_the_reporting_one() -> None:
    text = "5月8日，德清县人民医院举行义诊。湖州师范学院附属医院专家到场指导，我院副院长何景明致辞。"
    assert ("何景明", "德清县人民医院", "副院长") in posts(text)


def test_a_zone_s_committee_is_no_county_s() -> None:
    text = "5月8日，考察团到苏州工业园区考察。管委会主任何景明陪同。"
    assert {body for _, body, title in posts(text) if title == "主任"} == {"苏州工业园区管委会"}


def test_the_head_of_a_league_heads_its_administrative_office() -> None:
    assert ("哈斯巴根", "锡林郭勒盟行署", "盟长") in posts("5月8日，锡林郭勒盟盟长哈斯巴根到西乌珠穆沁旗调研。")


def test_departments_of_a_ministry_are_its_own() -> None:
    found = posts("5月8日，财政部党组成员、副部长何景明到湖州市调研，财政部金融司司长关立群、办公厅主任章予安、会计司副司长凌霄参加。")
    assert found == {
        ("何景明", "财政部党组", "成员"),
        ("何景明", "财政部", "副部长"),
        ("关立群", "财政部金融司", "司长"),
        ("章予安", "财政部办公厅", "主任"),
        ("凌霄", "财政部会计司", "副司长"),
    }


def test_faculties_and_offices_of_a_list_are_the_university_s() -> None:
    found = posts(
        "5月8日，皖西学院校长何景明主持会议，机械与车辆工程学院党委书记关立群、电气与光电工程学院院长章予安，"
        "教务处处长凌霄、后勤管理处党总支书记沈砚秋参加。"
    )
    assert {(person, body) for person, body, _ in found if person != "何景明"} == {
        ("关立群", "皖西学院机械与车辆工程学院党委"),
        ("章予安", "皖西学院电气与光电工程学院"),
        ("凌霄", "皖西学院教务处"),
        ("沈砚秋", "皖西学院后勤管理处党总支"),
    }


@pytest.mark.parametrize("body", ["民建如皋市基层委员会", "民盟如皋市总支", "九三学社如皋市总支社", "民革如皋市支部"])
def test_a_branch_of_a_democratic_party_keeps_the_party_s_name(body: str) -> None:
    assert ("何景明", body, "副主委") in posts(f"5月8日，{body}副主委何景明到白蒲镇调研。")


def test_a_squad_is_of_the_branch_that_was_named() -> None:
    found = posts("5月8日，红山区公安分局政委何景明，分局治安大队大队长关立群走访企业。")
    assert ("关立群", "红山区公安分局治安大队", "大队长") in found


def test_a_roster_says_posts_in_brackets() -> None:
    assert posts("5月8日，德清县成立防汛领导小组。组长：许建明（德清县水利局党组书记、局长），成员：任　军（德清县财政局局长）。") == {
        ("许建明", "德清县水利局党组", "书记"),
        ("许建明", "德清县水利局", "局长"),
        ("任军", "德清县财政局", "局长"),
    }


def test_comrades_are_appointed_and_removed() -> None:
    found = tenures("5月8日，德清县人大常委会决定，免去赵敏同志德清县教育局局长职务，任命孙丽同志为德清县水利局局长。")
    assert {(t.person, t.title, t.started, t.ended) for t in found} == {("赵敏", "局长", False, True), ("孙丽", "局长", True, False)}


def test_a_squad_behind_a_bureau_is_that_bureau_s() -> None:
    found = posts("5月8日，临汾市公安局副局长何景明，交警支队支队长关立群，襄汾县副县长、公安局局长章予安参加。")
    assert ("关立群", "临汾市公安局交警支队", "支队长") in found
    assert ("章予安", "襄汾县公安局", "局长") in found


def test_a_zone_with_a_name_of_its_own_is_not_the_city_s() -> None:
    found = posts("5月8日，聊城市东昌府区区长何景明，嘉明经济开发区党工委书记、管委会主任关立群陪同。")
    assert {body for person, body, _ in found if person == "关立群"} == {"嘉明经济开发区党工委", "嘉明经济开发区管委会"}
    found = posts("5月8日，副市长、潜山经济开发区党工委书记何景明调研，开发区管委会副主任关立群参加。")
    assert ("关立群", "潜山经济开发区管委会", "副主任") in found


def test_a_street_s_office_goes_with_the_committee_named_before() -> None:
    found = posts("5月8日，歙县南门街道党工委书记何景明到东湖社区检查，街道办事处主任关立群陪同。")
    assert ("关立群", "南门街道办事处", "主任") in found


def test_a_resident_secretary_s_post_is_in_the_village_and_not_in_the_town_s_committee() -> None:
    found = posts("5月8日，娄底市娄星区蛇形山镇党委书记何景明到泉塘村，驻村第一书记关立群介绍情况。")
    assert {body for person, body, _ in found if person == "关立群"} == {"泉塘村"}


@pytest.mark.parametrize(
    ("words", "title", "body"),
    [("叮嘱村支书", "书记", "纳林村党支部"), ("村主任", "主任", "纳林村村委会"), ("市财政局派驻新民村第一书记", "第一书记", "新民村")],
)
def test_a_village_s_post_is_in_the_village_at_hand(words: str, title: str, body: str) -> None:
    found = posts(f"5月8日，市长何景明到纳林村查看水库运行情况，{words}关立群介绍情况。")
    assert ("关立群", body, title) in found


@pytest.mark.parametrize(
    ("words", "body"), [("派驻西亭村第一书记", "西亭村"), ("派驻大西亭村第一书记", "大西亭村"), ("大西亭村支书", "大西亭村党支部")]
)
def test_of_villages_whose_names_end_alike_the_post_is_in_the_one_that_is_printed(words: str, body: str) -> None:
    found = posts(f"5月8日，检查组到德清县新市镇西亭村、大西亭村检查，{words}何景明介绍情况。")
    assert {name for person, name, _ in found if person == "何景明"} == {f"新市镇{body}"}


def test_that_village_is_the_one_named_last() -> None:
    found = posts("5月8日，考察团参观了钟祥市石牌镇彭墩村，听取了该村党委书记何景明的介绍。")
    assert {body for _, body, _ in found} == {"石牌镇彭墩村党委"}


@pytest.mark.parametrize("relation", ["下属", "旗下"])
def test_behind_a_word_of_relation_a_firm_s_own_name_begins(relation: str) -> None:
    found = posts(f"5月8日，青岚茶业集团{relation}广西桂垦茶叶科技有限公司总经理何景明介绍情况。")
    assert {body for _, body, _ in found} == {"广西桂垦茶叶科技有限公司"}


def test_a_firm_s_end_may_go_on() -> None:
    found = posts("5月8日，国家能源集团宁夏煤业公司党委书记、董事长何景明到灵武市对接工作。")
    assert {body for _, body, _ in found} == {"国家能源集团宁夏煤业公司党委", "国家能源集团宁夏煤业公司"}


def test_a_group_title_behind_a_list_is_not_of_who_comes_next() -> None:
    found = posts("5月8日，天门市总工会举行庆祝活动，何景明等市领导和市总工会主席关立群参加。")
    assert {title for person, _, title in found if person == "关立群"} == {"主席"}


def test_who_is_elected_holds_the_post_of_a_body_with_its_term() -> None:
    found = posts(
        "5月8日，会议选举刘冬发为天门市第十八届人大常委会主任；选举曾庆林为政协天门市第十届委员会主席，李秀芹、黄承平为副主席，关立群为秘书长。"
    )
    assert ("刘冬发", "天门市人大常委会", "主任") in found
    assert {(person, title) for person, body, title in found if body == "天门市政协"} == {
        ("曾庆林", "主席"),
        ("李秀芹", "副主席"),
        ("黄承平", "副主席"),
        ("关立群", "秘书长"),
    }


@pytest.mark.parametrize(
    ("body", "title", "short"),
    [("政协天门市委员会", "主席", "天门市政协"), ("中国共产党天门市委员会", "副书记", "天门市委")],
)
def test_a_full_name_around_its_area_is_the_body_s(body: str, title: str, short: str) -> None:
    assert ("何景明", short, title) in posts(f"5月8日，{body}{title}何景明出席活动。")


def test_a_firm_of_another_place_does_not_say_whose_mayor_comes_next() -> None:
    found = posts("5月8日，副省长陈启明来天门市调研。深圳市青岚科技有限公司总经理何景明，市委书记关立群参加。")
    assert ("关立群", "天门市委", "书记") in found


def test_a_zone_s_second_body_is_of_the_same_zone() -> None:
    found = posts("5月8日，天门国际陆港经开区党工委书记、管委会主任何景明，青岚高新技术产业园区党工委书记、管委会主任关立群参加。")
    assert {body for person, body, _ in found if person == "何景明"} == {"天门国际陆港经开区党工委", "天门国际陆港经开区管委会"}
    assert {body for person, body, _ in found if person == "关立群"} == {"青岚高新技术产业园区党工委", "青岚高新技术产业园区管委会"}


def test_who_was_given_other_posts_before_does_not_share_a_new_title() -> None:
    found = posts("5月8日，市人大常委会副主任何景明宣布比赛开始。随后，市总工会生产部部长关立群、何景明为选手颁奖。")
    assert {title for person, _, title in found if person == "何景明"} == {"副主任"}


def test_that_town_s_committee_is_of_the_town_named_last() -> None:
    found = posts("5月8日，洛阳市嵩县车村镇召开现场拉练会。该镇党委书记何景明带队。")
    assert {(body, title) for person, body, title in found if person == "何景明"} == {("车村镇党委", "书记")}


def test_a_firm_s_short_name_is_the_one_named_in_full() -> None:
    found = posts("5月8日，云岭交通投资集团有限公司与天门市政府签约。交通投资公司党委书记、董事长何景明，市铁投公司董事长关立群出席。")
    assert {body for person, body, _ in found if person == "何景明"} == {"云岭交通投资集团有限公司党委", "云岭交通投资集团有限公司"}
    assert {body for person, body, _ in found if person == "关立群"} == {"天门市铁投公司"}


@pytest.mark.parametrize(
    ("text", "person", "body"),
    [
        (
            "5月8日，青岚集团股份有限公司副总经理李明到龙首矿检查，集团公司安全环保部总经理何景明参加。",
            "何景明",
            "青岚集团股份有限公司安全环保部",
        ),
        (
            "5月8日，支队长李明到七台河市新兴区消防救援大队督导，新兴区副区长、公安分局局长王芳，大队教导员何景明陪同。",
            "何景明",
            "新兴区消防救援大队",
        ),
    ],
)
def test_a_unit_is_of_the_body_that_is_named_so(text: str, person: str, body: str) -> None:
    assert body in {found for who, found, _ in posts(text) if who == person}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As a hospital or school addresses its guests: the name before the title.
        (
            "5月8日，德清县教育局何景明副局长、长兴县人民政府关立群副县长，湖州师范学院章予安院长出席仪式。",
            {("何景明", "德清县教育局", "副局长"), ("关立群", "长兴县政府", "副县长"), ("章予安", "湖州师范学院", "院长")},
        ),
        (
            "5月8日，德清县公安局召开会议，县局政委何景明主持，市局副局长关立群到会指导。",
            {("何景明", "德清县公安局", "政委"), ("关立群", "湖州市公安局", "副局长")},
        ),
        (
            "5月8日，考察团到德清县人民检察院参观，县院党组书记、检察长何景明陪同。",
            {("何景明", "德清县检察院党组", "书记"), ("何景明", "德清县检察院", "检察长")},
        ),
        ("5月8日，德清县召开会议，县人大副主任何景明参加。", {("何景明", "德清县人大常委会", "副主任")}),
        ("5月8日，德清县召开会议，县水利局负责人，副县长何景明参加。", {("何景明", "德清县政府", "副县长")}),
        ("5月8日，湖州市副市长、市级河长何景明巡河。", {("何景明", "湖州市政府", "副市长"), ("何景明", "湖州市政府", "河长")}),
        ("5月8日，德清县举行合龙仪式，领导向建设者代表何景明、关立群等10人献花。", set()),
        (
            "5月8日，德清县与浙江青瓷新材料集团有限公司签约，青瓷集团党委书记、董事长何景明出席。",
            {("何景明", "浙江青瓷新材料集团有限公司党委", "书记"), ("何景明", "浙江青瓷新材料集团有限公司", "董事长")},
        ),
        ("5月8日，何景明一行来到长兴县，与县委书记关立群座谈。德清县委宣传部供稿。", {("关立群", "长兴县委", "书记")}),
        (
            "5月8日，德清县委书记何景明率德清县党政代表团到湖州师范学院考察，应用化学系主任关立群作讲解。",
            {("何景明", "德清县委", "书记"), ("关立群", "湖州师范学院应用化学系", "主任")},
        ),
        (
            "5月8日，湖州市农业农村局局长何景明带着种植业管理处处长关立群到德清县调研。",
            {("何景明", "湖州市农业农村局", "局长"), ("关立群", "湖州市农业农村局种植业管理处", "处长")},
        ),
        ("5月8日，德清县商会换届，何景明连任德清县商会会长。", {("何景明", "德清县商会", "会长")}),
        (
            "5月8日，德清县人大常委会副主任何景明、监察和司法委员会主任委员关立群参加活动。",
            {("何景明", "德清县人大常委会", "副主任"), ("关立群", "德清县人大常委会监察和司法委员会", "主任委员")},
        ),
        ("5月8日，齐河黄河河务局南坦管理段段长何景明讲解。", {("何景明", "齐河县黄河河务局南坦管理段", "段长")}),
        ("5月8日，德清县钟管镇召开会议，柳林管区书记何景明发言。", {("何景明", "柳林管区", "书记")}),
        (
            "5月8日，德清县举行签约仪式，以及何景明、关立群、章予安等县领导见证签约。",
            {("何景明", "德清县", "领导"), ("关立群", "德清县", "领导"), ("章予安", "德清县", "领导")},
        ),
        (
            "5月8日，德清县副县长、县经济开发区管委会主任何景明参加会议。",
            {("何景明", "德清县政府", "副县长"), ("何景明", "德清县经济开发区管委会", "主任")},
        ),
    ],
)
def test_forms_of_reports_on_hospitals_bureaus_and_visits(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


def test_who_is_elected_heads_the_association_that_the_report_is_about() -> None:
    text = "德清县江西商会举行换届大会\n本报讯 5月8日，德清县江西商会换届。经投票，浙江青瓷集团董事长何景明当选会长，关立群当选监事长。\n"
    found = {(t.person, t.organization.name, t.title) for f in READER.read(Page("page.txt", text)) for t in f.tenures if t.organization}
    assert found == {
        ("何景明", "浙江青瓷集团", "董事长"),
        ("何景明", "德清县江西商会", "会长"),
        ("关立群", "德清县江西商会", "监事长"),
    }


def test_a_post_printed_once_with_its_body_is_in_that_body_everywhere() -> None:
    text = (
        "校党委副书记何景明看望支教学生\n本报讯 5月8日，湖州师范学院党委副书记何景明率队赴措美县看望学生。"
        "5月9日，何景明走进措美县中学，与12名学生座谈。\n"
    )
    found = {(t.organization.name, t.title) for f in READER.read(Page("page.txt", text)) for t in f.tenures if t.organization}
    assert found == {("湖州师范学院党委", "副书记")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A town that no list has: never the post in the last town that was named.
        (
            "5月8日，德清县召开会议，新市镇镇长何景明、红岩镇镇长关立群发言。",
            {("何景明", "新市镇政府", "镇长"), ("关立群", "红岩镇政府", "镇长")},
        ),
        ("5月8日，浙江青瓷集团董事局主席何景明到德清县考察。", {("何景明", "浙江青瓷集团", "董事局主席")}),
        (
            "5月8日，浙江省林业厅召开会议，厅长何景明讲话，厅计财处处长关立群、厅总工程师章予安参加。",
            {("何景明", "浙江省林业厅", "厅长"), ("关立群", "浙江省林业厅计财处", "处长"), ("章予安", "浙江省林业厅", "总工程师")},
        ),
        (
            "5月8日，湖州师范学院党政办公室主任何景明、科研处处长关立群到德清县考察。",
            {("何景明", "湖州师范学院党政办公室", "主任"), ("关立群", "湖州师范学院科研处", "处长")},
        ),
        ("5月8日，德清县委召开会议，县委书记何景明与党组织负责人代表关立群签订责任书。", {("何景明", "德清县委", "书记")}),
        (
            "5月8日，德清县委书记何景明巡河，副县长、东苕溪县级河长关立群参加。",
            {("何景明", "德清县委", "书记"), ("关立群", "德清县政府", "副县长"), ("关立群", None, "河长")},
        ),
        (
            "5月8日，国家林业局驻福州森林资源监督专员办事处专员何景明到长乐区调研。",
            {("何景明", "国家林业局驻福州森林资源监督专员办事处", "专员")},
        ),
        ("5月8日，克山县召开会议，克山农场场长何景明参加。", {("何景明", "克山农场", "场长")}),
        ("5月8日，文县召开会议，县人民医院院长何景明参加。", {("何景明", "文县人民医院", "院长")}),
        ("5月8日，颍上县召开会议，八里河风景区管委会主任何景明参加。", {("何景明", "八里河风景区管委会", "主任")}),
    ],
)
def test_forms_of_reports_on_departments_towns_and_rivers(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("masthead", "text", "expected"),
    [
        (
            "青瓷车业报\n2010年10月30日　总第47期　主办：浙江青瓷车业有限公司\n",
            "公司董事长何景明、总经理关立群出席仪式，安吉县金程商贸有限公司总经理章予安参加。",
            {
                ("何景明", "浙江青瓷车业有限公司", "董事长"),
                ("关立群", "浙江青瓷车业有限公司", "总经理"),
                ("章予安", "安吉县金程商贸有限公司", "总经理"),
            },
        ),
        (
            "湖州师范学院　HUZHOU UNIVERSITY\n新闻网 > 校园要闻\n",
            "校党委书记何景明到安吉县递铺中学看望实习学生，安吉县递铺中学校长关立群陪同。",
            {("何景明", "湖州师范学院党委", "书记"), ("关立群", "安吉县递铺中学", "校长")},
        ),
        # A paper's own name is nobody's company.
        ("青瓷日报\n2010年10月30日　星期六　第2版\n", "公司董事长何景明出席仪式。", {("何景明", None, "董事长")}),
    ],
)
def test_a_firm_s_or_school_s_own_page_speaks_of_itself(masthead: str, text: str, expected: set[tuple[str, str | None, str]]) -> None:
    page = Page("page.txt", f"{masthead}新一轮合作正式启动\n10月26日上午，新一轮合作启动仪式举行，各方代表踊跃参加。{text}\n")
    found = {(t.person, t.organization and t.organization.name, t.title) for f in READER.read(page) for t in f.tenures}
    assert found == expected


def test_a_roster_gives_each_line_s_post_to_its_name() -> None:
    text = (
        "德清县2018年度县级河长名单公示\n"
        "根据省里的方案和县里的考核办法要求，因部分领导同志职务变动，经县委、县政府研究，对县级总河长、副总河长及主要河流县级河长进行了调整，现公示如下：\n"
        "一、总河长、副总河长\n总 河 长：沈砚秋　县委书记\n　　　　　何景明　县委副书记、县长\n副总河长：关　群　县委常委、副县长\n"
        "二、县河长制办公室\n主　　任：章予安　县水务局党组书记、局长\n"
        "各级河长负责组织领导相应河段的水资源保护、水域岸线管理、水污染防治和水环境治理工作，县级河长每月巡河不少于一次，乡级河长每旬巡河不少于一次。\n"
    )
    found = {(t.person, t.organization.name, t.title) for f in READER.read(Page("page.txt", text)) for t in f.tenures if t.organization}
    assert found == {
        ("沈砚秋", "德清县委", "书记"),
        ("何景明", "德清县委", "副书记"),
        ("何景明", "德清县政府", "县长"),
        ("关群", "德清县委", "常委"),
        ("关群", "德清县政府", "副县长"),
        ("章予安", "德清县水务局党组", "书记"),
        ("章予安", "德清县水务局", "局长"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As many towns as names: one post each.
        (
            "5月8日，德清县召开会议。新市镇、钟管镇、洛舍镇党委书记何景明、关立群、章予安参加。",
            {("何景明", "新市镇党委", "书记"), ("关立群", "钟管镇党委", "书记"), ("章予安", "洛舍镇党委", "书记")},
        ),
        (
            "5月8日，德清县防汛指挥部召开会议，县委书记、第一指挥长何景明讲话，县委副书记、县长、指挥长关立群主持。",
            {
                ("何景明", "德清县委", "书记"),
                ("何景明", "德清县防汛指挥部", "第一指挥长"),
                ("关立群", "德清县委", "副书记"),
                ("关立群", "德清县政府", "县长"),
                ("关立群", "德清县防汛指挥部", "指挥长"),
            },
        ),
        # A firm by a part of its name.
        (
            "5月8日，何景明一行来到深圳市润扬智能装备有限公司调研。润扬智能董事长关立群介绍情况。",
            {("关立群", "深圳市润扬智能装备有限公司", "董事长")},
        ),
        # The town of the village at hand.
        (
            "5月8日，与会人员先后察看了德清县新市镇水北村的果园和德清县钟管镇的河道。在水北村，镇党委书记何景明说，要管好水。",
            {("何景明", "新市镇党委", "书记")},
        ),
        # A group by the end of its name is the one that the article names, and no part of the committee named before it.
        (
            "5月8日，德清县农村工作领导小组召开会议。县委书记、领导小组组长何景明讲话。",
            {("何景明", "德清县委", "书记"), ("何景明", "德清县农村工作领导小组", "组长")},
        ),
        ("5月8日，德清县召开会议。县委书记、领导小组组长何景明讲话。", {("何景明", "德清县委", "书记"), ("何景明", None, "组长")}),
        # A numbered team is not the committee's only one.
        (
            "5月8日，德清县委召开会议。县委第一巡察组组长何景明、第四巡察组副组长关立群发言。",
            {("何景明", "德清县委第一巡察组", "组长"), ("关立群", "德清县委第四巡察组", "副组长")},
        ),
        # One town for each name.
        (
            "5月8日，德清县副县长何景明到田间调研。新市镇、钟管镇的党委书记关立群、章予安参加。",
            {("何景明", "德清县政府", "副县长"), ("关立群", "新市镇党委", "书记"), ("章予安", "钟管镇党委", "书记")},
        ),
        # Whose is whose is not said.
        (
            "5月8日，德清县考察团到长兴县考察。两县农业局党组书记、局长何景明、关立群座谈。",
            {(name, None, title) for name in ("何景明", "关立群") for title in ("书记", "局长")},
        ),
        # The farm that was visited.
        (
            "5月8日，虎林市委书记何景明到八五六农场慰问。农场党委书记关立群、场长章予安陪同。",
            {("何景明", "虎林市委", "书记"), ("关立群", "八五六农场党委", "书记"), ("章予安", "八五六农场", "场长")},
        ),
        # A firm by its name without its last words.
        (
            "5月8日，德清县政府与浙江省环海水务集团有限公司签约。省环海水务集团党委书记、董事长何景明出席。",
            {("何景明", "浙江省环海水务集团有限公司党委", "书记"), ("何景明", "浙江省环海水务集团有限公司", "董事长")},
        ),
        # A prefecture whose name is a word too, and one whose level word the segmentation gives to what follows.
        ("5月8日，靖西市召开会议，百色军分区政委何景明参加。", {("何景明", "百色市军分区", "政委")}),
        ("5月8日，那曲市妇联党组书记、主席何景明调研。", {("何景明", "那曲市妇联党组", "书记"), ("何景明", "那曲市妇联", "主席")}),
        # A division without its city.
        (
            "5月8日，第九师白杨市党委常委、第九师副师长何景明到一六一团调研。师市党委要求抓好春耕。",
            {("何景明", "第九师白杨市党委", "常委"), ("何景明", "第九师", "副师长")},
        ),
    ],
)
def test_posts_that_others_words_make_known(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


def test_who_is_elected_by_so_many_votes_holds_the_post() -> None:
    text = "5月8日，德清县新市镇水北村举行换届选举大会。何景明以732票当选村委会主任，关立群当选副主任。"
    assert {(person, title) for person, body, title in posts(text) if body and body.endswith("村委会")} == {
        ("何景明", "主任"),
        ("关立群", "副主任"),
    }


def test_who_is_appointed_may_have_a_word_for_a_name() -> None:
    text = (
        "5月8日，德清县人大常委会召开会议，决定：\n一、任命\n高明为德清县教育局局长；\n二、免去田间的德清县财政局局长职务。\n"
        "何景明同志任德清县委委员、常委，德清县纪委书记；关立群同志因年龄原因，不再担任德清县纪委书记职务。"
    )
    assert posts(text) == {
        ("高明", "德清县教育局", "局长"),
        ("田间", "德清县财政局", "局长"),
        ("何景明", "德清县委", "委员"),
        ("何景明", "德清县委", "常委"),
        ("何景明", "德清县纪委", "书记"),
        ("关立群", "德清县纪委", "书记"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The organs of one body stand beside each other.
        (
            "5月8日，德清县人民医院党委副书记、纪委书记、工会主席何景明出席会议。",
            {
                ("何景明", "德清县人民医院党委", "副书记"),
                ("何景明", "德清县人民医院纪委", "书记"),
                ("何景明", "德清县人民医院工会", "主席"),
            },
        ),
        # Of a school that nothing names they are not the committee's that was named before.
        (
            "5月8日，德清县委副书记、县长何景明来我院签约。我院领导有党委书记关立群教授，党委副书记、纪委书记、工会主席章予安教授参加。",
            {("何景明", "德清县委", "副书记"), ("何景明", "德清县政府", "县长")},
        ),
        # An office that goes by its head's title is where there is such a head.
        (
            "5月8日，湖州师范学院副院长何景明、院长办公室主任关立群到德清县考察。",
            {("何景明", "湖州师范学院", "副院长"), ("关立群", "湖州师范学院院长办公室", "主任")},
        ),
        (
            "5月8日，德清县委书记何景明，县长关立群，校长办公室主任章予安出席会议。",
            {("何景明", "德清县委", "书记"), ("关立群", "德清县政府", "县长")},
        ),
        # The youth league of the school named before it.
        (
            "5月8日，湖州师范学院党委副书记何景明，团委书记关立群到德清县考察。",
            {("何景明", "湖州师范学院党委", "副书记"), ("关立群", "湖州师范学院团委", "书记")},
        ),
        # Ours is not the one that we sign with.
        (
            "5月8日，我校与德清县委党校签约，德清县委党校副校长何景明，我校党委书记关立群出席。湖州学院将派出教师。",
            {("何景明", "德清县委党校", "副校长"), ("关立群", "湖州学院党委", "书记")},
        ),
        # A new term begins no name.
        (
            "5月8日，德清县供销社召开大会，选举产生新一届县供销社党委书记，何景明同志当选为书记。",
            {("何景明", "德清县供销社党委", "书记")},
        ),
        # A faculty is no university, and is in the one that was named.
        (
            "5月8日，湖州师范学院举行揭牌仪式，校党委常委、副校长何景明和文学院院长关立群揭牌。",
            {("何景明", "湖州师范学院党委", "常委"), ("何景明", "湖州师范学院", "副校长"), ("关立群", "湖州师范学院文学院", "院长")},
        ),
        # What is in every school is nobody's.
        (
            "5月8日，学校召开二级学院院长助理座谈会，学校党委书记何景明讲话，党委委员、副院长关立群主持。",
            set(),
        ),
        # A person's name that begins like a city.
        ("5月8日，德清县召开会议，县农委主任许昌发讲话。", {("许昌发", "德清县农委", "主任")}),
        # How somebody is addressed elsewhere says where the name ends.
        (
            "5月8日，湖州师范学院副校长周加来出席仪式并讲话。仪式上，周加来副校长为基地揭牌。",
            {("周加来", "湖州师范学院", "副校长")},
        ),
        # A mass organization's own departments.
        (
            "5月8日，浙江省妇联副主席何景明、宣传部部长关立群、发展部副部长章予安到德清县走访。",
            {
                ("何景明", "浙江省妇联", "副主席"),
                ("关立群", "浙江省妇联宣传部", "部长"),
                ("章予安", "浙江省妇联发展部", "副部长"),
            },
        ),
        # The body of a town is that of the one town named, or of none that is known; never a part of the county's.
        (
            "5月8日，德清县妇联主席何景明、镇妇联主席关立群一行来到新市镇走访。",
            {("何景明", "德清县妇联", "主席"), ("关立群", "新市镇妇联", "主席")},
        ),
        (
            "5月8日，德清县妇联主席何景明、街道党工委书记关立群一行到社区走访。",
            {("何景明", "德清县妇联", "主席")},
        ),
        # What the segmentation guesses is no conjunction.
        ("5月8日，上海世和时装有限公司总经理何景明到德清县考察。", {("何景明", "上海世和时装有限公司", "总经理")}),
    ],
)
def test_a_body_has_its_own_organs_and_a_committee_none(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert {post for post in posts(text) if post[1] is not None} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Units that stand in a list are beside each other in the one body that was named.
        (
            "5月8日，德清县中医院院长何景明、护理部主任章予安、妇产科主任关立群、医保办主任沈砚秋参加活动。",
            {
                ("何景明", "德清县中医院", "院长"),
                ("章予安", "德清县中医院护理部", "主任"),
                ("关立群", "德清县中医院妇产科", "主任"),
                ("沈砚秋", "德清县中医院医保办", "主任"),
            },
        ),
        # A school is the county's and no part of the bureau or the school before it.
        (
            "5月8日，德清县教育局局长何景明、第一中学校长章予安、实验小学校长关立群参加活动。",
            {("何景明", "德清县教育局", "局长"), ("章予安", "德清县第一中学", "校长"), ("关立群", "德清县实验小学", "校长")},
        ),
        # A school's departments of the Party are its own, however many were named.
        (
            "5月8日，湖州学院党委副书记何景明、组织部部长章予安、宣传部部长关立群、团委书记沈砚秋参加活动。",
            {
                ("何景明", "湖州学院党委", "副书记"),
                ("章予安", "湖州学院组织部", "部长"),
                ("关立群", "湖州学院宣传部", "部长"),
                ("沈砚秋", "湖州学院团委", "书记"),
            },
        ),
        # No town has a bureau, and no village a police station; a town's committee has its members, its government none.
        (
            "5月8日，德清县新市镇党委书记何景明、镇长章予安、宣传委员关立群、财政局局长沈砚秋参加活动。",
            {
                ("何景明", "新市镇党委", "书记"),
                ("章予安", "新市镇政府", "镇长"),
                ("关立群", "新市镇党委", "宣传委员"),
                ("沈砚秋", "德清县财政局", "局长"),
            },
        ),
        (
            "5月8日，德清县新市镇宋市村党总支书记何景明、村委会主任章予安、妇联主席关立群、派出所所长沈砚秋参加活动。",
            {
                ("何景明", "新市镇宋市村党总支", "书记"),
                ("章予安", "新市镇宋市村村委会", "主任"),
                ("关立群", "新市镇宋市村村妇联", "主席"),
                ("沈砚秋", "新市镇派出所", "所长"),
            },
        ),
        # A hotel is a firm, yet no firm that was named before is that hotel.
        (
            "5月8日，德清县莫干环保科技有限公司董事长何景明介绍了项目。酒店总经理章予安参加活动。",
            {("何景明", "德清县莫干环保科技有限公司", "董事长")},
        ),
        # A zone in a report on a county is the county's own; a town's court is not the city's.
        (
            "5月8日，长兴县召开推进会，县长何景明主持，经开区管委会主任章予安参加。",
            {("何景明", "长兴县政府", "县长"), ("章予安", "长兴经开区管委会", "主任")},
        ),
        (
            "5月8日，德清县法院院长何景明、新市法庭庭长章予安、检察院检察长关立群参加活动。",
            {("何景明", "德清县法院", "院长"), ("关立群", "德清县检察院", "检察长")},
        ),
    ],
)
def test_who_is_named_behind_another_in_a_list_is_in_the_body_beside_or_in_the_area_s(
    text: str, expected: set[tuple[str, str | None, str]]
) -> None:
    assert {post for post in posts(text) if post[1] is not None} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What a firm or school has is its own, and of a firm that nothing names it is nobody's.
        (
            "5月8日，德清县委书记何景明到浙江恒达集团有限公司调研，公司纪委书记章予安、集团工会主席关立群陪同。",
            {
                ("何景明", "德清县委", "书记"),
                ("章予安", "浙江恒达集团有限公司纪委", "书记"),
                ("关立群", "浙江恒达集团有限公司工会", "主席"),
            },
        ),
        (
            "5月8日，德清县委书记何景明到湖州学院考察，学校党委委员章予安、学校纪委书记关立群陪同。",
            {("何景明", "德清县委", "书记"), ("章予安", "湖州学院党委", "委员"), ("关立群", "湖州学院纪委", "书记")},
        ),
        ("5月8日，德清县委书记何景明到企业调研，公司党委委员章予安陪同。", {("何景明", "德清县委", "书记")}),
        # 张明任 is nobody.
        (
            "经县委研究决定，张明任德清县财政局局长，王大伟任德清县教育局局长。",
            {("张明", "德清县财政局", "局长"), ("王大伟", "德清县教育局", "局长")},
        ),
    ],
)
def test_a_firm_s_organs_are_its_own_and_who_is_given_a_post_has_it(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert {post for post in posts(text) if post[1] is not None} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5月8日，内蒙古自治区主席何景明到通辽市调研，自治区副主席章予安、自治区政协副主席关立群陪同。",
            {
                ("何景明", "内蒙古自治区政府", "主席"),
                ("章予安", "内蒙古自治区政府", "副主席"),
                ("关立群", "内蒙古自治区政协", "副主席"),
            },
        ),
        (
            "任前公示。\n\n何景明，女，汉族，本科，中共党员，现任德清县新市镇党委副书记、镇长，拟任德清县水利局局长。",
            {("何景明", "新市镇党委", "副书记"), ("何景明", "新市镇政府", "镇长")},
        ),
        # 延安 is a part of a name, and no place that a bare title would be of.
        ("5月8日，县委书记孙延安、县长周淮安出席会议。", set()),
    ],
)
def test_posts_behind_an_area_s_own_name(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert {post for post in posts(text + "会后到现场察看。") if post[1] is not None} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5月8日，中建安徽建设有限公司总经理何景明、海尔青岛空调有限公司经理章予安到德清县考察。",
            {("何景明", "中建安徽建设有限公司", "总经理"), ("章予安", "海尔青岛空调有限公司", "经理")},
        ),
        (
            "5月8日，德清县政府与湖州青瓷智能产业技术研究院签约，副县长何景明、研究院院长章予安参加。",
            {("何景明", "德清县政府", "副县长"), ("章予安", "湖州市青瓷智能产业技术研究院", "院长")},
        ),
        ("5月8日，德清县召开会议。县府办主任何景明参加。", {("何景明", "德清县府办", "主任")}),
        (
            "5月8日，德清县新市镇党委书记何景明、党委副书记章予安到村走访。",
            {("何景明", "新市镇党委", "书记"), ("章予安", "新市镇党委", "副书记")},
        ),
    ],
)
def test_a_group_s_name_begins_its_firm_s_and_a_bare_committee_is_the_town_s(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert {post for post in posts(text) if post[1] is not None} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            # 市生态环境局 | 长兴 | 分局, no 生态环境局长
            "5月8日，湖州市召开会议，市生态环境局长兴分局局长何景明、市公安局长兴分局政委关立群参加。",
            {("何景明", "湖州市生态环境局长兴分局", "局长"), ("关立群", "湖州市公安局长兴分局", "政委")},
        ),
        (
            "5月8日，中国农业发展银行来德清县调研，浙江省分行党委书记、行长何景明，湖州市分行行长关立群参加座谈。",
            {
                ("何景明", "中国农业发展银行浙江省分行党委", "书记"),
                ("何景明", "中国农业发展银行浙江省分行", "行长"),
                ("关立群", "中国农业发展银行湖州市分行", "行长"),
            },
        ),
        (
            # A conjunction between a group and somebody's post makes no chain.
            "5月8日，德清县党政代表团到永康市考察，代表团成员与永康市农业农村局局长何景明交谈。",
            {("何景明", "永康市农业农村局", "局长")},
        ),
        (
            "5月8日，浙江省水利厅党组第一巡察组到德清县巡察，厅党组巡察办主任何景明、厅人事处处长关立群参加会议。",
            {("何景明", "浙江省水利厅党组巡察办", "主任"), ("关立群", "浙江省水利厅人事处", "处长")},
        ),
        ("5月8日，湖州学院教师教育学院院长何景明到德清县座谈。", {("何景明", "湖州学院教师教育学院", "院长")}),
        ("5月8日，德清县召开大会，县长何景明代表县委、县政府向全县教师致以问候。", {("何景明", "德清县政府", "县长")}),
        (
            "5月8日，德清县财政局局长何景明当场请永康雪溪果蔬专业合作社理事长关立群答复。",
            {("何景明", "德清县财政局", "局长"), ("关立群", "永康雪溪果蔬专业合作社", "理事长")},
        ),
    ],
)
def test_what_runs_into_a_body_or_a_title(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


def test_a_society_that_nothing_names_is_no_part_of_what_is_beside_it() -> None:
    text = "5月8日，德清县召开会议，莫干山竹业发展研究院院长何景明，学会副会长关立群参加。"
    assert posts(text) == {("何景明", "莫干山竹业发展研究院", "院长"), ("关立群", None, "副会长")}


def test_a_group_is_no_firm_that_is_called_otherwise() -> None:
    text = "5月8日，德清县举行仪式，浙江青瓷设备总公司总经理何景明出席，集团董事长关立群致辞。"
    assert ("关立群", "浙江青瓷设备总公司", "董事长") not in posts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5月8日，德清县人大常委会副主任何景明、政府副县长关立群参加会议。",
            {("何景明", "德清县人大常委会", "副主任"), ("关立群", "德清县政府", "副县长")},
        ),
        (
            "5月8日，德清县工商联党组书记、县非公党委书记何景明出席会议。",
            {("何景明", "德清县工商联党组", "书记"), ("何景明", "德清县非公党委", "书记")},
        ),
        (
            "5月8日，何景明来莫干山拜访莫干山农旅开发公司董事长关立群。",
            {("关立群", "莫干山农旅开发公司", "董事长")},
        ),
        ("5月8日，德清县青年企业家协会第四届会长何景明到会。", {("何景明", "德清县青年企业家协会", "会长")}),
        (
            "5月8日，大会选举产生新一届理事会，何景明同志（女）全票当选德清县青年企业家协会第四届会长。",
            {("何景明", "德清县青年企业家协会", "会长")},
        ),
    ],
)
def test_bodies_behind_unread_words_terms_and_other_bodies(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


def test_what_somebody_was_is_no_part_of_the_name_of_the_body() -> None:
    text = "5月8日，德清县水利局原党组书记何景明、德清县原农业局局长关立群、德清县教育局原工会主席章予安到会。"
    found = tenures(text)
    assert {(t.person, t.organization.name, t.title, t.former) for t in found if t.organization is not None} == {
        ("何景明", "德清县水利局党组", "书记", True),
        ("关立群", "德清县农业局", "局长", True),
        ("章予安", "德清县教育局工会", "主席", True),
    }


def test_a_long_list_of_names_before_a_group_title_is_read_whole() -> None:
    text = "5月8日，德清县召开大会，何景明、关立群、章予安、陆军、柏云舟、闻书瑶、沈砚秋、凌霄云等县领导出席。"
    people = ("何景明", "关立群", "章予安", "陆军", "柏云舟", "闻书瑶", "沈砚秋", "凌霄云")
    assert posts(text) == {(person, "德清县", "领导") for person in people}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            # One person is the chairman; the others are leaders.
            "5月8日，德清县人大常委会主任何景明及关立群、章予安等县领导看望官兵。",
            {("何景明", "德清县人大常委会", "主任"), ("关立群", "德清县", "领导"), ("章予安", "德清县", "领导")},
        ),
        (
            "5月8日，德清县召开会议，雷甸镇、新市镇党委书记何景明、关立群发言。",
            {("何景明", "雷甸镇党委", "书记"), ("关立群", "新市镇党委", "书记")},
        ),
        (
            # The bureau's chief is the host's who stands before, not of the visitors' city.
            "5月8日，德清县举行奠基仪式，永康市旅游局副局长何景明、德清县副县长关立群、教育局局长章予安参加。",
            {("何景明", "永康市旅游局", "副局长"), ("关立群", "德清县政府", "副县长"), ("章予安", "德清县教育局", "局长")},
        ),
        (
            "5月8日，德清县委宣传部部长何景明到实验小学捐赠图书，学校代表全校教师向何景明部长表示感谢。",
            {("何景明", "德清县委宣传部", "部长")},
        ),
        (
            "5月8日，德清县举行捐赠仪式，青瓷（浙江）环保科技有限公司总经理何景明把现金交到石壁小学校长关立群手中。",
            {("何景明", "青瓷（浙江）环保科技有限公司", "总经理"), ("关立群", "石壁小学", "校长")},
        ),
    ],
)
def test_who_holds_what_among_several_people(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


def test_a_committee_of_a_county_that_nothing_names_has_no_inspector() -> None:
    assert all(body is None for _, body, _ in posts("8月1日，县委书记、二级巡视员何景明走访慰问驻军。"))


def test_a_party_committee_named_by_its_area_alone_is_of_the_party_before() -> None:
    assert posts("5月8日，民建浙江省委副主委、湖州市委主委何景明，民革浙江省委副主委、德清县委书记关立群到德清县调研。") == {
        ("何景明", "民建浙江省委", "副主委"),
        ("何景明", "民建湖州市委", "主委"),
        ("关立群", "民革浙江省委", "副主委"),
        ("关立群", "德清县委", "书记"),
    }
    assert posts("5月8日，德清县举行推介会，副县长关立群致推介辞。") == {("关立群", "德清县政府", "副县长")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月8日，德清县召开会议，县重点工程管理中心主任何景明发言。", {("何景明", "德清县重点工程管理中心", "主任")}),
        (
            # Two bodies, and no town that is called 某院与.
            "5月8日，德清县第三人民医院与镇卫生院结对。德清县第三人民医院院长何景明出席。",
            {("何景明", "德清县第三人民医院", "院长")},
        ),
        (
            # What is quoted before a title says whose post it is, and is not read.
            "5月8日，雷甸镇党委书记何景明到村里调研，民兵“先锋”负责人关立群介绍情况。",
            {("何景明", "雷甸镇党委", "书记"), ("关立群", None, "负责人")},
        ),
    ],
)
def test_names_of_bodies_before_titles_are_read_whole_or_not_at_all(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


def test_a_title_that_the_body_before_it_cannot_have_is_in_no_body_that_is_known() -> None:
    assert posts("5月8日，德清县财政局局长何景明、院长章予安、景谷一中校长关立群、副校长沈砚秋参加活动。") == {
        ("何景明", "德清县财政局", "局长"),
        ("章予安", None, "院长"),
        ("关立群", "景谷县一中", "校长"),
        ("沈砚秋", "景谷县一中", "副校长"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            # A university is none of its schools, and a ministry's department none of the university before it.
            "5月8日，由湖南大学马克思主义学院主办的论坛开幕。湖南大学党委书记何景明，教育部社会科学司副司长关立群出席。",
            {("何景明", "湖南大学党委", "书记"), ("关立群", "教育部社会科学司", "副司长")},
        ),
        (
            # Words that tell what sort of university is wanted are no university's name.
            "5月8日，为学习高水平研究型大学的办学经验，校党委书记何景明率队赴湖南大学调研。",
            {("何景明", None, "书记")},
        ),
        (
            # What was named last in the sentence, not who spoke before.
            "5月8日，何景明一行来到湖南大学，与湖南大学党委书记关立群座谈。\n在吉首大学调研期间，何景明一行与党委书记章予安座谈。",
            {("关立群", "湖南大学党委", "书记"), ("章予安", "吉首大学党委", "书记")},
        ),
        (
            # A group that nothing names is not the mining firm behind it.
            "5月8日，集团公司党委书记、董事长何景明会见了德清县副县长关立群，嘉禾矿业公司的党委书记、董事长参加会见。",
            {("何景明", None, "书记"), ("何景明", None, "董事长"), ("关立群", "德清县政府", "副县长")},
        ),
        (
            "5月8日，区委书记何景明，区总工会党组书记、副主席关立群出席会议。",
            {("何景明", None, "书记"), ("关立群", None, "书记"), ("关立群", None, "副主席")},
        ),
        (
            "5月8日，文学院在校图书馆召开大会，校党委副书记何景明出席，大会由学院党委书记关立群主持。",
            {("何景明", None, "副书记"), ("关立群", "文学院党委", "书记")},
        ),
    ],
)
def test_a_university_a_group_and_an_unnamed_district_lend_no_body_that_is_not_theirs(
    text: str, expected: set[tuple[str, str | None, str]]
) -> None:
    assert posts(text) == expected


def test_a_district_s_list_that_begins_with_an_unnamed_one_lends_nothing_of_a_society() -> None:
    text = "5月8日，钢城商会会员大会召开。市工商联党组成员、副主席何景明，区委常委、组织部部长、统战部部长关立群出席。"
    assert {body for _, body, _ in posts(text)} == {None}


def test_a_hospital_and_a_town_s_clinic_that_sign_are_two_bodies() -> None:
    assert posts("5月8日，绍兴二院与绍兴市越城区东湖镇卫生院签约，东湖镇卫生院院长何景明出席。") == {("何景明", "东湖镇卫生院", "院长")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            # The committee's department is meant, whose head is called so.
            "5月8日，德清县委组织部长何景明出席，县委常委、县委统战部长关立群主持会议。",
            {("何景明", "德清县委组织部", "部长"), ("关立群", "德清县委", "常委"), ("关立群", "德清县委统战部", "部长")},
        ),
        (
            "5月8日，德清县政府县长何景明、县政府公安局长关立群出席会议。",
            {("何景明", "德清县政府", "县长"), ("关立群", "德清县公安局", "局长")},
        ),
        (
            # More than one city has such a district: its department is its own, and not the city's that was named before.
            "5月8日，济宁市副市长何景明，市中区委常委、宣传部长关立群，市中区政协副主席章予安出席。",
            {
                ("何景明", "济宁市政府", "副市长"),
                ("关立群", "市中区委", "常委"),
                ("关立群", "市中区委宣传部", "部长"),
                ("章予安", "市中区政协", "副主席"),
            },
        ),
        (
            "5月8日，德清县公安局局长何景明、检察长关立群出席会议。",
            {("何景明", "德清县公安局", "局长"), ("关立群", "德清县检察院", "检察长")},
        ),
        (
            "5月8日，国网德清县供电公司总经理何景明、中国移动德清分公司总经理关立群参加。",
            {("何景明", "国网德清县供电公司", "总经理"), ("关立群", "中国移动德清分公司", "总经理")},
        ),
        (
            "5月8日，全国人大代表何景明，省人大代表关立群参加调研。",
            {("何景明", "全国人大", "代表")},
        ),
        (
            "5月8日，德清县人民医院党办主任何景明、院办主任关立群参加。",
            {("何景明", "德清县人民医院党办", "主任"), ("关立群", "德清县人民医院院办", "主任")},
        ),
        (
            # Of the bureau, and not of what its deputy heads beside.
            "5月8日，德清县教育局副局长、县教育工会主席何景明，人事科科长关立群出席。",
            {("何景明", "德清县教育局", "副局长"), ("何景明", "德清县教育工会", "主席"), ("关立群", "德清县教育局人事科", "科长")},
        ),
        (
            "5月8日，莫干山高新区管委会主任何景明，管委会副主任关立群，规划建设局局长章予安出席。",
            {
                ("何景明", "莫干山高新区管委会", "主任"),
                ("关立群", "莫干山高新区管委会", "副主任"),
                ("章予安", "莫干山高新区管委会规划建设局", "局长"),
            },
        ),
        (
            # Of either university.
            "5月8日，湖南大学校长何景明一行到吉首大学考察，校长办公室主任关立群参加。",
            {("何景明", "湖南大学", "校长"), ("关立群", None, "主任")},
        ),
        ("5月8日，德清县发改委主任何景明，书记关立群参加座谈。", {("何景明", "德清县发改委", "主任"), ("关立群", None, "书记")}),
        ("5月8日，德清县委书记何景明，主任关立群参加座谈。", {("何景明", "德清县委", "书记"), ("关立群", None, "主任")}),
        ("5月8日，德清县妇联主席何景明、纪委书记关立群出席。", {("何景明", "德清县妇联", "主席"), ("关立群", "德清县纪委", "书记")}),
    ],
)
def test_a_title_that_says_of_what_kind_its_body_is(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5月8日，德清县人大代表、东沈村党支部书记、全国劳动模范何景明参加座谈。",
            {("何景明", "德清县人大", "代表"), ("何景明", "东沈村党支部", "书记")},
        ),
        ("5月8日，德清县文联主席、著名作家何景明参加座谈。", {("何景明", "德清县文联", "主席")}),
        ("5月8日，德清县政府副县长、威海市赴德清挂职干部何景明参加座谈。", {("何景明", "德清县政府", "副县长")}),
        # Whoever is in charge is somebody else, who is not named.
        ("5月8日，德清县水利局负责人、种粮大户何景明参加座谈。", set()),
    ],
)
def test_what_somebody_is_besides_stands_between_post_and_name(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


def test_leaders_are_listed_behind_a_colon() -> None:
    text = "德清县召开工作会议\n5月8日，德清县召开工作会议。应邀在主席台就座的县领导有：何景明、关立群。"
    assert posts(text) == {("何景明", "德清县", "领导"), ("关立群", "德清县", "领导")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月8日，青岚路桥有限公司项目负责人何景明发言。", {("何景明", "青岚路桥有限公司", "项目负责人")}),
        ("5月8日，青岚机械有限公司采购总监何景明发言。", {("何景明", "青岚机械有限公司", "采购总监")}),
        ("5月8日，德清县第二中学德育副校长何景明发言。", {("何景明", "德清县第二中学", "德育副校长")}),
    ],
)
def test_a_title_is_read_with_what_its_holder_is_in_charge_of(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize("note", ["女，", "男，汉族，中共党员，", "男，1975年5月出生，"])
def test_a_post_in_a_bracket_stands_behind_what_else_it_says_of_somebody(note: str) -> None:
    assert posts(f"5月8日，李晓燕（{note}德清县教育局局长）作报告。") == {("李晓燕", "德清县教育局", "局长")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5月8日，新市镇人大主席、党委委员何景明参加座谈。",
            {("何景明", "新市镇人大", "主席"), ("何景明", "新市镇党委", "委员")},
        ),
        (
            "5月8日，新市镇副镇长、党委委员何景明参加座谈。",
            {("何景明", "新市镇政府", "副镇长"), ("何景明", "新市镇党委", "委员")},
        ),
        (
            "5月8日，德清县水利局办公室主任何景明、建设科科长关立群参加座谈。",
            {("何景明", "德清县水利局办公室", "主任"), ("关立群", "德清县水利局建设科", "科长")},
        ),
    ],
)
def test_what_is_beside_a_body_and_no_part_of_it(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected
