"""Who took part in what role, and what each said."""

from datetime import date

import pytest

from kg import lexicon
from kg.model import Event, Page
from kg.reader import Reader

MEETING = "本报讯 6月8日，青川县召开粮食安全工作推进会。"
VISIT = "本报讯 6月8日，青川县委书记温知秋到乔庄镇调研。"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(lexicon.load())


def event(reader: Reader, text: str) -> Event:
    (facts,) = reader.read(Page("page.txt", text + "\n", date(2022, 6, 10)))
    return facts.events[0]


def roles(found: Event) -> set[tuple[object, str]]:
    return {(p.participant, p.role) for p in found.participations}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            MEETING + "县委书记温知秋出席会议并讲话，县长柏云舟主持会议。",
            {("温知秋", "attendee"), ("温知秋", "speaker"), ("柏云舟", "chair")},
        ),
        (MEETING + "副县长苗一禾出席汇报会。", {("苗一禾", "attendee")}),
        (MEETING + "县长柏云舟、副县长苗一禾参加企业捐赠签约仪式。", {("柏云舟", "attendee"), ("苗一禾", "attendee")}),
        (MEETING + "会议由县长柏云舟主持。", {("柏云舟", "chair")}),
        (MEETING + "副县长苗一禾，广元军分区动员处参谋柏云舟参加。", {("苗一禾", "attendee"), ("柏云舟", "attendee")}),
        (MEETING + "南通市对口帮扶工作组组长柏云舟，各镇负责人，副县长苗一禾出席会议。", {("柏云舟", "attendee"), ("苗一禾", "attendee")}),
        (
            VISIT + "温知秋握着派出所所长苗一禾的手说，大家辛苦了。",
            {("温知秋", "leader"), ("温知秋", "speaker"), ("苗一禾", "host")},
        ),
        ("本报讯 6月8日，学校党委柏云舟书记一行到我院调研。青川县副县长苗一禾陪同。", {("柏云舟", "leader"), ("苗一禾", "companion")}),
        (VISIT + "温知秋听取了镇长苗一禾的工作汇报。", {("温知秋", "leader"), ("苗一禾", "speaker")}),
        (MEETING + "会议选举索南多杰等50名代表为大会主席团成员；宣布了名单。", {("索南多杰", "attendee")}),
        (
            VISIT + "镇长苗一禾陪同。苗一禾对温知秋一行到乔庄镇走访表示欢迎。",
            {("温知秋", "leader"), ("苗一禾", "companion"), ("苗一禾", "speaker")},
        ),
        (
            "本报讯 6月8日，医联体签约仪式在青川县人民医院举行。县卫健局局长柏云舟参加签约、揭牌仪式。",
            {("柏云舟", "attendee")},
        ),
        (MEETING + "企业代表、青川茶业公司总经理苗一禾感谢县里多年来的支持。", {("苗一禾", "speaker")}),
        (MEETING + "县长柏云舟到场指导。", {("柏云舟", "attendee")}),
        (MEETING + "县长柏云舟在会上讲了话。", {("柏云舟", "speaker")}),
        ("本报讯 6月8日，青川县体育馆剪彩仪式在乔庄镇举行。县长柏云舟主持剪彩仪式。", {("柏云舟", "chair")}),
        (VISIT + "在困难教师苗一禾、老党员柏云舟家中，温知秋送上慰问金。", {("温知秋", "leader"), ("苗一禾", "host"), ("柏云舟", "host")}),
        (MEETING + "参加会议的有县长柏云舟、副县长苗一禾。", {("柏云舟", "attendee"), ("苗一禾", "attendee")}),
        (MEETING + "会议听取了县财政局局长苗一禾关于收购资金的汇报。", {("苗一禾", "speaker")}),
        (MEETING + "会议听取了县人大农工委主任苗一禾关于检查种子法实施情况的报告。", {("苗一禾", "speaker")}),
        (MEETING + "会议学习了王小川总书记在参加审议时的讲话。", set()),
        (MEETING + "会议传达学习了副省长苗一禾对粮食工作的批示和柏云舟同志在全市动员会上的讲话。", set()),
        (MEETING + "人民监督员苗一禾先后提问。", {("苗一禾", "speaker")}),
        (VISIT + "温知秋走进合作社，与种粮大户苗一禾亲切交谈。", {("温知秋", "leader"), ("苗一禾", "host")}),
        (VISIT + "温知秋来到老党员苗一禾家，询问收成。", {("温知秋", "leader"), ("苗一禾", "host")}),
        (MEETING + "受县长柏云舟委托，副县长苗一禾作工作报告。", {("苗一禾", "speaker")}),
        (VISIT + "县长柏云舟、副县长苗一禾陪同调研。", {("温知秋", "leader"), ("柏云舟", "companion"), ("苗一禾", "companion")}),
        ("本报讯 6月8日，在县长柏云舟陪同下，广元市委书记温知秋到乔庄镇调研。", {("温知秋", "leader"), ("柏云舟", "companion")}),
        (MEETING + "会上，县财政局局长苗一禾逐项亮出家底。", {("苗一禾", "attendee")}),
        (MEETING + "人民监督员苗一禾说，要管好粮库。", {("苗一禾", "speaker")}),
        (MEETING + "王小川总书记指出，要管好粮库。", set()),
        (VISIT.replace("调研", "走访慰问老党员苗一禾"), {("温知秋", "leader"), ("苗一禾", "host")}),
        (VISIT + "温知秋向县农业农村局局长苗一禾了解种子储备情况。", {("温知秋", "leader"), ("苗一禾", "attendee")}),
        (VISIT + "“我要向县长柏云舟反映。”村民们说。", {("温知秋", "leader")}),
        (VISIT.replace("调研", "参加植树活动") + "参加活动的学生苗一禾说很开心。", {("温知秋", "attendee"), ("苗一禾", "attendee")}),
        (VISIT + "温知秋同种粮大户苗一禾、村民柳一鸣交流播种进度。", {("温知秋", "leader"), ("苗一禾", "host"), ("柳一鸣", "host")}),
        (
            "本报讯 6月8日，青川县领导到乔庄镇走访慰问。县委书记温知秋来到县人武部，与官兵座谈。",
            {("温知秋", "leader"), ("温知秋", "attendee")},
        ),
        ("本报讯 6月8日，温知秋在青川县县长柏云舟和副县长苗一禾的陪同下到乔庄镇调研。", {("柏云舟", "companion"), ("苗一禾", "companion")}),
        (MEETING + "副县长苗一禾当选商会会长并发言，他表示会加强建设。", {("苗一禾", "attendee"), ("苗一禾", "speaker")}),
        (MEETING + "县长柏云舟听取了工程进展情况汇报，副县长苗一禾担任总指挥。", {("柏云舟", "attendee"), ("苗一禾", "leader")}),
        (MEETING + "县长柏云舟主持会议并讲话。", {("柏云舟", "chair"), ("柏云舟", "speaker")}),
        (VISIT + "妇联主席柏云舟一同前往。", {("温知秋", "leader"), ("柏云舟", "companion")}),
        (
            VISIT.replace("书记温知秋", "书记温知秋带领县长柏云舟、副县长苗一禾等，"),
            {("温知秋", "leader"), ("柏云舟", "companion"), ("苗一禾", "companion")},
        ),
        (VISIT.replace("调研", "走访慰问老党员苗一禾、柳一鸣"), {("温知秋", "leader"), ("苗一禾", "host"), ("柳一鸣", "host")}),
        (VISIT + "县财政局局长柏云舟汇报了情况：今年以来，全县共检查粮库90座。", {("温知秋", "leader"), ("柏云舟", "speaker")}),
        (MEETING + "县长柏云舟对各方支持表示感谢。", {("柏云舟", "speaker")}),
        (MEETING + "主持会议的是县长柏云舟。", {("柏云舟", "chair")}),
        (MEETING + "教授苗一禾作首场专题辅导。", {("苗一禾", "speaker")}),
        (MEETING + "话音未落，村民苗一禾接过话筒。", {("苗一禾", "speaker")}),
        (VISIT + "他强调，要抓好夏粮收购。", {("温知秋", "leader"), ("温知秋", "speaker")}),
        (VISIT + "\n温知秋先后察看了粮库。\n座谈会上，乔庄镇党委书记苗一禾作了汇报。", {("温知秋", "leader"), ("苗一禾", "speaker")}),
    ],
)
def test_each_has_the_role_of_the_predicate(reader: Reader, text: str, expected: set[tuple[str, str]]) -> None:
    assert roles(event(reader, text)) == expected


DRILL = "本报讯 6月8日，青川县应急管理局在乔庄镇开展防汛演练。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DRILL + "老人苗一禾腿脚不便，民兵把她抬出屋子。", {("苗一禾", "attendee")}),
        (DRILL.replace("防汛演练", "技能大赛") + "选手苗一禾摘得烹调组桂冠。", {("苗一禾", "attendee")}),
        (
            "本报讯 6月8日，青川县法院在联合村公开开庭审理一起土地纠纷案。原告苗一禾与被告柏云舟相邻。",
            {("苗一禾", "attendee"), ("柏云舟", "attendee")},
        ),
        (DRILL + "“心里踏实多了。”村民苗一禾说。", set()),
        (DRILL + "去年，村民苗一禾曾被困在山里。", set()),
        (MEETING + "会议决定任命苗一禾为县财政局局长，柏云舟为县民政局局长。", set()),
    ],
)
def test_who_else_is_named_at_an_activity_was_there(reader: Reader, text: str, expected: set[tuple[str, str]]) -> None:
    assert roles(event(reader, text)) == expected


def test_both_sides_sign(reader: Reader) -> None:
    text = "本报讯 6月8日，青川县茶叶产业合作签约仪式在乔庄镇举行。青川县副县长柏云舟与昭化区副区长苗一禾签署合作协议。"
    assert roles(event(reader, text)) == {("柏云舟", "signatory"), ("苗一禾", "signatory")}


def test_both_sides_of_several_agreements_sign(reader: Reader) -> None:
    text = (
        "本报讯 6月8日，青川县茶叶产业合作签约仪式在乔庄镇举行。青川县商务局局长柏云舟与昭化区商务局局长苗一禾、"
        "青川县农业农村局局长温知秋与昭化区农业农村局局长司马清，分别签订合作协议。"
    )
    assert roles(event(reader, text)) == {(name, "signatory") for name in ("柏云舟", "苗一禾", "温知秋", "司马清")}


def test_who_is_listed_behind_a_meeting_was_at_the_visit_and_the_meeting(reader: Reader) -> None:
    text = VISIT + "\n观摩结束后，召开点评会。县长柏云舟主持会议。\n温知秋强调，要抓好夏粮收购。\n副县长苗一禾、司马清参加。\n"
    (facts,) = reader.read(Page("page.txt", text, date(2022, 6, 10)))
    assert all({("苗一禾", "attendee"), ("司马清", "attendee")} <= roles(found) for found in facts.events)
    assert len(facts.events) == 2
    assert ("温知秋", "speaker") in roles(facts.events[1])


def test_who_is_given_a_prize_attends(reader: Reader) -> None:
    text = "本报讯 6月8日，青川县召开教师节表彰大会。县长柏云舟为县第一中学校长苗一禾等10名获奖者颁奖。"
    assert roles(event(reader, text)) == {("柏云舟", "leader"), ("苗一禾", "attendee")}


@pytest.mark.parametrize("sentence", ["在牧民苗一禾的毡房里，温知秋端起奶茶。", "走访了贫困户苗一禾、钱小满两家。", "村民苗一禾正在值守。"])
def test_who_is_called_on_receives(reader: Reader, sentence: str) -> None:
    assert ("苗一禾", "host") in roles(event(reader, VISIT + sentence))


def test_a_predicate_that_no_cue_knows_is_its_subject_s_alone(reader: Reader) -> None:
    text = MEETING + "镇长苗一禾、村支书钱小满把红包交到群众手里，县长柏云舟主持大会。"
    assert roles(event(reader, text)) == {("苗一禾", "attendee"), ("钱小满", "attendee"), ("柏云舟", "chair")}


def test_who_does_something_at_a_meeting_was_there(reader: Reader) -> None:
    assert roles(event(reader, MEETING + "老党员钱小满投下第一张票。")) == {("钱小满", "attendee")}


@pytest.mark.parametrize("sentence", ["村民钱小满说，今年收成好。", "会议指出，要抓好夏粮收购。"])
def test_who_is_only_quoted_takes_no_part(reader: Reader, sentence: str) -> None:
    assert roles(event(reader, VISIT + sentence)) == {("温知秋", "leader")}


def test_a_title_that_reads_like_a_verb_gives_no_role(reader: Reader) -> None:
    text = "本报讯 6月8日，青川县委书记温知秋到乔庄镇调研。县委秘书长柏云舟，援川工作队领队苗一禾一同调研。"
    assert ("柏云舟", "companion") in roles(event(reader, text))
    assert ("柏云舟", "leader") not in roles(event(reader, text))


def test_participants_are_counted_in_the_order_of_naming(reader: Reader) -> None:
    found = event(reader, MEETING + "县长柏云舟主持会议，副县长苗一禾出席。")
    assert [(p.participant, p.order) for p in found.participations] == [("柏云舟", 1), ("苗一禾", 2)]


def test_a_statement_goes_on_until_somebody_else_acts(reader: Reader) -> None:
    text = VISIT + "\n温知秋强调，要抓好夏粮收购。各镇要备足仓容。县长柏云舟表示，将逐项落实。"
    said = [(s.speaker, s.text) for s in event(reader, text).statements]
    assert said == [("温知秋", "要抓好夏粮收购。各镇要备足仓容。"), ("柏云舟", "将逐项落实。")]


def test_a_statement_ends_where_the_report_goes_on(reader: Reader) -> None:
    text = VISIT + "\n温知秋强调，要抓好夏粮收购。据了解，全县已收购小麦3万吨。"
    assert [s.text for s in event(reader, text).statements] == ["要抓好夏粮收购。"]


@pytest.mark.parametrize("sentence", ["温知秋书记的讲话站位高、思路明。", "会议转达了市委书记温知秋的问候。"])
def test_whose_words_are_only_spoken_of_takes_no_part(reader: Reader, sentence: str) -> None:
    assert roles(event(reader, MEETING + "县长柏云舟主持会议。" + sentence)) == {("柏云舟", "chair")}


def test_who_is_elected_was_there(reader: Reader) -> None:
    text = "本报讯 6月8日，青川县总商会召开会员大会。会议选举温知秋为会长，柏云舟、苗一禾为副会长。"
    assert {person for person, role in roles(event(reader, text)) if role == "attendee"} >= {"温知秋", "苗一禾"}


def test_a_greeting_s_clause_ends_where_the_next_subject_begins(reader: Reader) -> None:
    text = MEETING + "县委书记温知秋向全体教师致以问候，县长柏云舟宣读表彰决定。"
    assert ("柏云舟", "speaker") in roles(event(reader, text))


def test_what_only_looks_like_a_predicate_is_none(reader: Reader) -> None:
    assert roles(event(reader, MEETING + "县长柏云舟主持会议，县农业局局长苗一禾谈了带队伍的体会。")) == {
        ("柏云舟", "chair"),
        ("苗一禾", "speaker"),
    }


@pytest.mark.parametrize("held", ["举行会谈。", "一行举行座谈。"])
def test_with_whom_a_meeting_is_held_takes_part_too(reader: Reader, held: str) -> None:
    text = f"本报讯 6月8日，青川县委书记温知秋与昭化区委书记柏云舟{held}"
    assert roles(event(reader, text)) == {("温知秋", "attendee"), ("柏云舟", "attendee")}


@pytest.mark.parametrize(
    ("behind", "meeting"),
    [
        ("", set()),
        ("\n副县长司马清参加座谈会。", {"司马清"}),
        ("\n副县长司马清参加调研。", set()),
        ("\n副县长司马清参加调研或出席座谈会。", {"司马清"}),
        ("\n副县长司马清参加有关活动。", {"司马清"}),
        ("\n副县长司马清参加观摩点评。", {"司马清"}),
    ],
)
def test_who_is_listed_for_the_visit_alone_was_not_at_the_meeting(reader: Reader, behind: str, meeting: set[object]) -> None:
    text = VISIT + "县长柏云舟陪同调研。\n座谈会上，县财政局局长苗一禾汇报了收购资金情况。温知秋强调，要抓好夏粮收购。"
    (facts,) = reader.read(Page("page.txt", text + behind + "\n", date(2022, 6, 10)))
    assert {p.participant for p in facts.events[1].participations} == {"温知秋", "苗一禾"} | meeting


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("柏云舟、苗一禾分别进行宪法宣誓。", {("柏云舟", "attendee"), ("苗一禾", "attendee")}),
        ("参加会谈的还有县长柏云舟、副县长苗一禾。", {("柏云舟", "attendee"), ("苗一禾", "attendee")}),
    ],
)
def test_who_takes_an_oath_or_is_listed_as_being_there_attends(reader: Reader, sentence: str, expected: set[tuple[object, str]]) -> None:
    assert roles(event(reader, MEETING + "新任副县长柏云舟、苗一禾走上台。" + sentence)) >= expected
    assert {role for _, role in roles(event(reader, MEETING + sentence))} == {"attendee"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("会议听取了县财政局局长苗一禾的报告。", ("苗一禾", "speaker")),
        ("会议听取了县财政局局长苗一禾、县水利局局长柏云舟的述职报告。", ("苗一禾", "speaker")),
    ],
)
def test_whose_report_is_heard_speaks(reader: Reader, sentence: str, expected: tuple[object, str]) -> None:
    assert expected in roles(event(reader, MEETING + sentence))


def test_who_goes_about_in_someone_s_company_leads(reader: Reader) -> None:
    text = "本报讯 6月8日，广元市委书记温知秋在有关负责人陪同下，到青川县乔庄镇调研。县长柏云舟参加。"
    assert ("温知秋", "leader") in roles(event(reader, text))
    assert ("温知秋", "companion") not in roles(event(reader, text))
