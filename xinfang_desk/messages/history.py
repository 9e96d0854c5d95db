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
