"""The shipped samples hold every total that the published documents print, in 分."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.samples.helpers import book, engine_of, fen, found, of_kind, sums
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Fund, Kind
from xinfang_desk.model.money import FEN_PER_WAN
from xinfang_desk.model.pack import Severity
from xinfang_desk.packs import load_codes
from xinfang_desk.places import forms_dir, resources_dir

NAMES = ("000", "001", "003", "004")


def test_004_by_function_economy_and_kind() -> None:
    year = book("004")
    lines = list(year.lines.values())
    functions = fen(c2010301="68.12", c2010308="54.72", c2010399="64.27", c2080505="17.66", c2101101="8.68",
                    c2210201="13.25")
    assert sums(lines, lambda line: line.function) == functions
    assert sums(year.incomes.values(), lambda income: income.function) == functions
    assert sums(lines, lambda line: line.econ_dept[:3]) == fen(c301="161.01", c302="64.68", c303="1.01")
    assert sums(lines, lambda line: line.econ_gov[:3]) == fen(c501="161.01", c502="64.68", c509="1.01")
    assert sum(functions.values()) == 226_700_000
    assert of_kind(year, Kind.RUNNING) == 7_720_000
    assert of_kind(year, Kind.PROJECT) == 54_720_000
    sangong = sums(lines, lambda line: line.econ_dept)
    assert sangong["30217"] == 700_000
    assert not sangong.keys() & {"30212", "30231", "31013", "30913", "30215", "30216"}


def test_004_follows_the_printed_increases() -> None:
    year = book("004")
    now = {f"function.{code}": amount for code, amount in sums(year.lines.values(), lambda line: line.function).items()}
    for space, field in (("econ_dept", "econ_dept"), ("econ_gov", "econ_gov")):
        classes = sums(year.lines.values(), lambda line, field=field: getattr(line, field)[:3])
        now |= {f"{space}.{code}": amount for code, amount in classes.items()}
    now |= {"total.expenditure": 226_700_000, "running": 7_720_000, "sangong.reception": 700_000, "meeting": 0}
    printed = fen(**{
        "function.2010301": "68.12", "function.2010308": "-87.87", "function.2010399": "47.83",
        "function.2080505": "4.02", "function.2101101": "2.01", "function.2210201": "1.76",
        "econ_dept.301": "28.12", "econ_dept.302": "7.94", "econ_dept.303": "-0.19",
        "econ_gov.501": "28.12", "econ_gov.502": "7.94", "econ_gov.509": "-0.19",
        "total.expenditure": "35.87", "running": "-9.02", "sangong.reception": "0.05", "meeting": "0"})
    assert {address: now[address] - year.priors[address] for address in printed} == printed
    assert [year.facts[f"staff.{which}.{kind}"] for which in ("posts", "actual") for kind in ("admin", "public")] == [5, 8, 5, 8]
    assert year.facts["staff.retired.retire"] == 6


def test_003_holds_its_printed_totals() -> None:
    year = book("003")
    total = sum(line.amount or 0 for line in year.lines.values())
    assert total == 329_480_000
    assert of_kind(year, Kind.STAFF) == 219_700_000
    assert of_kind(year, Kind.RUNNING) == 11_860_000
    assert of_kind(year, Kind.PROJECT) == 97_920_000
    assert total - year.priors["total.expenditure"] == 12_080_000
    assert 231_560_000 - year.priors["basic"] == 12_080_000
    assert year.priors["project"] == 97_920_000
    by_project = sums((line for line in year.lines.values() if line.project), lambda line: str(line.project))
    assert by_project == {"1": 7_920_000, "2": 90_000_000}
    assert by_project["1"] == 6 * 1100 * 12 * 100
    running = [line for line in year.lines.values() if line.econ_dept == "30231"]
    assert [(line.kind, line.amount) for line in running] == [(Kind.RUNNING, 1_400_000)]
    assert year.priors["sangong.operate"] == 1_400_000
    assets = [year.facts[f"assets.{part}"] for part in ("total", "vehicles.value", "other.value", "vehicles.count")]
    assert assets == [51_080_000, 15_000_000, 36_080_000, 7]
    assert [sum(1 for i in year.indicators.values() if i.project == n) for n in (1, 2)] == [10, 10]


@pytest.mark.parametrize("name", NAMES)
def test_income_and_expenditure_agree(name: str) -> None:
    year = book(name)
    assert {line.fund for line in year.lines.values()} | {income.fund for income in year.incomes.values()} == {Fund.GPB}
    assert sums(year.lines.values(), lambda line: line.function) == sums(year.incomes.values(), lambda income: income.function)
    by_project = sums((line for line in year.lines.values() if line.project), lambda line: str(line.project))
    assert {str(n): project.target_amount for n, project in year.projects.items()} == by_project
    assert all((line.kind is Kind.PROJECT) == (line.project is not None) for line in year.lines.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_line_stands_on_codes_of_its_year_and_their_mapping(name: str) -> None:
    year = book(name)
    codes = load_codes(year.year, forms_dir())
    kinds = {year.unit.kind} | ({UnitKind.PUBLIC_1} if name == "001" else set())
    for line in year.lines.values():
        assert line.function in codes.function
        assert codes.function.is_leaf_level(line.function)
        assert line.econ_dept in codes.econ_dept
        assert line.econ_gov in {codes.mapping.default(line.econ_dept, kind) for kind in kinds}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_presumed_is_marked_and_told(name: str) -> None:
    year = book(name)
    assert sum(line.presumed for line in year.lines.values()) > len(year.lines) // 2
    notes = year.facts["sample.notes"]
    assert isinstance(notes, tuple)
    assert all(len(note) == 4 and all(cell.endswith("。") for cell in note[1:]) for note in notes)
    assert any("推定" in cell for note in notes for cell in note)
    assert len({note[0] for note in notes}) == len(notes)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_can_be_published(name: str) -> None:
    year = book(name)
    findings = engine_of(year).findings()
    assert [finding.sentence for finding in findings if finding.severity is Severity.ERROR] == []
    warnings = {finding.key for finding in findings if finding.severity is Severity.WARNING}
    assert warnings == set(year.explanations)


def test_004_as_printed_is_caught() -> None:
    """With 501 as the document prints it, the books do not balance by 28.12 万元."""
    year = book("004")
    wages = next(line for line in year.lines.values() if line.econ_gov == "50101" and (line.amount or 0) > 2812 * FEN_PER_WAN // 100)
    wrong = {**year.lines, wages.id: replace(wages, amount=(wages.amount or 0) - 28_120_000)}
    missing = replace(wages, id=max(year.lines) + 1, amount=28_120_000, econ_gov="")
    findings = found(replace(year, lines={**wrong, missing.id: missing}))
    assert {"T-01b", "T-06b", "L-07"} <= findings.keys()
    assert "28.12" in findings["T-06b"][0].sentence


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_the_documents_is_copied(name: str, shared_dir: Path) -> None:
    text = re.sub(r"\s+", "", (resources_dir() / "samples" / f"{name}.toml").read_text("utf-8"))
    for document in (shared_dir / "samples").glob(f"{name}_*.txt"):
        source = re.sub(r"\s+", "", document.read_text("utf-8"))
        runs = {source[n:n + 20] for n in range(len(source) - 19)}
        assert not [text[n:n + 20] for n in range(len(text) - 19) if text[n:n + 20] in runs]
