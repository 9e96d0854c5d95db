"""A large department for the benchmarks."""

from __future__ import annotations

from dataclasses import replace

from xinfang_desk.flow import library
from xinfang_desk.model.codes import Codes
from xinfang_desk.model.ledger import Income, Kind, Line, Year
from xinfang_desk.packs import load_pack
from xinfang_desk.places import forms_dir

LINES = 3000


def large_year() -> Year:
    """Sample 004 with 3,000 lines of its own and the income to go with them."""
    seed = library.sample_year("004")
    lines = _many_lines(seed, load_pack(seed.pack, forms_dir()).codes)
    incomes = {1: Income(1, amount=sum(line.amount or 0 for line in lines.values()))}
    return replace(seed, lines=lines, incomes=incomes, projects={}, indicators={})


def _many_lines(year: Year, codes: Codes) -> dict[int, Line]:
    """Lines of different accounts: sixty functions by fifty economic accounts, each a multiple of 100 元."""
    functions = [code.code for code in codes.function if codes.function.is_leaf_level(code.code)][:60]
    staff = [code.code for code in codes.econ_dept if code.code.startswith("301") and len(code.code) == 5]
    running = [code.code for code in codes.econ_dept if code.code.startswith("302") and len(code.code) == 5]
    accounts = [*((Kind.STAFF, code) for code in staff), *((Kind.RUNNING, code) for code in running)]
    made: dict[int, Line] = {}
    for number in range(1, LINES + 1):
        kind, dept = accounts[number // len(functions) % len(accounts)]
        made[number] = Line(number, kind, functions[number % len(functions)], dept,
                            codes.mapping.default(dept, year.unit.kind), amount=(number * 7919 % 900 + 1) * 10_000,
                            note=str(number))
    return made
