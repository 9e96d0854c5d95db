"""Words about the years of a book: a new one from last year's, the menu of years, the bin."""

from __future__ import annotations

PACK_STRETCHED = "{title}（还没有更新的格式，先沿用；科目用新年度的）"

# ---- a new year: what is planned ----

GROUPS = {"carry": "带过来的", "clear": "清空的", "rename": "改科目编码的", "prior": "作为上年数的"}
GROUP_HINTS = {
    "carry": "去掉勾就不带。已经结束的项目请去掉勾。",
    "clear": "新年度要重新填写。能打勾的，勾上就照样带过来。",
    "rename": "新年度换了编码的科目，请选定新编码。",
    "prior": "由上年账册算出，填进新年度的上年数。去掉勾就留空。"}
UNIT_DETAIL = "{name}，{kind}，{region}"
FIELD = "{page}：{label}"
ROWS = "{count} 行"
LINES_OF = "{kind}明细"
LINES_LOOSE = "没有归到项目的项目支出明细"
LINES_CARRIED = "用上年结转资金安排的支出明细"
INCOMES_CARRIED = "上年结转的收入明细"
RECORDS = "{count} 笔，金额{amounts}"
AMOUNTS_BLANK = "留空"
PROJECT = "项目：{name}"
PROJECT_UNNAMED = "项目{number}"
PROJECT_DETAIL = "{lines} 笔明细，{indicators} 个绩效指标"
INDICATORS = "部门整体绩效指标"
INDICATORS_DETAIL = "{count} 个，实际完成值和得分清空"
PHRASES = "常用语"
SUBJECTS = "上年导入的财政局科目表"
SUBJECTS_DETAIL = "{count} 个科目；新年度的科目表有变动，建议重新导入"
AMOUNTS = "明细和采购的金额、项目目标表的金额"
AMOUNTS_DETAIL = "勾上就带过来作底稿，再逐笔修改"
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

# ---- the menu ----

DO_YEARS = "年度"
YEAR_ENTRY = "{year}年　{state}"
DO_NEW_YEAR = "由上年建立新年度……"
DO_BIN_YEAR = "把 {year}年度移到回收站……"
DO_BIN = "回收站……"
OPENING_YEAR = "正在打开 {year}年度……"
MAKING_YEAR = "正在建立 {year}年度……"
STAGE_BACKUP = "先做备份并核对……"
BINNING_YEAR = "正在把 {year}年度移到回收站……"
YEAR_MADE = "已由 {source}年建立 {year}年度。{source}年度没有改动，在“账册”菜单的“年度”里可以随时打开。"
YEAR_BINNED = "{year}年度已移到回收站，在“账册”菜单的“年度”里打开回收站可以恢复。"
BIN_YEAR_TITLE = "把年度移到回收站"
BIN_YEAR_ASK = ("要把 {year}年度（{state}）移到回收站吗？\n\n它的填报内容、修改记录和公开稿记录都会留在回收站里，可以随时恢复，"
                "清空回收站以前不会丢失。已经生成的文件不受影响。")
BIN_YEAR_YES = "移到回收站"

# ---- the dialog of a new year ----

NEW_TITLE = "由上年建立新年度"
NEW_SOURCE = "从哪一年"
NEW_SOURCE_YEAR = "{year}年（本账册）"
NEW_SOURCE_FILE = "{year}年（{file}）"
NEW_OTHER_BOOK = "从另一本账册……"
NEW_OTHER_BOOK_TITLE = "选同一单位的另一本账册"
NEW_YEAR = "建立哪一年"
NEW_PACK = "报表格式"
NEW_COLUMNS = ("内容", "上年的情况")
NEW_TREE = "新年度会有什么"
NEW_GROUP = "{title}（{ticked} 项，共 {count} 项）"
NEW_GROUP_PLAIN = "{title}（{count} 项）"
NEW_LISTING = "正在列出……"
NEW_ABOUT = "下面列出会发生什么，按“建立”才真正去做。建立前先备份；原来的年度不动。"
NEW_CHOOSE_CODES = "还有 {count} 个科目没有选定新编码，请在“改科目编码的”里选好再建立。"
NEW_READY = "都已选好，可以建立。"
NEW_MAKE = "建立 {year}年度"
NEW_CODE_OF = "{title}改成"
NEW_CODE_HINT = "原来的科目今年没有了，选接替它的科目。"

# ---- the bin ----

BIN_TITLE = "回收站"
BIN_ABOUT = "删除的年度和本年度删除的项目都在这里，选中一行按“恢复”就会回来。整本删掉的账册在开始页的“删掉的账册”里。"
BIN_EMPTY = "回收站是空的。"
BIN_COLUMNS = ("名称", "内容", "删除时间", "删除的人")
BIN_LIST = "回收站里的内容"
BIN_YEARS = "年度（{count} 个）"
BIN_PROJECTS = "{year}年度的项目（{count} 个）"
BIN_YEAR = "{year}年度"
BIN_YEAR_DETAIL = "{lines} 笔支出明细，{editions} 稿公开稿"
BIN_LOADING = "正在列出……"
BIN_RESTORE = "恢复"
BIN_CLEAR = "清空年度……"
BIN_CLEAR_HINT = "把回收站里的年度彻底删除；项目保存在修改记录里，不用清空"
BIN_CLEAR_TITLE = "清空回收站"
BIN_CLEAR_ASK = ("要彻底删除回收站里的 {count} 个年度（{years}）吗？\n\n它们的内容、修改记录和公开稿记录都会从账册里消失，"
                 "不能撤销。删除前会再做一个备份。")
BIN_CLEAR_YES = "彻底删除"
BIN_CLEARED = "已彻底删除 {count} 个年度。删除前的备份：{backup}"
BIN_YEAR_BACK = "{year}年度已恢复，可以从“年度”菜单打开。"
BIN_PROJECT_BACK = "项目“{name}”已恢复，可以撤销。"
