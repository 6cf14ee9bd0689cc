"""What a user gets of an article's events: which happened, when, by whom, under what name."""

from datetime import date

import pytest

from kg import lexicon
from kg.model import Event, Organization, Page
from kg.reader import Reader

ISSUED = date(2022, 6, 10)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(lexicon.load())


def events(reader: Reader, text: str, issued: date | None = ISSUED) -> tuple[Event, ...]:
    (facts,) = reader.read(Page("page.txt", text, issued))
    return facts.events


def day(event: Event) -> str | None:
    literal = event.when.literal() if event.when else None
    return literal[0] if literal else None


def holder(event: Event) -> str | None:
    return event.organizer.name if event.organizer else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("本报讯 6月8日，青川县召开粮食安全工作推进会。县长柏云舟出席会议并讲话。\n", "Meeting"),
        ("本报讯 6月8日，青川县委副书记、县长柏云舟到乔庄镇调研夏粮收购工作。\n", "Inspection"),
        ("本报讯 6月8日，青川县食用菌产业园项目开工仪式在乔庄镇举行。\n", "Ceremony"),
        ("本报讯 6月8日，青川县应急管理局在乔庄镇开展防汛演练。\n", "Activity"),
        ("本报讯 6月8日深夜，县长柏云舟赶到乔庄镇查看水情，调度防汛工作。\n", "Inspection"),
        ("本报讯 6月8日晚，青川县委书记柏云舟到县应急指挥中心调度防汛工作。\n", "Inspection"),
        ("本报讯 6月8日，青川县委书记柏云舟参加乔庄镇代表团审议。\n", "Meeting"),
        ("本报讯 6月8日，青川县乔庄镇举办电商培训，百余人参加。\n", "Activity"),
        ("本报讯 6月8日，青川县非遗文化展在县博物馆开展。\n", "Activity"),
        ("本报讯 6月8日，青川县人大代表、县人大常委会主任柏云舟率队，冒雨来到乔庄镇，看望慰问困难群众。\n", "Inspection"),
        ("本报讯 6月8日，青川县第十九届人民代表大会第三次会议在县会议中心闭幕。\n", "Meeting"),
        ("本报讯 6月8日，青川县青年干部能力提升培训班在县委党校开班。\n", "Activity"),
        ("本报讯 6月8日，青川县检察院就一起拟不起诉案件举行公开听证会。\n", "Meeting"),
        ("“等了半个月，总算看上了。”6月8日，七十岁的村民拿着刚开的药方说。当天，县医院专家工作室在乔庄镇卫生院揭牌。\n", "Ceremony"),
        ("本报讯 6月8日，青川县法院乔庄人民法庭在联合村院坝里公开开庭审理一起土地纠纷案。\n", "Activity"),
        ("本报讯 6月8日晚，一场屋场会在青川县联合村召开。\n", "Meeting"),
        ("本报讯 6月8日，青川县委理论学习中心组举行学习（扩大）会。\n", "Meeting"),
        ("本报讯 6月8日，青川县委第二巡察组反馈巡察情况。副书记柏云舟出席反馈会议并讲话。\n", "Meeting"),
        ("6月8日，昭化区副区长柏云舟一行来到青川县洽谈茶叶合作，青川县副县长苗一禾会见客人并出席座谈会。\n", "Meeting"),
        ("6月8日，昭化区副区长柏云舟一行来青川县考察茶园，青川县副县长苗一禾陪同考察，并召开座谈会。\n", "Inspection"),
        ("“我们村今年有两笔账。”6月8日晚，乔庄镇文化礼堂坐满了人。\n这是青川县乔庄镇举办的村干部擂台赛现场。\n", "Activity"),
        ("本报讯 6月8日晚，青川县乔庄镇联合村开起了“板凳会”，二十多户村民围坐一起。\n", "Meeting"),
        ("本报讯 6月8日，青川县乔庄镇党委书记柏云舟带领干部到联合村，帮助村民抢收小麦。\n", "Activity"),
        ("本报讯 6月8日，青川县委书记柏云舟到县信访局公开接访。\n", "Activity"),
        ("本报讯 6月8日，青川县防汛抗旱指挥部召开会商会。\n", "Meeting"),
        ("本报讯 6月8日，青川县党政代表团赴宁波市对接东西部协作工作。\n", "Inspection"),
        ("本报讯 6月8日，青川县民政局局长柏云舟到县老促会调研，就换届选举等事宜进行座谈。苗一禾参加。\n", "Inspection"),
        ("本报讯 6月8日，青川县县长柏云舟率队赴广元市开展招商引资活动。\n", "Inspection"),
        ("柏云舟率团赴广元考察\n本报讯 6月8日，青川县委书记柏云舟率团赴广元市开展对口合作交流活动。\n", "Inspection"),
        ("柏云舟到乔庄镇调研\n本报讯 6月8日，青川县委书记柏云舟到乔庄镇调研。县长苗一禾参加活动。\n", "Inspection"),
        ("本报讯 6月8日，青川县委书记柏云舟主持召开县委常委会，听取防汛工作汇报。\n", "Meeting"),
        ("青川县总工会开展慰问活动\n本报讯 6月8日，青川县总工会主席柏云舟到乔庄镇慰问未成年人活动中心。\n", "Inspection"),
        ("本报讯 6月8日，青川县委书记柏云舟到乔庄镇调研并主持召开座谈会。县长苗一禾陪同。\n", "Inspection"),
    ],
)
def test_what_happened_has_its_class(reader: Reader, text: str, kind: str) -> None:
    assert [e.kind for e in events(reader, text)] == [kind]


@pytest.mark.parametrize(
    "second",
    [
        "观摩结束后，召开点评会。苗一禾主持并讲话。",
        "在乔庄镇召开的座谈会上，苗一禾通报了情况。",
        "走访结束后召开的座谈会由苗一禾主持，企业负责人作交流发言。",
        "督办座谈会上，苗一禾通报了情况，副县长温知秋作补充说明。",
    ],
)
def test_a_meeting_that_follows_a_visit_is_a_second_event(reader: Reader, second: str) -> None:
    text = f"本报讯 6月8日，青川县委书记柏云舟到乔庄镇、沙州镇观摩重点项目建设。县长苗一禾参加。\n在工地，柏云舟听取汇报。\n{second}\n"
    assert [e.kind for e in events(reader, text)] == ["Inspection", "Meeting"]


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("召开茶叶产业现场会", "会前，广元市副市长苗一禾实地查看了茶园长势。", ["Meeting", "Inspection"]),
        ("举行织锦技艺展示活动", "活动结束后，柏云舟一行前往联合村，看望慰问困难妇女苗一禾。", ["Activity", "Inspection"]),
        ("公开开庭审理一起土地纠纷案", "庭后，法官说法。县法院院长苗一禾为巡回审判点揭牌。", ["Activity", "Ceremony"]),
        ("召开茶叶产业现场会", "柏云舟强调，会后各地要迅速落实，工作组将随机抽查。", ["Meeting"]),
    ],
)
def test_what_was_before_or_after_is_a_second_event(reader: Reader, first: str, second: str, kinds: list[str]) -> None:
    text = f"本报讯 6月8日，青川县在乔庄镇{first}。县委书记柏云舟出席。\n柏云舟听取了汇报。\n{second}\n"
    assert [e.kind for e in events(reader, text)] == kinds


def test_a_meeting_of_the_afternoon_follows_a_visit(reader: Reader) -> None:
    text = "本报讯 6月8日，昭化区委书记柏云舟率队到青川县考察。\n柏云舟走进茶园。\n下午，合作座谈会在青川县会议中心举行。苗一禾主持。\n"
    assert [(e.kind, day(e)) for e in events(reader, text)] == [("Inspection", "2022-06-08"), ("Meeting", "2022-06-08")]


@pytest.mark.parametrize(
    ("lead", "told", "expected"),
    [
        ("6月7日至8日", "柏云舟走进茶园。", "2022-06-08"),
        ("6月6日至8日", "7日下午，柏云舟走进茶园，要求6月20日前修好管网。", "2022-06-07"),
        ("6月7日", "柏云舟走进茶园。", "2022-06-07"),
    ],
)
def test_a_meeting_that_follows_is_on_the_last_day_told(reader: Reader, lead: str, told: str, expected: str) -> None:
    text = f"本报讯 {lead}，青川县委书记柏云舟到乔庄镇调研。县长苗一禾参加。\n{told}\n随后，柏云舟主持召开座谈会。苗一禾通报情况。\n"
    assert [(e.kind, day(e)) for e in events(reader, text)][1:] == [("Meeting", expected)]


def test_who_is_named_at_a_meeting_behind_a_visit_was_at_the_meeting(reader: Reader) -> None:
    text = (
        "本报讯 6月8日，青川县委书记柏云舟到乔庄镇调研茶叶产业。县长苗一禾参加调研。\n柏云舟走进茶园。\n"
        "随后，柏云舟主持召开座谈会。县林业局局长温知秋汇报了情况。\n"
    )
    visit, meeting = events(reader, text)
    assert {p.participant for p in visit.participations} == {"柏云舟", "苗一禾"}
    assert {p.participant for p in meeting.participations} == {"柏云舟", "温知秋"}


def test_who_chairs_or_attends_a_meeting_that_a_visit_s_report_only_names_was_there(reader: Reader) -> None:
    text = (
        "柏云舟到乔庄镇调研并召开座谈会\n本报讯 6月8日，青川县委书记柏云舟到乔庄镇调研并主持召开座谈会。"
        "县长苗一禾陪同调研。县领导温知秋出席座谈会。\n"
    )
    visit, meeting = events(reader, text)
    assert {(p.participant, p.role) for p in meeting.participations} == {("柏云舟", "chair"), ("温知秋", "attendee")}
    assert ("苗一禾", "companion") in {(p.participant, p.role) for p in visit.participations}


@pytest.mark.parametrize(("who", "expected"), [("青川县政协副主席", "青川县政协"), ("江油市政协副主席", None)])
def test_what_followed_was_held_by_who_held_the_visit_save_a_guest(reader: Reader, who: str, expected: str | None) -> None:
    text = f"本报讯 6月8日，{who}柏云舟到青川县乔庄镇调研茶叶产业。\n柏云舟走进茶园。\n在随后召开的座谈会上，苗一禾通报情况。\n"
    assert [holder(e) for e in events(reader, text)][1:] == [expected]


def test_an_inner_unit_s_head_goes_for_the_whole_body(reader: Reader) -> None:
    text = "本报讯 6月8日，广元市人大常委会研究室主任柏云舟率队到青川县调研林下经济。\n"
    assert [holder(e) for e in events(reader, text)] == ["广元市人大常委会"]


def test_a_meeting_behind_the_reception_of_guests_is_a_second_event(reader: Reader) -> None:
    text = (
        "柏云舟会见客商\n本报讯 6月8日，青川县委书记柏云舟会见四川茶业集团董事长苗一禾一行。\n会见结束后，县长温知秋主持召开座谈会。\n"
        "当天上午，苗一禾在乔庄镇党委书记司马清陪同下考察了茶园。\n"
    )
    first, second = events(reader, text)
    assert {p.participant for p in first.participations} == {"柏云舟", "苗一禾"}
    assert (second.kind, {p.participant for p in second.participations}) == ("Meeting", {"温知秋"})


def test_a_body_that_goes_itself_holds_the_visit(reader: Reader) -> None:
    text = "本报讯 6月8日，青川县总工会到乔庄镇开展慰问。青川县人大常委会副主任、县总工会主席柏云舟参加。\n"
    assert [holder(e) for e in events(reader, text)] == ["青川县总工会"]


def test_who_only_acts_behind_a_meeting_was_at_it_unless_a_visit_is_told_of_there(reader: Reader) -> None:
    text = (
        "本报讯 6月8日，青川县委书记柏云舟到乔庄镇调研。\n下午，茶叶产业座谈会在乔庄镇召开。苗一禾主持。\n"
        "副县长温知秋通报了情况。\n柏云舟来到茶园，镇长司马清介绍了进展。\n"
    )
    visit, meeting = events(reader, text)
    assert {p.participant for p in visit.participations} == {"柏云舟", "司马清"}
    assert {p.participant for p in meeting.participations} == {"苗一禾", "温知秋"}


@pytest.mark.parametrize(
    "tour",
    [
        "仪式结束后，柏云舟一行参观了展厅。乔庄村党支部书记温知秋介绍了情况。",
        "当天下午，来宾们考察了茶园。乔庄村党支部书记温知秋陪同。",
    ],
)
def test_who_is_met_on_a_visit_beside_a_ceremony_took_no_part_in_it(reader: Reader, tour: str) -> None:
    text = f"本报讯 6月8日，青川县茶叶产业园开工仪式在乔庄镇举行。县委书记柏云舟致辞。\n{tour}\n县长苗一禾参加活动。\n"
    assert {p.participant for p in events(reader, text)[0].participations} == {"柏云舟", "苗一禾"}


def test_a_visit_told_of_before_a_meeting_is_an_event_too(reader: Reader) -> None:
    text = (
        "两地东西部协作联席会议召开\n"
        "本报讯 6月7日至8日，昭化区委书记柏云舟率党政代表团到青川县考察协作工作。8日上午，东西部协作联席会议在县会议中心召开。\n"
        "考察期间，代表团走进茶园。柏云舟与茶农苗一禾交谈。\n会上，副县长温知秋通报情况。\n"
    )
    visit, meeting = events(reader, text)
    assert [(e.kind, day(e)) for e in (visit, meeting)] == [("Inspection", "2022-06-07"), ("Meeting", "2022-06-08")]
    assert {p.participant for p in visit.participations} == {"柏云舟", "苗一禾"}
    assert "温知秋" in {p.participant for p in meeting.participations}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("掌声响了起来。6月8日，在青川县人居环境动员会上，一部由第三方暗访拍摄的短片让干部红了脸。\n", "Meeting"),
        ("“八一”来临之际，6月8日，青川县四班子领导到乔庄镇走访慰问，与官兵座谈。\n", "Inspection"),
        ("6月8日，县政协“口岸通关”专题协商会在青川县召开。\n", "Meeting"),
        ("6月8日，青川县政府开展了建县以来规模最大的防汛演练。演练中，副县长柏云舟亲临现场观摩。\n", "Activity"),
        ("本报讯 6月8日，青川县茶业商会换届选举大会在乔庄镇召开，新老会员参加。\n", "Meeting"),
        ("6月8日上午，青川县法院乔庄人民法庭把一起土地纠纷案的庭审“搬”到了联合村。\n", "Activity"),
    ],
)
def test_the_event_itself_and_not_what_is_named_beside_it(reader: Reader, text: str, kind: str) -> None:
    assert [e.kind for e in events(reader, text)] == [kind]


def test_the_dateline_says_what_today_is(reader: Reader) -> None:
    text = "本报成都6月8日讯（记者 柏云舟）今天下午，青川县召开粮食安全工作推进会。\n"
    assert [day(e) for e in events(reader, text, None)] == ["--06-08"]


def test_the_day_of_whoever_is_quoted_is_not_the_event_s(reader: Reader) -> None:
    text = "“这笔账咱们今天算清楚。”6月7日一大早，青川县法院在乔庄镇公开审理一起土地纠纷案。\n"
    assert [day(e) for e in events(reader, text)] == ["2022-06-07"]


@pytest.mark.parametrize(
    "text",
    [
        "本报讯 青川县将于6月20日召开粮食安全工作推进会，目前各项准备正在进行。\n",
        "本报讯 记者获悉，青川县去年曾举办两次招聘会。\n",
        "全国“两会”圆满闭幕后，青川县县长柏云舟接受本报专访。\n",
        "关于乔庄镇部分路段封闭施工的公告\n因举办自行车比赛，2022年6月12日乔庄镇部分路段禁止通行。\n青川县公安局\n",
    ],
)
def test_what_is_planned_recalled_or_announced_is_none(reader: Reader, text: str) -> None:
    assert events(reader, text) == ()


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("本报讯 6月8日上午，青川县召开粮食安全工作推进会。", "2022-06-08"),
        ("本报讯 昨日，青川县召开粮食安全工作推进会。", "2022-06-09"),
        ("本报讯 今天上午，青川县召开粮食安全工作推进会。", "2022-06-10"),
        ("本报青川6月9日电 6月8日，青川县召开粮食安全工作推进会。", "2022-06-08"),
        ("本报讯 5月30日至31日，青川县召开粮食安全工作推进会。", "2022-05-30"),
        ("本报讯 12月30日，青川县召开粮食安全工作推进会。", "2021-12-30"),
        ("本报讯 近日，青川县召开粮食安全工作推进会。", None),
    ],
)
def test_the_day_of_an_event(reader: Reader, lead: str, expected: str | None) -> None:
    assert [day(e) for e in events(reader, lead + "\n")] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本报讯 6月8日，青川县召开粮食安全工作推进会。\n", "青川县"),
        ("本报讯 6月8日，青川县总工会在乔庄镇政府三楼会议室召开女职工座谈会。\n", "青川县总工会"),
        ("本报讯 6月8日，由青川县总工会、青川县妇联联合主办的职工歌咏比赛在乔庄镇举行。\n", "青川县总工会"),
        ("本报讯 6月8日，青川县职工歌咏比赛在乔庄镇举行。县长柏云舟致辞。比赛由县总工会、县妇联联合举办。\n", "青川县总工会"),
        ("本报讯 6月8日，青川县防汛演练在乔庄镇举行。演练由县水利局指导、乔庄镇政府举办。\n", "乔庄镇政府"),
        ("本报讯 6月8日，四川省广元市青川县召开粮食安全工作推进会。\n", "青川县"),
        ("本报讯 6月8日，青川县财政局局长柏云舟带队到乔庄镇调研。\n", "青川县财政局"),
        ("四川日报讯（记者 闻书瑶）6月8日，青川县召开粮食安全工作推进会。\n", "青川县"),
        ("根据县委部署，6月8日，青川县委第一巡察组向县财政局反馈巡察情况。\n", "青川县委第一巡察组"),
        ("为贯彻落实县委部署，6月8日，青川县妇联召开家庭教育推进会。\n", "青川县妇联"),
        ("本报讯 6月8日，采茶技能大赛在青川县乔庄镇举行。\n据悉，本次大赛由县总工会、县人社局联合主办。\n", "青川县总工会"),
        ("本报讯 6月8日，青川县首届采茶技能大赛在乔庄镇举行。\n本届大赛由县总工会、县人社局联合主办，乔庄镇承办。\n", "青川县总工会"),
    ],
)
def test_who_held_it(reader: Reader, text: str, expected: str) -> None:
    assert [holder(e) for e in events(reader, text)] == [expected]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("本报讯 6月8日上午，青川县召开粮食安全工作推进会。\n", "粮食安全工作推进会"),
        ("本报讯 由青川县总工会主办的青川县第三届职工歌咏比赛6月8日在乔庄镇举行。\n", "青川县第三届职工歌咏比赛"),
        ("本报讯 6月8日，“清凉一夏”志愿服务季启动仪式在乔庄镇举行。\n", "“清凉一夏”志愿服务季启动仪式"),
    ],
)
def test_a_name_has_neither_date_nor_holder(reader: Reader, text: str, name: str) -> None:
    assert [e.name for e in events(reader, text)] == [name]


VISIT = """本报讯 6月7日至8日，剑阁县委副书记、县长柏云舟率党政代表团到青川县考察茶叶产业。青川县委书记温知秋陪同考察。
代表团一行来到乔庄镇，察看茶园。
6月8日上午，两地茶叶交易中心揭牌仪式在青川县乔庄镇举行。柏云舟、温知秋共同揭牌，青川县商务局局长苗一禾主持仪式。
"""


def test_a_second_event_on_another_day_has_its_own_people(reader: Reader) -> None:
    first, second = events(reader, VISIT)
    assert (first.kind, second.kind) == ("Inspection", "Ceremony")
    assert (day(first), day(second)) == ("2022-06-07", "2022-06-08")
    assert {p.participant for p in first.participations} == {"柏云舟", "温知秋"}
    assert {(p.participant, p.role) for p in second.participations} >= {("柏云舟", "leader"), ("苗一禾", "chair")}


def test_a_talk_during_a_visit_is_no_second_event(reader: Reader) -> None:
    text = "本报讯 6月8日，青川县委书记温知秋到乔庄镇调研。\n座谈会上，温知秋强调，要抓好茶园管护。\n"
    assert [e.kind for e in events(reader, text)] == ["Inspection"]


def test_of_a_leader_s_bodies_the_one_that_the_article_names_held_it(reader: Reader) -> None:
    text = "本报讯 6月8日，青川县人大常委会副主任、县总工会主席柏云舟带队走访慰问困难职工。县总工会为每户送去慰问金。\n"
    assert [holder(e) for e in events(reader, text)] == ["青川县总工会"]


def test_a_story_that_opens_with_scenes_has_its_event(reader: Reader) -> None:
    text = """腊月分红忙
“三千八百元！”喇叭里一喊到名字，老汉站起来，快步走上台去。6月8日一早，晒坪上坐满了人，大家有说有笑。
天没亮就有人搬着板凳来占位置。孩子们在台下跑来跑去，格外热闹。
这是青川县乔庄镇联合村分红大会的现场。村党支部书记柏云舟主持大会。
"""
    assert [(e.kind, day(e)) for e in events(reader, text)] == [("Meeting", "2022-06-08")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月8日，由青川县妇联、县文化馆举办的广场舞比赛在乔庄镇文化广场举行。", "青川县妇联"),
        ("6月8日，青川县实验小学搭起了戏台。\n这是“戏曲进校园”活动的首场演出，由青川县文化馆、县教育局联合举办。", "青川县文化馆"),
        ("6月8日，由中国铁建集团承建的青川县白龙江大桥开工仪式在乔庄镇举行。", "青川县"),
        ("6月8日，全市春季农业开发现场会在青川县召开。青川县委书记柏云舟作发言。", "广元市"),
        ("6月8日，青川县纪委常委、县监委委员柏云舟带队到乔庄镇开展作风督查。青川县纪委监委向镇里交办了问题。", "青川县纪委监委"),
        ("6月8日，广元市委常委、青川县委书记柏云舟到乔庄镇调研。", "青川县委"),
        ("6月8日，青川县委书记柏云舟到乔庄镇调研。青川县委办公室负责人参加。", "青川县委"),
        ("6月8日，正逢青川县乔庄镇赶场日，青川县人民法院开展宪法宣传活动。", "青川县法院"),
        ("6月8日上午，青川县举行防汛应急演练。", "青川县"),
        ("6月8日，首届影视节在青川县乔庄镇举行。本届影视节由中国电影家协会、四川省文联联合主办。", "中国电影家协会"),
        ("6月8日，青川县在县委党校开办村党组织书记培训班。", "青川县"),
    ],
)
def test_the_holder_is_whoever_the_article_says_held_it(reader: Reader, text: str, expected: str) -> None:
    assert holder(events(reader, f"本报讯 {text}\n")[0]) == expected


def test_where_somebody_went_is_not_who_held_it(reader: Reader) -> None:
    (event,) = events(reader, "本报讯 6月8日，柏云舟一行到青川县乔庄镇调研防汛工作。\n")
    assert event.organizer is None


def test_a_quoted_name_is_whole(reader: Reader) -> None:
    (event,) = events(reader, "本报讯 6月8日晚，青川县乔庄镇联合村开起了“板凳会”，村民围坐一起。\n")
    assert event.name == "“板凳会”"


@pytest.mark.parametrize(
    ("second", "kinds"),
    [
        ("调研期间，温知秋主持召开座谈会，听取汇报。", ["Inspection", "Meeting"]),
        ("当晚，双方在乔庄镇举行了座谈。", ["Inspection", "Meeting"]),
        ("9日上午，两地召开东西部协作第三次联席会议。", ["Inspection", "Meeting"]),
        ("在座谈会上，县财政局局长柏云舟汇报了情况。", ["Inspection", "Meeting"]),
        ("县防汛联席会议组织成员单位开展自查。", ["Inspection"]),
    ],
)
def test_a_meeting_within_a_visit(reader: Reader, second: str, kinds: list[str]) -> None:
    text = f"本报讯 6月8日至9日，广元市副市长温知秋率队到青川县考察东西部协作工作。\n温知秋先后察看了产业园和学校。\n{second}\n"
    assert [e.kind for e in events(reader, text)] == kinds


def test_whoever_led_the_visit_and_chairs_the_meeting_held_it(reader: Reader) -> None:
    text = "本报讯 6月8日，广元市水利局局长温知秋到青川县调研。\n调研期间，温知秋主持召开座谈会，听取汇报。\n"
    assert [holder(e) for e in events(reader, text)] == ["广元市水利局", "广元市水利局"]


def test_a_joint_meeting_that_is_held_is_no_body(reader: Reader) -> None:
    (facts,) = reader.read(Page("page.txt", "本报讯 6月8日，川陕甘三省警务协作第六次联席会议在青川县召开。\n", date(2022, 6, 10)))
    assert [e.type for e in facts.events] == ["联席会议"]
    assert facts.organizations == ()


@pytest.mark.parametrize(
    "text",
    [
        "大雪封山路\n6月8日一大早，青川县乔庄镇就热闹起来，两辆面包车开进了村。\n带队来走访慰问的是县总工会主席柏云舟。\n",
        "寒冬送温暖 情系职工\n6月8日，青川县总工会主席柏云舟一行走进困难职工家中，把米面油送到他们手上。\n",
    ],
)
def test_a_visit_that_a_story_only_shows(reader: Reader, text: str) -> None:
    (event,) = events(reader, text)
    assert (event.kind, event.type, day(event)) == ("Inspection", "慰问", "2022-06-08")
    assert ("柏云舟", "leader") in {(p.participant, p.role) for p in event.participations}


def test_a_word_of_planning_in_a_quoted_name_plans_nothing(reader: Reader) -> None:
    (event,) = events(reader, "本报讯 6月8日，青川县法院邀请30余名师生参加“你我同行 共护未来”主题法院开放日活动。\n")
    assert event.kind == "Activity"


def test_of_bodies_that_went_together_the_one_with_which_the_headline_begins_held_it(reader: Reader) -> None:
    lead = "本报讯 6月8日，四川省教育厅副厅长柏云舟、省卫生健康委副主任温知秋带队到广元市青川县督查校园食品安全。\n"
    assert [holder(e) for e in events(reader, lead)] == ["四川省"]
    assert [holder(e) for e in events(reader, "四川省教育厅、省卫生健康委联合督查校园食品安全\n" + lead)] == ["四川省教育厅"]


def test_the_name_of_a_news_site_held_nothing(reader: Reader) -> None:
    (event,) = events(reader, "四川在线6月9日讯 6月8日，首届影视节在青川县乔庄镇举行。\n")
    assert holder(event) != "四川省"


@pytest.mark.parametrize("name", ["建议提案集中交办会", "第三期“亲清茶叙”"])
def test_a_meeting_by_whatever_name(reader: Reader, name: str) -> None:
    (event,) = events(reader, f"本报讯 6月8日，青川县举行{name}。县长柏云舟出席。\n")
    assert (event.kind, event.name) == ("Meeting", name)


def test_the_place_is_the_one_that_was_gone_to(reader: Reader) -> None:
    text = "本报讯 6月8日，青川县委书记温知秋赴浙江省湖州市考察。温知秋察看了产业园和学校。\n9日，双方召开座谈会，听取汇报。\n"
    assert [e.place.name for e in events(reader, text) if e.place] == ["湖州市", "湖州市"]


def test_a_fair_that_opened_is_reported_as_its_ceremony(reader: Reader) -> None:
    (found,) = events(reader, "青川县食用菌博览会开幕\n本报讯 6月8日，第八届青川县食用菌博览会在乔庄镇开幕。县长柏云舟宣布开幕。\n")
    assert found.kind == "Ceremony"


def test_a_meeting_in_the_lead_s_paragraph_has_who_spoke_there(reader: Reader) -> None:
    text = (
        "青川平武对口合作联席会议举行\n"
        "本报讯 6月8日，平武县党政代表团来我县考察。当天下午，青川平武对口合作第八次联席会议在乔庄镇召开。"
        "青川县委书记温知秋讲话，县长柏云舟主持会议。\n"
    )
    meeting = next(e for e in events(reader, text) if e.kind == "Meeting")
    assert {(p.participant, p.role) for p in meeting.participations} >= {("温知秋", "speaker"), ("柏云舟", "chair")}


def test_two_meetings_of_the_headline_are_two_events_with_people_of_their_own(reader: Reader) -> None:
    text = (
        "县委常委会会议、县委全面深化改革委员会会议召开\n"
        "本报讯 6月8日上午，青川县委常委会会议召开，县委书记温知秋主持并讲话。县信访局局长苗一禾汇报了情况。\n"
        "会议指出，要抓好夏粮收购。\n"
        "当天下午，县委书记温知秋主持召开县委全面深化改革委员会第九次会议，县卫生局局长柏云舟发言。\n"
    )
    first, second = events(reader, text)
    assert {"苗一禾"} <= {p.participant for p in first.participations} - {p.participant for p in second.participations}
    assert {"柏云舟"} <= {p.participant for p in second.participations} - {p.participant for p in first.participations}


def test_what_somebody_else_did_on_the_same_day_is_a_second_event(reader: Reader) -> None:
    text = (
        "本报讯 6月8日，青川县委书记柏云舟深入乔庄镇调研春耕生产。副县长温知秋参加。\n柏云舟强调，要抓好春播。\n"
        "同日，县长苗一禾到沙州镇调研防汛工作，县水利局局长申屠明陪同。\n"
    )
    first, second = events(reader, text)
    assert (first.kind, second.kind) == ("Inspection", "Inspection")
    assert {p.participant for p in first.participations} == {"柏云舟", "温知秋"}
    assert {(p.participant, p.role) for p in second.participations} == {("苗一禾", "leader"), ("申屠明", "companion")}


def test_who_took_office_went_out_the_next_day(reader: Reader) -> None:
    text = (
        "本报讯 6月8日，青川县领导干部大会召开，县长苗一禾主持会议。\n县委书记柏云舟讲话。\n"
        "6月9日一早，柏云舟到乔庄镇、沙州镇调研防汛工作。\n"
    )
    first, second = events(reader, text)
    assert (first.kind, second.kind, day(second)) == ("Meeting", "Inspection", "2022-06-09")
    assert ("柏云舟", "leader") in {(p.participant, p.role) for p in second.participations}


def test_what_the_headline_names_is_dated_where_the_text_holds_it(reader: Reader) -> None:
    text = (
        "青川县举行见义勇为颁奖仪式\n“水漫过车窗的时候，我想这下完了。”老人至今难忘。\n"
        "6月8日傍晚，暴雨如注，村口的便桥被山洪冲垮，一辆车栽进河里。村民跳进河里救人。他们把人托上了岸，自己受了伤。\n"
        "6月24日上午，见义勇为颁奖仪式在县公安局举行，县委书记柏云舟出席。\n"
    )
    (event,) = events(reader, text)
    assert (event.kind, day(event)) == ("Ceremony", "2022-06-24")


@pytest.mark.parametrize("second", ["31日", "2月29日", "2023年2月29日", "30日"])
def test_a_later_day_that_no_calendar_has_is_no_second_event(reader: Reader, second: str) -> None:
    first = "2023年2月27日" if "2月" in second else "4月27日"
    text = f"本报讯 {first}，青川县委书记柏云舟深入乔庄镇调研春耕生产。\n{second}，县长苗一禾到沙州镇调研防汛工作。\n"
    assert events(reader, text)[0].kind == "Inspection"


def test_who_spoke_once_a_visit_was_over_took_part_in_the_meeting_alone(reader: Reader) -> None:
    text = (
        "本报讯 6月8日，青川县委书记柏云舟深入乔庄镇调研春耕生产，县长苗一禾参加。\n"
        "调研结束后，座谈会在乔庄镇召开，县政协委员温知秋、林晚照先后发言，建议划定水源联合执法区域。\n"
    )
    first, second = events(reader, text)
    assert {p.participant for p in first.participations} == {"柏云舟", "苗一禾"}
    assert {(p.participant, p.role) for p in second.participations} == {("温知秋", "speaker"), ("林晚照", "speaker")}


def test_a_course_that_opened_is_the_course(reader: Reader) -> None:
    (event,) = events(reader, "本报讯 6月8日，由县妇联主办的青川县家政服务技能提升培训班在县职业中专开班。县妇联主席温知秋出席。\n")
    assert (event.kind, event.type) == ("Activity", "培训班")


def test_a_festival_of_which_the_headline_says_that_it_was_held_is_the_festival(reader: Reader) -> None:
    text = "青川中学举行第六届校园科技节\n本报讯 6月8日，青川中学第六届校园科技节在学校运动场开幕。县科协主席温知秋出席。\n"
    assert [event.kind for event in events(reader, text)] == ["Activity"]


def test_at_a_branch_venue_the_same_event_is_held(reader: Reader) -> None:
    (event,) = events(reader, "本报讯 6月8日，广元市重大项目集中开工仪式青川分会场活动在乔庄镇举行。县委书记柏云舟宣布开工。\n")
    assert (event.kind, event.type) == ("Ceremony", "开工仪式")


def test_a_day_that_somebody_set_is_not_that_of_the_meeting(reader: Reader) -> None:
    text = (
        "本报讯 6月8日，青川县人大常委会副主任柏云舟带队到乔庄镇开展执法检查。\n"
        "在随后召开的反馈会上，柏云舟指出，问题要在6月30日前整改完毕。\n"
    )
    assert [day(event) for event in events(reader, text)] == ["2022-06-08", "2022-06-08"]


@pytest.mark.parametrize("sentence", ["会议决定于7月25日召开第八次会议。", "会议要求，于6月30日前完成整改。"])
def test_a_day_to_come_is_not_that_of_a_report_that_names_none(reader: Reader, sentence: str) -> None:
    (event,) = events(reader, f"本报讯 日前，青川县召开防汛会议，县委书记柏云舟讲话。{sentence}\n")
    assert event.when is None


def test_a_village_is_not_called_by_the_verb_before_it(reader: Reader) -> None:
    (event,) = events(reader, "本报讯 6月8日，青川县乔庄镇召开村“两委”换届工作推进会。镇长苗一禾主持会议。\n")
    assert str(getattr(event.organizer, "name", None)) == "乔庄镇"


def test_whose_members_were_invited_held_nothing(reader: Reader) -> None:
    text = "本报讯 6月8日，青川县人民法院乔庄法庭公开审理一起案件，邀请6名人大代表、政协委员参加旁听庭审活动。庭长苗一禾主持。\n"
    assert all("人大" not in str(getattr(event.organizer, "name", "")) for event in events(reader, text))


def test_an_activity_that_only_says_who_was_met_is_not_the_event(reader: Reader) -> None:
    text = "本报讯 6月8日，青川县委书记柏云舟会见了正在青川开展“送服务、促发展”活动的四川省电力公司副总经理苗一禾一行。\n"
    assert [event.kind for event in events(reader, text)] == ["Meeting"]


@pytest.mark.parametrize(
    "text",
    [
        "6月8日，青川县委书记柏云舟到市供电公司对接工作。柏云舟一行参观了市供电服务中心，并与公司总经理苗一禾座谈交流。",
        "6月8日，县委书记柏云舟与来青客人协调工作。青川县发改委、县供电公司等部门负责人参加活动。",
    ],
)
def test_what_was_visited_and_who_was_there_held_nothing(reader: Reader, text: str) -> None:
    assert all("供电" not in str(event.organizer) and "发改" not in str(event.organizer) for event in events(reader, f"本报讯 {text}\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月8日，广元市代表团参加了川陕经贸合作交流会。市长温知秋出席。\n", None),
        ("6月8日，青川县委副书记苗一禾带领县商务局、县文旅局及新区、县投资促进局赴广州开展经贸合作交流活动。\n", None),
        ("6月8日，青川县人民医院门诊楼前彩旗飘扬，由商会援建的住院楼项目落成启用仪式在这里举行。\n", None),
        ("我校与青川县人民政府签约\n6月8日，我校与青川县人民政府战略合作签约仪式在图书馆举行。\n", None),
        ("6月8日，青川县商务局举办经贸合作交流会。县长柏云舟出席。\n", "青川县商务局"),
    ],
)
def test_who_came_was_taken_along_or_gave_the_room_held_nothing(reader: Reader, text: str, expected: str | None) -> None:
    first = events(reader, text)[0]
    assert (holder(first) if expected or isinstance(first.organizer, Organization) else None) == expected


def test_of_two_halves_of_a_name_the_ceremony_begins_both(reader: Reader) -> None:
    (first,) = events(reader, "6月8日，青川县职工劳动竞赛暨农机技术比武启动仪式在乔庄镇举行。县长柏云舟宣布启动。\n")
    assert (first.kind, first.type) == ("Ceremony", "启动仪式")


def test_a_noun_in_marks_says_which_the_next_noun_is(reader: Reader) -> None:
    (first,) = events(reader, "6月8日，青川县首次举办县“两会”新闻发布会，介绍有关情况。\n")
    assert (first.kind, first.type) == ("Meeting", "新闻发布会")


def test_a_name_in_marks_is_whole(reader: Reader) -> None:
    (first,) = events(reader, "6月8日，青川县在广州召开“青川县（广州）项目对接恳谈会”，县长柏云舟出席。\n")
    assert first.name == "“青川县（广州）项目对接恳谈会”"


def test_the_day_in_brackets_is_the_one_meant(reader: Reader) -> None:
    text = "今天（6月3日）上午，青川县中医院举行开业仪式。县长柏云舟出席。\n仪式结束后，柏云舟一行到各科室参观指导。\n"
    assert {day(event) for event in events(reader, text)} == {"2022-06-03"}


def test_who_is_listed_for_the_visit_or_the_meeting_of_another_day_was_at_the_meeting(reader: Reader) -> None:
    text = (
        "6月7日至8日，广元市委书记温知秋到青川县检查防汛工作。\n"
        "县长柏云舟出席8日的汇报座谈会并汇报了工作开展情况。县委书记梅若兰主持座谈会。副县长苗一禾、司马清参加座谈或陪同检查。\n"
    )
    _, meeting = events(reader, text)
    assert {p.participant for p in meeting.participations} == {"柏云舟", "梅若兰", "苗一禾", "司马清"}


def test_who_came_to_a_meeting_to_supervise_it_made_no_inspection(reader: Reader) -> None:
    text = "6月8日，青川县乔庄镇召开一季度重点工作调度会，镇党委书记苗一禾主持会议，县委督查室副主任司马清到会督导。\n"
    (first,) = events(reader, text)
    assert (first.kind, {p.participant for p in first.participations}) == ("Meeting", {"苗一禾", "司马清"})


def test_a_festival_that_opens_is_its_ceremony(reader: Reader) -> None:
    text = "6月8日，青川县避暑旅游季暨首届星空露营大会在唐家河景区开幕。开幕式上，县委书记梅若兰致欢迎辞。\n"
    assert [(event.kind, day(event)) for event in events(reader, text)] == [("Ceremony", "2022-06-08")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("青川县坝桥村很热闹。这次志愿服务活动，由团县委、县妇联联合组织。团县委书记苗一禾带队参加。\n", "志愿服务活动"),
        ("6月8日，本次专题培训班由青川县应急管理局主办，局长苗一禾讲话。\n", "专题培训班"),
    ],
)
def test_who_organized_it_says_that_it_was_held_and_its_name_points_to_nothing(reader: Reader, text: str, name: str) -> None:
    (first,) = events(reader, text)
    assert (first.name or first.type) == name
    assert holder(first) in {"团青川县委", "共青团青川县委", "青川县应急管理局"}


def test_who_is_only_in_the_name_of_a_theory_was_at_no_meeting(reader: Reader) -> None:
    text = (
        "6月8日，青川县委农村工作会议召开。会议以习近平新时代中国特色社会主义思想为指导，认真贯彻党的精神。习近平总书记强调，要好。"
        "县委书记梅若兰出席会议并讲话。\n"
    )
    (first,) = events(reader, text)
    assert {p.participant for p in first.participations} == {"梅若兰"}


def test_who_holds_it_may_be_said_behind_it(reader: Reader) -> None:
    text = "6月8日，“青川山货”展销活动在青川县文化广场举行。副县长苗一禾出席。现场人头攒动。三十家企业带来特产。活动由青川县商务局主办。\n"
    (first,) = events(reader, text)
    assert holder(first) == "青川县商务局"


@pytest.mark.parametrize("noun", ["研讨活动", "篮球赛", "象棋赛"])
def test_activities(reader: Reader, noun: str) -> None:
    (first,) = events(reader, f"6月8日，青川县教育局在体育馆举办{noun}，局长苗一禾出席。\n")
    assert first.kind == "Activity"


def test_a_fair_that_is_a_signing_too_is_the_ceremony(reader: Reader) -> None:
    text = (
        "青川县在深圳举办招商推介会暨项目签约仪式\n6月8日下午，青川县招商推介会暨项目签约仪式在深圳举行。"
        "当天的推介会由青川县商务局主办，县长柏云舟致辞。推介会上，12个项目现场签约。\n"
    )
    first = events(reader, text)[0]
    assert (first.kind, first.name) == ("Ceremony", "青川县招商推介会暨项目签约仪式")


def test_a_festival_that_opens_is_not_what_is_said_of_it_behind(reader: Reader) -> None:
    text = (
        "6月8日，下寺乡首届望果文化节在坝桥村开幕。本届文化节由青川县委宣传部主办，为期3天。"
        "县长柏云舟致辞。县人大常委会主任苗一禾出席开幕式。\n"
    )
    (first,) = events(reader, text)
    assert first.kind == "Ceremony"


@pytest.mark.parametrize("formal", ["中国共产党", "中共"])
def test_a_plenary_session_is_held_by_the_committee_of_the_district_behind_its_city(reader: Reader, formal: str) -> None:
    text = f"7月26日，{formal}衢州市衢江区第五届委员会第七次全体会议召开。区委书记柏云舟作报告。\n"
    (first,) = events(reader, text)
    assert holder(first) == "衢江区委"
