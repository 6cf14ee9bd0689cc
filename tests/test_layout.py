"""Pages → articles: where each begins and ends, its headline, its day, and offsets that point into the page."""

import random
import time

import pytest
import wrap
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.layout import Layout
from kg.lexicon import load
from kg.linecues import LayoutCues
from kg.model import Article, Page

LAYOUT = Layout(LayoutCues.of(load()))
NEWS = "本报讯（记者 闻书瑶）5月6日，青川县召开农村工作会议。县长柏云舟出席会议并讲话。"


def articles(text: str) -> list[Article]:
    return list(LAYOUT.articles(Page("page.txt", text)))


def headline(article: Article) -> str | None:
    return article.text[slice(*article.headline)] if article.headline else None


def printed(text: str) -> list[str]:
    """The stretches of the page that the articles take."""
    return [text[a.begin : a.end] for a in articles(text)]


def sound(text: str, found: list[Article]) -> None:
    """Spans lie inside the page, in order and apart; every character of an article is the page's, but for added spaces and line ends."""
    end = 0
    for article in found:
        assert end <= article.begin < article.end <= len(text)
        end = article.end
        starts = set(article.starts)
        for i, character in enumerate(article.text):
            if character in " \n" and i in starts:
                continue
            assert text[article.origin(i)] == character


def test_web_page_without_its_buttons() -> None:
    text = (
        "首页 > 新闻中心 > 县区动态\n全县农村工作会议召开\n"
        "发布时间：2024-05-17 09:21 来源：青川融媒 作者：王小川 点击数：123 字体：【大 中 小】\n"
        "【打印本页】 【关闭窗口】\n5月16日，全县农村工作会议召开。县长柏云舟出席会议并讲话。\n会议强调，要加强值守。\n"
        "责任编辑：张三\n分享到：\n上一篇：我县召开经济工作会议\n下一篇：无\n附件：\n扫一扫在手机打开当前页\n"
    )
    (article,) = articles(text)
    assert headline(article) == "全县农村工作会议召开"
    assert text[article.begin :].startswith("全县农村")
    assert text[: article.end].endswith("加强值守。")
    assert str(article.issue_date) == "2024-05-17"
    assert "点击数" not in article.text


def test_items_without_dateline_end_at_their_bylines() -> None:
    text = (
        "县委书记王刚调研项目建设\n5月6日，县委书记王刚深入经开区调研项目建设。他强调，要加快进度。\n（陈晓）\n"
        "县政协召开主席会议\n5月7日，县政协召开第三次主席会议。县政协主席赵立主持会议。\n（刘洋 张敏）\n"
        "乔庄镇开展防汛演练\n近日，乔庄镇开展防汛应急演练。镇长孙强到场指挥。\n余悦\n"
    )
    assert [headline(a) for a in articles(text)] == ["县委书记王刚调研项目建设", "县政协召开主席会议", "乔庄镇开展防汛演练"]
    assert [p[-4:] for p in printed(text)] == ["（陈晓）", " 张敏）", "。\n余悦"]


def test_subheads_do_not_part_an_article() -> None:
    text = (
        "青川县推进乡村振兴见实效\n本报记者 王小川\n近年来，青川县把乡村振兴作为头等大事来抓，取得明显成效。\n一、产业兴旺促增收\n"
        "走进乔庄镇，茶园里一片繁忙。\n二、生态宜居换新颜\n在关庄镇，干净的道路映入眼帘。\n乡风文明树新风\n"
        "5月10日，青川县乡风文明评议会在乔庄镇举行。大家畅所欲言。\n"
    )
    assert len(articles(text)) == 1


def test_each_dated_item_has_its_own_day() -> None:
    text = (
        "全县教育工作会召开\n2024-05-06 10:20 来源：县教育局\n5月5日，全县教育工作会议召开。县长王刚出席会议并讲话。\n"
        "全县卫生工作会召开\n2024-05-09 08:30 来源：县卫健局\n5月8日，全县卫生工作会议召开。副县长李明主持会议。\n"
    )
    assert [str(a.issue_date) for a in articles(text)] == ["2024-05-06", "2024-05-09"]


def test_masthead_gives_the_day() -> None:
    (article,) = articles(f"江城日报 2024年5月17日 星期五 要闻 3版\n\n青川县召开农村工作会议\n\n{NEWS}\n")
    assert str(article.issue_date) == "2024-05-17"
    assert headline(article) == "青川县召开农村工作会议"


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("川北周讯　　　2013年5月9日　星期四　　第1版\n\n青川县召开农村工作会议\n", ""),
        ("青川县召开农村工作会议\n时间:2013-05-09 08:50　来源:青川县委办公室　编辑:闻书瑶　阅读:356\n", ""),
        ("青川县召开农村工作会议\n", "来源：青川县融媒体中心　2013年05月09日\n"),
    ],
)
def test_what_a_page_says_of_itself_gives_the_day(head: str, foot: str) -> None:
    (article,) = articles(f"{head}{NEWS}\n{foot}")
    assert article.issue_date is not None
    assert article.issue_date.isoformat() == "2013-05-09"
    assert headline(article) == "青川县召开农村工作会议"


def test_a_paper_s_name_above_the_day_is_no_article() -> None:
    (article,) = articles(f"川北晨讯\n2013年5月9日 星期四　农历三月三十\n本版主编：闻书瑶\n\n青川县召开农村工作会议\n{NEWS}\n")
    assert headline(article) == "青川县召开农村工作会议"


COLUMN = """青川县召开农村工作
会议
本报讯 5月6日，青
川县召开农村工作会
议，研究粮食生产和
重点项目建设工作。
县长柏云舟出席会议
并讲话，副县长苗一
禾主持会议。
"""


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        # A subtitle that fills its column.
        (
            "\n综合新闻\n\n守着雨林\n——记护林员韩亚光的\n清晨六点，雾还没散，\n韩亚光已经出门了，他\n走了二十三年。\n",
            "守着雨林 ——记护林员韩亚光的",
        ),
        # A headline that fills its column, far below the text before.
        (
            "\n\n\n\n县政协督办停车提案\n停车难，是市民反映最\n多的问题。9月9日，县\n政协主席何景明率队，\n到阜溪街道督办提案。\n",
            "县政协督办停车提案",
        ),
        # A headline whose first line ends with a comma.
        (
            "\n\n田头水渠，\n大家来管\n\n9月9日，县政协主席何景\n明率队到阜溪街道，和种\n粮大户谈田头水渠管护。\n",
            "田头水渠， 大家来管",
        ),
    ],
)
def test_a_headline_in_a_narrow_column(story: str, expected: str) -> None:
    _, second = articles(COLUMN + story)
    assert headline(second) == expected


def test_a_line_with_a_word_for_reporters_in_a_sentence_is_no_byline() -> None:
    text = (
        COLUMN
        + """
柏云舟代表学校致欢迎
辞，他感谢青川县多年

来对学校实习支教工作
的支持，愿意继续合作。
"""
    )
    assert len(articles(text)) == 1


def test_below_a_headline_a_line_that_opens_with_a_day_is_text() -> None:
    text = """青川县中学代表
团来校考察交流

5月6日下午，青
川县中学副校长柏云
舟率队来

昭化中学，就课程建
设开展考察交流。学
校党委书记会见客人。
"""
    (article,) = articles(text)
    assert headline(article) == "青川县中学代表团来校考察交流"
    assert article.text[article.body :].startswith("5月6日下午，青川县中学")


def test_a_piece_from_another_page_is_an_article() -> None:
    piece = "（上接第1版）要加强组织领导，压实各级责任，确保各项任务落到实处。\n市领导李明、王刚参加会议。"
    text = f"{piece}\n\n青川县召开农村工作会议\n\n{NEWS}（下转第3版）\n"
    assert [headline(a) for a in articles(text)] == [None, "青川县召开农村工作会议"]


def test_a_picture_and_its_credit_stay_apart_from_the_next_headline() -> None:
    text = f"5月6日，市民在公园里赏花。 王小川 摄\n\n青川县召开农村工作会议\n{NEWS}\n图为会议现场。 李明 摄\n"
    assert headline(articles(text)[-1]) == "青川县召开农村工作会议"


def test_a_notice_keeps_its_signature() -> None:
    text = "关于城区道路临时封闭施工的通告\n因管道改造施工需要，滨河路临时封闭。\n特此通告。\n青川县公安局\n2024年7月1日\n\n" + NEWS
    first, second = printed(text)
    assert first.startswith("关于")
    assert first.endswith("2024年7月1日")
    assert second == NEWS


@pytest.mark.parametrize(
    ("byline", "lead", "opinion"),
    [
        ("□ 马樱花", "把流程走短，把民心走近，是干部的本分。", True),
        ("□ 马樱花", "5月6日，青川县召开农村工作会议。", False),
        ("□ 本报记者 马樱花", "走进乔庄镇，茶园里一片繁忙。", False),
    ],
)
def test_an_opinion_piece_is_marked_and_opens_without_a_day(byline: str, lead: str, opinion: bool) -> None:
    (article,) = articles(f"让流程走出真问题\n{byline}\n{lead}\n群众的事无小事，件件都要有着落。\n")
    assert article.commentary is opinion


def test_words_across_line_ends() -> None:
    lines = ["  本报讯 2023", "年5月6日，青川县召开", "", "农村工作会议，“Smart", "City”项目签约。县长柏云", "舟出席。", "记者 闻书瑶"]
    text = "\r\n".join(lines)
    (article,) = articles(text)
    assert "2023年5月6日，青川县召开农村工作会议，“Smart City”项目签约。县长柏云舟出席。" in article.text
    sound(text, [article])


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_whatever_ends_a_line_the_articles_are_the_same(end: str) -> None:
    text = (
        f"青川县召开农村工作会议\n\n　　{NEWS}\n\u3000\n\n\n青川县教育局举办培训班\n　　5月7日，青川县教育局举办培训班。\n（记者 马樱花）\n"
    )
    other = text.replace("\n", end)
    found = articles(other)
    assert [(a.text, a.headline, a.bylines) for a in found] == [(a.text, a.headline, a.bylines) for a in articles(text)]
    assert len(found) == 2
    sound(other, found)


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "\x00\x01\x02", "The quick brown fox jumps over the lazy dog. " * 40, "\n".join(f"{i}\t{i * 7}" for i in range(99)),
     "啊" * 9999,
     "王小川 李明 赵立\n陈晓 刘洋\n", "🙂" * 300, "目录\n一版 要闻\n二版 综合\n", "啊，" * 9999],
)  # fmt: skip
def test_what_is_no_news_has_no_article(text: str) -> None:
    assert articles(text) == []


UNITS = ["啊", "啊\n", "（", "记者 ", "记者 王\n", "来源：甲 作者：王刚 ", "会议召开。\n王小川 李明\n", "\n", "2024年5月", "。（王"]


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear_in_the_size(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        articles(text)
        return time.process_time() - start

    seconds(10_000)
    assert seconds(400_000) < 16 * max(seconds(100_000), 0.01)


STORY = """县医院院长车向阳在会上介绍了情
况，县卫生健康局负责人参加。

{between}“排了半个月，没想到在镇上就看好
了。”6月3日上午，在梅溪镇卫生
院，七十岁的村民拿着刚开的药方
说。当天，县医院专家门诊在镇上
开诊，每周坐诊两天。

镇卫生院院长丁一凡说，今后还要
请更多的专家到镇里来。
"""


@pytest.mark.parametrize(
    ("between", "headline"),
    [
        ("乡 镇 短 波\n\n梅溪镇：专家到门口\n\n", "梅溪镇：专家到门口"),
        ("— 健康同行 —\n\n镇上有了“家门口的专家”\n\n", "镇上有了“家门口的专家”"),
        ("梅溪镇卫生院\n迎来县里的专家门诊\n\n", "梅溪镇卫生院 迎来县里的专家门诊"),
    ],
    ids=["column name", "column name between dashes", "headline of two lines"],
)
def test_a_story_that_opens_with_a_scene_is_an_article_of_its_own(between: str, headline: str) -> None:
    found = articles(STORY.format(between=between))
    assert len(found) == 2
    span = found[1].headline
    assert span is not None
    assert found[1].text[slice(*span)] == headline


SET_IN = """　　5月6日，青川县召开农村工作
会议，部署春耕生产工作。县长柏云
舟出席会议并讲话，副县长罗文生主
持。
　　柏云舟强调，要加强农资储备，
确保农时不误，全年增收。
"""


@pytest.mark.parametrize(
    ("between", "following", "expected"),
    [
        ("\n\n", "九旬老人的皮影箱\n　　推开木门，箱子就摆在堂屋正中\n。九十岁的唐守义说，这是他一辈子\n的家当。\n", "九旬老人的皮影箱"),
        ("\n\n", "停水通知\n　　因管道检修，定于5月8日在乔庄镇\n全镇停水一天，请提前储水。\n", "停水通知"),
        (
            "\n基层剪影\n\n",
            "夜巡河道\n三个钟头守一方水\n　　电筒光扫过水面，河长罗文生停\n下脚步，朝对岸喊了一声，半晌才有\n人答应。\n",
            "夜巡河道 三个钟头守一方水",
        ),
    ],
)
def test_a_headline_far_below_text_that_is_set_in_opens_an_article(between: str, following: str, expected: str) -> None:
    found = articles(SET_IN + between + following + SET_IN)
    assert headline(found[1]) == expected


@pytest.mark.parametrize("line", ["在回答记者提问时，青川县应急管理", "路怎么修？钱从哪里来？面对记者的"])
def test_a_paragraph_whose_first_line_speaks_of_reporters_goes_on(line: str) -> None:
    text = SET_IN + "\n　　" + line + "\n提问，副局长罗文生表示，排查已经全\n部结束，隐患逐一销号。\n" + SET_IN
    assert len(articles(text)) == 1


def test_a_column_s_name_with_a_page_s_number_is_no_article() -> None:
    (article,) = articles("蜀北时讯\n今日要闻　A2\n编辑：孔晓　美编：于海员\n\n青川县召开农村工作会议\n" + SET_IN)
    assert headline(article) == "青川县召开农村工作会议"


def test_an_article_ends_where_an_office_is_named_as_its_writer() -> None:
    text = SET_IN + "（县商务局办公室供稿）\n\n三家企业落户青川\n" + SET_IN.replace("6日", "9日")
    assert [headline(a) for a in articles(text)] == [None, "三家企业落户青川"]


def test_a_forecast_is_no_part_of_an_article() -> None:
    assert printed(SET_IN + "\n青川县　晴　9℃～25℃\n乔庄镇　多云　5℃～20℃\n")[0].endswith("全年增收。")


def test_a_day_below_a_paper_s_name_and_what_stands_with_it_is_the_page_s() -> None:
    text = "青川新闻\n每周三出版\n\n2016年8月31日\n星期三\n\n\n青川县召开农村工作会议\n" + SET_IN
    assert {str(a.issue_date) for a in articles(text)} == {"2016-08-31"}


def test_the_foot_of_a_page_is_no_article() -> None:
    assert len(articles("县里召开会议\n5月6日，青川县召开会议，部署春耕。\n（王小川）\n\n扫描二维码，关注我们的公众号\n")) == 1


PIECES = st.sampled_from(
    ["本报讯", "（记者 王小川）", "记者 李明 摄", "5月6日", "，", "。", "\n", "\n\n", "　　", " ", "\r\n", "青川县召开会议",
     "责任编辑：张三", "2024年5月17日", "星期五", "（上接第1版）",
     "□ 王刚", "（", "）", "“", "”", "图为", "公告", "一、", "县长柏云舟讲话", "Smart", "a", "1",
     "\ufeff", "\u2028", "会议强调，要压实责任", "来源：", "作者：", "余悦", "·"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_gives_sound_articles(text: str) -> None:
    sound(text, articles(text))


def test_hard_wrapped_pages() -> None:
    """Of the clean articles, printed in columns with all that stands around them, at least 95 in 100 are found again."""
    right = wanted = extra = 0
    printed = []
    for seed in range(6):
        dice = random.Random(seed)
        printed += [wrap.printed(group, dice) for group in wrap.pages(dice)]
    for text, golds, _ in printed:
        found = articles(text)
        sound(text, found)
        wanted += len(golds)
        hits = sum(any(overlap(a, g) >= 0.9 for a in found) for g in golds)
        right += hits
        extra += len(found) - hits
    assert wanted > 500
    assert right >= 0.95 * wanted
    assert extra <= 0.05 * wanted


def overlap(article: Article, gold: dict[str, object]) -> float:
    begin, end = int(str(gold["begin"])), int(str(gold["end"]))
    return (min(article.end, end) - max(article.begin, begin)) / (max(article.end, end) - min(article.begin, begin))


@pytest.mark.parametrize(
    "masthead",
    [
        "今日青川\n2013年4月19日　星期五　第3版 要闻　责任编辑：申慧芳\n",
        "广元日报\n2011年3月19日　星期六　责编／冯永泉　校对／李静\n",
        "青川县融媒体中心\n",
        "广元学院　GUANGYUAN UNIVERSITY\n新闻网 > 校园要闻\n",
    ],
)
def test_the_name_of_a_paper_or_site_is_no_part_of_a_headline(masthead: str) -> None:
    (found,) = articles(masthead + "青川县部署农村工作\n" + NEWS + "\n")
    assert headline(found) == "青川县部署农村工作"


def test_a_headline_above_its_source_and_day_stays() -> None:
    (found,) = articles("青川春耕忙\n2013-04-19　来源：青川县融媒体中心　浏览次数：12\n" + NEWS + "\n")
    assert headline(found) == "青川春耕忙"


TORN = (
    "县农技站送苗下乡\n\n3月2日，青川县农技站干\n部到联合村送去茶苗八千\n\n株，并在地头讲解栽种要\n领。村民说，这样的服务\n\n"
    "很及时，今年要多种几亩\n茶。\n"
)


@pytest.mark.parametrize(
    ("following", "head"),
    [
        (
            "\n\n县委第二巡察组向县水利\n局党委反馈巡察整改情况\n\n根据县委统一部署，3月5\n日，县委第二巡察组到县水\n利局反馈情况，局党委成员\n参加了会议。\n",
            "县委第二巡察组向县水利局党委反馈巡察整改情况",
        ),
        (
            "\n公益广告\n\n清溪法院凌晨出击\n  九名失信人到庭还款\n\n  3月5日早上，天上落着\n雨，清溪县法院的干警\n"
            "来到联合村，多年的欠款终\n于还清了，村里人都来旁听\n，大家连声叫好。\n",
            "清溪法院凌晨出击 九名失信人到庭还款",
        ),
    ],
)
def test_a_headline_of_full_lines_on_a_torn_page_opens_an_article(following: str, head: str) -> None:
    assert [headline(a) for a in articles(TORN + following)] == ["县农技站送苗下乡", head]


NEXT = "　　5月9日，青川县人社局在县体育馆\n举办春季招聘会，吸引三百多人到\n场。县人社局局长程远参加。\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "　　会议以视频形式开到乡镇，全县正\n科级以上干部都参加。\n",
        "　　在回答记者提问时，青川县应急局副\n局长程远表示，要守住底线。\n",
        "　　记者2日12时从县防汛抗旱指挥部获\n悉，全县紧急转移群众三百人。\n",
        "　　座谈会上，四位编辑\n“批”了整整四十分钟，作者蓝宝\n生手里的笔一直没有停。\n",
        "　　视频那头,怀宝镇\n党委书记吴安平报告说，水已进镇。\n",
        "　　程远传达县防灭火指挥部5月6日\n电视电话会议精神。\n",
        "　　报名时间自\n2024年5月14日\n至5月18日，共五个工作日。\n",
    ],
)
def test_a_sentence_that_speaks_of_reporters_or_days_goes_on(sentence: str) -> None:
    text = (
        "青川县召开农村工作会议\n\n　　5月6日，青川县召开农村工作会\n议。县长柏云舟出席会议并讲话，要\n求抓好春耕生产。\n"
        f"{sentence}　　会议还研究了防汛工作，要求各乡\n镇加强值守，确保安全。\n"
    )
    assert printed(text) == [text.rstrip("\n")]


@pytest.mark.parametrize(
    ("title", "byline"),
    [
        ("守住西河，守住永安河！市\n防汛抗旱指挥部连夜视频调度", "■ 王小川、李明"),
        ("青川县第二小学：\n校园“锅庄周”开幕\n2024年6月3日\n青川县教育局", "全媒体记者 王小川"),
        ("区长现场办公\n大丘庄镇三件“老大难”当场拍板\n4月12日　青川融媒客户端", "全媒体记者 王小川"),
    ],
)
def test_what_stands_above_the_reporters_is_a_title_however_it_looks(title: str, byline: str) -> None:
    story = "　　昨天上午，县长柏云舟到大丘庄镇现\n场办公，要求抓好春耕生产，确保粮食\n安全。\n"
    found = articles(f"{NEXT}\n\n{title}\n\n{byline}\n{story}")
    assert [a.text[a.bylines[0][0] : a.bylines[0][1]] for a in found[1:]] == [byline]
    assert (headline(found[-1]) or "").startswith(title[:6])


def test_a_headline_without_indent_far_below_the_text() -> None:
    text = (
        "青川县召开农村工作会议\n\n5月6日，青川县召开农村工作会议，\n县长柏云舟出席会议并讲话，要求\n抓好春耕生产，确保粮食安全。\n\n"
        "会议还研究了防汛工作，要求各乡\n镇加强值守。\n\n县政府办负责人参加会议。\n\n\n\n"
        "以练为战筑牢“防火墙”\n白水镇守护绿水青山\n\n为提升处置能力，5月9日，镇里在\n龙池坡组织应急演练。镇长程远担\n任总指挥。\n"
    )
    assert [headline(a) for a in articles(text)] == ["青川县召开农村工作会议", "以练为战筑牢“防火墙” 白水镇守护绿水青山"]


def test_a_headline_that_names_its_village_first() -> None:
    story = "　　一朵红花，一床棉被。5月5日，村\n里表彰了五位好媳妇，镇长程远为她\n们戴上红花。\n"
    text = f"{NEXT}\n\n\n兴隆镇黄家河坝村：\n评出好媳妇　夸亮好家风\n\n记者 王小川\n\n{story}"
    assert [t.split("\n")[0] for t in printed(text)] == ["5月9日，青川县人社局在县体育馆", "兴隆镇黄家河坝村："]


def test_a_letter_spaced_notice_is_an_article() -> None:
    text = f"{NEXT}\n\n讣　告\n　　中国共产党优秀党员、离休干部程\n远同志，因病医治无效，于5月3日逝\n世，享年八十八岁。\n"
    assert [headline(a) for a in articles(text)] == [None, "讣　告"]


def test_a_line_with_a_label_set_in_as_paragraphs_parts_no_notice() -> None:
    text = (
        "青川县委组织部干部任前公示公告\n\n　　经县委常委会会议研究，现将拟任\n职人选公示如下。\n\n"
        "　　公示期间，可通过来信、来电等形\n式反映问题。\n\n\n"
        "　　受理部门：青川县委组织部干部监督\n\n　　监督电话：0839—12380\n\n　　中共青川县委组织部\n\n　　2024年5月20日\n"
    )
    assert len(articles(text)) == 1


def test_a_second_dateline_behind_the_reporters_is_the_same_story() -> None:
    opening = "县里开会\n　　江城融媒讯（通讯员 王小川）青川\n县融媒体中心讯　"
    text = f"{opening}5月6日，青川县召开\n农村工作会议。县长柏云舟讲话。\n　　会议还研究了别的事情，要求抓好。\n"
    assert len(articles(text)) == 1


@pytest.mark.parametrize(("second", "opinion"), [("5月6日上午，县长柏云舟来到白水镇。", False), ("有的干部却总在等。", True)])
def test_a_signed_story_that_opens_with_a_scene_is_no_opinion(second: str, opinion: bool) -> None:
    (article,) = articles(f"夜市要管得暖\n□ 王小川\n\n立夏一过，夜市就热闹起来，摊主们忙个不停。{second}管得住，还要管得暖。\n")
    assert article.commentary is opinion


@pytest.mark.parametrize(
    ("between", "title"),
    [
        # Not set in as the paragraphs are, and the story says its day.
        ("\n", "老小区“悬空老人”的电梯梦有盼头\n"),
        # Behind what is of the page.
        ("\n电话：1234567 零售价：1.00元\n\n", "夜访水产市场\n秤不准、绳太重当场“亮红灯”\n"),
        ("\n值班编委 万方  编辑 毛毛\n\n", "龙乡四月书声朗\n我区第十一届全民读书月启动\n\n"),
    ],
)
def test_a_headline_near_the_text_before(between: str, title: str) -> None:
    story = "　　打开泡沫箱，解下草绳，十只螃蟹\n瘦了三两。5月12日，镇长程远带队\n检查市场。\n　　检查组还查了别的摊位，要求整改。\n"
    found = printed(f"{NEXT}　　招聘会还办了讲座。\n{between}{title}{story}")
    assert [t.split("\n")[0] for t in found] == ["5月9日，青川县人社局在县体育馆", title.split("\n")[0]]


def test_a_quoted_correspondent_signs_nothing() -> None:
    text = f"{NEXT}　　程远要求,全县干部要\n当好政策“宣传员”、企业\n“服务员”,做到有求必应。\n"
    assert len(articles(text)) == 1


def test_a_title_with_its_day_below_it_stands_above_the_reporters() -> None:
    title = "2  本地新闻  2024年9月23日\n\n满峰村集体米粉厂开张，头\n  天的粉还没下线就被订走一半\n"
    title += "  青川县融媒体中心\n2024年09月23日\n  18:05\n四川\n\n"
    story = "通讯员 王小川、李明\n  “一、二、三,起!”\n9月22日上午,红绸应声落\n下,断杉镇满峰村村集体办\n的鲜米粉厂正式开张。\n"
    more = "  机器刚转起来，头天计划生\n产的三千斤米粉就被订走了一\n半，镇长程远说。\n"
    article = articles(title + story + 3 * more)[0]
    assert (headline(article) or "").startswith("满峰村")
    assert [article.text[b:e] for b, e in article.bylines] == ["通讯员 王小川、李明"]


def test_a_headline_whose_first_lines_name_a_village_and_end_in_a_colon_begins_an_article() -> None:
    paragraph = "　　会议强调，要落实“双减”政策，\n抓好校园食品安全工作，压实看护\n责任，坚决遏制学生溺水事件发生。\n"
    story = "　　日前，下寺乡坝桥村村民程远\n家门口一早就热闹起来。三十多名\n志愿者清沟渠、扫庭院、送义诊，\n拉开志愿服务的序幕。\n"
    text = f"{NEXT}{3 * paragraph}\n文明实践在青川\n下寺乡坝桥村：\n志愿服务暖山寨\n{2 * story}"
    assert [t.split("\n")[0] for t in printed(text)][1:] == ["文明实践在青川"]


def test_a_page_s_line_opens_no_report_though_it_ends_in_news() -> None:
    top = "今 日 青 川\n民生·时讯　02版\n值班编辑：陈果　校对：宁夏\n\n紧盯节日节点　严防反弹\n县纪委监委开展节前监督检查\n"
    story = "　　本报讯（记者 闻书瑶）\n为进一步严明节日纪律，9月5日，县\n纪委监委组织检查组开展监督检查。县\n长柏云舟要求，要抓好落实。\n"
    assert [t.split("\n")[0] for t in printed(top + story)] == ["紧盯节日节点　严防反弹"]


def test_a_site_s_columns_sign_nothing() -> None:
    top = "神州龙乡 · 青川新闻\n时政　县域　文旅　视频\n青川县召开农村工作会议\n2022-11-18 09:46　来源：青川县融媒体中心　作者：闻书瑶\n"
    text = f"{top}{NEWS}\n"
    article = articles(text)[0]
    assert all("时政" not in article.text[b:e] for b, e in article.bylines)


def test_a_headline_that_calls_out_twice_stands_above_its_day() -> None:
    text = f"12个项目！46.8亿元！青川县举办招商推介会\n发布时间：2023-08-29 10:03　来源：青川县融媒体中心\n{NEWS[NEWS.index('5月6日') :]}\n"
    (article,) = articles(text)
    assert (headline(article), str(article.issue_date)) == ("12个项目！46.8亿元！青川县举办招商推介会", "2023-08-29")


COLUMN = "县里组织人员到各乡镇察看苗情，\n分管负责人要求抓好田间管理，做\n到早安排早落实，确保丰收。\n"


@pytest.mark.parametrize(
    ("title", "story"),
    [
        ("我校首届“订单班”正式开班啦\n", "金秋十月，硕果盈枝。10月12日\n下午，程远到校园里讲了第一课，\n同学们听得十分认真。\n"),
        ("夜访水产市场\n  秤不准绳太重“亮红灯”了\n", "打开泡沫箱解下草绳，十只螃蟹\n瘦了三两。5月12日，镇长程远带\n队检查市场。\n"),
        (
            "青川县税务局：“税\n务管家”走进铜产业园里\n",
            "为扎实推进“便民办税春风\n行动”，5月12日，程远到园区宣讲政\n策，企业负责人都来听。\n",
        ),
        ("以练为战筑牢山林“防火墙”呀\n\n", "为提升处置能力，12月9日，我镇\n组织应急演练，镇长程远指挥，各\n村都来观摩学习。\n"),
    ],
)
def test_where_articles_stand_far_apart_a_headline_that_fills_its_column_is_one(title: str, story: str) -> None:
    found = printed(f"{NEXT}\n{COLUMN}\n{COLUMN}\n{COLUMN}\n\n\n{title}{story}\n{COLUMN}")
    assert [t.split("\n")[0] for t in found][1:] == [title.split("\n")[0]]


def test_a_short_headline_far_below_the_text_is_one_where_wide_gaps_break_sentences_too() -> None:
    torn = "县里组织人员到各乡镇察看苗情要\n\n\n求抓好田间管理做到早安排早落实\n确保丰收，大家都很满意的。\n"
    story = "炕头上的听证会\n\n两家的地挨着，官司打了五年。5月\n12日，镇长程远把听证会搬到炕头\n上，大家都来听。\n"
    found = printed(f"{NEXT}\n{COLUMN}\n{torn}\n{COLUMN}\n\n\n\n{story}\n{COLUMN}")
    assert [t.split("\n")[0] for t in found][1:] == ["炕头上的听证会"]


def test_a_sentence_far_below_the_text_before_is_no_headline() -> None:
    text = f"{NEXT}\n{COLUMN}\n{COLUMN}\n{COLUMN}\n\n\n镇党委书记李生荣和县里的种植养\n殖大户代表作了发言，交流了经\n验做法，提出了建议。\n"
    assert len(printed(text)) == 1


def test_a_name_with_a_dot_and_a_verb_set_in_as_paragraphs_are_signs_nothing() -> None:
    story = "　　5月13日，程远在文化活动\n中心召开表彰大会，各连队的职\n工代表参加了大会。\n\n"
    text = f"{story}　　玛依拉·哈斯木宣读\n\n了《关于表彰最美家庭的决定》，\n程远为受表彰的家庭颁奖，大家\n都很高兴，掌声不断。\n\n{story}"
    assert len(articles(f"下寺乡表彰最美家庭\n{text}")) == 1
