"""The seeds of places and names: what a reader of news can look up, and that tables and compact form agree."""

import csv
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from kg import gazetteer
from kg.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared" / "gazetteer"
ORDINARY = """合作 资源 大城 新兴 宏伟 和平 长安 安康 大同 平安 友好 前进 东方 永兴 长治 保定 太平 高平 通道 互助 城区 郊区 矿区 范县
    城区街道 经济开发区"""
PLACES = "郑州 洛阳 石家庄 昌平 义乌 昆山 义乌市 合作市 资源县 大城县 湖北 内蒙古 东华门街道 昆山经开区"
DERIVED = ("divisions", "towns", "surnames", "given-names", "names-not")


def table(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def seeds() -> Gazetteer:
    return gazetteer.load()


def level(seeds: Gazetteer, name: str, current: bool = True) -> list[str]:
    return [id for id, area in seeds.areas.items() if area.level == name and area.current == current]


def test_all_of_china_is_there(seeds: Gazetteer) -> None:
    assert len(level(seeds, "province")) == 34
    assert len({id[:2] for id in level(seeds, "town")}) == 31
    assert len(level(seeds, "prefecture")) == 333
    assert len(level(seeds, "county")) > 2800
    assert len(level(seeds, "town")) > 41_000
    assert len(level(seeds, "county", current=False)) > 3000
    assert len(level(seeds, "functional")) > 800
    assert len(level(seeds, "country")) > 190
    assert len(level(seeds, "foreign")) > 250


def test_divisions_agree_entry_by_entry(seeds: Gazetteer) -> None:
    rows = table("divisions")
    ids = {id for id, area in seeds.areas.items() if area.level in ("province", "prefecture", "county")}
    assert {row["code"] for row in rows} == ids
    for row in rows:
        area = seeds.areas[row["code"]]
        alternatives = tuple(filter(None, row["alternatives"].split("|")))
        assert (area.name, area.short, area.alternatives, area.level) == (row["name"], row["short"], alternatives, row["level"])
        assert (area.parent or "") == row["parent"]
        assert (str(area.since or ""), str(area.until or "")) == (row["since"], row["until"])
        assert (area.successor or "") == row["successor"].split("|")[0]
        assert (area.risky, area.short_risky) == (row["ordinary"] == "1", row["short_ordinary"] == "1")


def test_towns_agree_entry_by_entry(seeds: Gazetteer) -> None:
    zones = {row["code"] for row in table("functional-areas") if row["code"]}
    rows = table("towns")
    assert {row["code"] for row in rows} == set(level(seeds, "town"))
    for row in rows:
        area = seeds.areas[row["code"]]
        assert (row["name"] in area.forms, area.risky) == (True, row["ordinary"] == "1")
        assert area.parent == row["county"] or row["county"] in zones
        assert row["code"] in seeds.names[row["name"]]


def test_tables_of_names_agree_entry_by_entry(seeds: Gazetteer) -> None:
    assert dict(seeds.surnames) == {row["surname"]: int(row["frequency"]) for row in [*table("surnames"), *table("surnames-rare")]}
    assert dict(seeds.given) == {
        row["char"]: (float(row["single"]), float(row["first"]), float(row["second"])) for row in table("given-names")
    }
    assert dict(seeds.not_names) == {row["word"]: int(row["frequency"]) for row in table("names-not")}
    assert seeds.maybe_names == {row["word"] for row in table("names-not") if row["plausible"] == "1"}
    assert dict(seeds.abbreviations) == {row["char"]: row["code"] for row in table("abbreviations")}
    assert seeds.in_text == {row["char"] for row in table("abbreviations") if row["in_text"] == "1"}
    assert {id: "|".join(codes) for id, codes in seeds.regions.items()} == {
        f"region/{row['name']}": row["members"] for row in table("regions")
    }


def test_functional_and_foreign_areas_agree(seeds: Gazetteer) -> None:
    functional = {(area.parent, area.name, area.short) for area in seeds.areas.values() if area.level == "functional"}
    assert functional == {(row["seat"], row["name"], row["short"].split("|")[0]) for row in table("functional-areas")}
    foreign = {(area.id.split("/")[0], area.name) for area in seeds.areas.values() if area.level in ("country", "foreign")}
    assert foreign == {(row["country"], row["name"]) for row in table("foreign")}


def test_every_area_is_contained_up_to_its_province_or_country(seeds: Gazetteer) -> None:
    for id, area in seeds.areas.items():
        chain = seeds.ancestors(id)
        top = seeds.areas[chain[-1] if chain else id]
        assert top.level in ("province", "country", "region"), id
        if area.level == "town":
            assert top.id == id[:2]
    assert seeds.ancestors("330782001") == ("330782", "3307", "33")
    assert seeds.contains("33", "330782001")
    assert not seeds.contains("32", "330782001")
    assert seeds.contains("region/川渝", "510184")


def test_every_form_leads_to_its_area(seeds: Gazetteer) -> None:
    for id, area in seeds.areas.items():
        if area.current:
            assert all(id in seeds.names[form] for form in area.forms), id
    for name, ids in seeds.names.items():
        assert all(name in seeds.areas[id].forms for id in ids)
        until = [seeds.areas[id].until is not None for id in ids]
        assert until == sorted(until), f"{name}: current ones come first"


@pytest.mark.parametrize(
    ("form", "id"),
    [
        ("义乌", "330782"), ("巴音郭楞", "6528"), ("巴州", "6528"), ("湘西", "4331"), ("湘西州", "4331"), ("内蒙古", "15"), ("广西", "45"),
        ("恩施州", "4228"), ("积石山县", "622927"), ("大通县", "630121"), ("东乡县", "622926"), ("锡盟", "1525"), ("科右前旗", "152221"),
        ("神农架", "429021"), ("台湾", "71"), ("香港", "81"), ("澳门", "82"), ("东城区", "110101"), ("济源", "419001"),
        ("郑州经济技术开发区", "4101/经开区"), ("郑州经开区", "4101/经开区"), ("雄安新区", "1306/雄安新区"), ("川渝", "region/川渝"),
        ("法国", "FR"), ("东京", "JP/东京"),
    ],
)  # fmt: skip
def test_usual_forms_are_known(seeds: Gazetteer, form: str, id: str) -> None:
    assert seeds.names[form][0] == id


def test_municipal_districts_stand_under_the_municipality(seeds: Gazetteer) -> None:
    assert seeds.ancestors("110101") == ("11",)
    assert seeds.ancestors("419001") == ("41",)
    assert not {"市辖区", "县", "省直辖县级行政区划"} & seeds.names.keys()


def test_towns_of_one_name_are_all_found(seeds: Gazetteer) -> None:
    assert len(seeds.names["城关镇"]) > 80
    assert "东华门" not in seeds.names, "a town's short name is not listed"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("白银纳鄂伦春族乡", "白银纳鄂伦春族民族乡"),
        ("得力其尔鄂温克民族乡", "得力其尔鄂温克族乡"),
        ("清水土家族乡", "清水乡"),
        ("柳屯镇", "柳屯镇"),
    ],
)
def test_towns_have_the_forms_that_papers_print(seeds: Gazetteer, name: str, form: str) -> None:
    assert name in {seeds.label(id) for id in seeds.names[form]}


def test_renamed_and_abolished_areas_have_dates_and_heirs(seeds: Gazetteer) -> None:
    former = [area for area in seeds.areas.values() if not area.current]
    assert len(former) > 3400
    assert all(area.since and area.until and area.since <= area.until for area in former)
    assert all(area.successor in seeds.areas for area in former)
    chongwen = seeds.areas[seeds.names["崇文区"][0]]
    assert (chongwen.id, chongwen.until, chongwen.successor) == ("110103", 2010, "110101")
    xiangfan = seeds.areas[seeds.names["襄樊市"][0]]
    assert (xiangfan.until, seeds.label(xiangfan.successor or "")) == (2010, "襄阳市")
    county = seeds.areas[seeds.names["静海县"][0]]
    assert (county.until, seeds.label(county.successor or "")) == (2015, "静海区")
    assert seeds.names["固始县"] == ("411525",), "a mere change of code is no former name"
    assert seeds.areas["411525"].since == 1981


def test_ordinary_words_are_risky(seeds: Gazetteer) -> None:
    assert set(ORDINARY.split()) <= seeds.risky
    places = set(PLACES.split())
    assert places <= seeds.names.keys()
    assert not places & seeds.risky
    assert not seeds.areas["4101"].short_risky
    assert seeds.areas["1306"].short_risky


def test_single_characters_are_no_places(seeds: Gazetteer) -> None:
    assert not [name for name in seeds.names if len(name) < 2]
    assert seeds.abbreviations["豫"] == "41"


def test_surnames_and_given_names(seeds: Gazetteer) -> None:
    assert len(seeds.surnames) > 1000
    assert sum(len(name) > 1 for name in seeds.surnames) >= 50
    assert seeds.surnames["王"] > seeds.surnames["佘"] > 0
    single, first, second = seeds.given["伟"]
    assert min(single, first, second) > 20
    assert seeds.given["国"][1] > seeds.given["国"][0]


def test_words_that_begin_like_names(seeds: Gazetteer) -> None:
    assert {"高度", "方面", "任务", "江苏", "于是", "周边"} <= seeds.not_names.keys() - seeds.maybe_names
    assert {"高峰", "文明", "周到", "向阳", "常青", "安定"} <= seeds.maybe_names
    assert seeds.maybe_names <= seeds.not_names.keys()


def test_unknown_ids_are_refused(seeds: Gazetteer) -> None:
    with pytest.raises(KeyError):
        seeds.label("999999")
    with pytest.raises(KeyError):
        seeds.ancestors("999999")
    assert "999999" not in seeds.areas


def build(out: Path, source: Path) -> None:
    command = [sys.executable, str(SEEDS / "build.py"), "--gazetteer", str(source), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, text=True)


@pytest.mark.skipif(not SHARED.is_dir() and os.environ.get("CI") != "true", reason="the open data is not in ../shared/gazetteer")
def test_tables_are_what_the_open_data_gives(tmp_path: Path) -> None:
    build(tmp_path, SHARED)
    for name in DERIVED:
        assert (tmp_path / f"{name}.tsv").read_bytes() == (SEEDS / f"{name}.tsv").read_bytes(), name
    made, kept = (zlib.decompress((folder / "gazetteer.bin").read_bytes()) for folder in (tmp_path, SEEDS))
    assert made == kept
