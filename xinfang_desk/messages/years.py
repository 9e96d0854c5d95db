"""Words about the years of a book: a new one from last year's, the menu of years, the bin."""

from __future__ import annotations

PACK_STRETCHED = "{title}（还没有更新的格式，先沿用；科目用新年度的）"

# ---- a new year: what is planned ----

GROUPS = {"carry": "带过来的", "clear": "清空的", "rename": "改科目编码的", "prior": "作为上年数的"}
GROUP_HINTS = {
    "carry": "去掉勾就不带。已经结束的项目请去掉勾。",
    "clear": "新年度要重新填写。能打勾的，勾上就照样带过来。",
    "rename": "新年度的科目表里换了编码的科目。一个科目拆成几个的，请选一个。",
    "prior": "由上年账册算出，填进新年度的上年数。去掉勾就留空。"}
UNIT = "单位信息"
UNIT_DETAIL = "{name}，{kind}，{region}"
FIELD = "{page}：{label}"
ROWS = "{count} 行"
LINES_OF = "{kind}明细"
LINES_LOOSE = "没有归到项目的项目支出明细"
LINES_CARRIED = "用上年结转资金安排的支出明细"
INCOMES = "收入明细"
INCOMES_CARRIED = "上年结转的收入明细"
RECORDS = "{count} 笔，金额{amounts}"
AMOUNTS_BLANK = "留空"
PROJECT = "项目：{name}"
PROJECT_UNNAMED = "项目{number}"
PROJECT_DETAIL = "{lines} 笔明细，{indicators} 个绩效指标"
INDICATORS = "部门整体绩效指标"
INDICATORS_DETAIL = "{count} 个，实际完成值和得分清空"
PURCHASES = "政府采购明细"
PHRASES = "常用语"
SUBJECTS = "上年导入的财政局科目表"
SUBJECTS_DETAIL = "{count} 个科目；新年度的科目表有变动，建议重新导入"
AMOUNTS = "明细和采购的金额、项目目标表的金额"
AMOUNTS_DETAIL = "勾上就带过来作底稿，再逐笔修改"
APPROVED = "批复数"
EXPLANATIONS = "提醒的说明"
REASONS = "增减原因"
REASONS_DETAIL = "{count} 条，留在上年，写原因时可以参考"
REWRITTEN = "改写过的说明段落"
STAYS = "{count} 条，留在上年"
RESULTS = "项目执行结果、指标完成值和自评得分"
EDITIONS = "公开稿和签名"
EDITIONS_DETAIL = "{count} 稿，留在上年"
NOT_ASKED = "新年度的格式不再填写的事项"
RENAME = "{code} {name}（{part}）"
RENAME_ALL = "{code} {name}"
PARTS = {"basic": "基本支出", "project": "项目支出", "income": "收入"}
RENAME_COUNT = "{count} 笔"
RENAME_KEEP = "{code} {name}（不改）"
RENAME_TO = "{code} {name}"
RENAME_NONE = "新年度科目表里没有它，也没有列出后继科目，先保留原编码，建好后请在核查结果里改"
RENAME_CHOOSE = "请选择"
YES, NO = "是", "否"

# ---- a new year: refusals and warnings ----

NOTHING_THERE = "{year}年度还没有填写任何内容，没有可以带过来的。请直接填写，或另选一个年度。"
NOT_LATER = "新年度（{year}年）要比来源年度（{source}年）晚。请改选年度。"
TOO_FAR = "年度“{year}”不像预算年度，请填 {first} 至 {last} 之间的年份。"
ALREADY_THERE = "账册里已经有 {year} 年度，不会再建一个。请直接打开它，或先把它移到回收站。"
NO_PACK = "{region}还没有 {year} 年能用的报表格式，不能建立这一年度。请先安装报表包。"
OTHER_PACK = "{year}年不能用报表格式“{pack}”，可以选：{packs}。"
OTHER_UNIT = "“{file}”是“{other}”的账册，不是“{unit}”的，不能作为来源。请选同一单位的账册。"
READ_ONLY = "这本账册以只读方式打开，不能建立新年度。请关闭占用它的程序后重新打开。"
UNCHOSEN = "还有 {count} 个科目没有选定新编码：{codes}。请先选好。"
UNKNOWN_CODE = "科目 {code} 不能改成“{wanted}”，可以选：{choices}。"
UNKNOWN_ITEM = "没有叫“{item}”的项目，可以用 --dry-run 列出全部。"
GAP = "{source}年不是 {year}年的上一年，它的数不是上年数，默认不填。"
STRETCHED = "还没有 {year}年的报表格式，先沿用“{title}”。拿到新格式后请换用。"
NO_LINES = "{year}年度没有支出明细，算不出上年数，上年数要自己填。"
NOTHING_EARLIER = "“{file}”里没有早于 {year} 年的年度，不能作为来源。请另选一本账册。"

# ---- the years of a book ----

STATE_LINES = "{count} 笔支出明细"
STATE_EMPTY = "还没有支出明细"
STATE_EDITION = "已生成第 {number} 稿"
STATE_SIGNED = "第 {number} 稿已签名"
STATE_CHANGED = "{day}改过"
