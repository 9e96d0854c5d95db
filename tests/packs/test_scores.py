"""Score tables as data: merged along the chain, printed and asked for, refused where they do not add to a hundred."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.packs.good_pack import FILES, PACK, write_pack
from xinfang_desk.engine import Engine
from xinfang_desk.model.pack import Pack
from xinfang_desk.packs import examine_pack, list_packs, load_pack, read_year
from xinfang_desk.packs.indicators import load_indicators

FORMS = Path(__file__).parents[2] / "forms"
SCORES = """[[item]]
id = "rate"
level1 = "过程"
level2 = "执行"
name = "完成率"
points = 60
measure = 'lines() / lines(kind == "人员")'
score = "floor({points} * min(1, {measure}))"
standard = "按比例得分。"
[[item]]
id = "system"
level1 = "过程"
level2 = "管理"
name = "制度"
points = 40
explain = "看制度。"
"""
TABLE = """[table]
id = "scores"
number = "附1"
title = "评分表"
[[block]]
id = "items"
[[block.column]]
id = "level1"
titles = ["一级指标"]
kind = "text"
[[block.column]]
id = "level1_points"
titles = ["分值"]
kind = "points"
[[block.column]]
id = "item"
titles = ["三级指标"]
kind = "label"
[[block.column]]
id = "points"
titles = ["分值"]
kind = "points"
[[block.column]]
id = "measure"
titles = ["指标值"]
kind = "percent"
[[block.column]]
id = "score"
titles = ["得分"]
kind = "points"
[[block.column]]
id = "lost"
titles = ["扣分原因"]
kind = "text"
[[block.row]]
rows_from = "scores"
"""
PAGE = """
[[page]]
id = "scoring"
title = "评分"
scores = "scores"
"""
CHILD = """[pack]
id = "child/2023"
title = "子包"
region = "子"
years = [2023, 2023]
extends = "test/2023"
"""


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    write_pack(tmp_path, files={
        **FILES, "pack.toml": PACK.replace('"gpb_function"]', '"gpb_function", "scores"]').replace(
            '"lines"]', '"lines", "scoring"]').replace("codes = 2023", 'codes = 2023\nkind = "selfeval"'),
        "tables/scores.toml": TABLE, "scores.toml": SCORES, "pages.toml": FILES["pages.toml"] + PAGE})
    return tmp_path


def child(forms: Path, files: Mapping[str, str], manifest: str = CHILD) -> Pack:
    write_pack(forms, "child/2023", {"pack.toml": manifest, **files})
    return load_pack("child/2023", forms)


def problems(forms: Path, pack_id: str = "test/2023") -> list[str]:
    return [problem.sentence for problem in examine_pack(pack_id, forms)[1]]


def weights(pack: Pack) -> dict[str, str]:
    year = read_year('[year]\nyear = 2023\npack = "p"\n[unit]\nname = "甲"\n', "年")
    sheet = Engine(replace(pack, checks=()), year).sheet("scores")
    return {row.key: sheet.cell(row.key, "points").text for row in sheet.rows}


def test_items_are_rows_with_a_sum_and_questions(forms: Path) -> None:
    pack = load_pack("test/2023", forms)
    assert weights(pack) == {"rate": "60", "system": "40", "total": "100"}
    fields = {field.address: field for page in pack.pages if page.id == "scoring" for field in page.fields}
    assert list(fields) == ["lost.rate", "score.system", "lost.system"]
    assert (fields["score.system"].kind, fields["score.system"].required) == ("points", True)
    assert fields["score.system"].label == "制度得分（满分40分）"


def test_points_are_computed_or_typed_and_reasons_printed(forms: Path) -> None:
    year = read_year('[year]\nyear = 2023\npack = "p"\n[unit]\nname = "甲"\n[[line]]\nkind = "人员"\namount = "3元"\n'
                     '[facts]\n"score.system" = "37.5分"\n"lost.system" = "少一项制度。"\n', "年")
    engine = Engine(replace(load_pack("test/2023", forms), checks=()), year)
    sheet = engine.sheet("scores")
    assert [sheet.cell(key, "score").text for key in ("rate", "system", "total")] == ["60", "37.5", "97.5"]
    assert sheet.cell("rate", "measure").text == "100.00%"
    assert sheet.cell("system", "lost").text == "少一项制度。"
    assert [cell.text for cell in (sheet.cell("rate", "level1"), sheet.cell("system", "level1"))] == ["过程", ""]
    assert sheet.cell("rate", "level1_points").text == "100"


def test_a_variant_writes_only_what_it_weighs_otherwise(forms: Path) -> None:
    pack = child(forms, {"scores.toml": '[[item]]\nid = "rate"\npoints = 55\n[[item]]\nid = "system"\npoints = 45\n'})
    assert weights(pack) == {"rate": "55", "system": "45", "total": "100"}
    assert pack.kind == "selfeval"


def test_a_variant_chooses_and_orders_items(forms: Path) -> None:
    more = '[[item]]\nid = "open"\nlevel1 = "公开"\nlevel2 = "公开"\nname = "公开"\npoints = 60\n'
    pack = child(forms, {"scores.toml": more}, CHILD + 'score_items = ["open", "system"]\n')
    assert list(weights(pack)) == ["open", "system", "total"]
    write_pack(forms, "child/2023", {"pack.toml": CHILD + 'score_items = ["opem", "system"]\n'})
    assert any("没有评分项“opem”。是不是想写“open”？" in one for one in problems(forms, "child/2023"))


@pytest.mark.parametrize(("old", "new", "part"), [
    ("points = 60", "points = 55.5", "分值合计 95.5 分，应为 100 分"), ("points = 60", "points = 0", "要大于 0"),
    ("measure = ", "# ", "没有写 measure"), ('id = "system"', 'id = "rate"', "写了两次"),
    ('id = "system"', 'id = "制度"', "编号“制度”不对"), ('name = "制度"', 'nam = "制度"', "缺少 name"),
    ('lines(kind == "人员")', "lines(kindd)", "没有叫“kindd”的字段"), ("floor(", "flor(", "没有叫“flor”的函数")])
def test_faults_are_named(forms: Path, old: str, new: str, part: str) -> None:
    path = forms / "test/2023/scores.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert any(part in sentence for sentence in problems(forms)), problems(forms)


def test_a_page_without_items_is_refused(forms: Path) -> None:
    (forms / "test/2023/scores.toml").unlink()
    told = problems(forms)
    assert any("没有评分项" in sentence for sentence in told)
    assert any("没有叫“scores”的行次清单" in sentence for sentence in told)


def test_of_inherited_checks_only_the_kept_stay(forms: Path) -> None:
    inherited = [check.id for check in load_pack("test/2023", forms).checks]
    assert len(inherited) > 1
    kept = child(forms, {}, CHILD + f'keep_checks = ["{inherited[0]}"]\n')
    assert [check.id for check in kept.checks] == inherited[:1]
    write_pack(forms, "child/2023", {"pack.toml": CHILD + 'keep_checks = ["Z-99"]\n'})
    assert any("没有可以保留的规则“Z-99”" in one for one in problems(forms, "child/2023"))


def test_the_list_of_packs_tells_the_kind(forms: Path) -> None:
    child(forms, {})
    assert {info.id: info.kind for info in list_packs(forms)} == {"test/2023": "selfeval", "child/2023": "selfeval"}
    assert {info.kind for info in list_packs(FORMS)} == {"budget", "selfeval"}


def test_the_hunan_table_with_another_countys_weights(tmp_path: Path) -> None:
    """投入16 of one county against 10: eight and eight, and the rest a little less."""
    forms = tmp_path / "forms"
    shutil.copytree(FORMS, forms)
    folder = forms / "hunan" / "2019-county"
    folder.mkdir()
    (folder / "pack.toml").write_text(
        '[pack]\nid = "hunan/2019-county"\ntitle = "某县自评"\nregion = "湖南"\nyears = [2019, 2022]\n'
        'extends = "hunan/2019-selfeval"\n', "utf-8")
    (folder / "scores.toml").write_text(
        '[[item]]\nid = "staff_rate"\npoints = 8\n[[item]]\nid = "sangong_change"\npoints = 8\n'
        '[[item]]\nid = "running_control"\npoints = 5\n[[item]]\nid = "system"\npoints = 5\n', "utf-8")
    pack = load_pack("hunan/2019-county", forms)
    base = FORMS / "national/2020-selfeval/cases/base_selfeval.toml"
    year = read_year(base.read_text("utf-8"), base.name)
    facts = {**year.facts, "result.staff.actual": 13, "score.system": 500}
    engine = Engine(pack, replace(year, facts=facts))
    sheet = engine.sheet("scores")
    assert sheet.cell("total", "points").text == "100"
    assert [sheet.cell(key, "points").text for key in ("staff_rate", "sangong_change", "running_control")] == ["8", "8", "5"]
    # 13 of 12 posts: 8.33 points of a percent too many, half a point lost for each whole one.
    assert sheet.cell("staff_rate", "score").text == "4"


def test_the_library_of_indicators_can_be_read_and_fits_the_checks() -> None:
    library = load_indicators(FORMS)
    assert len(library) >= 40
    assert {indicator.level1 for indicator in library} == {"产出指标", "效益指标", "满意度指标"}
    base = FORMS / "national/2021/cases/base_office.toml"
    year = replace(read_year(base.read_text("utf-8"), base.name), indicators={i.id: i for i in library})
    findings = Engine(load_pack("national/2021", FORMS), year).findings()
    assert [finding.sentence for finding in findings if finding.check in ("G-03", "G-04", "G-07", "G-08a")] == []


def test_faults_of_a_library_are_named(tmp_path: Path) -> None:
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "x.toml").write_text(
        '[[indicator]]\nname = "甲"\nlevel1 = "产出指标"\nlevel2 = "满意度"\n'
        '[[indicator]]\nname = "甲"\nlevel1 = "产出"\nlevel2 = "数量指标"\nunitt = "件"\n', "utf-8")
    with pytest.raises(Exception, match="产出指标下没有“满意度”") as caught:
        load_indicators(tmp_path)
    text = str(caught.value)
    assert "是不是想写“产出指标”" in text
    assert "写了不止一次" in text
    assert "unitt" in text
