"""Third reading of the expression tree: a Chinese phrase for the clerk."""

from __future__ import annotations

from collections.abc import Callable

from xinfang_desk.expr.evaluate import Leaf
from xinfang_desk.model.formula import (
    AllOf,
    AnyOf,
    Arithmetic,
    CellRef,
    Condition,
    Fetch,
    FieldIs,
    FieldUnder,
    Function,
    LedgerSum,
    Negative,
    Not,
    Number,
    RecordField,
    RecordSum,
    Value,
)
from xinfang_desk.model.ledger import Fund, Kind
from xinfang_desk.model.money import MoneyUnit, format_amount

LeafNamer = Callable[[Leaf], str]
"""What a reference is called, with its figure where the caller wants one."""

FIELD_LABELS = {
    "kind": "支出性质", "function": "功能分类科目", "econ_dept": "部门经济科目", "econ_gov": "政府经济科目",
    "fund": "资金来源", "carry": "上年结转", "project": "项目", "purchase": "政府采购", "presumed": "推定数",
    "amount": "金额", "note": "备注", "name": "名称", "code": "编码", "category": "类别", "special": "专项资金",
    "purpose": "用途", "goal": "目标", "target_amount": "绩效目标表金额", "level1": "一级指标", "level2": "二级指标",
    "operator": "指标符号", "value": "指标值", "unit": "计量单位", "weight": "分值", "quantity": "数量",
    "price": "单价", "for_sme": "面向中小企业金额", "for_micro": "面向小微企业金额", "catalogue": "采购目录",
    "month": "采购时间", "description": "指标说明", "basis": "设定依据", "specification": "规格型号",
    "measure": "单位", "actual": "实际完成值", "score": "得分", "deviation": "偏差原因", "result": "完成情况",
    "budget_upper": "上级补助全年预算数", "budget_county": "县级资金全年预算数", "budget_carry": "上年结转全年预算数",
    "budget_other": "其他资金全年预算数", "spent_upper": "上级补助全年执行数", "spent_county": "县级资金全年执行数",
    "spent_carry": "上年结转全年执行数", "spent_other": "其他资金全年执行数"}
"""What the clerk calls a field of a record."""

SPACE_LABELS = {"lines": "支出明细", "incomes": "收入明细", "projects": "项目", "indicators": "绩效指标",
                "purchases": "政府采购", "facts": "填报事项", "priors": "上年数", "approved": "批复数"}
"""What the clerk calls a list or a set of typed values."""

_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}


def condition_text(condition: Condition) -> str:
    """A condition in words: ``资金来源为一般公共预算拨款，且支出性质为人员经费``; '' where it always holds."""
    match condition:
        case FieldIs(field, values, negated):
            return _field_is(field, values, negated)
        case FieldUnder(field, prefixes):
            return f"{field_label(field)}在{'、'.join(prefixes)}之下"
        case AllOf(parts):
            return "，且".join(filter(None, (_bracketed(part) for part in parts)))
        case AnyOf(parts):
            return "，或".join(filter(None, (_bracketed(part) for part in parts)))
        case Not(FieldIs(field, values, negated)):
            return _field_is(field, values, not negated)
        case Not(part):
            return f"不符合（{condition_text(part)}）"


def _bracketed(part: Condition) -> str:
    text = condition_text(part)
    return f"（{text}）" if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1 else text


def _field_is(field: str, values: tuple[str | bool, ...], negated: bool) -> str:
    label = field_label(field)
    if values in ((True,), (False,)):
        return label if values[0] is not negated else f"不是{label}"
    names = "或".join(_value_label(field, value) for value in values)
    return f"{label}{'不为' if negated else '为'}{names}"


def _value_label(field: str, value: str | bool) -> str:
    if field == "fund" and value in {fund.value for fund in Fund}:
        return Fund(value).label
    if field == "kind" and value in {kind.value for kind in Kind}:
        return Kind(value).label
    if value == "this":
        return "本项目"
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value or "空"


def field_label(field: str) -> str:
    """What the clerk calls a field of a record; ``project.special`` → ``项目的专项资金``."""
    if field.startswith("project."):
        return f"项目的{field_label(field[8:])}"
    return FIELD_LABELS.get(field, field)


def value_text(value: Value, name: LeafNamer) -> str:
    """A value as a formula in words: ``基本支出226.70万元＋项目支出12.00万元``."""
    match value:
        case Number(number, money):
            if money:
                return f"{format_amount(int(number), MoneyUnit.WAN, decimals=6, trim=True)}万元"
            return str(number) if number.denominator == 1 else f"{float(number):g}"
        case CellRef() | LedgerSum() | Fetch() | RecordField() | RecordSum():
            return name(value)
        case Negative(part):
            return f"－{_closed(part, name)}"
        case Arithmetic(op, left, right):
            a = value_text(left, name) if op in "+-" else _closed(left, name)
            b = value_text(right, name) if op == "+" else _closed(right, name)
            return f"{a}{_SIGNS[op]}{b}"
        case Function():
            return _function_text(value, name)


def _closed(value: Value, name: LeafNamer) -> str:
    text = value_text(value, name)
    return f"（{text}）" if isinstance(value, Arithmetic) and value.op in "+-" else text


def _function_text(value: Function, name: LeafNamer) -> str:
    parts = [value_text(arg, name) for arg in value.args]
    match value.name:
        case "sum":
            return "＋".join(parts) if len(parts) > 1 else f"{parts[0]}之和"
        case "abs":
            return f"{parts[0]}的绝对值"
        case "min":
            return f"{'、'.join(parts)}中最小的"
        case "max":
            return f"{'、'.join(parts)}中最大的"
        case "filled":
            return f"{'、'.join(parts)}已填"
        case "ceil":
            return f"{parts[0]}（不足1的按1计）"
        case "floor":
            return f"{parts[0]}（不足1的舍去）"
        case "default":
            return f"{parts[0]}（算不出时用{parts[1]}）"
        case "band" | "reach":
            word = "不超过" if value.name == "band" else "达到"
            steps = "，".join(f"{word}{a}得{b}" for a, b in zip(parts[1:-1:2], parts[2:-1:2], strict=True))
            return f"{parts[0]}{steps}，其余得{parts[-1]}"

