"""The preview: pages as they will print, and figures that lead back to their cells."""

from __future__ import annotations

# ---- pages ----

VIEW = "打印版式，每一页都和印出来的一样"
VIEW_HELP = "上下键和翻页键滚动，左右键在本页的数之间移动，回车看这个数从哪里来，按 Alt 加加号或减号缩放。"
SETTING = "正在排版……"
COUNT = "共 {count} 页"
NUMBER_OF = "第 {number} 页，共 {count} 页"
BUSY = "，正在重新排版……"

PAGE_LIST = "各页"
COVER = "封面"
CONTENTS = "目录"
TEXT = "公开说明"
AGAIN = "{title}（续{part}）"
TEXT_AT = "公开说明：{heading}"
PAGE_TIP = "第 {page} 页：{title}"
FIND = "查找表名"
FIND_HINT = "查找表名，例如：三公"
FOUND_NONE = "没有这样的页，换几个字试试。"

# ---- zoom ----

ZOOM_IN = "放大（Alt+加号）"
ZOOM_OUT = "缩小（Alt+减号）"
ZOOM = "显示比例"
ZOOM_WIDTH = "适合宽度"
ZOOM_PAGE = "整页"
ZOOM_PERCENT = "{percent}%"
TWO_PAGES = "双页"
PAGE_NUMBER = "页码"
PAGE_PREFIX = "第 "
PAGE_SUFFIX = " 页"
PAGE_BEFORE = "上一页"
PAGE_AFTER = "下一页"
PRINT = "打印……（Ctrl+P）"

# ---- figures ----

SPOT_CLICK = "{what}\n单击看这个数从哪里来"
SPOT_FACT = "取自填报事项：{name}\n单击到填写的地方"
SPOT_LEDGER = "由填报的明细算出"
NO_PLACE = "这个数由程序算出，没有单独填写的地方。"
NOT_PRINTED = "这里没有印在公开稿上的内容。"

# ---- at the side ----

SIDE = "旁边的预览"
SIDE_TITLE = "打印预览"
SIDE_CLOSE = "收起预览（F5）"
SIDE_BELOW = "放到下方"
SIDE_RIGHT = "放到右侧"
SIDE_CHOICE = "预览哪张表"
DO_SIDE = "在旁边预览打印版式"
DO_SHOW_PRINTED = "在预览中查看这一格"
SHOW_PRINTED = "在预览中查看"
