"""Finding any figure, text or code in the book (Ctrl+F)."""

from __future__ import annotations

TITLE = "查找"
DO_FIND = "查找……"
DO_NEXT_HIT = "下一处"
DO_PREVIOUS_HIT = "上一处"

BOX = "查找的内容"
BOX_HINT = "金额（元或万元都行）、文字、科目编码，或名称的拼音首字母"
LIST = "找到的地方"
KEYS = "上下键挑选，回车到那里去，Esc 收起；收起以后 F3 到下一处，Shift+F3 回到上一处"
NONE = "没有找到“{query}”。金额可以只打数字，例如 226.70 或 2267000；名称可以打拼音首字母。"
COUNT = "找到 {count} 处"
COUNT_MOST = "找到 {count} 处以上，先列出这些，请再多打几个字"
STILL = "正在查找……已找到 {count} 处"
AT = "第 {number} 处，共 {count} 处：{what} {where}"
NOTHING_YET = "还没有查找过，请先按 Ctrl+F 输入要找的内容。"
LINE = "{what}　{where}"

WHAT_TEXT = "公开说明"

WHERE_RECORD = "{list}第{row}行 {column}"
OF_PROJECT = "{page}“{project}”"
WHERE_ROW = "{label} 第{row}行 {column}"
WHERE_CELL = "{row} {column}"
WHERE_TITLE = "开头"
ACCOUNT = {"function": "功能科目 {name}", "econ_dept": "部门经济科目 {name}", "econ_gov": "政府经济科目 {name}"}
REASON_OF = "增减原因：{name}"
SPOKEN_HIT = "{what}　{where}：{text}"
COUNTED = "{told}。{keys}"
