"""A small year and account list for tests of what is typed."""

from __future__ import annotations

from xinfang_desk.model.codes import Certainty, Code, CodeKind, Codes, CodeTable, EconMapping
from xinfang_desk.model.ledger import Kind, Line, Project, Unit, Year


def codes() -> Codes:
    def table(kind: CodeKind, **names: str) -> CodeTable:
        entries = {c[1:]: Code(c[1:], name, Certainty.CONFIRMED) for c, name in names.items()}
        return CodeTable(kind, 2023, entries)

    mapping = EconMapping({"30101": "50101", "30102": "50101", "30201": "50201", "30216": "50203"},
                          {"30101": "50501", "30102": "50501", "30201": "50502", "30216": "50502"})
    return Codes(2023, table(CodeKind.FUNCTION, c201="一般公共服务支出", c20103="政府办公厅（室）及相关机构事务",
                             c2010301="行政运行", c2010308="信访事务", c2013101="行政运行"),
                 table(CodeKind.ECON_DEPT, c301="工资福利支出", c30101="基本工资", c30102="津贴补贴", c302="商品和服务支出",
                       c30201="办公费", c30216="培训费"),
                 table(CodeKind.ECON_GOV, c501="机关工资福利支出", c50101="工资奖金津补贴", c50201="办公经费",
                       c50203="培训费", c50501="工资福利支出"), mapping)


def year() -> Year:
    lines = {1: Line(1, Kind.STAFF, "2010301", "30101", "50101", amount=100),
             2: Line(2, Kind.RUNNING, "2010301", "30201", "50201")}
    return Year(Unit("某县信访局"), 2023, "p", lines=lines, projects={1: Project(1, "信访维稳", "P01")})
