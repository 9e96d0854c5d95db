"""The words the program itself puts between a pack's sentences: changes, blanks, what joins a reason on."""

from __future__ import annotations

LEVEL = "持平"
ROSE = "增加{amount}"
FELL = "减少{amount}"
FROM_NOTHING = "{change}（上年无此项预算）"
BY_PERCENT = "{change}（{percent}）"
BECAUSE = "，主要原因是"
TO_FILL = "【待填：{label}】"
TO_FILL_PURPOSE = "【待填：项目用途】"
TO_FILL_RESULT = "【待填：全年实际完成情况】"
