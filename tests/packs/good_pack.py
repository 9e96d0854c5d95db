"""A small, sound pack with code tables, written into a temporary forms folder; tests spoil it."""

from __future__ import annotations

from pathlib import Path

CODES = {
    "function.csv": """code,name,certainty,source,note
201,一般公共服务支出,C,测试,
20103,政府办公厅（室）及相关机构事务,C,测试,
2010301,行政运行,C,测试,
208,社会保障和就业支出,C,测试,
""",
    "economic_dept.csv": """code,name,certainty,source,note
301,工资福利支出,C,测试,
30101,基本工资,C,测试,
302,商品和服务支出,C,测试,
30201,办公费,C,测试,
30217,公务接待费,K-M,测试,请核对
""",
    "economic_gov.csv": """code,name,certainty,source,note
501,机关工资福利支出,C,测试,
50101,工资奖金津补贴,C,测试,
502,机关商品和服务支出,C,测试,
50201,办公经费,C,测试,
505,对事业单位经常性补助,C,测试,
50501,工资福利支出,C,测试,
50502,商品和服务支出,C,测试,
""",
    "mapping.csv": """dept,admin,public,certainty
30101,50101,50501,C
30201,50201,50502,C
30217,50201,50502,K-M
""",
    "successors.csv": """code,successors,note
2010308,2014001 2014004,新设信访事务款
""",
}

PACK = """[pack]
id = "test/2023"
title = "测试报表包"
region = "测试"
years = [2022, 2023]
codes = 2023
tables = ["summary", "gpb_function"]
pages = ["unit", "prior", "lines"]
sections = ["overview"]
notes = ["只供测试。"]
[files]
workbook = "{unit}{year}年表.xlsx"
[narrative]
title = "{unit}{year}年说明"
numbering = ["{cn}、", "（{cn}）"]
[rowlists.classes]
rows = [
  ["201", "一般公共服务支出"],
  ["208", "社会保障和就业支出"],
]
[glossary]
"机关运行经费" = "保障机构运转的资金。"
"""

SUMMARY = """[table]
id = "summary"
number = "表1"
title = "收支总表"
where = 'not carry'
[[block]]
id = "income"
source = "incomes"
[[block.column]]
id = "item"
titles = ["收入", "项目"]
kind = "label"
[[block.column]]
id = "amount"
titles = ["收入", "预算数"]
[[block.row]]
id = "income_gpb"
label = "一、一般公共预算拨款"
where = 'fund in ("gpb", "gpb_nontax")'
[[block.row]]
id = "income_total"
label = "收入总计"
value = "[income_gpb]"
bold = true
[[block]]
id = "spending"
[[block.column]]
id = "use"
titles = ["支出", "项目"]
kind = "label"
[[block.column]]
id = "spent"
titles = ["支出", "预算数"]
[[block.row]]
rows_from = "classes"
id = "f{code}"
label = "{cn}、{name}"
where = 'function under "{code}"'
[[block.row]]
id = "spent_total"
label = "支出总计"
value = "[f201] + [f208]"
"""

FUNCTION = """[table]
id = "gpb_function"
number = "表2"
title = "一般公共预算支出表"
where = 'fund == "gpb"'
empty = "没有一般公共预算支出。"
heads = [["单位", "{unit}"], ["合计", "{[total].total}"]]
[rows]
by = "function"
levels = [1, 2, 3]
[[column]]
id = "code"
titles = ["科目编码"]
kind = "code"
[[column]]
id = "name"
titles = ["科目名称"]
kind = "name"
[[column]]
id = "total"
titles = ["合计"]
parts = ["staff", "running"]
[[column]]
id = "staff"
titles = ["人员经费"]
where = 'kind == "人员"'
[[column]]
id = "running"
titles = ["公用经费"]
where = 'kind == "公用"'
[[column]]
id = "change"
titles = ["比上年"]
value = 'total - prior("function.{code}")'
"""

CHECKS = """[[check]]
id = "T-01"
severity = "error"
title = "收支相等"
test = "summary[income_total] == summary[spent_total]"
say = "收入总计{left}，支出总计{right}，差{difference}。"
law = "《预算法》"
page = "lines"
tolerance = "1元"
[[check]]
id = "X-01"
severity = "warning"
title = "各行合计"
over = "gpb_function"
test = "total == staff + running"
say = "{table}{row}合计{left}，分项之和{right}。"
law = "财预〔2016〕143号"
page = "lines"
[[check]]
id = "L-01"
severity = "hint"
title = "填写编码"
rule = "codes_filled"
params = { level = 3 }
say = "{name}没有填编码。"
law = "《预算法》第四十六条"
page = "lines"
"""

PAGES = """[[page]]
id = "unit"
title = "单位"
[[page.field]]
address = "name"
label = "单位名称"
kind = "text"
space = "unit"
[[page.field]]
address = "duties"
label = "职责"
kind = "table"
columns = [["text", "职责", "longtext"]]
[[page]]
id = "prior"
title = "上年数"
kind = "priors"
[[page.field]]
address = "function.*"
label = "上年数"
kind = "money"
space = "priors"
now = 'lines(fund == "gpb")'
[[page.field]]
address = "reason.total"
label = "原因"
kind = "longtext"
when = 'prior("function.*") > 0'
[[page]]
id = "lines"
title = "支出"
kind = "lines"
kinds = ["人员", "公用"]
columns = ["kind", "function", "amount"]
table = "gpb_function"
"""

OVERVIEW = """[section]
id = "overview"
heading = "收支总体情况"
level = 1
page = "prior"
[[paragraph]]
text = '{year}年支出{summary[spent_total]}万元，比上年{change(gpb_function[total].total, prior("function.*"))}，{reason("total")}'
[[paragraph]]
each = "gpb_function"
level = 3
text = '{n}.{name}（{code}）{total}万元，比上年{change(total, prior("function.{code}"))}；'
when = "total > 0"
[[paragraph]]
each = "fact:duties"
text = "（{cn}）{1}"
[[paragraph]]
table = "summary"
"""

FILES = {"pack.toml": PACK, "tables/summary.toml": SUMMARY, "tables/gpb_function.toml": FUNCTION,
         "checks.toml": CHECKS, "pages.toml": PAGES, "passages/overview.toml": OVERVIEW}


def write_pack(forms: Path, pack_id: str = "test/2023", files: dict[str, str] | None = None) -> Path:
    """Write the pack (or the files given) and the code tables; returns the pack's folder."""
    for name, text in CODES.items():
        _write(forms / "codes" / "2023" / name, text)
    for name, text in (FILES if files is None else files).items():
        _write(forms / pack_id / name, text)
    return forms / pack_id


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
