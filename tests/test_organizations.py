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


def test_what_was_done_is_no_part_of_a_name() -> None:
    assert not bodies("5月8日，市政协主席凌霄一行莅丹调研县政协工作。")


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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # A place's name with the word for a college makes a name, the words behind a place that tell something do not.
        ("5月8日，龙岩学院与长汀县人民政府签署协议，长汀县农业农村局参加。", {"龙岩学院", "长汀县政府", "长汀县农业农村局"}),
        ("5月8日，德清县中心人民医院举行义诊，市民踊跃参加。", {"德清县中心人民医院"}),
        # What begins with a level word is read whole, not from the first kind of body inside it.
        ("5月8日，德清县召开会议，县农牧水利和科技局局长陈一鸣作汇报。", {"德清县农牧水利和科技局"}),
        ("5月8日，德清县召开会议，县中心人民医院院长陈一鸣作汇报。", {"德清县中心人民医院"}),
        # Brackets inside a firm's name.
        ("5月8日，浙江青瓷酒厂（集团）有限责任公司到德清县考察。", {"浙江青瓷酒厂（集团）有限责任公司"}),
        ("5月8日，德清县领导会见青岚（厦门）科技有限公司董事长陈一鸣。", {"青岚（厦门）科技有限公司"}),
        ("5月8日，德清县召开会议，德清是龙岩学院的联系点。", {"龙岩学院"}),
        ("5月8日，民建湖州市委会主委陈一鸣到德清县调研。", {"民建湖州市委会"}),
        ("5月8日，任命陈一鸣为德清县人民法院审判委员会委员、民事审判第一庭庭长。", {"德清县法院审判委员会", "德清县法院民事审判第一庭"}),
    ],
)
def test_names_are_read_whole(text: str, names: set[str]) -> None:
    found = bodies(text)
    assert names <= {name for body in found.values() for name in (body.name, *body.forms)}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("5月8日，省民政厅副厅长陈一鸣率调研组来到德清县。", "率调研组"),
        ("5月8日，德清县法院承办法官陈一鸣汇报了案情。", "承办"),
        ("5月8日，来自湖州市的12支代表队参加了比赛，德清县工会主席陈一鸣致辞。", "12支"),
        ("5月8日，德清县召开会议，要求物流、石化、跨境电商等企业做好防汛工作。", "跨境电商"),
        ("5月8日，德清县召开会议，希望双方在选种、加工、销售等环节支持企业。", "加工"),
        ("5月8日，德清县召开会议，推广党支部+合作社模式。", "合作社"),
    ],
)
def test_words_that_are_no_part_of_a_name_are_left_out(text: str, word: str) -> None:
    assert not any(word in name for name in bodies(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("4月12日，临泽县板桥镇土桥村建起冷库，村党支部书记李爱军作了介绍。", "土桥村党支部"),
        ("4月12日，临泽县板桥镇土桥村建起冷库。村委会主任李爱军作了介绍。", "土桥村村委会"),
        ("4月12日，干部走进土桥村、西柳村走访，西柳村党支部书记李爱军参加。", "西柳村党支部"),
        ("4月12日，临泽县水务公司到沙河镇惠民社区慰问，该社区党委书记王丽参加。", "惠民社区党委"),
        ("4月12日，县领导来到才堡村走访，才堡村党支部书记李爱军参加。", "才堡村党支部"),
    ],
)
def test_a_villages_bodies_are_those_of_the_village_that_was_named(text: str, name: str) -> None:
    found = bodies(text)
    assert any(name in (body.name, *body.forms) for body in found.values()), sorted(found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("5月8日，德清县武进实验学校与武进区湖塘实验中学签约。县武进实验学校校长陈一鸣致辞。", "德清县武进实验学校"),
        ("5月8日，德清县刺绣大赛在钟管镇县文化馆举行。", "德清县文化馆"),
        ("5月8日，德清县召开会议，钟管镇市场监管所参加。", "钟管镇市场监管所"),
        ("5月8日，义乌市委召开政法会议，中院院长陈一鸣参加。", "金华市中院"),
        ("5月8日，义乌市委召开政法会议，市委书记何景明出席，市中级人民法院院长陈一鸣参加。", "义乌市委"),
        ("5月8日，吉林农业大学食药用菌教育部工程研究中心教授陈一鸣来到德清县。", "吉林农业大学食药用菌教育部工程研究中心"),
        ("5月8日，德清县召开会议。县十七届人大常委会举行第三次会议。", "德清县人大常委会"),
        ("5月8日，德清县召开会议，县优化办、县中学负责人参加。", "德清县中学"),
        ("5月8日，德清县召开会议，县自然资源局、县生态环境局要主动服务。", "德清县生态环境局"),
        ("5月8日，德清县召开会议，任命陈一鸣为县财政局局长，拟任县水利局局长何景明参加。", "德清县水利局"),
        ("5月8日，石柱县召开会议。县森林防灭火指挥部通报情况。", "石柱土家族自治县森林防灭火指挥部"),
        ("5月8日，武警湖州支队支队长陈一鸣来到德清县。", "武警湖州市支队"),
        ("5月8日，中国铁路广州局集团有限公司怀化车务段段长陈一鸣参加。", "中国铁路广州局集团有限公司怀化车务段"),
        ("5月8日，白银纳鄂伦春民族乡党委书记陈一鸣参加。", "白银纳鄂伦春族乡党委"),
    ],
)
def test_whose_a_body_is(text: str, name: str) -> None:
    assert name in {form for body in bodies(text).values() for form in (body.name, *body.forms)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("与广东蓝屿海洋食品集团有限公司举行洽谈会", {"广东蓝屿海洋食品集团有限公司"}),
        ("到四川蒙顶春露茶业有限公司调研", {"四川蒙顶春露茶业有限公司"}),
        ("与三亚崖州中心渔港有限公司签约", {"三亚崖州中心渔港有限公司"}),
        ("国网铁岭供电公司安全监察部主任陈一鸣出题", {"国网铁岭供电公司", "国网铁岭供电公司安全监察部"}),
        ("签约暨甘肃农业大学玉米研究院揭牌仪式举行", {"甘肃农业大学玉米研究院"}),
    ],
)
def test_a_firms_name_is_one_and_whole(text: str, names: set[str]) -> None:
    found = {name for name in bodies(f"5月8日，领导{text}，现场气氛热烈。") if not name.endswith("大学")}
    assert found == names


def test_a_branch_of_a_village_that_is_not_named_is_no_unit_of_a_company() -> None:
    found = bodies("4月12日，浙江青瓷实业有限公司捐赠了图书。村党支部书记李爱军参加了捐赠仪式。")
    assert not any("党支部" in name for name in found)


def test_what_is_a_site_first_is_a_body_only_before_a_title() -> None:
    found = bodies("4月12日，德清县在县会议中心、竹溪产业园举行签约仪式，德清县人民医院骨科专科联盟成立。德清县体育馆馆长陈一鸣参加。")
    assert {"德清县体育馆", "德清县人民医院"} <= set(found)
    assert not any(name.endswith(("会议中心", "产业园", "联盟")) for name in found)


def test_cooperatives_of_ordinary_words_are_bodies_where_their_name_is_long() -> None:
    found = bodies("4月12日，德清县召开会议，散户的牛由富源奶牛养殖专业合作社统一收购，鼓励成立养殖专业合作社。")
    assert {name for name in found if "合作社" in name} == {"富源奶牛养殖专业合作社"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("6月2日，龙岩学院与长汀县举行签约仪式。学校幼儿师范学院院长应巧珍介绍了情况。", "龙岩学院幼儿师范学院"),
        ("6月2日，湖州市水务集团召开会议。集团安全监督部部长陈一鸣通报了情况。", "湖州市水务集团安全监督部"),
        ("6月2日，县领导走访了浙江青瓷实业有限公司。公司工会主席陈一鸣作了介绍。", "浙江青瓷实业有限公司工会"),
        ("6月2日，龙岩学院与长汀县举行签约仪式。学校团委书记陈一鸣主持仪式。", "龙岩学院团委"),
        ("6月2日，德清县法院院长沈砚秋、审判委员会专职委员陈一鸣参加座谈会。", "德清县法院审判委员会"),
        ("6月2日，德清县法院举办开放日活动。院党组成员、副院长陈一鸣介绍情况。", "德清县法院党组"),
        ("6月2日，德清县召开座谈会，贵州银行遵义分行、交通银行湖州分行派员参加。", "贵州银行遵义分行"),
    ],
)
def test_a_unit_of_a_body_named_before_has_its_name(text: str, name: str) -> None:
    assert name in bodies(text)


def test_a_word_that_only_begins_like_a_level_stays_in_the_name() -> None:
    body = bodies("6月2日，抚州市市场监管局召开会议，研究食品安全工作。")["抚州市市场监管局"]
    assert body.path.endswith("/市场监管局")


def test_people_counted_before_a_firm_are_no_firms() -> None:
    text = "6月2日，青岚科技有限公司召开大会，授予陈一鸣、由德海、衣宝柱等16人公司劳动模范称号。"
    assert set(bodies(text)) == {"青岚科技有限公司"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("6月2日，德清县公安局召开会议，会议由村党总支书记陈一鸣主持。", "会议由村党总支"),
        ("6月2日，德清县开展春耕服务。——青岚农业有限公司总经理陈一鸣介绍了情况。", "——青岚农业有限公司"),
    ],
)
def test_a_name_starts_behind_a_preposition_and_a_dash(text: str, name: str) -> None:
    found = bodies(text)
    assert found
    assert name not in found


def test_a_town_has_its_own_chamber() -> None:
    assert "乾元镇商会" in bodies("6月2日，德清县乾元镇召开会议。大会由镇商会秘书长陈一鸣主持。")


CORPS = (
    "5月8日，第四师可克达拉市党委书记王宏伟主持召开师市党委常委会会议。师市党委常委、宣传部部长刘敏，"
    "六十八团党委书记、政委周强，团党委常委赵亮参加会议。师市发展改革委、教育局负责人列席。"
)


def test_divisions_of_the_corps_are_one_body_with_their_city() -> None:
    found = bodies(CORPS)
    assert {"第四师可克达拉市党委", "第四师可克达拉市党委宣传部", "六十八团党委"} <= set(found)
    assert {"第四师可克达拉市发展改革委", "第四师可克达拉市教育局"} <= set(found)
    assert not [name for name in found if name.startswith(("可克达拉市", "师市", "团"))]


def test_a_numbered_division_elsewhere_is_none_of_the_corps() -> None:
    assert not [name for name in bodies("5月8日，德清县政府慰问驻军某部三团党委，副县长王宏伟参加。") if name == "三团党委"]


def test_a_branch_goes_by_its_area() -> None:
    assert set(bodies("6月2日，国家税务总局大同市云冈区税务局召开座谈会。")) == {"云冈区税务局"}
    assert set(bodies("6月2日，国家税务总局召开座谈会，云冈区税务局派员参加。")) == {"国家税务总局", "云冈区税务局"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("5月8日，学习会邀请了专家，邀请北京林业大学教授温兆麟作报告。", {"北京林业大学"}),
        ("5月8日，中国农业发展银行石嘴山市分行负责人参加座谈。", {"中国农业发展银行石嘴山市分行"}),
        ("5月8日，由中铁十四局承建的大桥开工，中交四航局代表参加。", {"中铁十四局", "中交四航局"}),
        ("5月8日，江西科技师范大学化学与材料学院党委书记王军到泰和县调研。", {"江西科技师范大学化学与材料学院党委"}),
        ("5月8日，环境科学与工程学院院长卜云鹤发言。", {"环境科学与工程学院"}),
    ],
)
def test_where_names_of_branches_and_faculties_begin_and_end(text: str, names: set[str]) -> None:
    found = set(bodies(text))
    assert names <= found
    assert not [name for name in found if name.startswith(("邀请", "工程学院", "材料学院", "分行"))]


def test_a_name_of_its_own_before_a_kind_is_no_body_of_the_place() -> None:
    found = bodies("5月8日，蓝田县委宣传部长王军到照金纪念馆调研，照金纪念馆馆长薛建武、霸王岭林业局局长李强参加，县图书馆负责人随行。")
    assert {"照金纪念馆", "霸王岭林业局", "蓝田县图书馆"} <= set(found)
    assert not {"蓝田县纪念馆", "蓝田县林业局"} & set(found)


def test_zones_keep_their_city() -> None:
    found = bodies("5月8日，长春汽开区党工委书记张明主持会议，汽开区管委会主任李强参加。")
    assert {"长春汽开区党工委", "长春汽开区管委会"} <= set(found)
    found = bodies("5月8日，县政协主席王军到霍山经济开发区管委会调研。")
    assert {"霍山经济开发区管委会"} <= set(found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("5月8日，县长李强到盘龙药业有限公司调研，听取汇报。", {"盘龙药业有限公司"}),
        ("5月8日，县长李强深入营盘镇和宏达建材有限公司调研。", {"宏达建材有限公司"}),
        ("5月8日，蓝田县教育局和宏达建材有限公司签约，县长李强出席。", {"宏达建材有限公司", "蓝田县教育局"}),
    ],
)
def test_a_firm_has_its_whole_name_and_no_more(text: str, names: set[str]) -> None:
    assert set(bodies(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("5月8日，在德清县乾元镇党委政府的支持下，乾元镇商会积极开展慰问。", {"乾元镇党委", "乾元镇政府", "乾元镇商会"}),
        ("5月8日，德清县召开座谈会，县委、政府分管领导参加。", {"德清县委", "德清县政府"}),
        ("5月8日，湖州市召开会议，市社会组织党委、市律师行业党委作了发言。", {"湖州市社会组织党委", "湖州市律师行业党委"}),
        ("5月8日，湖州市委非公企业和社会组织工委召开会议。", {"湖州市委非公企业和社会组织工委"}),
        ("5月8日，德清县司法局邀请县律师协会座谈。", {"德清县司法局", "德清县律师协会"}),
        ("5月8日，德清县莫干山镇庾村社区联合县执法局清理摊点。", {"德清县执法局"}),
        ("5月8日，德清县举行仪式，县大数据局与浪潮集团有限公司湖州分公司签约。", {"德清县大数据局", "浪潮集团有限公司湖州分公司"}),
        ("5月8日，考察组到中国（上海）自由贸易试验区管委会座谈。", {"上海自贸试验区管委会"}),
    ],
)
def test_pairs_and_joint_acts_are_several_bodies(text: str, names: set[str]) -> None:
    assert names <= set(bodies(text))


def test_an_association_is_no_unit_of_a_committee() -> None:
    found = bodies("5月8日，德清县委常委陈一鸣为协会授牌。协会会长王文斌讲话。")
    assert "德清县委协会" not in found


def test_a_word_for_with_is_no_county_before_a_zone() -> None:
    assert not [n for n in bodies("5月8日，沁水县分局会同经开区管委会测算，沁水县副县长陈一鸣听取汇报。") if n.startswith("会同")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("5月8日，人民银行德清县支行举办培训班。", {"中国人民银行德清县支行"}),
        ("5月8日，德清县召开会议。随后，代表团来到紫金山实验室和浙江大学，听取介绍。", {"紫金山实验室"}),
        ("5月8日，广西民族大学东盟学院院长陈一鸣发言。", {"广西民族大学东盟学院"}),
        ("5月8日，代表团考察了无锡市江苏锡锋叶片科技有限公司。", {"江苏锡锋叶片科技有限公司"}),
        ("5月8日，样品送往湖州市食品检验院检测。", {"湖州市食品检验院"}),
        ("5月8日，德清县召开会议，副县长陈一鸣和县信访局局长王文斌参加。", {"德清县信访局"}),
        ("5月8日，德清县召开会议。东衡村妇联主席陈一鸣发言。", {"东衡村妇联"}),
        ("5月8日，中共浙江省委党校教授陈一鸣到德清县授课。", {"浙江省委党校"}),
    ],
)
def test_names_keep_their_own_words_and_branches_their_whole(text: str, names: set[str]) -> None:
    assert names <= set(bodies(text))


def test_words_that_count_units_name_none() -> None:
    assert bodies("5月8日，德清县委三个巡察组分别进驻县教育局、县财政局。").keys() == {"德清县委", "德清县教育局", "德清县财政局"}


def test_a_firm_that_goes_to_its_own_city_is_at_home() -> None:
    assert "湖州市总工会" in bodies("5月8日，湖州市商务局联合市总工会、市妇联赴湖州市社会福利院开展活动。")


@pytest.mark.parametrize(
    ("text", "name", "others"),
    [
        (
            "5月8日，德清县开班，培训班聘请浙江大学农学院教授讲授课程。",
            "浙江大学农学院",
            {"培训班聘请浙江大学农学院", "培训班聘请浙江大学"},
        ),
        ("5月8日，深圳援建文县人民医院落成，群众前来体检。", "文县人民医院", {"深圳市援建文县人民医院"}),
        ("5月8日，凌霄在马关县都龙锡业有限公司调研，询问生产情况。", "马关县都龙锡业有限公司", {"龙锡业有限公司"}),
    ],
)
def test_a_name_begins_behind_what_leads_to_it(text: str, name: str, others: set[str]) -> None:
    found = set(bodies(text))
    assert name in found
    assert not found & others


def test_a_body_of_a_county_that_nothing_names_is_not_listed() -> None:
    assert not bodies("5月8日，市委常委、宣传部部长何景明出席会议。")


def test_people_before_a_body_are_no_bodies() -> None:
    assert bodies("5月8日，关立群、章予安等国网邯郸供电公司领导参加座谈。").keys() == {"国网邯郸供电公司"}


@pytest.mark.parametrize(
    ("text", "name", "wrong"),
    [
        ("5月8日，长寿区召开会议，长寿区水利局有关处室负责人参加。", "长寿区水利局", "有关处室"),
        ("5月8日，院长关立群到内丘县调研人民法庭工作。", None, "调研"),
        ("5月8日，关立群先后赴力嘉国际集团参观考察。", "力嘉国际集团", "赴力"),
        ("5月8日，前进农场有限公司党员干部深入各管理区开展慰问。", "前进农场有限公司", "深入"),
    ],
)
def test_no_name_holds_what_was_done_or_whom_it_only_counts(text: str, name: str | None, wrong: str) -> None:
    found = set(bodies(text))
    assert name is None or name in found
    assert not any(wrong in body for body in found)


@pytest.mark.parametrize("done", ["要加快推进", "建成", "打造", "高标准推进", "完善"])
def test_what_a_place_does_is_in_no_bodys_name(done: str) -> None:
    for named in ("社区养老服务中心", "镇便民服务中心", "文化馆"):
        assert not any(done in name for name in bodies(f"5月8日，德清县召开会议。德清县{done}{named}，群众办事更方便。"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("5月8日，德清县商务局投资促进处到乾元镇调研。", "德清县商务局投资促进处"),
        ("5月8日，德清县卫健委疾控科、县财政局联合开展检查。", "德清县卫健委"),
        ("5月8日，德清县项目推进中心召开会议，研究工作。", "德清县项目推进中心"),
    ],
)
def test_a_name_ends_where_the_segmentation_runs_on(text: str, name: str) -> None:
    assert name in bodies(text)


def test_two_great_firms_are_none() -> None:
    assert not any("两大" in name for name in bodies("5月8日，德清县代表团赴青瓷、白瓷两大集团考察。"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("5月8日，德清县委书记陈一鸣到绿源公司调研。", "绿源公司"),
        ("5月8日，德清县与绿源公司签订合作协议，双方将加强联系。", "绿源公司"),
        ("5月8日，德清县委书记陈一鸣到集团公司调研。", None),
        ("5月8日，德清县委书记陈一鸣到民营公司调研。", None),
        ("5月8日，德清县领导考察绿源公司生产车间。", None),
    ],
)
def test_a_firm_of_ordinary_words_is_one_where_it_is_gone_to_or_met(text: str, name: str | None) -> None:
    assert {body for body in bodies(text) if body != "德清县委"} <= {name}
    assert name is None or name in bodies(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "5月8日，考察团走进恒益精密科技（安徽）有限公司、长力科技（滁州）有限公司。",
            {"恒益精密科技（安徽）有限公司", "长力科技（滁州）有限公司"},
        ),
        ("5月8日，凤冈县绥阳镇贵州知春茶业有限公司开工。", {"贵州知春茶业有限公司"}),
        ("5月8日，广州轻工科学研究院有限公司举办论坛，代表踊跃发言。", {"广州轻工科学研究院有限公司"}),
    ],
)
def test_a_firm_is_one_by_its_end_whatever_stands_before_it(text: str, names: set[str]) -> None:
    assert names <= set(bodies(text))


@pytest.mark.parametrize("name", ["航海学院", "化学与材料学院"])
def test_a_faculty_that_opens_a_line_and_acts_is_a_body(name: str) -> None:
    found = READER.read(Page("page.txt", f"{name}赴韶山开展主题党日活动\n5月8日，{name}师生代表赴韶山开展主题党日活动。\n"))
    assert name in {m.thing.name for f in found for m in f.organizations if isinstance(m.thing, Organization)}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("5月8日，德清县召开会议，各镇街卫生院院长、各办局负责人参加。", ("卫生院", "办局")),
        ("5月8日，林场在德清县东南40公里处，共有10个作业点。", ("公里处",)),
        ("5月8日，德清县总工会干部职工第一站来到工地。", ("第一站",)),
        ("5月8日，德清县总工会深入冬奥建设场地、京远公司等单位慰问。", ("场地",)),
        ("5月8日，德清县葛山镇党委带领25名村党支部书记赴外地学习。", ("名村党支部",)),
        ("5月8日，德清县召开会议，县人大代表陈一鸣参加。", ("人大",)),
        ("5月8日，大会在德清县政府三楼会议厅开幕，嘉宾住在德清县世茂大酒店，代表们参观了武康镇农贸市场。", ("会议厅", "酒店", "市场")),
        ("5月8日，德清县召开会议，建议利用村委会旁的空地，接受学院领导的检阅。", ("利用", "接受")),
    ],
)
def test_what_is_any_of_a_kind_counted_or_a_place_is_no_body(text: str, wrong: tuple[str, ...]) -> None:
    assert not [name for name in bodies(text) for word in wrong if word in name]


def test_a_paper_that_its_dateline_names_is_no_body_of_the_report() -> None:
    found = READER.read(Page("page.txt", "德清新闻网讯（通讯员 江一帆）5月8日，德清县召开会议，县财政局局长陈一鸣汇报。"))
    assert [m.thing.name for f in found for m in f.organizations if isinstance(m.thing, Organization)] == ["德清县财政局"]


def test_who_acts_with_a_countys_body_is_in_no_county_of_that_name() -> None:
    found = set(bodies("5月8日，德清县召开会议。县法院会同县公安局、县水利局建立机制。"))
    assert {"德清县公安局", "德清县水利局"} <= found
    assert "会同县公安局" in bodies("5月8日，会同县公安局召开会议，局长陈一鸣讲话。")


@pytest.mark.parametrize(
    ("text", "name", "wrong"),
    [
        ("5月8日，由武汉市第一医院医生组成的医疗队走进县人民医院，为群众义诊。", "武汉市第一医院", "武汉市人民医院"),
        ("5月8日，七岔沟国有林管理局局长陈一鸣讲话。", "七岔沟国有林管理局", "岔沟国有林管理局"),
        ("5月8日，德清县召开会议，汽车城公用事业局负责人参加，县水利局局长陈一鸣汇报。", "德清县水利局", "德清县公用事业局"),
        ("5月8日，中央第五生态环境保护督察组向德清县转交信访案件。", "中央第五生态环境保护督察组", "督察组"),
    ],
)
def test_whose_a_closed_kind_is_stands_before_it(text: str, name: str, wrong: str) -> None:
    found = bodies(text)
    assert name in found
    assert wrong not in found


def test_a_body_by_its_county_is_the_same_wherever_it_stands() -> None:
    found = READER.read(Page("page.txt", "本报讯 5月8日，陈一鸣在京山农场调研。他指出，京山农场要做好秋收工作。"))
    assert [m.thing.path for f in found for m in f.organizations if isinstance(m.thing, Organization)] == ["420882/京山农场"]


def test_the_city_at_which_a_citys_firm_arrives_is_not_its_own() -> None:
    text = "市文旅集团赴宜昌考察学习水上旅游工作\n5月8日，市文旅集团一行前往湖北省宜昌市考察。按照市委市政府要求，加快发展。\n"
    assert not [m.thing.name for f in READER.read(Page("page.txt", text)) for m in f.organizations if "宜昌市" in m.thing.name]


@pytest.mark.parametrize(
    ("text", "names", "wrong"),
    [
        ("5月8日，江一帆赴天台县、黄岩区调研。在天台县，江一帆与科技局、水利局座谈。", {"天台县科技局", "天台县水利局"}, "黄岩区"),
        ("5月8日，奉贤区工商联江苏商会会长江一帆介绍了江苏商会的架构。", {"奉贤区工商联江苏商会"}, "江苏商会"),
        ("5月8日，绍兴市工商联（总商会）召开会议，主席江一帆讲话。", {"绍兴市工商联"}, "绍兴市工商联（总商会）"),
        ("5月8日，江一帆深入大西沟矿业公司检查，大西沟矿业公司党委书记闻远陪同。", {"大西沟矿业公司"}, "西沟矿业公司"),
        ("5月8日，秦钢集团总工程师江一帆，秦钢集团安环能源部部长闻远参加。", {"秦钢集团安环能源部"}, "秦钢集团秦钢集团安环能源部"),
        ("5月8日，代表来到正大康源（梅州）生物科技有限公司、正大康地（梅州）食品有限公司。", {"正大康地（梅州）食品有限公司"}, ""),
        ("5月8日，吉林省林草局生态保护修复处、国有林场和种苗管理处负责人参加。", {"吉林省林草局"}, "吉林省国有林场"),
    ],
)
def test_a_body_is_listed_once_by_its_whole_name(text: str, names: set[str], wrong: str) -> None:
    found = set(bodies(text))
    assert all(any(body.startswith(name) for body in found) for name in names)
    assert wrong not in found


@pytest.mark.parametrize(
    ("text", "name", "wrong"),
    [
        ("5月8日，海林市召开会议，海林林业局、海林农场负责人参加。", "海林林业局", "海林市林业局"),
        ("5月8日，理塘县召开会议，县农牧农村和科技局局长江一帆汇报。", "理塘县农牧农村和科技局", "理塘县科技局"),
        ("5月8日，龙岩学院党委书记闻远一行在历史与地理学院院长江一帆的陪同下参观。", "龙岩学院历史与地理学院", "龙岩学院地理学院"),
    ],
)
def test_a_name_that_other_names_are_inside_is_read_whole(text: str, name: str, wrong: str) -> None:
    found = set(bodies(text))
    assert name in found
    assert wrong not in found


@pytest.mark.parametrize(
    ("text", "name", "wrong"),
    [
        ("5月8日，中国人民银行通化市中心支行开展宣传活动。", "中国人民银行通化市中心支行", "中国人民银行通化市中心"),
        ("5月8日，虎林市公安局站前派出所指导员江一帆参加。", "虎林市公安局站前派出所", "前派出所"),
        ("5月8日，江西省水利科学院正高级工程师江一帆讲课。", "江西省水利科学院", "江西省水利科"),
        ("5月8日，翼城县公示名单，群众可向县河长制办公室或县监察委员会反映。", "翼城县监察委员会", "翼城县河长办或县监察委员会"),
        ("5月8日，镇江市人民政府驻深圳办事处主任江一帆参加座谈。", "镇江市政府驻深圳办事处", "镇江市政府"),
    ],
)
def test_of_ends_that_begin_alike_the_longer_is_the_names(text: str, name: str, wrong: str) -> None:
    found = {form for body in bodies(text).values() for form in (body.name, *body.forms)}
    assert name in found or name.replace("委员会", "委") in found
    assert wrong not in bodies(text)


def test_what_two_areas_have_in_common_is_no_body_of_one() -> None:
    found = bodies("5月8日，雷山县召开会议，严格落实粤黔两省党委、政府工作要求，两县县委书记参加。")
    assert not {"贵州省委", "贵州省党委", "贵州省政府"} & set(found)


def test_a_centre_for_disease_control_is_one_body_by_both_its_names() -> None:
    found = bodies("5月8日，德清县疾病预防控制中心开展演练，县疾控中心主任江一帆指挥，县疾控中心消毒科科长沈砚秋讲解。")
    assert [name for name in found if name.endswith("中心")] == ["德清县疾控中心"]
    assert "德清县疾病预防控制中心" in {found["德清县疾控中心"].formal, *found["德清县疾控中心"].forms}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("5月8日，富川瑶族自治县团县委书记江一帆参加活动。", "团富川瑶族自治县委"),
        ("江华瑶族自治县召开会议。富川瑶族自治县副县长江一帆、县政协副主席沈砚秋参加活动。", "富川瑶族自治县政协"),
    ],
)
def test_bodies_of_autonomous_counties_are_known_by_their_full_names(text: str, form: str) -> None:
    assert form in {f for body in bodies(text).values() for f in (body.name, *body.forms)}


@pytest.mark.parametrize(
    ("text", "name", "wrong"),
    [
        ("5月8日，汝城县妇联到卢阳镇附城学校慰问。附城学校校长江一帆作了讲座。", "卢阳镇附城学校", "附城学校"),
        ("5月8日，江一帆到中沟社区东申玻璃有限公司、百顺酒业有限公司调研。", "东申玻璃有限公司", "社区东申玻璃有限公司"),
        ("5月8日，渔政部门和航海保障中心开展巡航。德清县委书记江一帆到德清县教育局调研。", "德清县教育局", "渔政部门和航海保障中心"),
        ("5月8日，广东海洋大学水产学院、茶学与茶文化学院院长江一帆讲课。", "广东海洋大学茶学与茶文化学院", "广东海洋大学茶文化学院"),
        ("5月8日，江一帆到江门学院，智能制造与汽车学院院长沈砚秋介绍情况。", "江门学院智能制造与汽车学院", "江门学院汽车学院"),
        ("5月8日，德清县文化广电体育和旅游局局长江一帆讲话。", "德清县文化广电体育和旅游局", "德清县文化广电"),
        ("5月8日，江一帆到施甸县太平镇和青岭林场检查。在青岭林场，林场场长沈砚秋介绍进展。", "青岭林场", "太平镇和青岭林场"),
        ("5月8日，江一帆到德清经开区安徽青岚水泥有限公司调研。", "安徽青岚水泥有限公司", "德清经开区安徽青岚水泥有限公司"),
        ("5月8日，江一帆到江华县湖南瑶都电机有限公司调研。", "湖南瑶都电机有限公司", "湖南"),
    ],
)
def test_where_a_body_s_name_begins_and_ends(text: str, name: str, wrong: str) -> None:
    found = bodies(text)
    assert name in found
    assert wrong not in found


@pytest.mark.parametrize("aid", ["对口支援", "对口帮扶"])
def test_a_team_that_helps_another_county_is_its_senders(aid: str) -> None:
    found = bodies(f"5月8日，江阴市{aid}霍城县工作组组长江一帆讲话。")
    assert f"江阴市{aid}霍城县工作组" in found
    assert "霍城县工作组" not in found


def test_who_runs_a_site_is_no_part_of_its_firm_s_name() -> None:
    found = bodies("5月8日，江一帆叮嘱市场管理方渠县兴民市场服务有限公司经理沈砚秋，要抓好防火。")
    assert "渠县兴民市场服务有限公司" in found
