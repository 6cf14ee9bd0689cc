"""Makes the seeds of places and names.

    python seeds/build.py [--gazetteer ../shared/gazetteer] [--out seeds]

Input: the open data in the folder of --gazetteer, where it is there; the hand-written sources beside this script
(functional-areas.tsv, foreign.tsv, regions.tsv, abbreviations.tsv, usual-forms.tsv, ordinary.tsv,
given-name-characters.tsv); jieba's dictionary. Output: divisions.tsv, towns.tsv, zones.tsv, surnames.tsv, given-names.tsv,
names-not.tsv; and gazetteer.bin, made of the tables alone, so that anybody who changed a table can make it anew.
Method: README.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import derive
import given
from risk import Risk, load_words

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared" / "gazetteer"
HAND = ("functional-areas", "foreign", "regions", "abbreviations", "usual-forms", "ordinary", "given-name-characters",
        "words-and-names", "surnames-rare")  # fmt: skip
NAMES = ("surnames", "surnames-rare", "given-names", "names-not", "abbreviations", "regions")
ORDER = ("country", "region", "province", "prefecture", "county", "functional", "town", "foreign")


class Entry(NamedTuple):
    """One area as the compact form holds it."""

    id: str
    name: str
    short: str
    alternatives: str
    level: str
    suffix: str
    parent: str
    since: str
    until: str
    successor: str
    risky: str
    short_risky: str


def dictionary() -> Path:
    """jieba's dict.txt. Raises ModuleNotFoundError where jieba is not installed."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba, whose dictionary tells ordinary words from names, is not installed")
    return Path(spec.origin).with_name("dict.txt")


def derive_tables(shared: Path, out: Path) -> None:
    """Write the tables that come from the open data and from jieba's dictionary."""
    words = load_words(dictionary())
    surnames = derive.surnames(shared)
    weights = {name: frequency for name, frequency, _ in surnames}
    own = {row["char"]: _triple(row) for row in derive.read_tsv(out / "given-name-characters.tsv")}
    names = given.given_names(words, weights, own)
    triples = {character: (single, first, second) for character, single, first, second in names}
    judged = {row["name"]: row["ordinary"] == "1" for row in derive.read_tsv(out / "ordinary.tsv")}
    risk = Risk(words, judged, weights, {character: triple[0] for character, triple in triples.items()})

    divisions, counties = [], {}
    for row in derive.divisions(shared, derive.forms_table(out / "usual-forms.tsv")):
        grades = "|".join(str(int(risk.short(form, row.level))) for form in _split(row.alternatives))
        short = risk.whole(row.name) if row.short == row.name else risk.short(row.short, row.level)
        counties[row.code] = row.name
        divisions.append((*row, int(risk.whole(row.name)), int(short), grades))
    columns = (*derive.HEADER, "ordinary", "short_ordinary", "alternatives_ordinary")
    derive.write_tsv(out / "divisions.tsv", columns, divisions)
    towns = [(*town, int(risk.town(town[1]))) for town in derive.towns(shared, counties)]
    derive.write_tsv(out / "towns.tsv", ("code", "name", "county", "ordinary"), towns)
    derive.write_tsv(out / "surnames.tsv", ("surname", "frequency", "kind"), surnames)
    derive.write_tsv(out / "given-names.tsv", ("char", "single", "first", "second"), names)
    both = {row["word"]: row["plausible"] == "1" for row in derive.read_tsv(out / "words-and-names.tsv")}
    excluded = given.not_names(words, weights, triples, both)
    derive.write_tsv(out / "names-not.tsv", ("word", "frequency", "plausible"), excluded)


def _triple(row: dict[str, str]) -> tuple[float, float, float]:
    return float(row["single"]), float(row["first"]), float(row["second"])


def _split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def entries(out: Path) -> tuple[list[Entry], list[Entry], set[str]]:
    """Areas above the towns, towns, and the names among them that are ordinary words."""
    risky: set[str] = set()
    judged = {row["name"]: row["ordinary"] for row in derive.read_tsv(out / "ordinary.tsv")}
    areas = []
    shorts = {}
    for row in derive.read_tsv(out / "divisions.tsv"):
        shorts[row["code"]] = row["short"]
        risky.update(name for name, flag in ((row["name"], row["ordinary"]), (row["short"], row["short_ordinary"])) if flag == "1")
        alternatives = _split(row["alternatives"])
        risky.update(form for form, flag in zip(alternatives, _split(row["alternatives_ordinary"]), strict=True) if flag == "1")
        areas.append(
            Entry(row["code"], row["name"], row["short"], row["alternatives"], row["level"], derive.suffix(row["name"]), row["parent"],
                  row["since"], row["until"], row["successor"].split("|")[0], row["ordinary"], row["short_ordinary"])
        )  # fmt: skip
    zones = {}
    for row in derive.read_tsv(out / "functional-areas.tsv"):
        forms = _split(row["short"])
        ordinary = {form for form in forms if judged.get(form) == "1"}
        risky |= ordinary
        id = f"{row['seat']}/{forms[0].removeprefix(shorts[row['seat']])}"
        if row["code"]:
            zones[row["code"]] = id
        areas.append(Entry(id, row["name"], forms[0], "|".join(forms[1:]), "functional", derive.suffix(row["name"]), row["seat"],
                           row["since"], "", "", "0", str(int(forms[0] in ordinary))))  # fmt: skip
    for row in derive.read_tsv(out / "regions.tsv"):
        areas.append(Entry(f"region/{row['name']}", row["name"], row["name"], row["alternatives"], "region", "", "", "", "", "", "0", "0"))
    for row in derive.read_tsv(out / "foreign.tsv"):
        country = row["kind"] == "country"
        id = row["country"] if country else f"{row['country']}/{row['name']}"
        forms = _split(row["short"]) or [row["name"]]
        if row["ordinary"] == "1":
            risky.update((row["name"], *forms))
        areas.append(Entry(id, row["name"], forms[0], "|".join(forms[1:]), "country" if country else "foreign", "",
                           "" if country else row["country"], "", "", "", row["ordinary"], row["ordinary"]))  # fmt: skip
    towns = []
    # 四排赫哲族乡, which the statistics have as 四排乡.
    usual = derive.forms_table(out / "usual-forms.tsv")
    for row in derive.read_tsv(out / "towns.tsv"):
        name, *others = derive.town_forms(usual.get(row["code"], [row["name"]])[0])
        if row["ordinary"] == "1":
            risky.update((name, row["name"]))
        parent = zones.get(row["county"], row["county"])
        towns.append(Entry(row["code"], name, name, "|".join(others), "town", derive.suffix(name), parent, "", "", "",
                           row["ordinary"], row["ordinary"]))  # fmt: skip
    return areas, towns, risky


def index(areas: Sequence[Entry]) -> dict[str, list[str]]:
    """Every name → ids, current ones and higher levels first.

    A former area is left out under a name that its heir, or (short forms) any area of today in its province, still bears.
    """
    table = {area.id: area for area in areas}
    today = {(area.id[:2], form) for area in areas if not area.until for form in _forms(area)}
    found: dict[str, list[Entry]] = defaultdict(list)
    for area in areas:
        heir = area
        while heir.successor:
            heir = table[heir.successor]
        for form in _forms(area):
            # 石柱县 is 石柱土家族自治县 today.
            same = form == heir.name or (form == heir.short and form[-1] == heir.name[-1])
            borne = area.until and ((same and heir is not area) or (form != area.name and (area.id[:2], form) in today))
            if not borne:
                found[form].append(area)
    return {
        name: [area.id for area in sorted(found[name], key=lambda area: (bool(area.until), ORDER.index(area.level), area.id))]
        for name in sorted(found)
    }


def _forms(area: Entry) -> dict[str, None]:
    return dict.fromkeys((area.name, area.short, *_split(area.alternatives)))


def compact(out: Path) -> bytes:
    """The compact form: tables parted by GS, columns by RS, cells by line feeds; kg/gazetteer.py says which."""
    areas, towns, risky = entries(out)
    ids = [area.id for area in areas + towns]
    if len(ids) != len(set(ids)):
        raise ValueError(f"two areas of one id: {sorted({id for id in ids if ids.count(id) > 1})}")
    names = index(areas + towns)
    tables: list[Iterable[Iterable[str]]] = [
        areas,
        [(town.id, town.name, town.alternatives, town.suffix, town.parent, town.risky) for town in towns],
        [(name, " ".join(found)) for name, found in names.items()],
        [(name,) for name in sorted(risky & names.keys())],
    ]
    rows = {name: [tuple(row.values()) for row in derive.read_tsv(out / f"{name}.tsv")] for name in NAMES}
    tables += [rows["surnames"] + rows["surnames-rare"], *(rows[name] for name in NAMES[2:])]
    text = "\x1d".join("\x1e".join("\n".join(column) for column in zip(*table, strict=True)) for table in tables)
    return zlib.compress(text.encode("utf-8"), 9)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the seeds of places and names.")
    parser.add_argument("--gazetteer", type=Path, default=SHARED, help="folder of the open data (default: ../shared/gazetteer)")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to (default: seeds/)")
    arguments = parser.parse_args()
    out: Path = arguments.out
    if out.resolve() != HERE:
        out.mkdir(parents=True, exist_ok=True)
        for name in HAND:
            shutil.copyfile(HERE / f"{name}.tsv", out / f"{name}.tsv")
    if arguments.gazetteer.is_dir():
        derive_tables(arguments.gazetteer, out)
    elif out.resolve() != HERE:
        parser.error(f"{arguments.gazetteer} is not there")
    (out / "gazetteer.bin").write_bytes(compact(out))


if __name__ == "__main__":
    main()
