"""Readable sources of divisions, towns and surnames, derived from the open data described in README.md."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

HEADER = ("code", "name", "short", "alternatives", "level", "parent", "since", "until", "successor")
LEVELS = {"省级": "province", "地级": "prefecture", "县级": "county"}
MUNICIPALITIES = ("11", "12", "31", "50")
# Statistical codes of what the history lists under another code (the islands of 三沙 since 2020).
MOVED = {"460321": "460302", "460322": "460303", "460323": "460303", "620201": "6202"}
# 地区 and 盟 whose name lives on in no prefecture: the prefecture that took their seat.
SUCCESSORS = {
    "1425": "1404", "1523": "1505", "1524": "1504", "1526": "1509", "1527": "1506", "1528": "1508", "2225": "2201",
    "2226": "2202", "2321": "2301", "2322": "2302", "2324": "2308", "2223": "2208", "3427": "3410", "3524": "3505",
    "3525": "3506", "3521": "3507", "3321": "3304", "3421": "3412", "3422": "3413", "3423": "3411", "3723": "3716",
    "1421": "1402", "3222": "3208", "3414": "3401", "3426": "3414", "3712": "3701", "4226": "4203", "4421": "46",
    "4422": "4602", "4424": "4414", "4425": "4413", "5102": "50", "5112": "500101", "5121": "5102", "5122": "5112",
    "5123": "500102", "5127": "5101", "5130": "5117", "5135": "500114", "5327": "5308", "5427": "5402", "6421": "6403",
    "6541": "6540",
}  # fmt: skip
PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|高山族|"
    "拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|阿昌族|普米族|塔吉克族|怒族|"
    "乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|鄂伦春族|赫哲族|门巴族|珞巴族|基诺族|各族|"
    "蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|维吾尔"
)
AUTONOMOUS = re.compile(rf"^(.*?)((?:{PEOPLES})+)?自治(区|州|县|旗)$")
ETHNIC_DISTRICT = re.compile(rf"^(.+?)(?:{PEOPLES})区$")
# Ethnic townships: with 族 behind each people's name, or without it before 民族.
BARE_PEOPLES = "|".join(name.removesuffix("族") for name in PEOPLES.split("|") if len(name) > 2)
ETHNIC_TOWN = re.compile(rf"^(.*?)((?:{PEOPLES})+(?:(?:少数)?民族)?|(?:{BARE_PEOPLES})+民族)(乡|镇|苏木)$")
SUFFIXES = (
    "特别行政区", "行政委员会", "自治区", "办事处", "管理区", "管理处", "管委会", "开发区", "工业园区",
    "园区", "新区", "矿区", "地区", "林区", "特区",
    "街道", "苏木", "农场", "林场", "牧场", "省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "园",
)  # fmt: skip


class Row(NamedTuple):
    """One line of divisions.tsv; ``until`` and ``successor`` are empty for what exists today."""

    code: str
    name: str
    short: str
    alternatives: str
    level: str
    parent: str
    since: str
    until: str
    successor: str


def read_tsv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_tsv(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    lines = ["\t".join(str(cell) for cell in row) for row in (header, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def suffix(name: str) -> str:
    """The level word with which a full name ends; empty where there is none."""
    return next((word for word in SUFFIXES if name.endswith(word)), "")


def short_forms(name: str, level: str) -> list[str]:
    """The short name, then further usual forms; the full name itself where nothing shorter is in use."""
    forms: list[str]
    if level == "province":
        forms = [name[:3] if name.startswith(("内蒙古", "黑龙江")) else name[:2]]
        if name.endswith("自治区"):
            # 广西自治区
            forms.append(forms[0] + "自治区")
    elif match := AUTONOMOUS.match(name):
        stem = match[1] or (match[2] or "").removesuffix("族")
        # 恩施州, 恩施, 恩施自治州
        forms = [stem + match[3], stem, f"{stem}自治{match[3]}"]
    elif match := ETHNIC_DISTRICT.match(name):
        forms = [match[1] + "区", match[1]]
    elif name.endswith("新区") or re.search("[左右前中后]旗$", name):
        forms = [name]
    elif name.endswith("行政委员会"):
        stem = name.removesuffix("行政委员会")
        forms = [stem, stem + "行委"]
    else:
        ending = next((e for e in ("特别行政区", "地区", "林区", "特区", "矿区") if name.endswith(e)), name[-1])
        forms = [name.removesuffix(ending)]
    forms = [form for form in forms if len(form) > 1 and form != name]
    return forms or [name]


def town_name(name: str, county: str) -> str:
    """The name of a town or street without its county's, which some statistics put before it: 濮阳县柳屯镇."""
    rest = name.rpartition(county)[2].removeprefix("人民政府").removesuffix("办事处") if county else name
    return rest if len(rest) > 2 and rest.endswith(("街道", "镇", "乡")) else name


def town_forms(name: str) -> list[str]:
    """The name of a town as papers print it, then its other usual forms: 白银纳鄂伦春族乡, 白银纳鄂伦春民族乡, 白银纳乡."""
    match = ETHNIC_TOWN.match(name)
    if match is None:
        return [name]
    stem, level = match[1], match[3]
    people = match[2].removesuffix("民族").removesuffix("少数").removesuffix("族")
    forms = [stem + people + middle + level for middle in ("族", "民族", "族民族")]
    usual = forms[1] if name == forms[1] else forms[0]
    return list(dict.fromkeys([usual, *forms, name, *([stem + level] if len(stem) > 1 else [])]))


def parent_of(code: str, level: str, prefectures: set[str]) -> str:
    if level == "province":
        return ""
    if level == "county" and code[:4] in prefectures:
        return code[:4]
    return code[:2]


def tidy(code: str) -> str:
    """The id of a six-digit code: zeros of the levels below are dropped."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def forms_table(path: Path) -> dict[str, list[str]]:
    """Usual forms which no rule gives, by code (usual-forms.tsv)."""
    return {row["code"]: row["forms"].split("|") for row in read_tsv(path)}


def divisions(shared: Path, usual: dict[str, list[str]]) -> list[Row]:
    """Provinces, prefectures and counties, current and former, by code."""
    history = read_csv(shared / "divisions-history" / "result.csv")
    for row in history:
        row["id"] = tidy(row["代码"])
    history += [
        {"id": row["code"], "名称": row["name"], "级别": "县级", "状态": "在用", "启用时间": "", "变更/弃用时间": "", "新代码": ""}
        for row in read_csv(shared / "divisions-2023" / "areas.csv")
        if row["code"][4] != "7" and row["code"] not in MOVED and not row["code"].endswith("00")
        and not any(known["id"] == row["code"] for known in history)
    ]  # fmt: skip
    prefectures = {row["id"] for row in history if row["级别"] == "地级"}
    current = {row["id"] for row in history if row["状态"] == "在用"}
    spans: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in history:
        spans[row["id"], row["名称"]].append(row)
    last: dict[str, tuple[str, str]] = {}
    for (code, name), rows in spans.items():
        newest = max(rows, key=lambda row: row["变更/弃用时间"] or "9999")
        if newest["状态"] != "在用" and int(newest["变更/弃用时间"]) >= int(last.get(code, ("", "0"))[1]):
            last[code] = (name, newest["变更/弃用时间"])
    found = []
    for (code, name), rows in spans.items():
        newest = max(rows, key=lambda row: row["变更/弃用时间"] or "9999")
        level = LEVELS[newest["级别"]]
        since = min((row["启用时间"] for row in rows if row["启用时间"]), default="")
        until = newest["变更/弃用时间"]
        # A code that went on under another name: the former name gets an id of its own.
        renamed = bool(until) and (code in current or last[code][0] != name)
        key = f"{code}-{since}" if renamed else code
        later = [tidy(c) for c in re.sub(r"\d{6}\[\d{4}\];?", "", newest["新代码"]).strip(";").split(";") if c]
        if until and not later:
            partial = [tidy(c) for c in re.findall(r"(\d{6})\[", newest["新代码"])]
            later = [code] if renamed else [SUCCESSORS[code]] if code in SUCCESSORS else partial
        forms = short_forms(name, level)
        alternatives = [form for form in forms[1:] + usual.get(key, []) if form not in (name, forms[0])]
        found.append(
            Row(key, name, forms[0], "|".join(dict.fromkeys(alternatives)), level, parent_of(code, level, prefectures),
                since, until, "|".join(dict.fromkeys(later)) if until else "")
        )  # fmt: skip
    taken = {row.short for row in found if row.level != "county" and not row.until}
    found = [row._replace(alternatives="|".join(form for form in row.alternatives.split("|") if form not in taken)) for row in found]
    return sorted(_linked(found))


def _linked(rows: list[Row]) -> list[Row]:
    """Give heirs to those that name none, best heir first; carry ``since`` back over a mere change of code."""
    table = {row.code: row for row in rows}
    heirs = {(row.code[:2], row.level, row.short): row.code for row in rows if not row.until}
    done = {}
    for row in sorted(rows, key=lambda row: row.until or "9999"):
        codes = [code for code in row.successor.split("|") if code in table]
        if row.until and not codes:
            codes = [heirs[row.code[:2], row.level, row.short]] if (row.code[:2], row.level, row.short) in heirs else []
        codes.sort(key=lambda code: table[code].short != row.short)
        done[row.code] = row._replace(successor="|".join(codes))
    for row in sorted(done.values(), key=lambda row: row.until or "9999"):
        heir = done.get(row.successor.split("|")[0])
        if heir and heir.name == row.name and done[row.code].since < heir.since:
            done[heir.code] = heir._replace(since=done[row.code].since)
    return list(done.values())


def towns(shared: Path, names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Code, name and county (or what stands in its place) of every town and sub-district, by code; ``names`` are the counties'."""
    found = []
    for row in read_csv(shared / "divisions-2023" / "streets.csv"):
        county = MOVED.get(row["areaCode"], row["areaCode"])
        name = town_name(row["name"], names.get(county, ""))
        found.append((row["code"], name, county[:4] if county.endswith("00") else county))
    return sorted(found)


def zones(shared: Path) -> list[tuple[str, str]]:
    """Statistical code and name of the functional areas that towns are counted under."""
    rows = read_csv(shared / "divisions-2023" / "areas.csv")
    return [(row["code"], row["name"]) for row in rows if row["code"][4] == "7" and row["code"] not in MOVED]


def surnames(shared: Path) -> list[tuple[str, int, str]]:
    """Surname, frequency per million or so (at least 1) and kind, in the source's order of frequency."""
    found: dict[str, float] = {}
    for line in (shared / "surnames" / "surnames.tsv").read_text(encoding="utf-8").splitlines():
        name, _, weight = line.partition("\t")
        found.setdefault(name, float(weight))
    return [(name, max(1, int(weight + 0.5)), "double" if len(name) > 1 else "single") for name, weight in found.items()]
