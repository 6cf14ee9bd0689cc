"""Reporters: in every place and form in which papers credit them, and nobody else."""

import pytest

from kg.breaks import Breaks
from kg.bylines import BylineReader
from kg.credits import Credits
from kg.layout import Layout
from kg.lexicon import load
from kg.linecues import LayoutCues
from kg.mentions import scan
from kg.model import Page

LEXICON = load()
CUES = LayoutCues.of(LEXICON)
LAYOUT, READER, CREDITS = Layout(CUES), BylineReader(LEXICON), Credits(CUES)
BREAKS = Breaks(CREDITS, CUES)
BODY = "5月6日，青川县召开农村工作会议。县长柏云舟出席会议并讲话，要求抓好春耕生产。"


def reporters(text: str) -> list[str]:
    return [str(m.thing) for a in LAYOUT.articles(Page("page.txt", text)) for m in READER.read(scan(a, LEXICON))[0]]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("本报讯（记者 王小川 通讯员 李明）", ["王小川", "李明"]),
        ("青川融媒讯 5月8日 通讯员王小川报道：", ["王小川"]),
        ("本报讯 王小川 李明报道 ", ["王小川", "李明"]),
        ("（王小川 李明报道）", ["王小川", "李明"]),
        ("本报讯 记者邰阳报道 ", ["邰阳"]),
        ("本报讯 本报记者凤翔、特约记者诸葛亮亮报道：", ["凤翔", "诸葛亮亮"]),
        ("江城日报讯（全媒体记者/王小川 通讯员/李明）", ["王小川", "李明"]),
        ("江城日报讯（全媒体记者/王小川 通讯员/镇宣）", ["王小川"]),
        ("新华社成都5月6日电（记者 王小川）", ["王小川"]),
        ("本报讯（实习记者 泽仁卓玛）", ["泽仁卓玛"]),
        ("（记者 古丽米热·阿不都 陈锐）", ["古丽米热·阿不都", "陈锐"]),
        ("本报讯（陆朝阳）", ["陆朝阳"]),
        ("本报讯 记者王小川 通讯员陆朝阳 ", ["王小川", "陆朝阳"]),
        ("本报讯（教务处 记者 王小川）", ["王小川"]),
        ("本报讯（综合）", []),
        ("本报讯（韦 覃 黄）", []),
        ("江城晚报讯（通讯员 毛润民陈曦 记者 姜天圣）", ["毛润民", "陈曦", "姜天圣"]),
        ("本报讯（记者 巴音克西克 张海燕）", ["巴音克西克", "张海燕"]),
        ("本报讯（记者 尕玛江措 通讯员 洛松旺姆）", ["尕玛江措", "洛松旺姆"]),
        ("黔南热线　2019-05-06　文/图 陆春艳\n", ["陆春艳"]),
        ("本报讯 ", []),
        ("据新华社电 记者从商务厅获悉，", []),
        ("连日来，记者走进田间地头，", []),
    ],
)
def test_in_the_opening(byline: str, names: list[str]) -> None:
    assert reporters(f"青川县召开农村工作会议\n{byline}{BODY}\n") == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("记者 王小川 文/图", ["王小川"]),
        ("记者丨王小川", ["王小川"]),
        ("撰稿：王小川 拉西", ["王小川", "拉西"]),
        ("（县残联　王小川）", ["王小川"]),
        ("（王小川 李明）", ["王小川", "李明"]),
        ("（县政协办 李施蕾）", ["李施蕾"]),
        ("（康复科 陆朝阳 宣教部 王小川）", ["陆朝阳", "王小川"]),
        ("文/法官助理 陆朝阳", ["陆朝阳"]),
        ("作者：教务处", []),
        ("来源：校地合作处　作者：覃柳燕　摄影：农志勇　发布日期：2022-03-30", ["覃柳燕", "农志勇"]),
        ("来源：县委宣传部　作者：寸晓春 陆朝阳　时间：2021-12-10", ["寸晓春", "陆朝阳"]),
        ("（吴娟 本报通讯员 陆朝阳 文/图）", ["吴娟", "陆朝阳"]),
        ("（记者 李秋欢 通讯员 韩静/文 谢振安/图）", ["李秋欢", "韩静", "谢振安"]),
        ("（青川县融媒体中心记者 王小川）", ["王小川"]),
        ("        余悦 朱修林", ["余悦", "朱修林"]),
        ("（通讯员 王小川 阿依夏木古丽）", ["王小川", "阿依夏木古丽"]),
        ("（通讯员　杞红梅　李明）", ["杞红梅", "李明"]),
        ("（王小川 李明供稿）", ["王小川", "李明"]),
        ("（青川县法院　文 / 王小川　李明　审核 / 王芳）", ["王小川", "李明"]),
        ("文/图：卜文　来源：学院路街道党群工作办公室", ["卜文"]),
        ("供稿：金寨县人民法院　撰稿：漆欣　审核：胡可可", ["漆欣"]),
        ("来源：永顺县政协办　作者：符晓", ["符晓"]),
        ("供稿：区委办公室、曹杨新村街道", []),
        ("责任编辑：王小川　校对：李明", []),
        ("（责编：李明、王芳）", []),
        ("值班编委 王辰", []),
        ("学思想 强党性 重实践 建新功", []),
        ("（完）", []),
        ("本报驻广元记者站站长　王小川　本报见习记者　李明　青川县委宣传部新闻科科长　陈锐", ["王小川", "李明", "陈锐"]),
        ("记者 欧阳 明", ["欧阳明"]),
        ("信息员：王小川", ["王小川"]),
    ],
)
def test_behind_the_text(byline: str, names: list[str]) -> None:
    assert reporters(f"青川县召开农村工作会议\n{BODY}\n{byline}\n") == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("□ 马樱花", ["马樱花"]),
        ("□本报记者 王小川", ["王小川"]),
        ("本报记者 王小川 李明", ["王小川", "李明"]),
        ("王小川 李明", ["王小川", "李明"]),
        ("时间：2024-04-26 08:35　作者：帅晓燕　来源：铜鼓县融媒体中心", ["帅晓燕"]),
        ("发布时间：2024-05-20 10:21　来源：苏尼特左旗融媒体中心　作者：萨仁", ["萨仁"]),
        ("发布时间：2024-04-22 09:15　来源：沁源融媒　作者：　浏览：186次", []),
        ("2026-01-16 15:47　大众新闻记者 王小川　通讯员 李明　郓城报道", ["王小川", "李明"]),
    ],
)
def test_under_the_headline(line: str, names: list[str]) -> None:
    assert reporters(f"乡村振兴路上的“领头雁”\n——记青川县乔庄镇党委书记王刚\n{line}\n{BODY}\n") == names


def test_names_across_line_ends() -> None:
    opening = ["青川县召开农村工作会议", "", "双河时报讯（记者 邰胜", "男 王小川", "李明）5月6日，青川县"]
    rest = ["召开农村工作会议。县长", "柏云舟出席会议并讲话，", "要求抓好春耕生产。"]
    assert reporters("\n".join([*opening, *rest])) == ["邰胜男", "王小川", "李明"]


def test_a_byline_behind_the_last_sentence() -> None:
    assert reporters(f"本报讯 {BODY}记者 王小川 文/图\n") == ["王小川"]
    assert reporters(f"本报讯 {BODY}王小川 李明\n") == ["王小川", "李明"]


@pytest.mark.parametrize("token", ["王小川", "诸葛亮亮", "洛桑旺堆", "阿不力克木·热合曼", "萨仁", "梁何婉仪"])
def test_what_may_be_a_name(token: str) -> None:
    assert CREDITS.plausible(token)


@pytest.mark.parametrize("token", ["镇宣", "青川融媒", "连日来", "近日", "走进田间", "宣传部", "营口日报·港城新区", "2024", "a"])
def test_what_is_no_name(token: str) -> None:
    assert not CREDITS.plausible(token)


def test_numbers_beside_reporters_are_no_doubt() -> None:
    assert reporters(f"青川县部署春耕\n青川县融媒体中心　2020-05-07　记者 祁海英　马玉麒\n{BODY}\n") == ["祁海英", "马玉麒"]


def test_spaced_names_of_two_lines_are_two() -> None:
    assert BREAKS.join("（江城日报记者 向 阳", "刘 雨）") == "（江城日报记者 向 阳 刘 雨）"


def test_a_broken_line_parts_names_from_what_credits_the_next() -> None:
    assert BREAKS.join("（记者 谢志勇", "特约记者 黄青文）") == "（记者 谢志勇 特约记者 黄青文）"


def test_a_town_that_signs_is_no_reporter() -> None:
    assert reporters("镇里召开会议\n5月8日，西王镇召开会议。\n（西王镇 周雷）\n") == ["周雷"]


def test_a_byline_goes_on_behind_its_line() -> None:
    text = "德清县开会\n5月8日，德清县召开会议。县委\n书记何景明讲话，要求抓好春耕\n生产，确保粮食安全。\n"
    assert reporters(f"{text}（供稿：第四检察部　隋鑫　图：政治部\n　王卉）\n") == ["隋鑫", "王卉"]
    opening = "双河时报讯 记者张其钊、林巧\n云报道 “供电公司变电站全停，请\n立即启动应急响应！”6月27日，\n演练正式开始。演练由公司组织。\n"
    assert reporters(f"双河市供电公司开展应急演练\n{opening}") == ["张其钊", "林巧云"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("青川融媒记者　樊小雅　实\n  习生　郑一诺　文/图", ["樊小雅", "郑一诺"]),
        ("青川融媒记者　樊小雅　本报\n见习记者　郑一诺　文/图", ["樊小雅", "郑一诺"]),
        ("本报记者 樊小雅　青川日\n报记者 郑一诺", ["樊小雅", "郑一诺"]),
        ("□本报青川记者　许丽\n珠　通讯员　吴传贵", ["许丽珠", "吴传贵"]),
        ("文字/沈佳\n倩　摄影/姚远", ["沈佳倩", "姚远"]),
        ("记者 王小川　樊小雅\n 郑一诺", ["王小川", "樊小雅", "郑一诺"]),
        ("本报记者 王小川　樊小雅　洛桑\n旺堆", ["王小川", "樊小雅", "洛桑旺堆"]),
        ("（宣传部\n 王小川　公司电视台 陆朝阳）", ["王小川", "陆朝阳"]),
        ("文/本报记者 乔羽\n图/见习记者 鲍宁", ["乔羽", "鲍宁"]),
    ],
)
def test_a_broken_byline_goes_on_with_its_word_or_with_the_next(byline: str, names: list[str]) -> None:
    text = (
        "德清县开会\n　　5月8日，德清县召开会议。\n县委书记何景明讲话，要求抓好春耕\n生产，确保粮食安全，做到早部署、\n早行动、早见成效。\n"
    )
    assert reporters(text + byline + "\n") == names


def test_names_are_parted_where_the_next_line_is_set_in() -> None:
    opening = "双河时报讯（记者 么海涛\n 通讯员 倪玉洁）5月6日，德清\n县召开农村工作会议。县长柏云舟\n出席会议并讲话，要求抓好春耕。\n"
    assert reporters(f"德清县召开农村工作会议\n\n　　{opening}　　会议还研究了别的事情。\n") == ["么海涛", "倪玉洁"]
