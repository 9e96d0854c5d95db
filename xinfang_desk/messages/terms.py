"""One word for one thing: what the lists, the typed values and the fields of a book are called everywhere."""

from __future__ import annotations

from collections.abc import Mapping

SPACES: Mapping[str, str] = {
    "lines": "支出明细", "incomes": "收入明细", "projects": "项目", "indicators": "绩效指标", "purchases": "政府采购",
    "facts": "填报事项", "priors": "上年数", "approved": "批复数", "explanations": "说明"}
"""What the clerk calls a list or a set of typed values."""

FIELDS: Mapping[str, str] = {
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
"""What the clerk calls a field of a record, in a sentence."""

FIELD_OF_PROJECT = "项目的{field}"
UNIT_FACTS = "单位信息"
HISTORY = "修改记录"
TOTAL = "合计"
YES, NO = "是", "否"
YES_WORDS = ("是", "1", "√", "✓", "true", "有", "y")
NO_WORDS = ("否", "0", "x", "×", "false", "无", "不是")
"""What a clerk may type for yes and no, in small letters."""
BLANK = "空"
EVERYWHERE = "全国"
SEVERITIES: Mapping[str, str] = {"error": "错误", "warning": "提醒", "hint": "建议"}
SIGNATURES: Mapping[str, str] = {"PREPARER": "编制人签名", "REVIEWER": "审核人签名", "RESPONSIBLE": "单位负责人签名"}
BUREAU_LIST = "财政局科目表 {file}"
"""Where a code of the bureau's own list comes from, as the book keeps it."""

# ---- money and days ----

IN_WAN = "{amount}万元"
NO_WAN = "0.00万元"
DAY = "{year}年{month}月{day}日"
YEAR = "{year}年"
"""Amounts and days as they stand in sentences."""
