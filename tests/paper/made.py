"""Self-made sheets and editions for the tests of the papers: every awkward case, no real department."""

from __future__ import annotations

from dataclasses import replace

from xinfang_desk.model.edition import Edition, Explained
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.model.passage import Document, Paragraph, Passage, Run
from xinfang_desk.model.sheet import Cell, CellAddress, HeaderCell, Row, Sheet, SheetColumn, SumOf

WAN = 1_000_000
NAMES = (
    "行政运行",
    "信访事务",
    "其他政府办公厅（室）及相关机构事务支出",
    "机关事业单位基本养老保险缴费支出",
    "住房公积金",
)


def money(fen: int | None, formula: SumOf | None = None, unit: MoneyUnit = MoneyUnit.WAN) -> Cell:
    return Cell(fen, format_amount(fen, unit), "money", formula=formula)


def label(text: str) -> Cell:
    return Cell(text, text, "label")


def function_table(rows: int = 6, number: str = "表3", sheet_id: str = "function", **extra: object) -> Sheet:
    """Rows by code with 合计 = 基本支出 + 项目支出, and a total row that adds the rows."""
    columns = (
        SheetColumn("code", "code", 22),
        SheetColumn("name", "name", 70),
        SheetColumn("total", "money", 28),
        SheetColumn("staff", "money", 28),
        SheetColumn("running", "money", 28),
        SheetColumn("project", "money", 28),
    )
    header = (
        HeaderCell("功能分类科目", 0, 0, 1, 2),
        HeaderCell("科目编码", 1, 0),
        HeaderCell("科目名称", 1, 1),
        HeaderCell("合计", 0, 2, 2, 1),
        HeaderCell("基本支出", 0, 3, 1, 2),
        HeaderCell("人员经费", 1, 3),
        HeaderCell("公用经费", 1, 4),
        HeaderCell("项目支出", 0, 5, 2, 1),
    )

    def at(row: str, column: str) -> CellAddress:
        return CellAddress(sheet_id, row, column)

    body = []
    sums = {"total": 0, "staff": 0, "running": 0, "project": 0}
    for n in range(rows):
        code = f"20103{n + 1:02d}"
        staff, running, project = 12_345_600 * (n + 1), 5_000_000 + n, -1_230_000 if n == 2 else 8_000_000 * n
        values = {"total": staff + running + project, "staff": staff, "running": running, "project": project}
        for key, value in values.items():
            sums[key] += value
        sum_of = SumOf((at(code, "staff"), at(code, "running"), at(code, "project")))
        body.append(
            Row(
                code,
                3,
                False,
                (
                    Cell(code, code, "text"),
                    Cell(NAMES[n % 5], NAMES[n % 5], "text"),
                    money(values["total"], sum_of),
                    money(staff),
                    money(running if n != 1 else None) if n != 1 else money(running),
                    money(project),
                ),
            )
        )
    totals = tuple(money(sums[key], SumOf(tuple(at(row.key, key) for row in body))) for key in sums)
    first = Row("total", 0, True, (Cell("", "", "blank"), label("合计"), *totals))
    made = Sheet(
        sheet_id,
        sheet_id,
        number,
        "一般公共预算支出表",
        MoneyUnit.WAN,
        "单位名称：青山县信访局",
        "单位：万元",
        columns,
        header,
        2,
        (first, *body),
    )
    return replace(made, **extra)  # type: ignore[arg-type]


def balance_table() -> Sheet:
    """收支总表: two blocks side by side, blank and nought cells."""
    columns = (
        SheetColumn("in_name", "label", 60),
        SheetColumn("in", "money", 30),
        SheetColumn("out_name", "label", 60),
        SheetColumn("out", "money", 30),
    )
    header = (
        HeaderCell("收入", 0, 0, 1, 2),
        HeaderCell("支出", 0, 2, 1, 2),
        HeaderCell("项目", 1, 0),
        HeaderCell("预算数", 1, 1),
        HeaderCell("项目（按功能分类）", 1, 2),
        HeaderCell("预算数", 1, 3),
    )
    left = [
        ("一、一般公共预算拨款收入", 226_700_000),
        ("二、政府性基金预算拨款收入", 0),
        ("三、国有资本经营预算拨款收入", None),
    ]
    right = [
        ("一、一般公共服务支出", 187_110_000),
        ("二、社会保障和就业支出", 23_000_000),
        ("三、住房保障支出", 16_590_000),
    ]
    rows = [
        Row(
            f"r{n}",
            0,
            False,
            (label(a), money(x), label(b), money(y)),
            (f"in{n}", f"in{n}", f"out{n}", f"out{n}"),
        )
        for n, ((a, x), (b, y)) in enumerate(zip(left, right, strict=True))
    ]
    rows.append(
        Row(
            "total",
            0,
            True,
            (
                label("收入总计"),
                money(226_700_000, SumOf(tuple(CellAddress("balance", f"in{n}", "in") for n in range(3)))),
                label("支出总计"),
                money(226_700_000, SumOf(tuple(CellAddress("balance", f"out{n}", "out") for n in range(3)))),
            ),
            ("in_total", "in_total", "out_total", "out_total"),
        )
    )
    return Sheet(
        "balance",
        "balance",
        "表1",
        "部门综合预算收支总表",
        MoneyUnit.WAN,
        "单位名称：青山县信访局",
        "单位：万元",
        columns,
        header,
        2,
        tuple(rows),
    )


def wide_table(columns_wide: int = 27, rows: int = 12, paper: str = "A4") -> Sheet:
    """27 leaf columns under three levels of heads."""
    columns = [SheetColumn("code", "code", 20), SheetColumn("name", "name", 50)]
    header = [HeaderCell("科目编码", 0, 0, 3, 1), HeaderCell("科目名称", 0, 1, 3, 1)]
    leaves = columns_wide - 2
    header.append(HeaderCell("资金来源", 0, 2, 1, leaves))
    for n in range(leaves):
        columns.append(SheetColumn(f"c{n}", "money", 20))
        if n % 5 == 0:
            header.append(HeaderCell(f"第{n // 5 + 1}类资金", 1, 2 + n, 1, min(5, leaves - n)))
        header.append(HeaderCell(f"资金来源之{n + 1}", 2, 2 + n))
    body = tuple(
        Row(
            f"r{r}",
            3,
            False,
            (
                Cell(f"20103{r:02d}", f"20103{r:02d}", "text"),
                Cell(NAMES[r % 5], NAMES[r % 5], "text"),
                *(
                    money(None if (r + n) % 4 == 0 else 123_456_789 * (n + 1) + r * 10_000)
                    for n in range(leaves)
                ),
            ),
        )
        for r in range(rows)
    )
    return Sheet(
        "wide",
        "wide",
        "表5",
        "部门支出总体情况表（按资金来源）",
        MoneyUnit.WAN,
        "单位名称：青山县信访局",
        "单位：万元",
        tuple(columns),
        tuple(header),
        3,
        body,
        paper=paper,  # type: ignore[arg-type]
    )


def empty_table() -> Sheet:
    """政府性基金: blank on purpose, with the statutory sentence below."""
    return replace(
        function_table(0, "表8", "fund"),
        title="政府性基金预算支出表",
        is_empty=True,
        rows=(
            Row(
                "total",
                0,
                True,
                (label(""), label("合计"), money(None), money(None), money(None), money(None)),
            ),
        ),
        notes=("注：本部门没有使用政府性基金预算拨款安排的支出，本表无数据。",),
    )


def text_table() -> Sheet:
    """Targets: label/text pairs above the grid, very long texts, texts that look like formulas, rare characters."""
    columns = (
        SheetColumn("no", "index", 12),
        SheetColumn("name", "text", 60),
        SheetColumn("value", "text", 60),
        SheetColumn("count", "count", 20),
        SheetColumn("rate", "percent", 20),
    )
    header = tuple(
        HeaderCell(text, 0, n) for n, text in enumerate(("序号", "指标", "指标值", "数量", "比率"))
    )
    texts = (
        ("=1+1", "+86 办结", 3, "95%"),
        ("-5℃", "@部门", 0, "7.69%"),
        ("刘𬭎同志", "≥95%", None, ""),
        (
            "群众来信来访事项按期办结率、一次性化解率与满意度的综合评价，" * 6,
            "持续提升\n不低于上年",
            12,
            "100%",
        ),
    )
    rows = tuple(
        Row(
            f"i{n}",
            0,
            False,
            (
                Cell(str(n + 1), str(n + 1), "text"),
                Cell(a, a, "text"),
                Cell(b, b, "text"),
                Cell(c, "" if c is None else str(c), "count"),
                Cell(d, d, "percent"),
            ),
        )
        for n, (a, b, c, d) in enumerate(texts)
    )
    return Sheet(
        "target#7",
        "target",
        "表14",
        "专项业务经费绩效目标表",
        MoneyUnit.WAN,
        "",
        "",
        columns,
        header,
        1,
        rows,
        heads=(
            ("项目名称", "信访业务专项经费"),
            ("主管部门", "青山县信访局"),
            ("年度目标", "畅通信访渠道，依法及时就地解决群众合理诉求；" * 5),
        ),
        orientation="portrait",
    )


def inline_table() -> Sheet:
    columns = (
        SheetColumn("no", "index", 15),
        SheetColumn("name", "text", 90),
        SheetColumn("note", "text", 45),
    )
    header = tuple(HeaderCell(text, 0, n) for n, text in enumerate(("序号", "单位名称", "拟变动情况")))
    rows = (Row("u1", 0, False, (label("1"), label("青山县信访局本级（机关）"), Cell(None, "", "blank"))),)
    return Sheet("units", "units", "", "", MoneyUnit.WAN, "", "", columns, header, 1, rows, inline=True)


def document() -> Document:
    body = (
        "2023年本部门预算收入226.70万元，其中一般公共预算拨款收入226.70万元、政府性基金拨款收入0.00万元，较上年增加35.87万元，"
        "增长18.80%，主要原因是人员工资正常晋升；支出方面坚持“过紧日子”，公用经费压减5%，做到有保有压。"
    )
    passages = [Passage("p0", "第一部分  部门概况", 0, ())]
    for n, name in enumerate(("主要职责及机构设置", "年度工作任务", "部门预算单位构成", "人员情况"), 1):
        number = "一二三四"[n - 1]
        inside = [
            Paragraph((Run(f"（一）{name}的依据"),), "h2"),
            Paragraph((Run(body),)),
            Paragraph((Run("1.具体事项"),), "h3"),
            Paragraph((Run(body * 2),)),
        ]
        if n == 3:
            inside.append(Paragraph((), sheet="units"))
            inside.append(Paragraph((Run("以上单位均纳入本年度部门预算编报范围。"),)))
        passages.append(Passage(f"p{n}", f"{number}、{name}", 1, tuple(inside)))
    passages.append(
        Passage(
            "p9",
            "",
            1,
            (Paragraph((Run("青山县信访局"),), "right"), Paragraph((Run("2023年3月13日"),), "right")),
        )
    )
    return Document("青山县信访局\n2023年部门预算公开说明", tuple(passages))


def edition(**changes: object) -> Edition:
    made = Edition(
        unit="青山县信访局",
        year=2023,
        title="青山县信访局2023年部门预算公开",
        date="2023-03-13",
        sheets=(
            balance_table(),
            function_table(),
            function_table(40, "表4", "long"),
            wide_table(),
            empty_table(),
            text_table(),
            inline_table(),
        ),
        document=document(),
        names={
            "workbook": "青山县信访局2023年部门预算公开表.xlsx",
            "narrative": "青山县信访局2023年部门预算公开说明.docx",
            "document": "青山县信访局2023年部门预算公开.pdf",
        },
        explained=(Explained("“表3”项目支出为负数。", "系上年结转收回。"),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]
