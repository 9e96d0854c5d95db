"""Words about changes and what was: the history, former states, the bin. Those of the store stand here too."""

from __future__ import annotations

# ---- in the book ----

YEAR_BINNED = "把 {year} 年度移到回收站"
YEAR_RESTORED = "从回收站恢复 {year} 年度"
LAST_YEAR = "账册里只有 {year} 年这一个年度，不能移到回收站。要整本不用，请关闭后移走账册文件。"
NOT_IN_BIN = "回收站里没有这一年度，可能已经恢复或清空了。请关闭回收站后重新打开看看。"
YEAR_THERE = "账册里已经另有 {year} 年度，不能再恢复一个。请先把现在的 {year} 年度移到回收站。"
STEP_DOES_NOT_FIT = "修改记录里有对不上的一步（记录 {record}）"
UNDONE_MISSING = "修改记录第 {sequence} 条要撤销的那一条不见了"

# ---- changes told ----

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
DAY_NAMED = "{day} {weekday}"
TODAY = "今天，{day}"
YESTERDAY = "昨天，{day}"
UNDO = "撤销：{label}"
REDO = "重做：{label}"
UNDONE = "{label}（已撤销）"
EDITION = "生成第 {number} 稿公开稿"
EDITION_SIGNED = "生成第 {number} 稿公开稿（{signers}已签名）"
SET_FIELD = "{space}“{name}”的{field}：{old} → {new}"
INSERTED = "添加{space}“{name}”"
DELETED = "删除{space}“{name}”"
SET_VALUE = "{label}：{old} → {new}"
SET_UNIT = "单位信息：{old} → {new}"
MORE_STEPS = "另外还有 {count} 处"
NO_STEPS = "这一条没有改动任何内容。"
BLANK = "（空白）"
TABLE_ROWS = "{count} 行"
NUMBERED = "第{id}号"

# ---- former states ----

FORMER_READ_ONLY = "现在看到的是{moment}的样子，只能看，不能改。要改就先回到现在，或恢复成这样。"
MOMENT = "{day}{clock}“{label}”之后"
RESTORED = "恢复成{moment}的样子"
RESTORE_READ_ONLY = "这本账册以只读方式打开，不能恢复。请关闭占用它的程序后重新打开。"

# ---- deleted projects ----

PROJECT_BACK = "恢复项目“{name}”"
PROJECT_UNNAMED = "未命名的项目"
PROJECT_DETAIL = "{lines} 笔明细，{indicators} 个绩效指标，{purchases} 笔采购的关联"

# ---- the list of changes ----

DO_HISTORY = "修改记录……"
TITLE = "修改记录"
LIST = "修改记录，从新到旧"
COLUMNS = ("做了什么", "时间", "谁")
SEARCH = "查找"
SEARCH_HINT = "输入做了什么、时间或人名里的字，空格隔开几个词"
DAY_COUNT = "{day}（{count} 条）"
DAY_COUNT_MORE = "{day}（{count} 条以上）"
SHOWN = "共 {all} 条，已列出最近的 {shown} 条，往下翻会接着列出。"
SHOWN_ALL = "共 {all} 条，已全部列出。"
FOUND = "找到 {shown} 条。"
FOUND_MORE = "已列出 {shown} 条符合的，往下翻会接着列出。"
FOUND_NONE = "没有符合的记录，请换一个词。"
LOADING = "正在列出……"
DETAILS = "这一条改了什么"
DETAILS_NONE = "选中一条，这里会列出它改了什么。"
LOOK = "看当时的样子"
LOOK_HINT = "主窗口会显示这一条之后的账册，只能看，不能改"
RESTORE = "恢复成这样"
RESTORE_HINT = "把账册改回这一条之后的样子，算一次修改，可以撤销"
LOOKING = "正在找出{moment}的样子……"
RESTORED_SAID = "已恢复成{moment}的样子，可以撤销。"
RESTORED_SAME = "现在的内容和那时一样，没有改动。"

# ---- the banner over a former state ----

BANNER = "正在看{moment}的样子，只能看，不能改。现在的内容都还在。"
CLEAR = "清除查找"
BACK = "回到现在（Esc）"
BACK_HINT = "不再看从前的样子，接着填现在的账册。"
MARK = "（从前的样子）"
