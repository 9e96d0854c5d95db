"""What a clerk enters: budget lines and the records beside them, and one unit's year as a frozen whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.money import Fen

CATEGORIES = ("货物", "工程", "服务")
"""What a purchase can be (政府采购法第2条)."""
QUALITATIVE = "定性"
OPERATORS = ("≥", ">", "=", "<", "≤", QUALITATIVE)
"""How the value of an indicator is meant."""
INDICATOR_LEVELS = {
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",)}
"""一级指标 → its 二级指标 (domain §3.0; 成本 is a 一级指标 from 2022 on)."""
COST = "成本指标"
ECONOMIC_COST = "经济成本指标"
PROJECT_CATEGORIES = ("特定目标类", "其他运转类")


class Kind(Enum):
    """支出性质 of a line. 基本支出 = 人员 + 公用."""

    STAFF = "人员"
    RUNNING = "公用"
    PROJECT = "项目"
    BUSINESS = "经营"
    UPWARD = "上缴"
    AFFILIATED = "附属"

    @property
    def label(self) -> str:
        """The full name in print."""
        return {"人员": "人员经费", "公用": "公用经费", "项目": "项目支出", "经营": "事业单位经营支出",
                "上缴": "上缴上级支出", "附属": "对附属单位补助支出"}[self.value]


class Fund(Enum):
    """资金来源 (domain: the columns of every income table). Carried-over money is the same fund with ``carry``."""

    GPB = "gpb"
    GPB_NONTAX = "gpb_nontax"
    FUND = "fund"
    SOE = "soe"
    ACCT = "acct"
    BIZ = "biz"
    OPER = "oper"
    SUPERIOR = "superior"
    SUB = "sub"
    OTHER = "other"
    SURPLUS = "surplus"
    BALANCE = "balance"

    @property
    def label(self) -> str:
        """The fund's name as the clerk picks it."""
        return _FUND_LABELS[self.value]

    @property
    def appropriated(self) -> bool:
        """True for 财政拨款: 一般公共预算, 政府性基金, 国有资本经营."""
        return self.value in ("gpb", "gpb_nontax", "fund", "soe")


_FUND_LABELS = {
    "gpb": "一般公共预算拨款", "gpb_nontax": "纳入一般公共预算管理的非税收入拨款", "fund": "政府性基金预算拨款",
    "soe": "国有资本经营预算拨款", "acct": "财政专户管理资金", "biz": "事业收入", "oper": "事业单位经营收入",
    "superior": "上级补助收入", "sub": "附属单位上缴收入", "other": "其他收入",
    "surplus": "使用非财政拨款结余", "balance": "上年实户资金余额"}


@dataclass(frozen=True, slots=True)
class Line:
    """支出明细, the leaf of the budget. Codes may stop at 类 or 款 (a finding then asks to refine), or be ''.

    ``amount`` in 分, ``None`` while blank. ``presumed`` (推定): spread from printed totals, not known singly.
    """

    id: int
    kind: Kind
    function: str = ""
    econ_dept: str = ""
    econ_gov: str = ""
    fund: Fund = Fund.GPB
    carry: bool = False
    project: int | None = None
    amount: Fen | None = None
    purchase: bool = False
    presumed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Income:
    """收入明细. ``function`` where the income tables are printed by function; ``amount`` in 分."""

    id: int
    fund: Fund = Fund.GPB
    carry: bool = False
    function: str = ""
    amount: Fen | None = None
    presumed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """项目. ``target_amount`` is the amount written in its target form (分), compared with its lines.

    What became of it is told by the self-evaluation: 全年预算数 (``budget_…``) and 全年执行数 (``spent_…``) in 分, by
    source: 中央、省、市补助 (upper), 县级 (county), 上年结转 (carry), other; ``result``: 全年实际完成情况.
    """

    id: int
    name: str = ""
    code: str = ""
    category: str = PROJECT_CATEGORIES[0]
    special: bool = False
    purpose: str = ""
    goal: str = ""
    target_amount: Fen | None = None
    budget_upper: Fen | None = None
    budget_county: Fen | None = None
    budget_carry: Fen | None = None
    budget_other: Fen | None = None
    spent_upper: Fen | None = None
    spent_county: Fen | None = None
    spent_carry: Fen | None = None
    spent_other: Fen | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """绩效指标, a leaf of the indicator tree. ``project`` is ``None`` for the whole department.

    ``operator`` is one of ≥ > = < ≤ 定性; ``value`` is a plain number as text for 定量, words for 定性. ``weight`` in
    points; ``score`` (自评得分) in hundredths of a point; ``actual`` (实际完成值) as ``value``; ``deviation``:
    偏差原因分析及改进措施.
    """

    id: int
    project: int | None = None
    level1: str = "产出指标"
    level2: str = "数量指标"
    name: str = ""
    description: str = ""
    operator: str = "≥"
    value: str = ""
    unit: str = ""
    basis: str = ""
    weight: int | None = None
    actual: str = ""
    score: int | None = None
    deviation: str = ""


@dataclass(frozen=True, slots=True)
class Purchase:
    """政府采购 item. ``quantity`` in thousandths is not needed: whole numbers; ``price`` and ``amount`` in 分."""

    id: int
    name: str = ""
    catalogue: str = ""
    category: str = CATEGORIES[0]
    specification: str = ""
    quantity: int | None = None
    measure: str = ""
    price: Fen | None = None
    amount: Fen | None = None
    fund: Fund = Fund.GPB
    project: int | None = None
    function: str = ""
    econ_dept: str = ""
    econ_gov: str = ""
    month: str = ""
    for_sme: Fen | None = None
    for_micro: Fen | None = None
    note: str = ""


FactValue = int | str | bool | tuple[tuple[str, ...], ...]
"""A typed value: 分 or a count, text, yes/no, or the rows of a small table (each row a tuple of texts)."""

Record = Line | Income | Project | Indicator | Purchase


@dataclass(frozen=True, slots=True)
class Unit:
    """预算单位."""

    name: str
    code: str = ""
    kind: UnitKind = UnitKind.ADMIN
    region: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """One unit's budget year (预算年度), frozen: what the engine, the passages and the papers read.

    Records are kept by id in display order. ``facts``, ``priors`` (上年数, 分), ``approved`` (批复数, 分) and
    ``explanations`` (说明 written for a warning, keyed by the finding's key) are kept by address, for example
    ``staff.posts.admin``, ``function.2010301``, ``total``.
    """

    unit: Unit
    year: int
    pack: str
    lines: Mapping[int, Line] = field(default_factory=dict)
    incomes: Mapping[int, Income] = field(default_factory=dict)
    projects: Mapping[int, Project] = field(default_factory=dict)
    indicators: Mapping[int, Indicator] = field(default_factory=dict)
    purchases: Mapping[int, Purchase] = field(default_factory=dict)
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    priors: Mapping[str, Fen] = field(default_factory=dict)
    approved: Mapping[str, Fen] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
