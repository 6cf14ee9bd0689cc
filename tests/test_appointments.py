"""Who is appointed, elected or removed, and whose career is told: posts with no name right before them."""

from __future__ import annotations

import pytest

from kg.model import Page
from tests.test_posts import READER, posts, tenures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A bracket behind the name says what somebody was.
        (
            "5月8日，德清县通报了处理结果，给予何景明（2015年11月任乾元镇党委副书记、镇长）警告处分。",
            {("何景明", "乾元镇党委", "副书记"), ("何景明", "乾元镇政府", "镇长")},
        ),
        ("5月8日，德清县给予何景明（时任乾元镇党委书记，分管环保）警告处分。", {("何景明", "乾元镇党委", "书记")}),
        # The name stands behind the post and 的.
        ("2016年至2021年担任德清县委书记的何景明应邀出席。", {("何景明", "德清县委", "书记")}),
        ("5月8日，时任德清县水利局局长的何景明到会。", {("何景明", "德清县水利局", "局长")}),
        # A sentence tells one person's career.
        (
            "何景明曾任德清县民政局局长等职，2022年11月当选德清县工商联第七届主席。",
            {("何景明", "德清县民政局", "局长"), ("何景明", "德清县工商联", "主席")},
        ),
        (
            "会议开始了。何景明早年在中学任教，2018年任德清县教育局副局长，2021年任德清县教育局局长。",
            {("何景明", "德清县教育局", "副局长"), ("何景明", "德清县教育局", "局长")},
        ),
        # Who speaks of others has none of their posts.
        ("何景明介绍，现任德清县教育局局长是外地人。", set()),
        # The post of whoever was appointed is not that of the next in the list.
        (
            "5月8日，德清县委书记何景明拟任湖州市委常委；安吉县委书记关立群到会。",
            {("何景明", "德清县委", "书记"), ("关立群", "安吉县委", "书记")},
        ),
        (
            "5月8日，何景明任德清县委常委；安吉县委书记关立群到会。",
            {("何景明", "德清县委", "常委"), ("关立群", "安吉县委", "书记")},
        ),
        # A note or a term stands between the body and the title.
        (
            "何景明，男，汉族，1969年1月出生，现任湖州市工商业联合会（市总商会）主席。",
            {("何景明", "湖州市工商联", "主席")},
        ),
        (
            "5月8日，湖州市安徽商会召开换届大会。何景明当选为商会新一届会长。",
            {("何景明", "湖州市安徽商会", "会长")},
        ),
    ],
)
def test_a_post_with_no_name_right_before_it(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "person", "body", "title"),
    [
        (
            "会议决定：柏云舟同志任湖州职业技术学院院长，何景明同志因到龄退休、不再担任湖州职业技术学院院长职务。",
            "何景明",
            "湖州职业技术学院",
            "院长",
        ),
        ("5月8日，何景明被免去德清县水利局局长职务。", "何景明", "德清县水利局", "局长"),
        ("5月8日，会议决定免去陈德清同志安吉县水利局局长职务。", "陈德清", "安吉县水利局", "局长"),
    ],
)
def test_a_post_that_somebody_left(text: str, person: str, body: str, title: str) -> None:
    ended = [t for t in tenures(text) if t.ended]
    assert [(t.person, t.organization.name if t.organization else None, t.title) for t in ended] == [(person, body, title)]


def test_a_word_of_appointment_is_no_surname_behind_a_name_or_a_form_of_address() -> None:
    """The dictionary knows people called so: 任 and a town's name."""
    assert ("柏云舟", "开封文化艺术职业学院", "院长") in posts("会议宣布，柏云舟同志任开封文化艺术职业学院院长。")
    assert ("任德清", "安吉县财政局", "局长") in posts("5月8日，安吉县财政局局长任德清出席会议。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 主委 heads a democratic party's committee, never the committee that 省委 is by itself.
        (
            "5月8日，农工党云南省委副主委何景明、楚雄州委副主委关立群、州主委章予安全程陪同。",
            {("何景明", "农工党云南省委", "副主委"), ("关立群", "农工党楚雄州委", "副主委"), ("章予安", "农工党楚雄州委", "主委")},
        ),
        ("5月8日，四川省政协副主席、社省委主委何景明出席。", {("何景明", "四川省政协", "副主席"), ("何景明", "九三学社四川省委", "主委")}),
        # A count or a word for what somebody was stands between a body and the title.
        (
            "5月8日，德清县人大常委会副主任何景明，德清县政协多名前副主席关立群、章予安到会。",
            {("何景明", "德清县人大常委会", "副主任"), ("关立群", "德清县政协", "副主席"), ("章予安", "德清县政协", "副主席")},
        ),
        (
            "5月8日，三明市老促会会长何景明、厦门市老促会老会长关立群作总结。",
            {("何景明", "三明市老促会", "会长"), ("关立群", "厦门市老促会", "会长")},
        ),
        # A body's committee has a secretary, and not the body beside.
        (
            "5月8日，德清县人民医院党委书记何景明到会。会议对德清县人民医院何景明书记一行表示欢迎。",
            {("何景明", "德清县人民医院党委", "书记")},
        ),
        # Who is addressed by the title at a clause's begin has it in the report's own body.
        ("5月8日，德清县人民检察院召开发布会。我院成立了领导组，何景明检察长担任组长。", {("何景明", "德清县检察院", "检察长")}),
        # 省委 is in the province of the city that comes after it.
        (
            "5月8日，宁波市代表团赴凉山州对接工作。省委常委、宁波市委书记何景明，凉山州委书记关立群参加。",
            {("何景明", "浙江省委", "常委"), ("何景明", "宁波市委", "书记"), ("关立群", "凉山州委", "书记")},
        ),
    ],
)
def test_words_at_a_title_that_say_whose_it_is(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "leaders"),
    [
        # Behind a society of another place they are the paper's own.
        (
            "5月8日，湖州市重庆商会召开换届大会。重庆市工商联副主席何景明，市领导关立群、章予安出席。",
            {("关立群", "湖州市"), ("章予安", "湖州市")},
        ),
        # Who accompanies visitors is of the place where they came.
        ("5月8日，德清县委书记何景明率团到安吉县考察。县领导关立群、章予安陪同考察。", {("关立群", "安吉县"), ("章予安", "安吉县")}),
        # The visitors' own officials stand before theirs.
        ("5月8日，宿州市委书记何景明，市领导关立群到湖州市考察。", {("关立群", "宿州市")}),
    ],
)
def test_whose_leaders_are_meant(text: str, leaders: set[tuple[str, str]]) -> None:
    assert {(person, body) for person, body, title in posts(text) if title == "领导"} == leaders


def test_a_verb_with_its_particle_is_nobody() -> None:
    assert all(person != "被查" for person, _, _ in posts("5月8日，德清县委原书记被查，多人从3月起被查，有人任内被查。"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A body's name ends inside its head's title.
        (
            "5月8日，德清县教育局长何景明、交警大队长关立群、乾元派出所长章予安出席。",
            {("何景明", "德清县教育局", "局长"), ("关立群", "德清县交警大队", "大队长"), ("章予安", "乾元派出所", "所长")},
        ),
        (
            "5月8日，德清县公安局副局长、交警大队长何景明到会。",
            {("何景明", "德清县公安局", "副局长"), ("何景明", "德清县公安局交警大队", "大队长")},
        ),
        ("5月8日，德清县实验学校长期坚持走访，县第一小学校长何景明到会。", {("何景明", "德清县第一小学", "校长")}),
        # Who is said to be something.
        ("5月8日，41岁的何景明是德清县水利局局长，自幼在农村长大。", {("何景明", "德清县水利局", "局长")}),
        ("5月8日，何景明是德清县委书记的同乡。", set()),
        # That town's own.
        (
            "5月8日，检查组到德清县乾元镇检查，听取了该镇武装部教导员何景明的汇报。",
            {("何景明", "乾元镇人武部", "教导员")},
        ),
        # A village that is called after a family.
        ("5月8日，走进德清县乾元镇王村。村党支部书记何景明迎上前来。", {("何景明", "乾元镇王村党支部", "书记")}),
        # A zone in a town's list has a name of its own.
        (
            "5月8日，德清县委常委、乾元镇党委书记、莫干湖管委会主任何景明出席。",
            {("何景明", "德清县委", "常委"), ("何景明", "乾元镇党委", "书记"), ("何景明", "莫干湖管委会", "主任")},
        ),
        # A group is called a group's company too.
        (
            "5月8日，青陶集团副总经理何景明参加。座谈会上，集团公司副总经理何景明汇报。",
            {("何景明", "青陶集团", "副总经理")},
        ),
        (
            "5月8日，德清县省人大代表、省高院特约监督员何景明参加了调研。",
            {("何景明", "浙江省人大", "代表"), ("何景明", "浙江省高院", "特约监督员")},
        ),
    ],
)
def test_bodies_and_titles_that_run_into_each_other(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


def test_the_outlet_of_the_dateline_says_whose_committee_is_meant() -> None:
    facts = READER.read(Page("page.txt", "我市首批新兵入伍\n昆山网消息（记者 谢昊）11月21日，市委常委、市人武部部长何景明为新兵送行。"))
    found = {(t.person, t.organization.name if t.organization else None, t.title) for f in facts for t in f.tenures}
    assert found == {("何景明", "昆山市委", "常委"), ("何景明", "昆山市人武部", "部长")}


def test_a_joining_word_and_a_bureau_are_nobody() -> None:
    assert posts("5月8日，德清县副县长何景明、各乡镇负责人和局班子成员参加。") == {("何景明", "德清县政府", "副县长")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A candidate has not the post yet, and the others.
        (
            "5月8日，德清县委常委、政府党组副书记、副县长提名人选何景明出席，县政协副主席候选人关立群到会。",
            {("何景明", "德清县委", "常委"), ("何景明", "德清县政府党组", "副书记")},
        ),
        ("5月8日，会议提名何景明同志为德清县人民法院院长候选人。", set()),
        # What somebody is in charge of stands before the title.
        (
            "5月8日，德清县人民医院业务副院长何景明、行政副院长关立群，青溪煤矿机电副矿长章予安出席。",
            {
                ("何景明", "德清县人民医院", "业务副院长"),
                ("关立群", "德清县人民医院", "行政副院长"),
                ("章予安", "青溪煤矿", "机电副矿长"),
            },
        ),
        # Of a group that was not read no other's committee is borrowed.
        (
            "5月8日，湖州职业技术学院党委书记何景明走访了物产中大集团。集团党委书记、董事长关立群参加。",
            {("何景明", "湖州职业技术学院党委", "书记"), ("关立群", None, "书记"), ("关立群", None, "董事长")},
        ),
        # The committee of a zone's office, and the office once.
        (
            "5月8日，莫干山高新区管委会党工委书记、管委会主任何景明到会。",
            {("何景明", "莫干山高新区管委会党工委", "书记"), ("何景明", "莫干山高新区管委会", "主任")},
        ),
        # A faculty that was named is meant, and no part of the university.
        (
            "5月8日，来客到访浙江大学经济学院。学院副院长何景明参加座谈。",
            {("何景明", "浙江大学经济学院", "副院长")},
        ),
        (
            "5月8日，甘肃省委统战部副部长、省民委主任何景明到。",
            {("何景明", "甘肃省委统战部", "副部长"), ("何景明", "甘肃省民委", "主任")},
        ),
    ],
)
def test_what_a_title_says_of_its_body_and_holder(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


def test_our_school_is_no_committee_that_came_to_it() -> None:
    text = "惠济区委社治委来我校交流\n4月7日，惠济区委社治委副主任何景明到校。我校党委委员、宣传部部长关立群参加座谈。"
    found = [t for f in READER.read(Page("page.txt", text)) for t in f.tenures if t.person == "关立群"]
    assert {(t.title, t.organization) for t in found} == {("委员", None), ("部长", None)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A province's bureau, which counties call otherwise, has a Party committee too.
        (
            "5月8日，吉林省召开会议。省公安厅党委委员、政治部主任何景明出席。",
            {("何景明", "吉林省公安厅党委", "委员"), ("何景明", "吉林省公安厅政治部", "主任")},
        ),
        # 区 is the region where no district is named.
        (
            "5月8日，内蒙古自治区党委书记、区人大常委会主任何景明出席。",
            {("何景明", "内蒙古自治区党委", "书记"), ("何景明", "内蒙古自治区人大常委会", "主任")},
        ),
        # A form of address parts no list.
        (
            "5月8日，德清县水利局局长何景明同志，党组成员、副局长关立群同志出席。",
            {("何景明", "德清县水利局", "局长"), ("关立群", "德清县水利局党组", "成员"), ("关立群", "德清县水利局", "副局长")},
        ),
        # Whoever is in charge of a body is not the head of the next one.
        ("5月8日，湖州市中级人民法院负责人、湖州市人民检察院检察长何景明列席。", {("何景明", "湖州市检察院", "检察长")}),
        (
            "会议任命柏云舟为湖州市水利局局长，沙海林为商务委员会主任。",
            {("柏云舟", "湖州市水利局", "局长"), ("沙海林", "湖州市商委", "主任")},
        ),
        (
            "会议任命何景明为湖州市中院副院长、审判委员会委员、审判员。",
            {
                ("何景明", "湖州市中院", "副院长"),
                ("何景明", "湖州市中院审判委员会", "委员"),
                ("何景明", "湖州市中院", "审判员"),
            },
        ),
    ],
)
def test_lists_of_officials_of_all_levels(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月8日，通报乾元镇原党委委员何景明违规收受礼金问题。", {("何景明", "乾元镇党委", "委员")}),
        (
            "5月8日，通报德清县交通运输局原党组成员、副局长何景明公车私用问题。",
            {("何景明", "德清县交通运输局党组", "成员"), ("何景明", "德清县交通运输局", "副局长")},
        ),
        ("5月8日，通报德清县新市镇士林村原党支部书记章予安违规操办婚宴问题。", {("章予安", "新市镇士林村党支部", "书记")}),
        # Another village's name ends so too.
        (
            "5月8日，检查组到德清县新市镇林村、士林村检查。会议通报士林村原党支部书记章予安违规操办婚宴问题。",
            {("章予安", "新市镇士林村党支部", "书记")},
        ),
    ],
)
def test_what_somebody_was_stands_inside_no_name(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


def test_a_post_in_another_body_is_ended_behind_a_comma() -> None:
    text = "会议决定，免去何景明同志德清县教育局党组书记、成员，德清县教育局局长职务。"
    assert posts(text) == {
        ("何景明", "德清县教育局党组", "书记"),
        ("何景明", "德清县教育局党组", "成员"),
        ("何景明", "德清县教育局", "局长"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "德清县表彰先进。何景明同志，1950年3月生，浙江省德清县人。历任德清县三区武委会主任、德清县水利局局长等职，2010年退休。",
            {("何景明", None, "主任"), ("何景明", "德清县水利局", "局长")},
        ),
        (
            "德清县表彰先进。何景明同志，1950年3月生，浙江省德清县人。曾任德清县林业局副局长。",
            {("何景明", "德清县林业局", "副局长")},
        ),
        ("德清县表彰先进。何景明同志生前系德清县水利局副局长，因病逝世。", {("何景明", "德清县水利局", "副局长")}),
        ("德清县表彰先进。何景明，德清县水利局局长，从事水利工作30年。", {("何景明", "德清县水利局", "局长")}),
        ("德清县表彰先进。何景明，德清县水利局局长关立群参加座谈。", {("关立群", "德清县水利局", "局长")}),
    ],
)
def test_careers_of_those_a_report_is_on(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("德清县表彰先进。作为德清县水利局局长，何景明带头下乡。", {("何景明", "德清县水利局", "局长")}),
        ("德清县表彰先进。身为东沈村党支部书记的何景明深知责任重大。", {("何景明", "东沈村党支部", "书记")}),
        ("德清县表彰先进。作为德清县水利局局长，他带头下乡。", set()),
    ],
)
def test_as_whose_holder_somebody_acts(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("德清县召开会议。何景明（德清县水利局局长）说，要抓好防汛。", {("何景明", "德清县水利局", "局长")}),
        (
            "德清县召开会议。获奖者有何景明（德清县水利局局长）、关立群（德清县教育局局长）。",
            {("何景明", "德清县水利局", "局长"), ("关立群", "德清县教育局", "局长")},
        ),
    ],
)
def test_posts_in_a_bracket_behind_a_name(text: str, expected: set[tuple[str, str | None, str]]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize("name", ["柏添明", "柏添华", "李华", "何建华"])
@pytest.mark.parametrize(
    "frame",
    [
        "会议决定任命{}为德清县财政局局长。",
        "任命：\n{}为德清县财政局局长。",
        "会议任命{}同志为德清县财政局局长。",
        "会议选举{}为德清县财政局局长。",
        "{}任德清县财政局局长。",
        "{}当选为德清县财政局局长。",
        "会议通过了{}任德清县财政局局长的决定。",
    ],
)
def test_whoever_is_appointed_holds_the_post_whatever_firm_ends_the_name(frame: str, name: str) -> None:
    text = f"5月8日，德清县第十七届人大常委会举行第五次会议，县人大常委会主任沈砚秋主持会议。{frame.format(name)}"
    assert (name, "德清县财政局", "局长") in posts(text)
